"""How a text is taken apart: colors, escapes, wraps, codes, types, names, statuses."""

from time import process_time

import pytest

from codegpt_doctor.catalogue import squeeze
from codegpt_doctor.classify import classify_response, classify_text, whose
from codegpt_doctor.classify.events import read
from codegpt_doctor.classify.matching import Signals, find_phrase
from codegpt_doctor.classify.normalize import MAX, normalize
from codegpt_doctor.classify.signals import quote, signals_of


def text_signals(text: str) -> Signals:
    """What the pieces of a text say, whoever they are of."""
    return signals_of(read(text).heard(whose.NOTHING))


class TestNormalise:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("\x1b[31;1mred\x1b[0m", "red"),
            ("\x1b[38;2;1;2;3mred\x1b[39m", "red"),
            ("\x1b]8;;https://x.example\x07link\x1b]8;;\x07", "link"),
            ("\x1b]0;title\x1b\\text", "text"),
            ("a\x00b\x07c\x7fd", "abcd"),
            ("zero\u200bwidth \u202eleft\ufeff", "zerowidth left"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("no\xa0break\u2003wide\u2028line", "no break wide line"),
            ("a 🦙\U0001d400 and half of one \ud83e", "a    and half of one  "),
            (r"escaped \ud83e\udd99", "escaped   "),
            (
                "&lt;h1&gt;503 &amp; more&lt;/h1&gt; &quot;x&quot; it&#39;s",
                '<h1>503 & more</h1> "x" it\'s',
            ),
        ],
    )
    def test_removes_what_only_a_screen_needs(self, text: str, plain: str) -> None:
        assert normalize(text) == plain

    @pytest.mark.parametrize(
        "text",
        [
            r"{\"code\": \"x\"}",
            r"{\\\"code\\\": \\\"x\\\"}",
            r"{\u0022code\u0022: \u0022x\u0022}",
            r"{\x22code\x22: \x22x\x22}",
        ],
    )
    def test_undoes_escapes_also_of_escapes(self, text: str) -> None:
        assert normalize(text) == '{"code": "x"}'

    def test_leaves_no_white_space_that_only_some_languages_know(self) -> None:
        spaces = [character for character in map(chr, range(0x110000)) if character.isspace()]
        assert set("".join(map(normalize, spaces))) == {"\t", "\n", " "}

    def test_makes_lines_of_escaped_lines(self) -> None:
        assert normalize(r"one\ntwo\tthree") == "one\ntwo\tthree"

    def test_what_an_escape_hides_is_removed_as_well(self) -> None:
        assert normalize(r"\u001b[31mred\u001b[0m") == "red"

    def test_joins_lines_that_were_broken_at_a_column(self) -> None:
        text = "The server said: " + "abcdefghij" * 30
        wrapped = "\n".join(text[at : at + 80] for at in range(0, len(text), 80))
        assert normalize(wrapped).rstrip("\n") == text

    def test_lines_that_are_equal_are_no_wrapped_text(self) -> None:
        line = "request to https://api.openai.com/v1/chat/completions failed: read ECONNRESET"
        text = f"{line}\n{line}\nRetrying in 2 seconds..."
        assert normalize(text) == text
        assert "ECONNRESET" in text_signals(text).names

    @pytest.mark.parametrize(
        "text",
        [
            "a short line\na short line\nan end",
            "x" * 50 + "\nis the longest of short lines",
            "one\n\ntwo\n",
        ],
    )
    def test_leaves_lines_that_are_lines(self, text: str) -> None:
        assert normalize(text) == text

    def test_keeps_the_start_and_the_end_of_what_is_too_long(self) -> None:
        plain = normalize("start " + "x" * (3 * MAX) + " end")
        assert plain.startswith("start ")
        assert plain.endswith(" end")
        assert len(plain) <= MAX + 2

    def test_an_empty_text_stays_empty(self) -> None:
        assert normalize("") == ""


FIELDS = (
    '{"code": "some_code", "type": "some_type"}',
    '{"code":"some_code","type":"some_type"}',
    "{'code': 'some_code', 'type': 'some_type'}",
    "{ code: 'some_code', type: 'some_type' }",
    "code=some_code type=some_type",
    "code: some_code, type: some_type",
    "error_code: some_code, error_type: some_type",
    '{"errorCode": "some_code", "errorType": "some_type"}',
    "[code] => some_code\n[type] => some_type",
    'ApiError { code: Some("some_code"), type: Some("some_type") }',
    'Error { code: Some(String("some_code")), type: Some(String("some_type")) }',
    r'msg="{\"code\":\"some_code\",\"type\":\"some_type\"}"',
    "Code:some_code Type:some_type",
    '["code"]=>\n    string(9) "some_code"\n    ["type"]=>\n    string(9) "some_type"',
    '\x1b[32m"code"\x1b[0m: \x1b[33m"some_code"\x1b[0m, type: \x1b[32m\'some_type\'\x1b[39m',
)


