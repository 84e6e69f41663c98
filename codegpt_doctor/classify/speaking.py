"""Which provider a text is about: the host that was asked, else its own words, else its name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.classify.events import Event
from codegpt_doctor.classify.hosts import Host
from codegpt_doctor.classify.matching import NOBODY
from codegpt_doctor.classify.voices import PROVEN, voices
from codegpt_doctor.classify.voices import rules as rules_of_voices

PUBLIC_PORTS = (None, 80, 443, 3128, 8080, 8443)  # of web servers and proxies
# a request that went well, in a client's log
_WENT_WELL = re.compile(r"\bHTTP/[\d.]{1,3}\"? 2\d\d\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Speaking:
    """The providers of a text.

    ``asked`` are those whose host was asked, ``proven`` those whose own words or pages stand there,
    ``named`` those that are only named.  ``is_custom`` is true where an API of models was asked at
    a host that is nobody's, or the user's own.
    """

    asked: frozenset[str] = frozenset()
    proven: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    is_custom: bool = False

    @property
    def own(self) -> frozenset[str]:
        """Those whose words they are; none where nothing tells."""
        return self.asked or self.proven or frozenset({NOBODY} if self.is_custom else ())

    def provider(self, whose_signature: str | None) -> str | None:
        """The provider whose steps help, by whose signature matched."""
        if self.own:
            return whose_signature if whose_signature in self.own else _only(self.own)
        return whose_signature or _only(self.named - {DEFAULT_PROVIDER}) or _only(self.named)


def _is_server(host: Host) -> bool:
    """Whether it is a server of the user's own, and no proxy or other name of a public host."""
    return host.whose == "own" and host.port not in PUBLIC_PORTS


def _only(ids: frozenset[str]) -> str | None:
    return next(iter(ids)) if len(ids) == 1 else None


def _hosts(events: Iterable[Event]) -> list[Host]:
    return [host for event in events for host in event.hosts]


def speaking_in(text: str, events: Iterable[Event]) -> Speaking:
    """The providers of what was heard: its words, and the events that count."""
    counting = [event for event in events if event.counts]
    failing = [event for event in counting if not _WENT_WELL.search(event.text)]
    found = _hosts(failing) or _hosts(counting)
    heard = set(voices(text))
    is_custom = any(host.whose == "llm" or _is_server(host) for host in found)
    proven = {provider for provider, strength in heard if strength == PROVEN}
    proven |= {host.provider for host in found if host.whose == "site" and host.provider}
    asked = {host.provider for host in found if host.whose == "provider" and host.provider}
    local = {host.provider for host in found if host.whose == "own" and host.provider}
    if is_custom and not asked:
        proven -= {DEFAULT_PROVIDER}  # whose sentences compatible servers repeat
    return Speaking(
        asked=frozenset(asked),
        proven=frozenset(proven or local),
        named=frozenset(provider for provider, _ in heard),
        is_custom=is_custom and not asked,
    )


def rules() -> dict[str, Any]:
    """The tables by which the browser tells the same."""
    return {
        **rules_of_voices(),
        "proven": PROVEN,
        "default": DEFAULT_PROVIDER,
        "nobody": NOBODY,
        "public_ports": PUBLIC_PORTS,
        "went_well": _WENT_WELL,
    }
