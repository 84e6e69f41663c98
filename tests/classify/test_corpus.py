"""Texts as real clients print them: the examples of the entries in many forms, and the corpus."""

import json
import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from helpers.each import each

from codegpt_doctor import catalogue
from codegpt_doctor.api import explain
from codegpt_doctor.classify import classify_response, classify_text

CORPUS = Path(__file__).with_name("corpus.jsonl")  # what client software printed for known faults
ENTRIES = catalogue.entries("openai")
RESPONSES = [entry for entry in ENTRIES if "body" in entry.example]
TEXTS = [entry for entry in ENTRIES if "text" in entry.example]


def name_of(match: Any) -> str:
    return match.id if match else "none"


def in_json(entry: catalogue.Entry) -> bool:
    return str(entry.example["body"]).lstrip().startswith("{")


REFUSALS = [entry for entry in RESPONSES if in_json(entry) and entry.example["status"] >= 400]

CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    429: "RateLimitError",
}


def class_name(status: int) -> str:
    return CLASSES.get(status, "InternalServerError" if status >= 500 else "APIStatusError")


def python_1(status: int, body: str) -> str:
    """openai-python 1 and 2: the body as Python writes a dict."""
    return f"openai.{class_name(status)}: Error code: {status} - {json.loads(body)!r}"


def traceback_1(status: int, body: str) -> str:
    """The same, at the end of a traceback."""
    return (
        "Traceback (most recent call last):\n"
        '  File "/home/user/app/main.py", line 12, in <module>\n'
        "    answer = client.chat.completions.create(model=model, messages=messages)\n"
        '  File "/home/user/app/.venv/lib/python3.12/site-packages/openai/_base_client.py", '
        "line 1047, in request\n    raise self._make_status_error_from_response(err.response)\n"
        + python_1(status, body)
    )


def node(status: int, body: str) -> str:
    """openai-node: the error as console.error prints it."""
    sent = json.loads(body)
    error = sent.get("error", sent)
    error = error if isinstance(error, dict) else {"message": error}
    said = error.get("message")
    fields = "".join(f"    {key}: {_js(value)},\n" for key, value in error.items())
    return (
        f"{class_name(status)}: {status} {said}\n"
        "    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:41:20)\n"
        "    at OpenAI.makeStatusError (file:///app/node_modules/openai/client.mjs:158:32)\n"
        "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5) {\n"
        f"  status: {status},\n  headers: Headers {{}},\n  requestID: 'req_0123456789abcdef',\n"
        f"  error: {{\n{fields}  }},\n"
        f"  code: {_js(error.get('code'))},\n  param: {_js(error.get('param'))},\n"
        f"  type: {_js(error.get('type'))}\n}}"
    )


def _js(value: object) -> str:
    if isinstance(value, str):
        quote = "'" if "'" not in value else '"'
        return f"{quote}{value}{quote}"
    return "null" if value is None else json.dumps(value)


def curl(status: int, body: str) -> str:
    """``curl -i`` of the response."""
    return f"HTTP/2 {status} \ncontent-type: application/json\nx-request-id: req_01\n\n{body}\n"


def log_line(status: int, body: str) -> str:
    """A line of a JSON log with the body escaped in it."""
    line = {"ts": "2026-11-23T08:00:00.000Z", "level": "error", "logger": "assistant"}
    return json.dumps({**line, "msg": f"upstream said: Error code: {status} - {body}"})


def log_line_twice(status: int, body: str) -> str:
    """A JSON log line that was put into another JSON log line."""
    return json.dumps({"stream": "stderr", "log": log_line(status, body) + "\n"})


def toast(status: int, body: str) -> str:
    """A message of the editor."""
    return f"OpenAI: API Response was: Error {status}: {body}"


CLIENTS: tuple[Callable[[int, str], str], ...] = (
    python_1,
    traceback_1,
    node,
    curl,
    log_line,
    log_line_twice,
    toast,
)


def as_it_is(text: str) -> str:
    return text


