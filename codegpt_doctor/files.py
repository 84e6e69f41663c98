"""Files of a person: read within bounds, and written whole or not at all.

A name may lead to a pipe, a device or a folder, where opening or reading never ends; here only
plain files are read, and never more of them than was asked for.
"""

import errno
import os
import stat
from collections.abc import Callable
from typing import BinaryIO

_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)


def open_plain(path: str) -> BinaryIO:
    """Open a plain file for reading.

    Raises:
        OSError: it is not there, may not be read, or is no plain file.
    """
    try:
        _must_be_plain(os.stat(path), path)  # opening some devices does something already
        descriptor = os.open(path, os.O_RDONLY | _NEVER_WAIT | _BINARY)
    except ValueError:  # a NUL in its name
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None
    try:
        _must_be_plain(os.fstat(descriptor), path)
    except OSError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _must_be_plain(state: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device", path)


def read_start(path: str, most: int) -> bytes | None:
    """The first bytes of a plain file, at most ``most``; None when it cannot be read."""
    try:
        with open_plain(path) as file:
            return file.read(most)
    except OSError:
        return None


def read_end(path: str, most: int) -> bytes | None:
    """The last bytes of a plain file, at most ``most``; None when it cannot be read."""
    try:
        with open_plain(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - most))
            return file.read(most)
    except OSError:
        return None


def decoded(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 as PowerShell and Notepad write it; what is neither is marked."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, "replace")


def write_new(path: str, data: bytes) -> None:
    """Make a file that is not there yet: either all of the data is in it, or there is no file.

    Raises:
        FileExistsError: something has that name, be it a link that leads nowhere.
        OSError: it cannot be written.
    """
    _write_beside(path, data, _give_name)


def replace_file(path: str, data: bytes) -> None:
    """Make a file that takes the place of one of that name; the old one stays whole until then.

    Raises:
        OSError: it cannot be written.
    """
    _write_beside(path, data, os.replace)


def add_to(path: str, data: bytes) -> None:
    """Put data at the end of a plain file that is there.

    Raises:
        OSError: it is not there, is no plain file, or cannot be written.
    """
    _must_be_plain(os.stat(path), path)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | _NEVER_WAIT | _BINARY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def is_plain(path: str) -> bool:
    """Whether there is a plain file of that name, and no link to one."""
    return os.path.isfile(path) and not os.path.islink(path)


def _write_beside(path: str, data: bytes, give_name: Callable[[str, str], None]) -> None:
    """Write the data to a new file in the same folder, and give it its name when it is whole."""
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f".{name[:64]}.{os.urandom(6).hex()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        give_name(beside, path)
    finally:
        if os.path.lexists(beside):
            os.unlink(beside)


def _give_name(beside: str, path: str) -> None:
    """Rename without ever taking the place of another file."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        os.rename(beside, path)
