"""What most wire formats have in common; each format changes what it has otherwise."""

from collections.abc import Mapping

from codegpt_doctor.providers.dialects.errors import read_error
from codegpt_doctor.providers.dialects.wire import (
    Answer,
    ApiError,
    Json,
    Request,
    Table,
    base_params,
    events,
    messages,
    path_at,
    together,
    with_model,
)
from codegpt_doctor.providers.provider import Provider


class CommonDialect:
    """A JSON body that goes to a path below the base URL, and JSON that comes back."""

    def auth_headers(self, provider: Provider, key: str | None) -> dict[str, str]:
        """The key in the header of the provider's data, and the headers that always go along."""
        auth = provider.auth
        extra = dict(auth.extra_headers)
        return {auth.header: f"{auth.prefix}{key}", **extra} if key else extra

    def list_request(self, provider: Provider, base_url: str) -> Request | None:
        """The request for the list of models; None where the provider has none."""
        if not provider.models.list:
            return None
        path = path_at(provider, base_url, provider.models.list)
        params = {**provider.models.params, **self.params(base_url)}
        return Request("GET", path, params=params)

    def inference_request(
        self,
        provider: Provider,
        base_url: str,
        model: str,
        stream: bool = False,
        limit: int | None = None,
    ) -> Request:
        """The smallest request to a model."""
        tokens = {self.token_field(provider): limit or provider.inference.max_tokens}
        path, body = self.path(provider, base_url, model), self.body(model, tokens, stream)
        return Request("POST", path, params=self.params(base_url), body=body)

    def path(self, provider: Provider, base_url: str, model: str) -> str:
        """The path of a request to a model."""
        return path_at(provider, base_url, with_model(provider.inference.path, model))

    def params(self, base_url: str) -> dict[str, str]:
        """The query of every request."""
        return base_params(base_url)

    def token_field(self, provider: Provider) -> str:
        """What the limit of tokens is called."""
        return provider.inference.token_field

    def body(self, model: str, tokens: Table, stream: bool) -> Table:
        """The body of the smallest request; newer models refuse any setting of the sampling."""
        asked = {"model": model, "messages": messages(), **tokens}
        return {**asked, "stream": True} if stream else asked

    def read_answer(self, body: str) -> Answer | None:
        """What a model said, whole or as a stream of events; None where it is no answer."""
        pieces = (self.piece(event) for event in events(body))
        return together([piece for piece in pieces if piece])

    def piece(self, event: Json) -> Answer | None:
        """What one event of an answer says; None where it is none."""
        raise NotImplementedError

    def read_error(self, status: int, headers: Mapping[str, str], body: str) -> ApiError | None:
        """The error that a response tells, whatever its status; None where it tells none."""
        return read_error(status, headers, body)
