"""The Node.js that an editor's extensions run on, and the way that their requests take.

Sources: the start scripts of VS Code (``resources/*/bin``), and the order in which its
``@vscode/proxy-agent`` looks for a proxy (``src/index.ts``), both read on 2026-11-28.
"""

import os
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from codegpt_doctor.editor.discovery import Editor, find_editors
from codegpt_doctor.editor.installations import programs
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.preferences import (
    NO_PROXY,
    PROXY,
    SUPPORT,
    SYSTEM,
    Preferences,
    preferences,
)
from codegpt_doctor.net.proxy import ChosenProxy, system_proxy
from codegpt_doctor.probes.node import Runtime
from codegpt_doctor.programs import found_in, on_path

DIRECT = ("localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1")
VARIABLES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")


def find_runtime(machine: Machine, url: str) -> Runtime:
    """The Node.js to ask: that of an editor with CodeGPT, of any editor, or the one on the path.

    Args:
        machine: where to look.
        url: the base URL, which decides about the proxy.
    """
    editors = sorted(find_editors(machine), key=lambda editor: editor.codegpt is None)
    read = next((one for editor in editors if (one := preferences(editor.place.settings))), None)
    proxy = proxy_of_editor(url, read or Preferences(""), machine.environment)
    found = next((one for editor in editors for one in _of_editor(editor, machine)), None)
    if found is None:
        path = on_path("node", machine.platform, machine.environment, machine.folder)
        found = Runtime(path)
    asks_system = not (read and read.is_off(SYSTEM))
    return found._replace(proxy=proxy, asks_system=asks_system)


def _of_editor(editor: Editor, machine: Machine) -> Iterator[Runtime]:
    """The runtimes of an editor that are there; one in a flatpak cannot be run from outside."""
    place, name = editor.place, editor.place.product.name
    if place.kind == "flatpak":
        return
    for folder in programs(place, machine):
        if place.kind == "remote server":
            path = found_in((folder,), "node", machine.platform)
            candidates = [Runtime(path, name)] if path else []
        else:
            candidates = [Runtime(path, name, True) for path in _programs(editor, folder, machine)]
        yield from (one for one in candidates if not _is_within(one.program, machine.folder))


def _programs(editor: Editor, folder: str, machine: Machine) -> Iterator[str]:
    """The program of an editor whose ``product.json`` is in a folder."""
    product = editor.place.product
    up = [os.path.normpath(os.path.join(folder, *[".."] * levels)) for levels in (1, 2, 3)]
    if machine.platform == "darwin":
        places, names = [os.path.join(up[1], "MacOS")], ["Electron", product.mac]
    elif machine.platform == "win32":
        places, names = up[1:], [product.user]
    else:
        places, names = up[1:2], [product.command]
    found = (found_in(places, name, machine.platform) for name in names)
    return (path for path in found if path)


def _is_within(path: str | None, folder: str) -> bool:
    home = os.path.realpath(os.path.expanduser("~"))
    here = os.path.realpath(folder)
    inside = os.path.realpath(path or "").startswith(os.path.join(here, ""))
    return bool(folder) and inside and here != home


def proxy_of_editor(
    url: str, read: Preferences, environment: Mapping[str, str]
) -> ChosenProxy | None:
    """The proxy that an editor goes through to an address, and what names it; None for none.

    Args:
        url: the address.
        read: the editor's settings.
        environment: the variables that the editor would start with.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if read.text(SUPPORT) == "off" or host in DIRECT:
        return None
    listed = read.values.get(NO_PROXY)
    exceptions = [str(one) for one in listed] if isinstance(listed, list) else []
    if not exceptions:
        exceptions = (environment.get("no_proxy") or environment.get("NO_PROXY", "")).split(",")
    if any(_covers(one, host, port) for one in exceptions):
        return None
    if read.text(PROXY):
        return ChosenProxy(read.text(PROXY), f"{PROXY} of the editor")
    variable = next((name for name in VARIABLES if environment.get(name)), None)
    return ChosenProxy(environment[variable], variable) if variable else system_proxy(url)


def _covers(exception: str, host: str, port: int) -> bool:
    """Whether an exception is about a host: its name, a suffix of it, ``*``, or a port with it."""
    name, colon, wanted = exception.strip().lower().rpartition(":")
    if not colon or not wanted.isdecimal():
        name, wanted = exception.strip().lower(), str(port)
    if name == "*":
        return wanted == str(port)
    suffix = name.lstrip("*").lstrip(".")
    return bool(suffix) and wanted == str(port) and (host == suffix or host.endswith(f".{suffix}"))
