"""Whose key it is, of which kind, and where it may go.

``may_go`` is the one place that decides whether a key is sent; every request with a key, of every
command, asks it first.  Its rules are the table "Where a key may go" of SECURITY.md.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.providers.owners import by_host, fitting_shapes
from codegpt_doctor.providers.provider import CUSTOM, KeyShape, Provider, all_providers, load
from codegpt_doctor.settings.url import is_this_computer
from codegpt_doctor.settings.values import Key, Settings

OTHER = "key"  # whose shape says nothing
NO_ADMIN_KEY = "needs an admin key in OPENAI_ADMIN_KEY; only that shows costs and spend limits"
NO_COSTS = "this server is not known to report costs and spend limits"
PLACEHOLDER = re.compile(
    r"(?i)^(?:undefined|null|none|nil|true|false|changeme|todo|test|dummy|xxx+)$"
    r"|your|my[-_]?(?:api|key|openai|secret)|replace|insert|example|placeholder|paste|<[^<>]*>"
    r"|^\$|[$\{]\{|%\w+%|^sk-(?:proj-)?(?:x+|\.+|1234.*)$|_key_?here|key[-_ ]?here"
)
_PREFIX = re.compile(r"^[A-Za-z]{1,40}[-_]")  # at the beginning of a pattern
MASKED = re.compile(r"\*{3,}|•{2,}|…|\.{3,}")


class Use(StrEnum):
    """What a key is for: a provider has other keys for its models than for its administration."""

    MODELS = "models"
    ADMINISTRATION = "administration"


class Refusal(StrEnum):
    """Why a key is not sent."""

    NO_KEY = "there is none"
    NOT_A_KEY = "no header can hold it"
    ADMIN_KEY = "an admin key cannot run models"
    OTHER_KIND = "it is no admin key"
    SAME_KEY = "both keys are the same"
    OTHER_PROVIDER = "its shape is another provider's"
    ELSEWHERE = "an admin key goes only to its own provider"
    STRANGER = "a file of the folder names the address, and does not hold the key"
    PROXY = "a proxy stands between this program and a server of this machine"
    UNENCRYPTED = "it would travel unencrypted to another machine"


class Decision(NamedTuple):
    """Whether a key is sent: it is, unless there is a ``refusal``, which ``words`` explain."""

    refusal: Refusal | None = None
    words: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the key is sent."""
        return self.refusal is None


class Route(NamedTuple):
    """Where the bytes of a request go.

    Args:
        proxy: the variable or setting that names a proxy, wherever that runs; None without one.
        addresses: gives what the host of the base URL resolved to; asked only where it decides.
    """

    proxy: str | None = None
    addresses: Callable[[], Sequence[str]] = tuple

    def stays_here(self) -> bool:
        """Whether the bytes never leave this machine and meet no other program on their way."""
        return self.proxy is None and self.leads_here()

    def leads_here(self) -> bool:
        """Whether the host is this machine, whatever it is called and whoever is asked for it."""
        addresses = self.addresses()
        return bool(addresses) and all(map(is_this_computer, addresses))


SENT = Decision()


def may_go(key: Key | None, use: Use, settings: Settings, route: Route) -> Decision:
    """Whether a key goes to the base URL of the settings."""
    if key is None or not sendable(key):
        words = _no_admin_key(settings) if use is Use.ADMINISTRATION else "there is no key"
        return Decision(Refusal.NO_KEY, words)
    if not can_be_sent(key):
        return Decision(
            Refusal.NOT_A_KEY, f"{key.source} holds a value that is not a key, so it was not sent"
        )
    rules = (
        _of_right_kind(key, use, settings),
        _to_its_provider(key, use, settings, route),
        _to_no_stranger(key, settings),
        bytes_may_go(settings, route),
    )
    return next((rule for rule in rules if not rule.is_sent), SENT)


def _no_admin_key(settings: Settings) -> str:
    """What is said without an admin key: to get one only where that would be sent for its use."""
    own = provider_of(settings.host) == settings.provider or settings.url.is_loopback
    return NO_ADMIN_KEY if own and has_books(load(settings.provider)) else NO_COSTS


def _of_right_kind(key: Key, use: Use, settings: Settings) -> Decision:
    kind, admin = kind_of(key), is_admin(key)
    if use is Use.MODELS:
        words = f"{key.source} holds an admin key, which cannot run models"
        return Decision(Refusal.ADMIN_KEY, words) if admin else SENT
    if not admin and kind != OTHER:
        words = f"{key.source} holds {article(kind)} {kind}, so it was not sent"
        return Decision(Refusal.OTHER_KIND, words)
    if not admin and settings.key and settings.key.secret == key.secret:
        words = f"{key.source} and {settings.key.source} hold the same key, so it was not sent"
        return Decision(Refusal.SAME_KEY, words)
    return SENT


def _to_its_provider(key: Key, use: Use, settings: Settings, route: Route) -> Decision:
    if use is Use.ADMINISTRATION:
        return _home_of_admin_key(key, settings, route)
    owner = foreign_owner(key, settings)
    if owner is None:
        return SENT
    words = f"the key looks like one from {name_of(owner)}, so it was not sent to {settings.host}"
    return Decision(Refusal.OTHER_PROVIDER, words)


