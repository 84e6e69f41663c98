"""Whose words a piece of a text are, and how much of them counts.

The host decides where one is named.  Else it is the program or service that speaks, then a name.
The rows are asked in their order; the first that holds says it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# how much of what is said counts
NOTHING = 0
CODES = 1  # what only an LLM's API says: its codes, its types, its sentences
NO_STATUS = 2  # all but a bare status, and the words of a server that stand for one
ALL = 3
LLM = 4  # all, and what a client of LLMs alone says in its own words


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row: the marks that a piece must have, how much of it counts, why, an example."""

    has: frozenset[str]
    counts: int
    why: str
    example: str


def _row(has: str, counts: int, why: str, example: str) -> Verdict:
    return Verdict(frozenset(has.split()), counts, why, example)


VERDICTS = (
    _row("source", NOTHING, "source code", "self.send_response(401)"),
    _row(
        "provider",
        LLM,
        "it names the host of a provider",
        "POST https://api.openai.com/v1/responses: ECONNRESET",
    ),
    _row(
        "llm",
        LLM,
        "it names an address that only an API of models has",
        "POST https://llm.example.com/v1/chat/completions 502",
    ),
    _row(
        "server",
        LLM,
        "it names the usual port of a local server of models",
        "connect ECONNREFUSED 127.0.0.1:11434",
    ),
    _row("secret", ALL, "a keeper of sources found a key", "remote: - Push cannot contain secrets"),
    _row("packages", NOTHING, "a program that fetches packages", "npm ERR! 401 Unauthorized"),
    _row("sdk", LLM, "a class that only an SDK for LLMs has", "openai.APIConnectionError: x"),
    _row("test", NOTHING, "an assertion of a test", "AssertionError: assert 401 == 429"),
    _row(
        "program site",
        CODES,
        "another program beside a page of a provider",
        "psql: error: see https://platform.openai.com/account",
    ),
    _row(
        "service site",
        CODES,
        "another service beside a page of a provider",
        "slack: see https://platform.openai.com/account",
    ),
    _row("program", NOTHING, "another program or a database", "psql: error: connection refused"),
    _row("service", NOTHING, "another service", "discord.errors.HTTPException: 429"),
    _row("path", LLM, "it names a path that only an API of models has", "POST /v1/responses: 502"),
    _row(
        "other client",
        CODES,
        "it names another host beside a client of LLMs",
        "CodeGPT: GET https://api.example.com/plan: 401",
    ),
    _row("other", NOTHING, "it names another host", "Could not resolve host: github.com"),
    _row("site", LLM, "it names a page of a provider", "see https://platform.openai.com/docs"),
    _row("client", LLM, "a client of LLMs speaks", "CodeGPT: 429 Too Many Requests"),
    _row("app", NOTHING, "a program that talks to many services", "homeassistant: 401"),
    _row(
        "development",
        NOTHING,
        "it names the usual port of a web server under development",
        "connect ECONNREFUSED 127.0.0.1:3000",
    ),
    _row(
        "page",
        NOTHING,
        "it names a page of a server of the user's own that is no API of models",
        "GET http://localhost:3000/sockjs-node/info net::ERR_CONNECTION_REFUSED",
    ),
    _row("own", LLM, "the words of a provider", '{"status": "INTERNAL"} at example.com'),
    _row(
        "label", CODES, "another program names itself", "mosquitto_sub: Error: Connection refused"
    ),
    _row("elsewhere", NO_STATUS, "something else is named", "registry.things.io/x: 403 Forbidden"),
)


def verdict(marks: AbstractSet[str]) -> Verdict | None:
    """What the marks of a piece say of it; None where they say nothing."""
    for row in VERDICTS:
        if row.has <= marks:
            return row
    return None


def inherited(counts: set[int]) -> tuple[int, str]:
    """How much counts of a piece without marks, by what counts of the others; and why."""
    for most in (LLM, ALL):
        if most in counts:
            return most, "beside what a client of LLMs says"
    if counts & {NOTHING, CODES}:
        return CODES, "beside what another program or service says"
    if NO_STATUS in counts:
        return NO_STATUS, "something else is named beside it"
    return ALL, "nobody is named"
