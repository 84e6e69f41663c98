"""What a terminal shows when ``check`` has ended: the cause, within one screen."""

import re

import pytest
from helpers.command import run
from helpers.sdk import SIMULATED
from helpers.terminal import terminal

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import steps

SIZES = ((24, 80), (30, 40))
_CODE = re.compile(r"\x1b\[[0-9;]*m")
FAILING = [entry for entry in SIMULATED if entry.severity == "fail"]


def shown(entry_id: str, rows: int, columns: int) -> list[str]:
    """The lines that stand on the screen after a run, what is waited for left out."""
    with terminal("check", "--simulate", entry_id, rows=rows, columns=columns) as screen:
        screen.end(60)
        text = _CODE.sub("", screen.shown.decode()).replace("\r\n", "\n")
    assert "\x1b" not in text
    return [line.rpartition("\r")[2] for line in text.rstrip("\n").split("\n")]


def titles(entry_id: str) -> set[str]:
    """What the error is called, by whichever provider the simulator speaks for."""
    whose = (None, "openai", *catalogue.variants(entry_id))
    return {catalogue.get(entry_id, provider).title for provider in whose}


def others_code(entry: catalogue.Entry) -> set[str]:
    """The first line of each block that is for other systems than this one."""
    found = steps.parse(catalogue.prose(entry.id, "openai")["Fix"])
    here = steps.this_system()
    blocks = [block for step in found for block in step.blocks]
    own = {block.code.split("\n")[0] for block in blocks if block.fits(here)}
    return {block.code.split("\n")[0] for block in blocks if not block.fits(here)} - own


@pytest.mark.slow
@pytest.mark.parametrize("entry", SIMULATED, ids=lambda entry: str(entry.id))
@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_the_cause_of_every_simulated_error_is_on_the_screen(
    entry: catalogue.Entry, rows: int, columns: int
) -> None:
    lines = shown(entry.id, rows, columns)
    assert max(map(len, lines)) <= columns
    if columns == 80:
        assert len(lines) <= 23
    visible = lines[-(rows - 1) :]
    words = " ".join(" ".join(visible).split())
    if entry.severity == "fail":
        assert any(f"✗ {title} " in words and words.endswith(title) for title in titles(entry.id))
        assert "1. " in words
    else:
        assert "✓ All is well" in words
    assert not any(code in "\n".join(lines) for code in others_code(entry))


def test_there_is_code_for_other_systems_to_be_left_out() -> None:
    assert any(map(others_code, SIMULATED))


def test_a_run_that_fails_has_the_provider_s_own_sentence() -> None:
    lines = run("check", "--simulate", "credit_balance_exhausted").stdout.decode().split("\n")
    assert any(line.startswith('  OpenAI said  "You have no credits remaining.') for line in lines)
    assert any(
        re.match(r"  ✗ Inference +429 credit_balance_exhausted · req_\w+", one) for one in lines
    )
    assert re.fullmatch(r"✗ 1 root cause in \d+\.\d s: No API credit left", lines[-2])


def test_a_healthy_run_says_what_was_tested_and_what_to_compare() -> None:
    said = " ".join(run("check", "--simulate", "healthy").stdout.decode().split())
    assert "ends in ted0 and is from simulator" in said
    assert "compare the last characters of the key there" in said
    assert "Top Models list uses no key at all" in said
    assert re.search(r"✓ All is well: \d+ checks in", said)


def test_what_a_run_was_told_to_leave_out_is_in_the_last_line() -> None:
    lines = run("check", "--simulate", "healthy", "--no-spend").stdout.decode().strip().split("\n")
    last = " ".join(" ".join(lines[-2:]).split())
    assert last.endswith("whether the model answers, credit")
    assert "All that was tested is well" in last
    assert "not tested: " in last


def test_a_pipe_shows_nothing_of_a_wait_and_a_terminal_what_is_waited_for() -> None:
    arguments = ("check", "--simulate", "request_timeout", "--timeout", "3")
    assert run(*arguments).stderr == b""
    with terminal(*arguments) as screen:
        screen.end(30)
    assert re.search(rb"Waiting for (TLS|HTTP) \(1 s\)", screen.shown)
    assert b"Waiting" not in screen.shown.replace(b"\r\n", b"\n").rpartition(b"\r")[2]
    with terminal(*arguments, variables={"TERM": "dumb"}) as screen:
        screen.end(30)
    assert b"Waiting" not in screen.shown


def test_verbose_has_each_check_and_every_step() -> None:
    said = run("check", "--simulate", "invalid_api_key", "--verbose").stdout.decode()
    assert re.search(r"✓ ok +DNS ", said)
    assert re.search(r"– skip +Model +because of auth", said)
    assert "A new key is shown once" in said
    assert "Seen         GET /models: 401 invalid_api_key" in said