@pytest.mark.parametrize("text", FIELDS)
def test_codes_and_types_are_read_as_any_language_writes_them(text: str) -> None:
    signals = text_signals(text)
    assert "some_code" in signals.codes
    assert "some_type" in signals.types


@pytest.mark.parametrize(
    "text",
    ["the postcode: some_code", "subtype = some_code", "barcode=some_code", "archetype: some_code"],
)
def test_words_that_only_end_like_a_field_are_none(text: str) -> None:
    signals = text_signals(text)
    assert "some_code" not in signals.codes | signals.types


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Error: connect ECONNREFUSED 127.0.0.1:443", "ECONNREFUSED"),
        ("[UND_ERR_CONNECT_TIMEOUT]", "UND_ERR_CONNECT_TIMEOUT"),
        ("net::ERR_NAME_NOT_RESOLVED", "ERR_NAME_NOT_RESOLVED"),
        ("code: 'CERT_HAS_EXPIRED'", "CERT_HAS_EXPIRED"),
        ("WSAECONNREFUSED (10061)", "WSAECONNREFUSED"),
    ],
)
def test_names_of_errors_are_whole_words_in_capitals(text: str, name: str) -> None:
    assert name in text_signals(text).names
    assert name not in text_signals(text.replace(name, f"X{name}")).names
    assert name not in text_signals(text.lower()).names


STATUSES = (
    ("HTTP/1.1 429 Too Many Requests", 429),
    ("HTTP/2 503", 503),
    ("< HTTP/1.0 401 Unauthorized", 401),
    ("Error code: 429 - {'error': {}}", 429),
    ("status code 502", 502),
    ("Request failed with status code 404", 404),
    ('{"status": 403, "x": 1}', 403),
    ("status: 401,", 401),
    ("statusCode: 500", 500),
    ("status_code=400", 400),
    ("response status is 422", 422),
    ("429 Too Many Requests", 429),
    ("401 Unauthorized", 401),
    ("504 Gateway Time-out", 504),
    ("<title>502 Bad Gateway</title>", 502),
    ("<h1>503</h1>", 503),
    ("OpenAI: API Response was: Error 429: quota", 429),
    ("curl: (22) The requested URL returned error: 401", 401),
    ("RateLimitError: 429 You exceeded", 429),
    ("responded with 500", 500),
    ('DEBUG:urllib3:https://api.openai.com:443 "POST /v1/embeddings HTTP/1.1" 429 337', 429),
    ("bot - [ERROR] 401 Unauthorized", 401),
    ("429, message='Too Many Requests', url='x'", 429),
    ('openai 403 {"error": {"message": "Forbidden"}}', 403),
    ("[403] {'error': {'message': 'Forbidden'}}", 403),
    ('413 "Request Entity Too Large" (Net::HTTPServerException)', 413),
)


@pytest.mark.parametrize(("text", "status"), STATUSES, ids=[text for text, _ in STATUSES])
def test_a_status_is_found_where_an_error_has_it(text: str, status: int) -> None:
    assert text_signals(text).statuses == {status}


@pytest.mark.parametrize(
    "text",
    [
        "listening on port 4010",
        "took 429 ms",
        "127.0.0.1:5000",
        "version 4.0.4",
        "line 404, in request",
        "[1:401] compiled",
        "429 files changed",
        "429",
        "$500",
        "at main.js:503:20",
        "error 4040",
        "status 999",
        "exit code 500",
        "if (error.statusCode === 429) retry()",
        "order 429 not found",
        "429 17",
        "Raised when a limit is exceeded (status code: 429).",
    ],
)
def test_other_numbers_are_no_status(text: str) -> None:
    assert text_signals(f"log: {text}").statuses == frozenset()


DUMP = """HTTPError: Request failed with status code 401
  retry: { errorCodes: [ 'ETIMEDOUT', 'ECONNRESET', 'EADDRINUSE', 'ECONNREFUSED' ] },
  STATUS_CODES: { '403': 'Forbidden', '404': 'Not Found', '418': "I'm a Teapot", '500': 'Oh' }"""


@pytest.mark.parametrize(
    "before", ["", "worker-1  | ", "[app] ", "2026-11-23T08:00:00.000Z [err] "]
)
def test_lists_within_an_object_are_no_signals(before: str) -> None:
    signals = text_signals("\n".join(before + line for line in DUMP.split("\n")))
    assert signals.statuses == {401}
    assert not signals.names & {"ETIMEDOUT", "ECONNRESET", "ECONNREFUSED"}


