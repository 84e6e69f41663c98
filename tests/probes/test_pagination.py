"""The cursor of the next page, as the admin endpoints tell it."""

import pytest

from codegpt_doctor.probes.pagination import cursor_of


@pytest.mark.parametrize(
    ("text", "cursor"),
    [
        ('{"object": "page", "has_more": true, "next_page": "page_A=", "data": []}', "page_A="),
        ('{"object": "page", "has_more": false, "next_page": "page_A=", "data": []}', None),
        ('{"object": "page", "has_more": true, "next_page": null, "data": []}', None),
        ('{"object": "list", "has_more": true, "last_id": "b", "data": [{"id": "b"}]}', "b"),
        ('{"object": "list", "has_more": true, "data": [{"id": "a"}, {"id": "b"}]}', "b"),
        ('{"object": "list", "has_more": true, "data": []}', None),
        ('{"threshold_amount": 1}', None),
        ("no json", None),
        ("[]", None),
        ('{"has_more": true, "data": [1]}', None),
    ],
)
def test_the_next_page_is_found(text: str, cursor: str | None) -> None:
    assert cursor_of(text) == cursor
