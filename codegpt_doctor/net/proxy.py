"""Which proxy applies to the target, and which variable says so."""

import os
import sys
from dataclasses import dataclass

from codegpt_doctor.settings.values import Settings


@dataclass(frozen=True, slots=True)
class ChosenProxy:
    """The proxy of the target: its URL as it was found, and the variable or setting it is from."""

    url: str
    source: str


def proxy_for(settings: Settings) -> ChosenProxy | None:
    """The proxy that the requests go through, or None for a direct connection.

    The rules are those of requests: the variables in both cases, NO_PROXY with names, suffixes and
    address ranges, and the system's own settings on Windows and macOS.
    """
    if settings.direct or not settings.host or not _may_have_one():
        return None
    from requests.utils import get_environ_proxies, select_proxy

    url = settings.base_url.value.strip()
    chosen = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    return ChosenProxy(chosen, _source(chosen)) if chosen else None


def _may_have_one() -> bool:
    return bool(proxy_variables()) or sys.platform in ("win32", "darwin")


def proxy_variables() -> list[str]:
    """The names of the proxy variables that are set, NO_PROXY not among them."""
    return [
        name
        for name, value in os.environ.items()
        if value and name.lower().endswith("_proxy") and name.lower() != "no_proxy"
    ]


def _source(url: str) -> str:
    names = (name for name in proxy_variables() if os.environ[name].strip() in url)
    return next(names, "the system's settings")
