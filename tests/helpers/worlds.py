"""A little world for a run about the editor: real sockets, real processes, a real hosts file.

Where Linux lets us, the world is a network and mount namespace of its own, in which the command
runs against the real ports and names.  Elsewhere the same run happens in this process, with ports
that are free here.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import trustme

from codegpt_doctor.editor.discovery import find_editors
from codegpt_doctor.editor.environment import PORTS, EditorEnvironment
from codegpt_doctor.editor.run import run_editor_checks
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.probes.local_services import Endpoint
from codegpt_doctor.settings.values import Settings, Value
from helpers.command import COMMAND, environment
from helpers.homes import Home
from helpers.servers import closed_port

HERE = Path(__file__).parent
INSIDE = HERE / "inside.py"
HOLDER = HERE / "holder.py"
HOSTS = ("api.codegpt.co", "app.codegpt.co")
LAN = "192.0.2.7"
OLLAMA = 11434
NAMED = "127.0.0.1 localhost\n::1 localhost\n"


@dataclass
class Service:
    """A process that listens: ``port`` counts in the ports of CodeGPT, and then Ollama's.

    ``says`` is http, silent (accepts and says nothing) or a file of JSON.  ``folder`` is where it
    works, which tells whose it is.
    """

    folder: Path
    port: int = 0
    address: str = "127.0.0.1"
    says: str = "http"


@dataclass
class World:
    """What there is, besides the home: services, the hosts file, what CodeGPT's hosts are."""

    home: Home
    services: list[Service] = field(default_factory=list)
    hosts: str = NAMED
    reachable: bool = True
    container: bool = False
    variables: dict[str, str] = field(default_factory=dict)


@cache
def has_namespaces() -> bool:
    """Whether a namespace with a network and mounts of its own can be made here."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    tried = (*_unshare(), "mount", "--bind", "/etc/hosts", "/etc/hosts")
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def own_address() -> str:
    """An address of this machine that the name localhost does not lead to."""
    if sys.platform == "linux":
        return "127.0.0.2"  # others have only the one loopback address, but a network card
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect((LAN, 9))  # sends nothing: it only chooses the card
        return str(asking.getsockname()[0])


def _unshare() -> tuple[str, ...]:
    root = () if os.geteuid() == 0 else ("--map-root-user",)
    return ("unshare", *root, "--net", "--mount", "--propagation", "private", "--")


KINDS = ["plain", *(["namespace"] if has_namespaces() else [])]


@cache
def authority() -> trustme.CA:
    """Who signs the certificates of every world."""
    return trustme.CA()


def examine(world: World, kind: str) -> dict[str, Any]:
    """Run about the editor in a world: the report as data, with the pids of the services."""
    return _in_namespace(world) if kind == "namespace" else _plainly(world)


def run_inside(world: World, *arguments: str) -> dict[str, Any]:
    """Run the command in a namespace: ``code``, ``out``, ``err`` and the ``pids`` of services."""
    bundle, certificate = _certificates(world.home.path)
    hosts = world.hosts + ("127.0.0.1 " + " ".join(HOSTS) + "\n" if world.reachable else "")
    variables = {"HOME": str(world.home.path), "SSL_CERT_FILE": str(bundle)}
    given = environment(**variables, **world.home.environment, **world.variables)
    plan = {
        "hosts": hosts,
        "lan": LAN,
        "scratch": str(world.home.path.parent),
        "container": world.container,
        "certificate": str(certificate) if world.reachable else None,
        "services": [_holding(one, (*PORTS, OLLAMA)[one.port]) for one in world.services],
        "command": [*COMMAND, *arguments],
        "environment": given,
        "folder": str(_folder(world)),
    }
    done = subprocess.run(
        (*_unshare(), sys.executable, str(INSIDE)),
        input=json.dumps(plan).encode(),
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _in_namespace(world: World) -> dict[str, Any]:
    done = run_inside(world, "editor", "--json", "--timeout", "8")
    assert done["err"] == "", done["err"]
    report: dict[str, Any] = json.loads(done["out"])
    assert report["exit_code"] == done["code"]
    return {**report, "pids": done["pids"], "alive": done["alive"]}


def _plainly(world: World) -> dict[str, Any]:
    """The same in this process: other ports, one host, and no hosts file."""
    with ExitStack() as stack:
        ports = closed_port(), closed_port()
        running = [
            stack.enter_context(_service(_holding(one, ports[one.port]))) for one in world.services
        ]
        bundle, certificate = _certificates(world.home.path)
        port = stack.enter_context(_handshakes(certificate)) if world.reachable else closed_port()
        settings = Settings(
            "openai",
            Value("https://api.openai.com/v1", "default"),
            ca_bundle=Value(str(bundle), "test"),
            direct=True,
        )
        world.home.environment.update(world.variables)
        if world.container:
            world.home.write("root/.dockerenv")
        machine = world.home.machine
        _folder(world)
        models = {"Ollama": Endpoint(closed_port(), "/api/tags")}
        hosts = (("localhost", port),)
        place = EditorEnvironment(machine, find_editors(machine), ports, hosts, models)
        report = run_editor_checks(place, settings, 8)
        alive = [process.poll() is None for process in running]
        pids = [process.pid for process in running]
        return {**report_data(report), "pids": pids, "alive": alive}


def _folder(world: World) -> Path:
    world.home.folder.mkdir(exist_ok=True)
    return world.home.folder


def _holding(one: Service, port: int) -> dict[str, Any]:
    one.folder.mkdir(parents=True, exist_ok=True)
    arguments = [sys.executable, str(HOLDER), one.address, str(port), one.says]
    return {"command": arguments, "folder": str(one.folder)}


@contextmanager
def _service(plan: Mapping[str, Any]) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        plan["command"], cwd=plan["folder"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"listening" + os.linesep.encode()
        try:
            yield process
        finally:
            process.stdin.close()


def _certificates(folder: Path) -> tuple[Path, Path]:
    """The file of the authority, and one with a certificate and its key for every host."""
    bundle, certificate = folder / "ca.pem", folder / "server.pem"
    authority().cert_pem.write_to_path(str(bundle))
    issued = authority().issue_cert("localhost", *HOSTS)
    issued.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    return bundle, certificate


@contextmanager
def _handshakes(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=shake_hands, args=(server, context), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    """Take connections and end each after the handshake, until the socket is closed."""
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                continue
