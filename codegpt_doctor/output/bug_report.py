"""A report for a bug tracker: short, and in the order in which the tracker asks.

``codegpt`` is the form that VS Code fills in for an extension, with which CodeGPT's tracker is
filled: kind, description, versions, modes.  ``vscode`` is the one of VS Code's own tracker.  What
this program adds follows: the diagnosis, the checks, the log.
"""

import html
import re
from collections.abc import Iterator, Sequence

from codegpt_doctor.model.machine import AboutMachine
from codegpt_doctor.output.check_text import folded_checks
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.privacy import without_identity
from codegpt_doctor.output.style import Style

TEMPLATES = ("generic", "codegpt", "vscode")
MAX_LINES = 20
MAX_FACT = 200  # characters of a line at the top
WIDTH = 92

_FILL_IN = "(Describe what you did, what you expected, and what happened.)"

Fact = tuple[str, str]


def as_markdown(data: ReportData, about: AboutMachine, template: str = "generic") -> str:
    """The report as Markdown.

    Args:
        data: the report as the JSON contract has it, scrubbed.
        about: what is known of the machine, scrubbed.
        template: the tracker that it is for, one of ``TEMPLATES``.
    """
    facts = "\n".join(f"{name}: {_span(value)}  " for name, value in _private_facts(data, about))
    blocks = [f"### {title}\n\n{_fenced(text)}" for title, text in _private_sections(data, about)]
    if template == "codegpt":
        parts = ["Type: **Bug**", _FILL_IN, facts, *blocks]
    elif template == "vscode":
        asked = "Does this issue occur when all extensions are disabled?: "
        parts = [facts, f"Steps to Reproduce:\n\n1. {_FILL_IN}", asked, *blocks]
    else:
        parts = [*blocks[:1], facts, *blocks[1:], f"### What happened\n\n{_FILL_IN}"]
    return "\n\n".join(parts) + "\n"


def as_html(data: ReportData, about: AboutMachine) -> str:
    """The same report as a page of its own, which loads nothing."""
    rows = "\n".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>"
        for name, value in _private_facts(data, about)
    )
    blocks = "\n".join(
        f"<h2>{html.escape(title)}</h2>\n<pre>{html.escape(text)}</pre>"
        for title, text in _private_sections(data, about)
    )
    return _PAGE.format(rows=rows, blocks=blocks, fill_in=html.escape(_FILL_IN))


_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Report of codegpt-doctor</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
body {{ padding: 0 1rem }}
th {{ text-align: left; padding-right: 1.5rem; vertical-align: top }}
pre {{ overflow-x: auto; padding: 1rem; border: 1px solid #8888; border-radius: 4px }}
:root {{ color-scheme: light dark }}
</style>
</head>
<body>
<h1>Report of codegpt-doctor</h1>
<p>{fill_in}</p>
<table>
{rows}
</table>
{blocks}
</body>
</html>
"""


def _private_facts(data: ReportData, about: AboutMachine) -> Iterator[Fact]:
    for name, value in _facts(data, about):
        yield name, without_identity(" ".join(value.split()), about["home"])[:MAX_FACT]


def _private_sections(data: ReportData, about: AboutMachine) -> Iterator[Fact]:
    for title, lines in _sections(data, about):
        yield title, without_identity("\n".join(lines), about["home"])


def _facts(data: ReportData, about: AboutMachine) -> Iterator[Fact]:
    """What is said in a line each, by the names that the forms of VS Code have for it."""
    tool = data["tool"]
    target = data["target"]
    yield "Extension version", _listed(about["extension"], "CodeGPT was not found")
    yield "VS Code version", _listed(about["editors"], "no editor was found")
    yield "OS version", about["system"]
    yield "Modes", _listed(about["modes"], "none")
    yield "Provider", " ".join(part for part in (target["base_url"], target["model"]) if part)
    yield "Variables", _listed(about["variables"], "no proxy and no certificates are set")
    yield "Language", about["locale"] or "none is set"
    sdk = f", openai {about['sdk']}" if about["sdk"] else ""
    yield "Found by", f"{tool['name']} {tool['version']}, Python {about['python']}{sdk}"
    yield "At", data["started_at"]


def _listed(values: Sequence[str], otherwise: str) -> str:
    return ", ".join(values) or otherwise


def _sections(data: ReportData, about: AboutMachine) -> Iterator[tuple[str, list[str]]]:
    yield "Diagnosis", list(_diagnosis(data))
    style = Style(width=WIDTH)
    lines = folded_checks(data["checks"], style, healthy=True)
    yield "Checks", [line.removeprefix("  ") for line in lines]
    yield "Log", about["log"][-MAX_LINES:] or ["nothing about CodeGPT"]


def _diagnosis(data: ReportData) -> Iterator[str]:
    diagnosis = data["diagnosis"]
    if diagnosis is None:
        yield f"none: {data['status']}"
        return
    yield f"{diagnosis['id']} ({diagnosis['confidence']}): {diagnosis['title']}"
    for one in diagnosis["evidence"]:
        yield f"{one['check']}: {one['quote']}"
    if diagnosis["ruled_out"]:
        yield f"fine: {', '.join(diagnosis['ruled_out'])}"
    if diagnosis["also"]:
        yield f"also: {', '.join(diagnosis['also'])}"
    yield diagnosis["docs_url"]


def _fenced(text: str) -> str:
    """A block of code, so that nothing in it mentions a person or refers to another issue."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _span(text: str) -> str:
    """A piece of code on one line, for the same reason; nothing in it can end it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    mark = "`" * (longest + 1)
    room = " " if longest else ""  # which is not shown
    return f"{mark}{room}{text}{room}{mark}"
