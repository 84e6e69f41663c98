"""The first step of a fix, done as it is told, removes the cause: the next run is healthy."""

import json
import re
import shutil
import ssl
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from helpers.authorities import self_signed
from helpers.command import COMMAND, data_of, environment, run
from helpers.encrypted import KEY, api, encrypted, http_proxy, trusted
from helpers.servers import Listener, always, closed_port, listening, response
from helpers.socks import socks_proxy

pytestmark = pytest.mark.slow

NAME, PASSWORD = "mara", "p%40ss"


def moved(connection: Any, request: bytes, to: "Listener | None") -> None:
    """The API, which has moved from /old to /v1."""
    if request.split()[1].startswith(b"/old/"):
        place = request.split()[1].decode().replace("/old/", "/v1/")
        connection.sendall(response(308, b"", headers={"Location": place}))
    else:
        api(connection, request, to)


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
        wait = re.match(r"Wait (\d+) s\b", line)
        time.sleep(int(wait[1]) if wait else 0)
        again = next((one.split() for one in code if "codegpt-doctor check" in one), None)
        if again:
            self.arguments = again[2:]
            return
        for option in ("--base-url", "--model"):
            told = re.search(rf"{option} (\S+)", line)
            if told:
                self._choose(option, told[1].rstrip(",."))
                return
        if "--allow-http" in line:
            self.arguments.append("--allow-http")
        removed = re.match(r"Remove ([A-Z_]+)\b", line)
        if removed:
            self.variables.pop(removed[1], None)
        swapped = re.match(r"Write (\w+://) instead of (\w+://) in ([A-Z_]+)\.", line)
        if swapped:
            right, wrong, name = swapped.groups()
            self.variables[name] = self.variables[name].replace(wrong, right)
        credentials = re.match(r"Write your name, a colon.* before (\S+) in ([A-Z_]+)\.", line)
        if credentials:
            place, name = credentials.groups()
            whole = self.variables[name].replace(place, f"{NAME}:{PASSWORD}@{place}")
            self.variables[name] = whole
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


@pytest.mark.sampled(3)
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


def test_an_empty_variable_is_taken_out_of_the_way_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url, OPENAI_API_KEY="")
        is_fixed(person, "missing_api_key")


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


def for_a_name_alone(authority: trustme.CA) -> ssl.SSLContext:
    """A server that ends a handshake in which no name is asked for, as Caddy does."""
    context = trusted(authority, "localhost")
    context.sni_callback = lambda _s, name, _c: (
        None if name else ssl.AlertDescription.ALERT_DESCRIPTION_INTERNAL_ERROR
    )
    return context


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (for_a_name_alone, "tls_protocol_error"),
        (lambda authority: trusted(authority, "localhost"), "tls_hostname_mismatch"),
    ],
)
def test_a_server_that_is_known_as_localhost_is_called_so(
    tmp_path: Path, shown: Callable[[trustme.CA], ssl.SSLContext], expected: str
) -> None:
    authority, file = trustme.CA(), tmp_path / "root.pem"
    authority.cert_pem.write_to_path(str(file))
    with encrypted(shown(authority)) as port:
        address = ("--base-url", f"https://127.0.0.1:{port}/v1")
        is_fixed(Person(tmp_path, *address, SSL_CERT_FILE=str(file)), expected)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_a_server_of_ones_own_is_trusted_by_its_own_certificate(tmp_path: Path) -> None:
    with encrypted(self_signed("127.0.0.1")) as port:
        address = ("--base-url", f"https://127.0.0.1:{port}/v1")
        is_fixed(Person(tmp_path, *address), "tls_untrusted_certificate")


HIDDEN = "llm.example.test"  # a name that only a proxy can look up


@contextmanager
def behind_a_proxy(folder: Path) -> Iterator[tuple[int, Person]]:
    """The API at a host that only a proxy reaches: its port, and somebody who trusts it."""
    authority, file = trustme.CA(), folder / "root.pem"
    authority.cert_pem.write_to_path(str(file))
    with encrypted(trusted(authority, HIDDEN)) as port:
        address = ("--base-url", f"https://{HIDDEN}:{port}/v1")
        yield port, Person(folder, *address, SSL_CERT_FILE=str(file))


