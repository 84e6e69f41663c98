"""Only plain files are read, and a file that is written is there whole or not at all."""

import os
import sys
import threading
from pathlib import Path

import pytest

from codegpt_doctor.files import open_plain, read_end, read_start, write_new

POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes with a name are of POSIX")


def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    assert read_start(str(file), 4) == b"0123"
    assert read_end(str(file), 4) == b"6789"
    assert read_start(str(file), 99) == read_end(str(file), 99) == b"0123456789"


@pytest.mark.parametrize("name", ["missing", "folder", "na\0me", "loop"])
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    path = os.path.join(tmp_path, name)
    assert read_start(path, 9) is None
    assert read_end(path, 9) is None
    with pytest.raises(OSError, match=r"."):
        open_plain(path)


@POSIX
@pytest.mark.parametrize("path", ["pipe", "link to the pipe", "/dev/zero", "/dev/tty"])
def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link to the pipe").symlink_to(tmp_path / "pipe")
    found: list[bytes | None] = []
    reading = threading.Thread(
        target=lambda: found.extend((read_start(str(tmp_path / path), 9), read_end(path, 9))),
        daemon=True,
    )
    reading.start()
    reading.join(5)
    assert found == [None, None]


def test_a_new_file_has_all_of_the_data(tmp_path: Path) -> None:
    file = tmp_path / "new"
    write_new(str(file), b"data")
    assert file.read_bytes() == b"data"
    assert sorted(os.listdir(tmp_path)) == ["home", "new"]


@POSIX
def test_a_new_file_may_be_read_by_those_whom_the_system_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_new(str(tmp_path / "new"), b"")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError):
            write_new(str(tmp_path / name), b"data")
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert not (tmp_path / "target").exists()
    assert sorted(os.listdir(tmp_path)) == ["file", "home", "link"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the size of files is POSIX's")
def test_a_file_that_cannot_be_written_whole_is_not_left(tmp_path: Path) -> None:
    import resource
    import signal

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match=r"."):
            write_new(str(tmp_path / "new"), b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert os.listdir(tmp_path) == ["home"]
