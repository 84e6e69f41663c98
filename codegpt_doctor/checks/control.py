"""Whose fault it is: this network's, the way to this host, or the provider's."""

from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Neutral
from codegpt_doctor.model.report import Finding, Outcome
from codegpt_doctor.net.proxy import unused_proxy
from codegpt_doctor.probes import control
from codegpt_doctor.settings.url import is_private


def with_control(context: Context[object], outcome: Outcome, is_near: bool = False) -> Outcome:
    """Add to a connection that failed what a neutral host and an unused proxy tell.

    The way out to the internet is no matter of a host that ``is_near``, in one's own network.
    """
    seen = outcome if is_near else _with_neutral_host(context, outcome)
    return _with_unused_proxy(context, seen)


def _with_unused_proxy(context: Context[object], outcome: Outcome) -> Outcome:
    """Add that a proxy is set which is not used for this host: it may be the only way."""
    finding, unused = outcome.finding, unused_proxy(context.settings)
    if finding is None or unused is None:
        return outcome
    detail = f"{finding.detail} A proxy is not used: {unused.words}.".strip()
    return outcome._replace(
        finding=finding._replace(detail=detail, steps=(unused.step, *finding.steps))
    )


def _with_neutral_host(context: Context[object], outcome: Outcome) -> Outcome:
    finding = outcome.finding
    if finding is None or not context.control or is_private(context.settings.host):
        return outcome
    deadline = context.background.deadline
    try:
        seen = context.background.start(lambda: control.neutral(deadline)).result()
    except UnfinishedError:
        return outcome
    return outcome._replace(finding=judged(finding, seen, context.settings.host))


def judged(finding: Finding, seen: Neutral, host: str) -> Finding:
    """The finding with what a neutral host tells: whether it is about one host or the network."""
    steps = finding.steps
    if not seen.route:
        said = "This computer has no route to the internet at all."
        steps = (
            "Connect this computer to a network, and check whether other devices on it are online.",
            *steps,
        )
    elif not seen.name:
        said = f"{control.NEUTRAL_HOST} does not resolve either, so {host} is not the problem."
    elif not seen.connection:
        said = f"{control.NEUTRAL_HOST} cannot be reached either, so {host} is not the problem."
    elif finding.id == "dns_failure":
        said = f"Other names resolve ({control.NEUTRAL_HOST}): this one is blocked or misspelled."
    else:
        said = (
            f"{control.NEUTRAL_HOST} can be reached: something blocks the path to {host}, or the "
            "provider is down."
        )
    evidence = (*finding.evidence, Evidence("control", said))
    return finding._replace(
        evidence=evidence, detail=f"{finding.detail} {said}".strip(), steps=steps
    )
