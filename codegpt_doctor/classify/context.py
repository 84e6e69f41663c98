"""Whose text it is: of a client of an LLM provider, of another program or service, or a mere list.

What others print looks much like a provider's error: a status, a refused connection, a wrong key.
Who printed it is told by names, hosts and prompts.  The browser gets the same patterns.
"""

import re
from functools import cache
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.classify.not_errors import CODE_LINE, MANUAL, NOT_AN_ERROR, PREFIX, TRACE
from codegpt_doctor.classify.rule import Rule, Table, compiled
from codegpt_doctor.classify.speakers import CLIENTS, ELSEWHERE, FOREIGN, PACKAGES

MAX_CODE = 2  # lines that begin as source code does; a trace of calls has few at the margin


@cache
def _provider() -> re.Pattern[str]:
    hosts = {host for data in catalogue.providers().values() for host in data["hosts"]}
    rules = (Rule(re.escape(host), "a provider's host", host) for host in sorted(hosts))
    return compiled(CLIENTS, Table(tuple(rules), flags=CLIENTS.flags))


def without_prefixes(plain: str) -> str:
    """The text without what a collector of logs put before each of several lines."""
    lines = [line for line in plain.split("\n") if line]
    if len(lines) > 1 and all(map(PREFIX.match, lines)):
        return PREFIX.sub("", plain)
    return plain


def without_lists(plain: str) -> str:
    """The text without what only names errors."""
    return NOT_AN_ERROR.sub("", plain)


def is_explanation(plain: str) -> bool:
    """Whether it is a page of a manual, or source code without a trace of an error."""
    if MANUAL.search(plain):
        return True
    return len(CODE_LINE.findall(plain)) > MAX_CODE and not TRACE.search(plain)


def names_llm_client(squeezed: str) -> bool:
    """Whether a text in lower case and without white space has words of an LLM's client or API."""
    return _provider().search(squeezed) is not None


def is_of_packages(plain: str) -> bool:
    """Whether a program that fetches packages printed it, from elsewhere than an API."""
    return PACKAGES.search(plain) is not None and "://api." not in plain


def is_other_program(plain: str) -> bool:
    """Whether another program or service printed it, or a line of it."""
    return FOREIGN.search(plain) is not None


def own_lines(plain: str) -> str:
    """The lines that no other program or service printed."""
    return "\n".join(line for line in plain.split("\n") if not FOREIGN.search(line))


def names_other_host(plain: str) -> bool:
    """Whether a host is named."""
    return ELSEWHERE.search(plain) is not None


def rules() -> dict[str, Any]:
    """The compiled patterns by which the browser decides alike."""
    return {
        "prefix": PREFIX,
        "not_an_error": NOT_AN_ERROR,
        "manual": MANUAL,
        "code_line": CODE_LINE,
        "trace": TRACE,
        "max_code": MAX_CODE,
        "provider": _provider(),
        "packages": PACKAGES,
        "foreign": FOREIGN,
        "elsewhere": ELSEWHERE,
    }
