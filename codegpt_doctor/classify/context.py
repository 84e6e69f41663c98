"""Whose text it is: of a client of an LLM provider, of another program or service, or a mere list.

What others print looks much like a provider's error: a status, a refused connection, a wrong key.
Who printed it is told by names, hosts and prompts.  The browser gets the same patterns.
"""

import re
from functools import cache
from typing import Any

from codegpt_doctor import catalogue

# what collectors of logs put before each line: container, process, time
_PREFIX = re.compile(
    r"^(?:[A-Za-z][\w.-]* +\|(?: |$)"
    r"|\[(?!error|crit|warn|info|debug|notice)[A-Za-z][\w.-]*\](?: (?!=>)|$)"
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z?(?: \[\w+\])?(?: |$)"
    r"|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ [\w.-]+(?:\[\d+\])?:(?: |$))",
    re.MULTILINE | re.ASCII,
)
# lines that name errors without one having happened: of access logs, metrics, tests, manuals, lists
_NOT_AN_ERROR = re.compile(
    r"^(?:\S+ - \S* ?\[[^\]\n]+\] (?:\"|code \d)| \| |Completed \d{3} ).*$"
    r"|^ *[\u2713\u2714\u221a\u2715\u2717\u25cf] .*$"
    r"|^(?:(?!://)[^\"\n])*\"(?:GET|POST|HEAD|PUT) /(?!\S*(?:completions|responses))\S*"
    r" HTTP/[\d.]+\" \d{3}.*$"
    r"|^\w+\{[^}\n]*\} [\d.e+]+$"
    r"|^data: .*chat\.completion\.chunk.*$"
    r"|^.*\bRaised (?:when|if)\b.*$|^ *[-*] [A-Za-z]+:? [^\n`]*`.*$"
    r"|^ *(?:(?:not )?ok \d+ - |# Subtest: |test_\w+ \(|(?:PASS|FAIL|ERROR): test_).*$"
    r"|^ {0,8}>? {0,8}\d+ \| .*$|^[0-9a-f]{7,12} [A-Za-z].*$|^ *\d{1,3} E[A-Z]+ [A-Z].*$"
    r"|(?:[\"']?[1-5]\d\d[\"']?: (?:'[^'\n]*'|\"[^\"\n]*\"),?\s*){4,}"
    r"|(?:[\"']E[A-Z_]{3,}[\"'](?:,| \|)?\s*){3,}|(?:\bE[A-Z0-9]{3,},?\s+){4,}"
    r"|\[E[A-Z]+(?:, ?E[A-Z]+)+\]"
    r"|\"[1-5]\d\d\"\s*:\s*\{\s*\"description\".*$"
    r"|\berror_page .*$|_status \d{3};"
    r"|\b[1-5]\d\d(?:[\"']?\s*[,|/]\s*[\"']?[1-5]\d\d\b){2,}",
    re.MULTILINE | re.ASCII,
)

# pages that explain a program or a class, and source code
_MANUAL = re.compile(
    r"^(?:NAME|SYNOPSIS|DESCRIPTION|EXIT (?:CODES|STATUS)|RETURN VALUE|ERRORS|SEE ALSO)$"
    r"|^commit [0-9a-f]{40}$"
    r"|^Help on (?:class|function|module|package|method|built-in)\b",
    re.MULTILINE | re.ASCII,
)
_CODE = re.compile(
    r"^(?:import |from \S+ import |export |const |(?:async )?def |class |function |#include"
    r"|\"use strict\"|module\.exports|interface |package |public "
    r"|[\w./-]+\.[a-z]{1,4}:\d+:(?!in |\d))",
    re.MULTILINE | re.ASCII,
)
_TRACE = re.compile(
    r"^(?:Traceback|\s+at |[\w.]*(?:Error|Exception)(?::|$| [\[(]))", re.MULTILINE | re.ASCII
)
MAX_CODE = 2  # lines that begin as source code does; a trace of calls has few at the margin

# words of a client or a server of LLMs, without white space and in lower case
_PROVIDER_WORDS = (
    r"(?<!/simple/)openai(?!-)|chat/completions|codegpt|chatgpt|anthropic|langchain|litellm|ollama"
    r"|(?<![a-z])gpt-?[345]|/v1/(?:models|responses|embeddings|completions)|bedrock"
    r"|/api/(?:chat|generate|tags|embed)|dashscope"
    r"|api(?:connection(?:timeout)?|timeout|status)error|keyprovided:sk-|bearersk-"
)
# programs that fetch packages, one of which may be called as a provider is
_PACKAGES = re.compile(
    r": /simple/|/packages/\S+\.(?:whl|gz|zip)|\.tgz\b|\.pom\b|/maven/|/@v/|/packages\.json"
    r"|Could not (?:install packages|transfer artifact|GET ')|spurious network error",
    re.ASCII,
)

