"""Whose key it is, of which kind, and where it may go."""

import re

from codegpt_doctor import catalogue
from codegpt_doctor.settings.url import is_loopback
from codegpt_doctor.settings.values import Key, Settings

ADMIN = "admin key"
SIGN_IN = "sign-in token"  # its form is that of many services
NO_ADMIN_KEY = "needs an admin key in OPENAI_ADMIN_KEY; only that shows costs and spend limits"
ELSEWHERE = "the base URL is not OpenAI's own, so the admin key was not sent there"
_PLACEHOLDER = re.compile(
    r"(?i)^(?:undefined|null|none|nil|true|false|changeme|todo|test|dummy|xxx+)$"
    r"|your|my[-_]?(?:api|key|openai|secret)|replace|insert|example|placeholder|paste|<[^<>]*>"
    r"|^\$|[$\{]\{|%\w+%|^sk-(?:proj-)?(?:x+|\.+|1234.*)$|_key_?here|key[-_ ]?here"
)


_MASKED = re.compile(r"\*{3,}|•{2,}|…|\.{3,}")


def kind_of(key: Key) -> str:
    """What kind of key it looks like: a kind of a provider's data, or just ``key``."""
    value = key.secret.reveal().strip(" \t\r\n\"'")
    for provider in ("openai", *(name for name in catalogue.providers() if name != "openai")):
        for shape in catalogue.providers()[provider]["keys"]:
            if re.match(shape["pattern"], value):
                return str(shape["kind"])
    return "key"


def owner_of(key: Key) -> str | None:
    """The id of the provider whose key it looks like, or None when the shape says nothing."""
    kind = kind_of(key)
    for provider, data in catalogue.providers().items():
        if any(shape["kind"] == kind for shape in data["keys"]):
            return provider
    return None


def is_sendable(key: Key, settings: Settings) -> bool:
    """Whether the key may go to the target: to its own provider, in a header, as no admin key."""
    value = key.secret.reveal().strip().strip("\"'`").strip()
    foreign = provider_mismatch(key, settings) is not None
    plain = value.isascii() and value.isprintable() and " " not in value.removeprefix("Bearer ")
    return bool(value) and plain and not foreign and kind_of(key) != ADMIN


def why_not_admin(settings: Settings) -> str | None:
    """Why no admin key is sent to the target; None when it is.

    It goes to OpenAI itself and to this machine, and only when it is no other kind of key.
    """
    admin = settings.admin_key
    if admin is None:
        return NO_ADMIN_KEY
    if not (_is_openai(settings) or is_loopback(settings.host)):
        return ELSEWHERE
    if not (settings.base_url.value.strip().startswith("https://") or is_loopback(settings.host)):
        return "the base URL is not encrypted, so the admin key was not sent there"
    value, kind = admin.secret.reveal().strip().strip("\"'`").strip(), kind_of(admin)
    if not (value.isascii() and value.isprintable() and " " not in value.removeprefix("Bearer ")):
        return f"{admin.source} holds what is no key, so it was not sent"
    if kind not in (ADMIN, "key"):
        return f"{admin.source} holds {article(kind)} {kind}, so it was not sent"
    if kind != ADMIN and settings.key and settings.key.secret == admin.secret:
        return f"{admin.source} and {settings.key.source} hold the same key, so it was not sent"
    return None


def _is_openai(settings: Settings) -> bool:
    return settings.host in catalogue.providers()["openai"]["hosts"]


def article(kind: str) -> str:
    """The indefinite article of a kind of key."""
    return "an" if kind[0] in "aeiouAEIOU" else "a"


def provider_mismatch(key: Key, settings: Settings) -> tuple[str, str] | None:
    """The providers of the key and of the host, by name, where both are known and differ."""
    providers = catalogue.providers()
    owner = owner_of(key)
    host = next((one for one, data in providers.items() if settings.host in data["hosts"]), None)
    if owner in (None, host) or host is None or kind_of(key) == SIGN_IN:
        return None
    return providers[owner]["name"], providers[host]["name"]
