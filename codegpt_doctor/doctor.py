"""One whole run: settings -> probes -> checks -> diagnosis -> report."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from codegpt_doctor import catalogue
from codegpt_doctor.checks import CHECKS, SDK_CHECK
from codegpt_doctor.checks.configuration import check_settings, is_loopback
from codegpt_doctor.checks.key import is_sendable, kind_of
from codegpt_doctor.diagnose import diagnose
from codegpt_doctor.exit_codes import ExitCode
from codegpt_doctor.model import CheckResult, Health, KeyFacts, Observation, Report, Status, Target
from codegpt_doctor.probes import path
from codegpt_doctor.redact import mask
from codegpt_doctor.runner import Background, Context, run_checks
from codegpt_doctor.settings import Settings

if TYPE_CHECKING:
    from codegpt_doctor.editor.machine import Machine
    from codegpt_doctor.probes.http import Client
    from codegpt_doctor.probes.inference import Inference
    from codegpt_doctor.runner import Check

DEFAULT_TIMEOUT = 15.0
CONNECT_TIMEOUT = 10.0
MARGIN = 0.3  # seconds of the deadline kept for the report
EXIT_CODES = {
    Health.HEALTHY: ExitCode.HEALTHY,
    Health.PROBLEM: ExitCode.PROBLEM,
    Health.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}


def examine(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    spend: bool = True,
    sdk: bool = False,
    on_result: Callable[[CheckResult], object] = id,
    machine: "Machine | None" = None,
) -> Report:
    """Run every check against the target that the settings name.

    Args:
        settings: what to test and with what.
        timeout: seconds for the whole run.
        spend: whether one request of at most 16 output tokens may be made.
        sdk: whether the official client is asked for a second opinion.
        on_result: told each result as soon as it is there.
        machine: where to look for an editor with CodeGPT; None where that is not asked.
    """
    started_at, started = datetime.now(UTC), perf_counter()
    background = Background(monotonic() + max(0.1, timeout - MARGIN))
    context = Context(settings, background, spend)
    if check_settings(context).status is not Status.FAIL:
        _start_probes(context, sdk)
    checks = [*CHECKS, SDK_CHECK] if sdk else [*CHECKS]
    if machine:
        checks += _editor_checks(machine, context)
    results = []
    for result in run_checks(checks, context):
        results.append(result)
        on_result(result)
    health, diagnosis = diagnose(results)
    return Report(
        started_at=started_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        duration_ms=round((perf_counter() - started) * 1000),
        target=_target(context),
        status=health,
        diagnosis=diagnosis,
        checks=tuple(results),
        exit_code=EXIT_CODES[health],
    )


def _editor_checks(machine: "Machine", context: Context) -> "tuple[Check, ...]":
    """What is asked of an editor with CodeGPT, after all of the API; nothing where there is none.

    It comes last, so that its faults are no root cause while the API itself fails.
    """
    from codegpt_doctor.editor.finding import has_codegpt

    if not has_codegpt(machine):
        return ()
    from codegpt_doctor.editor_run import EDITOR_CHECKS, find_workplace, start_probes

    start_probes(find_workplace(machine), context)
    return EDITOR_CHECKS


def _start_probes(context: Context, sdk: bool) -> None:
    """Begin the path first, so that the import of the HTTP client overlaps its round trips."""
    settings, background = context.settings, context.background
    if may_have_proxy(settings):
        from codegpt_doctor.probes.http import proxy_for

        proxy = proxy_for(settings)
        if proxy:
            background.start("proxy", lambda: _reach_proxy(proxy, background))
            _start_requests(context, sdk)
            return
    _start_path(settings, background)
    _start_requests(context, sdk)


def may_have_proxy(settings: Settings) -> bool:
    """Whether it is worth the time to ask which proxy there is."""
    if settings.direct:
        return False
    system = sys.platform in ("win32", "darwin")
    return system or any(name.lower().endswith("_proxy") for name in os.environ)


def _reach_proxy(proxy: str, background: Background) -> Observation:
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    named = path.resolve(host, port)
    if named.failure:
        return Observation(f"resolve the proxy {host}", named.duration_ms, named.failure)
    seen = path.connect(named.facts["addresses"], port, _patience(background))
    facts = {"proxy": f"{parts.scheme}://{host}:{port}"}
    return Observation(f"connect to the proxy {host}:{port}", seen.duration_ms, seen.failure, facts)


def _start_path(settings: Settings, background: Background) -> None:
    parts = urlsplit(settings.base_url.value.strip())
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    bundle = settings.ca_bundle.value if settings.ca_bundle else None

    def tcp() -> Observation:
        named: Observation = background.result("dns")
        if named.failure:
            return named
        return path.connect(named.facts["addresses"], port, _patience(background))

    def tls() -> Observation:
        connected: Observation = background.result("tcp")
        if connected.failure:
            return connected
        address = connected.facts["connected"]
        return path.handshake(host, address, port, bundle, _patience(background))

    background.start("dns", lambda: path.resolve(host, port))
    background.start("tcp", tcp)
    if parts.scheme == "https":
        background.start("tls", tls)


def _patience(background: Background) -> float:
    """Seconds that one connection may take: what is left, at most what clients allow."""
    return max(0.1, min(CONNECT_TIMEOUT, 0.8 * (background.deadline - monotonic())))


def _start_requests(context: Context, sdk: bool) -> None:
    from codegpt_doctor.probes import billing
    from codegpt_doctor.probes.http import Client

    settings, background = context.settings, context.background
    key = settings.key if settings.key and is_sendable(settings.key, settings) else None
    client = Client(settings, key, background.deadline)
    background.start("models", lambda: client.get("/models"))
    if key:
        background.start("inference", lambda: _infer(context, client))
    if settings.admin_key and may_have_admin_key(settings):
        admin = Client(settings, settings.admin_key, background.deadline, identity=False)
        month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        background.start("costs", lambda: billing.costs(admin, month))
        background.start("spend_limit", lambda: billing.spend_limit(admin))
    if sdk and key:
        background.start("sdk", lambda: _ask_sdk(context))


def may_have_admin_key(settings: Settings) -> bool:
    """Whether the admin key may go to the target: to OpenAI itself, or to this machine."""
    hosts = catalogue.providers()[settings.provider]["hosts"]
    return settings.host in hosts or is_loopback(settings.host)


def _default_models(settings: Settings) -> list[str]:
    return list(catalogue.providers()[settings.provider]["default_models"])


def _infer(context: Context, client: "Client") -> "Inference":
    from codegpt_doctor.probes.inference import Inference, invalid_request, smallest_inference

    settings = context.settings
    model = settings.model.value if settings.model else _default_models(settings)[0]
    if not context.spend:
        return Inference(model, [invalid_request(client)])
    attempts = smallest_inference(client, model)
    if settings.model is None and attempts[-1].http_status in (400, 403, 404):
        other = _listed_model(context)
        if other and other != model:
            return Inference(other, smallest_inference(client, other))
    return Inference(model, attempts)


def _listed_model(context: Context) -> str | None:
    """A small model of the list, for a target that does not have the one that is tried first."""
    from codegpt_doctor.checks.api import model_ids

    listed = model_ids(context.background.result("models"))
    preferred = [name for name in _default_models(context.settings) if name in listed]
    for_chat = [name for name in listed if not any(word in name for word in _NOT_FOR_CHAT)]
    return next(iter(preferred + for_chat), None)


_NOT_FOR_CHAT = ("embed", "whisper", "tts", "dall-e", "image", "moderation", "audio", "realtime")


def _ask_sdk(context: Context) -> object:
    from codegpt_doctor.probes import sdk

    inference: Inference = context.background.result("inference")
    left = max(0.1, context.background.deadline - monotonic())
    return sdk.ask(context.settings, inference.model if context.spend else None, left)


def _target(context: Context) -> Target:
    from codegpt_doctor.checks.api import tried_model

    settings = context.settings
    key = settings.key
    facts = KeyFacts(mask(key.secret.reveal()), kind_of(key), key.source) if key else None
    proxy = context.results["proxy"].observations.get("proxy")
    return Target(
        provider=settings.provider,
        base_url=settings.base_url.value.strip(),
        model=tried_model(context),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        key=facts,
        proxy=proxy,
    )
