"""The time of a header, whatever stands there."""

from datetime import UTC, datetime

import pytest

from codegpt_doctor.model.http_date import date_of


def test_is_read_with_its_zone() -> None:
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert date_of("Sat, 28 Nov 2026 12:00:00 GMT") == noon
    assert date_of("Sat, 28 Nov 2026 13:00:00 +0100") == noon


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "1764331200", "Sat, 31 Feb 2026 12:00:00 GMT"),
        *("Sat, 28 Nov 2026 12:00:00", "Sat, 28 Nov 2026 12:00:00 -0000"),  # of which zone?
        "Sat, 28 Nov 2026 12:00:00 +99999999999999999999",
        "Sat, 28 Nov 99999999999999999999 12:00:00 GMT",
    ],
)
def test_is_none_where_none_is_named(text: str) -> None:
    assert date_of(text) is None
