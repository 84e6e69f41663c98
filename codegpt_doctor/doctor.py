"""One whole run: settings -> probes -> checks -> diagnosis -> report."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from codegpt_doctor.checks.plan import PathContext, Plan, start_probes
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.runner import (
    DEFAULT_TIMEOUT,
    broken,
    report_on,
    run_checks,
    unless_broken,
)
from codegpt_doctor.model.report import (
    CheckResult,
    Commands,
    KeyFacts,
    Outcome,
    Report,
    Stage,
    Status,
    Target,
    Untested,
)
from codegpt_doctor.providers.keys import kind_of, provider_of
from codegpt_doctor.providers.provider import CUSTOM, load
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.command import command_of
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    from codegpt_doctor.editor.machine import Machine


SIMULATOR = "simulator"  # the source of a base URL that stands for the provider's own
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


def run_check(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    spend: bool = True,
    sdk: bool = False,
    control: bool = True,
    on_result: Callable[[CheckResult], object] = lambda _: None,
    machine: "Machine | None" = None,
    skip: Collection[str] = (),
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
    """
    background = Background.within(timeout)
    spend = spend and "inference" not in skip
    machine = None if "editor" in skip else machine
    planned = Task.now(partial(_begin, settings, background, spend, sdk))
    found = partial(_has_editor, machine)
    context: PathContext = Context(settings, background, spend, control, planned, has_editor=found)
    results = _results(context, sdk, machine, skip)
    proof = "http" if settings.no_key else "inference" if spend else "auth"
    left_out = partial(_untested, context, skip)
    return report_on(results, background, on_result, partial(target_of, context), proof, left_out)


def _begin(settings: Settings, background: Background, spend: bool, sdk: bool) -> Plan:
    """Begin the probes, unless the settings keep anything from being sent."""
    way = Way(settings, background)
    if judge_settings(way).status is Status.FAIL:
        return Plan(way)
    return start_probes(way, background, spend, sdk)


def _results(
    context: PathContext, sdk: bool, machine: "Machine | None", skip: Collection[str]
) -> Iterator[CheckResult]:
    """The result of every check in turn.

    What is asked of an editor comes last, so that its faults are no root cause while the API itself
    fails; but it is begun first, since it takes its time.
    """
    planned = [*path_checks(), *([sdk_check()] if sdk else [])]
    checks = [_left_out(check) if check.id in skip else check for check in planned]
    editor = Task.now(lambda: _editor_results(machine, context) if machine else iter(()))
    yield from run_checks(checks, context)
    try:
        yield from editor.result()
    except Exception as error:  # noqa: BLE001 - the API was tested all the same
        yield broken("editor", "Editor", Stage.EDITOR, error)


def _left_out(check: Check[Plan]) -> Check[Plan]:
    """The check as a run has it that was told to do without."""
    outcome = Outcome(Status.SKIP, "left out on purpose", skipped_because=SKIP)
    return replace(check, run=lambda _: outcome, requires=())


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


def _editor_results(machine: "Machine", context: PathContext) -> Iterator[CheckResult]:
    """What is found of an editor with CodeGPT; nothing where there is none."""
    if not _has_editor(machine):
        return iter(())
    from codegpt_doctor.editor.run import editor_results, find_environment

    return editor_results(find_environment(machine), context)


def _has_editor(machine: "Machine | None") -> bool:
    from codegpt_doctor.editor.discovery import has_codegpt

    return machine is not None and has_codegpt(machine)


def _untested(context: PathContext, skip: Collection[str]) -> list[Untested]:
    """What the run was told to leave out, in the order of the path."""
    parts = {*_without_spending(context), *(part for name in skip for part in SKIPPABLE[name])}
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


def target_of(context: PathContext) -> Target:
    """What was tested, and what a fix may say of it."""
    from codegpt_doctor.checks.results import tried_model

    settings = context.settings
    key = settings.key
    kind = unless_broken(lambda: kind_of(key), "key") if key else ""
    chosen = settings.model.value if settings.model else None
    return Target(
        provider=settings.provider,
        provider_from=settings.provider_from,
        base_url=settings.url.written,
        model=unless_broken(partial(tried_model, context), chosen),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        key=KeyFacts(mask(key.secret.reveal()), kind, key.source) if key else None,
        proxy=unless_broken(lambda: context.plan.proxy.shown if context.plan.proxy else None, None),
        commands=_commands(settings),
        console=_console(settings),
    )


def _console(settings: Settings) -> str:
    """Whose words and pages a fix may name: those of whoever runs the server that was asked."""
    provider = load(settings.provider)
    simulated = settings.base_url.source == SIMULATOR
    here = provider.local and settings.url.is_private
    known = simulated or here or provider.serves(settings.host)
    return settings.provider if known else CUSTOM


def _commands(settings: Settings) -> Commands:
    """How the same is tested again, and from where its key is."""
    usual = load(settings.provider).key_variables
    source = settings.key.source if settings.key else next(iter(settings.searched.places), "")
    return Commands(
        command_of(settings, usual),
        command_of(settings, usual, models=False),
        source if source in settings.environment else "",
    )
