"""Which proxy applies to the target, which variable says so, and which one does not apply."""

import os
import re
import sys
from typing import NamedTuple

from codegpt_doctor.redact import repr_without
from codegpt_doctor.settings.values import Settings

SYSTEM = {
    "win32": "the proxy settings of Windows",
    "darwin": "the network settings of macOS",
}


_BETWEEN = re.compile(r"[,;\s]+")
# what people write around the name of a host: a scheme, stars and dots, a port, a slash
_DECORATION = re.compile(r"^[\"']?(?:https?://)?[*.]{0,3}|(?::\d{1,5})?/?[\"']?$")


class ChosenProxy(NamedTuple):
    """The proxy of the target: its URL as it was found, and the variable or setting it is from."""

    url: str
    source: str

    def __repr__(self) -> str:
        return repr_without(self, "url")

    @property
    def shown(self) -> str:
        """The URL without its user and password, whatever characters these have."""
        front, at, place = self.url.rpartition("@")
        scheme = re.match(r"\s*\w+://", front)
        return f"{scheme[0].strip() if scheme else ''}{place}" if at else self.url


class UnusedProxy(NamedTuple):
    """A proxy that is set and does not apply to the target: why, and the step that changes it."""

    words: str
    step: str


def proxy_for(settings: Settings) -> ChosenProxy | None:
    """The proxy that the requests go through, or None for a direct connection.

    The rules are those of requests: the variables in both cases, NO_PROXY with names, suffixes and
    address ranges, and the system's own settings on Windows and macOS.  One that an option names
    goes before all of them.
    """
    if settings.proxy:
        return ChosenProxy(settings.proxy.value, settings.proxy.source)
    if settings.direct or not settings.host or not _may_have_one():
        return None
    from requests.utils import get_environ_proxies, select_proxy

    url = settings.url.text
    chosen = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    return ChosenProxy(chosen, _source(settings.url.scheme, chosen)) if chosen else None


def system_proxy(url: str) -> ChosenProxy | None:
    """The proxy that the system's own settings have for an address."""
    if sys.platform not in SYSTEM:
        return None
    from requests.utils import get_environ_proxies, select_proxy

    chosen = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    return ChosenProxy(chosen, SYSTEM[sys.platform]) if chosen else None


def unused_proxy(settings: Settings) -> UnusedProxy | None:
    """Why a proxy that somebody set is not used, where there is none for the target."""
    if settings.direct or not settings.host or not proxy_variables() or proxy_for(settings):
        return None
    from urllib.request import getproxies

    from requests.utils import select_proxy

    host, scheme = settings.host, settings.url.scheme
    without = select_proxy(settings.url.text, getproxies())
    if without:
        variable = _exceptions() or "NO_PROXY"
        proxy = ChosenProxy(without, _source(scheme, without))
        words = f"{variable} excludes {host} from {proxy.shown}, the proxy in {proxy.source}"
        return UnusedProxy(words, f"Remove {host} from {variable} if it needs the proxy.")
    other = "http" if scheme == "https" else "https"
    set_for_other = _set_variable(f"{other}_proxy")
    if set_for_other is None:
        return None
    words = f"{set_for_other} is set, but does not apply to {scheme}://"
    step = f"Set {scheme.upper()}_PROXY to the value of {set_for_other} if the proxy is needed."
    return UnusedProxy(words, step)


def with_exceptions(settings: Settings, *hosts: str) -> str:
    """The variable for hosts without a proxy, and its value with these hosts added.

    Where both spellings are set, programs read the one in lower case.
    """
    present = (one for one in ("no_proxy", "NO_PROXY") if settings.environment.get(one))
    name = next(present, "NO_PROXY")
    listed = (one.strip() for one in settings.environment.get(name, "").split(","))
    return f"{name}={','.join(dict.fromkeys((*filter(None, listed), *hosts)))}"


class Misspelled(NamedTuple):
    """What NO_PROXY has for the target, and what it should have, so that every program reads it."""

    variable: str
    entry: str
    line: str


def misspelled_exception(settings: Settings) -> Misspelled | None:
    """The part of NO_PROXY that means the target, in a spelling that does not take it away."""
    variable = None if settings.direct or settings.proxy else _exceptions()
    if variable is None:
        return None
    entries = [one for one in _BETWEEN.split(os.environ[variable]) if one]
    for entry in entries:
        name = _DECORATION.sub("", entry.lower())
        if name and f".{settings.host}".endswith(f".{name}"):
            kept = (one for one in entries if one != entry)
            return Misspelled(variable, entry, ",".join(dict.fromkeys((*kept, settings.host))))
    return None


def _may_have_one() -> bool:
    return bool(proxy_variables()) or sys.platform in SYSTEM


def proxy_variables() -> list[str]:
    """The names of the proxy variables that are set, NO_PROXY not among them."""
    return [
        name
        for name, value in os.environ.items()
        if value and name.lower().endswith("_proxy") and name.lower() != "no_proxy"
    ]


def socks_variable(settings: Settings) -> str | None:
    """The variable that names a SOCKS proxy, whether it applies to the target or not.

    The official client makes a transport for each proxy of the environment before it asks anybody,
    and stops where its support for SOCKS is not installed.
    """
    if settings.direct or settings.proxy:
        return None
    names = (_set_variable(f"{kind}_proxy") for kind in ("https", "http", "all"))
    found = (name for name in names if name and os.environ[name].lower().startswith("socks"))
    return next(found, None)


def _source(scheme: str, url: str) -> str:
    """The variable that a proxy is from, in the order in which they are looked up."""
    for name in (f"{scheme}_proxy", "all_proxy"):
        variable = _set_variable(name)
        if variable and os.environ[variable] == url:
            return variable
    return SYSTEM.get(sys.platform, "the system's settings")


def _exceptions() -> str | None:
    """The variable for hosts without a proxy that counts; an empty one does not hide the other."""
    spelled = (name for name in ("no_proxy", "NO_PROXY") if os.environ.get(name))
    return next(spelled, None) or _set_variable("no_proxy")


def _set_variable(name: str) -> str | None:
    """How a variable that counts in any case is spelled: lower case goes before any other."""
    if name in os.environ:
        return name if os.environ[name] else None
    spelled = [one for one in os.environ if one.lower() == name and os.environ[one]]
    return spelled[-1] if spelled else None
