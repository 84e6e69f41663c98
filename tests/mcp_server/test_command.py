"""The command without its extra: its help is there, and running says what to install."""

from helpers.command import complaint, run

WITHOUT = "import sys; sys.modules['mcp'] = None; from codegpt_doctor.cli import main; main()"


def test_the_help_is_there_without_the_extra() -> None:
    result = run("mcp", "--help", script=WITHOUT)
    assert result.returncode == 0
    assert b"Model Context Protocol" in result.stdout


def test_running_says_which_extra_is_missing() -> None:
    result = run("mcp", script=WITHOUT)
    assert result.returncode == 2
    assert "install codegpt-doctor[mcp]" in complaint(result)
