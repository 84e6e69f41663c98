"""Typed observations in the place of probes, so that a check can be asked without a socket."""

import json
from collections.abc import Mapping
from dataclasses import replace
from time import monotonic

from codegpt_doctor.checks.plan import PathContext, Plan
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Exchange, Failure, Handshake, Timings
from codegpt_doctor.model.report import CheckResult, Outcome, Stage, Status
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

URL = "https://llm.example.net/v1"
MODEL = "gpt-5.4-mini"
SECRET = "sk-proj-" + "Zm4Tq9Wb2Xc7Vd5Rf8Yg" * 3
MODELS: dict[str, object] = {"object": "list", "data": [{"id": MODEL}, {"id": "gpt-5.4"}]}
ANSWER: dict[str, object] = {
    "choices": [{"message": {"content": "hi"}}],
    "usage": {"total_tokens": 9},
}
HANDSHAKE = Handshake("TLSv1.3", "Let's Encrypt", "Jan  1 00:00:00 2030 GMT")
REFUSED = Failure(Stage.TCP, "ECONNREFUSED", "[Errno 111] Connection refused")
RESET = Failure(Stage.HTTP, "ECONNRESET", "[Errno 104] Connection reset by peer")


def settings_of(url: str = URL, **chosen: object) -> Settings:
    """The settings of a run with a key."""
    made = Settings("openai", Value(url, "test"), Key(Secret(SECRET), "OPENAI_API_KEY"))
    return replace(made, **chosen)  # type: ignore[arg-type]


def context_of(
    plan: Plan | None = None,
    settings: Settings | None = None,
    spend: bool = True,
    control: bool = False,
    results: Mapping[str, CheckResult] | None = None,
) -> PathContext:
    """A run whose probes have come to their ends."""
    return Context(
        settings or settings_of(),
        Background(monotonic() + 20),
        spend,
        control,
        Task.done(plan or Plan()),
        dict(results or {}),
    )


def exchange(
    status: int = 200,
    body: object = None,
    operation: str = "GET /models",
    headers: Mapping[str, str] | None = None,
    duration_ms: int = 120,
) -> Exchange:
    """A request that was answered."""
    return Exchange(
        operation,
        duration_ms,
        timings=Timings(dns=1, tcp=2, tls=3, http=4),
        address="192.0.2.7",
        certificate=HANDSHAKE,
        url=f"{URL}/models",
        http_status=status,
        headers=headers or {},
        body=body if isinstance(body, str) else json.dumps(body),
    )


def broken(failure: Failure, operation: str = "GET /models") -> Exchange:
    """A request that was not answered."""
    return Exchange(operation, 50, failure)


def error_body(code: str, message: str = "no") -> dict[str, object]:
    """A refusal as the API words it."""
    return {"error": {"message": message, "type": "invalid_request_error", "code": code}}


def listed(seen: Exchange | None = None) -> Task[Exchange]:
    """What GET /models gave; the usual models if not given."""
    return Task.done(seen or exchange(200, MODELS))


def inferred(*attempts: Exchange, model: str = MODEL) -> Task[Inference]:
    """What the model gave; a usual answer if not given."""
    usual = exchange(200, ANSWER, "POST /chat/completions")
    return Task.done(Inference(model, attempts or (usual,)))


def never() -> "Task[Exchange]":
    """A request that has not ended when time is up."""
    return Task(monotonic())


def found(outcome: Outcome) -> str | None:
    """The id of the finding of a check, if it has one."""
    return outcome.finding.id if outcome.finding else None


def result(check_id: str, status: Status = Status.PASS, because: str | None = None) -> CheckResult:
    """The result of another check of the run."""
    return CheckResult(check_id, check_id, Stage.HTTP, status, check_id, skipped_because=because)
