"""Is there a proxy on the way, and does it let us through?"""

from codegpt_doctor.checks.plan import PathContext
from codegpt_doctor.checks.results import first_answer
from codegpt_doctor.findings.failures import entry_of
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.observation import Connections, Failure, late
from codegpt_doctor.model.report import Facts, Finding, Outcome, Stage, Status
from codegpt_doctor.net.proxy import ChosenProxy, unused_proxy

BY_SOCKS = ("SOCKS5Error", "SOCKS4Error")
ASKS_WHO = "407"
CANNOT = ("500", "502", "503", "504")  # said of the way behind the proxy
NO_TLS = ("ssl.WRONG_VERSION_NUMBER", "ssl.UNKNOWN_PROTOCOL", "ssl.HTTP_REQUEST")
UNREACHABLE = "proxy_unreachable"


def check_proxy(context: PathContext) -> Outcome:
    """Is there a proxy, and does it let the connection through?"""
    chosen = context.plan.proxy
    if chosen is None:
        unused = unused_proxy(context.settings)
        return Outcome(
            Status.PASS,
            f"none, the connection is direct{f' ({unused.words})' if unused else ''}",
            observations={"unused": unused.words} if unused else {},
        )
    facts = {"proxy": chosen.shown, "source": chosen.source}
    if context.plan.fault:
        return _no_address(chosen, context.plan.fault, facts)
    proxy = f"{chosen.shown} from {chosen.source}"
    failure = _failure(context)
    if failure is None:
        return Outcome(Status.PASS, f"{proxy} lets the connection through", observations=facts)
    line = f"{proxy}: {failure.text}"
    finding = Finding(
        entry_of(failure) or UNREACHABLE,
        (Evidence("proxy", line),),
        detail=f"The proxy is {proxy}. {_proxy_said(context, failure, chosen)}".strip(),
        steps=(_for_the_proxy(context),) if _is_forbidden(failure) else (),
        stage=Stage.PROXY,
    )
    return Outcome(Status.FAIL, line, finding, observations=facts)


def _failure(context: PathContext) -> Failure | None:
    """What went wrong with the proxy, as far as is known."""
    unfinished = Connections("connect to the proxy", failure=late(Stage.PROXY))
    connected = context.plan.tcp.result_or(unfinished) if context.plan.tcp else unfinished
    if connected.failure:
        return connected.failure
    failure = first_answer(context.plan)[0].failure
    return failure if failure and failure.stage is Stage.PROXY else None


def _proxy_said(context: PathContext, failure: Failure, chosen: ChosenProxy) -> str:
    """What the failure of a proxy means, where it is known; 407 has a page of its own."""
    if failure.kind in NO_TLS:
        return (
            f"It does not speak TLS itself: write http:// instead of https:// in {chosen.source}."
        )
    if failure.kind in CANNOT:
        return f"It answers, but could not reach {context.settings.host} itself."
    if _is_forbidden(failure):
        return f"It answers, but gives no way to {context.settings.host}: ask whoever runs it."
    return ""


def _is_forbidden(failure: Failure) -> bool:
    """Whether a proxy answered that it opens no way to the host; 407 only asks who it is for."""
    refused = failure.kind.isdigit() and failure.kind not in (ASKS_WHO, *CANNOT)
    return failure.kind in BY_SOCKS or refused


def _for_the_proxy(context: PathContext) -> str:
    target = context.plan.dialer
    port = target.port if target else 443
    return f"Ask IT to let the proxy open HTTPS connections to {context.settings.host}:{port}."


def _no_address(chosen: ChosenProxy, fault: str, facts: Facts) -> Outcome:
    detail = f"{chosen.source} holds no address of a proxy: {fault}."
    step = f"Write {chosen.source} as http://host:port, or remove it."
    finding = Finding(UNREACHABLE, (Evidence("proxy", detail),), detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail.rstrip("."), finding, observations=facts)