@pytest.mark.parametrize(
    "text",
    [
        "NAME\n  connect\nERRORS\n  ECONNREFUSED  No one listens.",
        "Help on class RateLimitError in module openai:\n\nclass RateLimitError(APIStatusError)",
        "commit 1801d72f0e9f0f03d5cee65fd7e56f7a9890cd55\n\n    catch ECONNREFUSED",
        "import httpx\nfrom x import y\n\nclass APITimeoutError(Exception):\n    pass",
        "src/a.ts:18: 'ECONNRESET'\nsrc/b.ts:20: 'ENOTFOUND'\nsrc/c.ts:7: 'EPIPE'",
    ],
)
def test_a_page_or_a_source_has_no_signals(text: str) -> None:
    assert text_signals(text) == Signals()


def test_source_code_with_a_trace_of_an_error_has_signals() -> None:
    text = "import a\nimport b\nimport c\nTraceback (most recent call last):\nX: Error code: 429"
    assert text_signals(text).statuses == {429}


@pytest.mark.parametrize("lines", ["import json\n", "import json\nfrom openai import OpenAI\n"])
def test_a_line_or_two_of_source_above_an_error_hide_nothing(lines: str) -> None:
    assert text_signals(f"{lines}...\n429 Too Many Requests").statuses == {429}


def test_a_table_of_statuses_is_none() -> None:
    table = "401 Unauthorized, 403 Forbidden; 404 Not Found; 429 Too Many Requests"
    assert text_signals(table).statuses == frozenset()
    assert text_signals(table).foreign
    assert text_signals("retry_on_status: [429, 500, 502]").statuses == frozenset()


class TestResponses:
    def test_the_status_is_the_one_of_the_response_whatever_the_body_says(self) -> None:
        found = classify_response(429, '{"error": {"message": "Error code: 401"}}')
        assert found
        assert found.id == "rate_limit_unspecified"

    def test_a_request_that_worked_says_nothing(self) -> None:
        body = '{"object": "list", "data": [{"id": "insufficient_quota", "code": "server_error"}]}'
        assert text_signals(body) == Signals()

    def test_an_error_that_calls_itself_an_object_is_one(self) -> None:
        body = '{"object": "error", "message": "no such model", "code": 404}'
        assert text_signals(body).statuses == {404}

    def test_a_response_that_failed_does(self) -> None:
        body = '{"object": "response", "status": "failed", "error": {"code": "server_error"}}'
        assert text_signals(body).codes == {"server_error"}


class TestPhrases:
    def test_a_wildcard_stands_for_160_characters_and_no_more(self) -> None:
        parts = ("exceeded", "quota")
        for length, found in ((0, True), (1, True), (160, True), (161, False), (800, False)):
            text = f"exceeded{'x' * length}quota"
            assert (find_phrase(parts, text) == (0, len(text))) is found, length

    def test_the_next_start_is_tried_where_the_first_is_too_far_off(self) -> None:
        text = f"exceeded{'x' * 500}exceeded your quota"
        assert find_phrase(("exceeded", "quota"), text) == (508, len(text))


class TestQuote:
    def test_is_the_line_with_the_words(self) -> None:
        text = "before\nopenai said: You exceeded your   current quota, please check\nafter"
        parts = tuple(squeeze("exceeded your*quota").split("*"))
        assert quote(parts, text) == "openai said: You exceeded your current quota, please check"

    def test_is_short(self) -> None:
        text = "x" * 500 + " exceeded your current quota " + "y" * 500
        said = quote((squeeze("exceeded your current quota"),), text)
        assert len(said) <= 160
        assert "exceeded your current quota" in said

    def test_is_without_what_a_collector_put_before_each_line(self) -> None:
        text = "worker-1  | exceeded your\nworker-1  | current quota"
        words = "exceeded your current quota"
        assert quote((squeeze(words),), read(text).heard()) == words

    def test_is_empty_where_the_words_are_not(self) -> None:
        assert quote(("absent",), "text") == ""


