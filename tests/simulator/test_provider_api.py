"""The simulator plays every provider: what a dialect asks for is answered in that dialect."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import requests

from codegpt_doctor import catalogue
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.dialects.wire import Request
from codegpt_doctor.providers.provider import Provider, all_providers, load
from codegpt_doctor.simulator import can_simulate, simulation
from codegpt_doctor.simulator.formats import TEXT

PLAYED = [one for one in all_providers() if one.ended is None or one.models.default]


def providers_that(have: Callable[[Provider], object]) -> pytest.MarkDecorator:
    """Run a test for each provider that has something."""
    return pytest.mark.parametrize("provider", filter(have, PLAYED), ids=lambda one: one.id)


every_provider = providers_that(lambda _: True)
VARIANTS = [
    (entry_id, provider)
    for entry_id in catalogue.ids()
    for provider in catalogue.variants(entry_id)
    if provider != catalogue.DEFAULT_PROVIDER
    and can_simulate(catalogue.get(entry_id, provider))
    and "fault" not in catalogue.get(entry_id, provider).simulate
]


def origin_of(url: str) -> str:
    return "/".join(url.split("/")[:3])


class Caller:
    """Sends the requests of a dialect to a simulator."""

    def __init__(self, provider: Provider, base_url: str, key: str | None) -> None:
        self.provider, self.base_url, self.key = provider, base_url, key
        self.dialect = dialect_at(provider, base_url)
        self.session = requests.Session()
        self.session.trust_env = False

    def send(self, request: Request | None) -> requests.Response:
        assert request
        headers = self.dialect.auth_headers(self.provider, self.key)
        return self.session.request(
            request.method,
            origin_of(self.base_url) + request.path,
            params=dict(request.params),
            json=request.body,
            headers={**request.headers, **headers},
            timeout=10,
        )

    def listed(self) -> requests.Response:
        return self.send(self.dialect.list_request(self.provider, self.base_url))

    def inferred(self, model: str = "", stream: bool = False) -> requests.Response:
        default = self.provider.models.default or ("anything",)
        asked = self.dialect.inference_request(
            self.provider, self.base_url, model or default[0], stream
        )
        return self.send(asked)


@contextmanager
def caller(
    provider: str, entry_id: str | None = None, path: str = "", key: str | None = "simulated"
) -> Iterator[Caller]:
    with simulation(entry_id, provider) as settings:
        url = settings.base_url.value
        made = Caller(load(provider), origin_of(url) + path if path else url, key)
        with made.session:
            yield made


class TestHealthy:
    @providers_that(lambda one: one.models.list)
    def test_it_lists_the_models_that_are_tried(self, provider: Provider) -> None:
        with caller(provider.id) as asked:
            response = asked.listed()
            models = asked.dialect.read_models(response.text)
        assert response.status_code == 200
        assert models
        assert {*provider.models.default} <= {model.id for model in models}
        assert asked.dialect.read_error(200, {}, response.text) is None

    @every_provider
    @pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
    def test_it_answers(self, provider: Provider, stream: bool) -> None:
        with caller(provider.id) as asked:
            response = asked.inferred(stream=stream)
        answer = asked.dialect.read_answer(response.text)
        assert response.status_code == 200
        assert answer
        assert (answer.text, answer.finished, answer.refused) == (TEXT, True, False)
        assert asked.dialect.read_error(200, {}, response.text) is None

    @providers_that(lambda one: one.models.default)  # elsewhere any model may be there
    def test_it_refuses_a_model_that_it_does_not_have(self, provider: Provider) -> None:
        with caller(provider.id) as asked:
            response = asked.inferred("no-such-model")
        assert response.status_code >= 400
        assert asked.dialect.read_error(response.status_code, {}, response.text)

    @every_provider
    def test_it_refuses_a_request_without_a_key_where_one_is_needed(
        self, provider: Provider
    ) -> None:
        with caller(provider.id, key=None) as asked:
            response = asked.inferred()
        assert (response.status_code >= 400) == provider.auth.required

    @every_provider
    def test_there_is_nothing_at_other_paths(self, provider: Provider) -> None:
        with caller(provider.id) as asked:
            known = asked.inferred()
            wrong = asked.send(Request("POST", "/no/such/path", body={"model": "x"}))
        assert known.status_code == 200
        assert asked.dialect.read_error(wrong.status_code, {}, wrong.text)  # LM Studio's has a 200

    @providers_that(lambda one: one.key_info)
    def test_it_tells_what_it_tells_of_a_key(self, provider: Provider) -> None:
        info = provider.key_info
        assert info
        with simulation(None, provider.id) as settings, requests.Session() as session:
            session.trust_env = False
            headers = {"Authorization": "Bearer simulated"}
            url = settings.base_url.value + info.path
            method = "POST" if info.shape == "cohere" else "GET"
            response = session.request(method, url, headers=headers, timeout=10)
        assert response.status_code == 200
        assert response.json()


@pytest.mark.parametrize(
    ("provider", "path"),
    [
        ("google", "/v1beta/openai"),
        ("google", "/v1"),
        ("cohere", "/compatibility/v1"),
        ("cohere", "/v2"),
        ("anthropic", "/v1"),
        ("bedrock", "/openai/v1"),
        ("azure", "/openai/deployments/small"),
        ("ollama", "/v1"),
        ("deepseek", "/v1"),
    ],
)
def test_it_answers_at_the_other_addresses_of_a_provider(provider: str, path: str) -> None:
    with caller(provider, path=path) as asked:
        listed, inferred = asked.listed(), asked.inferred()
    assert asked.dialect.read_models(listed.text)
    answer = asked.dialect.read_answer(inferred.text)
    assert answer
    assert answer.text == TEXT


def test_limits_are_told_in_the_style_of_the_provider() -> None:
    with caller("anthropic") as asked:
        headers = asked.inferred().headers
    assert headers["anthropic-ratelimit-requests-remaining"] == "49"
    with caller("google") as asked:
        assert not [name for name in asked.inferred().headers if "ratelimit" in name]


@pytest.mark.parametrize(("entry_id", "provider"), VARIANTS, ids=lambda one: one)
def test_an_error_is_given_as_the_provider_documents_it(entry_id: str, provider: str) -> None:
    entry = catalogue.get(entry_id, provider)
    where = entry.simulate.get("on", "all")
    with caller(provider, entry_id) as asked:
        response = asked.listed() if where == "models" else asked.inferred()
        fine = asked.listed() if where == "inference" and load(provider).models.list else None
    assert (response.status_code, response.text) == (
        entry.example["status"],
        entry.example["body"],
    )
    assert fine is None or fine.status_code == 200


def test_openai_streams_as_well() -> None:
    with caller("openai") as asked:
        response = asked.inferred(stream=True)
    assert response.headers["content-type"] == "text/event-stream"
    assert response.text.endswith("data: [DONE]\n\n")
    assert json.loads(response.text.partition("\n")[0][6:])["object"] == "chat.completion.chunk"


def test_a_provider_that_is_none() -> None:
    with pytest.raises(KeyError), simulation(None, "acme"):
        pass


def test_an_error_of_another_provider_is_refused_with_who_has_it() -> None:
    with (
        pytest.raises(LookupError, match=r"not documented for ollama, but for .*openai"),
        simulation("insufficient_quota", "ollama"),
    ):
        pass
