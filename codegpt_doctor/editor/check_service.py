"""The half of CodeGPT that runs on this machine: the name it listens at, and its ports."""

import os
from collections.abc import Sequence

from codegpt_doctor.editor.check_installation import skip_without_codegpt, workplace
from codegpt_doctor.editor.environment import EditorEnvironment
from codegpt_doctor.editor.logs import is_active
from codegpt_doctor.editor.plan import EditorContext
from codegpt_doctor.editor.port_owner import PortOwner, is_editor, owner_of_port
from codegpt_doctor.editor.remote import is_container
from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.findings.measurements import resolution_facts
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Resolution, late
from codegpt_doctor.model.report import Facts, Finding, Outcome, Stage, Status
from codegpt_doctor.probes.listeners import Listener
from codegpt_doctor.probes.local_services import LOOPBACKS, Answer, Hostname, ServiceObservation

HOSTNAME = "codegpt_hostname_unresolvable"
UNREACHABLE = "codegpt_service_unreachable"
IN_USE = "codegpt_port_in_use"
CONTAINER_STEPS = (
    "This is a container, where HOSTNAME is always set: publish the service's port as the last "
    "step says; nothing else has to be changed.",
)
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - seen, not bound to


def check_hostname(context: EditorContext) -> Outcome:
    """Does the variable HOSTNAME lead CodeGPT's service to where its panel looks?"""
    nothing = skip_without_codegpt(context)
    if nothing:
        return nothing
    name = workplace(context).machine.environment.get("HOSTNAME", "")
    if not name:
        return Outcome(Status.PASS, "not set in this shell, so the service listens everywhere")
    unfinished = Hostname(Resolution(f"resolve {name}", failure=late(Stage.EDITOR)))
    asked = context.plan.hostname
    seen = asked.result_or(unfinished) if asked else unfinished
    facts = _hostname_facts(seen)
    first = next(iter(seen.resolution.addresses), "")
    if first in LOOPBACKS:
        return Outcome(Status.PASS, f"{name} is {first}", observations=facts)
    not_here = f"leads to {first}, not to 127.0.0.1" if first else ""
    leads = not_here or "does not resolve"
    if _answers(context):
        said = f"{name} {leads}, but the service responds: the editor was started without it"
        return Outcome(Status.PASS, said, observations=facts)
    return _astray(context, name, leads, seen)


def _hostname_facts(seen: Hostname) -> Facts:
    return {**resolution_facts(seen.resolution), "own": seen.own}


def _astray(context: EditorContext, name: str, leads: str, seen: Hostname) -> Outcome:
    machine = workplace(context).machine
    said = f"HOSTNAME is {name}, which {leads}"
    failure = seen.resolution.failure
    quote = f"{said} ({failure.text})" if failure else said
    # what a container publishes has to listen on the container's own address
    published = is_container(machine) and seen.own
    finding = Finding(
        HOSTNAME,
        (Evidence("hostname", quote),),
        Confidence.CERTAIN if _is_expected(context) else Confidence.LIKELY,
        detail=f"{said}.",
        steps=(*(CONTAINER_STEPS if published else ()), _hosts_step(name, machine.platform)),
    )
    status = Status.WARN if published else Status.FAIL
    return Outcome(status, said, finding, observations=_hostname_facts(seen))


def _hosts_step(name: str, platform: str) -> str:
    hosts = r"C:\Windows\System32\drivers\etc\hosts" if platform == "win32" else "/etc/hosts"
    return (
        f"Add {name} to the end of the line for 127.0.0.1 in {hosts}, so that it reads "
        f"127.0.0.1 localhost {name} (keep the names that are there). Then close all windows of "
        "the editor and open it again."
    )


def _answers(context: EditorContext) -> bool:
    """Whether CodeGPT's service is there on the loopback."""
    seen = _service(context)
    return seen is not None and any(
        answer.http_status and _owner(seen, port) in (PortOwner.CODEGPT, PortOwner.EDITOR)
        for port, answers in seen.answers.items()
        for answer in answers
    )


