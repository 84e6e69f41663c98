"""Rate-limit headers: durations, windows, waits, and the tier that they are consistent with."""

import pytest

from codegpt_doctor.billing.tiers import consistent_with
from codegpt_doctor.findings.rate_limits import seconds, wait_said
from codegpt_doctor.findings.windows import Window, wait_of, windows
from codegpt_doctor.providers.provider import load


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("6m0s", 360),
        ("558ms", 0.558),
        ("20ms", 0.02),
        ("1s", 1),
        ("8.64s", 8.64),
        ("7m12s", 432),
        ("28m48s", 1728),
        ("1h2m3s", 3723),
        ("23h59m59.5s", 86399.5),
        ("350µs", 0.00035),
        ("0s", 0),
        ("20", 20),
        ("0.5", 0.5),
        (" 3s ", 3),
    ],
)
def test_a_duration_is_read(text: str, meant: float) -> None:
    assert seconds(text) == pytest.approx(meant)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "-1s", "1d", "s", "1s later", "1.s", "9" * 30, "1s" * 100, "99999999h", "1e3"],
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert seconds(text) is None


HEADERS = {
    "x-request-id": "req_1",
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-limit-tokens": "150000",
    "x-ratelimit-limit-project-tokens": "60000",
    "x-ratelimit-remaining-requests": "59",
    "x-ratelimit-remaining-tokens": "149984",
    "x-ratelimit-remaining-project-tokens": "0",
    "x-ratelimit-reset-requests": "1s",
    "x-ratelimit-reset-tokens": "6m0s",
    "x-ratelimit-reset-project-tokens": "3s",
}


class TestWindows:
    def test_all_kinds_are_read(self) -> None:
        assert windows(HEADERS) == (
            Window("requests", 60, 59, 1, "1s"),
            Window("tokens", 150000, 149984, 360, "6m0s"),
            Window("project-tokens", 60000, 0, 3, "3s"),
        )

    def test_what_is_missing_or_no_number_is_not_told(self) -> None:
        headers = {
            "x-ratelimit-limit-requests": "many",
            "x-ratelimit-limit-tokens": "100",
            "x-ratelimit-reset-tokens": "soon",
        }
        assert windows(headers) == (Window("tokens", 100, None, None, "soon"),)
        assert windows({}) == ()

    @pytest.mark.parametrize(
        ("window", "per"),
        [
            (Window("requests", 500, 499, 0.12), "minute"),
            (Window("requests", 200, 199, 432), "day"),
            (Window("requests", 200, 0, 86400), "day"),
            (Window("tokens", 200000, 199980, 0.006), "minute"),
            (Window("requests", 60, 60, 0), None),
            (Window("requests", 60, 50, 7), None),
            (Window("requests", 60, None, 7), None),
            (Window("requests", 60, 70, 7), None),
        ],
    )
    def test_the_length_of_a_window_follows_from_how_fast_it_fills(
        self, window: Window, per: str | None
    ) -> None:
        assert window.per == per


class TestWait:
    def test_the_longest_empty_window_counts(self) -> None:
        empty = [Window("requests", 3, 0, 20), Window("tokens", 9, 0, 60), Window("x", 9, 1, 99)]
        assert wait_of(empty) == (60, empty[1])
        assert wait_of([Window("tokens", 9, 1, 60)]) is None
        assert wait_of([Window("tokens", 9, 0, None)]) is None

    @pytest.mark.parametrize(
        ("headers", "message", "wait"),
        [
            ({"retry-after": "20"}, "Please try again in 3s.", 20),
            ({"retry-after-ms": "1500", "retry-after": "20"}, "", 1.5),
            ({}, "Requested 12528. Please try again in 11.054s. Visit …", 11.054),
            ({}, "Please try again in 7m12s. Visit …", 432),
            ({}, "Please try again in 320ms.", 0.32),
            ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, "", None),
            ({}, "Please try again later.", None),
        ],
    )
    def test_what_a_refusal_says_is_read(
        self, headers: dict[str, str], message: str, wait: float | None
    ) -> None:
        assert wait_said(headers, message) == wait


@pytest.mark.parametrize(
    ("requests", "tokens", "tier"),
    [
        (5000, 1_000_000, "Build"),
        (10_000, 4_000_000, "Launch"),
        (15_000, 40_000_000, "Grow"),
        (500, 200_000, "the former Tier 1"),
        (3, 40_000, "Free"),
        (777, 1, None),
        (None, None, None),
    ],
)
def test_a_tier_is_only_named_for_limits_that_were_published(
    requests: int | None, tokens: int | None, tier: str | None
) -> None:
    assert consistent_with(load("openai").tiers, requests, tokens) == tier
