"""Steps at a server without a console of its own, which whoever runs it is asked to take."""

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import placeholders, steps
from codegpt_doctor.catalogue.pageless import ask_instead

HOST = "llm.example.net"
ASK = f"sk whoever runs {HOST} to"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Raise the limit on the [limits page]({{limits_page}}).", f"A{ASK} raise the limit."),
        ("Check the [status page]({{status_page}}).", f"A{ASK} check its status."),
        (
            "Set X to a key from the [keys page]({{keys_page}}).",
            f"Set X to a key from whoever runs {HOST}.",
        ),
        (
            "If it lasts, look at the [status page]({{status_page}}).",
            f"If it lasts, a{ASK} look at its status.",
        ),
        ("Allow it, or in the [limits]({{limits_page}}).", f"A{ASK} allow it."),
        (
            "Look\n   it up in the [list]({{models_page}}), and wait.",
            "Look\n   it up in the list, and wait.",
        ),
        (
            "Edit the key on the [keys page]({{keys_page}}) and\n   add it.",
            f"A{ASK} edit the key and add it.",
        ),
        (
            "Open the [billing page]({{billing_page}}).",
            "Open the [billing page]({{billing_page}}).",
        ),
    ],
)
def test_is_told_without_the_page(line: str, told: str) -> None:
    detail = "\n\n   On the [keys page]({{keys_page}}).\n"
    fix = f"1. {line}{detail}"
    assert ask_instead(fix, ("billing_page",), HOST) == f"1. {told}{detail}"


def test_no_step_of_the_catalogue_leads_to_a_page_that_is_not_there() -> None:
    values = placeholders.run_values({}, host=HOST)
    for entry in catalogue.entries():
        told = placeholders.fill(ask_instead(catalogue.sections(entry.id)["Fix"], (), HOST), values)
        lines = [step.line for step in steps.parse(told)]
        assert [line for line in lines if " page (" in line or not line.endswith(".")] == []
        assert [line for line in lines if line[:1].islower() or "  " in line] == []
