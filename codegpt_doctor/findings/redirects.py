"""Where a redirect leads: to a page to sign in at, or to a better base URL."""

import re
from urllib.parse import urljoin, urlsplit

from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.redact import cut
from codegpt_doctor.settings.values import Settings

SIGN_IN_WORDS = {
    *("login", "logon", "signin", "sign", "sso", "saml", "saml2", "adfs", "oauth", "oauth2"),
    *("idp", "auth", "authenticate", "authorize", "captive", "portal", "hotspot"),
}


def where_it_leads(seen: Exchange) -> str:
    """Where a redirect leads, and whether that looks like a page to sign in at."""
    place = cut(seen.headers["location"], MAX_ID).partition("?")[0].partition("#")[0]
    if not is_sign_in(place):
        return f"The redirect leads to {place}."
    return (
        f"The redirect leads to {place}, which looks like a sign-in page: the network or a "
        f"gateway requires you to sign in first. Open {_page_of(place, seen.url)} in a browser."
    )


def is_sign_in(place: str) -> bool:
    """Whether an address looks like that of a page to sign in at."""
    words = re.split(r"[^a-z0-9]+", place.partition("?")[0].lower())
    return not SIGN_IN_WORDS.isdisjoint(words)


def _page_of(place: str, asked: str) -> str:
    """The site whose page a redirect leads to."""
    try:
        parts = urlsplit(urljoin(asked, place))
    except ValueError:
        return "it"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def moved_to(seen: Exchange, settings: Settings) -> str | None:
    """The base URL to which a redirect leads, where it stays at the same host.

    Never one of another host: the key would go where somebody else says.
    """
    base, place = _base_of(seen, settings), _place_of(seen)
    same = _host(place) == settings.host and place.startswith(("https://", settings.url.scheme))
    return base if same else None


def moved_away(seen: Exchange, settings: Settings) -> str | None:
    """The base URL at another host to which a redirect leads, for somebody to confirm."""
    base, place = _base_of(seen, settings), _place_of(seen)
    away = _host(place) not in ("", settings.host) and place.startswith("https://")
    return cut(base, MAX_ID) if base and away else None


def only_a_slash(seen: Exchange) -> bool:
    """Whether a redirect leads to the address that was asked, but for a slash at its end."""
    asked = seen.url.partition("?")[0]
    return _place_of(seen).partition("?")[0] == f"{asked}/"


def leads_back(seen: Exchange) -> bool:
    """Whether a redirect leads to the very address that was asked, so that it never ends."""
    return _place_of(seen).partition("#")[0] == seen.url


def _place_of(seen: Exchange) -> str:
    """The whole address that a redirect leads to; nothing where that is none."""
    try:
        return urljoin(seen.url, seen.headers.get("location", ""))
    except ValueError:
        return ""


def _base_of(seen: Exchange, settings: Settings) -> str | None:
    """The base URL of the address that a redirect leads to, where the same path is below it."""
    path = seen.url.removeprefix(settings.url.text).partition("?")[0]
    place = _place_of(seen).rstrip("/")
    if is_sign_in(place) or "?" in place:
        return None
    base = place.removesuffix(path)
    return base if path and base not in (place, settings.url.text) else None
