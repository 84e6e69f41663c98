"""Is there a proxy on the way, and does it let us through?"""

import re
from functools import partial

from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import first_answer
from codegpt_doctor.checks.settings import no_proxy_step
from codegpt_doctor.findings.failures import entry_of
from codegpt_doctor.findings.forwarded import credentials
from codegpt_doctor.findings.words import page_text
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.observation import Connections, Failure, late
from codegpt_doctor.model.report import Facts, Finding, Outcome, Stage, Status
from codegpt_doctor.net.failures import SLOW_ANSWER, SOCKS_REPLY
from codegpt_doctor.net.proxy import (
    ChosenProxy,
    misspelled_exception,
    socks_variable,
    unused_proxy,
)
from codegpt_doctor.net.proxy_kind import scheme_of_proxy
from codegpt_doctor.net.tunnel import NOT_ENCODED

BY_SOCKS = ("SOCKS5Error", "SOCKS4Error")  # beginnings of kinds
ASKS_WHO = ("407", "401", "SOCKS5AuthError")
NO_TUNNELS = ("400", "405", "501")  # what a web server says to CONNECT, which only proxies know
SPOKEN_BY_KIND = {
    SOCKS_REPLY: "socks5h",
    "ssl.WRONG_VERSION_NUMBER": "http",
    "ssl.UNKNOWN_PROTOCOL": "http",
    "ssl.HTTP_REQUEST": "http",
}
# speaking another protocol than its address says, a proxy says nothing of use
SPEECHLESS = (
    *("BadStatusLine", "RemoteDisconnected", "GeneralProxyError", "ETIMEDOUT"),
    *("ECONNRESET", SOCKS_REPLY),
)
HUNG_UP = ("RemoteDisconnected", "GeneralProxyError")
NO_ANSWER = ("ECONNREFUSED", "ETIMEDOUT")
MAX_PAGE_SHOWN = 200  # characters
UNREACHABLE, CANNOT = "proxy_unreachable", "proxy_cannot_connect"


def check_proxy(context: PathContext) -> Outcome:
    """Is there a proxy, and does it let the connection through?"""
    chosen = context.plan.proxy
    if chosen is None:
        unused = unused_proxy(context.settings)
        said = f"none, the connection is direct{f' ({unused.words})' if unused else ''}"
        return _passed(context, said, {"unused": unused.words} if unused else {})
    facts = {"proxy": chosen.shown, "source": chosen.source}
    if context.plan.fault:
        return _no_address(chosen, context.plan.fault, facts)
    proxy = f"{chosen.shown} from {chosen.source}"
    failure = _failure(context)
    if failure is None:
        return _passed(context, f"{proxy} lets the connection through", facts)
    line = f"{proxy}: {failure.text}"
    spoken = _spoken(context, failure)
    finding = Finding(
        entry_of(failure) or UNREACHABLE,
        (Evidence("proxy", line),),
        detail=f"The proxy is {proxy}. {_proxy_said(context, failure, chosen, spoken)}".strip(),
        steps=_steps(context, failure, chosen, spoken),
        stage=Stage.PROXY,
    )
    return Outcome(Status.FAIL, line, _with_exception(finding, context), observations=facts)


def _with_exception(finding: Finding, context: PathContext) -> Finding:
    """The finding with what NO_PROXY has for the target, where it keeps no proxy away."""
    meant = misspelled_exception(context.settings)
    if meant is None or context.settings.url.is_loopback:
        return finding
    host = context.settings.host
    detail = f"{meant.variable} has {meant.entry}, which does not exclude {host} from the proxy."
    step = f"Set {meant.variable}={meant.line} if {host} needs no proxy."
    return finding._replace(detail=f"{finding.detail} {detail}", steps=(step, *finding.steps))


def _passed(context: PathContext, said: str, facts: Facts) -> Outcome:
    """The outcome where nothing is in the way; a variable for SOCKS stops other programs."""
    variable = socks_variable(context.settings)
    if variable is None:
        return Outcome(Status.PASS, said, observations=facts)
    detail = (
        f"{variable} names a SOCKS proxy: Python programs that use openai fail with it, unless "
    )
    detail += "SOCKS support (the socksio package) is installed."
    step = f"Remove {variable}, or install socksio beside openai.\n    pip install socksio"
    evidence = (Evidence("proxy", said),)
    finding = Finding(UNREACHABLE, evidence, Confidence.LIKELY, detail, (step,))
    return Outcome(Status.WARN, f"{said}; {detail.rstrip('.')}", finding, observations=facts)


def _spoken(context: PathContext, failure: Failure) -> str | None:
    """The scheme that the proxy's address should have: by another it was seen to answer."""
    dialer = context.plan.dialer
    speechless = failure.kind in SPEECHLESS or failure.kind.startswith("ssl.")
    if dialer is None or dialer.proxy is None or not speechless or _connection(context).failure:
        return SPOKEN_BY_KIND.get(failure.kind)
    asked = context.background.start(partial(scheme_of_proxy, dialer))
    scheme = asked.result_or(None) or SPOKEN_BY_KIND.get(failure.kind)
    by_socks5 = dialer.proxy.scheme.startswith("socks5")
    same = scheme == dialer.proxy.scheme or (scheme == "socks5h" and by_socks5)
    return None if same else scheme


def _connection(context: PathContext) -> Connections:
    """The connection to the proxy, as far as it came."""
    unfinished = Connections("connect to the proxy", failure=late(Stage.PROXY))
    return context.plan.tcp.result_or(unfinished) if context.plan.tcp else unfinished


