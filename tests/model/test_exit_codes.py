"""The exit codes are a public contract."""

from codegpt_doctor.engine.runner import EXIT_CODES
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.report import Health


def test_the_numbers_never_change() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "HEALTHY": 0,
        "PROBLEM": 1,
        "USAGE": 2,
        "INCONCLUSIVE": 3,
        "INTERRUPTED": 130,
    }


def test_every_outcome_of_a_run_has_its_own() -> None:
    assert EXIT_CODES == {
        Health.HEALTHY: ExitCode.HEALTHY,
        Health.PROBLEM: ExitCode.PROBLEM,
        Health.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
    }
    assert len(set(EXIT_CODES.values())) == len(Health)
