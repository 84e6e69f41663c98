"""What is known of each provider, from its ``provider.toml``.

Nothing is read before it is asked for, and of the providers only the one that is wanted.  Where
each group of facts is from, and when it was checked, only the site reads.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from codegpt_doctor import catalogue
from codegpt_doctor.providers.facts import FactsError, read_facts

__all__ = [
    "CUSTOM",
    "Auth",
    "Ended",
    "FactsError",
    "Inference",
    "KeyInfo",
    "KeyShape",
    "Lifecycle",
    "Limits",
    "Models",
    "Pages",
    "Provider",
    "Status",
    "Tier",
    "all_providers",
    "has_ended",
    "load",
]

CUSTOM = "custom"  # the id for whatever server answers where nobody is known to
_REGION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Auth(NamedTuple):
    """How a key goes along: ``prefix`` and key in the header ``header``.

    ``required`` is false where a key is optional.  ``extra_headers`` go with each request, with or
    without a key.  The headers of an organization and a project are empty where there are none.
    """

    required: bool
    header: str
    prefix: str
    extra_headers: Mapping[str, str] = {}
    organization_header: str = ""
    project_header: str = ""


class KeyShape(NamedTuple):
    """What keys of a kind look like: ``pattern`` fits their beginning.

    ``unique`` is false where other services' keys look the same, so that it proves no owner.
    """

    kind: str
    pattern: str
    admin: bool = False
    unique: bool = True


class Models(NamedTuple):
    """Where the list of models is, and which of them are small, cheap and not ending.

    ``proves_key`` tells whether a good answer means that the key was accepted.  ``params`` ask for
    all of a list that comes in pages.  ``is_array`` tells of one without anything around it, which
    OpenAI's own client cannot read.  ``can_be_asked`` is false of a list whose names no request
    takes: those that could be deployed, under names of the user's own.
    """

    list: str
    proves_key: bool
    default: tuple[str, ...]
    params: Mapping[str, str] = {}
    is_array: bool = False
    can_be_asked: bool = True


class Inference(NamedTuple):
    """The smallest request: its path, the name of the token limit, and the smallest limit."""

    path: str
    token_field: str
    max_tokens: int


class KeyInfo(NamedTuple):
    """An endpoint that an ordinary key may ask about itself; ``shape`` is that of its answer."""

    path: str
    shape: str


class Limits(NamedTuple):
    """In which headers a response tells the rate limits.

    ``header`` is the name with ``{field}`` for limit, remaining or reset, and ``{kind}`` for what
    is counted.  ``per`` are the lengths of the windows that the names do not tell, by the kind.
    """

    header: str = "x-ratelimit-{field}-{kind}"
    per: Mapping[str, str] = {}


class Status(NamedTuple):
    """The page about incidents, for people, and its machine form with the format of that."""

    page: str
    summary: str = ""
    format: str = ""


class Pages(NamedTuple):
    """The pages of the provider's console and documentation; empty where there is none.

    ``link_hosts`` are all hosts that a link in the provider's texts may have.
    """

    link_hosts: tuple[str, ...]
    keys: str = ""
    admin_keys: str = ""
    billing: str = ""
    limits: str = ""
    usage: str = ""
    models: str = ""
    organization: str = ""
    projects: str = ""
    docs: str = ""
    errors: str = ""


class Lifecycle(NamedTuple):
    """A model, or all models with a prefix, that ended or will end, and what replaces it."""

    ends: date
    model: str = ""
    prefix: str = ""
    replacement: str = ""

    def is_about(self, model: str) -> bool:
        """Whether it is about a model."""
        return model == self.model or bool(self.prefix and model.startswith(self.prefix))


class Tier(NamedTuple):
    """Limits a minute that hint at a usage tier.  A limit of 0 is any."""

    name: str
    requests: int
    tokens: int = 0


class Ended(NamedTuple):
    """A service that is no more."""

    on: date
    what: str
    replacement: str = ""


class Words(NamedTuple):
    """A pattern of what only this provider prints, why, an example, and what only looks like it."""

    pattern: str
    why: str
    example: str
    counterexample: str = ""


class Text(NamedTuple):
    """How a text tells of the provider.

    ``names`` is a pattern of what it is called; without one its id is.  ``is_named`` is false where
    its name says nothing, and ``is_relayed`` true where other servers are asked with its libraries.
    """

    names: str = ""
    is_named: bool = True
    is_relayed: bool = False
    words: tuple[Words, ...] = ()


class Provider(NamedTuple):
    """All that is known of one provider.

    ``base_url`` is empty where the user's own resource or server decides, and may have
    ``{region}`` in it, as may ``hosts``.  ``not_api_hosts`` are its other sites.  ``key_variables``
    are in the order in which its own SDK reads them.  ``version_path`` is set only where it answers
    without that path as well, ``sdk_root`` where its own client takes the address without the path
    of ``base_url`` and adds that itself.  ``hands_on`` is how a gateway begins what a provider
    behind it said of the gateway's own key.
    """

    id: str
    name: str
    dialect: str
    base_url: str
    hosts: tuple[str, ...]
    key_variables: tuple[str, ...]
    auth: Auth
    models: Models
    inference: Inference
    pages: Pages
    host_suffixes: tuple[str, ...] = ()
    not_api_hosts: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    local: bool = False
    admin_key_variables: tuple[str, ...] = ()
    base_url_variables: tuple[str, ...] = ()
    version_path: str = ""
    sdk_root: bool = False
    hands_on: str = ""
    keys: tuple[KeyShape, ...] = ()
    key_info: KeyInfo | None = None
    limits: Limits | None = None
    status: Status | None = None
    ended: Ended | None = None
    lifecycle: tuple[Lifecycle, ...] = ()
    tiers: tuple[Tier, ...] = ()
    text: Text | None = None

    def serves(self, host: str) -> bool:
        """Whether a host is one where this provider's API answers."""
        return _host_fits(host, self.hosts, self.host_suffixes)

    def end_of(self, model: str) -> Lifecycle | None:
        """What is known of the end of a model; the most telling of several."""
        found = [one for one in self.lifecycle if one.is_about(model)]
        return max(found, key=lambda one: len(one.model or one.prefix), default=None)


@cache
def load(provider: str) -> Provider:
    """The data of a provider.

    Raises:
        KeyError: there is no provider with this id.
        FactsError: its file is not well formed.
    """
    return read_facts(Provider, catalogue.providers()[provider], f"{provider}/provider.toml")


@cache
def all_providers() -> tuple[Provider, ...]:
    """Every provider, in the order of the ids.

    Raises:
        FactsError: a file is not well formed.
    """
    return tuple(map(load, catalogue.providers()))


def _host_fits(host: str, hosts: tuple[str, ...], suffixes: tuple[str, ...] = ()) -> bool:
    """Whether a host is one of some: by its whole name, by its end, or in some region."""
    host = host.lower().removesuffix(".")
    if host in hosts or host.endswith(suffixes):
        return True
    return any("{region}" in one and _is_in_region(host, one) for one in hosts)


def _is_in_region(host: str, pattern: str) -> bool:
    start, _, end = pattern.partition("{region}")
    region = host.removeprefix(start).removesuffix(end)
    return host == start + region + end and _REGION.fullmatch(region) is not None


def has_ended(provider: Provider) -> bool:
    """Whether the whole service has ended; of one that goes on, there are models to choose."""
    return provider.ended is not None and not provider.models.default
