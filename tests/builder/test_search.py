"""The search of the site: what people type or paste has the right page among the first three."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers.parity import NODE, scripts

from docs._builder import folder, pages, search_index
from docs._builder.commands import ALL_CHECKS, FUNCTIONS, ROOT, described
from docs._builder.search_synonyms import synonyms

pytestmark = pytest.mark.skipif(not NODE, reason="needs Node.js")

QUERIES = {
    query: pages.split()
    for query, pages in (
        line.split("\t")
        for line in Path(__file__).with_name("searches.tsv").read_text("utf-8").splitlines()
    )
}
"""What is typed and pasted, in four languages, and the pages any of which answers it."""


Pages = dict[str, list[str]]


@pytest.fixture(scope="module")
def index() -> str:
    made = pages.made(
        described(), ALL_CHECKS, FUNCTIONS, folder.guides(ROOT), folder.provider_files(ROOT)
    )
    return search_index.script(folder.read_pages(ROOT, made))


@pytest.fixture(scope="module")
def found(index: str) -> Pages:
    engine = (ROOT / "docs/assets/search/engine.js").read_text("utf-8")
    given = {
        "scripts": [*scripts(), ("engine", engine), ("index", index)],
        "queries": list(QUERIES),
    }
    assert NODE
    command = (NODE, str(Path(__file__).parents[1] / "helpers" / "search.js"))
    done = subprocess.run(
        command, input=json.dumps(given).encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    answers: list[Any] = json.loads(done.stdout)
    return dict(zip(QUERIES, answers, strict=True))


@pytest.mark.slow
def test_the_right_page_is_among_the_first_three(found: Pages) -> None:
    wrong = {
        query: found[query][:4]
        for query, right in QUERIES.items()
        if not {*right} & {*found[query][:3]}
    }
    assert wrong == {}


def test_every_page_that_is_right_exists(index: str) -> None:
    known = set(re.findall(r'"path": ?"([^"]+)"', index))
    assert {path for right in QUERIES.values() for path in right} <= known


def test_what_another_word_stands_for_is_on_a_page(index: str) -> None:
    """A meaning that no page has would lead nowhere."""
    text = index.partition('"synonyms":')[0].lower()
    meant = {word for words in synonyms().values() for word in words}
    assert {word for word in meant if word not in text} == set()
