"""The little Markdown of the entries as plain text."""

from codegpt_doctor.output.markdown import wrap

STEPS = "1. First *this*:\n\n   ```sh\n   run it\n   ```\n\n   Then read\n   on.\n2. Last.\n"


def test_what_follows_in_a_step_stays_below_its_words() -> None:
    assert wrap(STEPS, 40) == "1. First this:\n\n       run it\n\n   Then read on.\n2. Last.\n"
