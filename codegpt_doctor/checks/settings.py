"""The settings: can they be right, and do the sources agree?  Nothing is sent before this."""

from codegpt_doctor import catalogue
from codegpt_doctor.checks.plan import PathContext, way_of
from codegpt_doctor.checks.route import Way
from codegpt_doctor.findings.setting import set_to
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.net.proxy import with_exceptions
from codegpt_doctor.providers.address import asked_at, better_at, faults_at
from codegpt_doctor.providers.keys import Refusal, bytes_may_go, has_no_key, provider_of
from codegpt_doctor.providers.provider import load
from codegpt_doctor.providers.selection import REGION_VARIABLES
from codegpt_doctor.settings.headers import OWN_PREFIX, BadHeader, judge, judge_id
from codegpt_doctor.settings.url import BaseUrl, Fault, UrlFault, is_this_computer
from codegpt_doctor.settings.values import Settings, Value

HERE = ("localhost", "127.0.0.1", "::1")
RESTART = "Quit the editor completely and start it again: programs read variables when they start."


def check_settings(context: PathContext) -> Outcome:
    """Checks the format of the base URL and the headers, and whether two sources disagree."""
    return judge_settings(way_of(context))


def judge_settings(way: Way) -> Outcome:
    """Whether anything may be sent with the settings of a run."""
    settings = way.settings
    wrong = _bad_url(settings) or _bad_header(settings) or _not_sent(way)
    if wrong:
        return wrong
    said = f"{settings.url.written} from {settings.base_url.source}"
    notes = (*settings.notes, *_hints(settings))
    if notes:
        return Outcome(Status.WARN, "; ".join((said, *notes)), observations={"notes": list(notes)})
    return Outcome(Status.PASS, said)


def _bad_url(settings: Settings) -> Outcome | None:
    """The failure of an address that cannot be right."""
    url = settings.url
    website = _website(url)
    faults = (*faults_at(settings), *([website] if website else []))
    known = provider_of(url.host) is not None
    fault = next((one for one in faults if one.kind.is_certain or known), None)
    if fault is None:
        return None
    entry_id = "endpoint_not_found" if fault.kind.is_about_path else "bad_base_url"
    right = str(_api_of(url.host)) if website else url.corrected
    if fault.kind is Fault.PORT and not known:
        right = None  # a server of one's own listens on a port that only its owner knows
    return _wrong_url(settings, fault.words, right, entry_id)


def _wrong_url(
    settings: Settings, words: str, right: str | None, entry_id: str = "bad_base_url"
) -> Outcome:
    detail = f"{settings.base_url.source} is {settings.url.written!r}. {words}"
    if settings.base_url.source == "default":  # the provider has no address that fits everybody
        detail = (
            f"{load(settings.provider).name} has no base URL that everyone shares, and none is set."
        )
    step = set_to(settings.base_url, right) if right else _without_right(settings)
    finding = Finding(entry_id, (Evidence("settings", detail),), detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail, finding)


def _without_right(settings: Settings) -> str:
    """The step where nobody can know which address was meant."""
    provider, source = load(settings.provider), settings.base_url.source
    if source != "default":
        usual = f", or leave it out to use {provider.base_url}" if provider.base_url else ""
        return f"Set {source} to the address of your server{usual}."
    if "{region}" in provider.base_url:
        return f"Set {REGION_VARIABLES[0]} to your region, such as us-east-1."
    variable = next(iter(provider.base_url_variables), "OPENAI_BASE_URL")
    return f"Set {variable} to the address of your own resource or server."


def _website(url: BaseUrl) -> UrlFault | None:
    """The fault of a host that is a provider's site for people, and no API."""
    api = _api_of(url.host)
    words = f"{url.host} is a website, not the API: use {api}"
    return UrlFault(Fault.WEBSITE, words) if api else None


def _api_of(host: str) -> str | None:
    for provider in catalogue.providers().values():
        if host in provider.get("not_api_hosts", ()):
            return str(provider["base_url"])
    return None


def _bad_header(settings: Settings) -> Outcome | None:
    """The failure of a header's value that cannot be right; the key has no part in it."""
    for kind in OWN_PREFIX:
        value: Value | None = getattr(settings, kind)
        bad = judge_id(value.value, kind) if value else None
        if value and bad:
            return _bad_setting(value, kind, bad)
    return None


def _bad_setting(value: Value, kind: str, bad: BadHeader) -> Outcome:
    detail = f"{value.source} is {_shown(value.value)}. {bad.words} Nothing was sent."
    step = f"Remove {value.source}, or copy the whole ID of the {kind} into it again."
    finding = Finding("bad_setting", (Evidence("settings", detail),), detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail.rstrip("."), finding)


