"""An organization on loopback: the simulator's answers, except where a test says otherwise."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qs, urlsplit

from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value
from codegpt_doctor.simulator import healthy, organization
from helpers.servers import Listener, listening, response

PROJECT_KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
ADMIN_KEY = "sk-admin-Kd5Rw2Gh8Jt4Lp1Zx7Cv9Bn3Mq6T3BlbkFJAf0Se2Ui4Oy8Pl1Xk5V"

Query = Mapping[str, list[str]]
Whole = tuple[int, Any, dict[str, str]]
Told = tuple[int, Any] | Whole | Callable[[Query], tuple[int, Any]] | str
HANG = "hang"


@contextmanager
def serving(told: Mapping[str, Told] | None = None) -> Iterator[Listener]:
    """Serve an organization; ``told`` maps paths, which may have a *, to what is answered there."""

    def answer(connection: socket.socket, request: bytes, listener: Listener) -> None:
        found = _answer(request, told or {})
        if found == HANG:
            listener.closing.wait(30)
        elif isinstance(found, tuple):
            status, body, headers = found if len(found) == 3 else (*found, {})
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            connection.sendall(response(status, data, headers=headers))

    with listening(answer) as listener:
        yield listener


def _answer(request: bytes, told: Mapping[str, Told]) -> Any:
    method, target, _ = request.split(b"\r\n")[0].decode().split(" ")
    parts = urlsplit(target)
    path, query = parts.path.removeprefix("/v1"), parse_qs(parts.query)
    for pattern, found in told.items():
        if fnmatchcase(path, pattern):
            return found(query) if callable(found) else found
    key = authorization_of(request)
    if method == "GET" and path.startswith(("/organization/", "/dashboard/")):
        return organization.answer(path, query, key)
    sent = request.partition(b"\r\n\r\n")[2] if method == "POST" else None
    status, body = healthy.answer(path, sent, key)
    return status, body, healthy.HEADERS if sent is not None else {}


def authorization_of(request: bytes) -> str:
    """The value of the Authorization header of a request as it was sent."""
    for line in request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "authorization":
            return value.strip()
    return ""


def path_of(request: bytes) -> str:
    """The path of a request, without its query."""
    return urlsplit(request.split(b" ")[1].decode()).path


def settings_for(listener: Listener, **changes: Any) -> Settings:
    """Settings with both keys that lead to a server."""
    settings = Settings(
        "openai",
        Value(listener.base_url, "test"),
        Key(Secret(PROJECT_KEY), "OPENAI_API_KEY"),
        Key(Secret(ADMIN_KEY), "OPENAI_ADMIN_KEY"),
        direct=True,
    )
    return replace(settings, **changes)


def page_of(buckets: list[tuple[int, list[dict[str, Any]]]], cursor: str | None = None) -> Any:
    """A page of costs: buckets of a day by the time of their start, with their results."""
    data = [
        {"object": "bucket", "start_time": start, "end_time": start + 86400, "results": results}
        for start, results in buckets
    ]
    return {"object": "page", "data": data, "has_more": bool(cursor), "next_page": cursor}


def cost(value: Any, currency: str = "usd", **owner: str) -> dict[str, Any]:
    """One result of a bucket of costs."""
    amount = {"value": value, "currency": currency}
    return {"object": "organization.costs.result", "amount": amount, **owner}
