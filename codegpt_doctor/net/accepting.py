"""Which trust stores accept the certificate that a host shows; nothing is sent to find out."""

import contextlib
import ssl
import threading
from collections.abc import Mapping

from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.trust import stores


def accepting(dialer: Dialer, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the trust stores that accept the chain which a host shows.

    The stores are read one after the other, since each takes a processor for a while that the
    requests of the run need as well; the host is asked about all of them at once.

    Raises:
        Exception: what kept the host from being asked at all.
    """
    answers: dict[str, bool | Exception] = {}
    threads: list[threading.Thread] = []
    for name, make in stores(environment).items():
        with contextlib.suppress(OSError, ImportError):
            context = make()
            answers[name] = False
            threads.append(
                threading.Thread(target=_ask, args=(dialer, name, context, answers), daemon=True)
            )
            threads[-1].start()
    for thread in threads:
        thread.join()
    for answer in answers.values():
        if isinstance(answer, Exception):
            raise answer
    return tuple(name for name, accepted in answers.items() if accepted)


def _ask(
    dialer: Dialer, name: str, context: ssl.SSLContext, answers: dict[str, bool | Exception]
) -> None:
    try:
        answers[name] = accepts(dialer, context)
    except Exception as error:  # noqa: BLE001 - raised again where the answers are read
        answers[name] = error


def accepts(dialer: Dialer, context: ssl.SSLContext) -> bool:
    """Whether a handshake with the host succeeds with a TLS context."""
    try:
        dialer.open(context).socket.close()
    except ConnectionFailedError:
        return False
    return True
