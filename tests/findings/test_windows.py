"""The limit headers of each provider, as its recordings and its documentation have them."""

import pytest

from codegpt_doctor.findings.answers import finding_of, problem_of
from codegpt_doctor.findings.windows import Window, windows_of
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.settings.values import Settings, Value

SENT = {"date": "Sat, 28 Nov 2026 09:00:00 GMT"}
ROWS = [
    (
        "anthropic",
        {
            "anthropic-ratelimit-input-tokens-limit": "50000",
            "anthropic-ratelimit-input-tokens-remaining": "49000",
            "anthropic-ratelimit-input-tokens-reset": "2026-11-28T09:00:30Z",
            **SENT,
        },
        Window("input-tokens", 50000, 49000, 30.0, "2026-11-28T09:00:30Z", "minute"),
    ),
    (
        "mistral",
        {
            "x-ratelimit-limit-req-60-second": "60",
            "x-ratelimit-remaining-req-60-second": "59",
            "x-ratelimit-tokens-query-cost": "8",
        },
        Window("requests", 60, 59, None, "", "minute"),
    ),
    (
        "mistral",
        {"x-ratelimit-limit-tokens-5-minute": "9", "x-ratelimit-remaining-tokens-5-minute": "0"},
        Window("tokens", 9, 0, None, "", "5 minutes"),
    ),
    (
        "mistral",
        {"x-ratelimit-limit-tokens-month": "9", "x-ratelimit-remaining-tokens-month": "8"},
        Window("tokens", 9, 8, None, "", "month"),
    ),
    (
        "cerebras",
        {"x-ratelimit-limit-requests-day": "9", "x-ratelimit-remaining-requests-day": "8"},
        Window("requests", 9, 8, None, "", "day"),
    ),
    (
        "groq",
        {
            "x-ratelimit-limit-requests": "1000",
            "x-ratelimit-remaining-requests": "999",
            "x-ratelimit-reset-requests": "1m26.4s",
        },
        Window("requests", 1000, 999, 86.4, "1m26.4s", "day"),
    ),
    (
        "fireworks",
        {"x-ratelimit-limit-tokens-prompt": "60", "x-ratelimit-remaining-tokens-prompt": "59"},
        Window("tokens-prompt", 60, 59, None),
    ),
    (
        "openrouter",
        {
            "x-ratelimit-limit": "20",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": "1795856460000",
            **SENT,
        },
        Window("requests", 20, 0, 60.0, "1795856460000"),
    ),
    (
        "azure",
        {"x-ratelimit-limit-tokens": "9", "x-ratelimit-remaining-tokens": "8"},
        Window("tokens", 9, 8, None),
    ),
    (
        "custom",
        {"x-ratelimit-limit-requests": "9", "x-ratelimit-remaining-requests": "8"},
        Window("requests", 9, 8, None),
    ),
]


def told(provider: str, headers: dict[str, str], status: int = 200) -> Exchange:
    return Exchange("POST /x", http_status=status, headers=headers, provider=provider, body="{}")


@pytest.mark.parametrize(("provider", "headers", "expected"), ROWS)
def test_the_headers_of_each_provider_are_read(
    provider: str, headers: dict[str, str], expected: Window
) -> None:
    assert windows_of(told(provider, headers)) == (expected,)


@pytest.mark.parametrize(
    "reset", ["2026-13-99T00:00:00Z", "1" * 15, "2026-11-27T00:00:00Z", "soon"]
)
def test_a_time_that_is_none_or_over_is_no_wait(reset: str) -> None:
    headers = {"x-ratelimit-limit": "9", "x-ratelimit-reset": reset, **SENT}
    (one,) = windows_of(told("openrouter", headers))
    assert one.resets_in is None


@pytest.mark.parametrize(
    ("provider", "headers", "expected"),
    [
        ("mistral", ROWS[1][1] | {"x-ratelimit-remaining-req-60-second": "0"}, "requests"),
        ("mistral", ROWS[2][1], "tokens"),
        ("groq", ROWS[5][1] | {"x-ratelimit-remaining-requests": "0"}, "daily"),
    ],
)
def test_a_bare_429_is_about_the_window_with_nothing_left(
    provider: str, headers: dict[str, str], expected: str
) -> None:
    answer = told(provider, headers, 429)
    match = problem_of(answer, lambda _: True)
    assert match
    finding = finding_of(match, answer, "x", Settings(provider, Value("http://127.0.0.1", "x")))
    assert finding
    assert finding.id == f"rate_limit_{expected}"
