"""The words with which people come in, and what is said to those who try a wrong door."""

import pytest
from helpers.command import complaint, run
from helpers.terminal import terminal

import codegpt_doctor

pytestmark = pytest.mark.slow

KEY = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"


def test_alone_on_a_terminal_it_checks() -> None:
    with terminal() as screen:
        screen.read_until(b"(not shown): ")
        assert screen.leave() == 130


def test_alone_in_a_pipe_it_helps() -> None:
    assert run().returncode == 2


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "arguments",
    [("429",), ("insufficient_quota",), ("You exceeded your current quota, please check",)],
)
def test_what_is_no_command_but_an_error_is_explained(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == run("explain", *arguments).stdout


def test_a_slip_of_a_command_is_still_one() -> None:
    assert "Did you mean check?" in complaint(run("chekc"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("word", ["test", "run", "status", "diagnose", "doctor"])
def test_what_people_call_a_check_is_answered_with_it(word: str) -> None:
    assert complaint(run(word)).split(".")[1] == " Did you mean check? Try codegpt-doctor --help"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("word", ["do", "providing", "scan"])
def test_what_is_far_from_every_command_gets_no_suggestion(word: str) -> None:
    assert "Did you mean" not in complaint(run(word))


def test_help_and_version_are_commands_too() -> None:
    assert run("help").stdout == run("--help").stdout
    assert run("help", "check").stdout == run("check", "--help").stdout
    assert run("version").stdout.decode().strip().endswith(codegpt_doctor.__version__)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str) -> None:
    assert b"_CODEGPT_DOCTOR_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize(
    "arguments", [("check", KEY), ("check", "--api-key", KEY), ("check", f"--key={KEY}"), (KEY,)]
)
def test_a_key_as_an_argument_is_told_where_it_belongs(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    said = complaint(result)
    assert result.returncode == 2
    assert "never given as an argument" in said
    assert KEY[8:24] not in said


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "option", ["--insecure", "--profile", "--no-checks", "--skipped", "--direkt", "--allow-htp"]
)
def test_nothing_far_and_nothing_that_switches_off_is_suggested(option: str) -> None:
    assert "--no-control" not in complaint(run("check", option))
    assert "Did you mean" not in complaint(run("check", option))


def test_a_near_option_is_suggested() -> None:
    assert "--verbose" in complaint(run("check", "--verbos"))
    assert "--color" in complaint(run("check", "--no-color"))
