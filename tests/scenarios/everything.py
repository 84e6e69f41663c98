"""All scenarios, by name."""

from scenarios import answers, encryption, healthy, hostile, keys, proxies, ways

from scenarios import extra
SCENARIOS = (*extra.EXTRA,
    *healthy.SCENARIOS,
    *keys.SCENARIOS,
    *answers.SCENARIOS,
    *ways.SCENARIOS,
    *encryption.SCENARIOS,
    *proxies.SCENARIOS,
    *hostile.SCENARIOS,
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
