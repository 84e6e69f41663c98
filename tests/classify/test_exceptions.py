"""Exceptions with their causes: the deepest one that is recognized is the root."""

from collections.abc import Callable

import openai
import pytest
import requests
from helpers.sdk import transport
from helpers.servers import always, closed_port, listening

from codegpt_doctor import Explanation, explain
from codegpt_doctor.classify.exception_text import chained_texts, exception_text

QUOTA = "Error code: 429 - {'error': {'code': 'insufficient_quota', 'message': 'No quota'}}"
WRONG_KEY = b'{"error": {"message": "Incorrect API key provided: x", "code": "invalid_api_key"}}'


def raised(action: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any kind is handed to explain
        action()
    return caught.value


def wrapped(cause: BaseException, *messages: str) -> Exception:
    """Exceptions raised from one another, the first one at the bottom."""
    for message in messages:

        def again(message: str = message, cause: BaseException = cause) -> None:
            raise RuntimeError(message) from cause

        cause = raised(again)
    assert isinstance(cause, Exception)
    return cause


def by_requests(url: str) -> object:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=5)


def by_httpx(url: str) -> object:
    return transport().get(url, timeout=5, trust_env=False)


def by_openai(url: str) -> object:
    http = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(api_key="x", base_url=url, max_retries=0, http_client=http) as client:
        return client.models.list()


def root_and_also(error: BaseException) -> tuple[str | None, tuple[str, ...]]:
    match = explain(error).match
    return (match.id, match.also) if match else (None, ())


@pytest.mark.parametrize("get", [by_requests, by_httpx, by_openai])
class TestRealCauses:
    def test_a_refused_connection_is_below_a_code_that_a_program_made_of_it(
        self, get: Callable[[str], object]
    ) -> None:
        refused = raised(lambda: get(f"http://127.0.0.1:{closed_port()}/v1"))
        root, also = root_and_also(wrapped(refused, "no answer", QUOTA))
        assert root == "connection_refused"
        assert "insufficient_quota" in also

    def test_a_name_is_below_a_status(self, get: Callable[[str], object]) -> None:
        unknown = raised(lambda: get("http://api.openai.invalid/v1"))
        assert root_and_also(wrapped(unknown, "HTTP/1.1 502 Bad Gateway"))[0] == "dns_failure"


def test_what_the_api_said_is_below_what_a_program_says() -> None:
    with listening(always(401, WRONG_KEY)) as server:
        refused = raised(lambda: by_openai(server.base_url))
    root, also = root_and_also(wrapped(refused, "connect ECONNREFUSED", "no answer"))
    assert (root, also) == ("invalid_api_key", ("connection_refused",))


def test_a_status_alone_does_not_hide_the_code_above_it() -> None:
    with listening(always(429, b"")) as server:
        answer = by_requests(server.base_url)
    assert isinstance(answer, requests.Response)
    refused = raised(answer.raise_for_status)
    assert root_and_also(wrapped(refused, f"openai: {QUOTA}"))[0] == "insufficient_quota"


def test_an_unknown_cause_leaves_the_one_above_it() -> None:
    assert root_and_also(wrapped(KeyError("model"), QUOTA, "no answer"))[0] == "insufficient_quota"


def test_what_was_being_handled_is_a_cause_unless_it_is_hidden() -> None:
    def handled(hide: bool) -> None:
        try:
            raise ConnectionRefusedError(111, "Connection refused")
        except OSError:
            if hide:
                raise RuntimeError(QUOTA) from None
            raise RuntimeError(QUOTA)  # noqa: B904 - the implicit context is the subject

    assert root_and_also(raised(lambda: handled(hide=False)))[0] == "connection_refused"
    assert root_and_also(raised(lambda: handled(hide=True))) == ("insufficient_quota", ())


def test_the_first_of_a_group_comes_before_what_is_as_deep() -> None:
    group = ExceptionGroup("two", [RuntimeError(QUOTA), ConnectionRefusedError(111, "refused")])
    assert root_and_also(group)[0] == "insufficient_quota"


def test_the_words_are_those_of_the_root() -> None:
    cause = ValueError("certificate has expired")
    match = explain(wrapped(cause, f"openai said: {QUOTA}")).match
    assert match
    assert "certificate has expired" in match.evidence[0].quote


def test_the_text_of_an_exception_goes_from_the_outside_in() -> None:
    error = wrapped(KeyError("x"), "middle", "outer")
    assert [depth for depth, _ in chained_texts(error)] == [0, 1, 2]
    assert exception_text(error).splitlines() == [
        "builtins.RuntimeError: outer",
        "builtins.RuntimeError: middle",
        "builtins.KeyError: 'x'",
    ]


def test_a_chain_of_nothing_known_is_not_recognized() -> None:
    assert explain(wrapped(KeyError("x"), "middle", "outer")) == Explanation(None)
