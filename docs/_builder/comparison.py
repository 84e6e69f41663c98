"""The page that compares how each provider reports the same failure.  Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.providers.provider import Provider
from docs._builder.error_parts import example_words, link_to, said_status
from docs._builder.markdown import front_matter, table

_COMPARED = "Wrong key, no credit, rate limit, unknown model: status, code, words and fix at each."
_FAILURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Wrong key", "wrong-key", ("invalid_api_key", "invalid_authentication")),
    ("No key", "no-key", ("missing_api_key",)),
    ("No credit or quota", "no-credit", ("credit_balance_exhausted", "insufficient_quota")),
    ("Free tier or daily limit", "free-tier", ("free_tier_exhausted", "rate_limit_daily")),
    ("Too many requests", "rate-limit", ("rate_limit_requests", "rate_limit_unspecified")),
    ("Too many tokens", "tokens", ("rate_limit_tokens", "request_too_large")),
    ("Unknown model", "model", ("model_not_found", "model_not_enabled", "model_not_pulled")),
    ("Text too long", "context", ("context_length_exceeded",)),
    ("Overloaded", "overloaded", ("engine_overloaded", "service_unavailable")),
)


def page(providers: Sequence[Provider]) -> str:
    """The same failure at every provider: status, code, words, and what to do."""
    title = "The same error at every provider"
    parts = [
        front_matter(title, _COMPARED, hide=["navigation", "toc"]),
        f"# {title}",
        "A 403 is a missing permission at one provider, an empty balance at another, and a text "
        "that is too long at a third. These tables show what each provider says for the same "
        "failure.",
        " · ".join(f"[{name}](#{anchor})" for name, anchor, _ in _FAILURES),
    ]
    for name, anchor, ids in _FAILURES:
        rows = [row for one in providers for row in _comparison(one, ids)]
        head = ("Provider", "Status and code", "What it says", "What to do first")
        parts += [f"## {name} {{ #{anchor} }}", table(head, rows)]
    parts.append("*Each error's page names its sources, and the day on which they were checked.*")
    return "\n\n".join(parts) + "\n"


def _comparison(provider: Provider, ids: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    for entry_id in ids:
        if provider.id in catalogue.variants(entry_id):
            entry = catalogue.get(entry_id, provider.id)
            step = _first_step(catalogue.prose(entry_id, provider.id)["Fix"])
            yield (
                f"[{provider.name}]({provider.id}.md)",
                said_status(entry),
                example_words(entry, 100),
                f"{step} ({link_to(entry, provider.id)})",
            )


def _first_step(fix: str) -> str:
    line = re.split(r"\n\s*\n|^2\. ", fix.removeprefix("1. "), maxsplit=1, flags=re.MULTILINE)[0]
    return " ".join(line.split())