class TestAProxy:
    def test_that_asks_who_it_is_for_is_told(self, tmp_path: Path) -> None:
        wanted = b64encode(b"mara:p@ss").decode()
        with behind_a_proxy(tmp_path) as (port, person), http_proxy(port, wanted) as proxy:
            person.variables["HTTPS_PROXY"] = f"http://127.0.0.1:{proxy}"
            is_fixed(person, "proxy_authentication_required")

    @pytest.mark.sampled(1)
    @pytest.mark.parametrize("scheme", ["https", "socks5h"])
    def test_of_http_is_named_as_one(self, tmp_path: Path, scheme: str) -> None:
        with behind_a_proxy(tmp_path) as (port, person), http_proxy(port) as proxy:
            person.variables["HTTPS_PROXY"] = f"{scheme}://127.0.0.1:{proxy}"
            is_fixed(person, "proxy_unreachable")

    @pytest.mark.sampled(1)
    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_of_socks_is_named_as_one(self, tmp_path: Path, scheme: str) -> None:
        with behind_a_proxy(tmp_path) as (_, person), socks_proxy({HIDDEN: "127.0.0.1"}) as proxy:
            person.variables["HTTPS_PROXY"] = f"{scheme}://127.0.0.1:{proxy.port}"
            is_fixed(person, "proxy_unreachable")

    def test_of_others_is_kept_from_this_computer(self, tmp_path: Path) -> None:
        authority, file = trustme.CA(), tmp_path / "root.pem"
        authority.cert_pem.write_to_path(str(file))
        with encrypted(trusted(authority)) as port, listening(always(403, b"")) as proxy:
            person = Person(tmp_path, "--base-url", f"https://127.0.0.1:{port}/v1")
            person.variables |= {
                "SSL_CERT_FILE": str(file),
                "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}",
            }
            is_fixed(person, "proxy_unreachable")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("key", "expected", "step"),
    [
        (f"{KEY}\n", "malformed_authorization", "Remove the line break from the value."),
        (f" {KEY}", "malformed_authorization", "Remove the whitespace from the value."),
        (f"'{KEY}'", "malformed_authorization", "Remove the quotes from the value."),
        (f"Bearer {KEY}", "malformed_authorization", "Keep only the key itself."),
        (KEY.replace("proj", "admin"), "admin_key_on_inference", "Use a project key here"),
        ("sk-proj-Zm4T****Yg2w", "invalid_api_key", "Create a new key, and copy it"),
        (f"{KEY};", "malformed_authorization", "Remove the last character of the value."),
        ("your-api-key", "invalid_api_key", "Put the real key into OPENAI_API_KEY."),
        (KEY * 2, "invalid_api_key", "Keep only one of the two copies."),
        (f"{KEY}#mine", "invalid_api_key", "Put a space before the # in OPENAI_API_KEY, or remove"),
        (f"Authorization: Bearer {KEY}", "malformed_authorization", "Keep only the key itself."),
        (f'{{"api_key":"{KEY}"}}', "malformed_authorization", "Keep only the key itself."),
        (f"OPENAI_API_KEY={KEY}", "malformed_authorization", "Keep only the key itself."),
    ],
)
def test_a_key_is_written_as_it_is(tmp_path: Path, key: str, expected: str, step: str) -> None:
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url, OPENAI_API_KEY=key)
        done = person.asks()["diagnosis"]
        assert done["id"] == expected
        assert done["remediation"]["steps"][0].startswith(step)
        person.variables["OPENAI_API_KEY"] = KEY
        assert person.asks()["status"] == "healthy"


LINE = f"OPENAI_API_KEY={KEY}\n"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "data", "step", "right"),
    [
        (".env", LINE.encode("utf-16"), "Save .env as UTF-8.", LINE),
        (".env", b"# cl\xe9\n" + LINE.encode(), "Save .env as UTF-8.", f"# cl\xe9\n{LINE}"),
        (
            ".env",
            f"OPENAI_API_KEY: {KEY}".encode(),
            "Write line 1 of .env as OPENAI_API_KEY=",
            LINE,
        ),
        (".env", f"set {LINE}".encode(), "Write line 1 of .env as OPENAI_API_KEY=", LINE),
        (".env", f'$env:OPENAI_API_KEY="{KEY}"'.encode(), "Write line 1 of .env as OPENAI", LINE),
        (".env", f'OPENAI_API_KEY="{KEY}'.encode(), "Close the quote in line 1 of .env.", LINE),
        (
            ".env",
            f"OPENAI_KEY={KEY}".encode(),
            "Rename the variable in .env to OPENAI_API_KEY.",
            LINE,
        ),
        (".env.txt", LINE.encode(), "Rename .env.txt to .env, or copy its line", LINE),
        (".env.local", LINE.encode(), "Rename .env.local to .env, or copy its line", LINE),
    ],
)
def test_a_file_of_settings_is_put_right(
    tmp_path: Path, name: str, data: bytes, step: str, right: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url)
        del person.variables["OPENAI_API_KEY"]
        done = person.asks()["diagnosis"]
        assert done["id"] == "missing_api_key"
        assert done["remediation"]["steps"][0].startswith(step)
        (tmp_path / ".env").write_text(right, encoding="utf-8")
        assert person.asks()["status"] == "healthy"


