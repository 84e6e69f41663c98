"""The folder that a site generator is given: the same at every time, and nothing else in it."""

import os
import subprocess
from pathlib import Path

import pytest
from helpers.command import BUILDER, ROOT

from docs._builder import folder

pytestmark = pytest.mark.slow


def built(out: Path, **variables: str) -> dict[str, bytes]:
    """The files that the builder writes under these variables."""
    environment = {**os.environ, **variables}
    command = (*BUILDER, "--out", str(out))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("pages")
    return built(out, PYTHONHASHSEED="1", TZ="Asia/Tokyo", COLUMNS="200")


@pytest.mark.full
def test_two_builds_are_equal_whoever_builds(files: dict[str, bytes], tmp_path: Path) -> None:
    key = {"OPENAI_API_KEY": "sk-proj-another0another0T3BlbkFJ"}
    again = built(tmp_path / "out", PYTHONHASHSEED="2", TZ="America/Lima", **key)
    assert files.keys() == again.keys()
    assert [name for name in files if files[name] != again[name]] == []


def test_the_folder_holds_the_whole_site_and_nothing_of_the_builder(
    files: dict[str, bytes],
) -> None:
    assert {"index.md", "errors/index.md", "assets/site.css", "llms.txt"} <= files.keys()
    assert [name for name in files if name.startswith(("_", "."))] == []


def test_a_page_holds_what_a_plain_site_generator_needs(files: dict[str, bytes]) -> None:
    page = files["index.md"].decode()
    assert '<figure class="terminal"' in page
    assert "```terminal" not in page


class TestWriting:
    def test_leaves_what_is_right_and_deletes_what_is_gone(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        folder.write(out, {"llms.txt": b"list", "errors/a.md": b"a", "b.md": b"b"})
        os.utime(out / "b.md", (1, 1))
        folder.write(out, {"llms.txt": b"new", "b.md": b"b"})
        assert {path.name for path in out.rglob("*") if path.is_file()} == {"llms.txt", "b.md"}
        assert (out / "llms.txt").read_bytes() == b"new"
        assert (out / "b.md").stat().st_mtime == 1

    def test_deletes_nothing_in_a_folder_of_somebody_else(self, tmp_path: Path) -> None:
        theirs = tmp_path / "theirs"
        theirs.mkdir()
        (theirs / "letter.txt").write_text("Dear")
        with pytest.raises(FileExistsError):
            folder.write(theirs, {"llms.txt": b""})
        assert [path.name for path in theirs.iterdir()] == ["letter.txt"]
