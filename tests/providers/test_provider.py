"""The data of every provider fits the schema; whose a host, a port, a variable or a key is."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.providers.facts import FactsError, read_facts
from codegpt_doctor.providers.owners import by_host, by_key, by_key_variable, by_port, by_website
from codegpt_doctor.providers.provider import Provider, all_providers, load

DIALECTS = {
    *("openai", "openai-responses", "anthropic", "google"),
    *("cohere", "bedrock", "azure", "ollama"),
}
MAX_TOKENS = 16
every_provider = pytest.mark.parametrize("provider", all_providers(), ids=lambda one: one.id)


@every_provider
class TestEveryProvider:
    def test_it_speaks_a_dialect_that_is_known(self, provider: Provider) -> None:
        assert provider.dialect in DIALECTS
        assert re.fullmatch(r"[a-z0-9]+", provider.id)

    def test_its_own_address_is_its_own(self, provider: Provider) -> None:
        parts = urlsplit(provider.base_url.replace("{region}", "eu-west-1"))
        if provider.local:
            assert provider.ports
            assert parts.port in provider.ports
        elif provider.base_url:
            assert parts.scheme == "https"
            assert by_host(str(parts.hostname)) is provider
            assert not provider.base_url.endswith("/")

    def test_its_hosts_are_nobody_elses(self, provider: Provider) -> None:
        for host in provider.hosts:
            assert by_host(host.replace("{region}", "eu-west-1")) is provider
        for host in provider.not_api_hosts:
            assert by_website(host) is provider
            assert not provider.serves(host)

    def test_its_keys_are_told_by_shape_or_by_host(self, provider: Provider) -> None:
        for shape in provider.keys:
            assert not shape.pattern.startswith("^")
            assert not shape.pattern.endswith("$")
            assert re.compile(shape.pattern)

    def test_its_paths_and_limits_are_those_of_a_small_request(self, provider: Provider) -> None:
        for path in (provider.models.list, provider.inference.path):
            assert path == "" or path.startswith("/")
        assert 1 <= provider.inference.max_tokens <= MAX_TOKENS
        assert provider.inference.token_field

    def test_no_model_that_is_tried_has_an_announced_end(self, provider: Provider) -> None:
        assert [name for name in provider.models.default if provider.end_of(name)] == []

    def test_what_ends_is_named_once(self, provider: Provider) -> None:
        names = [one.model or one.prefix for one in provider.lifecycle]
        assert all(names)
        assert len(names) == len(set(names))
        for one in provider.lifecycle:
            assert bool(one.model) != bool(one.prefix)
            assert date(2020, 1, 1) < one.ends < date(2030, 1, 1)

    def test_its_pages_are_on_hosts_that_it_may_link_to(self, provider: Provider) -> None:
        data = catalogue.providers()[provider.id]["pages"]
        urls = [url for name, url in data.items() if name != "link_hosts"]
        for url in urls:
            assert url.startswith("https://")
            assert urlsplit(url).hostname in provider.pages.link_hosts

    def test_its_status_is_read_in_a_format_that_is_known(self, provider: Provider) -> None:
        if provider.status and provider.status.summary:
            assert provider.status.format in ("statuspage", "instatus", "google")


class TestWhose:
    @pytest.mark.parametrize(
        ("host", "owner"),
        [
            ("api.openai.com", "openai"),
            ("EU.API.OPENAI.COM", "openai"),
            ("api.groq.com.", "groq"),
            ("mine.openai.azure.com", "azure"),
            ("openai.azure.com", None),
            ("bedrock-runtime.ap-southeast-2.amazonaws.com", "bedrock"),
            ("bedrock-runtime.a.b.amazonaws.com", None),
            ("bedrock-runtime..amazonaws.com", None),
            ("api.openai.com.evil.example", None),
            ("127.0.0.1", None),
            ("", None),
        ],
    )
    def test_a_host(self, host: str, owner: str | None) -> None:
        found = by_host(host)
        assert (found.id if found else None) == owner

    def test_a_site_is_not_a_host_of_the_api(self) -> None:
        assert by_host("platform.openai.com") is None
        assert by_website("platform.openai.com") is load("openai")

    def test_a_port_of_a_local_server(self) -> None:
        assert by_port(11434) is load("ollama")
        assert by_port(443) is None

    @pytest.mark.parametrize(
        ("value", "owner"),
        [
            ("gsk_" + "a" * 52, "groq"),
            ("sk-proj-" + "a" * 40, "openai"),
            ("sk-ant-api03-" + "a" * 40, "anthropic"),
            ("sk-or-v1-" + "0" * 64, "openrouter"),
            ("sk-" + "0" * 32, None),  # of DeepSeek, and of others
            ("eyJhbGciOi.eyJzdWIiOi.c2ln", None),  # a sign-in of anybody
            ("house-key-1234", None),
        ],
    )
    def test_a_key_by_a_shape_that_is_nobody_elses(self, value: str, owner: str | None) -> None:
        found = by_key(value)
        assert (found.id if found else None) == owner

    def test_variables_that_are_set(self) -> None:
        environment = {
            "OPENAI_API_KEY": "sk-1",
            "GEMINI_API_KEY": "g",
            "GROQ_API_KEY": "  ",
            "GITHUB_TOKEN": "of git",
        }
        found = by_key_variable(environment)
        assert found == {"openai": "OPENAI_API_KEY", "google": "GEMINI_API_KEY"}

    def test_the_first_variable_of_a_provider_counts(self) -> None:
        environment = {"GEMINI_API_KEY": "b", "GOOGLE_API_KEY": "a"}
        assert by_key_variable(environment) == {"google": "GOOGLE_API_KEY"}


def test_the_end_of_a_model_is_known_by_name_and_by_prefix() -> None:
    openai = load("openai")
    mini, dated = openai.end_of("gpt-4o-mini"), openai.end_of("gpt-4o-mini-2024-07-18")
    assert mini
    assert dated
    assert (mini.ends, mini.replacement) == (date(2027, 1, 14), "gpt-6-luna")
    assert dated.ends == mini.ends
    assert openai.end_of("gpt-4o-new") is None


GOOD: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "dialect": "openai",
    "base_url": "https://api.acme.example/v1",
    "hosts": ["api.acme.example"],
    "key_variables": ["ACME_API_KEY"],
    "auth": {"required": True, "header": "Authorization", "prefix": "Bearer "},
    "models": {"list": "/models", "proves_key": True, "default": ["small"]},
    "inference": {"path": "/chat/completions", "token_field": "max_tokens", "max_tokens": 1},
    "pages": {"link_hosts": ["acme.example"]},
}


class TestSchema:
    def test_facts_become_a_provider(self) -> None:
        ends = [{"model": "old", "ends": date(2026, 1, 2)}]
        made = read_facts(Provider, {**GOOD, "lifecycle": ends}, "acme/provider.toml")
        assert made.hosts == ("api.acme.example",)
        assert made.lifecycle[0].ends == date(2026, 1, 2)
        assert made.key_info is None

    @pytest.mark.parametrize(
        ("changed", "fault"),
        [
            ({"speed": 1}, "acme/provider.toml: speed is unknown"),
            ({"name": None}, "name is None, not text"),
            ({"hosts": "api.acme.example"}, "hosts is 'api.acme.example', not a list"),
            ({"hosts": [1]}, r"hosts\[0\] is 1, not text"),
            ({"ports": [True]}, r"ports\[0\] is True, not a whole number"),
            ({"local": 1}, "local is 1, not true or false"),
            ({"auth": {"header": "x", "prefix": ""}}, "auth.required is missing"),
            ({"auth": []}, r"auth is \[\], not a table"),
            ({"models": {**GOOD["models"], "path": "/"}}, "models.path is unknown"),
            ({"keys": [{"kind": "k"}]}, r"keys\[0\].pattern is missing"),
            ({"lifecycle": [{"ends": "soon"}]}, "ends is 'soon', not a date"),
            ({"key_info": {"path": "/"}}, "key_info.shape is missing"),
        ],
    )
    def test_what_does_not_fit_is_named(self, changed: dict[str, Any], fault: str) -> None:
        with pytest.raises(FactsError, match=fault):
            read_facts(Provider, {**GOOD, **changed}, "acme/provider.toml")

    @pytest.mark.parametrize("name", [name for name in GOOD if name != "id"])
    def test_what_is_missing_is_named(self, name: str) -> None:
        facts = {key: value for key, value in GOOD.items() if key != name}
        with pytest.raises(FactsError, match=f"acme/provider.toml: {name} is missing"):
            read_facts(Provider, facts, "acme/provider.toml")


def test_what_only_a_provider_prints_is_found_and_what_looks_like_it_is_not() -> None:
    rows = [(one.id, row) for one in all_providers() if one.text for row in one.text.words]
    assert len(rows) > 30
    for provider, row in rows:
        pattern = re.compile(row.pattern, re.IGNORECASE | re.ASCII | re.MULTILINE)
        assert pattern.search(row.example), (provider, row)
        assert not row.counterexample or not pattern.search(row.counterexample), (provider, row)
