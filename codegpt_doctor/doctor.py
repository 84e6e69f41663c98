"""One whole run: settings -> probes -> checks -> diagnosis -> report."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from codegpt_doctor.checks.plan import start_probes
from codegpt_doctor.checks.settings import check_settings
from codegpt_doctor.engine.background import Background
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.runner import DEFAULT_TIMEOUT, report_on
from codegpt_doctor.model.report import CheckResult, KeyFacts, Report, Stage, Status, Target
from codegpt_doctor.providers.keys import kind_of
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.values import Settings

if TYPE_CHECKING:
    from codegpt_doctor.editor.machine import Machine


def run_check(
    settings: Settings,
    timeout: float = DEFAULT_TIMEOUT,
    spend: bool = True,
    sdk: bool = False,
    control: bool = True,
    on_result: Callable[[CheckResult], object] = lambda _: None,
    machine: "Machine | None" = None,
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
    """
    context = Context(settings, Background.within(timeout), spend, control)
    if check_settings(context).status is not Status.FAIL:
        start_probes(context, sdk)
    checks = [*path_checks(), *([sdk_check()] if sdk else [])]
    if machine:
        checks += _editor_checks(machine, context)
    return report_on(checks, context, on_result, _target)


def path_checks() -> tuple[Check, ...]:
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


def sdk_check() -> Check:
    """The check that asks the official client for a second opinion."""
    from codegpt_doctor.checks.sdk import check_sdk

    return Check("sdk", "Official SDK", Stage.INFERENCE, check_sdk, ("settings",))


def _editor_checks(machine: "Machine", context: Context) -> tuple[Check, ...]:
    """What is asked of an editor with CodeGPT, after all of the API; nothing where there is none.

    It comes last, so that its faults are no root cause while the API itself fails.
    """
    from codegpt_doctor.editor.discovery import has_codegpt

    if not has_codegpt(machine):
        return ()
    from codegpt_doctor.editor.run import EDITOR_CHECKS, begin, find_environment

    begin(find_environment(machine), context)
    return EDITOR_CHECKS


def _target(context: Context) -> Target:
    from codegpt_doctor.findings.results import tried_model

    settings = context.settings
    key = settings.key
    facts = KeyFacts(mask(key.secret.reveal()), kind_of(key), key.source) if key else None
    proxy = context.results["proxy"].observations.get("proxy")
    return Target(
        provider=settings.provider,
        base_url=settings.url.written,
        model=tried_model(context),
        organization=settings.organization.value if settings.organization else None,
        project=settings.project.value if settings.project else None,
        key=facts,
        proxy=proxy,
    )
