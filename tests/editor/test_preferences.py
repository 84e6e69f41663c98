"""What the settings of an editor say of the network and of the provider."""

from pathlib import Path

import pytest
from helpers.homes import Home

from codegpt_doctor.editor.preferences import Preferences, preferences

SETTINGS = """\
{
    // the proxy of the company
    "http.proxy": " http://proxy.example.com:8080 ",
    "http.proxySupport": "override",
    "http.proxyStrictSSL": false,
    "http.noProxy": ["localhost",],
    "http.systemCertificates": true,
    "editor.fontSize": 14,
}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def read(home: Home, text: str) -> Preferences:
    found = preferences(str(home.write("settings.json", text)))
    assert found
    return found


def test_the_network_is_read_with_comments_and_trailing_commas(home: Home) -> None:
    found = read(home, SETTINGS)
    assert found.fault == ""
    assert found.text("http.proxy") == "http://proxy.example.com:8080"
    assert found.is_off("http.proxyStrictSSL")
    assert not found.is_off("http.systemCertificates")
    assert set(found.network) == {
        "http.proxy",
        "http.proxySupport",
        "http.proxyStrictSSL",
        "http.noProxy",
        "http.systemCertificates",
    }


def test_what_is_not_set_is_on_and_empty(home: Home) -> None:
    found = read(home, "{}")
    assert (found.network, found.text("http.proxy")) == ({}, "")
    assert not found.is_off("http.proxyStrictSSL")


def test_a_file_that_is_not_there_is_none(home: Home) -> None:
    assert preferences(str(home.path / "settings.json")) is None


def test_a_file_with_a_fault_names_its_line(home: Home) -> None:
    found = read(home, '{\n "a": 1\n "b": 2\n}')
    assert (found.fault, found.values) == ("line 3", {})


@pytest.mark.parametrize("text", ["[]", "5", '"text"', '{"http.proxy": 5}', '{"http.proxy": null}'])
def test_a_file_of_another_shape_says_nothing(home: Home, text: str) -> None:
    assert read(home, text).text("http.proxy") == ""


@pytest.mark.parametrize(
    ("text", "provider", "chosen"),
    [
        ('{"CodeGPT.apiKey": "Ollama"}', "Ollama", True),
        ('{"CodeGPT.Autocomplete.provider": "Ollama - llama3:instruct"}', "Ollama", True),
        ('{"CodeGPT.apiKey": "OpenAI"}', "Ollama", False),
        ('{"CodeGPT.model": "Ollama"}', "Ollama", False),
        ('{"other.apiKey": "Ollama"}', "Ollama", False),
        ("{}", "Ollama", False),
    ],
)
def test_the_chosen_provider_is_known(home: Home, text: str, provider: str, chosen: bool) -> None:
    assert read(home, text).chooses(provider) is chosen
