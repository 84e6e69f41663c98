"""What an HTTP answer means: fine, or which documented error; shared by the checks."""

from collections.abc import Callable
from math import ceil
from typing import TypeAlias

from codegpt_doctor import catalogue
from codegpt_doctor.findings.disguised import refusal_in
from codegpt_doctor.findings.failures import match_of
from codegpt_doctor.findings.formats import speaker_of
from codegpt_doctor.findings.forwarded import with_forwarder
from codegpt_doctor.findings.gateways import PASSWORD_SCHEMES, with_gateway
from codegpt_doctor.findings.model_list import is_model_list
from codegpt_doctor.findings.rate_limits import wait_said
from codegpt_doctor.findings.redirects import where_it_leads
from codegpt_doctor.findings.strangers import advice_on
from codegpt_doctor.findings.windows import windows_of
from codegpt_doctor.findings.words import answer_of, error_of, is_page, said, told_in
from codegpt_doctor.model.explanation import Confidence, Evidence, Match
from codegpt_doctor.model.observation import Exchange, failed_at
from codegpt_doctor.model.report import Finding, Stage
from codegpt_doctor.net.client import json_of
from codegpt_doctor.net.statuses import meaning_of, name_of
from codegpt_doctor.providers.keys import article, foreign_owner, has_no_key, kind_of, provider_of
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings, Value

Judge: TypeAlias = Callable[[Exchange], Match | None]  # what is wrong with an answer
PATH_STAGES = (Stage.DNS, Stage.TCP, Stage.PROXY, Stage.TLS, Stage.HTTP)
UNKNOWN = "unrecognized"
AGAIN = "{{command}}"  # the command with the options of the run
FORMAL = (400, 422)  # statuses that are about the request itself
# what an answer comes to of which nothing but its status tells
BY_STATUS = {
    401: "invalid_authentication",
    403: "forbidden_unspecified",
    404: "endpoint_not_found",
    405: "endpoint_not_found",
    410: "endpoint_not_found",
    501: "endpoint_not_found",
    529: "engine_overloaded",
    598: "gateway_timeout",
    599: "gateway_timeout",
    413: "upload_too_large",
    451: "forbidden_unspecified",
    495: "client_certificate_required",
    496: "client_certificate_required",
}
SIGN_IN = 511  # to the network itself, which is what a page is about
REFUSED_KEYS = ("invalid_api_key", "invalid_authentication")


def problem_of(seen: Exchange, fine: Callable[[Exchange], bool]) -> Match | None:
    """The documented error that an answer is, or None when it is as it should be.

    An answer that nothing in the catalogue fits has the id ``UNKNOWN``.
    """
    if seen.failure and seen.http_status < 300:
        return match_of(seen.failure) or certain(UNKNOWN)
    if seen.http_status < 200:  # none, or the last word of a server that has left HTTP
        return certain("malformed_response" if seen.http_status else UNKNOWN)
    if seen.truncated and seen.http_status < 300:
        return certain("response_too_large")
    if 300 <= seen.http_status < 400:
        return certain("malformed_response" if seen.http_status == 304 else "unexpected_redirect")
    body = json_of(seen)
    refused = isinstance(body, dict) and bool(body.get("error") or refusal_in(body))
    if seen.http_status < 300 and not refused:
        return None if fine(seen) else wrong_shape(seen)
    return _refusal(seen, body)


def _refusal(seen: Exchange, body: object) -> Match | None:
    """What an answer is that refuses, or None where it is the refusal that was hoped for."""
    from codegpt_doctor.classify import classify_response  # a healthy run does without

    status = status_of(seen, body)
    found = classify_response(status, told_in(seen), speaker_of(seen))
    if found and catalogue.get(found.id).severity == "pass":
        if status in FORMAL:
            return None
        # such words do not go with the status
        found = classify_response(status, "", speaker_of(seen))
    if asks_for_password(seen):
        return Match("invalid_authentication", Confidence.LIKELY, ())
    of_status = BY_STATUS.get(status) or _of_class(status)
    if is_page(seen) and (found is None or found.id == "unexpected_html"):
        return Match(of_status or "unexpected_html", Confidence.LIKELY, ())
    if found and not _says_nothing(found, seen):
        return found
    if of_status is None or catalogue.get(of_status).family == "auth":
        return certain(UNKNOWN)  # a rare status is no guess at the key
    return Match(of_status, Confidence.LIKELY, ())


