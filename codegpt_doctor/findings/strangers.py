"""What to do about an answer that no API gives: correct the address, or ask who runs the server."""

from typing import NamedTuple

from codegpt_doctor.findings.redirects import (
    is_sign_in,
    leads_back,
    moved_away,
    moved_to,
    only_a_slash,
)
from codegpt_doctor.findings.setting import set_to
from codegpt_doctor.findings.words import is_page, is_xml, packed_as
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import json_of
from codegpt_doctor.providers.address import better_at
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.settings.values import Settings


class Advice(NamedTuple):
    """Steps before those of the entry, or ``instead`` of them where these would lead away."""

    steps: tuple[str, ...] = ()
    instead: bool = False


def advice_on(entry_id: str, seen: Exchange, settings: Settings) -> Advice:
    """What to do about a page, a redirect, a path or a form that is none of an API's."""
    better = better_at(settings)
    corrected = set_to(settings.base_url, better) if better != settings.url.text else ""
    match entry_id:
        case "endpoint_not_found":
            return _first(corrected or _is_it_there(seen, settings))
        case "unexpected_redirect":
            step = _of_redirect(seen, settings) or corrected or _of_server(seen, settings)
            leads_out = is_sign_in(seen.headers.get("location", ""))
            return _first(step, settings.url.is_loopback and not leads_out)
        case "upload_too_large":
            runs = "IT" if provider_of(settings.host) else f"whoever runs {settings.host}"
            small = "those of this run have only a few hundred bytes"
            return _first(f"Ask {runs} to accept larger requests: {small}.")
        case "forbidden_unspecified" if is_page(seen) and provider_of(settings.host) is None:
            return _first(_is_it_the_api(settings, "a web page"))
        case "server_error" if _is_own(settings) and seen.http_status:
            place = settings.url.authority
            return _first(f"Read the log of the server at {place}: it names what failed there.")
        case "unexpected_html" if corrected:
            return _first(corrected)
        case "unexpected_html" if provider_of(settings.host) is None:
            return _first(_is_it_the_api(settings, "a web page"), settings.url.is_loopback)
        case "malformed_response" if packed_as(seen):
            return _first(_send_it_plain(seen, settings))
        case "malformed_response" if _is_of_another(seen, settings):
            return _first(_is_it_the_api(settings, "XML" if is_xml(seen) else "something else"))
    return Advice()


def _is_own(settings: Settings) -> bool:
    """Whether a server of one's own runs on this computer, and not a gateway to a provider."""
    provider = load(settings.provider)
    return settings.url.is_loopback and (provider.local or provider.id == CUSTOM)


def _first(step: str, instead: bool = False) -> Advice:
    return Advice((step,), instead) if step else Advice()


def _of_redirect(seen: Exchange, settings: Settings) -> str:
    """What to do about an address that moved within its host."""
    moved = moved_to(seen, settings)
    return set_to(settings.base_url, moved) if moved else ""


def _of_server(seen: Exchange, settings: Settings) -> str:
    """What to ask whoever runs a server that leads on to no page to sign in at."""
    if provider_of(settings.host) is not None:
        return ""
    runs = f"whoever runs {settings.host}"
    path = seen.operation.partition(" ")[2]
    if leads_back(seen):
        return f"Ask {runs} to end the redirect of {path}: it leads to the same address again."
    if only_a_slash(seen):
        return f"Ask {runs} to respond at {path} directly: the redirect only adds a slash."
    away = moved_away(seen, settings)
    return (
        f"Ask {runs} whether the API has moved to {away}. If so, use that address." if away else ""
    )


def _is_it_the_api(settings: Settings, what: str) -> str:
    return f"Check that {settings.url.text} is the API's address: it returned {what}."


def _is_it_there(seen: Exchange, settings: Settings) -> str:
    """What to look at where a server that nobody knows lacks a path, and no slip is seen."""
    if provider_of(settings.host) is not None:
        return ""
    path = seen.operation.partition(" ")[2]
    return f"Check that {settings.url.text} is the API's address: the server has no {path} there."


def _is_of_another(seen: Exchange, settings: Settings) -> bool:
    """Whether a whole answer, which is none of an API's, comes from a server that nobody knows.

    What a model should have said may be cut: only another table shows that it is something else.
    """
    whole = not seen.failure and not seen.truncated and provider_of(settings.host) is None
    return whole and (seen.operation.startswith("GET") or _is_another_table(seen))


def _is_another_table(seen: Exchange) -> bool:
    return seen.body.lstrip("\ufeff \t\r\n")[:1] == "{" and isinstance(json_of(seen), dict)


def _send_it_plain(seen: Exchange, settings: Settings) -> str:
    """What to ask where a body came in an encoding that the request does not accept."""
    runs = "IT" if provider_of(settings.host) else f"whoever runs {settings.host}"
    return (
        f"Ask {runs} to send {packed_as(seen)} only to clients that accept it: this one asked for "
        "no encoding."
    )
