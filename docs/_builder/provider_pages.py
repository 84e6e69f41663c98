"""The set-up pages of the providers, made to one pattern from their data and their guides.  Pure.

The written parts are in ``codegpt_doctor/providers/<id>/guide.md``; OpenAI's page is written whole.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Entry, placeholders
from codegpt_doctor.catalogue.everyday import by_frequency
from codegpt_doctor.catalogue.page import sections
from codegpt_doctor.providers.provider import Provider, all_providers
from docs._builder import comparison
from docs._builder.checked import checked, file_of, rows, shown
from docs._builder.error_parts import example_words, link_to, marked, said_status
from docs._builder.facts import Fact, facts_in
from docs._builder.markdown import front_matter, parted, table

MAX_ERRORS = 12  # rows of the table of typical errors; the others are named below it
ANCHORS = {"Create a key": " { #make-a-key }"}  # under which people have linked to it
_PAGES = (
    ("billing", "Credit, payment, invoices", "Billing page"),
    ("usage", "What was used", "Usage page"),
    ("limits", "Your limits", "Limits page"),
    ("models", "Available models", "Models page"),
    ("status", "Whether the service is working", "Status page"),
)
LABELS = Fact(
    "Names of the controls in CodeGPT",
    "its makers' [pages and pictures](https://github.com/diffbot/code-gpt-docs) of 2026-03-16",
    "2026-11-28",
)
_LIFECYCLE = re.compile(r'<div data-lifecycle="(\w+)"></div>')
_OTHERS = {"custom": "any OpenAI-compatible server", "litellm": "a LiteLLM gateway"}


def set_up_title(provider: Provider) -> str:
    """The title of a provider's page."""
    if provider.ended and not provider.models.default:
        return f"{provider.name} has ended"
    verb = "Use" if provider.local or provider.id in _OTHERS else "Set up"
    return f"{verb} {_OTHERS.get(provider.id, provider.name)} in CodeGPT"


def provider_page(provider: Provider, guide: str, file: Mapping[str, Any]) -> str:
    """The page of a provider.

    Args:
        provider: its data.
        guide: its written parts, as Markdown with placeholders and its facts in front.
        file: its data with where they are from, as TOML has them.
    """
    meta, written_parts = parted(guide)
    values = placeholders.site_values(catalogue.providers()[provider.id])
    parts = sections(placeholders.fill(written_parts, values))
    found = [*facts_in(meta), LABELS, *_dated(provider, file)]
    good_to_know = parts.pop("Good to know")
    costs = parts.pop("What it costs")
    title = set_up_title(provider)
    written = [
        f"## {name}{ANCHORS.get(name, '')}\n\n{marked(text)}" for name, text in parts.items()
    ]
    return (
        "\n\n".join(
            [
                front_matter(title, _description(provider), facts=[one._asdict() for one in found]),
                f"# {title}",
                *_ended(provider),
                "\n".join(_facts(provider)),
                *written,
                f"## What it costs\n\n{marked(costs)}",
                *_where(provider),
                *_typical_errors(provider),
                *_lifecycle(provider),
                f"## Good to know\n\n{marked(good_to_know)}",
            ]
        )
        + "\n"
    )


def _description(provider: Provider) -> str:
    name = _OTHERS.get(provider.id, provider.name)
    if provider.ended and not provider.models.default:
        return f"{name} ended on {provider.ended.on}. What its errors say, and what replaces it."
    if provider.local:
        return f"Start {name}, connect it in CodeGPT, test it, and fix its typical errors."
    if provider.id in _OTHERS:
        return f"Connect {name} in CodeGPT, test it, and fix its typical errors."
    return (
        f"Create a key for {name}, connect it in CodeGPT, see cost and limits, fix typical errors."
    )


def _ended(provider: Provider) -> Iterator[str]:
    if provider.ended:
        said = f"**{provider.ended.what} ended on {provider.ended.on}.**"
        instead = (
            f" Replacement: {provider.ended.replacement}." if provider.ended.replacement else ""
        )
        yield f'!!! warning "Ended"\n\n    {said}{instead}'


def _facts(provider: Provider) -> Iterator[str]:
    """What a person who knows how needs, in one look."""
    if provider.base_url and (provider.ended is None or provider.models.default):
        yield f"- **Base URL:** `{provider.base_url}`"
    if provider.key_variables and not provider.local:
        variables = ", ".join(f"`{name}`" for name in provider.key_variables)
        yield f"- **Key variable:** {variables}"
    if not provider.auth.required:
        yield "- **Key:** only if the server requires one"
    address = "" if provider.base_url else " --base-url ADDRESS"
    if provider.ended is None or provider.models.default:
        yield f"- **Test it:** `codegpt-doctor check --provider {provider.id}{address}`"


