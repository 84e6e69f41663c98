"""The fields of the JSON contract, which ``docs/_builder/schema`` publishes with their meaning."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict


class ToolData(TypedDict):
    """What printed it."""

    name: str
    version: str


class KeyData(TypedDict):
    """What may be said of a key."""

    hint: str
    kind: str
    source: str


class TargetData(TypedDict):
    """What was tested."""

    provider: str
    provider_from: str
    base_url: str
    model: str | None
    organization: str | None
    project: str | None
    key: KeyData | None
    proxy: str | None


class QuoteData(TypedDict):
    """A quotation, and the check that saw it."""

    check: str
    quote: str


class SignalData(TypedDict):
    """A quotation, and the kind of the signal that it is."""

    signal: str
    quote: str


class LinkData(TypedDict):
    """A link."""

    title: str
    url: str


class RemediationData(TypedDict):
    """What to do: each step is its line, at times its detail, then its code indented by four."""

    steps: list[str]
    commands: list[str]
    who: str


class FindingData(TypedDict):
    """The error that a check met."""

    id: str
    title: str
    detail: str
    evidence: list[QuoteData]
    docs_url: str


class CheckData(TypedDict):
    """One question and its answer."""

    id: str
    title: str
    stage: str
    status: str
    summary: str
    finding: FindingData | None
    skipped_because: str | None
    duration_ms: int
    measured_ms: int | None
    observations: Mapping[str, object]


class AnswerData(TypedDict):
    """What an API said when it refused; each is null where that is not known."""

    http_status: int | None
    code: str | None
    request_id: str | None
    retry_after_s: float | None


class ErrorData(AnswerData):
    """What a diagnosis and a match both tell of an error."""

    id: str
    provider: str | None
    title: str
    summary: str
    family: str
    confidence: str
    remediation: RemediationData
    retry: str
    docs_url: str
    links: list[LinkData]


class DiagnosisData(ErrorData):
    """The one root cause of a run."""

    stage: str
    evidence: list[QuoteData]
    explains: list[str]
    also: list[str]
    ruled_out: list[str]


class MatchData(ErrorData):
    """The error that a text is."""

    evidence: list[SignalData]


class ReportData(TypedDict):
    """One whole run."""

    schema_version: int
    tool: ToolData
    started_at: str
    duration_ms: int
    target: TargetData
    status: str
    diagnosis: DiagnosisData | None
    untested: list[str]
    checks: list[CheckData]
    exit_code: int


class ExplanationData(TypedDict):
    """The answer of ``explain``."""

    schema_version: int
    tool: ToolData
    match: MatchData | None
    also: list[str]
    nearest: list[str]
    events: NotRequired[list[Mapping[str, object]]]
