"""The whole explanation of an error, as a page to read."""

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import FAMILIES, Entry
from codegpt_doctor.output.lines import RETRY, WHO, wrap_line
from codegpt_doctor.output.markdown import wrap
from codegpt_doctor.output.platforms import own_blocks
from codegpt_doctor.output.report_data import docs_url
from codegpt_doctor.output.style import Style

HEADINGS = ("What it means", "Causes", "Fix", "Verify the fix", "Similar errors")


def entry_text(entry: Entry, style: Style, provider: str | None) -> str:
    """The explanation of one entry: title, meaning, causes, fix, link.

    ``provider`` is the one whose pages the steps lead to, None where nothing tells whose it is.
    """
    found = catalogue.prose(entry.id, provider)
    found["Fix"] = own_blocks(found["Fix"])
    title = "\n".join(map(style.strong, wrap_line(entry.title, style.width)))
    kind = "\n".join(
        map(style.dim, wrap_line(f"{entry.id} ({FAMILIES[entry.family]})", style.width))
    )
    parts = [f"{title}\n{kind}", wrap(entry.summary, style.width)]
    for heading in HEADINGS:
        said = f"{heading} (by {WHO[entry.who]})" if heading == "Fix" else heading
        head = "\n".join(map(style.strong, wrap_line(said, style.width)))
        parts.append(f"{head}\n{wrap(found[heading], style.width).rstrip()}")
    parts.append(f"{RETRY[entry.retry]}\nMore: {docs_url(entry.id)}")
    return "\n\n".join(part.strip("\n") for part in parts)
