"""Which program listens on a port, as far as this person may see it.  No program is run."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

import psutil


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket that listens, and what may be known of the process that holds it.

    ``pid`` is None when the process belongs to another person.  ``program`` is its path or name.
    ``command``, its command line, and ``folder``, where it works, tell whose it is; a command line
    can hold passwords, so neither is for any output.
    """

    port: int
    address: str
    pid: int | None = None
    program: str = ""
    command: str = field(default="", repr=False)
    folder: str = field(default="", repr=False)


def listeners(ports: Collection[int]) -> list[Listener]:
    """Every socket that listens on one of the ports."""
    found: dict[tuple[int, str, int | None], Listener] = {}
    for address, port, pid in _listening():
        key = (port, _plain(address), pid)
        if port in ports and key not in found:
            found[key] = _of_process(*key)
    return list(found.values())


def program_of(pid: int) -> str:
    """The path or name of the program that a process runs; empty when there is no such process."""
    try:
        return _program(psutil.Process(pid))
    except (psutil.Error, ValueError, OverflowError):
        return ""


def _listening() -> Iterator[tuple[str, int, int | None]]:
    """The address, the port and the process of each socket that listens."""
    try:
        for one in psutil.net_connections("tcp"):
            if one.laddr and one.status == psutil.CONN_LISTEN:
                yield one.laddr.ip, one.laddr.port, one.pid or None
    except psutil.AccessDenied:  # macOS shows no list of everybody's sockets
        yield from _listening_of_mine()


def _listening_of_mine() -> Iterator[tuple[str, int, int | None]]:
    for process in psutil.process_iter():
        try:
            held = process.net_connections("tcp")
        except psutil.Error:
            continue
        for one in held:
            if one.laddr and one.status == psutil.CONN_LISTEN:
                yield one.laddr.ip, one.laddr.port, process.pid


def _plain(address: str) -> str:
    """An address without its zone; one of IPv4 within IPv6 as IPv4."""
    plain = ip_address(address.partition("%")[0])
    mapped = plain.ipv4_mapped if isinstance(plain, IPv6Address) else None
    return str(mapped or plain)


def _of_process(port: int, address: str, pid: int | None) -> Listener:
    if pid is None:
        return Listener(port, address)
    try:
        process = psutil.Process(pid)
    except psutil.Error:
        return Listener(port, address, pid)
    command, folder = _command(process), _folder(process)
    return Listener(port, address, pid, _program(process), command, folder)


def _program(process: psutil.Process) -> str:
    """The path where it may be seen, else the name."""
    try:
        return process.exe() or process.name()
    except psutil.AccessDenied:
        return _name(process)
    except psutil.Error:
        return ""


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _folder(process: psutil.Process) -> str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""
