"""What the logs of an editor say about CodeGPT."""

import os
from pathlib import Path

import pytest
from helpers.homes import ACTIVATED, Home

from codegpt_doctor.editor.discovery import Editor, find_editors
from codegpt_doctor.editor.logs import is_active, log_lines

REFUSED = "[error] CodeGPT: connect ECONNREFUSED 127.0.0.1:54112"
STARTED = "[info] ExtensionService#_doActivateExtension vscode.git, startup: true"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.install()
    return made


def editors(home: Home) -> tuple[Editor, ...]:
    return find_editors(home.machine)


def test_an_extension_that_was_started_is_active(home: Home) -> None:
    home.log(STARTED, ACTIVATED)
    assert is_active(editors(home)[0])


def test_only_the_newest_session_counts(home: Home) -> None:
    home.log(ACTIVATED, session="20261122T080000")
    home.log(STARTED, session="20261123T080000")
    assert not is_active(editors(home)[0])


def test_a_look_alike_that_was_started_is_another(home: Home) -> None:
    home.log("[info] ExtensionService#_doActivateExtension DanielSanMedium.dscodegpt2, startup")
    assert not is_active(editors(home)[0])


def test_the_log_of_a_remote_server_counts_too(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.install(extensions=".vscode-server/extensions")
    home.write(
        ".vscode-server/data/logs/20261123T080000/exthost1/remoteexthost.log", f"x {ACTIVATED}\n"
    )
    assert is_active(editors(home)[0])


def test_lines_of_trouble_about_codegpt_are_kept(home: Home) -> None:
    other = "[error] ms-python.python: something else failed"
    calm = "[info] CodeGPT: ready on 54112"
    home.log(STARTED, REFUSED, other, calm, "Error: listen EADDRINUSE 127.0.0.1:54112")
    told = log_lines(editors(home))
    assert [line.partition(" ")[2].partition(" ")[2] for line in told] == [
        REFUSED,
        "Error: listen EADDRINUSE 127.0.0.1:54112",
    ]


def test_the_log_of_codegpt_itself_is_read(home: Home) -> None:
    home.write(
        ".config/Code/logs/20261123T080000/window1/exthost/DanielSanMedium.dscodegpt/CodeGPT.log",
        "2026-11-23 [error] codegpt: no answer\n",
    )
    assert log_lines(editors(home)) == ["2026-11-23 [error] codegpt: no answer"]


def test_a_long_log_gives_its_last_lines_cut_to_a_width(home: Home) -> None:
    home.log(*(f"[error] CodeGPT {number} " + "x" * 1000 for number in range(50)))
    told = log_lines(editors(home))
    assert len(told) == 20
    assert max(map(len, told)) == 300
    assert "CodeGPT 49" in told[-1]


@pytest.mark.parametrize("length", [20, 270, 280, 290, 296])
def test_a_line_is_cut_once_its_secrets_are_masked(home: Home, length: int) -> None:
    key = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
    line = "[error] CodeGPT failed ".ljust(length - 24, ".")
    home.log(f"{line} {key}")
    (told,) = log_lines(editors(home))
    assert "Zm4T" not in told


def test_a_log_that_is_a_pipe_is_not_waited_for(home: Home) -> None:
    log = home.log(STARTED)
    log.unlink()
    os.mkfifo(log)
    assert log_lines(editors(home)) == []


def test_without_logs_there_is_nothing(home: Home) -> None:
    home.write(".config/Code/logs/notes/x.log", REFUSED)
    assert log_lines(editors(home)) == []
    assert not is_active(editors(home)[0])
