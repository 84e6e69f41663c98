"""The transport of the official client, with the bounds of every request of a run."""

from time import monotonic
from typing import Any

from codegpt_doctor.model.observation import TOO_LONG
from codegpt_doctor.net.trust import tls_context

_FRAMING = ("content-encoding", "content-length", "transfer-encoding")


class TooLargeError(Exception):
    """The answer is larger than what is read of one."""


def transport(
    deadline: float,
    most_bytes: int,
    trust_env: bool = True,
    proxy: str | None = None,
    ca_bundle: str | None = None,
) -> Any:
    """An HTTP client for ``openai.OpenAI`` that follows no redirect and reads no endless body.

    Args:
        deadline: the latest end of a body, on the clock of ``time.monotonic``.
        most_bytes: of a body, after decompression.
        trust_env: whether the proxies and the CA bundle of the environment are used.
        proxy: the one to use in their place.
        ca_bundle: the file or folder to trust in place of the environment's.
    """
    import openai

    class Transport(openai.DefaultHttpxClient):
        def send(self, request: Any, **options: Any) -> Any:
            response = super().send(request, **{**options, "stream": True})
            try:
                content = _content(response, deadline, most_bytes)
            finally:
                response.close()
            headers = [pair for pair in response.headers.multi_items() if pair[0] not in _FRAMING]
            return type(response)(
                response.status_code, headers=headers, content=content, request=request
            )

    trust = tls_context(ca_bundle) if ca_bundle else True
    return Transport(follow_redirects=False, trust_env=trust_env, proxy=proxy, verify=trust)


def _content(response: Any, deadline: float, most_bytes: int) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > most_bytes:
            raise TooLargeError(f"the body is larger than {most_bytes // 1024**2} MiB")
        if monotonic() > deadline:
            raise TimeoutError(TOO_LONG)
    return bytes(content)
