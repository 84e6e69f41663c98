"""Who holds a port: real sockets of real processes, and the lists as each system prints them."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from helpers.servers import closed_port

from codegpt_doctor.probes.listeners import (
    Listener,
    listeners,
    parse_lsof,
    parse_netstat,
    parse_proc_net,
    parse_tasklist,
    program_of,
)

PORTS = (54112, 54113)

PROC_TCP = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:D360 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 111 1
   1: 0743A8C0:D361 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 222 1
   2: 0100007F:D360 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 333 1
   3: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 444 1
"""
_ANY = "0" * 32
_REST = f"{_ANY}:0000 0A 0:0 0:0 0 1000 0"
PROC_TCP6 = f"""\
  sl  local_address                         remote_address                        st tx_queue
   0: {_ANY}:D361 {_REST} 555 1
   1: 00000000000000000000000001000000:D360 {_REST} 666 1
   2: 0000000000000000FFFF00000743A8C0:D360 {_REST} 777 1
"""
LSOF = """\
p4242
cCode\\x20Helper\\x20(Plugin)
f25
n127.0.0.1:54112
f26
n*:54113
p77
cnode
f18
n[::1]:54112
"""
NETSTAT = """\

Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1044
  TCP    127.0.0.1:54112        0.0.0.0:0              LISTENING       4242
  TCP    127.0.0.1:54112        127.0.0.1:60123        ESTABLISHED     4242
  TCP    [::1]:54113            [::]:0                 LISTENING       77
  UDP    0.0.0.0:54112          *:*                                    99
"""
NETSTAT_GERMAN = """\

Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:54112          0.0.0.0:0              ABHÖREN         4242
  TCP    [fe80::1%12]:54113     [::]:0                 ABHÖREN         0
  TCP    192.168.1.7:54113      10.0.0.1:443           HERGESTELLT     77
"""
TASKLIST = '"Code.exe","4242","Console","1","123,456 K"\r\n'


def test_the_table_of_the_kernel_for_ipv4() -> None:
    assert list(parse_proc_net(PROC_TCP, 4, PORTS)) == [
        (Listener(54112, "127.0.0.1"), "111"),
        (Listener(54113, "192.168.67.7"), "222"),
    ]


def test_the_table_of_the_kernel_for_ipv6() -> None:
    assert list(parse_proc_net(PROC_TCP6, 16, PORTS)) == [
        (Listener(54113, "::"), "555"),
        (Listener(54112, "::1"), "666"),
        (Listener(54112, "192.168.67.7"), "777"),
    ]


def test_the_list_of_lsof() -> None:
    assert parse_lsof(LSOF) == [
        Listener(54112, "127.0.0.1", 4242, "Code Helper (Plugin)"),
        Listener(54113, "0.0.0.0", 4242, "Code Helper (Plugin)"),
        Listener(54112, "::1", 77, "node"),
    ]


def test_the_list_of_netstat() -> None:
    assert parse_netstat(NETSTAT, PORTS) == [
        Listener(54112, "127.0.0.1", 4242),
        Listener(54113, "::1", 77),
    ]


def test_the_list_of_netstat_in_another_language() -> None:
    assert parse_netstat(NETSTAT_GERMAN, PORTS) == [
        Listener(54112, "0.0.0.0", 4242),
        Listener(54113, "fe80::1", None),
    ]


def test_the_list_of_tasks() -> None:
    assert parse_tasklist(TASKLIST) == "Code.exe"
    assert parse_tasklist("INFO: No tasks are running which match the criteria.\r\n") == ""


@pytest.mark.parametrize("text", ["", "\n", "x", "p\nc\nn", "TCP a b c d", "p1\nn*:*"])
def test_a_list_that_says_nothing_names_nobody(text: str) -> None:
    assert parse_lsof(text) == []
    assert parse_netstat(text, PORTS) == []
    assert list(parse_proc_net(text, 4, PORTS)) == []
    assert parse_tasklist(text) == ""


HOLDING = (
    "import socket, sys\n"
    "held = socket.create_server((sys.argv[1], 0), family=int(sys.argv[2]))\n"
    "print(held.getsockname()[1], flush=True)\n"
    "sys.stdin.read()\n"
)


@contextmanager
def holding(address: str, folder: Path) -> Iterator[tuple[int, int]]:
    """A process that listens at an address and works in a folder: its port and its pid."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with subprocess.Popen(
        (sys.executable, "-c", HOLDING, address, str(int(family))),
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


# lsof is what macOS has; where Linux has it too, both ways must say the same
WAYS = [sys.platform, *(["darwin"] if sys.platform == "linux" and shutil.which("lsof") else [])]


@pytest.mark.parametrize("platform", WAYS)
def test_a_process_that_listens_is_named(platform: str, tmp_path: Path) -> None:
    with holding("127.0.0.1", tmp_path) as (port, pid):
        (found,) = listeners((port,), platform)
    assert (found.port, found.address, found.pid) == (port, "127.0.0.1", pid)
    assert "python" in found.program.lower()
    if platform != "win32":
        assert "socket.create_server" in found.command
        assert os.path.realpath(found.folder) == os.path.realpath(tmp_path)


@pytest.mark.parametrize("platform", WAYS)
def test_the_whole_network_is_told_from_this_machine(platform: str, tmp_path: Path) -> None:
    with holding("0.0.0.0", tmp_path) as (port, _):
        assert [one.address for one in listeners((port,), platform)] == ["0.0.0.0"]


@pytest.mark.parametrize("platform", WAYS)
def test_a_port_that_nobody_holds(platform: str) -> None:
    port = closed_port()
    assert listeners((port,), platform) == []


@pytest.mark.parametrize("platform", WAYS)
def test_the_program_of_a_process(platform: str, tmp_path: Path) -> None:
    with holding("127.0.0.1", tmp_path) as (_, pid):
        assert "python" in program_of(pid, platform).lower()
    assert program_of(pid, platform) == ""
