"""Which hosts a text names, and whose each of them is.

A host that was asked says more than any word: a provider's, one of the user's own network, or
anybody else's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.classify.pages import SITES
from codegpt_doctor.classify.ports import CODEGPT_PORTS, DEV_PORTS, OTHER_PORTS
from codegpt_doctor.classify.rule import Rule, Table, compiled

# how a text names the host that was asked; a row finds no more than what precedes the host
ASKED = Table(
    flags=re.IGNORECASE | re.ASCII,
    rules=(
        Rule(r"\b(?:https?|wss?)://", "an address", "POST https://api.example.com/v1"),
        Rule(
            r"\b(?:host|hostname|server|peer|authority|altnames?)[\"']?\s{0,3}[=:]\s{0,3}[\"']?",
            "a field of an error, as of urllib3 or Node",
            "HTTPSConnectionPool(host='api.example.com', port=443)",
            "localhost: refused",
        ),
        Rule(
            r"\b(?:resolv(?:e|ing)(?: host)?(?:name)?(?: address)?|lookup|enotfound|eai_again"
            r"|remote name could not be"
            r" resolved|no such host is known\.?|unknownhostexception)[ :]{1,3}[\"'(]{0,2}",
            "what looks a name up: curl, Go, Node, .NET, Java",
            "Could not resolve host: api.example.com",
        ),
        Rule(
            r"\bdomain\([\"']"
            r"|\b(?:connect(?:ing|ed)?|(?<!during a )connection) to"
            r" (?:host |server (?:at )?)?[\"'(]{0,2}",
            "what connects: curl, aiohttp, psql, reqwest",
            "Cannot connect to host api.example.com:443 ssl:default",
        ),
        Rule(
            r"\btarget host ?name [\"']?|\bhost address [\"'\u2018]?",
            "curl about a certificate; wget",
            "no alternative certificate subject name matches target host name 'example.com'",
        ),
        Rule(r"-connect ", "openssl connects", "openssl s_client -connect mail.example.org:993"),
        Rule(r"\b(?:dial|from|to) tcp6? ", "Go dials", "dial tcp 10.0.0.5:443: i/o timeout"),
        Rule(
            r"\b(?:connect|read) e[a-z]{4,14} ",
            "the sentence of Node",
            "connect ECONNREFUSED 127.0.0.1:443",
        ),
    ),
)
# pages about models of a site that has much else: who is sent there has not asked that host
_NO_PAGE = r"(?!cloud\.google\.com/vertex-ai\b)"
_NAME = (
    r"(\[[0-9a-fA-F:.]{2,45}\]|::1|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,8}\b"
    r"|[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}\.){0,9}[A-Za-z0-9_-]{1,63})"
)
_REST = (
    r"(?:/[\d.]{7,15})?(?: \([\d.:a-f]{3,45}\))?"
    r"(?:(?:[\"']?[,]? ?[\"']?port[\"']?[=: ]{1,3}[\"']?|:)(\d{1,5})\b)?"
    # urllib3 tells the path behind the host and its port
    r"(?:[\"']?\): Max retries exceeded with url: )?(/[^\s\"'<>|)\]}]{0,300})?"
)
# what stands before an address is no name: `connection to 'ws://localhost:3000'`
_HOST = re.compile(
    rf"(?:{ASKED.source()})(?![a-z]{{2,5}}://)"
    rf"(?:[^\s/@\"'<>]{{1,80}}@)?{_NO_PAGE}{_NAME}{_REST}",
    ASKED.flags,
)
# an address with a port, and a name of this machine, wherever they stand
_BARE = re.compile(
    r"(?<![\w.:/@-])((?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-fA-F:]{2,45}\]|::1|localhost"
    r"|host\.docker\.internal"
    # .NET puts a host and its port into parentheses; a frame has a file and its line there
    r"|(?<=\()(?:[A-Za-z0-9-]{1,63}\.){1,9}(?!(?:java|kt|kts|js|mjs|cjs|jsx|ts|tsx|py|rb|go|rs"
    r"|cs|php"
    r"|swift|dart|scala|cpp|cc|c|h|m|ex|exs|erl|vue|lua)\b)[A-Za-z]{2,24}(?=:\d{2,5}\))"
    r"):(\d{2,5})\b(?!->)(/[^\s\"'<>|)\]}]{0,300})?",
    re.ASCII,
)

OWN = re.compile(
    r"^(?:localhost|0\.0\.0\.0|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}"
    r"|\[?::(?:1|ffff:[\d.]{7,15})?\]?|\[?f[cd][0-9a-f:]{2,40}\]?"
    r"|[\w-]{1,63}|(?:[\w-]{1,63}\.){1,5}(?:local|lan|internal|localdomain|home|test|svc))$",
    re.IGNORECASE | re.ASCII,
)
_NUMERIC = re.compile(r"^[\d.:a-fA-F\[\]]{3,45}$", re.ASCII)
# paths that only an API of models has
LLM_PATH = re.compile(
    r"/chat/completions|/v1/(?:completions|responses|messages|embeddings|models|engines|images"
    r"|audio|files|batches|moderations|realtime)\b|/openai/(?:v\d|deployments)"
    r"|/api/(?:v\d/)?(?:chat"
    r"|generate|tags|embed|pull"
    r"|show|ps)\b|:(?:stream)?generatecontent|/v1beta/|/engines/|/converse\b|/codex/"
    r"|/v1/?$|/api/(?:openai|ollama|anthropic|custom)\b",
    re.IGNORECASE | re.ASCII,
)
_CODEGPT = re.compile(r"(?:^|\.)codegpt\.co$", re.ASCII)
# sites of companies that have much else than an API of models
_SHARED = re.compile(
    r"(?:^|\.)(?:github\.com|github\.blog|githubstatus\.com|huggingface\.co|hf\.co|amazon\.com"
    r"|aka\.ms"
    r"|microsoft\.com|portal\.azure\.com|status\.microsoft|docker\.com|cloud\.google\.com)$",
    re.ASCII,
)
# hosts that a message sends its reader to, not those that it asked
HELP = Table(
    flags=re.IGNORECASE | re.ASCII,
    rules=(
        Rule(
            r"^(?:curl\.(?:se|haxx\.se)|developer\.mozilla\.org|go\.microsoft\.com|aka\.ms"
            r"|nodejs\.org|stackoverflow\.com|docs\.[\w.-]{1,99}|help\.[\w.-]{1,99}"
            r"|www\.w3\.org|discord\.gg|schemas?\.[\w.-]{1,99}|(?:www\.)?cloudflare\.com"
            r"|errors\.pydantic\.dev"
            r"|httpstatuses\.com|httpwg\.org|tools\.ietf\.org|datatracker\.ietf\.org|js\.langchain"
            r"\.com|python\.langchain\.com|readthedocs\.io|yt-dl\.org)$",
            "sites that explain",
            "docs.langchain.com",
            "api.docs-things.com",
        ),
    ),
)
_HELP = compiled(HELP)
_SEE = re.compile(
    r"(?:\b(?:see|visit|check|docs?|here|information|details|guide|learn more|read|troubleshooting"
    r"(?: url)?|report(?:ed)?|issues?|bugs?|more (?:at|info)|help|referer|origin|homepage|license"
    r"|go to|click|open|href=.?|src=.?)\b[^\n]{0,24}|(?<!\d\d\d )(?<!for url )[(<])$",
    re.IGNORECASE | re.ASCII,
)
# what a person or a setting calls the address of an API of models
_BASE = re.compile(
    r"(?:\b(?:openai|chatgpt|codegpt|llm|anthropic|ai)\b[^\n]{0,30}\b|\b(?:OPENAI"
    r"|ANTHROPIC)_(?:API_)?)"
    r"(?:base(?:[ _-]?(?:url|uri|path))?|endpoint|host)\b[^\n]{0,24}$",
    re.IGNORECASE | re.ASCII,
)
_PROXY = re.compile(r"prox(?:y|ies)\b[^\n]{0,90}$", re.IGNORECASE | re.ASCII)
MAX_BEFORE = 120  # characters before a host that tell what it is to the text


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a text names: where, and whose it is.

    ``whose`` is ``provider``, ``site`` (a provider's, without an API), ``own``, ``llm`` (an API of
    models at a host that nobody knows), ``other``, or ``address`` (a number that tells nothing).
    ``has_path`` tells whether a page of it was asked for.
    """

    start: int
    name: str
    port: int | None
    whose: str
    provider: str | None = None
    has_path: bool = False


