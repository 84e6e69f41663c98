"""The addresses of Azure OpenAI, where OpenAI's formats are spoken.

The classic address names the deployment and a version of the API as a query; the new one ends with
``/openai/v1``, and takes the name of the deployment as the model.
"""

import re

from codegpt_doctor.providers.dialects.openai import CHAT, MODELS, OpenAIDialect
from codegpt_doctor.providers.dialects.wire import (
    Request,
    base_path,
    without_endpoint,
)
from codegpt_doctor.providers.provider import Provider

NEW = "/openai/v1"
API_VERSION = "2024-10-21"  # the latest that Microsoft calls stable; seen on 2026-11-28
_DEPLOYMENT = re.compile(r"^(?P<root>.*)/openai/deployments/[^/]+$")


class AzureDialect(OpenAIDialect):
    """OpenAI's formats at the address of a resource, or of one deployment of it."""

    def auth_headers(self, provider: Provider, key: str | None) -> dict[str, str]:
        """The key in its own header; a token of a sign-in, which is a JWT, as a bearer."""
        if key and key.startswith("eyJ"):
            return {"Authorization": f"Bearer {key}", **provider.auth.extra_headers}
        return super().auth_headers(provider, key)

    def list_request(self, provider: Provider, base_url: str) -> Request | None:
        """The request for the list of models, which are those that could be deployed."""
        base = _base(base_url)
        classic = _DEPLOYMENT.fullmatch(base)
        path = f"{classic['root']}/openai{MODELS}" if classic else base + MODELS
        return Request("GET", path, params=self.params(base_url))

    def path(self, provider: Provider, base_url: str, model: str) -> str:
        """The path of a request to a model; a deployment that the address names goes before it."""
        return _base(base_url) + CHAT

    def params(self, base_url: str) -> dict[str, str]:
        """The query of every request; the classic address needs a version of the API."""
        version = {"api-version": API_VERSION} if deployment_in(base_url) else {}
        return {**version, **super().params(base_url)}


def deployment_in(base_url: str) -> str:
    """The deployment that an address names; empty where it names none."""
    base = _base(base_url)
    return base.rpartition("/")[2] if _DEPLOYMENT.fullmatch(base) else ""


def _base(base_url: str) -> str:
    """The path up to the endpoint; of a bare resource, that of the new address."""
    path = without_endpoint(base_path(base_url))
    return path + NEW.removeprefix(path) if path in ("", "/openai") else path
