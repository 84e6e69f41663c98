"""What a model answered: whether anything was said at all, or an error hides in a good status."""

import json
from collections.abc import Sequence

from codegpt_doctor.classify import classify_response
from codegpt_doctor.findings.answers import UNKNOWN, certain, problem_of, status_of, wrong_shape
from codegpt_doctor.model.explanation import Confidence, Match
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.net.client import events_of
from codegpt_doctor.providers.completions import CUT, Table, error_in, has_words, reasons_in

FILTERED = ("content_filter", "safety")


def answer_problem(seen: Exchange) -> Match | None:
    """The documented error that the answer of a model is, or None when the model has answered.

    A good status proves nothing: the body has to have words in it, or to end at the limit of the
    request, and none of its events may tell an error.
    """
    if seen.failure or seen.truncated or not 200 <= seen.http_status < 300:
        return problem_of(seen, lambda _: True)
    events = [event for event in events_of(seen) if isinstance(event, dict)]
    error = next(filter(None, map(error_in, events)), None)
    if error is not None:
        body = {"error": error}
        found = classify_response(status_of(seen, body), json.dumps(body))
        return found or certain(UNKNOWN)
    if has_words(events):
        return None
    return _without_words(events, seen)


def _without_words(events: Sequence[Table], seen: Exchange) -> Match | None:
    """What an answer without a word is: cut at the limit that was asked for, filtered, or empty."""
    reasons = set(map(str, reasons_in(events)))
    if reasons & set(CUT) or any(map(_has_run, events)):
        return None
    if reasons & set(FILTERED):
        return certain("content_policy_violation")
    looks_so = any(key in event for event in events for key in ("choices", "output", "response"))
    if not looks_so:
        return wrong_shape(seen)
    return Match("malformed_response", Confidence.LIKELY, ())


def _has_run(event: Table) -> bool:
    """Whether an answer tells tokens that the model has made, though they are not shown."""
    usage = event.get("usage")
    if not isinstance(usage, dict):
        return False
    counts = (usage.get(f"{kind}_tokens") for kind in ("completion", "output"))
    return any(isinstance(count, int) and count > 0 for count in counts)
