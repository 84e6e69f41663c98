"""The command without its extra, and what cannot be served."""

from pathlib import Path

from helpers.command import complaint, run

BLOCKED = "import sys; sys.modules['prometheus_client'] = None; "
WITHOUT = f"{BLOCKED}from codegpt_doctor.cli import main; main()"


def test_the_help_is_there_without_the_extra() -> None:
    result = run("exporter", "--help", script=WITHOUT)
    assert result.returncode == 0
    assert b"/probe?target=NAME" in result.stdout


def test_running_says_which_extra_is_missing(tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text("[targets.one]\n")
    result = run("exporter", "--config", "e.toml", script=WITHOUT, folder=tmp_path)
    assert result.returncode == 2
    assert "install codegpt-doctor[exporter]" in complaint(result)
