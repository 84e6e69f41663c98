"""A text in the pieces that were printed as one: records, exceptions, bodies, paragraphs."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled

# how the first line of a record begins
FIRSTS = Table(
    before="^",
    rules=(
        Rule(
            r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]",
            "a record that begins with its time",
            "2026-11-28 08:00:00 ERROR x",
        ),
        Rule(r"\[?\d\d:\d\d:\d\d", "the same, the hour alone", "[08:00:00] x"),
        Rule(r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d", "the time of syslog", "Nov 28 08:00:00 host x"),
        Rule(
            r"\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|TRACE)(?:\]|:[\w.]{1,99}:| )",
            "a record that begins with its level",
            "[ERROR] x",
            "ERROR: Could not find a version",
        ),
        Rule(r"(?:\$|\u276f|%|PS [A-Z]:\S{0,200}>) \S", "a command at a prompt", "$ curl -v x"),
        Rule(r"Traceback \(most recent", "a trace of Python", "Traceback (most recent call last):"),
    ),
)
# how a line begins that goes on with what stands above it, although a line is empty in between
REST = Table(
    before="^",
    rules=(
        Rule(
            r"The above exception|During handling of|Caused by",
            "the next exception of a chain",
            "During handling of the above exception, another exception occurred:",
        ),
        Rule(r"[ \t]", "an indented line", "    at main"),
        Rule(r"[{}\])<]", "a body after its headers, or the end of an object", '{"error": {}}'),
    ),
)
_FIRST = compiled(FIRSTS)
_REST = compiled(REST)
_CHAIN = re.compile(r"^(?:The above exception|During handling of)", re.ASCII)


def blocks(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a text are: start and end of each, in order; empty lines are in none."""
    found: list[tuple[int, int]] = []
    at, after_gap, in_chain = 0, True, False
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            if _begins(line, after_gap, in_chain) or not found:
                found.append((at, end))
            else:
                found[-1] = (found[-1][0], end)
            in_chain = _CHAIN.match(line) is not None
            after_gap = False
        else:
            after_gap = True
        at = end + 1
    return found


def _begins(line: str, after_gap: bool, in_chain: bool) -> bool:
    if in_chain:
        return False
    if _FIRST.match(line):
        return True
    return after_gap and not _REST.match(line)


def rules() -> dict[str, re.Pattern[str]]:
    """The patterns by which the browser cuts a text alike."""
    return {"first": _FIRST, "rest": _REST, "chain": _CHAIN}
