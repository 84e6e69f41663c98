"""Keys in a text: each provider's are found, and what only looks like one is not."""

import random
import re
import string

import pytest

from codegpt_doctor.providers.leaks import leaks_in
from codegpt_doctor.providers.provider import all_providers

CHANCE = random.Random(7)  # the same keys in every run
HEX = "0123456789abcdef"


def some(characters: str, count: int) -> str:
    return "".join(CHANCE.choice(characters) for _ in range(count))


def made(pattern: str) -> str:
    """A text that fits a pattern of keys, as long as a real key."""
    whole = ""
    for group, literal, members, least in re.findall(
        r"(\(\?:[^()]*\))|(\\?[^\[\](){}|])|\[([^\]]+)\]\{(\d+),?\d*\}", pattern
    ):
        if group:
            whole += re.split(r"\||\[", group[3:-1])[0]
        elif literal:
            whole += literal[-1]
        else:
            pool = HEX if members == "0-9a-f" else string.ascii_letters + string.digits
            pool = pool.upper() if members == "A-Z2-7" else pool
            pool = re.sub(rf"[^{members}]", "", pool)
            whole += some(pool, max(int(least), 20) if int(least) in (8, 20) else int(least))
    return whole


def simpler(pattern: str) -> str:
    """One of the forms of a pattern that has several."""
    forms = {"={0,2}": "", "gh[pousr]_|github": "ghp_|github", "(?:v1-)?": "v1-"}
    for form, one in forms.items():
        pattern = pattern.replace(form, one)
    return pattern


OF_ITS_OWN = [
    (one.id, shape.kind, shape.pattern)
    for one in all_providers()
    for shape in one.keys
    if shape.unique and "(?!" not in shape.pattern and "A3T" not in shape.pattern
]


def test_a_key_of_each_provider_is_found_whatever_stands_around_it() -> None:
    assert len(OF_ITS_OWN) > 15
    for provider, kind, pattern in OF_ITS_OWN:
        key = made(simpler(pattern))
        assert re.fullmatch(pattern, key), pattern
        for text in (
            f'key = "{key}"',
            f"first\nA: {key}\n",
            f"curl -H 'x: {key}' https://a.example",
        ):
            found = list(leaks_in(text))
            assert [(one.provider, one.kind) for one in found] == [(provider, kind)], text
            assert key not in found[0].hint


def test_the_line_is_told() -> None:
    assert [one.line for one in leaks_in(f"a\r\nb\r\nc gsk_{some(string.ascii_letters, 24)}")] == [
        3
    ]


@pytest.mark.parametrize(
    ("provider", "line"),
    [
        ("mistral", f"MISTRAL_API_KEY={some(string.ascii_letters + string.digits, 32)}"),
        ("mistral", f'"MISTRAL_API_KEY": "{some(string.ascii_letters + string.digits, 32)}",'),
        ("azure", f"os.environ['AZURE_OPENAI_API_KEY'] = '{some(HEX, 32)}'"),
        (None, f"token: sk-{some(HEX, 32)}"),
    ],
)
def test_a_key_without_a_beginning_of_its_own_is_known_by_its_variable(
    provider: str | None, line: str
) -> None:
    assert [one.provider for one in leaks_in(line)] == [provider]


@pytest.mark.parametrize(
    "line",
    [
        "OPENAI_API_KEY=sk-proj-your-key-goes-here-please",
        "OPENAI_API_KEY=sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "OPENAI_API_KEY=sk-proj-aaaabbbbaaaabbbbaaaabbbb",
        "GROQ_API_KEY: ${{ secrets.GROQ_API_KEY }}",
        "MISTRAL_API_KEY=$(cat ~/.config/mistral/the-key-of-our-team)",
        "MISTRAL_API_KEY = settings.providers.mistral.api_key_for_us",
        f"commit {some(HEX, 40)}",
        f"id: {some(HEX, 8)}-{some(HEX, 4)}-{some(HEX, 4)}-{some(HEX, 4)}-{some(HEX, 12)}",
        '<div class="sk-three-fading-circles-with-shadow">',
        "The key sk-proj-…Ft6G was refused; sk-proj-***************Ft6G too.",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_what_only_looks_like_a_key_is_none(line: str) -> None:
    assert list(leaks_in(line)) == []
