"""What git tracks, told from its index: as git itself tells it, and without running anything."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers.command import run

from codegpt_doctor.editor.git_index import is_tracked

KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@x.invalid")
    done = subprocess.run(
        ("git", "-C", str(folder), *identity, *arguments),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def made(folder: Path, kind: str = "sha1") -> Path:
    folder.mkdir()
    git(folder, "init", "--quiet", f"--object-format={kind}")
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("A=b\n")


def add(folder: Path, *names: str) -> None:
    put(folder, *names)
    git(folder, "add", *names)


@pytest.fixture(params=["sha1", "sha256"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return made(tmp_path / "repository", request.param)


NAMES = (".env", ".env.example", "a/.env", "a/b/c", "ab", "n" * 200, "ümläut", "z/" + "d/" * 40)


@pytest.mark.parametrize("version", [2, 3, 4])
def test_each_version_of_the_index_is_read(repository: Path, version: int) -> None:
    names = [name if not name.endswith("/") else f"{name}file" for name in NAMES]
    add(repository, *names)
    put(repository, "new", "a/new")
    git(repository, "add", "--intent-to-add", "new")  # takes the flags of version 3
    git(repository, "update-index", f"--index-version={version}")
    assert all(is_tracked(str(repository / name)) for name in [*names, "new"])
    for name in ("a/new", "a", "a/", "missing", ".en", "b"):
        assert is_tracked(str(repository / name)) is False


def test_a_file_is_tracked_once_it_was_added(repository: Path) -> None:
    put(repository, ".env")
    assert is_tracked(str(repository / ".env")) is False
    git(repository, "add", ".env")
    assert is_tracked(str(repository / ".env")) is True
    git(repository, "rm", "--cached", "--quiet", ".env")
    assert is_tracked(str(repository / ".env")) is False


def test_outside_of_a_repository_nothing_is(tmp_path: Path) -> None:
    put(tmp_path, ".env")
    assert is_tracked(str(tmp_path / ".env")) is False


def test_a_folder_within_a_repository(repository: Path) -> None:
    add(repository, "a/b/.env")
    assert is_tracked(str(repository / "a" / "b" / ".env")) is True


def test_the_inner_repository_counts(repository: Path) -> None:
    add(repository, "a/.env")
    made(repository / "inner")
    put(repository / "inner", ".env")
    assert is_tracked(str(repository / "inner" / ".env")) is False


def test_a_further_work_tree(repository: Path, tmp_path: Path) -> None:
    add(repository, ".env")
    git(repository, "commit", "--quiet", "--message", "x")
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "further"))
    assert is_tracked(str(tmp_path / "further" / ".env")) is True
    assert is_tracked(str(tmp_path / "further" / "other")) is False


def test_a_folder_that_a_link_leads_to(repository: Path, tmp_path: Path) -> None:
    add(repository, ".env")
    (tmp_path / "link").symlink_to(repository, target_is_directory=True)
    assert is_tracked(str(tmp_path / "link" / ".env")) is True


def test_of_an_index_in_two_files_only_what_it_lists_is_known(repository: Path) -> None:
    add(repository, ".env", "other")
    git(repository, "config", "splitIndex.maxPercentChange", "100")
    git(repository, "update-index", "--split-index")
    assert is_tracked(str(repository / ".env")) is None
    add(repository, "later")
    assert is_tracked(str(repository / "later")) is True


def test_what_is_hidden_in_a_sparse_index_is_not_known(repository: Path) -> None:
    add(repository, ".env", "kept/x", "left/.env")
    git(repository, "commit", "--quiet", "--message", "x")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index", "kept")
    assert not (repository / "left").exists()
    assert is_tracked(str(repository / ".env")) is True
    assert is_tracked(str(repository / "left" / ".env")) is None
    assert is_tracked(str(repository / "elsewhere")) is False


@pytest.mark.parametrize("length", [0, 4, 11, 12, 40, 80, -1, -21])
def test_an_index_that_was_cut_is_not_known(repository: Path, length: int) -> None:
    add(repository, ".env", "other")
    index = repository / ".git" / "index"
    index.write_bytes(index.read_bytes()[:length])
    assert is_tracked(str(repository / "missing")) is None


@pytest.mark.parametrize(
    "data",
    [
        b"DIRC\0\0\0\5\0\0\0\0" + b"\0" * 20,
        b"DIRC\0\0\0\2\xff\xff\xff\xff" + b"\0" * 5000,
        b"DIRC\0\0\0\4\0\0\0\1" + b"\0" * 60 + b"\xff" * 5000,
        b"\xff" * 5000,
    ],
)
def test_a_file_that_is_no_index_is_not_known(repository: Path, data: bytes) -> None:
    (repository / ".git" / "index").write_bytes(data)
    assert is_tracked(str(repository / ".env")) is None


def test_an_index_that_is_a_pipe_is_not_waited_for(repository: Path) -> None:
    os.mkfifo(repository / ".git" / "index")
    assert is_tracked(str(repository / ".env")) is False


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """A folder whose repository names programs in every way that is known, and their trace."""
    folder, trace = made(tmp_path / "hostile"), tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\nenv >> '{trace}'\n")
    program.chmod(0o755)
    (folder / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
    add(folder, "kept/x", "left/y")
    git(folder, "add", ".env")
    git(folder, "commit", "--quiet", "--message", "x")
    git(folder, "sparse-checkout", "set", "--cone", "--sparse-index", "kept")
    missing = git(folder, "rev-parse", "HEAD:left")
    for name, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", str(folder)),
        ("remote.origin.uploadpack", str(program)),
        ("core.fsmonitor", str(program)),
    ):
        git(folder, "config", name, value)
    (folder / ".git" / "objects" / missing[:2] / missing[2:]).unlink()
    return folder, trace


def test_git_itself_would_run_what_that_folder_names(hostile: tuple[Path, Path]) -> None:
    folder, trace = hostile
    asked = ("git", "-C", str(folder), "-c", "core.fsmonitor=false", "ls-files", "--", ".env")
    subprocess.run(asked, capture_output=True, check=False)
    assert trace.exists()


@pytest.mark.parametrize("command", [("editor",), ("check", "--base-url", "http://127.0.0.1:9/v1")])
def test_no_program_is_run_that_a_folder_names(
    hostile: tuple[Path, Path], tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder, trace = hostile
    home = tmp_path / "person"
    extension = home / ".vscode" / "extensions" / "danielsanmedium.dscodegpt-3.24.75"
    extension.mkdir(parents=True)
    (extension / "package.json").write_text('{"engines": {"vscode": "^1.96.0"}}')
    for name in ("git", "netstat", "tasklist", "lsof", "ps"):  # as Windows finds them in a folder
        shutil.copy(trace.with_name("program"), folder / name)
    variables = {"HOME": str(home), "OPENAI_API_KEY": KEY, "PATH": f".:{os.environ['PATH']}"}
    done = run(*command, "--json", "--timeout", "8", variables=variables, folder=folder)
    assert b'"id": "key_files"' in done.stdout
    assert b"tracked by git" in done.stdout
    assert not trace.exists()