def _owner(seen: ServiceObservation, port: int) -> PortOwner | None:
    """Who holds a port: CodeGPT or the editor before others that listen there too."""
    found = {owner_of_port(one) for one in seen.listeners if one.port == port}
    return next((holder for holder in PortOwner if holder in found), None)


def _service(context: EditorContext) -> ServiceObservation | None:
    asked = context.plan.service
    try:
        return asked.result() if asked else None
    except UnfinishedError:
        return None


def _is_expected(context: EditorContext) -> bool:
    """Whether the service should be there now: an editor runs, and has started CodeGPT."""
    running = context.plan.running.result() if context.plan.running else {}
    return any(
        is_editor(running.get(editor.place.title, "")) and is_active(editor)
        for editor in workplace(context).with_codegpt
    )


def check_service(context: EditorContext) -> Outcome:
    """Does CodeGPT's own service answer on this machine, and who holds its ports?"""
    nothing = skip_without_codegpt(context)
    if nothing:
        return nothing
    seen = _service(context)
    if seen is None:
        return Outcome(Status.WARN, "the ports could not be examined in time")
    place = workplace(context)
    facts = {
        "listeners": [_listener_facts(one, place) for one in seen.listeners],
        "localhost": seen.localhost,
    }
    outcome = _nameless(seen) or _held(seen, place) or _free(context, place)
    return Outcome(outcome.status, outcome.summary, outcome.finding, outcome.skipped_because, facts)


def _listener_facts(one: Listener, place: EditorEnvironment) -> Facts:
    return {
        "port": one.port,
        "address": one.address,
        "holder": str(owner_of_port(one)),
        "pid": one.pid,
        "program": place.machine.short(one.program),
    }


def _held(seen: ServiceObservation, place: EditorEnvironment) -> Outcome | None:
    """The outcome where somebody listens; None where nobody does."""
    owners = {port: _owner(seen, port) or _unseen(seen, port) for port in place.ports}
    own = [port for port in place.ports if owners[port] in (PortOwner.CODEGPT, PortOwner.EDITOR)]
    good = [port for port in own if _serves(seen, port)]
    taken = [port for port in place.ports if owners[port] and port not in own]
    if taken and not good:
        return _taken(seen, place, taken[0])
    if good:
        return _healthy(seen, place, good[0], taken)
    return _silent(seen, place, own[0]) if own else None


def _serves(seen: ServiceObservation, port: int) -> bool:
    """Whether HTTP is answered at an address that the name ``localhost`` leads to."""
    return any(one.http_status and one.address in seen.localhost for one in seen.answers[port])


def _unseen(seen: ServiceObservation, port: int) -> PortOwner | None:
    """Somebody who accepts connections although no list shows him."""
    accepted = any(answer.connected for answer in seen.answers[port])
    return PortOwner.UNKNOWN if accepted else None


def _healthy(
    seen: ServiceObservation, place: EditorEnvironment, port: int, taken: list[int]
) -> Outcome:
    listener = _first(seen, port)
    who = _who(listener, place)
    reach = ", open to the whole network" if listener.address in EVERYWHERE else ""
    said = f"{who} answers on port {port}{reach}"
    if not taken:
        return Outcome(Status.PASS, said)
    other = _taken(seen, place, taken[0])
    return Outcome(Status.WARN, f"{said}; {other.summary}", other.finding)


def _first(seen: ServiceObservation, port: int) -> Listener:
    found = sorted(
        (one for one in seen.listeners if one.port == port),
        key=lambda one: list(PortOwner).index(owner_of_port(one)),
    )
    return found[0] if found else Listener(port, "127.0.0.1")


def _who(listener: Listener, place: EditorEnvironment) -> str:
    holder = owner_of_port(listener)
    if holder is PortOwner.UNKNOWN:
        return str(holder)
    name = os.path.basename(listener.program.replace("\\", "/"))
    if holder in (PortOwner.CODEGPT, PortOwner.EDITOR):
        return f"{holder} ({name}, pid {listener.pid})"
    return f"{place.machine.short(listener.program) or name} (pid {listener.pid})"


