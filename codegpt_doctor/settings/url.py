"""What a base URL is, and what is wrong with it."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from codegpt_doctor.settings.values import Settings

_ENDPOINTS = ("/chat/completions", "/responses", "/models", "/completions", "/embeddings")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_this_computer(address: str) -> bool:
    """Whether packets for an address never leave this machine."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return parsed.is_loopback or parsed.is_unspecified


def is_private(host: str) -> bool:
    """Whether a host can only be reached from within one's own network, as its name tells."""
    if is_loopback(host) or ("." not in host.strip("[]") and ":" not in host):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith((".local", ".lan", ".internal", ".intranet", ".corp", ".home.arpa"))


def has_endpoint_in_it(settings: Settings) -> bool:
    """Whether the base URL has in its path what clients add by themselves."""
    path = urlsplit(settings.base_url.value.strip()).path.rstrip("/")
    return path.endswith(_ENDPOINTS) or "/v1/v1" in path


def better_base_url(settings: Settings) -> str | None:
    """The base URL with what is surely wrong in its path put right; None when nothing is."""
    parts = urlsplit(settings.base_url.value.strip())
    path = parts.path.rstrip("/")
    for ending in _ENDPOINTS:
        path = path.removesuffix(ending)
    path = path.replace("/v1/v1", "/v1") or "/v1"
    better = urlunsplit(parts._replace(path=path))
    return better if better != urlunsplit(parts._replace(path=parts.path.rstrip("/"))) else None
