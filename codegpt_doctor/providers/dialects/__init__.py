"""The wire formats that providers speak: what is sent, and how what comes back is read.

Nothing is sent here.  A base URL is taken as a person enters it: a provider with a format of its
own often has OpenAI's as well, at another path, and the address tells which of them is meant.
"""

from urllib.parse import urlsplit

from codegpt_doctor.providers.dialects.anthropic import AnthropicDialect
from codegpt_doctor.providers.dialects.azure import AzureDialect
from codegpt_doctor.providers.dialects.bedrock import BedrockDialect
from codegpt_doctor.providers.dialects.cohere import CohereDialect
from codegpt_doctor.providers.dialects.google import GoogleDialect
from codegpt_doctor.providers.dialects.ollama import OllamaDialect
from codegpt_doctor.providers.dialects.openai import (
    CompatibleDialect,
    OpenAIDialect,
    ResponsesDialect,
)
from codegpt_doctor.providers.dialects.wire import Dialect
from codegpt_doctor.providers.provider import Provider

__all__ = ["DIALECTS", "Dialect", "dialect_at", "speaks_openai", "takes_openais_client"]

DIALECTS: dict[str, Dialect] = {
    "openai": OpenAIDialect(),
    "openai-responses": ResponsesDialect(),
    "anthropic": AnthropicDialect(),
    "google": GoogleDialect(),
    "cohere": CohereDialect(),
    "bedrock": BedrockDialect(),
    "azure": AzureDialect(),
    "ollama": OllamaDialect(),
}
# paths at which a provider with a format of its own speaks OpenAI's
_COMPATIBLE = {
    "google": ("/openai",),
    "cohere": ("/compatibility/v1",),
    "bedrock": ("/openai/v1", "/v1"),
    "ollama": ("/v1",),
    "anthropic": ("/chat/completions",),
}
_COMPATIBLE_DIALECT = CompatibleDialect()


def speaks_openai(provider: Provider) -> bool:
    """Whether a provider's own format is one of OpenAI's, so that OpenAI's clients can ask it."""
    return isinstance(DIALECTS[provider.dialect], OpenAIDialect)


def takes_openais_client(provider: Provider, base_url: str) -> bool:
    """Whether OpenAI's own client can ask for chat completions at an address, with the key there.

    Azure wants its key in another header, and Perplexity another endpoint.
    """
    return type(dialect_at(provider, base_url)) in (OpenAIDialect, CompatibleDialect)


def dialect_at(provider: Provider, base_url: str) -> Dialect:
    """The format that a provider speaks at an address."""
    path = urlsplit(base_url.strip()).path.rstrip("/").removesuffix("/chat/completions")
    whole = urlsplit(base_url.strip()).path.rstrip("/")
    endings = _COMPATIBLE.get(provider.dialect, ())
    if whole.endswith(endings) or path.endswith(endings):
        return _COMPATIBLE_DIALECT
    return DIALECTS[provider.dialect]
