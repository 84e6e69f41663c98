"""A base URL as a provider's requests are made with it, in whatever form a person enters it.

A variable such as OPENAI_BASE_URL is strict: what other programs make of it, this one does.  Where
the provider is named with the address, as in the form of an editor, the whole endpoint is meant as
well as the address before it.
"""

import re
from urllib.parse import parse_qsl, urlencode

from codegpt_doctor.providers.dialects import speaks_openai
from codegpt_doctor.providers.provider import Provider, load
from codegpt_doctor.settings.url import ENDPOINTS, BaseUrl, Fault, UrlFault
from codegpt_doctor.settings.values import Settings

AZURE = "azure"
API_VERSION = "api-version"
COMPATIBLE = "/chat/completions"  # at a provider with a format of its own it says which is meant


def asked_at(settings: Settings) -> str:
    """The address that the requests are made with."""
    provider, url = load(settings.provider), settings.url
    path = _without_endpoint(provider, url.path) if _is_entered(settings) else url.path
    if not path and _adds_path(provider):
        path = _own_path(provider)
    address = url._replace(path=path).text
    version = _api_version(url) if provider.dialect == AZURE else ""
    return f"{address}?{urlencode({API_VERSION: version})}" if version else address


def faults_at(settings: Settings) -> tuple[UrlFault, ...]:
    """What is wrong with the address, but for what belongs to it at this provider."""
    provider, url = load(settings.provider), settings.url
    fine = set()
    if provider.dialect == AZURE:
        fine.add(Fault.ENDPOINT)
        if _api_version(url):
            fine.add(Fault.QUERY)
    if _is_entered(settings):
        fine.add(Fault.ENDPOINT)
    return tuple(fault for fault in url.faults if fault.kind not in fine)


def better_at(settings: Settings) -> str:
    """The address with what is surely wrong in its path put right; itself when nothing is."""
    provider, url = load(settings.provider), settings.url
    own = _own_path(provider)
    if own and url.path in ("", "/v1") and not _adds_path(provider):
        return url._replace(path=own).text
    is_fine = provider.version_path or not speaks_openai(provider)
    return url.text if is_fine and not url.path else url.better


def _is_entered(settings: Settings) -> bool:
    """Whether the address came with the name of its provider, as into a form for that."""
    return settings.provider_from == "option"


def _adds_path(provider: Provider) -> bool:
    """Whether its own client takes the address without a path and adds that."""
    return provider.sdk_root


def _own_path(provider: Provider) -> str:
    return re.sub(r"^https?://[^/]*", "", provider.base_url)


def _without_endpoint(provider: Provider, path: str) -> str:
    """A path without the endpoint of the provider that it ends with, or the beginning of one."""
    path = re.sub(r"/V1$", "/v1", path)
    own = [provider.inference.path, provider.models.list]
    if speaks_openai(provider):
        own += ENDPOINTS
    for ending in filter(None, own):
        found = re.search(f"{_pattern(ending)}$", path)
        if found and (speaks_openai(provider) or not path.endswith(COMPATIBLE)):
            return path[: found.start()]
    first = re.match(r"/[a-z]+(?=/)", provider.inference.path)
    return path.removesuffix(first[0]) if first else path


def _pattern(endpoint: str) -> str:
    """An endpoint as a pattern, with any model in it and either way of asking for it."""
    pattern = re.escape(endpoint).replace(r"\{model\}", "[^/]+")
    return pattern.replace(":generateContent", ":(?:stream)?[gG]enerateContent")


def _api_version(url: BaseUrl) -> str:
    query = url.query.reveal() if url.query else ""
    return dict(parse_qsl(query)).get(API_VERSION, "")
