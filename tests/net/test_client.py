"""Servers that misbehave, over real sockets: each run is bounded, is right, and leaks nothing."""

import contextlib
import gzip
import json
import re
import socket
import ssl
import struct
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
import trustme
from helpers.command import data_of, run, shows_no_traceback
from helpers.servers import Answer, Listener, always, closed_port, listening, response

from codegpt_doctor import Report, catalogue
from codegpt_doctor.doctor import path_checks, run_check
from codegpt_doctor.model.observation import Exchange, failed_at
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.client import Client, json_of
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.trust import Trust, tls_context, trust_in
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

DEADLINE = 1.2  # seconds, for servers that would take for ever
PATIENCE = 10.0  # for those that answer at once, on however slow a machine
SLACK = 3.0
SECRET = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
MIB = 1024 * 1024
JSON = "application/json"
HTML = b"<!doctype html><html><head><title>Welcome</title></head><body>Sign in</body></html>"


def settings_for(base_url: str) -> Settings:
    return Settings(
        "openai", Value(base_url, "test"), Key(Secret(SECRET), "OPENAI_API_KEY"), direct=True
    )


@dataclass
class Run:
    """One run against a server: the report, what it took, and what the server was sent."""

    report: Report
    seconds: float
    requests: list[bytes]

    @property
    def diagnosis(self) -> str | None:
        return self.report.diagnosis.finding.id if self.report.diagnosis else None

    @property
    def printed(self) -> str:
        data = report_data(self.report)
        return json.dumps(data, ensure_ascii=False)


def examined(answer: Answer, deadline: float = PATIENCE) -> Run:
    """Examine a server within the deadline; nothing may take longer, break or leak."""
    with listening(answer) as server:
        started = monotonic()
        report = run_check(settings_for(server.base_url), deadline)
        done = Run(report, monotonic() - started, list(server.requests))
    assert done.seconds <= deadline + SLACK
    assert [check.id for check in report.checks] == [check.id for check in path_checks()]
    assert not [check for check in report.checks if check.status == "error"]
    assert SECRET[12:30] not in done.printed
    return done


def drip(data: bytes, pause: float, start: bytes = b"") -> Answer:
    """Send bytes one at a time, with a pause after each."""

    def answer(connection: socket.socket, _request: bytes, listener: Listener) -> None:
        connection.sendall(start)
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            if listener.closing.wait(pause):
                return

    return answer


def endless(start: bytes, piece: bytes) -> Answer:
    def answer(connection: socket.socket, _request: bytes, listener: Listener) -> None:
        connection.sendall(start)
        while not listener.closing.is_set():
            connection.sendall(piece)

    return answer


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class TestTime:
    def test_a_body_of_one_byte_at_a_time_ends_at_the_deadline(self) -> None:
        start = HEAD + b"Content-Length: 5000\r\n\r\n"
        assert examined(drip(b" " * 5000, 0.5, start), DEADLINE).diagnosis == "request_timeout"

    def test_headers_of_one_byte_at_a_time_end_at_the_deadline(self) -> None:
        done = examined(drip(HEAD + b"X-Long: " + b"x" * 5000, 0.5), DEADLINE)
        assert done.diagnosis == "request_timeout"

    def test_endless_headers_end(self) -> None:
        done = examined(endless(HEAD, b"X-Again: and again\r\n"), DEADLINE)
        assert done.report.exit_code in (1, 3)

    def test_an_endless_line_of_status_ends(self) -> None:
        done = examined(endless(b"HTTP/1.1 200 ", b"O" * 1000), DEADLINE)
        assert done.report.exit_code in (1, 3)

    def test_an_endless_body_of_chunks_is_too_large(self) -> None:
        start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        done = examined(endless(start, b"1000\r\n" + b"x" * 4096 + b"\r\n"), DEADLINE)
        assert done.diagnosis == "response_too_large"

    def test_silence_ends_at_the_deadline(self) -> None:
        def silent(_connection: socket.socket, _request: bytes, listener: Listener) -> None:
            listener.closing.wait(30)

        assert examined(silent, DEADLINE).diagnosis == "request_timeout"

    def test_an_answer_after_the_deadline_is_not_waited_for(self) -> None:
        def late(connection: socket.socket, _request: bytes, listener: Listener) -> None:
            if not listener.closing.wait(DEADLINE + 3):
                connection.sendall(response(200, b'{"object": "list", "data": []}'))

        assert examined(late, DEADLINE).diagnosis == "request_timeout"

    def test_a_server_that_never_accepts_ends_at_the_deadline(self) -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
            port = server.getsockname()[1]
            held = [_dial(port) for _ in range(3)]
            started = monotonic()
            report = run_check(settings_for(f"http://127.0.0.1:{port}/v1"), DEADLINE)
            seconds = monotonic() - started
            for connection in held:
                connection.close()
        assert seconds <= DEADLINE + SLACK
        assert report.diagnosis
        assert report.diagnosis.finding.id == "request_timeout"

    def test_the_process_itself_ends_at_the_deadline(self) -> None:
        with listening(drip(b" " * 5000, 0.5, HEAD + b"Content-Length: 5000\r\n\r\n")) as server:
            started = monotonic()
            result = run(
                *("check", "--json", "--base-url", server.base_url, "--timeout", "1"),
                variables={"OPENAI_API_KEY": SECRET},
            )
            seconds = monotonic() - started
        assert seconds <= 1 + SLACK
        assert data_of(result)["diagnosis"]["id"] == "request_timeout"


