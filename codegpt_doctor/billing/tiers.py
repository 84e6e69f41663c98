"""Which usage tiers a pair of limits is consistent with, by the figures of the provider's data.

No header and no endpoint tells the tier, and the published figures change, so that a match is a
hint and never more.
"""

from collections.abc import Sequence

from codegpt_doctor.providers.provider import Tier


def consistent_with(tiers: Sequence[Tier], requests: int | None, tokens: int | None) -> str | None:
    """The name of the first tier that limits a minute are consistent with, or None."""
    if not requests:
        return None
    fitting = (one.name for one in tiers if one.requests == requests and one.tokens in (0, tokens))
    return next(fitting, None)
