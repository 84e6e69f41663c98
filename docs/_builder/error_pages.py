"""The pages of errors, made from the catalogue, as Markdown.  Pure: nothing is written.

The prose of an entry is written for a reader of Markdown anywhere; what the site's own converter
needs on top is added here.
"""

import re
from collections.abc import Iterator, Mapping

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import FAMILIES, Entry
from codegpt_doctor.output.lines import RETRY, WHO
from codegpt_doctor.output.report_data import SITE
from docs._builder.error_parts import example_block, marked
from docs._builder.json_ld import Data, breadcrumbs
from docs._builder.markdown import front_matter

_MARKED = re.compile(r"`([a-z][a-z0-9_]+)`")
SENTENCE = re.compile(r"(?<=[.!?]) ")
MAX_DESCRIPTION = 155  # characters that a search engine shows
ANCHORS = {  # under which people have linked to what has another heading today
    "Verify the fix": " { #check-it }",
    "Similar errors": " { #do-not-confuse-with }",
}
ORDER = (  # of a page: what to do first, then what it is
    "Fix",
    "Verify the fix",
    "What you see",
    "What it means",
    "Causes",
    "Similar errors",
)
_USUAL = {"insufficient_quota"}  # what a bare 429 most often is


def error_page(entry: Entry, prose: Mapping[str, str]) -> str:
    """The page of an entry: the fix, its facts, its example and its prose; what others say of it.

    Args:
        entry: the facts.
        prose: the text below each heading.
    """
    found = _sections(entry, prose)
    others = list(_elsewhere(entry))
    parts = [
        front_matter(
            page_title(entry),
            description(entry),
            hide=["navigation"],
            verified_on=entry.verified_on,
            search={"boost": _boost(entry)},
            tags=[entry.id],
            structured=_breadcrumbs(entry),
            kind=FAMILIES[entry.family],
            siblings=[(one.id, one.title) for one in _family(entry)],
        ),
        f"[Errors](index.md) / [{FAMILIES[entry.family]}](index.md#{entry.family})",
        f"# {page_title(entry)}",
        entry.summary,
        f"**Who can fix it:** {WHO[entry.who]}. {RETRY[entry.retry]}",
        _contents(bool(others)),
        *(f"## {name}{ANCHORS.get(name, '')}\n\n{found[name]}" for name in ORDER if name in found),
        *(["## At other providers { #providers }", *others] if others else []),
        _NOT_SOLVED,
        *_siblings(entry),
        *([f"## Sources\n\n{found['Sources']}"] if "Sources" in found else []),
        f"*Last verified against these sources on {entry.verified_on}.*",
    ]
    return "\n\n".join(parts) + "\n"


def _contents(has_others: bool) -> str:
    """What is on the page, for a small screen, which shows no table of contents."""
    places = [
        ("What you see", "what-you-see"),
        ("Causes", "causes"),
        ("Similar errors", "do-not-confuse-with"),
        *([("Other providers", "providers")] if has_others else []),
        ("Not solved?", "not-solved"),
    ]
    return " · ".join(f"[{name}](#{anchor})" for name, anchor in places) + "\n{ .contents }"


def _breadcrumbs(entry: Entry) -> Data:
    errors = f"{SITE}/errors/"
    family = FAMILIES[entry.family], f"{errors}#{entry.family}"
    return breadcrumbs((("Errors", errors), family, (entry.title, f"{errors}{entry.id}/")))


def _sections(entry: Entry, prose: Mapping[str, str]) -> dict[str, str]:
    """The text below each heading as the site's converter wants it."""
    found = {name: marked(text) for name, text in prose.items()}
    found["What you see"] = "\n\n".join(
        (example_block(entry.example), _facts(entry), found["What you see"])
    )
    for heading in ("Fix", "Similar errors"):
        found[heading] = _linked(found[heading], entry.id)
    return found


_NOT_SOLVED = """\
## Not solved? { #not-solved }

- Paste the whole message, with the lines around it, into [the explainer](../explain.md): it can be
  another error.
- Let [`codegpt-doctor check`](../install.md) test the connection. It names one root cause and
  shows no key.
- Still stuck? Run `codegpt-doctor check --report report.md`, and post that file with what you did
  and saw [where it belongs](../codegpt.md#how-to-report-a-problem)."""


def _elsewhere(entry: Entry) -> Iterator[str]:
    """What each other provider says, as a closed section of its own."""
    names = {provider: facts["name"] for provider, facts in catalogue.providers().items()}
    having = [one for one in catalogue.variants(entry.id) if one != entry.provider]
    for provider in sorted(having, key=lambda one: str(names[one]).lower()):
        yield _variant(catalogue.get(entry.id, provider), str(names[provider]))


