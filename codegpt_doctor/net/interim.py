"""Answers of HTTP, read on until the one that is final."""

from http.client import HTTPException, HTTPResponse

SWITCHING_PROTOCOLS = 101  # the last answer of HTTP on its connection
MAX_INTERIM = 32  # answers such as 103 Early Hints before the final one


class FinalResponse(HTTPResponse):
    """A response of ``http.client`` that skips every interim answer; its own skips 100 alone.

    Servers and gateways send 102 and 103 unasked (RFC 9110, section 15.2).
    """

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
        raise HTTPException(f"more than {MAX_INTERIM} interim answers")
