"""What an HTTP answer means: fine, or which documented error; shared by the checks."""

from collections.abc import Callable
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.classify import classify_response, classify_text
from codegpt_doctor.classify.exception_text import first_line
from codegpt_doctor.findings.model_list import MAX_ID
from codegpt_doctor.model.explanation import Confidence, Evidence, Match
from codegpt_doctor.model.observation import HttpObservation
from codegpt_doctor.model.report import Finding, Stage
from codegpt_doctor.net.client import MAX_BYTES, json_of
from codegpt_doctor.providers.keys import article, kind_of, owner_of
from codegpt_doctor.settings.url import better_base_url
from codegpt_doctor.settings.values import Settings, Value

PATH_STAGES = (Stage.DNS, Stage.TCP, Stage.PROXY, Stage.TLS, Stage.HTTP)
UNKNOWN = "unrecognized"
TOO_LARGE = f"a body of more than {MAX_BYTES // 1024} KiB"


def is_model_list(body: Any) -> bool:
    """Whether a body is the answer of GET /models, of OpenAI or of a compatible server."""
    return isinstance(body, list) or (
        isinstance(body, dict)
        and any(isinstance(body.get(key), list) for key in ("data", "models"))
    )


def is_answer(body: Any) -> bool:
    """Whether a body is the answer of a model: of chat completions or of responses."""
    if isinstance(body, dict) and isinstance(body.get("response"), dict):
        body = body["response"]  # of a stream of events
    return isinstance(body, dict) and any(
        isinstance(body.get(key), list) for key in ("choices", "output")
    )


def problem_of(seen: HttpObservation, fine: Callable[[Any], bool]) -> Match | None:
    """The documented error that an answer is, or None when it is as it should be.

    An answer that nothing in the catalogue fits has the id ``UNKNOWN``.
    """
    if not seen.http_status or (seen.failure and seen.http_status < 300):
        answered = seen.http_status or seen.facts.get("failed_at") == "http"
        otherwise = _match("malformed_response" if answered else "connection_error")
        return classify_text(seen.failure or "") or otherwise
    if seen.truncated and seen.http_status < 300:
        return _match("response_too_large")
    if 300 <= seen.http_status < 400:
        return _match("unexpected_redirect")
    body = json_of(seen)
    refused = isinstance(body, dict) and bool(body.get("error"))
    if seen.http_status < 300 and not refused:
        return None if fine(body) else _wrong_shape(seen)
    match = classify_response(_status_of(seen, body), seen.body)
    if match and catalogue.get(match.id).severity == "pass":
        return None
    return match if match and not _says_nothing(match, seen) else _match(UNKNOWN)


def _status_of(seen: HttpObservation, body: Any) -> int:
    """The status, or the one that a gateway gives as the code of an error in a good answer."""
    error = body.get("error") if isinstance(body, dict) and seen.http_status < 300 else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else seen.http_status


def _says_nothing(match: Match, seen: HttpObservation) -> bool:
    """Whether a bare 400 or 422 is all there is: the requests of a check are well formed."""
    only_status = all(one.origin == "status" for one in match.evidence)
    return seen.http_status in (400, 422) and only_status


def intermittent(seen: HttpObservation, fine: Callable[[Any], bool]) -> Finding | None:
    """A finding when a request only worked at the second attempt; it tells both outcomes."""
    first = seen.facts.get("first")
    if not isinstance(first, HttpObservation) or problem_of(seen, fine):
        return None
    problem = problem_of(first, fine)
    if problem is None or problem.id == UNKNOWN:
        return None
    detail = f"Intermittent: {seen.operation} gave {said(first)}; at once again it worked."
    return Finding(problem.id, (Evidence("http", detail),), Confidence.LIKELY, detail)


def _wrong_shape(seen: HttpObservation) -> Match:
    html = "html" in seen.headers.get("content-type", "") or seen.body.lstrip()[:1] == "<"
    return _match("unexpected_html" if html else "malformed_response")


def _match(entry_id: str) -> Match:
    return Match(entry_id, Confidence.CERTAIN, ())


def stage_of(match: Match) -> Stage | None:
    """The stage where a match lies; None for an answer that was not recognized."""
    return None if match.id == UNKNOWN else Stage(catalogue.get(match.id).stage)


