"""``vscode``: the tasks, and a problem matcher that fits what is printed."""

import json
import re
from pathlib import Path

from helpers.command import run
from helpers.terminal import terminal


def test_it_writes_what_it_shows_and_nothing_without_a_yes(tmp_path: Path) -> None:
    shown = run("vscode", folder=tmp_path)
    assert not (tmp_path / ".vscode").exists()
    assert b"--yes" in shown.stderr
    written = run("vscode", "--yes", folder=tmp_path)
    assert (tmp_path / ".vscode/tasks.json").read_bytes() == shown.stdout == written.stdout


def test_one_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / ".vscode/tasks.json"
    file.parent.mkdir()
    file.write_text("// mine\n{}")
    result = run("vscode", "--yes", folder=tmp_path)
    assert file.read_text() == "// mine\n{}"
    assert b"was not changed" in result.stderr


def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    with terminal("vscode", folder=tmp_path) as screen:
        screen.read_until(b"[y/N]")
        screen.type(b"y\r")
        assert screen.end(10) == 0
    assert (tmp_path / ".vscode/tasks.json").is_file()


def test_its_matcher_reads_what_the_search_prints(tmp_path: Path) -> None:
    (tmp_path / "a b.py").write_text("x\nkey = 'gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G'\n")
    printed = run("leaks", "a b.py", folder=tmp_path).stdout.decode().splitlines()
    tasks = json.loads(run("vscode", folder=tmp_path).stdout)["tasks"]
    pattern = tasks[1]["problemMatcher"]["pattern"]
    found = [match for line in printed if (match := re.match(pattern["regexp"], line))]
    assert [match[pattern["file"]] for match in found] == ["a b.py"]
    assert [match[pattern["line"]] for match in found] == ["2"]