def _taken(seen: ServiceObservation, place: EditorEnvironment, port: int) -> Outcome:
    """Somebody else holds the port."""
    listener = _first(seen, port)
    holder = owner_of_port(listener)
    if holder is PortOwner.UNKNOWN and _looks_like_codegpt(seen.answers[port]):
        return Outcome(Status.PASS, f"{holder} answers on port {port} as CodeGPT does")
    who = _who(listener, place)
    said = f"port {port} is held by {who}"
    finding = Finding(
        IN_USE,
        (Evidence("service", said),),
        Confidence.LIKELY if holder is not PortOwner.OTHER else Confidence.CERTAIN,
        detail=f"P{said[1:]}.",
        steps=_freeing(listener, holder, who, place),
    )
    status = Status.WARN if holder is PortOwner.FORWARDER else Status.FAIL
    return Outcome(status, said, finding)


def _looks_like_codegpt(answers: Sequence[Answer]) -> bool:
    return any("next.js" in answer.headers.get("x-powered-by", "").lower() for answer in answers)


def _freeing(
    listener: Listener, holder: PortOwner, who: str, place: EditorEnvironment
) -> tuple[str, ...]:
    """How to free the port, once it was said what holds it."""
    port = listener.port
    if holder is PortOwner.FORWARDER:
        return (
            f"{who} forwards port {port} to a container or to another machine. That is right if "
            "CodeGPT runs there; otherwise remove the port from that forwarding.",
        )
    if listener.pid is None:
        return (
            f"With administrator rights, find out which program it is: {_looking(port, place)}",
        )
    command = "taskkill /PID" if place.machine.platform == "win32" else "kill"
    return (
        f"Port {port} is held by {who}. If you know that program and do not need it now, close it "
        f"properly; if that is not possible: {command} {listener.pid}",
    )


def _looking(port: int, place: EditorEnvironment) -> str:
    if place.machine.platform == "win32":
        return f"netstat -abno | findstr :{port}"
    return f"sudo lsof -nP -iTCP:{port}"


def _silent(seen: ServiceObservation, place: EditorEnvironment, port: int) -> Outcome:
    """CodeGPT holds its port, and the panel still finds nobody."""
    listener = _first(seen, port)
    who = _who(listener, place)
    if any(answer.connected for answer in seen.answers[port]):
        detail = f"{who} holds port {port}, but does not answer."
        step = "Close all windows of the editor, so that it quits completely, and open it again."
        evidence = (Evidence("service", detail),)
        finding = Finding(UNREACHABLE, evidence, detail=detail, steps=(step,))
        return Outcome(Status.FAIL, detail.rstrip("."), finding)
    detail = f"{who} listens on {listener.address} port {port}, not where localhost resolves to."
    finding = Finding(
        HOSTNAME,
        (Evidence("service", detail),),
        detail=f"{detail} The editor was started with HOSTNAME set to a name for that address.",
    )
    status = Status.WARN if is_container(place.machine) else Status.FAIL
    return Outcome(status, detail.rstrip("."), finding)


def _nameless(seen: ServiceObservation) -> Outcome | None:
    """The outcome where the name that the panel asks for leads nowhere."""
    if seen.localhost:
        return None
    detail = "The name localhost does not resolve on this machine."
    step = "Add the line 127.0.0.1 localhost to this machine's hosts file."
    evidence = (Evidence("service", detail),)
    finding = Finding(UNREACHABLE, evidence, detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail.rstrip("."), finding)


def _free(context: EditorContext, place: EditorEnvironment) -> Outcome:
    """Nobody listens: right while no editor runs, and the fault when one does."""
    ports = " and ".join(map(str, place.ports))
    if context.results["hostname"].status is Status.FAIL:
        return Outcome(Status.SKIP, "not tried", skipped_because="hostname")
    if not _is_expected(context):
        return Outcome(Status.PASS, f"{ports} are free; CodeGPT uses them when it runs")
    detail = f"The editor runs with CodeGPT, but nothing listens on {ports}."
    evidence = (Evidence("service", detail),)
    finding = Finding(UNREACHABLE, evidence, Confidence.LIKELY, detail=detail)
    return Outcome(Status.FAIL, detail.rstrip("."), finding)