def _of_class(status: int) -> str | None:
    """What a status that nothing names comes to, as RFC 9110 wants unknown ones to be taken."""
    return "server_error" if 500 <= status < 600 and status != SIGN_IN else None


def asks_for_password(seen: Exchange) -> bool:
    """Whether something before the API wants a name and a password, which no key is."""
    scheme = seen.headers.get("www-authenticate", "").strip().partition(" ")[0].lower()
    return seen.http_status == 401 and scheme in PASSWORD_SCHEMES


def status_of(seen: Exchange, body: object) -> int:
    """The status, or the one that a gateway gives as the code of an error in a good answer."""
    if seen.http_status >= 300:
        return seen.http_status
    told = refusal_in(body)
    if told:
        return told[0]
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else seen.http_status


def _says_nothing(found: Match, seen: Exchange) -> bool:
    """Whether a bare 400 or 422 is all there is: the requests of a check are well formed."""
    only_status = all(one.origin == "status" for one in found.evidence)
    return seen.http_status in FORMAL and only_status


def list_problem(seen: Exchange) -> Match | None:
    """The documented error that the answer of GET /models is, or None when it is a list."""
    return problem_of(seen, is_model_list)


def intermittent(seen: Exchange, judge: Judge) -> Finding | None:
    """A finding when a request only worked at the second attempt; it tells both outcomes."""
    first = seen.first_attempt
    if first is None or judge(seen):
        return None
    problem = judge(first)
    if problem is None or problem.id == UNKNOWN:
        return None
    detail = f"Intermittent: {seen.operation} gave {said(first)}, and an immediate retry worked."
    evidence = (Evidence("http", detail),)
    return Finding(problem.id, evidence, Confidence.LIKELY, detail, stage=failed_at(first))


def wrong_shape(seen: Exchange) -> Match:
    """What a good answer is that has another form than it should have."""
    return certain("unexpected_html" if is_page(seen) else "malformed_response")


def certain(entry_id: str) -> Match:
    """A match that is certain, of what this program saw itself."""
    return Match(entry_id, Confidence.CERTAIN, ())


def stage_of(match: Match) -> Stage | None:
    """The stage where a match lies; None for an answer that was not recognized."""
    return None if match.id == UNKNOWN else Stage(catalogue.get(match.id).stage)


def finding_of(
    match: Match, seen: Exchange, origin: str, settings: Settings, detail: str = ""
) -> Finding | None:
    """The finding for a problem, with the answer quoted; None when it was not recognized."""
    if match.id == UNKNOWN:
        return None
    entry_id = _by_headers(match.id, seen)
    foreign = _foreign_kind(settings)
    if entry_id == "invalid_api_key" and foreign:
        entry_id = "wrong_provider_key"
        detail = f"The key looks like {article(foreign)} {foreign}. {detail}".strip()
    if entry_id in REFUSED_KEYS and _lacks_key(entry_id, settings) and not asks_for_password(seen):
        entry_id = "missing_api_key"  # whatever the words
        detail = f"No key was found, so none was sent. {detail}".strip()
    if entry_id == "unexpected_redirect" and "location" in seen.headers:
        detail = f"{where_it_leads(seen)} {detail}".strip()
    evidence = Evidence(origin, f"{seen.operation}: {said(seen)}")
    advice = advice_on(entry_id, seen, settings)
    steps = _steps(entry_id, seen, settings) or advice.steps
    named = _named_identity(entry_id, settings)
    if named:
        detail = f"{named.source} is {named.value!r}. {detail}".strip()
        steps = (f"Correct {named.source}, or remove it.",)
    stage = failed_at(seen) if not seen.http_status else None
    finding = Finding(
        entry_id,
        (evidence,),
        match.confidence,
        detail,
        steps,
        stage,
        answer=answer_of(seen),
        instead=advice.instead or _is_of_gateway(entry_id, settings),
    )
    finding = _sent_elsewhere(_with_status(finding, seen), settings)
    finding = with_gateway(finding, seen, settings.host)
    passes = origin == "inference"  # the model is asked last, where others came through
    return finding if passes else with_forwarder(finding, seen, settings)