def hosts(text: str) -> Iterator[Host]:
    """The hosts that a text names, but for those of proxies and those that it only links to."""
    ends: set[int] = set()
    for pattern in (_HOST, _BARE, _of_apis(), *SITES):
        for match in pattern.finditer(text):
            if match.end(1) not in ends:
                ends.add(match.end(1))
                found = _read(match, text)
                if found:
                    yield found


def _read(match: re.Match[str], text: str) -> Host | None:
    name = match[1].lower().strip("[]").rstrip(".")
    port = int(match[2]) if match[2] else None
    path = match[3] or ""
    provider, is_api = provider_of(name)
    if provider:
        return Host(match.start(1), name, port, "provider" if is_api else "site", provider)
    before = text[max(0, match.start(1) - MAX_BEFORE) : match.start(1)]
    if "proxy" in name or _PROXY.search(before.rpartition("\n")[2]):
        return None
    if port in CODEGPT_PORTS or _CODEGPT.search(name):
        return Host(match.start(1), name, port, "llm")
    local = _known().ports.get(port or 0)
    if local:
        return Host(match.start(1), name, port, "own", local)
    if OWN.match(name):
        if "." not in name and ":" not in name and not port and "://" not in match[0]:
            return None if name != "localhost" else Host(match.start(1), name, None, "own")
        has_path = len(path) > 1 and ("://" in match[0] or " url: " in match[0])
        has_path = has_path or match[3] == ""  # a browser tells of a site
        is_llm = LLM_PATH.search(path)
        return Host(match.start(1), name, port, "llm" if is_llm else "own", None, has_path)
    if LLM_PATH.search(path) or ("://" in match[0] and _BASE.search(_line_before(before))):
        return Host(match.start(1), name, port, "llm")
    if _NUMERIC.match(name):
        return Host(match.start(1), name, port, "address")
    if "." not in name or _HELP.search(name) or _is_link(match[0], before):
        return None
    return Host(match.start(1), name, port, "other")