NASTY = {
    "quotes": '"' * 100_000,
    "backslashes": "\\" * 100_000,
    "escapes": '\\"' * 50_000,
    "blanks": " " * 100_000,
    "lines": "\n" * 100_000,
    "digits": "4" * 100_000,
    "statuses": "status " * 16_000,
    "status words": "error of error is " * 6_000,
    "capitals": "A_" * 50_000,
    "brackets": "<title>" * 16_000,
    "codes": "code: " * 16_000,
    "escape characters": "\x1b[" * 50_000,
    "brackets of JSON": "[" * 100_000,
    "braces of JSON": '{"a": ' * 16_000,
    "phrase starts": "you exceeded " * 8_000,
    "hosts": "a." * 50_000,
    "hyphens": "a-" * 50_000,
    "modules": "a.b.errors." * 9_000,
    "names": "'ECONNRESET', " * 8_000 + "x",
    "capitals in a list": "EPIPE " * 16_000 + "x",
    "reasons": "404: 'Not Found', " * 6_000 + "x",
    "prefixes": "worker-1 | \n" * 9_000 + "x",
    "numbers": "429, " * 20_000 + "x",
    "numbers far apart": ("429" + " " * 400) * 250,
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_no_text_takes_long(text: str) -> None:
    started = process_time()
    classify_text(text)
    assert process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("A\tb\n C", "abc"),
        ("ÄÖ İ Σ \u212a", "ÄÖİΣ\u212a"),
        ("\ud83e X", "\ud83ex"),
    ],
)
def test_only_ascii_has_a_lower_case(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def test_letters_of_other_scripts_are_no_part_of_a_word() -> None:
    signals = text_signals("状态码429错误 错误代码code: 'x_y'ECONNRESET错误")
    assert signals.codes == {"x_y"}
    assert signals.names == {"ECONNRESET"}
    assert text_signals("错误error 429错误").statuses == {429}


def test_a_quotation_counts_characters_as_they_were() -> None:
    text = "İİİİ: You exceeded your current quota"
    assert quote((squeeze("exceeded your current quota"),), text) == text


def _logged(*refusals: str) -> str:
    return "\n".join(f"2026-11-28 08:00:00 ERROR openai.OpenAIError: {one}" for one in refusals)


SLOW_DOWN = (
    "Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4o in organization org-x "
    "on requests per min (RPM): Limit 3, Used 3, Requested 1.', 'code': 'rate_limit_exceeded'}}"
)
NO_MONEY = "Error code: 429 - {'error': {'message': 'No quota', 'code': 'insufficient_quota'}}"
NO_KEY = "Error code: 401 - {'error': {'message': 'Incorrect', 'code': 'invalid_api_key'}}"
NO_MODEL = "Error code: 404 - {'error': {'message': 'Nothing', 'code': 'model_not_found'}}"


@pytest.mark.parametrize(
    ("refusals", "root"),
    [
        ((SLOW_DOWN, NO_MONEY), "insufficient_quota"),
        ((NO_MONEY, SLOW_DOWN), "insufficient_quota"),
        ((NO_KEY, NO_MODEL), "model_not_found"),
        ((NO_MODEL, NO_KEY), "invalid_api_key"),
        ((SLOW_DOWN, SLOW_DOWN, NO_KEY), "invalid_api_key"),
        ((NO_MODEL, NO_MONEY), "insufficient_quota"),
    ],
)
def test_of_several_refusals_money_goes_before_speed_else_the_last_one(
    refusals: tuple[str, ...], root: str
) -> None:
    match = classify_text(_logged(*refusals))
    assert match
    assert match.id == root


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, "invalid_request"),
        (401, "invalid_authentication"),
        (403, "forbidden_unspecified"),
        (429, "rate_limit_unspecified"),
        (503, "service_unavailable"),
    ],
)
def test_a_status_tells_more_than_a_type_that_is_said_of_anything(
    status: int, expected: str
) -> None:
    body = "{'error': {'message': 'No.', 'type': 'invalid_request_error', 'code': None}}"
    match = classify_text(f"OpenAI: Error code: {status} - {body}")
    assert match
    assert match.id == expected


def test_a_string_that_node_breaks_is_read_whole() -> None:
    broken = "data: { message: 'Incorrect API key ' +\n      'provided: sk-x.' } openai"
    match = classify_text(broken)
    assert match
    assert match.id == "invalid_api_key"


def test_a_server_of_ones_own_may_hand_on_what_any_provider_says() -> None:
    told = '{"error": {"message": "Organization has been restricted.", "code": "%s"}}'
    at = "POST http://127.0.0.1:20128/v1/chat/completions 400 "
    match = classify_text(at + told % "organization_restricted")
    assert match
    assert (match.id, match.provider) == ("account_deactivated", "custom")
    unknown = classify_text(at + told % "something_else")
    assert unknown
    assert unknown.id == "invalid_request"


def test_the_start_of_a_text_is_no_status_where_something_is_counted() -> None:
    for text in ("500 files changed, 12 insertions(+)", "404 tests passed", "429 and 503 are"):
        assert text_signals(text).statuses == frozenset(), text
