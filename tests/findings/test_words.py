"""What is quoted of an answer that says little."""

import pytest
from helpers.plans import MODELS, exchange

from codegpt_doctor.findings.answers import list_problem
from codegpt_doctor.findings.completions import answer_problem
from codegpt_doctor.findings.words import said
from codegpt_doctor.net.statuses import meaning_of, name_of

PACKED = {"content-encoding": "br"}


def test_a_status_without_a_word_is_called_by_its_name() -> None:
    assert said(exchange(418, "")) == "418 I'm a Teapot"
    assert said(exchange(530, "")) == "530 Origin Error"
    assert said(exchange(475, "")) == "475 an unassigned client error"
    assert said(exchange(431, "Too big")) == '431: "Too big"'
    assert (name_of(999), meaning_of(999)) == ("not a status of HTTP", "")
    assert meaning_of(421) == "Server is not able to produce a response."


def test_what_is_not_what_was_asked_for_is_quoted_and_nothing_else() -> None:
    assert said(exchange(200, {"detail": "Sign in"})) == '200: "{"detail": "Sign in"}"'
    assert said(exchange(200, MODELS)) == "200"
    assert said(exchange(200, "\ufffdx\ufffd", headers=PACKED)) == (
        '200: "(a body in the encoding br)"'
    )
    assert said(exchange(200, "Hello", headers=PACKED)) == '200: "Hello"'


@pytest.mark.parametrize(
    ("body", "entry_id"),
    [
        ({"code": 401, "msg": "No such token"}, "invalid_authentication"),
        ({"status": "429", "message": "Slow"}, "rate_limit_unspecified"),
        ({"statusCode": 404, "error": "Not Found"}, "endpoint_not_found"),
        ({"code": 401}, "malformed_response"),
        ({"code": 40100, "msg": "No such token"}, "malformed_response"),
        ({"code": True, "msg": "Fine"}, "malformed_response"),
        ({"message": {"content": "hi"}, "usage": {"output_tokens": 2}}, "malformed_response"),
    ],
)
def test_a_good_status_is_no_answer(body: object, entry_id: str) -> None:
    problem = answer_problem(exchange(200, body, "POST /chat/completions"))
    assert problem
    assert problem.id == entry_id


WHOLE = '{"choices": [{"message": {"content": "hi"}}]}'


@pytest.mark.parametrize(
    ("body", "is_answer"),
    [
        (f"{WHOLE}\n<!-- served by x -->", False),
        (f"INFO: 200 OK\n{WHOLE}", False),
        (f"\ufeff{WHOLE}\n\n", True),
        (f"data: {WHOLE}\n\ndata: [DONE]\n\n", True),
        (f"keep-alive\n\ndata: {WHOLE}\n\nda", True),
        (f'{WHOLE}\n{{"choices": [', True),  # a stream of lines that was read so far
    ],
)
def test_an_answer_among_other_lines_is_read_by_nobody(body: str, is_answer: bool) -> None:
    problem = answer_problem(exchange(200, body, "POST /chat/completions"))
    assert (problem is None) is is_answer


XML = '<?xml version="1.0"?>'


@pytest.mark.parametrize(
    ("status", "body", "kind", "entry_id"),
    [
        (200, f"{XML}<Error><Code>NoSuchKey</Code></Error>", "text/plain", "malformed_response"),
        (200, "<ListBucketResult/>", "application/xml", "malformed_response"),
        (400, f"{XML}<Error>Bad</Error>", "application/xml", "unrecognized"),
        (403, f"{XML}<Error>No</Error>", "application/xml", "forbidden_unspecified"),
        (200, f"{XML}<!DOCTYPE html><html><p>Hi", "application/xhtml+xml", "unexpected_html"),
        (200, "<p>Hi", "text/plain", "unexpected_html"),
    ],
)
def test_xml_is_no_page(status: int, body: str, kind: str, entry_id: str) -> None:
    problem = list_problem(exchange(status, body, headers={"content-type": kind}))
    assert problem
    assert problem.id == entry_id


def test_an_answer_with_a_code_of_its_own_is_one() -> None:
    body = {"code": 500, "msg": "ok", "choices": [{"message": {"content": "hi"}}]}
    assert answer_problem(exchange(200, body, "POST /chat/completions")) is None
