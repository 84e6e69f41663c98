"""Does a connection come about?"""

from functools import partial

from codegpt_doctor.catalogue.steps import this_system
from codegpt_doctor.checks.control import with_control
from codegpt_doctor.checks.dns import BY_PROXY
from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import first_answer
from codegpt_doctor.findings.measurements import connection_facts, failed
from codegpt_doctor.findings.setting import set_to
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Connections, Failure, late
from codegpt_doctor.model.report import Finding, Outcome, Stage, Status
from codegpt_doctor.net.resolve import connect, has_way
from codegpt_doctor.providers.keys import provider_of
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.url import is_private, is_this_computer

NOT_LET_OUT = (
    "This computer itself blocks connections to that address, by a route or firewall rule."
)
HOSTS_FILES = {"windows": r"C:\Windows\System32\drivers\etc\hosts"}
REFUSED, NOT_RUNNING = "connection_refused", "local_model_unreachable"
NO_WAY = {"ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL"}  # as in a network of IPv6 alone
OTHER_END = {"127.0.0.1": "::1", "::1": "127.0.0.1"}
REFUSED_HERE = {"EACCES", "EPERM", "EINVAL"}  # said by this system itself; nothing was sent


def check_tcp(context: PathContext) -> Outcome:
    """Does the host accept connections, over IPv4 and over IPv6?"""
    if context.plan.proxy or context.plan.tcp is None:
        return Outcome(Status.SKIP, "the proxy connects", skipped_because=BY_PROXY)
    unfinished = Connections(f"connect to {context.settings.host}", failure=late(Stage.TCP))
    seen = context.plan.tcp.result_or(unfinished)
    if seen.failure:
        return _not_connected(context, seen, seen.failure)
    facts = connection_facts(seen)
    broken = seen.attempts["IPv6"].failure if "IPv6" in seen.attempts else None
    if broken:
        finding = Finding("ipv6_broken", (Evidence("tcp", broken.text),), detail=_local(context))
        said = f"IPv4 works, IPv6 does not: {broken.text}"
        return Outcome(Status.WARN, said, finding, observations=facts)
    older = seen.attempts["IPv4"].failure if "IPv4" in seen.attempts else None
    if older and older.kind not in NO_WAY:
        said = f"IPv6 works, IPv4 does not: {older.text}; programs that use only IPv4 fail"
        return Outcome(Status.WARN, said, observations=facts)
    said = f"{seen.operation} ({seen.duration_ms} ms)"
    return Outcome(Status.PASS, said, observations=facts, measured_ms=seen.duration_ms)


def _not_connected(context: PathContext, seen: Connections, failure: Failure) -> Outcome:
    facts = connection_facts(seen)
    if first_answer(context.plan)[0].address:
        detail = f"Intermittent: {seen.operation} gave {failure.text}; the requests worked."
        otherwise = failed(seen, failure, "tcp", detail, facts)
        return otherwise._replace(status=Status.WARN, summary=detail.rstrip("."))
    if _is_forbidden_here(seen):
        return with_control(context, failed(seen, failure, "tcp", NOT_LET_OUT, facts))
    home = _sent_home(context)
    outcome = failed(seen, failure, "tcp", home, facts)
    there = outcome.finding and (_at_the_other_end(context, failure) or _without_family(seen))
    if outcome.finding and there:
        finding = outcome.finding._replace(detail=there[0], steps=there[1:], instead=True)
        return outcome._replace(finding=finding)
    if outcome.finding and outcome.finding.id == REFUSED and _is_of_models(context):
        return outcome._replace(finding=outcome.finding._replace(id=NOT_RUNNING))
    if outcome.finding is None:
        return outcome
    if home:
        steps = (_let_it_out(context.settings.host),)
        return outcome._replace(finding=outcome.finding._replace(steps=steps, instead=True))
    told = outcome._replace(finding=_portal(context, outcome.finding))
    return with_control(context, told, _is_near(context))


def _at_the_other_end(context: PathContext, failure: Failure) -> tuple[str, str] | None:
    """What to say where a server of this computer listens at its other address alone."""
    settings = context.settings
    other = OTHER_END.get(settings.host)
    if other is None or failure.kind != "ECONNREFUSED":
        return None
    tried = partial(connect, (other,), settings.url.actual_port, 1.0)
    found = context.background.start(tried).result_or(Connections("", failure=failure))
    if found.failure:
        return None
    right = settings.url.at(other).text
    return f"A server listens at {other}, not at {settings.host}.", set_to(settings.base_url, right)


def _without_family(seen: Connections) -> tuple[str, str] | None:
    """What to say where this computer has no way for the one kind of address that there is."""
    failures = {family: one.failure for family, one in seen.attempts.items()}
    if len(failures) != 1 or not all(one and one.kind in NO_WAY for one in failures.values()):
        return None
    (family,) = failures
    other = "IPv4" if family == "IPv6" else "IPv6"
    if not has_way(other):
        return None
    said = f"This computer has {other} and no {family}, and the server's address is {family}."
    return said, f"Use a network with {family}, or a name of the server that has {other} too."


def _is_of_models(context: PathContext) -> bool:
    """Whether it is a server of local models that is asked, in one's own network."""
    return load(context.settings.provider).local and is_private(context.settings.host)


def _is_forbidden_here(seen: Connections) -> bool:
    kinds = {one.failure.kind for one in seen.attempts.values() if one.failure}
    return bool(kinds) and kinds <= REFUSED_HERE


def _is_near(context: PathContext) -> bool:
    """Whether a server that is no provider's has its place in one's own network."""
    dns = context.plan.dns
    addresses = dns.result().addresses if dns else ()
    is_own = bool(addresses) and all(map(is_private, addresses))
    return is_own and provider_of(context.settings.host) is None


def _portal(context: PathContext, finding: Finding) -> Finding:
    """The finding with a word about a network that leads every name to a page of its own.

    A server that is no provider's may well have its place in the local network.
    """
    host, dns = context.settings.host, context.plan.dns
    addresses = dns.result().addresses if dns else ()
    if provider_of(host) is None or not addresses or not all(map(is_private, addresses)):
        return finding
    said = (
        f"{host} resolves to {addresses[0]}, an address on the local network: the network's "
        "sign-in page or a filter took its place."
    )
    step = "Open any page in a browser, and sign in to the network if asked."
    return finding._replace(detail=f"{said} {finding.detail}".strip(), steps=(step,))


def _sent_home(context: PathContext) -> str:
    """What is odd about a public name whose addresses are all of this computer."""
    host, dns = context.settings.host, context.plan.dns
    addresses = dns.result().addresses if dns else ()
    if is_private(host) or not addresses or not all(map(is_this_computer, addresses)):
        return ""
    said = f"{host} resolves to {addresses[0]}, which is this computer"
    return f"{said}: the hosts file or a DNS filter sends it there."


def _let_it_out(host: str) -> str:
    """The step that takes away what sends a name to this computer."""
    file = HOSTS_FILES.get(this_system(), "/etc/hosts")
    return f"Remove {host} from {file}, or from the list of your DNS filter or ad blocker."


def _local(context: PathContext) -> str:
    if context.settings.host != "localhost":
        return ""
    return "localhost also means ::1, where nothing listens: write 127.0.0.1 in the base URL."
