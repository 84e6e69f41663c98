"""What a model answered: whether anything was said at all, or an error hides in a good status."""

import json

from codegpt_doctor.findings.answers import UNKNOWN, certain, problem_of, status_of, wrong_shape
from codegpt_doctor.findings.disguised import refusal_in
from codegpt_doctor.findings.formats import dialect_of, speaker_of
from codegpt_doctor.model.explanation import Confidence, Match
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import json_of
from codegpt_doctor.providers.dialects.errors import error_in
from codegpt_doctor.providers.dialects.wire import Answer, events, has_other_lines


def answer_problem(seen: Exchange) -> Match | None:
    """The documented error that the answer of a model is, or None when the model has answered.

    A good status proves nothing: the body has to have words in it, or to end at the limit of the
    request, and none of its events may tell an error.
    """
    refused = refusal_in(json_of(seen))
    if refused or seen.failure or seen.truncated or not 200 <= seen.http_status < 300:
        return problem_of(seen, lambda _: True)
    told = [event for event in events(seen.body) if isinstance(event, dict)]
    error = next(filter(None, map(error_in, told)), None)
    if error is not None:
        from codegpt_doctor.classify import classify_response  # a healthy run does without

        body = {"error": error}
        found = classify_response(status_of(seen, body), json.dumps(body), speaker_of(seen))
        return found or certain(UNKNOWN)
    return _without_error(dialect_of(seen).read_answer(seen.body), seen)


def _without_error(said: Answer | None, seen: Exchange) -> Match | None:
    """What an answer is that tells no error: fine with words, else cut, filtered or empty."""
    if said is None or has_other_lines(seen.body):
        return wrong_shape(seen)
    if said.has_words or said.cut or said.counted:
        return None
    if said.refused:
        return certain("content_policy_violation")
    return Match("malformed_response", Confidence.LIKELY, ())