def test_the_line_that_counts_and_should_not_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"{LINE}OPENAI_API_KEY={KEY[:-3]}\n")
    with listening(api) as server:
        person = Person(tmp_path, "--base-url", server.base_url)
        del person.variables["OPENAI_API_KEY"]
        steps = person.asks()["diagnosis"]["remediation"]["steps"]
        assert steps[0] == "Keep only the line with the right OPENAI_API_KEY."
        (tmp_path / ".env").write_text(LINE)
        assert person.asks()["status"] == "healthy"


class TestTheRest:
    def test_a_variable_in_a_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("OPENAI_API_KEY=${HOUSE_KEY}\n")
        with listening(api) as server:
            person = Person(tmp_path, "--base-url", server.base_url, HOUSE_KEY=KEY)
            del person.variables["OPENAI_API_KEY"]
            assert "--key-env HOUSE_KEY" in str(person.asks()["diagnosis"]["remediation"])
            person.arguments += ["--key-env", "HOUSE_KEY"]
            assert person.asks()["status"] == "healthy"

    @pytest.mark.parametrize("name", ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID"])
    def test_an_id_that_cannot_be_is_removed(self, tmp_path: Path, name: str) -> None:
        with listening(api) as server:
            person = Person(tmp_path, "--base-url", server.base_url, **{name: "sk\u2026x"})
            is_fixed(person, "bad_setting")

    def test_as_long_is_waited_as_is_told(self, tmp_path: Path) -> None:
        since: list[float] = []

        def limited(connection: Any, request: bytes, to: "Listener | None") -> None:
            if request.startswith(b"POST"):
                since.append(time.monotonic())
            if since and time.monotonic() < since[0] + 5 and request.startswith(b"POST"):
                connection.sendall(response(429, b"", headers={"Retry-After": "5"}))
            else:
                api(connection, request, to)

        with listening(limited) as server:
            is_fixed(Person(tmp_path, "--base-url", server.base_url), "rate_limit_unspecified")

    def test_a_slow_model_is_given_time(self, tmp_path: Path) -> None:
        def slowly(connection: Any, request: bytes, to: "Listener | None") -> None:
            time.sleep(4 if request.startswith(b"POST") else 0)
            api(connection, request, to)

        with listening(slowly) as server:
            person = Person(tmp_path, "--base-url", server.base_url, "--timeout", "3")
            is_fixed(person, "request_timeout")

    def test_a_server_that_is_down_is_started(self, tmp_path: Path) -> None:
        port = closed_port()
        person = Person(tmp_path, "--base-url", f"http://127.0.0.1:{port}/v1")
        done = person.asks()["diagnosis"]
        assert done["id"] == "connection_refused"
        assert done["remediation"]["steps"][0].startswith("Start the local server")
        with listening(api, port):
            assert person.asks()["status"] == "healthy"

    def test_a_watch_ends_once_the_server_is_started(self, tmp_path: Path) -> None:
        port = closed_port()
        asked = ("check", "--base-url", f"http://127.0.0.1:{port}/v1", "--watch", "--for", "1m")
        with subprocess.Popen(
            (*COMMAND, *asked),
            env=environment(OPENAI_API_KEY=KEY),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as watching:
            assert watching.stdout
            assert any(b"1 root cause" in line for line in watching.stdout)
            with listening(api, port):
                assert watching.wait(60) == 0

    def test_a_proxy_that_is_not_there_is_removed(self, tmp_path: Path) -> None:
        authority, file = trustme.CA(), tmp_path / "root.pem"
        authority.cert_pem.write_to_path(str(file))
        with encrypted(trusted(authority, "localhost")) as port:
            person = Person(tmp_path, "--base-url", f"https://localhost:{port}/v1")
            person.variables |= {
                "SSL_CERT_FILE": str(file),
                "ALL_PROXY": f"http://127.0.0.1:{closed_port()}",
                "NO_PROXY": "example.test",
            }
            done = person.asks()["diagnosis"]
            assert done["id"] == "proxy_unreachable"
            person.does(done["remediation"]["steps"][0])
            assert person.asks()["status"] == "healthy"

    def test_encryption_that_is_meant_by_a_redirect_is_used(self, tmp_path: Path) -> None:
        authority, file = trustme.CA(), tmp_path / "root.pem"
        authority.cert_pem.write_to_path(str(file))
        with encrypted(trusted(authority)) as port:

            def leading(connection: Any, request: bytes, _: "Listener | None") -> None:
                place = f"https://127.0.0.1:{port}{request.split()[1].decode()}"
                connection.sendall(response(301, b"", headers={"Location": place}))

            with listening(leading) as server:
                person = Person(tmp_path, "--base-url", server.base_url, SSL_CERT_FILE=str(file))
                is_fixed(person, "unexpected_redirect")

    @pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
    def test_versions_of_tls_that_are_in_use_are_allowed(self, tmp_path: Path) -> None:
        authority, file = trustme.CA(), tmp_path / "root.pem"
        authority.cert_pem.write_to_path(str(file))
        context = trusted(authority)
        newest = context.maximum_version
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        with encrypted(context) as port:
            address = ("--base-url", f"https://127.0.0.1:{port}/v1")
            person = Person(tmp_path, *address, SSL_CERT_FILE=str(file))
            done = person.asks()["diagnosis"]
            assert done["id"] == "tls_protocol_error"
            (step,) = done["remediation"]["steps"]
            assert step == "Ask whoever runs 127.0.0.1 to allow TLS 1.2 or newer for 127.0.0.1."
            context.maximum_version = newest
            assert person.asks()["status"] == "healthy"

    def test_the_key_of_a_gateway_is_set(self, tmp_path: Path) -> None:
        own = "sk-" + "Gw7Rt2Yb9Kd4Xm" * 2

        def gateway(connection: Any, request: bytes, to: "Listener | None") -> None:
            api(connection, request.replace(own.encode(), KEY.encode()), to)

        with listening(gateway) as server:
            address = ("--base-url", server.base_url)
            person = Person(tmp_path, "--provider", "litellm", *address, "--model", "gpt-4o-mini")
            del person.variables["OPENAI_API_KEY"]
            done = person.asks()["diagnosis"]
            assert done["id"] == "missing_api_key"
            step = "Enter the virtual key that you got from whoever runs 127.0.0.1."
            assert done["remediation"]["steps"][0].startswith(step)
            person.variables["LITELLM_API_KEY"] = own
            assert person.asks()["status"] == "healthy"

    def test_the_address_of_an_api_is_used(self, tmp_path: Path) -> None:
        with listening(always(200, b"Hello, world!")) as other, listening(api) as server:
            person = Person(tmp_path, "--base-url", other.base_url)
            done = person.asks()["diagnosis"]
            assert done["id"] == "malformed_response"
            step = f"Check that {other.base_url} is the API's address"
            assert done["remediation"]["steps"][0].startswith(step)
            person.arguments = ["--base-url", server.base_url]
            assert person.asks()["status"] == "healthy"


BUDGET = {"message": "Budget has been exceeded! Current cost: 3.7", "type": "budget_exceeded"}


@pytest.mark.parametrize(
    ("status", "body", "expected", "step"),
    [
        (
            429,
            json.dumps({"error": BUDGET}),
            "gateway_budget_exceeded",
            "Raise the limit of the key, or ask whoever set it to do so.",
        ),
        (
            413,
            "<title>413 Too Large</title>",
            "upload_too_large",
            "Ask whoever runs 127.0.0.1 to accept larger requests: those of this run",
        ),
    ],
)
def test_a_limit_of_the_server_is_raised(
    tmp_path: Path, status: int, body: str, expected: str, step: str
) -> None:
    limits = [True]

    def limited(connection: Any, request: bytes, to: "Listener | None") -> None:
        if limits and request.startswith(b"POST"):
            kind = "text/html" if "<" in body else "application/json"
            connection.sendall(response(status, body.encode(), kind))
        else:
            api(connection, request, to)

    with listening(limited) as server:
        person = Person(tmp_path, "--base-url", server.base_url)
        done = person.asks()["diagnosis"]
        assert done["id"] == expected
        assert done["remediation"]["steps"][0].startswith(step), done["remediation"]["steps"]
        limits.clear()
        assert person.asks()["status"] == "healthy"
