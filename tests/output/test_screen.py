"""What a terminal shows when ``check`` has ended: the cause, within one screen."""

import re

import pytest
from helpers.command import run
from helpers.terminal import terminal

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import steps
from codegpt_doctor.doctor import run_check
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text
from codegpt_doctor.output.style import MIN_ROWS, Style
from codegpt_doctor.simulator import can_simulate, simulation

SIZES = ((24, 80), (30, 40))
_CODE = re.compile(r"\x1b\[[0-9;]*m")
PATIENCE = {"slow": 10.0, "timeout": 1.5}  # seconds, where a fault decides how long it takes
# on a real terminal, with what is waited for: a fault of each stage, and the longest words
ON_A_TERMINAL = (
    *("invalid_api_key", "insufficient_quota", "model_not_found", "rate_limit_tokens"),
    *("connection_refused", "request_timeout", "unexpected_html", "server_error"),
)
Case = tuple[str, catalogue.Entry]


def cases(provider: str) -> list[Case]:
    """The errors that the simulator can make for a provider."""
    entries = (catalogue.get(name, provider) for name in catalogue.ids())
    own = [one for one in entries if one.provider in (None, provider) and can_simulate(one)]
    if provider == catalogue.DEFAULT_PROVIDER:
        return [(provider, one) for one in own]
    return [(provider, one) for one in own if provider in catalogue.variants(one.id)]


def named(case: object) -> str:
    return "-".join((case[0], case[1].id)) if isinstance(case, tuple) else str(case)


BY_ITS_PORT = "docker-invalid_request"  # which the simulator does not have
OTHERS = [name for name in catalogue.providers() if name != catalogue.DEFAULT_PROVIDER]


OF_OTHERS = [case for name in OTHERS for case in cases(name) if named(case) != BY_ITS_PORT]


def on_a_terminal(entry_id: str, rows: int, columns: int) -> list[str]:
    """The lines that stand on the screen after a run, what is waited for left out."""
    arguments = ("check", "--simulate", entry_id, "--timeout", "4")
    with terminal(*arguments, rows=rows, columns=columns) as screen:
        screen.end(60)
        text = _CODE.sub("", screen.shown.decode()).replace("\r\n", "\n")
    assert "\x1b" not in text
    return [line.rpartition("\r")[2] for line in text.rstrip("\n").split("\n")]


def others_code(entry: catalogue.Entry, provider: str) -> set[str]:
    """The first line of each block that is for other systems than this one."""
    found = steps.parse(catalogue.prose(entry.id, provider)["Fix"])
    here = steps.this_system()
    blocks = [block for step in found for block in step.blocks]
    own = {block.code.split("\n")[0] for block in blocks if block.fits(here)}
    return {block.code.split("\n")[0] for block in blocks if not block.fits(here)} - own


def look_at(lines: list[str], case: Case, rows: int, columns: int) -> None:
    """The title is within what is visible, nothing is too wide, nothing is for other systems."""
    provider, entry = case
    assert max(map(len, lines)) <= columns
    if columns == 80:
        assert len(lines) <= 23
    words = " ".join(" ".join(lines[-(rows - 1) :]).split())
    if entry.severity == "fail":
        titles = {catalogue.get(entry.id, one).title for one in (None, provider)}
        assert any(f"✗ {title} " in words and words.endswith(title) for title in titles)
        assert "1. " in words
    else:
        assert "✓ All is well" in words
    assert not any(code in "\n".join(lines) for code in others_code(entry, provider))


def look_at_a_run(case: Case) -> None:
    """Run a simulated error once, and look at it on each screen."""
    provider, entry = case
    with simulation(entry.id, provider) as settings:
        report = run_check(settings, PATIENCE.get(entry.simulate.get("fault", ""), 3.0))
    data = report_data(report)
    for rows, columns in SIZES:
        style = Style(width=columns, rows=max(rows - 1, MIN_ROWS))
        look_at(report_text(data, style).split("\n"), case, rows, columns)


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(catalogue.DEFAULT_PROVIDER), ids=named)
def test_the_cause_of_every_simulated_error_is_on_the_screen(case: Case) -> None:
    look_at_a_run(case)


@pytest.mark.full
@pytest.mark.parametrize("case", OF_OTHERS, ids=named)
def test_so_is_that_of_every_other_provider(case: Case) -> None:
    look_at_a_run(case)


@pytest.mark.sampled(4)
@pytest.mark.slow
@pytest.mark.parametrize("entry_id", ON_A_TERMINAL)
@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_a_terminal_shows_the_same(entry_id: str, rows: int, columns: int) -> None:
    provider = catalogue.DEFAULT_PROVIDER
    case = (provider, catalogue.get(entry_id, provider))
    look_at(on_a_terminal(entry_id, rows, columns), case, rows, columns)


def test_what_is_too_long_is_seen() -> None:
    case = cases(catalogue.DEFAULT_PROVIDER)[0]
    title = case[1].title
    good = [f"✗ {title}", "1. x", title]
    look_at(good, case, 24, 80)
    for bad in ([*good, "x"], ["x" * 81, *good], [*good[:2], *["x"] * 21, title], good[1:]):
        with pytest.raises(AssertionError):
            look_at(bad, case, 24, 80)


def test_there_is_code_for_other_systems_to_be_left_out() -> None:
    assert any(others_code(one, name) for name, one in cases(catalogue.DEFAULT_PROVIDER))


def test_a_run_that_fails_has_the_provider_s_own_sentence() -> None:
    lines = run("check", "--simulate", "credit_balance_exhausted").stdout.decode().split("\n")
    assert any(line.startswith('  OpenAI said  "You have no credits remaining.') for line in lines)
    assert any(
        re.match(r"  ✗ Inference +429 credit_balance_exhausted · req_\w+", one) for one in lines
    )
    assert re.fullmatch(r"✗ 1 root cause in \d+\.\d s: No API credit left", lines[-2])


@pytest.mark.sampled(2)
@pytest.mark.slow
@pytest.mark.parametrize("command", ["billing", "limits"])
@pytest.mark.parametrize("columns", [80, 40])
def test_what_is_about_money_ends_with_the_cause_too(command: str, columns: int) -> None:
    arguments = (command, "--simulate", "credit_balance_exhausted")
    done = run(*arguments, variables={"COLUMNS": str(columns)})
    lines = done.stdout.decode().rstrip().split("\n")
    assert max(map(len, lines)) <= columns
    last = " ".join(" ".join(lines[-2:]).split())
    assert re.search(r"✗ 1 root cause in \d+\.\d s: No API credit left$", last)


def test_a_healthy_run_says_what_was_tested_and_what_to_compare() -> None:
    said = " ".join(run("check", "--simulate", "healthy").stdout.decode().split())
    assert "ends in ted0 and is from simulator" in said
    assert "compare the last characters of the key there" in said
    assert "Top Models list never uses your key" in said
    assert re.search(r"✓ All is well: \d+ checks in", said)


def test_what_a_run_was_told_to_leave_out_is_in_the_last_line() -> None:
    lines = run("check", "--simulate", "healthy", "--no-spend").stdout.decode().strip().split("\n")
    last = " ".join(" ".join(lines[-2:]).split())
    assert last.endswith("whether the model answers, credit")
    assert "All that was tested works" in last
    assert "not tested: " in last


@pytest.mark.slow
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
