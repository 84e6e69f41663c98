"""The words of a report: named tuples and enums.  No I/O, no terminal, no network."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from codegpt_doctor.model.explanation import Confidence, Evidence

Facts: TypeAlias = Mapping[str, Any]  # what a check observed, as JSON has it
NOTHING: Facts = {}


class Stage(StrEnum):
    """Where something happens on the path from the settings to the response, outside in."""

    SETTINGS = "settings"
    DNS = "dns"
    TCP = "tcp"
    PROXY = "proxy"
    TLS = "tls"
    HTTP = "http"
    AUTH = "auth"
    MODEL = "model"
    INFERENCE = "inference"
    BILLING = "billing"
    EDITOR = "editor"


class Status(StrEnum):
    """The outcome of a check; ``ERROR`` means that the check itself failed."""

    PASS = "pass"  # noqa: S105 - a status, not a password
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    ERROR = "error"


class Untested(StrEnum):
    """What a run left out, because it was told to or had to."""

    KEY = "key"
    MODEL = "model"
    INFERENCE = "inference"
    CREDIT = "credit"
    LIMITS = "limits"
    BILLING = "billing"
    STATUS = "status"
    EDITOR = "editor"


class Health(StrEnum):
    """The outcome of a whole run."""

    HEALTHY = "healthy"
    PROBLEM = "problem"
    INCONCLUSIVE = "inconclusive"


class Answer(NamedTuple):
    """What an API said when it refused, None if it did not; ``retry_after_s`` is in seconds."""

    http_status: int | None = None
    code: str | None = None
    request_id: str | None = None
    retry_after_s: float | None = None


class Finding(NamedTuple):
    """A warning or failure tied to an entry of the catalogue.

    ``lead`` is what this run says before the entry's own words, and ``detail`` what it adds after
    them, such as the address that was asked.  ``steps`` go before the entry's steps, for a fix that
    is known exactly; with ``instead``, they replace those steps, and a ``lead`` replaces the
    entry's words.  ``stage`` is where it happened, if that is known better than from the check that
    met it.  ``answer`` is the refusal of the API, if there was one.
    """

    id: str
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    detail: str = ""
    steps: tuple[str, ...] = ()
    stage: Stage | None = None
    instead: bool = False
    answer: Answer | None = None
    lead: str = ""


class Outcome(NamedTuple):
    """What a check found out; the runner adds who asked and how long it was waited for.

    ``measured_ms`` is what the measurement itself took, in milliseconds; None where there was none.
    """

    status: Status
    summary: str
    finding: Finding | None = None
    skipped_because: str | None = None
    observations: Facts = NOTHING
    measured_ms: int | None = None


class CheckResult(NamedTuple):
    """The result of one check.

    ``skipped_because`` is set if, and only if, the status is skip: the id of the check that made
    this one meaningless, or the reason in words.  ``duration_ms`` is how long the result was waited
    for, and ``measured_ms`` how long its own measurement took, None if there was none.
    """

    id: str
    title: str
    stage: Stage
    status: Status
    summary: str
    finding: Finding | None = None
    skipped_because: str | None = None
    duration_ms: int = 0
    observations: Facts = NOTHING
    measured_ms: int | None = None


class Diagnosis(NamedTuple):
    """The one root cause: the finding, its stage, what it explains and what is ruled out.

    ``explains`` holds the ids of checks, ``also`` those of other errors.  ``family`` is what the
    error is about.  The properties have the names of the fields in JSON, and are None if the run
    did not learn them.
    """

    finding: Finding
    stage: Stage
    explains: tuple[str, ...]
    also: tuple[str, ...]
    ruled_out: tuple[Stage, ...]
    family: str = ""

    @property
    def id(self) -> str:
        """The id of the error."""
        return self.finding.id

    @property
    def http_status(self) -> int | None:
        """The status with which the API refused."""
        return self.finding.answer.http_status if self.finding.answer else None

    @property
    def code(self) -> str | None:
        """The code or type that the API gave."""
        return self.finding.answer.code if self.finding.answer else None

    @property
    def request_id(self) -> str | None:
        """The id of the refused request, for whoever asks the provider about it."""
        return self.finding.answer.request_id if self.finding.answer else None

    @property
    def retry_after_s(self) -> float | None:
        """How many seconds the API says to wait."""
        return self.finding.answer.retry_after_s if self.finding.answer else None


class KeyFacts(NamedTuple):
    """What may be shown of a key: a masked hint, its kind and its source."""

    hint: str
    kind: str
    source: str


class Commands(NamedTuple):
    """What the steps of a fix name: the command that tests the same again, and the key's variable.

    ``for_model`` is the command without its models, for a step that adds another one.
    ``key_variable`` is empty if the key is not from a variable.
    """

    again: str = "codegpt-doctor check"
    for_model: str = "codegpt-doctor check"
    key_variable: str = ""


class Target(NamedTuple):
    """What was tested.

    ``console`` is the id of the provider whose words and pages a fix may name; if it is empty, that
    is ``provider``.  They differ at an unknown host, which is tested as ``provider`` would be.
    """

    provider: str
    base_url: str
    model: str | None = None
    organization: str | None = None
    project: str | None = None
    key: KeyFacts | None = None
    proxy: str | None = None
    provider_from: str = "default"
    commands: Commands = Commands()
    console: str = ""


class Report(NamedTuple):
    """One whole run.  ``started_at`` is UTC in ISO 8601, ``duration_ms`` milliseconds.

    ``untested`` is what the run left out.
    """

    started_at: str
    duration_ms: int
    target: Target
    status: Health
    diagnosis: Diagnosis | None
    checks: tuple[CheckResult, ...]
    exit_code: int
    untested: tuple[Untested, ...] = ()
