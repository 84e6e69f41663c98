"""Answers of HTTP, read on until the one that is final, and no longer than there is time."""

from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from time import monotonic
from typing import Any

from codegpt_doctor.net.failures import SlowAnswerError

SWITCHING_PROTOCOLS = 101  # the last answer of HTTP on its connection
MAX_INTERIM = 32  # answers such as 103 Early Hints before the final one


class _InTime(RawIOBase):
    """The bytes of a socket until a time: one that sends them one by one is not waited for."""

    def __init__(self, raw: Any, sock: Any, until: float) -> None:
        super().__init__()
        self._raw, self._sock, self.until = raw, sock, until
        self._has_begun = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what comes next.

        Raises:
            TimeoutError: time is up; a ``SlowAnswerError`` where something had come before.
        """
        left = self.until - monotonic()
        if left <= 0:
            raise self._late()
        with suppress(OSError):  # all is read, and the socket closed
            self._sock.settimeout(left)
        try:
            size: int | None = self._raw.readinto(buffer)
        except TimeoutError:
            raise self._late() from None
        self._has_begun = self._has_begun or bool(size)
        return size

    def _late(self) -> TimeoutError:
        if self._has_begun:
            return SlowAnswerError("the response began, but did not end in time")
        return TimeoutError("timed out")

    def close(self) -> None:
        """Close it, and let the socket be closed."""
        self._raw.close()
        super().close()


class FinalResponse(HTTPResponse):
    """A response of ``http.client`` that skips every interim answer; its own skips 100 alone.

    Servers and gateways send 102 and 103 unasked (RFC 9110, section 15.2).

    Args:
        sock: what it is read from.
        until: the end of all reading on the clock of ``time.monotonic``.
        more: as ``HTTPResponse`` has them.
    """

    def __init__(self, sock: Any, *, until: float, **more: Any) -> None:
        super().__init__(sock, **more)
        self._bytes = _InTime(self.fp.detach(), sock, until)
        self.fp = BufferedReader(self._bytes)

    def wait_at_most(self, seconds: float) -> None:
        """Wait no longer than so many seconds for all that is still to be read."""
        self._bytes.until = min(self._bytes.until, monotonic() + seconds)

    def begin(self) -> None:
        """Read the status and the headers of the final answer.

        Raises:
            HTTPException: the answers are none of HTTP, or no final one comes.
        """
        super().begin()
        for _ in range(MAX_INTERIM):
            if self.status >= 200 or self.status == SWITCHING_PROTOCOLS:
                return
            self.headers = None  # type: ignore[assignment]  # lets the next begin() read
            super().begin()
        raise HTTPException(f"more than {MAX_INTERIM} interim responses")