def _variant(entry: Entry, name: str) -> str:
    provider = entry.provider or ""
    neutral = catalogue.sections(entry.id)
    own = catalogue.sections(entry.id, provider)
    prose = catalogue.prose(entry.id, provider)
    told = [
        one for one in ("What you see", "What it means", "Causes") if own[one] != neutral.get(one)
    ]
    status = str(entry.statuses[0]) if entry.statuses else ""
    code = next((one for one in (*entry.codes, *entry.types) if not one.isdigit()), "")
    said = f"{status} {code}".strip() or "no status"
    parts = [
        '<details class="variant" markdown>',
        f'<summary id="{provider}">{name}: {said}</summary>',
    ]
    parts += [example_block(entry.example)]
    parts += [_told(one, prose[one], entry.id) for one in told]
    parts += [f"**Fix at {name}**", _linked(marked(prose["Fix"]), entry.id)]
    parts += [f"[Set up {name}](../providers/{provider}.md)", "</details>"]
    return "\n\n".join(parts)


def _told(heading: str, text: str, own: str) -> str:
    label = "**Causes**\n\n" if heading == "Causes" else ""
    return label + _linked(marked(text), own)


def _siblings(entry: Entry) -> Iterator[str]:
    """The other errors of the family, with those before and after this one."""
    family = _family(entry)
    ids = [one.id for one in family]
    if entry.id not in ids:
        return
    at = ids.index(entry.id)
    ways = [("Previous", at - 1), ("Next", at + 1)]
    near = [
        f"{way}: [{family[to].title}]({ids[to]}.md)" for way, to in ways if 0 <= to < len(family)
    ]
    links = [f"- [{one.title}]({one.id}.md)" for one in family if one.id != entry.id]
    yield f"## More about {FAMILIES[entry.family]} {{ #more }}"
    yield " · ".join(near)
    summary = f"<summary>All {len(family)} errors of this kind</summary>"
    parts = ('<details class="siblings" markdown>\n' + summary, "\n".join(links), "</details>")
    yield "\n\n".join(parts)


def _family(entry: Entry) -> list[Entry]:
    known = catalogue.entries(catalogue.DEFAULT_PROVIDER)
    return [one for one in known if one.family == entry.family]


def description(entry: Entry) -> str:
    """What a search engine shows below the title: as many sentences of the summary as fit."""
    named = f"{page_code(entry)}: "
    text = ""
    for sentence in SENTENCE.split(entry.summary):
        if text and len(named) + len(text) + 1 + len(sentence) > MAX_DESCRIPTION:
            break
        text = f"{text} {sentence}".strip()
    room = MAX_DESCRIPTION - len(named)
    if len(text) > room:
        text = f"{text[: room - 2].rsplit(' ', 1)[0].rstrip(',;:')} …"
    return named + text


def _boost(entry: Entry) -> float:
    """The weight of a page in the search; of many for one status, the usual cause comes first."""
    return 2.5 if entry.id in _USUAL else 1.5 if entry.generic else 2


def page_code(entry: Entry) -> str:
    """What people paste into a search: the status and the provider's code, or the id."""
    codes = entry.codes[:1] if entry.provider and entry.id not in entry.codes else ()
    return " ".join([*map(str, entry.statuses[:1]), *(codes or (entry.id,))])


def page_title(entry: Entry) -> str:
    """The title of an entry with what people paste into a search beside it."""
    return f"{entry.title} ({page_code(entry)})"


def _facts(entry: Entry) -> str:
    facts = {
        "HTTP status": said_statuses(entry) if entry.statuses else "",
        "API code": ", ".join(f"`{code}`" for code in entry.codes),
        "ID": f"`{entry.id}`" if entry.id not in entry.codes else "",
    }
    return "\n\n".join(f"{name}\n:   {value}" for name, value in facts.items() if value)


def said_statuses(entry: Entry) -> str:
    """The HTTP statuses of an error in words."""
    return ", ".join(map(str, sorted(entry.statuses))) or "none"


def _linked(markdown: str, own: str) -> str:
    """The text with the ids of other entries in it as links to their pages."""

    def link(found: re.Match[str]) -> str:
        known = found[1] in catalogue.ids() and found[1] != own
        return f"[{found[0]}]({found[1]}.md)" if known else found[0]

    return _MARKED.sub(link, markdown)
