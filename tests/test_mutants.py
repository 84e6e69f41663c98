"""The list of broken lines is of today's program; that each is noticed, `make mutants` shows."""

from pathlib import Path

import mutants
import pytest
from mutants import Mutant, fault, survivors


@pytest.mark.parametrize("mutant", mutants.mutants(), ids=lambda mutant: mutant.name)
def test_a_mutant_is_up_to_date(mutant: Mutant) -> None:
    assert fault(mutant) == ""
    assert mutant.instead != mutant.line


def test_a_line_that_is_gone_is_told() -> None:
    gone = Mutant("x", "tests/test_mutants.py", "no such " + "line", "", "tests/test_mutants.py")
    assert fault(gone) == "its line is 0 times in tests/test_mutants.py, not once"
    nowhere = gone._replace(line="def " + "test_a_line", noticed_by="tests/nothing.py")
    assert fault(nowhere) == "there is no tests/nothing.py"


@pytest.mark.slow
def test_a_mutant_that_no_test_notices_is_told(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("A = 1\n\ndef test_it(): assert A\n")
    noticed = Mutant("noticed", "test_it.py", "A = 1\n", "A = 0\n", "test_it.py")
    survives = noticed._replace(name="survives", instead="A = 2\n")
    broken = noticed._replace(name="broken", noticed_by="test_it.py::test_other")
    told = {
        mutant.name: reason for mutant, reason in survivors([noticed, survives, broken], tmp_path)
    }
    assert told == {
        "survives": "pytest test_it.py ended with exit code 0",
        "broken": "its tests fail without it too (exit code 4)",
    }
