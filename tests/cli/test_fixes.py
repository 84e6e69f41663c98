"""The first step of a fix, done as it is told, removes the cause: the next run is healthy."""

import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from helpers.authorities import self_signed
from helpers.command import data_of, environment, run
from helpers.servers import Listener, closed_port, listening, response

KEY = "sk-proj-" + "Zm4Tq9Wb2Xc7Vd5Rf8Yg" * 2
MODELS = {"object": "list", "data": [{"id": "gpt-4o-mini"}]}
ANSWER = {"choices": [{"message": {"content": "hi"}}]}
INVALID = {"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}
UNKNOWN = {"error": {"message": "The model does not exist.", "code": "model_not_found"}}


def api(connection: Any, request: bytes, _: "Listener | None") -> None:
    """An API with its endpoints below /v1 that knows one key and one model."""
    head, _blank, body = request.partition(b"\r\n\r\n")
    path = head.split()[1].decode()
    if not path.startswith("/v1/"):
        answer = response(404, json.dumps({"detail": "Not Found"}).encode())
    elif f"Bearer {KEY}".encode() not in head:
        answer = response(401, json.dumps(INVALID).encode())
    elif path == "/v1/models":
        answer = response(200, json.dumps(MODELS).encode())
    elif path == "/v1/chat/completions":
        known = json.loads(body)["model"] == "gpt-4o-mini"
        answer = response(200 if known else 404, json.dumps(ANSWER if known else UNKNOWN).encode())
    else:
        answer = response(404, json.dumps({"detail": "Not Found"}).encode())
    connection.sendall(answer)


def moved(connection: Any, request: bytes, to: "Listener | None") -> None:
    """The API, which has moved from /old to /v1."""
    if request.split()[1].startswith(b"/old/"):
        place = request.split()[1].decode().replace("/old/", "/v1/")
        connection.sendall(response(308, b"", headers={"Location": place}))
    else:
        api(connection, request, to)


@contextmanager
def encrypted(context: ssl.SSLContext) -> Iterator[int]:
    """The API behind TLS: its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, context), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, context), daemon=True).start()


def _serve(connection: socket.socket, context: ssl.SSLContext) -> None:
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            request = secured.recv(65536)
            while b"POST" in request[:4] and request.endswith(b"\r\n\r\n"):
                request += secured.recv(65536)
            if request:  # else only the certificate was looked at
                api(secured, request, None)
    except OSError:
        return


class Person:
    """Somebody who runs the command, and does what the first step says and nothing else."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.folder = folder
        self.arguments = list(arguments)
        self.variables = {"OPENAI_API_KEY": KEY, **variables}

    def asks(self) -> dict[str, Any]:
        """Run the command."""
        arguments = ("check", "--json", "--timeout", "15", *self.arguments)
        done = run(*arguments, variables=self.variables, folder=self.folder, timeout=60)
        return data_of(done)

    def does(self, step: str) -> None:
        """Do what a step says."""
        line, *code = step.split("\n")
        for option in ("--base-url", "--model"):
            told = re.search(rf"{option} (\S+)", line)
            if told:
                self._choose(option, told[1].rstrip(",."))
                return
        if "--allow-http" in line:
            self.arguments.append("--allow-http")
        for name, value in re.findall(r"Set ([A-Z_]+)=(\S+)", line):
            self.variables[name] = value
        self._types([one.strip() for one in code])

    def _choose(self, option: str, value: str) -> None:
        if option in self.arguments:
            self.arguments[self.arguments.index(option) + 1] = value
        else:
            self.arguments += [option, value]

    def _types(self, code: list[str]) -> None:
        """Type commands into a shell, and keep the variables that it has afterwards."""
        if not code:
            return
        script = "\n".join((*code, "env -0"))
        done = subprocess.run(
            ("sh", "-c", script),
            env=environment(**self.variables),
            cwd=self.folder,
            capture_output=True,
            check=True,
            timeout=30,
        )
        told = done.stdout.decode().split("\0")
        after = dict(one.split("=", 1) for one in told if "=" in one)
        names = {*self.variables, "SSL_CERT_FILE"}
        self.variables = {name: after[name] for name in names if name in after}


def is_fixed(person: Person, expected: str) -> None:
    """See that the cause is named, and that the first step removes it."""
    report = person.asks()
    assert report["diagnosis"], report["checks"]
    assert report["diagnosis"]["id"] == expected
    step = report["diagnosis"]["remediation"]["steps"][0]
    person.does(step)
    again = person.asks()
    told = [(check["id"], check["status"], check["summary"]) for check in again["checks"]]
    assert again["status"] == "healthy", (step, told)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("127.0.0.1:{port}/v1", "bad_base_url"),
        ("http://127.0.0.1:{port}", "endpoint_not_found"),
        ("http://127.0.0.1:{port}/v1/chat/completions", "endpoint_not_found"),
        ("http://127.0.0.1:{port}/v1/v1", "endpoint_not_found"),
        ("https://127.0.0.1:{port}/v1", "tls_protocol_error"),
        ("http://127.0.0.1:{port}/old", "unexpected_redirect"),
    ],
)
def test_an_address_is_corrected(tmp_path: Path, url: str, expected: str) -> None:
    with listening(moved) as server:
        is_fixed(Person(tmp_path, "--base-url", url.format(port=server.port)), expected)


def test_a_proxy_is_kept_from_this_computer(tmp_path: Path) -> None:
    proxy = f"http://127.0.0.1:{closed_port()}"
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url, HTTP_PROXY=proxy)
        is_fixed(person, "loopback_through_proxy")


def test_the_model_is_named_as_it_is_listed(tmp_path: Path) -> None:
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url, "--model", "gpt-4o-mni")
        is_fixed(person, "model_not_found")


def test_an_old_key_is_taken_out_of_the_way(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
    old = "sk-proj-" + "Ol7dKey4Aa9Zq" * 4
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url, OPENAI_API_KEY=old)
        is_fixed(person, "invalid_api_key")


def trusted(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_the_file_that_other_programs_read_is_named_to_all(tmp_path: Path) -> None:
    authority, file = trustme.CA(), tmp_path / "a company's root.pem"
    authority.cert_pem.write_to_path(str(file))
    with encrypted(trusted(authority)) as port:
        address = ("--base-url", f"https://127.0.0.1:{port}/v1")
        is_fixed(
            Person(tmp_path, *address, REQUESTS_CA_BUNDLE=str(file)), "tls_untrusted_certificate"
        )


def test_a_port_that_expects_encryption_gets_it(tmp_path: Path) -> None:
    authority, file = trustme.CA(), tmp_path / "root.pem"
    authority.cert_pem.write_to_path(str(file))
    with encrypted(trusted(authority)) as port:
        address = ("--base-url", f"http://127.0.0.1:{port}/v1")
        is_fixed(Person(tmp_path, *address, SSL_CERT_FILE=str(file)), "tls_protocol_error")


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_a_server_of_ones_own_is_trusted_by_its_own_certificate(tmp_path: Path) -> None:
    with encrypted(self_signed("127.0.0.1")) as port:
        address = ("--base-url", f"https://127.0.0.1:{port}/v1")
        is_fixed(Person(tmp_path, *address), "tls_untrusted_certificate")
