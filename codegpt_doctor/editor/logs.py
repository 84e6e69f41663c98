"""What the newest session of an editor wrote to its log about CodeGPT."""

import os
import re
from collections.abc import Iterable, Iterator

from codegpt_doctor.editor.discovery import CODEGPT, Editor
from codegpt_doctor.editor.machine import names_in, read_end
from codegpt_doctor.redact import scrub

MAX_BYTES = 512 * 1024
MAX_LINES = 20
MAX_WIDTH = 300

_SESSION = re.compile(r"^\d{8}T\d{6}$")
_ACTIVATED = re.compile(rf"_doActivateExtension {re.escape(CODEGPT)}\b", re.IGNORECASE)
_ABOUT = re.compile(r"codegpt|\b5411[23]\b", re.IGNORECASE)
_TROUBLE = re.compile(r"(?i:\[(?:error|warning)\]|\berror\b|failed)|\bE[A-Z]{5,}\b")


def _newest_session(editor: Editor) -> str | None:
    """The folder with the logs of the last time that the editor was started."""
    sessions = [name for name in names_in(editor.place.logs) if _SESSION.match(name)]
    return os.path.join(editor.place.logs, sessions[-1]) if sessions else None


def is_active(editor: Editor) -> bool:
    """Whether CodeGPT was started in the last session of the editor."""
    return any(_ACTIVATED.search(line) for line in _lines(editor))


def log_lines(editors: Iterable[Editor]) -> list[str]:
    """The last lines about CodeGPT that tell of trouble, each cut to a width; scrubbed.

    What is cut within a key has the shape of none any more, so the scrubber comes first.
    """
    told = [
        line.strip()
        for editor in editors
        for line in _lines(editor)
        if _ABOUT.search(line) and _TROUBLE.search(line)
    ]
    return [scrub(line)[:MAX_WIDTH] for line in told[-MAX_LINES:]]


def _lines(editor: Editor) -> Iterator[str]:
    session = _newest_session(editor)
    for path in _files(session) if session else ():
        yield from read_end(path, MAX_BYTES).splitlines()


def _files(session: str) -> Iterator[str]:
    """The logs of the extension hosts of a session, and those of CodeGPT itself."""
    for folder, folders, names in os.walk(session):
        folders.sort()
        for name in sorted(names):
            host = name in ("exthost.log", "remoteexthost.log")
            own = "codegpt" in os.path.join(folder, name)[len(session) :].lower()
            if name.endswith(".log") and (host or own):
                yield os.path.join(folder, name)
