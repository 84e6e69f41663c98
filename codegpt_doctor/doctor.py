"""One whole run: settings -> probes -> checks -> diagnosis -> report."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from codegpt_doctor.checks.plan import PathContext, Plan, start_list, start_path, start_probes
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.runner import (
    DEFAULT_TIMEOUT,
    broken,
    report_on,
    run_checks,
)
from codegpt_doctor.model.report import (
    CheckResult,
    Outcome,
    Report,
    Stage,
    Status,
    Target,
    Untested,
)
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.dialects import dialect_at
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    from codegpt_doctor.editor.machine import Machine
    from codegpt_doctor.probes.node import Runtime
    from codegpt_doctor.providers.dialects.wire import Model


SKIP = "--skip"
# the checks that a run can do without, and what is then untested; the others lead to the API
SKIPPABLE = {
    "model": (Untested.MODEL,),
    "inference": (Untested.INFERENCE, Untested.CREDIT),
    "limits": (Untested.LIMITS,),
    "billing": (Untested.BILLING,),
    "status": (Untested.STATUS,),
    "editor": (Untested.EDITOR,),
}
TO_THE_LIST = ("key", "settings", "proxy", "dns", "tcp", "tls", "http", "auth")


def run_check(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    spend: bool = True,
    sdk: bool = False,
    control: bool = True,
    on_result: Callable[[CheckResult], object] = lambda _: None,
    machine: "Machine | None" = None,
    skip: Collection[str] = (),
    runtime: "Runtime | None" = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Report:
    """Run every check against the target that the settings name.

    Args:
        settings: what to test and with what.
        timeout: seconds for the whole run.
        spend: whether one request of at most 16 output tokens may be made.
        sdk: whether the official client is asked for a second opinion.
        control: whether, when the target cannot be reached, a neutral host and the provider's
            status page may be asked; no key is sent there.
        on_result: told each result as soon as it is there.
        machine: where to look for an editor with CodeGPT; None where that is not asked.
        skip: the checks to leave out, of ``SKIPPABLE``.
        runtime: the Node.js to ask for a second opinion; None where that is not asked.
        meanwhile: done while the first answers are waited for.
    """
    background = Background.within(timeout)
    spend = spend and "inference" not in skip
    machine = None if "editor" in skip else machine
    planned = Task.now(partial(_begin, settings, background, spend, sdk, runtime))
    found = partial(_has_editor, machine)
    context: PathContext = Context(settings, background, spend, control, planned, has_editor=found)
    further = [*([sdk_check()] if sdk else []), *([node_check()] if runtime else [])]
    results = _results(context, further, machine, skip, meanwhile)
    proof = "http" if settings.no_key else "inference" if spend else "auth"
    left_out = partial(_untested, context, skip, machine)
    return report_on(results, background, on_result, partial(_target, context), proof, left_out)


def _begin(
    settings: Settings,
    background: Background,
    spend: bool,
    sdk: bool,
    runtime: "Runtime | None",
) -> Plan:
    """Begin the probes, unless the settings keep anything from being sent."""
    way = Way(settings, background)
    if judge_settings(way).status is Status.FAIL:
        return Plan(way)
    return start_probes(way, background, spend, sdk, runtime)


class Listing(NamedTuple):
    """The models that a key may use: None where they are not known, and ``report`` says why."""

    models: "tuple[Model, ...] | None"
    report: Report


def list_models(settings: Settings, timeout: float = DEFAULT_TIMEOUT) -> Listing:
    """Ask for the list of models, and test all that leads to it.

    A provider that has no list is not asked for one; the way there is not tested then.

    Args:
        settings: what to ask and with what key.
        timeout: seconds for the whole run.
    """
    background = Background.within(timeout)
    planned = Task.now(partial(_begin_list, settings, background))
    context: PathContext = Context(settings, background, False, False, planned)
    checks = [check for check in path_checks() if check.id in TO_THE_LIST]
    has_list = asks_for_list(settings)
    results = run_checks(checks if has_list else checks[:2], context)
    target = partial(_target, context)
    report = report_on(results, background, lambda _: None, target, None)
    return Listing(_listed(context) if has_list else None, report)


def asks_for_list(settings: Settings) -> bool:
    """Whether the provider has a list of its models at the address of the settings."""
    provider, address = load(settings.provider), asked_at(settings)
    return dialect_at(provider, address).list_request(provider, address) is not None


def _begin_list(settings: Settings, background: Background) -> Plan:
    way = Way(settings, background)
    if judge_settings(way).status is Status.FAIL:
        return Plan(way)
    return start_list(start_path(way, background), way, background)


def _listed(context: PathContext) -> "tuple[Model, ...] | None":
    from codegpt_doctor.checks.results import models_seen, problem_in
    from codegpt_doctor.findings.answers import list_problem
    from codegpt_doctor.findings.model_list import models_in

    seen = models_seen(context.plan)
    return None if problem_in(context, seen, list_problem) else tuple(models_in(seen))


def _results(
    context: PathContext,
    further: Sequence[Check[Plan]],
    machine: "Machine | None",
    skip: Collection[str],
    meanwhile: Callable[[], object],
) -> Iterator[CheckResult]:
    """The result of every check in turn.

    What is asked of an editor comes last, so that its faults are no root cause while the API itself
    fails; but it is begun first, since it takes its time.
    """
    planned = [*path_checks(), *further]
    checks = [_left_out(check) if check.id in skip else check for check in planned]
    editor = Task.now(lambda: _editor_results(machine, context) if machine else iter(()))
    meanwhile()
    yield from run_checks(checks, context)
    try:
        yield from editor.result()
    except Exception as error:  # noqa: BLE001 - the API was tested all the same
        yield broken("editor", "Editor", Stage.EDITOR, error)


def _left_out(check: Check[Plan]) -> Check[Plan]:
    """The check as a run has it that was told to do without."""
    outcome = Outcome(Status.SKIP, "left out on purpose", skipped_because=SKIP)
    return check._replace(run=lambda _: outcome, requires=())


def path_checks() -> tuple[Check[Plan], ...]:
    """Every check of the API, in the order of blame: from the settings to the answer."""
    # imported here because the probes are under way meanwhile
    from codegpt_doctor.billing.check import check_billing
    from codegpt_doctor.checks.auth import check_auth
    from codegpt_doctor.checks.dns import check_dns
    from codegpt_doctor.checks.http import check_http
    from codegpt_doctor.checks.inference import check_inference
    from codegpt_doctor.checks.key import check_key
    from codegpt_doctor.checks.limits import check_limits
    from codegpt_doctor.checks.model import check_model
    from codegpt_doctor.checks.proxy import check_proxy
    from codegpt_doctor.checks.settings import check_settings
    from codegpt_doctor.checks.status import check_status
    from codegpt_doctor.checks.tcp import check_tcp
    from codegpt_doctor.checks.tls import check_tls

    return (
        Check("key", "API key", Stage.SETTINGS, check_key),
        Check("settings", "Settings", Stage.SETTINGS, check_settings),
        Check("proxy", "Proxy", Stage.PROXY, check_proxy, ("settings",)),
        Check("dns", "DNS", Stage.DNS, check_dns, ("settings", "proxy")),
        Check("tcp", "TCP", Stage.TCP, check_tcp, ("settings", "proxy", "dns")),
        Check("tls", "TLS", Stage.TLS, check_tls, ("settings", "proxy", "dns", "tcp")),
        Check("http", "HTTP", Stage.HTTP, check_http, ("settings", "proxy", "dns", "tcp", "tls")),
        Check("auth", "Authentication", Stage.AUTH, check_auth, ("settings", "http")),
        Check("model", "Model", Stage.MODEL, check_model, ("settings", "http", "auth")),
        Check("inference", "Inference", Stage.INFERENCE, check_inference, ("settings", "http")),
        Check("limits", "Rate limits", Stage.INFERENCE, check_limits, ("settings", "http")),
        Check("billing", "Billing", Stage.BILLING, check_billing, ("settings", "http")),
        Check("status", "Provider status", Stage.HTTP, check_status, ("settings",)),
    )


def sdk_check() -> Check[Plan]:
    """The check that asks the official client for a second opinion."""
    from codegpt_doctor.checks.sdk import check_sdk

    return Check("sdk", "Official SDK", Stage.INFERENCE, check_sdk, ("settings",))


def node_check() -> Check[Plan]:
    """The check that asks Node.js, which editors run on, for a second opinion."""
    from codegpt_doctor.checks.node import check_node

    return Check("node", "Node.js", Stage.INFERENCE, check_node, ("settings",))


def _editor_results(machine: "Machine", context: PathContext) -> Iterator[CheckResult]:
    """What is found of an editor with CodeGPT; nothing where there is none."""
    if not _has_editor(machine):
        return iter(())
    from codegpt_doctor.editor.run import editor_results, find_environment

    return editor_results(find_environment(machine), context)


def _has_editor(machine: "Machine | None") -> bool:
    return _is_here(machine) and find_spec("psutil") is not None


def _is_here(machine: "Machine | None") -> bool:
    from codegpt_doctor.editor.discovery import has_codegpt

    return machine is not None and has_codegpt(machine)


def _untested(
    context: PathContext, skip: Collection[str], machine: "Machine | None"
) -> list[Untested]:
    """What the run was told to leave out, or has to, in the order of the path."""
    parts = {*_without_spending(context), *(part for name in skip for part in SKIPPABLE[name])}
    if find_spec("psutil") is None and _is_here(machine):
        parts.add(Untested.EDITOR)  # a program of one file has no compiled package
    return [part for part in Untested if part in parts]


def _without_spending(context: PathContext) -> list[Untested]:
    """What cannot be told without the key, or without a request that costs money."""
    if context.settings.no_key:
        return [Untested.KEY, Untested.MODEL, Untested.INFERENCE, Untested.CREDIT]
    if context.spend:
        return []
    inference = context.results.get("inference")
    unproven = inference is not None and inference.status is Status.SKIP
    stranger = provider_of(context.settings.host) is None
    key = [Untested.KEY] if unproven and stranger else []
    return [*key, Untested.INFERENCE, Untested.CREDIT]


def _target(context: PathContext) -> Target:
    from codegpt_doctor.checks.target import target_of

    return target_of(context)