def hard_wrapped(text: str) -> str:
    """Lines broken at column 80, in the middle of words too, as a terminal copies them."""
    lines = [
        line[at : at + 80] for line in text.split("\n") for at in range(0, max(1, len(line)), 80)
    ]
    return "\n".join(lines)


def colored(text: str) -> str:
    """Every word in a color of its own, as loggers and Node write to a terminal."""
    words = (f"\x1b[{31 + at % 6}m{word}\x1b[39m" for at, word in enumerate(text.split(" ")))
    return "\x1b[1m" + " ".join(words) + "\x1b[0m"


def windows_lines(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n") + "\r\n"


def quoted(text: str) -> str:
    """As in a reply to a mail or an issue."""
    return "Hello, what does this mean?\n\n" + "".join(f"> {line}\n" for line in text.split("\n"))


def in_a_log(text: str) -> str:
    """Each line after the time and the name of a container."""
    return "\n".join(f"2026-11-23T08:00:00Z api-1  | {line}" for line in text.split("\n"))


FORMS = (as_it_is, hard_wrapped, colored, windows_lines, quoted, in_a_log)


@pytest.mark.parametrize("entry", RESPONSES, ids=lambda entry: entry.id)
class TestAnExampleResponse:
    def test_is_its_own_entry(self, entry: catalogue.Entry) -> None:
        assert (
            name_of(classify_response(entry.example["status"], entry.example["body"])) == entry.id
        )

    def test_is_its_own_entry_as_one_text(self, entry: catalogue.Entry) -> None:
        text = f"HTTP/1.1 {entry.example['status']}\n\n{entry.example['body']}"
        assert name_of(classify_text(text)) == entry.id


def misnamed(text: str, expected: str) -> dict[str, str]:
    """The forms in which a text is not what is expected, and what it is taken for instead."""
    got = {form.__name__: name_of(classify_text(form(text))) for form in FORMS}
    return {form: name for form, name in got.items() if name != expected}


@pytest.mark.full
@each(product(REFUSALS, CLIENTS))
def test_a_refusal_is_recognised_as_each_client_prints_it(
    case: tuple[catalogue.Entry, Callable[[int, str], str]],
) -> None:
    entry, client = case
    text = client(entry.example["status"], entry.example["body"])
    assert misnamed(text, entry.id) == {}, text


@pytest.mark.parametrize("entry", REFUSALS, ids=lambda entry: entry.id)
def test_a_message_alone_is_never_taken_for_another_specific_error(entry: catalogue.Entry) -> None:
    body = json.loads(entry.example["body"])
    error = body.get("error", body)
    said = error.get("message", "") if isinstance(error, dict) else error
    got = name_of(classify_text(f"{entry.example['status']} {said}"))
    assert got == entry.id or catalogue.get(got).generic


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.id)
def test_a_text_of_a_client_is_its_own_entry_in_every_form(entry: catalogue.Entry) -> None:
    assert misnamed(entry.example["text"], entry.id) == {}


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.id)
def test_a_text_within_a_json_log_is_its_own_entry(entry: catalogue.Entry) -> None:
    line = json.dumps({"level": "error", "msg": entry.example["text"], "pid": 4242})
    assert name_of(classify_text(line)) == entry.id


NOISE = "INFO  indexing file {} of 9000\n"


@pytest.mark.slow
@pytest.mark.sampled(14)
@pytest.mark.parametrize("entry", REFUSALS, ids=lambda entry: entry.id)
def test_an_error_at_the_end_of_a_long_log_is_found(entry: catalogue.Entry) -> None:
    text = "".join(map(NOISE.format, range(400)))
    text += python_1(entry.example["status"], entry.example["body"])
    assert name_of(classify_text(text)) == entry.id


def cut(text: str, generator: random.Random) -> Iterator[str]:
    """Pieces of a text, as a careless selection with the mouse takes them."""
    for _ in range(20):
        start, end = sorted(generator.sample(range(len(text) + 1), 2))
        yield text[start:end]