def _home_of_admin_key(key: Key, settings: Settings, route: Route) -> Decision:
    """An admin key goes to its own provider, or to what stands in for that on this machine."""
    if not has_books(load(settings.provider)) and settings.provider != CUSTOM:
        return Decision(Refusal.ELSEWHERE, NO_COSTS)
    owner = owner_of(key) or _administered_by(key.source)
    stands_in = settings.provider in (owner, CUSTOM)
    if provider_of(settings.host) == owner or (stands_in and route.stays_here()):
        return SENT
    words = f"the base URL is not {name_of(owner)}'s own, so the admin key was not sent there"
    return Decision(Refusal.ELSEWHERE, words)


def _administered_by(source: str) -> str:
    """The provider whose admin key a variable holds, which a ``.env`` may have set."""
    variable = source.partition(" ")[0]
    named = (one.id for one in all_providers() if variable in one.admin_key_variables)
    return next(named, DEFAULT_PROVIDER)


def has_books(provider: Provider) -> bool:
    """Whether a provider's costs and limits can be read here, with an admin key of it."""
    return provider.id == DEFAULT_PROVIDER


def _to_no_stranger(key: Key, settings: Settings) -> Decision:
    named_by = settings.base_url.file
    if not named_by or named_by in key.files:
        return SENT
    words = f"{named_by} names the address, and does not hold the key from {key.source}"
    return Decision(Refusal.STRANGER, words)


def needs_no_key(settings: Settings) -> bool:
    """Whether the server may answer without a key: one of this machine, or whatever was named.

    Of an address that was merely found, the official client would ask for a key.
    """
    provider = load(settings.provider)
    usual = provider.local or settings.provider_from == "option"
    return usual and not provider.auth.required and not settings.no_key


def has_no_key(settings: Settings) -> bool:
    """Whether there is nothing that could be read on the way."""
    return settings.key is None and settings.admin_key is None


def bytes_may_go(settings: Settings, route: Route) -> Decision:
    """Whether any key may travel to the base URL: encrypted, or within this machine."""
    url = settings.url
    if url.is_encrypted or settings.allow_http or route.stays_here():
        return SENT
    here = url.is_loopback or is_this_computer(url.host)
    if route.proxy is not None and (here or route.leads_here()):
        words = (
            f"the proxy from {route.proxy} is used for {url.host}, which is this computer, and "
            "would see the key unencrypted"
        )
        return Decision(Refusal.PROXY, words)
    return Decision(Refusal.UNENCRYPTED, f"http:// would send the key to {url.host} unencrypted")


def sendable(key: Key) -> str:
    """The key without what surely is no part of it: white space, quotes, commas, ``Bearer``."""
    clean = key.secret.reveal().strip().strip("\"'`,;").strip()
    return clean[7:].strip() if clean.lower().startswith("bearer ") else clean


def can_be_sent(key: Key) -> bool:
    """Whether a header can hold the key: one word of printable ASCII."""
    value = sendable(key)
    return bool(value) and value.isascii() and value.isprintable() and " " not in value


def kind_of(key: Key) -> str:
    """What kind of key it looks like: a kind of a provider's data, or just ``key``."""
    shape = _shape_of(key)
    return shape[1].kind if shape else OTHER


def is_admin(key: Key) -> bool:
    """Whether it looks like a key that administers an organization and runs no models."""
    shape = _shape_of(key)
    return shape is not None and shape[1].admin


def owner_of(key: Key) -> str | None:
    """The id of the provider whose key it looks like, or None when the shape says nothing."""
    shape = _shape_of(key)
    return shape[0] if shape else None


def foreign_owner(key: Key, settings: Settings) -> str | None:
    """The provider whose key it looks like, where that is not the one that is asked.

    A host that is nobody's is asked as a program of the settings' provider would ask it, and where
    these name none, as one with the official client would: most gateways take the keys of the
    default provider, or hand on to it.  A shape that several give out says nothing there; at a
    known host, only one with a prefix says that the key is from elsewhere.
    """
    at = provider_of(settings.host)
    fitting = _shapes_of(key)
    asked = at or (DEFAULT_PROVIDER if settings.provider == CUSTOM else settings.provider)
    if any(owner == asked for owner, _ in fitting):
        return None
    foreign = (owner for owner, one in fitting if one.unique or (at and _PREFIX.match(one.pattern)))
    return next(foreign, None)


def _shape_of(key: Key) -> tuple[str, KeyShape] | None:
    """The provider and the shape that name the key; a mere number of characters names none."""
    named = (
        (owner, one) for owner, one in _shapes_of(key) if one.unique or one.pattern[0].isalpha()
    )
    return next(named, None)


def _shapes_of(key: Key) -> list[tuple[str, KeyShape]]:
    """Every shape that fits the key; those that only one provider gives out come first.

    One that is not unique, of gateways without hosts of their own, is as good as none.
    """
    fitting = [
        (one.id, shape)
        for one, shape in fitting_shapes(sendable(key))
        if shape.unique or one.hosts or one.host_suffixes
    ]
    return sorted(fitting, key=lambda found: not found[1].unique)


def provider_of(host: str) -> str | None:
    """The provider that a host belongs to; None for a gateway, a server of one's own, a typo."""
    found = by_host(host)
    return found.id if found else None


def name_of(provider: str) -> str:
    """What a provider is called."""
    return load(provider).name


def article(kind: str) -> str:
    """The indefinite article of a kind of key."""
    return "an" if kind[0] in "aeiouAEIOU" else "a"
