"""An explanation on one screen: the cause and what to do first, or what decides which it is."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue.everyday import QUESTIONS, Question
from codegpt_doctor.output.cause_text import LABEL, error_lines, whose
from codegpt_doctor.output.lines import ANY, indented, labeled, wrap_line
from codegpt_doctor.output.style import Style

if TYPE_CHECKING:
    from codegpt_doctor.output.contract import ExplanationData, MatchData

MAX_LISTED = 6
NEXT = (
    "Paste the whole message into codegpt-doctor explain, or let codegpt-doctor check test the "
    "connection: it names the right one."
)

_NONE = "No provider's error is recognized in this text."
_NEAREST = "The closest known errors:"


def explanation_text(data: "ExplanationData", style: Style) -> str:
    """What a text is, within one screen; empty where nothing is recognized."""
    match = data["match"]
    if match is None:
        return ""
    asked = _bare_status(match)
    if asked and len(data["also"]) > 1:
        return "\n".join(_choice(asked, match, data["also"], style))
    return "\n".join(_match(match, data["also"], style))


def _bare_status(match: "MatchData") -> str:
    """The status that was asked for, where it was nothing but a status."""
    (only, *more) = match["evidence"] or [{"signal": "", "quote": ""}]
    return only["quote"] if not more and re.fullmatch(r"[45]\d\d", only["quote"]) else ""


def _match(match: "MatchData", also: Sequence[str], style: Style) -> Iterator[str]:
    width = style.width - 2
    quotes = []
    said = match["evidence"][0]["quote"] if match["evidence"] else ""
    if said and said != match["id"]:
        quotes = [*indented([*labeled("Recognized", f'"{said}"', width, 1, LABEL)])]
    below = [*indented([*labeled("Or", ", ".join(also), width, 2, LABEL)])] if also else []
    if _is_by_word(match) and len(catalogue.variants(match["id"])) > 1:
        name = catalogue.providers()[match["provider"] or catalogue.DEFAULT_PROVIDER]["name"]
        text = f"{name}; --provider ID shows it for another provider"
        below += indented([*labeled("Provider", text, width, 1, LABEL)])
    return error_lines(
        match, style, style.rows, quotes, below, option=f"{whose(match)} --full".strip()
    )


def _is_by_word(match: "MatchData") -> bool:
    """Whether an error was asked for by its name, so that nothing in a text says whose it is."""
    return any(one["signal"] in ("id", "code", "words") for one in match["evidence"][:1])


def _choice(status: str, match: "MatchData", also: Sequence[str], style: Style) -> Iterator[str]:
    """What a bare status can be, and the question that decides which it is."""
    question = QUESTIONS.get(int(status)) or Question(match["title"], match["summary"])
    title = f"{status} {question.reason} can be one of {len(also) + 1} errors"
    yield from map(style.strong, wrap_line(title, style.width))
    yield from indented(wrap_line(question.text, style.width - 2))
    yield ""
    yield style.strong("  Most often")
    listed = [*also[:MAX_LISTED], match["id"]]
    wide = max(map(len, listed)) + 2
    for entry_id in listed:
        entry = catalogue.get(entry_id, match["provider"])
        line = f"{entry_id:<{wide}}{entry.title}"
        if len(line) + 4 > style.width:
            yield from indented(wrap_line(f"{entry_id}: {entry.title}", style.width - 4), 4)
        else:
            yield f"    {line}"
    yield ""
    for label, text in (
        ("One of them", f"codegpt-doctor explain ID {whose(match)}".strip()),
        ("All", f"codegpt-doctor errors --status {status}"),
        ("Next", NEXT),
    ):
        yield from indented([*labeled(label, text, style.width - 2, ANY, LABEL)])


def unrecognized_text(asked: str, nearest: Sequence[str], style: Style) -> str:
    """That nothing is recognized, what is nearest, and what to do next."""
    is_word = len(asked.split()) == 1
    said = f"No error is called {asked}." if is_word else _NONE
    lines = wrap_line(said, style.width)
    if nearest:
        head = "Errors with this word, most frequent first:" if is_word else _NEAREST
        lines += ["", *wrap_line(head, style.width)]
    for entry_id in nearest:
        title = catalogue.get(entry_id, catalogue.DEFAULT_PROVIDER).title
        lines += [*indented(wrap_line(title, style.width - 2))]
        lines += [*indented(wrap_line(f"codegpt-doctor explain {entry_id}", style.width - 4), 4)]
    more = (
        ("Paste more", "the lines with an error, a code or a status, and those around them"),
        ("Or test", "codegpt-doctor check"),
        ("All errors", "codegpt-doctor errors"),
    )
    below = [line for label, text in more for line in labeled(label, text, style.width - 2, 3, 12)]
    return "\n".join([*lines, "", *indented(below)])