def _shown(value: str) -> str:
    """A value in quotes, with what is not seen of it spelled out."""
    return ascii(value) if not value.isprintable() else repr(value)


def _not_sent(way: Way) -> Outcome | None:
    """The failure of an address to which no key may travel."""
    settings = way.settings
    decision = bytes_may_go(settings, way.route)
    if decision.is_sent or (has_no_key(settings) and decision.refusal is Refusal.UNENCRYPTED):
        return None
    if decision.refusal is Refusal.PROXY:
        return _proxy_between(settings, decision.words)
    return _unencrypted(settings)


def _proxy_between(settings: Settings, words: str) -> Outcome:
    detail = f"{words[0].upper()}{words[1:]}. Nothing was sent."
    evidence = (Evidence("settings", detail),)
    steps = (no_proxy_step(settings), *(() if settings.proxy else (RESTART,)))
    finding = Finding("loopback_through_proxy", evidence, detail=detail, steps=steps, instead=True)
    return Outcome(Status.FAIL, detail.rstrip("."), finding)


def no_proxy_step(settings: Settings) -> str:
    """The step that keeps requests for this computer away from a proxy, with the line itself."""
    if settings.proxy:
        return f"Leave out {settings.proxy.source}."
    host = settings.host.partition("%")[0]
    line = with_exceptions(settings, *HERE, host)
    return f"Set {line} so that requests for this computer use no proxy."


def _unencrypted(settings: Settings) -> Outcome:
    url = settings.url
    fault = "It must begin with https://, or the key is sent unencrypted."
    encrypted = f"https{(url.corrected or url.text).removeprefix('http')}"
    if provider_of(url.host):
        return _wrong_url(settings, fault, encrypted)
    if not url.is_private:
        return _wrong_url(settings, f"{fault} --allow-http sends it anyway.", encrypted)
    return _in_own_network(settings, encrypted)


def _in_own_network(settings: Settings, encrypted: str) -> Outcome:
    """The failure of an address in a network of one's own, where only its owner can choose."""
    url = settings.url
    said = f"http:// would send the key to {url.host} unencrypted, so nothing was sent"
    steps = (
        f"Add --allow-http if {url.host} is a server on your own network: the key is then sent "
        "unencrypted.",
        f"{set_to(settings.base_url, encrypted).rstrip('.')} if the server offers encryption.",
    )
    detail = f"{settings.base_url.source} is {url.written!r}: {said}."
    evidence = (Evidence("settings", detail),)
    finding = Finding("bad_base_url", evidence, detail=detail, steps=steps, instead=True)
    return Outcome(Status.FAIL, f"{said}; --allow-http sends it anyway", finding)


def _hints(settings: Settings) -> list[str]:
    hints = []
    for name, value in (
        ("organization", settings.organization),
        ("project", settings.project),
    ):
        if value and not value.value.strip():
            hints.append(
                f"{value.source} is set but empty: clients then send an empty {name} header"
            )
    hints += [_lower(fault.words) for fault in faults_at(settings)]
    return [*hints, *_host_hints(settings), *_header_hints(settings)]


def _lower(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}".rstrip(".")


def _host_hints(settings: Settings) -> list[str]:
    url, host = settings.url, settings.url.host
    hints = []
    better, own = better_at(settings), provider_of(host)
    has_path = own is not None and "/" in load(own).base_url.partition("://")[2]
    if not url.path and has_path and asked_at(settings) == url.text != better:
        hints.append(f"the base URL lacks {better.removeprefix(url.text)}")
    if host.endswith(".openai.azure.com") and settings.provider != "azure":
        hints.append(
            "Azure's own addresses need a deployment and an api-version, or the path /openai/v1"
        )
    if url.user_info:
        hints.append("the base URL has a user name in it, which clients send in place of the key")
    if "xn--" in host and "xn--" not in url.written.lower():
        hints.append(f"the host has letters that are not ASCII: requests go to {host}")
    if is_this_computer(host) and not url.is_loopback:
        hints.append(f"{host} is an address to listen on; on Windows, clients need 127.0.0.1")
    return hints


def _header_hints(settings: Settings) -> list[str]:
    """What programs with the official client send beside the key, where it cannot be sent."""
    lines = settings.environment.get("OPENAI_CUSTOM_HEADERS", "").splitlines()
    return [
        f"OPENAI_CUSTOM_HEADERS: {_lower(bad.words)} ({line.partition(':')[0][:40]})"
        for line in lines
        if (bad := judge(line))
    ]
