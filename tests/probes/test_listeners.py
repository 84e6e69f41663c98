"""Who holds a port: real sockets of real processes, seen without running any program."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from helpers.servers import closed_port

from codegpt_doctor.probes.listeners import Listener, listeners, program_of

HOLDING = (
    "import socket, sys\n"
    "held = socket.create_server((sys.argv[1], 0), family=int(sys.argv[2]))\n"
    "print(held.getsockname()[1], flush=True)\n"
    "sys.stdin.read()\n"
)


@contextmanager
def holding(address: str, folder: Path, *arguments: str) -> Iterator[tuple[int, int]]:
    """A process that listens at an address and works in a folder: its port and its pid."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with subprocess.Popen(
        (sys.executable, "-c", HOLDING, address, str(int(family)), *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.stdin.close()


def of(pid: int, port: int) -> list[Listener]:
    """What a process holds of a port, whose other addresses another one may hold."""
    return [one for one in listeners((port,)) if one.pid == pid]


def test_a_process_that_listens_is_named(tmp_path: Path) -> None:
    with holding("127.0.0.1", tmp_path) as (port, pid):
        (found,) = of(pid, port)
    assert (found.port, found.address) == (port, "127.0.0.1")
    assert "python" in found.program.lower()
    assert "socket.create_server" in found.command
    assert os.path.realpath(found.folder) == os.path.realpath(tmp_path)


def test_a_command_line_is_not_shown_by_accident(tmp_path: Path) -> None:
    with holding("127.0.0.1", tmp_path, "--password=S3cret") as (port, pid):
        (found,) = of(pid, port)
    assert "S3cret" in found.command
    assert "S3cret" not in repr(found)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "::1"])
def test_the_whole_network_is_told_from_this_machine(address: str, tmp_path: Path) -> None:
    with holding(address, tmp_path) as (port, pid):
        assert [one.address for one in of(pid, port)] == [address]


def test_an_address_of_ipv4_within_ipv6_is_one_of_ipv4() -> None:
    with socket.socket(socket.AF_INET6) as held:
        held.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        held.bind(("::ffff:127.0.0.1", 0))
        held.listen()
        (found,) = of(os.getpid(), held.getsockname()[1])
    assert found.address == "127.0.0.1"


def test_each_socket_is_listed_once_where_processes_share_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        os.set_inheritable(held.fileno(), True)
        waiting = (sys.executable, "-c", "print(flush=True); input()")
        pipe = subprocess.PIPE
        with subprocess.Popen(waiting, stdin=pipe, stdout=pipe, close_fds=False) as heir:
            assert heir.stdin
            assert heir.stdout
            heir.stdout.readline()
            found = listeners((port,))
            heir.stdin.close()
    assert len(found) == len(set(found))
    assert {one.pid for one in found} <= {os.getpid(), heir.pid}


def test_a_port_that_nobody_holds() -> None:
    assert listeners((closed_port(),)) == []


def test_the_program_of_a_process(tmp_path: Path) -> None:
    with holding("127.0.0.1", tmp_path) as (_, pid):
        assert "python" in program_of(pid).lower()
    assert program_of(pid) == ""


@pytest.mark.parametrize("pid", [-1, 2**31 - 1, 2**63, 10**30])
def test_a_number_that_is_no_process(pid: int) -> None:
    assert program_of(pid) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="macOS is what takes the other way")
def test_where_the_list_of_everybody_is_refused_ones_own_processes_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(kind: str) -> None:
        raise psutil.AccessDenied

    with holding("127.0.0.1", tmp_path) as (port, pid):
        usual = listeners((port,))
        monkeypatch.setattr(psutil, "net_connections", refuse)
        assert listeners((port,)) == usual
    assert usual[0].pid == pid