def _where(provider: Provider) -> Iterator[str]:
    """Where to see cost, use and limits."""
    pages = {name: url for name, _, _ in _PAGES if (url := str(getattr(provider.pages, name, "")))}
    if provider.status:
        pages["status"] = provider.status.page
    rows = [(what, f"[{title}]({pages[name]})") for name, what, title in _PAGES if name in pages]
    if not rows:
        return
    parts = ["## Credit, usage and limits { #limits }", table(("What", "Where"), rows)]
    if provider.limits:
        parts += [
            "Responses say what is left of each limit. This shows it, and how long to wait:",
            f"```sh\ncodegpt-doctor limits --provider {provider.id}\n```",
        ]
    if provider.key_info:
        parts += [
            "With an ordinary key, this command reads its credit or limit:",
            f"```sh\ncodegpt-doctor billing --provider {provider.id}\n```",
        ]
    yield "\n\n".join(parts)


def own_entries(provider: str) -> list[Entry]:
    """The errors for which a provider has words of its own, the most frequent first."""
    ids = [one for one in catalogue.ids() if provider in catalogue.variants(one)]
    return [catalogue.get(one, provider) for one in by_frequency(ids)]


def _typical_errors(provider: Provider) -> Iterator[str]:
    entries = own_entries(provider.id)
    if not entries:
        return
    shown, others = entries[:MAX_ERRORS], entries[MAX_ERRORS:]
    rows = [(said_status(one), example_words(one, 90), link_to(one, provider.id)) for one in shown]
    yield "## Typical errors { #errors }"
    yield table(("Status", f"What {provider.name} says", "Meaning and fix"), rows)
    if others:
        listed = ", ".join(link_to(one, provider.id) for one in others)
        yield f"Also: {listed}."
    yield (
        "The [comparison of all providers](compare.md) shows the same error elsewhere. For any "
        "other error, try [the explainer](../explain.md)."
    )


def _lifecycle(provider: Provider) -> Iterator[str]:
    if not provider.lifecycle:
        return
    yield "## Models that ended or will end { #ended }"
    yield f'<div data-lifecycle="{provider.id}"></div>'


def with_lifecycles(markdown: str, read: Callable[[str], str]) -> str:
    """The text with the table of a provider's models in the place of each mark for it.

    Args:
        markdown: the text.
        read: gives the text of a file by its path from the root of the repository.
    """

    def ends(place: re.Match[str]) -> str:
        found = tomllib.loads(read(file_of(place[1])))["lifecycle"]
        return table(("Ends", "Models", "Replacement", "Checked against"), _ends(found))

    return _LIFECYCLE.sub(ends, markdown)


def _ends(found: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """A row for all models that end on one day with one replacement, the latest day first."""

    def key(one: Mapping[str, Any]) -> tuple[str, ...]:
        origin = f"{shown(one['source'])}, {one['verified_on']}"
        return str(one["ends"]), one.get("replacement", ""), origin

    for (ends, replacement, origin), group in groupby(sorted(found, key=key, reverse=True), key):
        names = sorted(one.get("model") or f"{one['prefix']}…" for one in group)
        instead = f"`{replacement}`" if replacement else ""
        yield ends, ", ".join(f"`{name}`" for name in names), instead, origin


def _dated(provider: Provider, file: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of a provider with where they are from; the ends of models have it beside them."""
    entries = own_entries(provider.id)
    if provider.pages.errors and entries:
        day = min(one.verified_on for one in entries)
        yield Fact("Texts of the errors", f"its [list of errors]({provider.pages.errors})", day)
    found = (one for one in checked(file, file_of(provider.id)) if one.group != "lifecycle")
    yield from (Fact(*row) for row in rows(found, provider.pages.docs))


# -- all providers -----------------------------------------------------------------------------


def index_page(providers: Iterable[Provider]) -> str:
    """The list of all providers."""
    rows = [_row(one) for one in sorted(providers, key=lambda one: one.name.lower())]
    title = "Providers"
    description = f"Set-up pages for {len(rows)} providers: key, cost, limits, typical errors."
    return (
        "\n\n".join(
            [
                front_matter(title, description),
                f"# {title} {{ #providers }}",
                "CodeGPT can use many providers. Each has its own key, bill and errors. "
                "[Compare the same failure](compare.md) at all of them, or see the "
                "[sign-ins without a key](accounts.md).",
                table(("Provider", "Key in the variable", "Note"), rows),
                "The same list in a terminal:",
                "```sh\ncodegpt-doctor providers\n```",
            ]
        )
        + "\n"
    )


def _row(provider: Provider) -> tuple[str, str, str]:
    variable = next(iter(provider.key_variables), "")
    note = "runs on your computer, needs no key" if provider.local else ""
    if provider.ended:
        note = f"{provider.ended.what} ended on {provider.ended.on}"
    key = "" if provider.local or not variable else f"`{variable}`"
    return f"[{provider.name}]({provider.id}.md)", key, note


def made(guides: Mapping[str, str], files: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Every page about providers by its path, from their guides and their files by id."""
    providers = sorted(all_providers(), key=lambda one: one.name.lower())
    pages = {
        f"providers/{one.id}.md": provider_page(one, guides[one.id], files[one.id])
        for one in providers
        if one.id in guides
    }
    return {
        **pages,
        "providers/index.md": index_page(providers),
        "providers/compare.md": comparison.page(providers),
    }