@pytest.mark.slow
@pytest.mark.sampled(14)
@pytest.mark.parametrize("entry", REFUSALS, ids=lambda entry: entry.id)
def test_a_piece_of_an_error_breaks_nothing(entry: catalogue.Entry) -> None:
    generator = random.Random(entry.id)
    for piece in cut(traceback_1(entry.example["status"], entry.example["body"]), generator):
        assert name_of(classify_text(piece)) in {"none", *catalogue.ids()}


UNRELATED = (
    "All tests passed in 429 ms",
    "npm error code ENOTFOUND\nnpm error network request to https://npm.example/left-pad failed",
    'psql: error: connection to server at "db", port 5432 failed: Connection refused',
    "fatal: unable to access 'https://git.example/x.git/': Could not resolve host: git.example",
    "commit 3f2a1b Explain insufficient_quota and rate_limit_requests better",
    "def handle_quota(error):\n    return error.code == 401 or error.status > 500",
    "tests/test_a.py::test_invalid_api_key PASSED\ntests/test_a.py::test_model_not_found PASSED",
    '10.0.0.1 - - [23/Nov/2026:08:00:00 +0000] "GET /v1/models HTTP/1.1" 401 512',
    '{"object": "list", "data": [{"id": "gpt-4o", "object": "model"}]}',
    "Segmentation fault (core dumped)",
    "StripeAuthenticationError: Invalid API Key provided: sk_test_****1234",
    '{"error": {"type": "invalid_request_error", "message": "No such token: tok_1234567890abc"}}',
    "tweets.errors.TweetError: Twitter error response: status code = 429",
    "discord.errors.HTTPException: 429 Too Many Requests (error code: 0)",
    '{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 3"}',
    "AmazonS3Exception: The token has expired. (Service: Amazon S3; Status Code: 400)",
    "403: 'Forbidden',\n404: 'Not Found',\n407: 'Proxy Authentication Required',\n500: 'Internal "
    "Server Error'",
    "400 Bad Request - a\n401 Unauthorized - b\n404 Not Found - c\n500 Internal Server Error - d",
    "getaddrinfo ENOTFOUND smtp.mail.example",
    "ERROR: Job failed: exit code 500",
    "0123456789" * 50,
    "\x00\x01\x02\xff" * 100,
)


@pytest.mark.parametrize("text", UNRELATED, ids=lambda text: ascii(text[:24]))
def test_what_is_no_error_of_a_provider_is_not_recognised(text: str) -> None:
    assert name_of(classify_text(text)) == "none"


@pytest.mark.parametrize("word", ["None", "null", "", " ", "insufficient-bananas", "²"])
def test_a_word_that_is_no_name_of_an_entry_stands_for_none(word: str) -> None:
    assert explain(word).match is None


def rows() -> Iterator[dict[str, Any]]:
    """The labelled texts: the examples, what is no error, and the corpus."""
    for entry in ENTRIES:
        yield {"text": entry.example.get("text") or entry.example["body"], "expected": entry.id}
    for text in UNRELATED:
        yield {"text": text, "expected": "none"}
    with CORPUS.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def test_the_corpus_has_many_forms_of_many_errors() -> None:
    with CORPUS.open(encoding="utf-8") as file:
        corpus = list(map(json.loads, file))
    assert len(corpus) > 200
    assert len({row["expected"] for row in corpus}) > 50
    assert {"node", "curl", "langchain", "log", "python_traceback"} <= {r["form"] for r in corpus}
    assert {row["expected"] for row in corpus} <= {"none", *catalogue.ids()}


def test_the_labelled_texts_are_named_right() -> None:
    wrong, count, false_alarms = [], 0, []
    for row in rows():
        got = name_of(classify_text(row["text"]))
        count += 1
        if got not in (row["expected"], *row.get("also", ())):
            wrong.append((row["expected"], got, row["text"][-120:]))
            false_alarms += [row["text"]] if row["expected"] == "none" else []
    assert false_alarms == []
    assert 1 - len(wrong) / count >= 0.99, wrong