def _sent_elsewhere(finding: Finding, settings: Settings) -> Finding:
    """The finding where a server of one's own looks for the key in another place than it is in."""
    known = provider_of(settings.host) is not None
    if finding.id != "missing_api_key" or settings.key is None or known:
        return finding
    header = load(settings.provider).auth.header
    lead = f"A key was sent in the header {header}, but the server found none."
    step = f"Ask whoever runs {settings.host} which header must carry the key."
    stage = finding.stage or Stage.AUTH
    return finding._replace(lead=lead, detail="", steps=(step,), stage=stage, instead=True)


def _with_status(finding: Finding, seen: Exchange) -> Finding:
    """The finding with what a status means of which the entry's words do not tell."""
    status, hidden = seen.http_status, refusal_in(json_of(seen)) if seen.http_status < 300 else None
    if hidden:
        detail = f"The response has the status {status}, but its body says {hidden[0]}."
        return finding._replace(detail=f"{detail} {finding.detail}".strip())
    if finding.id not in ("unexpected_html", "server_error") or status < 400 or status == 500:
        return finding
    meaning = f"The status {status} means: {name_of(status)}. {meaning_of(status)}".strip()
    return finding._replace(detail=f"{meaning} {finding.detail}".strip())


def _lacks_key(entry_id: str, settings: Settings) -> bool:
    """Whether all that is missing is a key; a local program may have words of its own for that."""
    local = load(settings.provider).local
    own = local and catalogue.get(entry_id, settings.provider).provider == settings.provider
    bare = local and entry_id == "invalid_authentication"  # it may want a sign-in instead
    return has_no_key(settings) and not own and not bare


def _by_headers(entry_id: str, seen: Exchange) -> str:
    """Which of the rate limits is meant, where only the headers of a refusal tell."""
    spent = [one for one in windows_of(seen) if one.exhausted]
    if entry_id != "rate_limit_unspecified" or not spent:
        return entry_id
    if spent[0].told_per == "day":
        return "rate_limit_daily"
    counted = (kind for kind in ("requests", "tokens") if kind in spent[0].kind)
    return next((f"rate_limit_{kind}" for kind in counted), entry_id)


def _foreign_kind(settings: Settings) -> str | None:
    """The kind of a key that looks like one of a provider that is not asked here."""
    if settings.key is None or foreign_owner(settings.key, settings) is None:
        return None
    return kind_of(settings.key)


def _named_identity(entry_id: str, settings: Settings) -> Value | None:
    """The setting that an answer about the organization or the project is about."""
    if entry_id in ("organization_mismatch", "invalid_organization"):
        return settings.organization
    return settings.project if entry_id == "project_mismatch" else None


def _steps(entry_id: str, seen: Exchange, settings: Settings) -> tuple[str, ...]:
    """What the answer itself says to do, where it names the one value that matters."""
    if entry_id == "incorrect_hostname":
        _, found, rest = seen.body.partition("make your request to ")
        host = rest.split()[0].strip("\"'.,\\}") if found and rest.split() else ""
        if host.endswith(".api.openai.com"):
            return (f"Set the base URL to https://{host}/v1.",)
    if entry_id == "rate_limit_unspecified":
        wait = wait_said(seen.headers, error_of(seen).message)
        after = _after(wait) if wait else ""
        if _is_of_gateway(entry_id, settings):
            return after or f"Wait a minute, then test again.\n    {AGAIN}", _whose_limits(settings)
        return (after,) if after else ()
    return ()


def _is_of_gateway(entry_id: str, settings: Settings) -> bool:
    """Whether a limit is that of a server which has no page to buy credit on, nor words for it."""
    has_page = bool(load(settings.provider).pages.billing)
    own = catalogue.get(entry_id, settings.provider).provider == settings.provider
    return entry_id == "rate_limit_unspecified" and not has_page and not own


def _whose_limits(settings: Settings) -> str:
    return f"Ask whoever runs {settings.host} which limits are set, and whether credit is left."


def _after(seconds: float) -> str:
    """The step where the server itself says how long to wait."""
    return f"Wait {ceil(seconds)} s, as the server asks, then test again.\n    {AGAIN}"