def _line_before(before: str) -> str:
    """The line before an address, without its scheme."""
    said = before.rpartition("\n")[2]
    return said[: said.rfind("://") - 5]


def _is_link(found: str, before: str) -> bool:
    """Whether an address is one to read at, by the words before it."""
    return "://" in found and _SEE.search(_line_before(before)) is not None


def provider_of(name: str) -> tuple[str | None, bool]:
    """The provider of a host, and whether the host is its API."""
    known = _known()
    if name in known.apis:
        return known.apis[name], True
    for start, end, provider in known.parts:
        if name.startswith(start) and name.endswith(end):
            return provider, True
    return known.sites.get(name), False


@cache
def _of_apis() -> re.Pattern[str]:
    """Finds the host of a provider's API wherever its name stands."""
    names = "|".join(map(re.escape, sorted(_known().apis, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w@/.-])({names})(?::(\d{{2,5}})\b)?(/[^\s\"'<>|)\]}}]{{0,300}})?(?![\w-])",
        re.IGNORECASE | re.ASCII,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The hosts of APIs, of other sites, what hosts of APIs begin and end with; ports; whose."""

    apis: Mapping[str, str]
    sites: Mapping[str, str]
    parts: tuple[tuple[str, str, str], ...]
    ports: Mapping[int, str]


@cache
def _known() -> _Known:
    apis: dict[str, str] = {}
    sites: dict[str, str] = {}
    parts: list[tuple[str, str, str]] = []
    ports: dict[int, str] = {}
    for provider, data in catalogue.providers().items():
        for host in data.get("hosts", ()):
            start, region, end = host.partition("{region}")
            if region:
                parts.append((start, end, provider))
            else:
                apis[host] = provider
        parts += [("", suffix, provider) for suffix in data.get("host_suffixes", ())]
        if data.get("local"):
            ports |= dict.fromkeys(data.get("ports", ()), provider)
        links = data.get("pages", {}).get("link_hosts", ())
        for site in (*data.get("not_api_hosts", ()), *links):
            if not _SHARED.search(site):
                sites.setdefault(site, provider)
    return _Known(apis, sites, tuple(parts), ports)


def rules() -> dict[str, Any]:
    """The compiled patterns and tables by which the browser does alike."""
    known = _known()
    return {
        "host": _HOST,
        "bare": _BARE,
        "of_apis": _of_apis(),
        "sites_of_pages": SITES,
        "own": OWN,
        "numeric": _NUMERIC,
        "llm_path": LLM_PATH,
        "codegpt": _CODEGPT,
        "other_ports": sorted(OTHER_PORTS),
        "dev_ports": sorted(DEV_PORTS),
        "codegpt_ports": [CODEGPT_PORTS.start, CODEGPT_PORTS.stop],
        "ports": {str(port): provider for port, provider in known.ports.items()},
        "help": _HELP,
        "see": _SEE,
        "base": _BASE,
        "proxy": _PROXY,
        "max_before": MAX_BEFORE,
        "apis": known.apis,
        "sites": known.sites,
        "parts": known.parts,
    }