def _dial(port: int) -> socket.socket:
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex(("127.0.0.1", port))
    return connection


@contextmanager
def tracing() -> Iterator[Callable[[], int]]:
    """Trace the memory that is allocated; gives the function that tells the peak so far."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def deflated(data: bytes) -> bytes:
    return zlib.compress(data)


class TestSize:
    def test_a_body_of_two_mebibytes_is_too_large(self) -> None:
        body = b'{"object": "list", "data": "' + b"x" * 2 * MIB + b'"}'
        assert examined(always(200, body)).diagnosis == "response_too_large"

    @pytest.mark.slow
    def test_a_body_below_the_limit_is_read(self) -> None:
        models = [{"id": f"model-{number}"} for number in range(40_000)]
        body = json.dumps({"object": "list", "data": models}).encode()
        assert MIB // 2 < len(body) < MIB
        done = examined(always(200, body))
        auth = next(check for check in done.report.checks if check.id == "auth")
        assert auth.summary.startswith("40000 models")

    def test_a_large_page_of_an_error_is_known_by_its_status(self) -> None:
        done = examined(always(502, b"<html>" + b"x" * 3 * MIB, content_type="text/html"))
        assert done.diagnosis == "bad_gateway"

    @pytest.mark.parametrize(
        ("encoding", "compress"), [("gzip", gzip.compress), ("deflate", deflated)]
    )
    def test_a_compressed_bomb_is_too_large_and_takes_no_memory(
        self, encoding: str, compress: Callable[[bytes], bytes]
    ) -> None:
        bomb = compress(b" " * (64 * MIB))
        assert len(bomb) < MIB
        with tracing() as peak:
            done = examined(always(200, bomb, headers={"Content-Encoding": encoding}))
            assert peak() < 20 * MIB
        assert done.diagnosis == "response_too_large"

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_a_compressed_answer_is_understood(self, encoding: str) -> None:
        plain = b'{"error": {"message": "no", "code": "insufficient_quota"}}'
        body = gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)
        done = examined(always(429, body, headers={"Content-Encoding": encoding}))
        assert done.diagnosis == "insufficient_quota"

    def test_an_answer_that_is_not_compressed_as_it_says_is_malformed(self) -> None:
        done = examined(always(200, b"no gzip at all", headers={"Content-Encoding": "gzip"}))
        assert done.diagnosis == "malformed_response"

    def test_a_compression_within_a_compression_is_not_undone(self) -> None:
        body = gzip.compress(gzip.compress(b'{"object": "list", "data": []}'))
        done = examined(always(200, body, headers={"Content-Encoding": "gzip, gzip"}))
        assert done.diagnosis == "malformed_response"

    def test_no_compression_is_asked_for(self) -> None:
        done = examined(always(401, b"{}"))
        assert all(b"accept-encoding: identity" in one.lower() for one in done.requests)


MODELS = b'{"object": "list", "data": [{"id": "gpt-4o-mini"}], "choices": [{"text": "hi"}]}'


class TestInterimAnswers:
    @pytest.mark.parametrize(
        "interim",
        [
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"HTTP/1.1 102 Processing\r\n\r\n",
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
            b"HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 100 Go\r\n\r\nHTTP/1.1 103 Hint\r\n\r\n",
        ],
    )
    def test_are_skipped(self, interim: bytes) -> None:
        whole = interim + response(200, MODELS)
        done = examined(lambda connection, _request, _listener: connection.sendall(whole))
        assert done.report.status == "healthy"

    def test_without_end_end(self) -> None:
        done = examined(endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"))
        assert done.diagnosis == "malformed_response"


class TestAddresses:
    @pytest.mark.parametrize("host", ["[::ffff:127.0.0.1]", "127.0.0.1", "localhost"])
    def test_of_every_family_are_understood(self, host: str) -> None:
        with listening(always(200, MODELS)) as server:
            settings = settings_for(f"http://{host}:{server.port}/v1")
            report = run_check(replace(settings, allow_http=True), PATIENCE)
            requests = list(server.requests)
        assert report.status == "healthy", report.diagnosis
        assert all(f"host: {host}:{server.port}\r\n".encode() in one.lower() for one in requests)

    def test_of_ipv6_whose_last_group_is_hexadecimal_are_no_port(self) -> None:
        settings = replace(settings_for("http://[::1:ab]/v1"), allow_http=True)
        report = run_check(settings, DEADLINE, control=False)
        assert report.diagnosis
        assert report.diagnosis.finding.id != "bad_base_url"

    def test_with_a_user_send_the_key_and_not_the_user(self) -> None:
        with listening(always(200, MODELS)) as server:
            run_check(settings_for(f"http://user:pass0word@127.0.0.1:{server.port}/v1"), PATIENCE)
            requests = list(server.requests)
        assert requests
        assert all(b"Bearer " + SECRET.encode() in request for request in requests)
        assert all(b"Basic" not in request and b"pass0word" not in request for request in requests)


class TestReadingAStream:
    def test_ends_when_the_reader_has_enough(self) -> None:
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        events = b"".join(b'data: {"n": %d}\n\n' % number for number in range(99))
        pieces: list[str] = []

        def enough(piece: str) -> bool:
            pieces.append(piece)
            return '{"n": 3}' in "".join(pieces)

        with listening(drip(events, 0.005, start)) as server:
            dialer = Dialer(
                urlsplit(server.base_url),
                lambda: ["127.0.0.1"],
                trust_in(None),
                None,
                monotonic() + PATIENCE,
            )
            client = Client(dialer, settings_for(server.base_url), None)
            seen = client.post("/chat/completions", {"stream": True}, enough)
        assert seen.failure is None
        assert (seen.http_status, seen.truncated) == (200, False)
        assert seen.body.count("data:") == 4
        assert json_of(seen) == {"n": 0}


class TestRedirects:
    @pytest.fixture
    def other(self) -> Iterator[Listener]:
        """A second server, to which nothing may come."""
        with listening(always(200, b'{"object": "list", "data": []}')) as server:
            yield server

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_is_named_and_never_followed(self, other: Listener, status: int) -> None:
        done = examined(always(status, b"", headers={"Location": other.base_url}))
        assert done.diagnosis == "unexpected_redirect"
        assert f"127.0.0.1:{other.port}" in done.printed
        assert other.requests == []

    def test_within_the_same_host_is_not_followed_either(self) -> None:
        done = examined(always(302, b"", headers={"Location": "/elsewhere"}))
        assert done.diagnosis == "unexpected_redirect"
        assert not any(b"/elsewhere" in request for request in done.requests)

    @pytest.mark.parametrize(
        "location", ["", "javascript:alert(1)", "//[", "https://u:pass0word@x.invalid/\x1b[31m?q=s"]
    )
    def test_to_nonsense_is_still_a_redirect(self, location: str) -> None:
        done = examined(always(302, b"", headers={"Location": location} if location else {}))
        assert done.diagnosis == "unexpected_redirect"
        assert "pass0word" not in done.printed
        assert "\\u001b" not in done.printed

    def test_with_an_endless_body_is_not_read(self) -> None:
        start = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n"
        done = examined(endless(start, b"10000\r\n" + b"x" * 65536 + b"\r\n"), DEADLINE)
        assert done.diagnosis == "unexpected_redirect"

    def test_with_a_compressed_bomb_takes_no_memory(self) -> None:
        bomb = gzip.compress(b" " * (64 * MIB))
        headers = {"Location": "/x", "Content-Encoding": "gzip"}
        with tracing() as peak:
            done = examined(always(302, bomb, headers=headers))
            assert peak() < 20 * MIB
        assert done.diagnosis == "unexpected_redirect"

    def test_by_a_refresh_header_or_a_page_is_not_followed(self, other: Listener) -> None:
        page = b'<meta http-equiv="refresh" content="0;url=%s">' % other.base_url.encode()
        headers = {"Refresh": f"0;url={other.base_url}"}
        done = examined(always(200, page, content_type="text/html", headers=headers))
        assert done.diagnosis == "unexpected_html"
        assert other.requests == []


class TestBodies:
    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (HTML, "text/html; charset=utf-8"),
            (HTML, JSON),
            (b"\n\n  <HTML>", "text/plain"),
            (b"welcome", "text/html"),
        ],
    )
    def test_a_page_with_status_200_is_not_healthy(self, body: bytes, content_type: str) -> None:
        assert examined(always(200, body, content_type=content_type)).diagnosis == "unexpected_html"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"OK",
            b"{",
            b'{"object": "list", "data": [',
            b"[1, 2",
            b"null",
            b"42",
            b'"text"',
            b"{}",
            b'{"hello": "world"}',
            b"\xff\xfe\x00\x01",
            b"[" * 100_000,
            b'{"data": {"not": "a list"}}',
        ],
        ids=lambda body: ascii(body[:20]),
    )
    def test_an_answer_that_is_no_answer_is_malformed(self, body: bytes) -> None:
        assert examined(always(200, body)).diagnosis == "malformed_response"

    @pytest.mark.parametrize(
        ("status", "body", "expected"),
        [
            (
                403,
                b'{"error": "Country, region, or territory not supported"}',
                "unsupported_country",
            ),
            (401, b'{"message": "no", "code": "invalid_api_key"}', "invalid_api_key"),
            (429, b'{"code": "insufficient_quota", "message": "no"}', "insufficient_quota"),
            (429, b'{"error": "insufficient_quota"}', "rate_limit_unspecified"),
            (401, b'[{"error": {"code": "invalid_api_key", "message": "no"}}]', "invalid_api_key"),
            (401, b'{"error": [{"code": "invalid_api_key"}]}', "invalid_api_key"),
            (401, b"", "invalid_authentication"),
            (401, b"null", "invalid_authentication"),
            (401, b'{"error": null}', "invalid_authentication"),
            (401, b'{"error": {"message": null, "code": 7}}', "invalid_authentication"),
            (401, b'{"error": {"message": {"a": []}, "code": []}}', "invalid_authentication"),
            (403, b"", "forbidden_unspecified"),
            (429, b"", "rate_limit_unspecified"),
            (500, b"", "server_error"),
            (502, b"", "bad_gateway"),
            (503, b"", "service_unavailable"),
            (504, b"", "gateway_timeout"),
        ],
    )
    def test_an_error_of_another_shape_is_understood(
        self, status: int, body: bytes, expected: str
    ) -> None:
        done = examined(always(status, body))
        named = {done.diagnosis, *(done.report.diagnosis.also if done.report.diagnosis else ())}
        if expected == "rate_limit_unspecified" and body:
            assert named & {"rate_limit_unspecified", "insufficient_quota"}
        else:
            assert done.diagnosis == expected

    @pytest.mark.parametrize("status", [299, 402, 405, 408, 411, 418, 421, 451, 507, 529, 599])
    def test_a_rare_status_is_never_a_guess_at_the_key(self, status: int) -> None:
        done = examined(always(status, b'{"error": {"message": "no", "code": null}}'))
        assert done.report.exit_code in (1, 3)
        if done.diagnosis:
            assert catalogue.get(done.diagnosis).family != "auth"

    @pytest.mark.parametrize(
        "start",
        [
            b"",
            b"nonsense\r\n\r\n",
            b"HTTP/9.9 banana\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.6\r\n",
            b"\x16\x03\x01\x00\xff\x00",
            b"HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\n{}",
            b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
            b"HTTP/1.1 200 OK\r\n: no name\r\n\x00\x01\x02\r\n\r\n{}",
            b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
        ],
        ids=lambda start: ascii(start[:40]),
    )
    def test_what_is_no_http_is_a_fault_of_the_path_and_never_of_the_key(
        self, start: bytes
    ) -> None:
        done = examined(lambda connection, _request, _listener: connection.sendall(start))
        assert done.report.exit_code in (1, 3)
        if done.diagnosis:
            assert catalogue.get(done.diagnosis).family in ("network", "server")
        auth = next(check for check in done.report.checks if check.id == "auth")
        assert auth.status != "pass"


STEERING = "\x1b[31mred\x1b[0m\x1b]0;title\x07\r\x08\u202e\u200b\x9b2J\x00"


def shows_steering(output: bytes) -> bool:
    """Whether anything that steers a terminal is in an output, raw or escaped in JSON."""
    text = output.decode("utf-8", "replace")
    raw = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", text)
    return bool(raw) or "\\u001b" in text.lower() or "\\u009b" in text.lower()


def error_with(message: str) -> bytes:
    error = {"message": message, "type": "invalid_request_error", "code": "invalid_api_key"}
    return json.dumps({"error": error}).encode()


class TestWhatIsPassedOn:
    """The command itself, since only there everything has been through the boundary."""

    def printed(self, server: Listener, *arguments: str) -> bytes:
        result = run(
            *("check", "--base-url", server.base_url, "--timeout", "5", *arguments),
            variables={
                "OPENAI_API_KEY": SECRET,
                "OPENAI_ADMIN_KEY": SECRET.replace("proj", "admin"),
            },
        )
        assert shows_no_traceback(result)
        assert result.returncode == 1
        return result.stdout + result.stderr

    @pytest.mark.sampled(2)
    @pytest.mark.slow
    @pytest.mark.parametrize("arguments", [(), ("--verbose",), ("--json",)])
    def test_no_message_header_or_model_steers_the_terminal(
        self, arguments: tuple[str, ...]
    ) -> None:
        headers = {"x-request-id": "req_\x1b[31m\x9b1m", "openai-organization": "org-\x1b]0;x\x07"}
        hostile = always(401, error_with(STEERING), headers=headers)
        with listening(hostile) as server:
            printed = self.printed(server, *arguments)
        assert b"red" in printed
        assert not shows_steering(printed)

    @pytest.mark.parametrize("arguments", [("--verbose",), ("--json",)])
    def test_no_name_of_a_model_steers_the_terminal(self, arguments: tuple[str, ...]) -> None:
        models = {"object": "list", "data": [{"id": f"gpt-4o{STEERING}"}, {"id": "\x1b[2J"}]}
        with listening(always(200, json.dumps(models).encode())) as server:
            printed = self.printed(server, *arguments, "--model", "gpt-4o")
        assert not shows_steering(printed)

    @pytest.mark.sampled(2)
    @pytest.mark.slow
    @pytest.mark.parametrize("arguments", [(), ("--verbose",), ("--json",)])
    def test_a_key_that_is_echoed_is_masked(self, arguments: tuple[str, ...]) -> None:
        message = f"Incorrect API key provided: {SECRET}. Also seen: Bearer {SECRET}"
        hostile = always(
            401, error_with(message), headers={"x-request-id": SECRET, "server": f"key={SECRET}"}
        )
        with listening(hostile) as server:
            printed = self.printed(server, *arguments)
        assert b"sk-proj-" in printed
        assert SECRET[12:30].encode() not in printed
        assert SECRET[-16:].encode() not in printed

    @pytest.mark.sampled(2)
    @pytest.mark.slow
    @pytest.mark.parametrize("cut", ["\x1b[0m", "\u200b", "\x00", "\n"])
    def test_a_key_that_is_echoed_in_pieces_is_masked(self, cut: str) -> None:
        message = f"refused: {SECRET[:30]}{cut}{SECRET[30:]}"
        with listening(always(401, error_with(message))) as server:
            printed = self.printed(server, "--json")
        assert SECRET[30:50].encode() not in printed

    @pytest.mark.parametrize("padding", [140, 150, 160, 170, 180, 190])
    def test_a_key_of_no_known_shape_is_masked_also_where_the_message_is_cut(
        self, padding: int
    ) -> None:
        plain = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
        message = f"{'x' * padding} refused: {plain}, sorry"
        with listening(always(401, error_with(message))) as server:
            settings = settings_for(server.base_url)
            secret = Secret(plain)
            report = run_check(replace(settings, key=Key(secret, "test")), PATIENCE)
        printed = json.dumps(report_data(report))
        assert [at for at in range(21) if plain[at : at + 12] in printed] == []

    def test_a_key_of_somebody_else_is_masked_too(self) -> None:
        other = "sk-proj-" + "Qq7Ww6Ee5Rr4Tt3Yy2Uu1Ii0Oo9Pp8" * 2
        with listening(always(401, error_with(f"refused: {other}"))) as server:
            printed = self.printed(server, "--json")
        assert other[12:40].encode() not in printed

    def test_invalid_utf_8_is_shown_as_text(self) -> None:
        body = b'{"error": {"message": "b\xff\xfed \xc3\x28", "code": "invalid_api_key"}}'
        with listening(always(401, body)) as server:
            printed = self.printed(server, "--json")
        assert json.loads(printed)["diagnosis"]["id"] == "invalid_api_key"

    def test_another_charset_than_utf_8_breaks_nothing(self) -> None:
        body = error_with("ung\u00fcltig").decode().encode("utf-16")
        content_type = "application/json; charset=utf-16"
        with listening(always(401, body, content_type=content_type)) as server:
            printed = self.printed(server, "--json")
        assert json.loads(printed)["diagnosis"]["id"] in (
            "invalid_api_key",
            "invalid_authentication",
        )


class TestWhatIsSent:
    def test_only_to_the_address_that_was_given(self) -> None:
        done = examined(always(401, error_with("no")))
        assert done.requests
        assert all(b"Bearer " + SECRET.encode() in request for request in done.requests)
        assert {request.split(b" ")[1].split(b"?")[0] for request in done.requests} == {
            b"/v1/models",
            b"/v1/chat/completions",
        }

    def test_a_run_costs_one_short_answer_at_most(self) -> None:
        done = examined(always(200, b'{"object": "list", "data": [{"id": "gpt-4o-mini"}]}'))
        asked = [request for request in done.requests if request.startswith(b"POST")]
        assert len(asked) == 1
        body = json.loads(asked[0].partition(b"\r\n\r\n")[2])
        assert body["max_tokens"] == 16
        assert body["stream"] is True

    def test_no_cookie_is_kept_and_no_netrc_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login user password netrcword\n")
        monkeypatch.setenv("NETRC", str(netrc))
        done = examined(always(401, error_with("no"), headers={"Set-Cookie": "a=b"}))
        assert all(b"\r\ncookie:" not in request.lower() for request in done.requests)
        assert all(b"Basic " not in request for request in done.requests)

    def test_a_proxy_of_the_environment_is_asked_instead_of_the_host(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with listening(always(401, error_with("no"))) as proxy:
            monkeypatch.setenv("http_proxy", f"http://user:proxy0word@127.0.0.1:{proxy.port}")
            settings = Settings(
                "openai",
                Value("http://provider.invalid/v1", "test"),
                Key(Secret(SECRET), "test"),
                allow_http=True,
            )
            report = run_check(settings, PATIENCE, control=False)
            requests = list(proxy.requests)
        assert report.diagnosis
        assert report.diagnosis.finding.id == "invalid_api_key"
        assert all(b" http://provider.invalid/v1/" in request for request in requests)
        data = json.dumps(report_data(report))
        assert "proxy0word" not in data
        assert {check.id: check.status for check in report.checks}["dns"] == "skip"

    def test_the_admin_key_goes_to_no_other_host_than_its_provider(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        admin = SECRET.replace("proj", "admin")
        with listening(always(401, error_with("no"))) as proxy:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
            settings = Settings(
                "openai",
                Value("http://gateway.invalid/v1", "test"),
                Key(Secret(SECRET), "test"),
                Key(Secret(admin), "OPENAI_ADMIN_KEY"),
                allow_http=True,
            )
            report = run_check(settings, PATIENCE, control=False)
            sent = b"".join(proxy.requests)
        assert SECRET.encode() in sent
        assert admin.encode() not in sent
        billing = next(check for check in report.checks if check.id == "billing")
        assert billing.status == "skip"
        assert "not sent" in str(billing.skipped_because)

    def test_a_proxy_that_is_not_there_is_the_cause(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{closed_port()}")
        settings = Settings(
            "openai", Value("https://provider.invalid/v1", "test"), Key(Secret(SECRET), "test")
        )
        report = run_check(settings, PATIENCE, control=False)
        assert report.diagnosis
        assert report.diagnosis.finding.id == "proxy_unreachable"


class TestASecondAttempt:
    def counting(self, answer: Answer, seconds: float = PATIENCE) -> tuple[int, Exchange]:
        """How often a server was asked, and what came of it."""
        with listening(answer) as server:
            dialer = Dialer(
                urlsplit(server.base_url),
                lambda: ["127.0.0.1"],
                trust_in(None),
                None,
                monotonic() + seconds,
            )
            seen = Client(dialer, settings_for(server.base_url), None).get("/models")
            return len(server.requests), seen

    @pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
    def test_is_made_after_a_fault_that_may_pass(self, status: int) -> None:
        count, seen = self.counting(always(status, b"busy"))
        assert count == 2
        assert seen.first_attempt
        assert seen.first_attempt.http_status == seen.http_status == status

    @pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 429, 501])
    def test_is_not_made_after_an_answer(self, status: int) -> None:
        count, seen = self.counting(always(status, b"{}"))
        assert (count, seen.first_attempt) == (1, None)

    def test_is_made_after_a_connection_that_broke(self) -> None:
        count, seen = self.counting(lambda *_: None)
        assert count == 2
        assert seen.first_attempt
        assert failed_at(seen.first_attempt) == "http"

    def test_is_not_made_where_the_time_is_too_short_for_it(self) -> None:
        def slow(connection: socket.socket, _request: bytes, listener: Listener) -> None:
            listener.closing.wait(0.7)
            connection.sendall(response(503, b"busy"))

        count, seen = self.counting(slow, 1.4)
        assert (count, seen.http_status, seen.first_attempt) == (1, 503, None)

    def test_is_not_made_after_a_certificate_that_is_not_trusted(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("localhost").configure_cert(context)
        shaken: list[bool] = []

        def shake_hands(server: socket.socket) -> None:
            with contextlib.suppress(OSError):
                while True:
                    accepted, _ = server.accept()
                    shaken.append(True)
                    with accepted, contextlib.suppress(OSError):
                        context.wrap_socket(accepted, server_side=True).close()

        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=shake_hands, args=(server,), daemon=True).start()
            url = f"https://localhost:{server.getsockname()[1]}/v1"
            trust = Trust(lambda: tls_context(None))
            end = monotonic() + PATIENCE
            dialer = Dialer(urlsplit(url), lambda: ["127.0.0.1"], trust, None, end)
            seen = Client(dialer, settings_for(url), None).get("/models")
            server.shutdown(socket.SHUT_RDWR)
        assert seen.failure
        assert (seen.failure.stage, seen.failure.kind) == ("tls", "ssl.CERTIFICATE_VERIFY_FAILED")
        assert len(shaken) == 1
        assert seen.first_attempt is None


def test_a_handshake_that_is_broken_off_is_told_as_one() -> None:
    """The connection came about, and is ruled out; the stage is where it broke."""

    def hang_up(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = server.accept()
                accepted.recv(100)
                linger = struct.pack("ii", 1, 0)
                accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                accepted.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=hang_up, args=(server,), daemon=True).start()
        settings = settings_for(f"https://127.0.0.1:{server.getsockname()[1]}/v1")
        diagnosis = run_check(settings, PATIENCE, control=False).diagnosis
        server.shutdown(socket.SHUT_RDWR)
    assert diagnosis
    assert (diagnosis.finding.id, diagnosis.stage) == ("connection_reset", "tls")
    assert Stage.TCP in diagnosis.ruled_out
    assert not {Stage.TLS, Stage.HTTP} & set(diagnosis.ruled_out)


@pytest.mark.slow
def test_a_server_that_is_silent_after_the_handshake_has_passed_it(tmp_path: Path) -> None:
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    held: list[ssl.SSLSocket] = []

    def silent(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = server.accept()
                with contextlib.suppress(OSError):  # of the probe that only connects
                    held.append(context.wrap_socket(accepted, server_side=True))

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=silent, args=(server,), daemon=True).start()
        url = f"https://localhost:{server.getsockname()[1]}/v1"
        settings = replace(settings_for(url), ca_bundle=Value(str(bundle), "SSL_CERT_FILE"))
        report = run_check(settings, 3, control=False)
        server.shutdown(socket.SHUT_RDWR)
    for one in held:
        one.close()
    assert report.diagnosis
    assert report.diagnosis.finding.id == "request_timeout"
    assert report.diagnosis.stage == "http"
    assert Stage.TLS in report.diagnosis.ruled_out
