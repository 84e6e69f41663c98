"""Which program listens on a port: from /proc on Linux, lsof on macOS, netstat on Windows."""

import csv
import ipaddress
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from codegpt_doctor.probes.processes import output_of

_LISTENING = "0A"


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket that listens, and what may be known of the process that holds it.

    ``pid`` is None when the process belongs to another person.  ``program`` is its path or name,
    ``command`` its command line, ``folder`` where it works.
    """

    port: int
    address: str
    pid: int | None = None
    program: str = ""
    command: str = ""
    folder: str = ""


def listeners(ports: Collection[int], platform: str) -> list[Listener]:
    """Every socket that listens on one of the ports."""
    if platform == "linux":
        return list(_on_linux(ports))
    if platform == "win32":
        found = parse_netstat(output_of(("netstat", "-ano")) or "", ports)
        return [replace(one, program=_task(one.pid)) if one.pid else one for one in found]
    chosen = [f"-iTCP:{port}" for port in ports]
    said = output_of(("lsof", "+c0", "-nP", *chosen, "-sTCP:LISTEN", "-Fpcn")) or ""
    return [_with_command(one) for one in parse_lsof(said)]


def program_of(pid: int, platform: str) -> str:
    """The path or name of the program that a process runs; empty when there is no such process."""
    if platform == "linux":
        return _link(pid, "exe")
    if platform == "win32":
        return _task(pid)
    return (output_of(("ps", "-o", "comm=", "-p", str(pid))) or "").strip()


def _on_linux(ports: Collection[int]) -> Iterator[Listener]:
    tables = [(_table(name), bytes_) for name, bytes_ in (("tcp", 4), ("tcp6", 16))]
    found = [row for text, size in tables for row in parse_proc_net(text, size, ports)]
    owners = _owners({inode for _, inode in found}) if found else {}
    for listener, inode in found:
        pid = owners.get(inode)
        yield _of_process(listener, pid) if pid else listener


def _table(name: str) -> str:
    try:
        with open(f"/proc/net/{name}", encoding="ascii") as file:
            return file.read()
    except OSError:
        return ""


def parse_proc_net(text: str, size: int, ports: Collection[int]) -> Iterator[tuple[Listener, str]]:
    """The listeners in a table of the kernel, each with its inode; ``size`` bytes an address."""
    for line in text.splitlines()[1:]:
        fields = line.split()
        if len(fields) > 9 and fields[3] == _LISTENING:
            address, _, port = fields[1].partition(":")
            if int(port, 16) in ports:
                yield Listener(int(port, 16), _address(address[: 2 * size])), fields[9]


def _address(digits: str) -> str:
    """An address from hexadecimal words in the order of the machine's bytes."""
    words = [bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8)]
    address = ipaddress.ip_address(b"".join(words))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _owners(inodes: set[str]) -> dict[str, int]:
    """The processes that hold sockets, as far as this person may see them."""
    wanted = {f"socket:[{inode}]": inode for inode in inodes}
    found: dict[str, int] = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for inode in _sockets(pid, wanted):
            found.setdefault(inode, int(pid))
        if len(found) == len(inodes):
            break
    return found


def _sockets(pid: str, wanted: dict[str, str]) -> Iterator[str]:
    try:
        names = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return
    for name in names:
        try:
            target = os.readlink(f"/proc/{pid}/fd/{name}")
        except OSError:
            continue
        if target in wanted:
            yield wanted[target]


def _of_process(listener: Listener, pid: int) -> Listener:
    return replace(
        listener,
        pid=pid,
        program=_link(pid, "exe"),
        command=_command_line(pid),
        folder=_link(pid, "cwd"),
    )


def _link(pid: int, name: str) -> str:
    try:
        return os.readlink(f"/proc/{pid}/{name}").removesuffix(" (deleted)")
    except OSError:
        return ""


def _command_line(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read(4096).replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""


def parse_lsof(text: str) -> list[Listener]:
    """The listeners in the output of ``lsof -Fpcn``: a line a field, the process first."""
    found: dict[tuple[int, str, int], Listener] = {}
    pid, program = 0, ""
    for line in text.splitlines():
        kind, value = line[:1], line[1:]
        if kind == "p" and value.isdigit():
            pid, program = int(value), ""
        elif kind == "c":
            program = re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), value)
        elif kind == "n":
            address, _, port = value.rpartition(":")
            if port.isdigit():
                address = {"*": "0.0.0.0"}.get(address, address.strip("[]"))  # noqa: S104
                found[(int(port), address, pid)] = Listener(int(port), address, pid, program)
    return list(found.values())


def _with_command(listener: Listener) -> Listener:
    pid = str(listener.pid)
    command = (output_of(("ps", "-ww", "-o", "command=", "-p", pid)) or "").strip()
    said = output_of(("lsof", "-a", "-p", pid, "-d", "cwd", "-Fn")) or ""
    folders = [line[1:] for line in said.splitlines() if line.startswith("n")]
    return replace(listener, command=command, folder=folders[0] if folders else "")


def parse_netstat(text: str, ports: Collection[int]) -> list[Listener]:
    """The listeners in the output of ``netstat -ano``, in whatever language Windows speaks.

    A socket that listens has no other side; the word for that differs, its port 0 does not.
    """
    found = []
    for line in text.splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[0] != "TCP" or not fields[-1].isdigit():
            continue
        address, _, port = fields[1].rpartition(":")
        listens = fields[2].rpartition(":")[2] == "0"
        if listens and port.isdigit() and int(port) in ports:
            plain = address.strip("[]").partition("%")[0]
            found.append(Listener(int(port), plain, int(fields[-1]) or None))
    return found


def _task(pid: int) -> str:
    return parse_tasklist(
        output_of(("tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH")) or ""
    )


def parse_tasklist(text: str) -> str:
    """The name of the program in the output of ``tasklist /FO CSV /NH``; empty without one."""
    rows = [row for row in csv.reader(text.splitlines()) if len(row) > 1 and row[1].isdigit()]
    return rows[0][0] if rows else ""