def _failure(context: PathContext) -> Failure | None:
    """What went wrong with the proxy, as far as is known."""
    connected = _connection(context)
    if connected.failure:
        return connected.failure
    failure = first_answer(context.plan)[0].failure
    return failure if failure and failure.stage is Stage.PROXY else None


def _proxy_said(
    context: PathContext, failure: Failure, chosen: ChosenProxy, spoken: str | None
) -> str:
    """What the failure of a proxy means, where it is known."""
    if spoken:
        given = _scheme(chosen)
        version = "version 5 of SOCKS" if given.startswith("socks") else "SOCKS and not HTTP"
        says = version if spoken == "socks5h" else "HTTP, without encryption"
        return f"It speaks {says}: write {spoken}:// instead of {given}:// in {chosen.source}."
    if failure.kind == "BadStatusLine":
        return "The program on that port is not an HTTP proxy."
    if failure.kind in HUNG_UP:
        return _why_hung_up(context, chosen)
    if failure.kind in NO_ANSWER and _names_no_port(chosen):
        return f"{chosen.source} names no port, so the usual one of {_scheme(chosen)}:// was tried."
    if failure.kind == SLOW_ANSWER:
        return "It began to respond, but did not finish in time."
    if failure.kind in ASKS_WHO:
        return _who_is_asked(failure, chosen)
    page = page_text(failure.answer.page)[:MAX_PAGE_SHOWN] if failure.answer else ""
    its_words = f' It says: "{page}"' if page else ""
    if entry_of(failure) == CANNOT:
        return f"It responds, but could not reach {context.settings.host} itself.{its_words}"
    if failure.kind in NO_TUNNELS:
        return f"It responds, but opens no tunnel: it may be a web server.{its_words}"
    if _is_forbidden(failure):
        host = context.settings.host
        said = f"It responds, but allows no connection to {host}: ask whoever runs it."
        return f"{said}{its_words}"
    return ""


def _why_hung_up(context: PathContext, chosen: ChosenProxy) -> str:
    """What it can mean that a proxy takes a connection and ends it without a word."""
    socks = _scheme(chosen).startswith("socks")
    speaks = "SOCKS" if socks else "HTTP"
    reasons = [f"it is not a proxy for {speaks}", f"it cannot reach {context.settings.host}"]
    if socks and "@" not in chosen.url:
        reasons.insert(0, "it requires a user name and password")
    return f"It ended the connection without a response: {', or '.join(reasons)}."


def _names_no_port(chosen: ChosenProxy) -> bool:
    return not re.search(r":\d{1,9}/?$", chosen.url)


def _scheme(chosen: ChosenProxy) -> str:
    return chosen.url.partition("://")[0] if "://" in chosen.url else "http"


def _who_is_asked(failure: Failure, chosen: ChosenProxy) -> str:
    """Which ways to sign in a proxy takes, and whether the ones that it was given were refused."""
    schemes = ", ".join(dict.fromkeys(failure.answer.schemes)) if failure.answer else ""
    takes = f" It accepts {schemes}." if schemes else ""
    if "@" in chosen.url:
        return f"It refused the user name and password that {chosen.source} gives.{takes}"
    return f"{chosen.source} gives no user name and password.{takes}"


def _steps(
    context: PathContext, failure: Failure, chosen: ChosenProxy, spoken: str | None
) -> tuple[str, ...]:
    """What removes the failure of a proxy, where that is known exactly."""
    if context.settings.url.is_loopback:
        return (no_proxy_step(context.settings),)
    if spoken:
        return (f"Write {spoken}:// instead of {_scheme(chosen)}:// in {chosen.source}.",)
    if failure.kind in ASKS_WHO:
        return credentials(chosen, failure.answer.schemes if failure.answer else ())
    if failure.kind in NO_ANSWER and _names_no_port(chosen):
        return (f"Write a colon and the proxy's port at the end of {chosen.source}.",)
    if failure.kind in (*NO_TUNNELS, *HUNG_UP):
        return (f"Compare host and port in {chosen.source} with those of the proxy.",)
    return (_for_the_proxy(context),) if _is_forbidden(failure) else ()


def _is_forbidden(failure: Failure) -> bool:
    """Whether a proxy answered that it opens no way to the host; 407 only asks who it is for."""
    refused = failure.kind.isdigit() and failure.kind not in ASKS_WHO
    by_socks = failure.kind.startswith(BY_SOCKS)
    return (by_socks or refused) and entry_of(failure) == UNREACHABLE


def _for_the_proxy(context: PathContext) -> str:
    target = context.plan.dialer
    port = target.port if target else 443
    return f"Ask IT to let the proxy open HTTPS connections to {context.settings.host}:{port}."


def _no_address(chosen: ChosenProxy, fault: str, facts: Facts) -> Outcome:
    detail = f"{chosen.source} does not hold a proxy address: {fault}."
    around = chosen.url.strip("\"' \t\r\n") != chosen.url
    step = f"Write {chosen.source} as http://host:port, or remove it."
    if around and "://" in chosen.url:
        step = f"Remove the quotation marks or spaces around the value of {chosen.source}."
    elif fault == NOT_ENCODED:
        step = f"Encode the password in {chosen.source}: # as %23, / as %2F, ? as %3F, [ as %5B."
    finding = Finding(UNREACHABLE, (Evidence("proxy", detail),), detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail.rstrip("."), finding, observations=facts)
