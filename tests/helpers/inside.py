"""Runs within a namespace: makes the little world of a plan, runs the command, tells the result.

The plan comes as JSON on standard input, the result goes as JSON to standard output.
"""

import ctypes
import fcntl
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SIOCSIFADDR, SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8916, 0x8913, 0x8914
IFF_UP = 1
MS_BIND, MS_REC = 0x1000, 0x4000
MARK = ".dockerenv"


def bring_up(name: str) -> None:
    """Turn a network interface on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", name.encode(), 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", name.encode(), flags | IFF_UP))


def add_address(name: str, address: str) -> None:
    """Give an alias of an interface an IPv4 address."""
    packed = struct.pack("16sHH4s8x", name.encode(), socket.AF_INET, 0, socket.inet_aton(address))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFADDR, packed)


def mount(source: str, target: str, kind: str, flags: int = 0) -> None:
    """Mount something, for this namespace alone."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, None):
        raise OSError(ctypes.get_errno(), f"mount {source} at {target}")


def enter_root(scratch: str, container: bool) -> None:
    """Go to a root that has all of the system's folders, and the mark of a container or not."""
    root = tempfile.mkdtemp(dir=scratch)
    mount("tmpfs", root, "tmpfs")
    for entry in os.scandir("/"):
        target = os.path.join(root, entry.name)
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), target)
        elif entry.is_dir():
            os.mkdir(target)
            mount(entry.path, target, "none", MS_BIND | MS_REC)
    if container:
        Path(root, MARK).touch()
    os.chroot(root)
    os.chdir("/")


def mount_hosts(scratch: str, text: str) -> None:
    """Put another hosts file over the system's."""
    with tempfile.NamedTemporaryFile("w", dir=scratch, delete=False) as file:
        file.write(text)
    os.chmod(file.name, 0o644)
    mount(file.name, "/etc/hosts", "none", MS_BIND)


def serve_handshakes(certificate: str) -> None:
    """Stand in for every host of CodeGPT, on the port for HTTPS."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from helpers.worlds import shake_hands

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = socket.create_server(("127.0.0.1", 443))
    threading.Thread(target=shake_hands, args=(server, context), daemon=True).start()


def main() -> None:
    """Make the world, run the command, tell the result."""
    plan = json.load(sys.stdin)
    bring_up("lo")
    add_address("lo:1", plan["lan"])
    enter_root(plan["scratch"], plan["container"])
    mount_hosts(plan["scratch"], plan["hosts"])
    if plan["certificate"]:
        serve_handshakes(plan["certificate"])
    services = []
    for one in plan["services"]:
        process = subprocess.Popen(
            one["command"], cwd=one["folder"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdout
        assert process.stdout.readline() == b"listening\n"
        services.append(process)
    done = subprocess.run(
        plan["command"],
        env=plan["environment"],
        cwd=plan["folder"],
        capture_output=True,
        check=False,
    )
    result = {
        "code": done.returncode,
        "out": done.stdout.decode(),
        "err": done.stderr.decode(),
        "pids": [process.pid for process in services],
        "alive": [process.poll() is None for process in services],
    }
    for process in services:
        process.kill()
    json.dump(result, sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
