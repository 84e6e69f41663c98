"""The official SDKs, pointed at the simulator: they work, and raise what they document.

They are installed by ``make test-all`` alone, so that nothing here imports one before it is used.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.doctor import run_check
from codegpt_doctor.providers.provider import all_providers, load
from codegpt_doctor.providers.selection import completed
from codegpt_doctor.simulator import can_simulate, simulation
from codegpt_doctor.simulator.server import Simulator

pytestmark = pytest.mark.full

Clients = AbstractContextManager[Any]

KEY = "simulated-key"
ASKED = [{"role": "user", "content": "hi"}]
STAINLESS = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}
ANTHROPIC = {
    **STAINLESS,
    413: "RequestTooLargeError",
    503: "ServiceUnavailableError",
    504: "DeadlineExceededError",
    529: "OverloadedError",
}
COHERE = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    422: "UnprocessableEntityError",
    429: "TooManyRequestsError",
    498: "InvalidTokenError",
    500: "InternalServerError",
    503: "ServiceUnavailableError",
    504: "GatewayTimeoutError",
}


class Sdk(NamedTuple):
    """An SDK: its client at an address, listing and asking models, what it raises for a refusal."""

    provider: str
    client: Callable[[str], Clients]
    list: Callable[[Any], object]
    ask: Callable[[Any], str]
    raises: Callable[[Entry], type[Exception]]
    status: Callable[[Any], object] = lambda error: error.status_code


def model(provider: str) -> str:
    """The model that the simulator of a provider has."""
    return next(iter(load(provider).models.default), "simulated-model")


def by_status(module: str, names: Mapping[int, str], other: str) -> Callable[[Entry], Any]:
    """The class that a package documents for the status of a refusal."""

    def found(entry: Entry) -> Any:
        status = entry.example["status"]
        server = "InternalServerError" if status >= 500 and 500 not in names else other
        return getattr(import_module(module), names.get(status, server))

    return found


@contextmanager
def client_of(module: str, name: str, **arguments: object) -> Iterator[Any]:
    """A client, closed in the end by the way that its package has for that."""
    client = getattr(import_module(module), name)(**arguments)
    try:
        yield client
    finally:
        if hasattr(client, "close"):
            client.close()
        elif hasattr(client, "_client"):
            client._client.close()
        else:
            client.__exit__(None, None, None)


def anthropic(base_url: str) -> Clients:
    return client_of("anthropic", "Anthropic", api_key=KEY, base_url=base_url, max_retries=0)


def ask_anthropic(client: Any) -> str:
    said = client.messages.create(model=model("anthropic"), max_tokens=1, messages=ASKED)
    return str(said.content[0].text)


def google(base_url: str) -> Clients:
    where = {"base_url": base_url.removesuffix("/v1beta")}
    return client_of("google.genai", "Client", api_key=KEY, http_options=where)


def ask_google(client: Any) -> str:
    return str(client.models.generate_content(model=model("google"), contents="hi").text)


def of_google(entry: Entry) -> Any:
    errors = import_module("google.genai.errors")
    return errors.ServerError if entry.example["status"] >= 500 else errors.ClientError


def mistral(base_url: str) -> Clients:
    root = base_url.removesuffix("/v1")
    return client_of("mistralai.client", "Mistral", api_key=KEY, server_url=root)


def ask_mistral(client: Any) -> str:
    said = client.chat.complete(model=model("mistral"), messages=ASKED)
    return str(said.choices[0].message.content)


def of_mistral(entry: Entry) -> Any:
    errors = import_module("mistralai.client.errors")
    return errors.HTTPValidationError if entry.example["status"] == 422 else errors.SDKError


def groq(base_url: str) -> Clients:
    root = base_url.removesuffix("/openai/v1")
    return client_of("groq", "Groq", api_key=KEY, base_url=root, max_retries=0)


def cohere(base_url: str) -> Clients:
    return client_of("cohere", "ClientV2", api_key=KEY, base_url=base_url)


def ask_cohere(client: Any) -> str:
    said = client.chat(model=model("cohere"), messages=ASKED)
    return str(said.message.content[0].text)


def of_cohere(entry: Entry) -> Any:
    named = COHERE.get(entry.example["status"])
    other = "cohere.core.api_error"
    return getattr(import_module("cohere" if named else other), named or "ApiError")


def ollama(base_url: str) -> Clients:
    return client_of("ollama", "Client", host=base_url)


def ask_ollama(client: Any) -> str:
    return str(client.chat(model=model("ollama"), messages=ASKED).message.content)


def azure(base_url: str) -> Clients:
    where = {"azure_endpoint": base_url.removesuffix("/openai/v1"), "api_version": "2024-10-21"}
    return client_of("openai", "AzureOpenAI", api_key=KEY, max_retries=0, **where)


def chat(provider: str) -> Callable[[Any], str]:
    def ask(client: Any) -> str:
        said = client.chat.completions.create(model=model(provider), messages=ASKED)
        return str(said.choices[0].message.content)

    return ask


def listed(client: Any) -> object:
    return client.models.list().data


SDKS = [
    Sdk(
        "anthropic",
        anthropic,
        listed,
        ask_anthropic,
        by_status("anthropic", ANTHROPIC, "APIStatusError"),
    ),
    Sdk(
        "google",
        google,
        lambda client: list(client.models.list()),
        ask_google,
        of_google,
        lambda error: error.code,
    ),
    Sdk("mistral", mistral, listed, ask_mistral, of_mistral),
    Sdk("groq", groq, listed, chat("groq"), by_status("groq", STAINLESS, "APIStatusError")),
    Sdk("cohere", cohere, lambda client: client.models.list().models, ask_cohere, of_cohere),
    Sdk(
        "ollama",
        ollama,
        lambda client: client.list().models,
        ask_ollama,
        lambda _: import_module("ollama").ResponseError,
    ),
    Sdk("azure", azure, listed, chat("azure"), by_status("openai", STAINLESS, "APIStatusError")),
]


def simulated(provider: str) -> list[Entry]:
    """The refusals of a provider that the simulator gives."""
    entries = [one for one in catalogue.entries(provider) if one.provider == provider]
    return [one for one in entries if can_simulate(one) and "body" in one.example]


@pytest.mark.parametrize("sdk", SDKS, ids=[one.provider for one in SDKS])
def test_a_healthy_simulator_works_with_the_sdk_of_its_provider(sdk: Sdk) -> None:
    with (
        Simulator(None, provider=sdk.provider) as simulator,
        sdk.client(simulator.base_url) as client,
    ):
        assert sdk.ask(client).startswith("Hello")
        assert sdk.list(client)


@pytest.mark.parametrize("sdk", SDKS, ids=[one.provider for one in SDKS])
def test_each_simulated_refusal_raises_what_the_sdk_documents(sdk: Sdk) -> None:
    entries = simulated(sdk.provider)
    assert len(entries) >= 3
    for entry in entries:
        call = sdk.list if entry.simulate.get("on") == "models" else sdk.ask
        with (
            Simulator(entry, provider=sdk.provider) as simulator,
            sdk.client(simulator.base_url) as client,
            pytest.raises(sdk.raises(entry)) as raised,
        ):
            call(client)
        assert sdk.status(raised.value) == entry.example["status"], entry.id


@contextmanager
def bedrock(entry: Entry | None, folder: Path) -> Iterator[Any]:
    """The client of AWS with an API key, which it sends over an encrypted connection alone."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    bundle = folder / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    simulator = Simulator(entry, provider="bedrock")
    simulator.encrypt(context)
    with simulator:
        yield (
            import_module("botocore.session")
            .get_session()
            .create_client(
                "bedrock-runtime",
                region_name="us-east-1",
                endpoint_url=f"https://127.0.0.1:{simulator.port}",
                verify=str(bundle),
                config=import_module("botocore.config").Config(retries={"total_max_attempts": 1}),
            )
        )


