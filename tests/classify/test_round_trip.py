"""Each simulated error through real clients: what they print is explained as that error."""

import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.simulator import can_simulate, simulation

WORLD = Path(__file__).with_name("world")
PYTHON = (sys.executable,)
NPM = Path(__file__).parents[2] / "build/clients/node_modules"  # which `make test-all` installs
# by the script that asks each address it is given, and what it is told first: how it is run
CLIENTS = {
    "openai_sdk.py": PYTHON,
    "openai_short.py": PYTHON,
    "requests_client.py": PYTHON,
    "urllib_client.py": PYTHON,
    "fetch.mjs": ("node",),
    "node_http.mjs": ("node",),
    "HttpClientMain.java": ("java",),
    "UrlConnection.java": ("java",),
    "tiny.pl": ("perl",),  # of what Perl brings along, it has no TLS
    "curl_i.sh": ("bash",),
    "curl_v.sh": ("bash",),
    "curl_body.sh": ("bash",),
    "wget.sh": ("bash",),
    "client.php": ("php",),
    "client.rb": ("ruby",),
    "client.go": ("go", "run"),
    **{
        f"npm.cjs {name}": ("node",)
        for name in ("openai", "axios", "superagent", "langchain", "ai")
    },
}
END = "\x1e"  # what a client prints after each answer
LEAST = 0.97
PIECE = 20  # characters of a body that show that a client printed it
# what no client can print: it is told by headers, by the time it takes, or later than the answer
UNSEEN = ("slow_response", "response_too_large", "clock_skew", "unexpected_redirect", "ipv6_broken")


def entries() -> list[Entry]:
    """The errors that a server can make, in OpenAI's words."""
    found = [catalogue.get(entry_id, "openai") for entry_id in catalogue.ids()]
    return [
        entry
        for entry in found
        if can_simulate(entry) and entry.provider in (None, "openai") and entry.id not in UNSEEN
    ]


def printed(script: str, urls: list[str]) -> list[str]:
    """What a client prints of each address."""
    name, *told = script.split()
    result = subprocess.run(
        (*CLIENTS[script], str(WORLD / name), *told, *urls),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=600,
        check=False,
    )
    return result.stdout.decode("utf-8", "replace").split(END)[:-1]


def is_hidden(entry: Entry, text: str, found: Entry | None) -> bool:
    """Whether a client keeps the body to itself, so that only a kind of error can be told."""
    body = str(entry.example.get("body", ""))
    is_shown = any(body[at : at + PIECE] in text for at in range(len(body) - PIECE))
    return not is_shown and (found.generic if found else "status" not in text.lower())


@pytest.mark.full
@pytest.mark.parametrize("script", CLIENTS)
def test_what_a_client_prints_is_explained(script: str) -> None:
    if not shutil.which(CLIENTS[script][0]):
        pytest.skip(f"no {CLIENTS[script][0]}")
    if script.startswith("npm") and not NPM.exists():
        pytest.skip("no clients of npm")
    asked = entries()
    assert len(asked) > 50
    with ExitStack() as stack:
        servers = [stack.enter_context(simulation(entry.id, "openai")) for entry in asked]
        texts = printed(script, [server.base_url.value for server in servers])
    assert len(texts) == len(asked)
    wrong = []
    for entry, text in zip(asked, texts, strict=True):
        match = explain(text).match
        found = catalogue.get(match.id) if match else None
        if (found and found.id) != entry.id and not is_hidden(entry, text, found):
            wrong.append((entry.id, found and found.id, text.strip()[:300]))
    assert len(wrong) <= len(asked) * (1 - LEAST), wrong