_PORTS = "(?:1433|3306|5432|5672|6379|9092|9200|11211|27017)"
_LOW_PORTS = "(?:22|25|143|389|465|587|993)"  # after a letter they may be the line of a file
_SERVICES = (
    "amazon(?!.?bedrock)|x-amzn|stripe|twilio|sendgrid|mailgun|slack|discord|telegram|twitter|tweepy"
    "|spotify|spotipy|paypal|shopify|salesforce|zendesk|firebase|dynamodb|terraform|hashicorp"
    "|openweathermap|googleapi: |main\\.tf|kubelet|mqtt|circuit_breaking|GitHub Support|innerError"
    "|microsoft\\.graph|graph\\.microsoft"
    "|com\\.mysql|com\\.mongodb|javax\\.mail|hikaripool|sqlexception|sqlclient|jdbc|http\\.log\\."
)
_FOREIGN = re.compile(
    r"^(?:npm (?:error|err!)|psql:|pg_dump:|ssh:|scp:|rsync:|fatal: |mysql|ERROR \d{4} \(|redis"
    r"|yarn |pnpm |mongo|elastic|docker|cannot connect to the docker|kubectl|E: |W: |Err:|git "
    r"|remote: |ftp|ldap|make|error response from daemon|unable to connect to the server:"
    r"|(?:\d{4}/\d\d/\d\d [\d:]{8} )?\[(?:error|crit|warn)\] \d+#\d+: |==> |\[vite\] "
    r"|exception while exporting|error parsing HTTP )"
    rf"|unix:///|\bport (?:{_PORTS}|{_LOW_PORTS})\b|[A-Za-z]:{_PORTS}\b"
    rf"|(?:\]|\.\d{{1,3}}):(?:{_PORTS}|{_LOW_PORTS})\b"
    r"|\b(?:psycopg2?|pymongo|redis|kafka|elasticsearch|botocore|smtplib|paramiko|pymysql)\."
    rf"|(?:(?<![\w/@-])|(?<=//))(?:{_SERVICES})"
    r"|\b[prs]k_(?:test|live)|\b(?:pi|tok)_[\w*]{12}"
    r"|\b(?:smtp|imap|ldap|mysql|postgres|redis|mongo)\.[\w-]+\.\w"
    r"|\b(?:postgres(?:ql)?|mysql|redis|mongodb(?:\+srv)?|amqps?|kafka|smtp|ldaps?|git)://",
    re.IGNORECASE | re.MULTILINE | re.ASCII,
)
_HELP = r"curl\.|developer\.|docs\.|github\.com|go\.microsoft|aka\.ms|nodejs\.org|stackoverflow\."
# a host, a body or an exception class of something that is no LLM provider's
_ELSEWHERE = re.compile(
    rf"\bhttps?://(?!{_HELP})(?![^\s\"'<>]*/v1\b)"
    rf"|(?<![\w@/.-])(?!{_HELP})"
    r"(?:[A-Za-z0-9-]+\.)+(?:com|org|net|io|dev|co|app|cloud|gov|edu)(?!\.?\w)"
    r"|\"path\"\s*:\s*\"/(?!v1/)|\"ok\"\s*:\s*false|\"object\"\s*:\s*\"error\",\s*\"status\""
    r"|[Uu]nable to download"
    r"|(?<![\w.])(?!requests|urllib|httpx|httpcore|aiohttp|http\b|groq|mistralai|cohere|google)"
    r"[a-z_]\w*\.(?:\w+\.)?(?:errors?|exceptions?)\.[A-Z]",
    re.ASCII,
)


@cache
def _provider() -> re.Pattern[str]:
    hosts = {host for data in catalogue.providers().values() for host in data["hosts"]}
    return re.compile("|".join((_PROVIDER_WORDS, *map(re.escape, sorted(hosts)))), re.ASCII)


def without_prefixes(plain: str) -> str:
    """The text without what a collector of logs put before each of several lines."""
    lines = [line for line in plain.split("\n") if line]
    if len(lines) > 1 and all(map(_PREFIX.match, lines)):
        return _PREFIX.sub("", plain)
    return plain


def without_lists(plain: str) -> str:
    """The text without what only names errors."""
    return _NOT_AN_ERROR.sub("", plain)


def is_explanation(plain: str) -> bool:
    """Whether it is a page of a manual, or source code without a trace of an error."""
    if _MANUAL.search(plain):
        return True
    return len(_CODE.findall(plain)) > MAX_CODE and not _TRACE.search(plain)


def names_llm_client(squeezed: str) -> bool:
    """Whether a text in lower case and without white space has words of an LLM's client or API."""
    return _provider().search(squeezed) is not None


def is_of_packages(plain: str) -> bool:
    """Whether a program that fetches packages printed it, from elsewhere than an API."""
    return _PACKAGES.search(plain) is not None and "://api." not in plain


def is_other_program(plain: str) -> bool:
    """Whether another program or service printed it, or a line of it."""
    return _FOREIGN.search(plain) is not None


def own_lines(plain: str) -> str:
    """The lines that no other program or service printed."""
    return "\n".join(line for line in plain.split("\n") if not _FOREIGN.search(line))


def names_other_host(plain: str) -> bool:
    """Whether a host is named."""
    return _ELSEWHERE.search(plain) is not None


def rules() -> dict[str, Any]:
    """The compiled patterns by which the browser decides alike."""
    return {
        "prefix": _PREFIX,
        "not_an_error": _NOT_AN_ERROR,
        "manual": _MANUAL,
        "code_line": _CODE,
        "trace": _TRACE,
        "most_code": MAX_CODE,
        "provider": _provider(),
        "packages": _PACKAGES,
        "foreign": _FOREIGN,
        "elsewhere": _ELSEWHERE,
    }
