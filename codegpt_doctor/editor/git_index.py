"""What git tracks, read from its index.  Git itself is not run.

A folder from somebody else can name programs in the settings of its repository that git starts
for many of its commands, with all of the environment's variables; reading a file starts nothing.

The format is the one of gitformat-index(5), versions 2 to 4, with SHA-1 or SHA-256.
"""

import os
import struct
from collections.abc import Iterator

from codegpt_doctor.files import read_start

MAX_INDEX = 32 * 1024**2  # bytes: a few hundred thousand files
MAX_NAME = 65536  # bytes of a path
MAX_POINTER = 4096  # bytes of a ``.git`` that is a file and says where the repository is

_HEADER = struct.Struct(">4sII")
_STAT = 40  # bytes of an entry before the hash: times, device, mode, owner, size
_MODE = struct.Struct(">24xI")
_HASHES = (20, 32)
_EXTENDED = 0x4000  # a flag of an entry: two more bytes of flags follow
_LONG = 0x0FFF  # a length of a name that says only that it is no shorter
_FOLDER = 0o40000
_SPLIT = b"link"


class _OddError(ValueError):
    """The file is no index of a version that is known."""


def is_tracked(path: str) -> bool | None:
    """Whether git has a file in its index, so that everyone with the repository has it too.

    None when that is not known: the index is too large, damaged, of another version, or only a
    part of it is in that file.
    """
    folder, name = os.path.split(os.path.realpath(path))
    root = _root_of(folder)
    if root is None:
        return False
    data = read_start(os.path.join(_repository(root), "index"), MAX_INDEX + 1)
    if data is None:
        return False
    inside = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
    return _lists(data, os.fsencode(inside)) if len(data) <= MAX_INDEX else None


def _root_of(folder: str) -> str | None:
    """The nearest folder upwards with a repository in it; None without any."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def _repository(root: str) -> str:
    """The folder of the repository; a work tree and a submodule have it elsewhere."""
    own = os.path.join(root, ".git")
    said = (read_start(own, MAX_POINTER) or b"").decode("utf-8", "replace")
    pointer = said.removeprefix("gitdir:").strip() if said.startswith("gitdir:") else ""
    return os.path.join(root, pointer) if pointer else own


def _lists(data: bytes, wanted: bytes) -> bool | None:
    for size in _HASHES:
        try:
            return _is_listed(data, wanted, size)
        except (_OddError, struct.error, IndexError):
            continue
    return None


def _is_listed(data: bytes, wanted: bytes, size: int) -> bool | None:
    """Whether the index has an entry of that name, read with hashes of so many bytes."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise _OddError
    found, at = False, _HEADER.size
    hidden = False  # within a folder that a sparse index has as a whole
    name = b""
    for _ in range(count):
        mode, name, at = _entry(data, at, size, version, name)
        found = found or name == wanted
        hidden = hidden or (mode == _FOLDER and wanted.startswith(name))
    extensions = set(_extensions(data, at, size))
    return found or (None if hidden or _SPLIT in extensions else False)


def _entry(
    data: bytes, start: int, size: int, version: int, before: bytes
) -> tuple[int, bytes, int]:
    """The mode and the name of an entry, and where the next one begins."""
    (mode,) = _MODE.unpack_from(data, start)
    at = start + _STAT + size
    (flags,) = struct.unpack_from(">H", data, at)
    at += 4 if version > 2 and flags & _EXTENDED else 2
    kept = b""
    if version == 4:
        dropped, at = _number(data, at)
        if dropped > len(before):
            raise _OddError
        kept = before[: len(before) - dropped]
    end = data.find(b"\0", at, at + MAX_NAME)
    name = kept + data[at : max(at, end)]
    if end < 0 or len(name) > MAX_NAME or min(len(name), _LONG) != flags & _LONG:
        raise _OddError
    if version == 4:
        return mode, name, end + 1
    padded = end + 8 - (end - start) % 8
    if data[end:padded].strip(b"\0"):
        raise _OddError
    return mode, name, padded


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of varying length, as version 4 and pack files write it, and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        if value > MAX_NAME:
            raise _OddError
        value = ((value + 1) << 7) | (data[at] & 0x7F)
    return value, at + 1


def _extensions(data: bytes, at: int, size: int) -> Iterator[bytes]:
    """The names of what follows the entries, up to the checksum at the very end."""
    end = len(data) - size
    while at < end:
        name, length = struct.unpack_from(">4sI", data, at)
        yield name
        at += 8 + length
    if at != end:
        raise _OddError
