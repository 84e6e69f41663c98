"""A key is put into the keyring by one command, is found there, and can be deleted."""

import os
from pathlib import Path

import pytest
from helpers.command import ROOT, data_of, run

from codegpt_doctor.settings.keyring_store import is_installed

KEY = "sk-proj-" + "Kr7Qx2Lm9Rt4Zk" * 3
# in the place of the package, which need not be installed: it keeps its keys in a file
PACKAGE = """
import json, os, pathlib
STORE = pathlib.Path(__file__).with_name("store.json")
def _all(): return json.loads(STORE.read_text()) if STORE.exists() else {}
def get_password(service, name): return _all().get(f"{service} {name}")
def set_password(service, name, key):
    if os.environ.get("BROKEN"): raise RuntimeError("the bus is gone")
    if not os.environ.get("DOES_NOTHING"):
        STORE.write_text(json.dumps({**_all(), f"{service} {name}": key}))
def delete_password(service, name):
    rest = _all()
    rest.pop(f"{service} {name}")
    STORE.write_text(json.dumps(rest))
"""


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "keyring").mkdir()
    (tmp_path / "keyring" / "__init__.py").write_text(PACKAGE)
    return {"PYTHONPATH": os.pathsep.join((str(ROOT), str(tmp_path)))}


def key_in_use(variables: dict[str, str], *arguments: str) -> tuple[str, str]:
    """Where a check finds the key, and the evidence of its diagnosis."""
    base = ("--base-url", "http://127.0.0.1:9/v1", "--timeout", "5")
    data = data_of(run("check", "--json", *base, *arguments, variables=variables))
    key = data["target"]["key"]
    said = " ".join(check["summary"] for check in data["checks"] if check["finding"])
    found = [check["finding"]["detail"] for check in data["checks"] if check["finding"]]
    return (key["source"] if key else ""), " ".join((said, *found))


@pytest.mark.slow
def test_it_is_set_found_and_deleted(variables: dict[str, str]) -> None:
    assert "codegpt-doctor key set --provider custom stores" in key_in_use(variables)[1]
    for provider in ("openai", "custom"):
        option = ("--provider", provider)
        done = run("key", "set", *option, variables=variables, stdin=f"{KEY}\n".encode())
        assert (done.returncode, done.stderr) == (0, b"")
        assert KEY[8:24].encode() not in done.stdout
        assert KEY[-4:].encode() in done.stdout
        assert key_in_use(variables, *option)[0] == "keyring"
        done = run("key", "delete", *option, variables=variables)
        assert done.returncode == 0
        assert key_in_use(variables, *option)[0] == ""


@pytest.mark.parametrize(
    ("typed", "more", "said"),
    [
        ("", {}, "That is not a key"),
        ("two words", {}, "That is not a key"),
        ("gsk_" + "Ab3Cd9Ef7Gh1" * 4, {}, "add --provider groq"),
        (KEY, {"DOES_NOTHING": "1"}, "no keyring that can store a key"),
        (KEY, {"BROKEN": "1"}, "did not store the key: the bus is gone"),
    ],
)
def test_what_cannot_be_kept_is_said(
    variables: dict[str, str], tmp_path: Path, typed: str, more: dict[str, str], said: str
) -> None:
    done = run("key", "set", variables={**variables, **more}, stdin=f"{typed}\n".encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in " ".join(done.stderr.decode().split())
    assert not (tmp_path / "keyring" / "store.json").exists()


def test_what_is_not_there_cannot_be_deleted(variables: dict[str, str]) -> None:
    done = run("key", "delete", variables=variables)
    assert done.returncode == 2
    assert b"did not delete a key" in done.stderr


def test_a_key_is_no_argument(variables: dict[str, str]) -> None:
    done = run("key", "set", KEY, variables=variables)
    assert done.returncode == 2
    assert KEY[8:24].encode() not in done.stderr


def test_a_machine_without_a_keyring_is_told_so() -> None:
    done = run("key", "set", stdin=f"{KEY}\n".encode())
    assert done.returncode == 2
    said = b"no keyring that can store a key" if is_installed() else b'uv tool install ".[keyring]"'
    assert said in b" ".join(done.stderr.split())