def converse(client: Any) -> str:
    said = client.converse(
        modelId=model("bedrock"), messages=[{"role": "user", "content": [{"text": "hi"}]}]
    )
    return str(said["output"]["message"]["content"][0]["text"])


def test_bedrock_works_with_an_api_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", KEY)
    with bedrock(None, tmp_path) as client:
        assert converse(client).startswith("Hello")


def test_each_refusal_of_bedrock_is_a_client_error_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", KEY)
    refused = import_module("botocore.exceptions").ClientError
    for entry in simulated("bedrock"):
        with bedrock(entry, tmp_path) as client, pytest.raises(refused) as raised:
            converse(client)
        told = raised.value.response
        assert told["ResponseMetadata"]["HTTPStatusCode"] == entry.example["status"], entry.id
        named = entry.example.get("headers", {}).get("x-amzn-ErrorType", "")
        assert named.partition(":")[0] in (told["Error"]["Code"], ""), entry.id


@pytest.mark.parametrize("told", ["box", "box:9", ":9", "http://box", "https://box", "[::1]:9"])
def test_the_address_of_ollama_is_completed_as_by_its_own_client(told: str) -> None:
    own = import_module("ollama._client")._parse_host(told)
    assert completed(load("ollama"), told) == own


@pytest.mark.parametrize("provider", [one.id for one in all_providers()])
def test_the_second_opinion_is_given_where_openais_client_can_ask(provider: str) -> None:
    with simulation(None, provider) as settings:
        report = run_check(settings, sdk=True, control=False, timeout=20)
    (opinion,) = (check for check in report.checks if check.id == "sdk")
    own = ("anthropic", "azure", "bedrock", "cohere", "google", "ollama", "perplexity")
    assert (opinion.status, report.status) == ("skip" if provider in own else "pass", "healthy")
    if provider in own:
        assert load(provider).name in opinion.summary
