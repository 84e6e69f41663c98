"""Which usage tiers a pair of limits is consistent with.

No header and no endpoint tells the tier, and the published figures change, so that a match is a
hint and never more.  ``LIMITS_PAGE`` is where an account sees its tier.
"""

LIMITS_PAGE = "https://platform.openai.com/settings/organization/limits"

# (requests a minute, tokens a minute): the tier.  Seen in the rate-limit guide, in autumn 2026.
CURRENT = {
    (5_000, 1_000_000): "Build",
    (5_000, 2_000_000): "Build",
    (10_000, 4_000_000): "Launch",
    (10_000, 10_000_000): "Launch",
    (15_000, 40_000_000): "Grow",
    (30_000, 180_000_000): "Grow",
}
# Of small and large chat models until mid-2026; an account can still have them.
FORMER = {(500, 30_000): "the former Tier 1", (500, 200_000): "the former Tier 1"}
FREE_REQUESTS = 3


def consistent_with(requests: int | None, tokens: int | None) -> str | None:
    """The name of the tier that limits a minute are consistent with, or None."""
    if requests == FREE_REQUESTS:
        return "Free"
    pair = (requests or 0, tokens or 0)
    return CURRENT.get(pair) or FORMER.get(pair)
