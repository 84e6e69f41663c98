"""What the looks of a key say, before it is sent anywhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.checks.key import check_key
from codegpt_doctor.engine.background import Background
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.report import Outcome, Status
from codegpt_doctor.providers.keys import (
    Refusal,
    Route,
    Use,
    kind_of,
    may_go,
    owner_of,
    provider_of,
)
from codegpt_doctor.providers.selection import selected
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Key, Options, Settings, Value

TAIL = "Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
PROJECT = f"sk-proj-{TAIL}"
OFFICIAL = "https://api.openai.com/v1"
GATEWAY = "https://gateway.example/v1"
LITELLM = "http://127.0.0.1:4000/v1"
OPENAI_KINDS = {
    PROJECT: "project key",
    f"sk-svcacct-{TAIL}": "service account key",
    f"sk-admin-{TAIL}": "admin key",
}
FOREIGN = {
    "anthropic": f"sk-ant-api03-{TAIL}-AA",
    "groq": f"gsk_{TAIL[:52]}",
    "google": f"AIzaSy{TAIL[:33]}",
    "openrouter": "sk-or-v1-" + "0123456789abcdef" * 4,
    "xai": f"xai-{TAIL}",
    "huggingface": "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",
    "perplexity": f"pplx-{TAIL[:48]}",
}


def settings(value: str | None, url: str = OFFICIAL, **environment: str) -> Settings:
    key = None if value is None else Key(Secret(value), "OPENAI_API_KEY")
    return Settings("openai", Value(url, "default"), key, environment=environment)


def outcome(value: str | None, url: str = OFFICIAL, **environment: str) -> Outcome:
    return check_key(Context(settings(value, url, **environment), Background(0.0)))


def found(value: str, url: str = OFFICIAL) -> tuple[str, str | None]:
    result = outcome(value, url)
    return result.status, result.finding.id if result.finding else None


def key(value: str) -> Key:
    return Key(Secret(value), "test")


def refusal(value: str, url: str = OFFICIAL) -> Refusal | None:
    """Why a key is not sent to an address over https; None when it is."""
    return may_go(key(value), Use.MODELS, settings(None, url), Route()).refusal


@pytest.mark.parametrize(("value", "kind"), OPENAI_KINDS.items(), ids=OPENAI_KINDS.values())
def test_the_kind_of_a_key_of_openai(value: str, kind: str) -> None:
    assert kind_of(key(value)) == kind
    assert owner_of(key(value)) == "openai"


@pytest.mark.parametrize(("owner", "value"), FOREIGN.items(), ids=FOREIGN)
def test_the_provider_of_a_key(owner: str, value: str) -> None:
    assert owner_of(key(value)) == owner


def test_a_shape_that_says_nothing_has_no_owner() -> None:
    assert (kind_of(key("0123456789abcdef" * 2)), owner_of(key("0123456789abcdef" * 2))) == (
        "key",
        None,
    )


def test_a_good_key_passes_and_is_shown_masked() -> None:
    result = outcome(PROJECT)
    assert (result.status, result.finding) == (Status.PASS, None)
    assert result.summary == f"sk-proj-…{TAIL[-4:]}, a project key, from OPENAI_API_KEY"


class TestAMissingKey:
    def test_is_the_cause(self) -> None:
        result = outcome(None)
        assert result.status is Status.FAIL
        assert result.finding
        assert result.finding.id == "missing_api_key"

    def test_is_told_from_an_empty_variable(self) -> None:
        empty = outcome(None, OPENAI_API_KEY="").finding
        absent = outcome(None).finding
        assert empty
        assert absent
        assert "empty" in empty.detail
        assert "empty" not in absent.detail


STRAY = {
    "a trailing newline": PROJECT + "\n",
    "a newline within": PROJECT[:20] + "\n" + PROJECT[20:],
    "a leading blank": " " + PROJECT,
    "a trailing blank": PROJECT + " ",
    "a tab": PROJECT + "\t",
    "a blank within": PROJECT[:20] + " " + PROJECT[20:],
    "double quotes": f'"{PROJECT}"',
    "single quotes": f"'{PROJECT}'",
    "one quote": f'{PROJECT}"',
    "curly quotes": f"\u201c{PROJECT}\u201d",
    "a dash of a word processor": PROJECT.replace("-", "\u2013", 1),
    "a zero-width space": PROJECT[:9] + "\u200b" + PROJECT[9:],
    "a no-break space": PROJECT + "\u00a0",
    "a byte order mark": "\ufeff" + PROJECT,
    "the word Bearer": f"Bearer {PROJECT}",
    "the name of its variable": f"export OPENAI_API_KEY={PROJECT}",
    "the name of its header": f"Authorization: Bearer {PROJECT}",
    "a line of JSON": f'{{"api_key":"{PROJECT}"}}',
    "a line break in letters": PROJECT + "\\n",
    "a backslash": PROJECT + "\\",
}


def test_a_key_of_white_space_is_none() -> None:
    assert found("   ") == ("fail", "missing_api_key")
    assert "only whitespace" in outcome("   ").finding.detail  # type: ignore[union-attr]
    assert refusal("   ") is Refusal.NO_KEY


@pytest.mark.parametrize("value", STRAY.values(), ids=STRAY)
def test_what_is_no_part_of_a_key_is_named(value: str) -> None:
    result = outcome(value)
    assert found(value) == ("fail", "malformed_authorization")
    assert result.finding
    assert result.finding.steps
    assert TAIL[:20] not in result.summary
    assert result.summary.replace("\u00a0", " ").isprintable()


PLACEHOLDERS = (
    "undefined",
    "null",
    "None",
    "your-api-key",
    "YOUR_API_KEY",
    "YOUR_OPENAI_API_KEY_HERE",
    "sk-your-key-here",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
    "<your-key>",
    "$OPENAI_API_KEY",
    "${OPENAI_API_KEY}",
    "%OPENAI_API_KEY%",
    "{{OPENAI_API_KEY}}",
    "replace-me",
    "changeme",
    "sk-...",
    "sk-proj-****************abcd",
    "sk-proj-abc...wxyz",
    "org-0123456789abcdefghijklmn",
    "proj_0123456789abcdefghijklmn",
    "asst_0123456789abcdefghijklmn",
)


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_what_looks_like_no_key_is_a_doubt_and_no_verdict(value: str) -> None:
    assert found(value) == ("warn", "invalid_api_key")


REAL = (
    PROJECT,
    f"sk-{TAIL[:48]}",
    f"sk-None-{TAIL}",
    f"sk-svcacct-{TAIL}",
    "0123456789abcdef0123456789abcdef",
    "sk-local-1a2b3c4d5e6f7a8b",
)


@pytest.mark.parametrize("value", REAL)
@pytest.mark.parametrize("url", [OFFICIAL, GATEWAY])
def test_what_can_be_a_key_raises_no_doubt(value: str, url: str) -> None:
    assert found(value, url) == ("pass", None)
    assert refusal(value, url) is None


class TestAKeyOfAnotherProvider:
    @pytest.mark.parametrize("owner", FOREIGN)
    def test_is_named_and_not_sent_to_openai(self, owner: str) -> None:
        value = FOREIGN[owner]
        result = outcome(value)
        assert found(value) == ("fail", "wrong_provider_key")
        assert catalogue.providers()[owner]["name"] in result.summary
        assert refusal(value) is Refusal.OTHER_PROVIDER

    @pytest.mark.parametrize("owner", FOREIGN)
    def test_is_not_sent_to_a_host_that_is_nobodys_either(self, owner: str) -> None:
        result = outcome(FOREIGN[owner], GATEWAY)
        assert found(FOREIGN[owner], GATEWAY) == ("fail", "wrong_provider_key")
        assert "the key that gateway.example gave you" in result.finding.steps[1]  # type: ignore[union-attr]
        assert refusal(FOREIGN[owner], GATEWAY) is Refusal.OTHER_PROVIDER

    @pytest.mark.parametrize(
        ("value", "url"),
        [
            (FOREIGN["groq"], "https://api.groq.com/openai/v1"),
            (FOREIGN["google"], "https://generativelanguage.googleapis.com/v1beta/openai"),
            ("A" * 52 + "JQQJ99" + "B" * 26, "https://house.openai.azure.com/openai/v1"),
            ("sk-0123456789abcdef0123456789abcdef", "https://dashscope.example/v1"),
        ],
        ids=["groq", "google", "azure", "a shape of several providers"],
    )
    def test_is_fine_where_it_belongs(self, value: str, url: str) -> None:
        assert found(value, url) == ("pass", None)
        assert refusal(value, url) is None

    @pytest.mark.parametrize("owner", [*FOREIGN, "openai"])
    @pytest.mark.parametrize("source", ["--base-url", "OPENAI_BASE_URL"])
    @pytest.mark.parametrize("url", [OFFICIAL, "https://api.cohere.com", LITELLM])
    @pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "HOUSE_KEY"])
    def test_is_tested_at_its_own_provider_by_the_first_step(
        self, tmp_path: Path, owner: str, source: str, url: str, variable: str
    ) -> None:
        value = {**FOREIGN, "openai": PROJECT}[owner]
        variables = {variable: value} | ({source: url} if source[0] != "-" else {})
        run = resolve(
            Options(
                base_url=url if source[0] == "-" else None,
                organization="org-x",
                key_env=None if variable == "OPENAI_API_KEY" else variable,
            ),
            *(variables, str(tmp_path), selected),
        )
        result = check_key(Context(run, Background(0.0)))
        if owner == provider_of(run.host):
            assert result.status == "pass"
            return
        assert result.finding
        assert result.finding.id == "wrong_provider_key"
        command = result.finding.steps[0].split("\n")[1].split()
        assert command[:4] == ["codegpt-doctor", "check", "--provider", owner]
        named = dict(zip(command[2::2], command[3::2], strict=True))
        told = Options(
            provider=owner, base_url=named.get("--base-url"), key_env=named.get("--key-env")
        )
        again = resolve(told, variables, str(tmp_path), selected)
        assert provider_of(again.host) == owner
        assert again.key
        assert again.key.secret.reveal() == value
        assert may_go(again.key, Use.MODELS, again, Route()).is_sent

    def test_may_be_for_a_host_that_hands_on(self) -> None:
        steps = outcome(FOREIGN["groq"], GATEWAY).finding.steps  # type: ignore[union-attr]
        assert steps[2].endswith("codegpt-doctor check --provider groq --base-url " + GATEWAY)
        handing_on = replace(settings(FOREIGN["groq"], GATEWAY), provider="groq")
        assert may_go(handing_on.key, Use.MODELS, handing_on, Route()).is_sent

    def test_is_not_judged_by_an_address_that_is_none(self) -> None:
        assert found(PROJECT, "https://your-resource.openai.azure.com/openai/v1") == ("pass", None)

    def test_of_a_shape_of_several_providers_still_is_none_of_openai(self) -> None:
        assert refusal("sk-0123456789abcdef0123456789abcdef") is Refusal.OTHER_PROVIDER


def test_an_admin_key_is_named_and_never_sent_to_a_model() -> None:
    value = f"sk-admin-{TAIL}"
    assert found(value) == ("fail", "admin_key_on_inference")
    assert refusal(value) is Refusal.ADMIN_KEY
    assert refusal(f"Bearer {value}") is Refusal.ADMIN_KEY


class TestSending:
    @pytest.mark.parametrize(
        "name", ["a trailing newline", "a leading blank", "double quotes", "the word Bearer"]
    )
    def test_a_key_is_sent_when_what_is_wrong_can_be_taken_off(self, name: str) -> None:
        assert refusal(STRAY[name]) is None

    @pytest.mark.parametrize(
        "name",
        ["a newline within", "a blank within", "curly quotes", "a zero-width space"],
    )
    def test_a_key_that_no_header_can_hold_is_not_sent(self, name: str) -> None:
        assert refusal(STRAY[name]) is Refusal.NOT_A_KEY


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (PROJECT * 2, "The value is the same text twice in a row."),
        ("op://vault/openai/key", "The value looks like a path or a reference."),
        ("/run/secrets/openai", "The value looks like a path or a reference."),
        ("~/.openai", "The value looks like a path or a reference."),
        ("C:\\keys\\openai.txt", "The value looks like a path or a reference."),
        (f"{PROJECT}#mine", "The value contains a #, as before a comment."),
    ],
)
def test_what_is_hardly_a_key_is_doubted_and_sent(value: str, words: str) -> None:
    result = outcome(value)
    assert found(value) == ("warn", "invalid_api_key")
    assert result.finding
    assert result.finding.detail == words
    assert result.finding.steps
    assert refusal(value) is None
