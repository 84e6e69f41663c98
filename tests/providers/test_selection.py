"""Which provider a run tests: one row of the table each."""

import pytest

from codegpt_doctor.providers.selection import (
    SeveralKeysError,
    UnknownProviderError,
    host_and_port,
    select,
)

GROQ_URL = "https://api.groq.com/openai/v1"
OPENAI_URL = "https://api.openai.com/v1"
OPENAI_KEY = "sk-proj-" + "a" * 40
GROQ_KEY = "gsk_" + "a" * 40
GATEWAY = "https://llm.acme.example/v1"

CASES = {
    # what nothing names: the variables with keys
    "nothing": ({}, ("openai", "default", OPENAI_URL, "OPENAI_API_KEY")),
    "the default's key": (
        {"OPENAI_API_KEY": OPENAI_KEY, "GROQ_API_KEY": GROQ_KEY},
        ("openai", "variable", OPENAI_URL, "OPENAI_API_KEY"),
    ),
    "one other key": ({"GROQ_API_KEY": GROQ_KEY}, ("groq", "variable", GROQ_URL, "GROQ_API_KEY")),
    "an empty variable is none": (
        {"OPENAI_API_KEY": "", "GROQ_API_KEY": GROQ_KEY},
        ("groq", "variable", GROQ_URL, "GROQ_API_KEY"),
    ),
    "two variables of one provider": (
        {"GEMINI_API_KEY": "b", "GOOGLE_API_KEY": "a"},
        (
            "google",
            "variable",
            "https://generativelanguage.googleapis.com/v1beta",
            "GOOGLE_API_KEY",
        ),
    ),
    "a token that serves other purposes": (
        {"GITHUB_TOKEN": "ghp_" + "a" * 36},
        ("openai", "default", OPENAI_URL, "OPENAI_API_KEY"),
    ),
    "another's key in the default's variable is told, not followed": (
        {"OPENAI_API_KEY": GROQ_KEY},
        ("openai", "variable", OPENAI_URL, "OPENAI_API_KEY"),
    ),
    "a region": (
        {"AWS_BEARER_TOKEN_BEDROCK": "k", "AWS_REGION": "eu-west-1"},
        (
            "bedrock",
            "variable",
            "https://bedrock-runtime.eu-west-1.amazonaws.com",
            "AWS_BEARER_TOKEN_BEDROCK",
        ),
    ),
    "an address that the provider's own variable names": (
        {"AZURE_OPENAI_API_KEY": "k", "AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com"},
        ("azure", "variable", "https://a.openai.azure.com", "AZURE_OPENAI_API_KEY"),
    ),
    "a proxy of one provider does not choose it": (
        {"OPENAI_API_KEY": OPENAI_KEY, "GROQ_BASE_URL": "https://proxy.acme.example"},
        ("openai", "variable", OPENAI_URL, "OPENAI_API_KEY"),
    ),
    # the base URL names it
    "the host of the variable": (
        {"OPENAI_BASE_URL": GROQ_URL, "OPENAI_API_KEY": GROQ_KEY},
        ("groq", "host", GROQ_URL, "OPENAI_API_KEY"),
    ),
    "the host's own key goes first": (
        {"OPENAI_BASE_URL": GROQ_URL, "OPENAI_API_KEY": "k", "GROQ_API_KEY": GROQ_KEY},
        ("groq", "host", GROQ_URL, "GROQ_API_KEY"),
    ),
    "a key of the wrong owner is named": (
        {"OPENAI_BASE_URL": GROQ_URL, "OPENAI_API_KEY": OPENAI_KEY},
        ("groq", "host", GROQ_URL, "OPENAI_API_KEY"),
    ),
    "a host that is nobody's": (
        {"OPENAI_BASE_URL": GATEWAY, "OPENAI_API_KEY": OPENAI_KEY},
        ("custom", "host", GATEWAY, "OPENAI_API_KEY"),
    ),
    "a host that is nobody's, with others' keys": (
        {"OPENAI_BASE_URL": GATEWAY, "GROQ_API_KEY": GROQ_KEY, "ANTHROPIC_API_KEY": "k"},
        ("custom", "host", GATEWAY, "OPENAI_API_KEY"),
    ),
    "a usual local port": (
        {"OPENAI_BASE_URL": "http://localhost:11434/v1"},
        ("ollama", "host", "http://localhost:11434/v1", None),
    ),
    "a local server gets a key that may be its own": (
        {"OPENAI_BASE_URL": "http://localhost:11434/v1", "OPENAI_API_KEY": "house"},
        ("ollama", "host", "http://localhost:11434/v1", "OPENAI_API_KEY"),
    ),
    "a local server gets nobody else's key": (
        {"OPENAI_BASE_URL": "http://localhost:11434/v1", "OPENAI_API_KEY": OPENAI_KEY},
        ("ollama", "host", "http://localhost:11434/v1", None),
    ),
    "the same port elsewhere": (
        {"OPENAI_BASE_URL": "http://models.acme.example:11434/v1"},
        ("custom", "host", "http://models.acme.example:11434/v1", "OPENAI_API_KEY"),
    ),
    "another local port": (
        {"OPENAI_BASE_URL": "http://127.0.0.1:8123"},
        ("custom", "host", "http://127.0.0.1:8123", "OPENAI_API_KEY"),
    ),
    "a web site is its provider's": (
        {"OPENAI_BASE_URL": "https://console.groq.com"},
        ("groq", "host", "https://console.groq.com", "GROQ_API_KEY"),
    ),
    "an address without a scheme": (
        {"OPENAI_BASE_URL": "api.groq.com/openai/v1"},
        ("groq", "host", "api.groq.com/openai/v1", "GROQ_API_KEY"),
    ),
    "an address that cannot be read": (
        {"OPENAI_BASE_URL": "http://[::1", "OPENAI_API_KEY": "k"},
        ("custom", "host", "http://[::1", "OPENAI_API_KEY"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_of_the_variables(case: str) -> None:
    environment, expected = CASES[case]
    chosen = select(None, None, environment)
    got = (chosen.provider, chosen.provider_from, chosen.base_url, chosen.key_variable)
    assert got == expected


class TestOptions:
    def test_a_provider(self) -> None:
        chosen = select("groq", None, {"OPENAI_API_KEY": OPENAI_KEY, "GROQ_API_KEY": GROQ_KEY})
        assert (chosen.provider, chosen.provider_from) == ("groq", "option")
        assert (chosen.base_url, chosen.base_url_from) == (GROQ_URL, "default")
        assert chosen.key_variable == "GROQ_API_KEY"

    def test_a_provider_at_an_address_that_is_nobodys(self) -> None:
        chosen = select("anthropic", GATEWAY, {"ANTHROPIC_API_KEY": "k"})
        assert (chosen.provider, chosen.base_url) == ("anthropic", GATEWAY)
        assert (chosen.base_url_from, chosen.key_variable) == ("--base-url", "ANTHROPIC_API_KEY")

    def test_a_provider_keeps_clear_of_the_address_of_another(self) -> None:
        chosen = select("groq", None, {"OPENAI_BASE_URL": GATEWAY, "GROQ_API_KEY": GROQ_KEY})
        assert chosen.base_url == GROQ_URL

    def test_a_provider_takes_an_address_of_its_own(self) -> None:
        chosen = select("groq", None, {"OPENAI_BASE_URL": GROQ_URL + "/"})
        assert (chosen.base_url, chosen.base_url_from) == (GROQ_URL + "/", "OPENAI_BASE_URL")

    def test_a_provider_does_not_get_a_key_that_may_be_anothers(self) -> None:
        chosen = select("groq", None, {"OPENAI_API_KEY": "house-key"})
        assert chosen.key_variable == "GROQ_API_KEY"

    def test_a_provider_gets_its_key_from_the_usual_variable(self) -> None:
        chosen = select("groq", None, {"OPENAI_API_KEY": GROQ_KEY})
        assert chosen.key_variable == "OPENAI_API_KEY"

    def test_an_address_goes_before_the_variable_with_one(self) -> None:
        chosen = select(None, GROQ_URL, {"OPENAI_BASE_URL": GATEWAY})
        assert (chosen.provider, chosen.provider_from, chosen.base_url) == (
            "groq",
            "host",
            GROQ_URL,
        )

    def test_a_variable_that_was_named_holds_the_key(self) -> None:
        environment = {"MINE": GROQ_KEY, "OPENAI_API_KEY": OPENAI_KEY, "MISTRAL_API_KEY": "m"}
        chosen = select(None, None, environment, key_variable="MINE")
        assert (chosen.provider, chosen.provider_from) == ("groq", "key")
        assert chosen.key_variable == "MINE"

    def test_a_providers_variable_that_was_named_decides(self) -> None:
        environment = {"MISTRAL_API_KEY": "m", "OPENAI_API_KEY": OPENAI_KEY}
        chosen = select(None, None, environment, key_variable="MISTRAL_API_KEY")
        assert (chosen.provider, chosen.provider_from) == ("mistral", "variable")

    def test_a_key_that_was_given_tells_by_its_shape(self) -> None:
        chosen = select(None, None, {"MISTRAL_API_KEY": "m"}, key=GROQ_KEY)
        assert (chosen.provider, chosen.provider_from) == ("groq", "key")

    def test_a_key_without_a_shape_is_the_defaults(self) -> None:
        chosen = select(None, None, {"MISTRAL_API_KEY": "m"}, key="house-key")
        assert (chosen.provider, chosen.provider_from) == ("openai", "default")


def test_several_keys_and_nothing_that_decides() -> None:
    with pytest.raises(SeveralKeysError, match="--provider, or test them all with --all") as caught:
        select(None, None, {"GROQ_API_KEY": "a", "ANTHROPIC_API_KEY": "b", "HF_TOKEN": ""})
    assert caught.value.variables == {"anthropic": "ANTHROPIC_API_KEY", "groq": "GROQ_API_KEY"}
    assert "ANTHROPIC_API_KEY (Anthropic), GROQ_API_KEY (Groq)" in str(caught.value)


def test_a_provider_that_is_none() -> None:
    with pytest.raises(UnknownProviderError, match="There is no provider 'acme'"):
        select("acme", None, {})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://API.example:8443/v1", ("api.example", 8443)),
        ("0.0.0.0:11434", ("0.0.0.0", 11434)),
        ("[::1]:1234", ("::1", 1234)),
        ("https://host:port/v1", ("", None)),
        ("", ("", None)),
    ],
)
def test_the_host_and_the_port_of_an_address(
    address: str, expected: tuple[str, int | None]
) -> None:
    assert host_and_port(address) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:9", "http://127.0.0.1:9"),
        ("[::]:9", "http://[::1]:9"),
        ("::1", "http://[::1]:11434"),
        ("[::1]", "http://[::1]:11434"),
        (":9", "http://127.0.0.1:9"),
        ("box", "http://box:11434"),
        ("box:9", "http://box:9"),
        ("http://box", "http://box:80"),
        ("https://box", "https://box:443"),
        ("http://box:9/ollama/", "http://box:9/ollama"),
        ("box/ollama", "http://box:11434/ollama"),
        (' "127.0.0.1:11434" ', "http://127.0.0.1:11434"),
        ("box:none", "http://box:11434"),
    ],
)
def test_the_variable_of_a_local_server_is_completed_as_its_clients_do(
    told: str, expected: str
) -> None:
    found = select("ollama", None, {"OLLAMA_HOST": told})
    assert (found.base_url, found.base_url_from) == (expected, "OLLAMA_HOST")
    docker = select("docker", None, {"MODEL_RUNNER_HOST": "0.0.0.0"})
    assert docker.base_url == "http://127.0.0.1:12434"
    assert select("groq", None, {"GROQ_BASE_URL": "api.groq.com"}).base_url == "api.groq.com"