def finding_of(
    match: Match, seen: HttpObservation, origin: str, settings: Settings, detail: str = ""
) -> Finding | None:
    """The finding for a problem, with the answer quoted; None when it was not recognized."""
    if match.id == UNKNOWN:
        return None
    entry_id = _by_headers(match.id, seen)
    foreign = _foreign_kind(settings)
    if entry_id == "invalid_api_key" and foreign:
        entry_id = "wrong_provider_key"
        detail = f"The key looks like {article(foreign)} {foreign}. {detail}".strip()
    if entry_id == "unexpected_redirect" and "location" in seen.headers:
        detail = f"It leads to {seen.headers['location'][:MAX_ID].split('?')[0]}. {detail}".strip()
    evidence = Evidence(origin, f"{seen.operation}: {said(seen)}")
    steps = _steps(entry_id, seen) or _path_steps(entry_id, settings)
    named = _named_identity(entry_id, settings)
    if named:
        detail = f"{named.source} is {named.value!r}. {detail}".strip()
        steps = (f"Correct {named.source}, or remove it.",)
    return Finding(entry_id, (evidence,), match.confidence, detail, steps)


def _by_headers(entry_id: str, seen: HttpObservation) -> str:
    """Which of the rate limits is meant, where only the headers of a refusal tell."""
    if entry_id == "rate_limit_unspecified":
        for kind in ("requests", "tokens"):
            if seen.headers.get(f"x-ratelimit-remaining-{kind}", "").strip() == "0":
                return f"rate_limit_{kind}"
    return entry_id


def _foreign_kind(settings: Settings) -> str | None:
    """The kind of a key that looks like one of a provider that is neither OpenAI nor asked here."""
    owner = owner_of(settings.key) if settings.key else None
    if settings.key is None or owner in (None, "openai"):
        return None
    at_home = settings.host in catalogue.providers()[str(owner)]["hosts"]
    return None if at_home else kind_of(settings.key)


def _named_identity(entry_id: str, settings: Settings) -> Value | None:
    """The setting that an answer about the organization or the project is about."""
    if entry_id in ("organization_mismatch", "invalid_organization"):
        return settings.organization
    return settings.project if entry_id == "project_mismatch" else None


def _steps(entry_id: str, seen: HttpObservation) -> tuple[str, ...]:
    """What the answer itself says to do, where it names the one value that matters."""
    if entry_id == "incorrect_hostname":
        _, found, rest = seen.body.partition("make your request to ")
        host = rest.split()[0].strip("\"'.,\\}") if found and rest.split() else ""
        if host.endswith(".api.openai.com"):
            return (f"Set the base URL to https://{host}/v1.",)
    return ()


def _path_steps(entry_id: str, settings: Settings) -> tuple[str, ...]:
    better = better_base_url(settings)
    about_path = entry_id in ("endpoint_not_found", "unexpected_html", "unexpected_redirect")
    return (f"Set the base URL to {better}",) if better and about_path else ()


def said(seen: HttpObservation) -> str:
    """An answer in one line: status, code, request id and the API's own words."""
    if not seen.http_status:
        return first_line(seen.failure or "no answer")
    error = error_of(seen)
    code = str(error.get("code") or error.get("type") or "")[:MAX_ID]
    known = code and code != str(seen.http_status)
    parts = [f"{seen.http_status} {code}" if known else str(seen.http_status)]
    parts += [seen.headers["x-request-id"][:MAX_ID]] if "x-request-id" in seen.headers else []
    parts += [first_line(seen.failure)] if seen.failure else []
    parts += [TOO_LARGE] if seen.truncated else []
    message = str(error.get("message") or "").strip() or _glimpse(seen)
    return ", ".join(parts) + (f': "{_short(message)}"' if message else "")


def error_of(seen: HttpObservation) -> dict[str, Any]:
    """The error object of a body, whatever wrapping it has: at best message, type and code."""
    body = json_of(seen)
    error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else {}
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else {}


def _glimpse(seen: HttpObservation) -> str:
    """The beginning of a body that has no error message: enough to recognize a page by."""
    if seen.http_status < 300 and not _wrong_shape(seen).id.startswith("unexpected"):
        return ""
    return seen.body[:400]


def _short(text: str, most: int = 4000) -> str:
    """One line, long enough that no key in it is cut before it is masked."""
    return " ".join(text[:most].split())
