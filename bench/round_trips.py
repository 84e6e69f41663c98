"""How much longer a healthy check takes than curl for the same requests; aim: at most 1.35.

The simulator is served over TLS behind a relay that adds 50 ms to each round trip.
"""

import os
import queue
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme
from installed import installed
from paired import compare

from codegpt_doctor.simulator import KEY
from codegpt_doctor.simulator.server import Simulator

ROUND_TRIP = 0.05  # seconds
CHAT = "/chat/completions"
BODY = '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}]}'


@contextmanager
def relayed(port: int) -> Iterator[int]:
    """Pass bytes on to a port of this machine, each half a round trip late; gives the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        threading.Thread(target=_accept, args=(listener, port), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, port: int) -> None:
    while True:
        try:
            near = listener.accept()[0]
        except OSError:
            return
        far = socket.create_connection(("127.0.0.1", port))
        for source, sink in ((near, far), (far, near)):
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            late: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
            threading.Thread(target=_take, args=(source, late), daemon=True).start()
            threading.Thread(target=_give, args=(sink, late), daemon=True).start()


def _take(source: socket.socket, late: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
    data = b"-"
    while data:
        try:
            data = source.recv(65536)
        except OSError:
            data = b""
        late.put((time.monotonic() + ROUND_TRIP / 2, data))


def _give(sink: socket.socket, late: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
    data = b"-"
    while data:
        due, data = late.get()
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            if data:
                sink.sendall(data)
            else:
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, Path]]:
    """The healthy simulator over TLS: its port, and the file of its authority."""
    authority = trustme.CA()
    bundle = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    simulator = Simulator()
    simulator.encrypt(context)
    with simulator:
        yield simulator.port, bundle


def main() -> None:
    """Compare the two."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (behind, bundle),
        relayed(behind) as port,
        installed() as (doctor, _),
    ):
        url = f"https://127.0.0.1:{port}/v1"
        environment = {
            "PATH": os.environ["PATH"],
            "OPENAI_BASE_URL": url,
            "OPENAI_API_KEY": KEY,
            "SSL_CERT_FILE": str(bundle),
        }
        common = ["-s", "--cacert", str(bundle), "-H", f"Authorization: Bearer {KEY}"]
        post = ["-H", "Content-Type: application/json", "-d", BODY, url + CHAT]
        curl = ["curl", "-Z", *common, f"{url}/models", "--next", *common, *post]
        compare([doctor, "check", "--provider", "openai"], curl, environment=environment)


if __name__ == "__main__":
    main()
