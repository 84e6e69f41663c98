"""The settings: does the base URL make sense, and do the sources agree?"""

import re
from urllib.parse import SplitResult, urlsplit

from codegpt_doctor import catalogue
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.settings.url import _ENDPOINTS, is_loopback, is_private
from codegpt_doctor.settings.values import Settings, Value

_PLACEHOLDER = re.compile(r"[<>{}]|(?:^|[./-])your[-_.]|my-?resource|\$\{?\w", re.IGNORECASE)


def check_settings(context: Context) -> Outcome:
    """Checks the base URL's format, and whether two sources disagree."""
    settings = context.settings
    url = settings.base_url
    fault = _fault(url)
    if fault:
        return _bad_url(url, fault)
    if not _may_send(settings):
        return _unencrypted(settings)
    said = f"{url.value.strip()} from {url.source}"
    notes = (*settings.notes, *_hints(settings))
    if notes:
        return Outcome(Status.WARN, "; ".join((said, *notes)), observations={"notes": list(notes)})
    return Outcome(Status.PASS, said)


def _fault(url: Value) -> str | None:
    value = url.value.strip()
    if not value:
        return "It is set, but empty."
    if value != url.value:
        return "It has white space around it, which programs take for a part of the address."
    if value[0] in "\"'`" or value[-1] in "\"'`":
        return "It has quotes around it."
    if "://" not in value:
        return "It has no scheme: it must begin with https://"
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        return f"It is not a URL: {error}."
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme}:// is not a scheme of the web."
    if not parts.hostname or not port_is_fine or any(c.isspace() for c in value):
        return "It is not a URL with a host."
    return _wrong_host(parts.hostname, value)


def _wrong_host(host: str, url: str) -> str | None:
    provider = catalogue.providers()["openai"]
    if host in provider["not_api_hosts"]:
        return f"{host} is a web site, not the API: use {provider['base_url']}"
    if _PLACEHOLDER.search(url) or host == "example.com" or host.endswith(".example.com"):
        return "It is a placeholder: put the address of the real server there."
    return None


def _bad_url(url: Value, fault: str) -> Outcome:
    detail = f"{url.source} is {url.value!r}. {fault}"
    finding = Finding("bad_base_url", (Evidence("settings", detail),), detail=detail)
    return Outcome(Status.FAIL, detail, finding)


def _may_send(settings: Settings) -> bool:
    encrypted = urlsplit(settings.base_url.value.strip()).scheme == "https"
    return encrypted or settings.allow_http or is_loopback(settings.host)


def _unencrypted(settings: Settings) -> Outcome:
    host = settings.host
    fault = "It must begin with https://, or the key is readable."
    if host in catalogue.providers()["openai"]["hosts"]:
        return _bad_url(settings.base_url, fault)
    if not is_private(host):
        return _bad_url(settings.base_url, f"{fault} --allow-http sends it all the same.")
    return Outcome(
        Status.FAIL,
        f"http:// would send the key to {host} unencrypted, so nothing was sent; "
        "if this is a server of your own network, add --allow-http",
    )


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
    hints += _path_hints(urlsplit(settings.base_url.value.strip()))
    return hints


def _path_hints(parts: SplitResult) -> list[str]:
    path = parts.path.rstrip("/")
    for ending in _ENDPOINTS:
        if path.endswith(ending):
            return [f"the base URL ends with {ending}, which clients add by themselves"]
    if "/v1/v1" in path:
        return ["the base URL has /v1 twice"]
    if not path and parts.hostname in catalogue.providers()["openai"]["hosts"]:
        return ["the base URL lacks /v1"]
    if (parts.hostname or "").endswith(".openai.azure.com") and not path.endswith("/v1"):
        return [
            "Azure's own addresses need a deployment and an api-version, or the path /openai/v1"
        ]
    return []
