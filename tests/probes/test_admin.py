"""What an admin key asks for takes a bounded part of the memory, whatever comes back."""

import json
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from helpers.organization import settings_for
from helpers.servers import listening, response

from codegpt_doctor.checks.plan import start_path
from codegpt_doctor.checks.route import Way
from codegpt_doctor.engine.background import Background
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.probes.admin import (
    COMPLETIONS,
    COSTS,
    MAX_ALL_BYTES,
    MAX_BYTES,
    MAX_VALUES,
    Organization,
)

MIB = 1024 * 1024
SPARE = 64 * 1024  # bytes: the pieces that were on their way, and what Python adds to a text
# each page by what fills it, with its size in bytes as it is sent
PAGES: dict[str, Callable[[int], str]] = {
    "letters": lambda size: "x" * size,
    "one wide character": lambda size: "x" * (size - 4) + "\U0001f600",
    "emoji": lambda size: "\U0001f600" * (size // 4),
    "Chinese": lambda size: "\u4e2d" * (size // 3),
}


def asked(filling: str, what: Callable[[Organization], list[Exchange]]) -> list[Exchange]:
    """What is kept of an organization whose lists have no end."""
    numbers = count()

    def pages(connection: Any, _request: bytes, _: Any) -> None:
        page = (
            f'{{"object":"page","has_more":true,"next_page":"p{next(numbers)}","data":{filling}}}'
        )
        connection.sendall(response(200, page.encode()))

    with listening(pages) as server:
        settings, background = settings_for(server), Background.within(30)
        way = Way(settings, background)
        dialer = start_path(way, background).dialer
        assert dialer
        assert settings.admin_key
        return what(Organization(settings, settings.admin_key, dialer, background.deadline))


def every_page(organization: Organization) -> list[Exchange]:
    found: list[Exchange] = []
    for endpoint in (COSTS, COMPLETIONS, COSTS, COMPLETIONS):
        organization.pages(endpoint, found)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("filling", PAGES)
@pytest.mark.parametrize("size", [MIB, 8 * MIB])
def test_all_that_is_kept_fits_into_its_room(filling: str, size: int) -> None:
    found = asked(json.dumps([PAGES[filling](size)], ensure_ascii=False), every_page)
    sizes = [sys.getsizeof(one.body) for one in found]
    assert sum(sizes) < MAX_ALL_BYTES + SPARE
    assert max(sizes) < MAX_BYTES + SPARE
    assert found[-1].truncated
    assert not found[-1].body


@pytest.mark.parametrize("value", ["1", "{}", "[]", '""', "1.1"])
def test_a_page_of_very_many_values_is_not_read(value: str) -> None:
    (few,) = asked(f"[{','.join([value] * 9)}]", lambda one: [one.ask(COSTS)])
    (many,) = asked(f"[{','.join([value] * MAX_VALUES)},0]", lambda one: [one.ask(COSTS)])
    assert (few.truncated, many.truncated, many.body) == (False, True, "")
