"""Which proxy is used, which variable it is from, and which one is not used."""

import pytest

from codegpt_doctor.net.proxy import (
    ChosenProxy,
    misspelled_exception,
    proxy_for,
    unused_proxy,
)
from codegpt_doctor.settings.values import Settings, Value

HTTPS, HTTP = "https://api.openai.com/v1", "http://llm.corp.test/v1"
A, B = "http://127.0.0.1:80", "http://127.0.0.1:8099"


def chosen(url: str) -> ChosenProxy | None:
    return proxy_for(Settings("openai", Value(url, "test")))


def unused(url: str) -> str:
    found = unused_proxy(Settings("openai", Value(url, "test")))
    return f"{found.words}. {found.step}" if found else ""


SOURCES = {
    "the longer address": ({"http_proxy": A, "https_proxy": B}, HTTPS, B, "https_proxy"),
    "the shorter address": ({"http_proxy": A, "https_proxy": B}, HTTP, A, "http_proxy"),
    "both the same, https": ({"HTTP_PROXY": A, "HTTPS_PROXY": A}, HTTPS, A, "HTTPS_PROXY"),
    "both the same, http": ({"HTTPS_PROXY": A, "HTTP_PROXY": A}, HTTP, A, "HTTP_PROXY"),
    "lower case first": ({"HTTPS_PROXY": A, "https_proxy": B}, HTTPS, B, "https_proxy"),
    "lower case first, equal": ({"HTTPS_PROXY": A, "https_proxy": A}, HTTPS, A, "https_proxy"),
    "the scheme before all": ({"ALL_PROXY": A, "HTTPS_PROXY": B}, HTTPS, B, "HTTPS_PROXY"),
    "all for what is left": ({"ALL_PROXY": A, "HTTP_PROXY": B}, HTTPS, A, "ALL_PROXY"),
    "all in lower case": ({"ALL_PROXY": A, "all_proxy": B}, HTTPS, B, "all_proxy"),
    "an unusual case": ({"Https_Proxy": A}, HTTPS, A, "Https_Proxy"),
    "one within another": (
        {"ALL_PROXY": A, "HTTPS_PROXY": f"{A}99"},
        HTTPS,
        f"{A}99",
        "HTTPS_PROXY",
    ),
    "without a scheme": ({"HTTPS_PROXY": "127.0.0.1:3128"}, HTTPS, "127.0.0.1:3128", "HTTPS_PROXY"),
}


@pytest.mark.parametrize(("variables", "url", "proxy", "source"), SOURCES.values(), ids=SOURCES)
def test_the_variable_that_sets_it_is_named(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str, proxy: str, source: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen(url) == ChosenProxy(proxy, source)


class TestNone:
    def test_is_used_without_a_variable(self) -> None:
        assert chosen(HTTPS) is None
        assert unused(HTTPS) == ""

    def test_is_used_where_lower_case_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", A)
        monkeypatch.setenv("https_proxy", "")
        assert chosen(HTTPS) is None

    @pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
    def test_is_used_where_no_proxy_takes_the_host_away(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://bob:hunter2pass@proxy.corp.test:3128")
        monkeypatch.setenv(name, "localhost, .openai.com")
        assert chosen(HTTPS) is None
        words = unused(HTTPS)
        assert words.startswith(f"{name} excludes api.openai.com from http://proxy.corp.test:3128")
        assert "HTTPS_PROXY" in words
        assert f"Remove api.openai.com from {name}" in words
        assert "hunter2" not in words

    def test_is_used_for_https_where_only_http_has_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", A)
        assert chosen(HTTPS) is None
        assert unused(HTTPS).startswith("HTTP_PROXY is set, but does not apply to https://")
        assert "Set HTTPS_PROXY to the value of HTTP_PROXY" in unused(HTTPS)

    def test_is_left_unused_where_one_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", A)
        monkeypatch.setenv("HTTPS_PROXY", B)
        assert unused(HTTPS) == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://proxy.corp.test:3128", "http://proxy.corp.test:3128"),
        ("proxy.corp.test:3128", "proxy.corp.test:3128"),
        ("http://bob:hunter2@proxy.corp.test:3128", "http://proxy.corp.test:3128"),
        ("bob:hunter2@proxy.corp.test:3128", "proxy.corp.test:3128"),
        ("http://bob:hunter2@ss@proxy.corp.test:3128", "http://proxy.corp.test:3128"),
        ("http://bob:hunter2/ss@proxy.corp.test:3128", "http://proxy.corp.test:3128"),
        ("http://bob:hunter2 ss@proxy.corp.test:3128", "http://proxy.corp.test:3128"),
        ("socks5h://bob:hunter2@proxy.corp.test", "socks5h://proxy.corp.test"),
    ],
)
def test_a_password_is_in_no_printed_form(url: str, shown: str) -> None:
    proxy = ChosenProxy(url, "HTTPS_PROXY")
    assert proxy.shown == shown
    assert "hunter2" not in repr(proxy) + proxy.shown


class TestAnException:
    @pytest.mark.parametrize(
        ("value", "entry", "line"),
        [
            ("https://llm.corp.test", "https://llm.corp.test", "llm.corp.test"),
            ("llm.corp.test:443", "llm.corp.test:443", "llm.corp.test"),
            ("a.test, *.corp.test", "*.corp.test", "a.test,llm.corp.test"),
            ("localhost llm.corp.test", "llm.corp.test", "localhost,llm.corp.test"),
            ("localhost;.corp.test", ".corp.test", "localhost,llm.corp.test"),
            ("'LLM.corp.test/'", "'LLM.corp.test/'", "llm.corp.test"),
        ],
    )
    def test_that_is_meant_and_does_not_count_is_spelled_right(
        self, monkeypatch: pytest.MonkeyPatch, value: str, entry: str, line: str
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", A)
        monkeypatch.setenv("NO_PROXY", value)
        assert chosen(HTTP) == ChosenProxy(A, "HTTP_PROXY")
        assert misspelled_exception(Settings("openai", Value(HTTP, "test"))) == (
            "NO_PROXY",
            entry,
            line,
        )
        monkeypatch.setenv("NO_PROXY", line)
        assert chosen(HTTP) is None

    def test_that_is_empty_in_lower_case_does_not_hide_the_other(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", A)
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("NO_PROXY", "https://llm.corp.test")
        found = misspelled_exception(Settings("openai", Value(HTTP, "test")))
        assert found == ("NO_PROXY", "https://llm.corp.test", "llm.corp.test")
        monkeypatch.setenv("NO_PROXY", "llm.corp.test")
        assert unused(HTTP).startswith("NO_PROXY excludes llm.corp.test")

    @pytest.mark.parametrize("value", ["", "corp.testing", "xllm.corp.test", ",;", "10.0.0.0/8"])
    def test_of_other_hosts_is_none(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("NO_PROXY", value)
        assert misspelled_exception(Settings("openai", Value(HTTP, "test"))) is None
