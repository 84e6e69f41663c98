"""All scenarios, by name."""

from scenarios import (
    answers,
    encryption,
    gateways,
    healthy,
    hostile,
    keyless,
    keys,
    mixtures,
    proxies,
    trust,
    unproven,
    ways,
)

SCENARIOS = (
    *healthy.SCENARIOS,
    *keys.SCENARIOS,
    *answers.SCENARIOS,
    *ways.SCENARIOS,
    *encryption.SCENARIOS,
    *proxies.SCENARIOS,
    *mixtures.SCENARIOS,
    *hostile.SCENARIOS,
    *unproven.SCENARIOS,
    *keyless.SCENARIOS,
    *gateways.SCENARIOS,
    *trust.SCENARIOS,
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
