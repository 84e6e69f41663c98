"""What a healthy provider tells of a key and of its rate limits, in the shape of each."""

from collections.abc import Mapping

from codegpt_doctor.simulator.formats import Table

KEY_INFO: dict[str, Table] = {
    "deepseek": {
        "is_available": True,
        "balance_infos": [
            {
                "currency": "USD",
                "total_balance": "12.34",
                "granted_balance": "0.00",
                "topped_up_balance": "12.34",
            }
        ],
    },
    "openrouter": {
        "data": {
            "label": "simulated",
            "limit": 20,
            "limit_remaining": 12.34,
            "limit_reset": None,
            "usage": 7.66,
            "is_free_tier": False,
        }
    },
    "xai": {
        "team_id": "simulated",
        "acls": ["api-key:endpoint:*", "api-key:model:*"],
        "api_key_blocked": False,
        "api_key_disabled": False,
        "team_blocked": False,
    },
    "cohere": {"valid": True, "organization_id": "simulated"},
    "huggingface": {"name": "simulated", "type": "user"},
}
LIMIT_HEADERS: dict[str, Mapping[str, str]] = {
    "usual": {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-limit-tokens": "200000",
        "x-ratelimit-remaining-tokens": "199980",
        "x-ratelimit-reset-tokens": "6ms",
    },
    "anthropic": {
        "anthropic-ratelimit-requests-limit": "50",
        "anthropic-ratelimit-requests-remaining": "49",
        "anthropic-ratelimit-requests-reset": "2026-11-28T00:00:00Z",
        "anthropic-ratelimit-tokens-limit": "50000",
        "anthropic-ratelimit-tokens-remaining": "49980",
        "anthropic-ratelimit-tokens-reset": "2026-11-28T00:00:00Z",
    },
    "mistral": {
        "x-ratelimit-limit-req-60-second": "60",
        "x-ratelimit-remaining-req-60-second": "59",
        "x-ratelimit-limit-tokens-minute": "50000",
        "x-ratelimit-remaining-tokens-minute": "49980",
    },
    "cerebras": {
        "x-ratelimit-limit-requests-minute": "30",
        "x-ratelimit-remaining-requests-minute": "29",
        "x-ratelimit-limit-tokens-minute": "60000",
        "x-ratelimit-remaining-tokens-minute": "59980",
    },
    "fireworks": {
        "x-ratelimit-limit-tokens-prompt": "60000",
        "x-ratelimit-remaining-tokens-prompt": "59980",
        "x-ratelimit-over-limit": "no",
    },
}
