"""A provider is one folder: a made-up one is known everywhere without a line of code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.command import environment

import codegpt_doctor

pytestmark = pytest.mark.slow

PACKAGE = Path(codegpt_doctor.__file__).parent
TESTS = Path(__file__).parents[1]
ACME = """\
name = "Acme AI"
dialect = "anthropic"
base_url = "https://api.acme.example"
hosts = ["api.acme.example"]
not_api_hosts = ["acme.example"]
key_variables = ["ACME_API_KEY"]
verified_on = 2026-11-28

[auth]
required = true
header = "x-acme-key"
prefix = ""

[[keys]]
kind = "Acme key"
pattern = 'acme-[a-z]{8,}'

[models]
list = "/v1/models"
proves_key = true
default = ["acme-small"]

[inference]
path = "/v1/messages"
token_field = "max_tokens"
max_tokens = 1

[status]
page = "https://status.acme.example"

[pages]
keys = "https://acme.example/keys"
link_hosts = ["acme.example", "status.acme.example"]

[text]
names = 'acme(?: ai)?'

[[text.words]]
pattern = '\\bmoon phase\\b'
why = "it speaks of the moon"
example = "Moon phase is unsuitable"

[[lifecycle]]
model = "acme-old"
ends = 2026-10-01
replacement = "acme-small"
source = "https://acme.example/ends"
"""
MOONED = "Moon phase is unsuitable for this key"
VARIANT = f"""\
+++
statuses = [401]
types = ["moon_error"]
verified_on = 2026-11-28

[[signatures]]
phrase = "{MOONED}"

[example]
status = 401
body = '{{"type": "error", "error": {{"type": "moon_error", "message": "{MOONED}"}}}}'

[simulate]
on = "all"
+++

## What you see

The request is refused with status 401 and the moon is named.

## Sources

- [Keys of Acme](https://acme.example/keys)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package in it, and a provider more."""
    folder = tmp_path_factory.mktemp("made_up")
    ignored = shutil.ignore_patterns("__pycache__", "index.jsonl")
    shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=ignored)
    acme = folder / PACKAGE.name / "providers" / "acme"
    (acme / "errors").mkdir(parents=True)
    (acme / "provider.toml").write_text(ACME, encoding="utf-8")
    (acme / "errors" / "invalid_api_key.md").write_text(VARIANT, encoding="utf-8")
    return folder


def ran(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of Python with the package of that folder."""
    return subprocess.run(
        (sys.executable, *arguments),
        capture_output=True,
        text=True,
        env=environment(PYTHONPATH=str(root)),
        cwd=root,
        timeout=300,
        check=False,
    )


PRINT = """
import json
from codegpt_doctor.providers.owners import by_host, by_key
from codegpt_doctor.providers.provider import load
from codegpt_doctor.providers.selection import select
acme = load("acme")
chosen = select(None, None, {"ACME_API_KEY": "acme-abcdefgh"})
print(json.dumps([
    acme.name, acme.end_of("acme-old").replacement,
    by_host("api.acme.example").id, by_key("acme-abcdefgh").id,
    chosen.provider, chosen.base_url, chosen.key_variable,
]))
"""


def test_it_is_loaded_and_chosen(root: Path) -> None:
    result = ran(root, "-c", PRINT)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [
        *("Acme AI", "acme-small", "acme", "acme"),
        *("acme", "https://api.acme.example", "ACME_API_KEY"),
    ]


def test_its_words_are_recognized(root: Path) -> None:
    said = f"Error: 401 {MOONED} at https://api.acme.example/v1/messages"
    result = ran(root, "-m", "codegpt_doctor", "explain", "--json", said)
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["match"]["id"] == "invalid_api_key"


@pytest.mark.parametrize(
    "said",
    [
        f"Error: 401 {MOONED}",
        "Acme AI: 401 Unauthorized",
        "Provider: acme\nError: 401 Unauthorized",
        "ACME_API_KEY is not set",
    ],
)
def test_it_is_told_by_its_words_and_names(root: Path, said: str) -> None:
    result = ran(root, "-m", "codegpt_doctor", "explain", "--json", said)
    assert json.loads(result.stdout)["match"]["provider"] == "acme", result.stdout


SIMULATE = """
import json, requests
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.provider import load
from codegpt_doctor.simulator import simulation
acme, told = load("acme"), []
for error in (None, "invalid_api_key"):
    with simulation(error, "acme") as settings:
        url = settings.base_url.value
        speaks = dialect_at(acme, url)
        asked = speaks.inference_request(acme, url, "acme-small")
        headers = speaks.auth_headers(acme, "k")
        response = requests.post(url + asked.path, json=asked.body, headers=headers, timeout=9)
        answer = speaks.read_answer(response.text)
        error = speaks.read_error(response.status_code, {}, response.text)
        told.append([response.status_code, answer and answer.finished, error and error.type])
print(json.dumps(told))
"""


def test_the_simulator_plays_it(root: Path) -> None:
    result = ran(root, "-c", SIMULATE)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [[200, True, None], [401, None, "moon_error"]]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("tests", "which"),
    [
        ("providers/test_provider.py", "acme"),
        ("catalogue/test_entries.py", ""),  # where one test looks at all pages
        ("simulator/test_provider_api.py", "acme"),
    ],
)
def test_it_passes_the_tests_of_all_providers(root: Path, tests: str, which: str) -> None:
    options = (
        "-q",
        "-p",
        "no:cacheprovider",
        "-n0",
        "-o",
        "pythonpath=tests",
        "-k",
        which,
        "--no-header",
    )
    result = ran(root, "-m", "pytest", str(TESTS / tests), *options)
    assert result.returncode == 0, result.stdout[-3000:]
    assert " passed" in result.stdout


def test_a_field_that_is_misspelled_is_named(root: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(root, tmp_path / "copy")
    file = copy / PACKAGE.name / "providers" / "acme" / "provider.toml"
    file.write_text(ACME.replace("base_url", "base_ulr"), encoding="utf-8")
    result = ran(copy, "-c", "from codegpt_doctor.providers.provider import load; load('acme')")
    assert "acme/provider.toml: base_ulr is unknown" in result.stderr
