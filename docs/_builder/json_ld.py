"""What search engines read: pages as schema.org data.

https://schema.org/FAQPage and https://schema.org/HowTo say what the fields mean.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from codegpt_doctor.catalogue import Entry, steps
from codegpt_doctor.output.lines import RETRY, WHO
from codegpt_doctor.output.markdown import plain
from codegpt_doctor.output.report_data import docs_url

Data = dict[str, Any]
_CONTEXT = "https://schema.org"
_HEADING = re.compile(r"^## (.+?)(?: \{ *#[\w-]+ *\})?$", re.MULTILINE)
_STEP = re.compile(r"^### \d+\. (.+)$", re.MULTILINE)
_NO_PROSE = re.compile(  # code blocks, pictures, rows of tables, the heads of boxes
    r"^ *```(?s:.*?)^ *```$|^!\[.*\]\(.*\)$|^\|.*\|$|^!{3}.*$", re.MULTILINE
)


def of_error(entry: Entry, found: Mapping[str, str]) -> Data:
    """An error as the questions that people ask of it, and as the steps of its fix."""
    questions = {
        f"What does “{entry.title}” mean?": _words(found["What it means"]),
        "What causes it?": _words(found["Causes"]),
        "How do I fix it?": _words(found["Fix"]),
        "Does it help to try again?": RETRY[entry.retry],
        "Who can fix it?": f"{WHO[entry.who][0].upper()}{WHO[entry.who][1:]}.",
    }
    how_to = _how_to(f"Fix: {entry.title}", entry.summary, map(_step, steps.parse(found["Fix"])))
    about = {"url": docs_url(entry.id), "dateModified": entry.verified_on}
    return {
        "@context": _CONTEXT,
        "@graph": [{**_faq(questions), **about}, {**how_to, **about}],
    }


def _step(step: steps.Step) -> Data:
    code = "\n".join(block.code for block in step.blocks)
    return {"text": "\n".join(filter(None, (plain(step.line), plain(step.detail), code)))}


def of_page(kind: str, title: str, description: str, markdown: str) -> Data:
    """A hand-written page.

    Args:
        kind: ``FAQPage``, whose second-level headings are the questions, or ``HowTo``, whose
            third-level headings are the steps where they begin with a number.
        title: of the page.
        description: in a sentence.
        markdown: its text.
    """
    if kind == "HowTo":
        steps = [
            {"name": plain(name), "text": _words(text)} for name, text in _parts(_STEP, markdown)
        ]
        return {"@context": _CONTEXT, **_how_to(title, description, steps)}
    questions = {plain(name): _words(text) for name, text in _parts(_HEADING, markdown)}
    return {"@context": _CONTEXT, **_faq(questions)}


def _parts(heading: re.Pattern[str], markdown: str) -> Iterable[tuple[str, str]]:
    """The headings with what stands below each, up to the next heading of any level."""
    _, *rest = heading.split(markdown)
    below = (re.split(r"^#{1,6} ", text, maxsplit=1, flags=re.MULTILINE)[0] for text in rest[1::2])
    return zip(rest[::2], below, strict=True)


def _faq(questions: Mapping[str, str]) -> Data:
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question, answer in questions.items()
            if answer
        ],
    }


def _how_to(name: str, description: str, steps: Iterable[Data]) -> Data:
    return {
        "@type": "HowTo",
        "name": name,
        "description": description,
        "step": [
            {"@type": "HowToStep", "position": position, **step}
            for position, step in enumerate(steps, 1)
        ],
    }


def _words(markdown: str) -> str:
    """The prose of a piece of Markdown in one line, without code blocks, tables and pictures."""
    return " ".join(plain(_NO_PROSE.sub("", markdown)).split())
