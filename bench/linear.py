"""How long every pattern takes on the text that is worst for it; aim: 0.5 s at 500,000 characters.

Each pattern of the package runs over texts made of its own loops and over those that once held a
run up; then the whole steps: explain, mask, read settings; then, where Node is, the same steps of
the scripts.  Seconds of the processor, the slowest text of each.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from helpers.parity import NODE, in_node  # noqa: E402
from helpers.patterns import KNOWN, Attack, attacks, patterns  # noqa: E402

from codegpt_doctor.classify import classify_text  # noqa: E402
from codegpt_doctor.editor import jsonc  # noqa: E402
from codegpt_doctor.redact import Scrubber  # noqa: E402

SIZES = (20_000, 80_000, 500_000)  # characters
MAX_SECONDS = 0.5  # for a pattern at the largest size
SHOWN = 12  # the slowest patterns


def read_settings(text: str) -> None:
    """Read JSON with comments, which the text is not."""
    try:
        jsonc.loads(text)
    except ValueError:
        return


STEPS: dict[str, Callable[[str], object]] = {
    "explain": classify_text,
    "mask": Scrubber().text,
    "read settings": read_settings,
}


def find_all(pattern: re.Pattern[str]) -> Callable[[str], object]:
    """The search for all that a pattern finds."""
    return lambda text: sum(1 for _ in pattern.finditer(text))


def seconds(work: Callable[[str], object], text: str) -> float:
    """Seconds of the processor for one text."""
    started = process_time()
    work(text)
    return process_time() - started


def worst(work: Callable[[str], object], inputs: Iterable[Attack]) -> list[float]:
    """Seconds at each size, for the input that is slowest at the largest."""
    rows = ([seconds(work, attack.text(size)) for size in SIZES] for attack in inputs)
    return max(rows, key=lambda row: row[-1])


def report(name: str, row: list[float]) -> None:
    """Print the seconds at each size."""
    print(f"{name:45} " + " ".join(f"{value:8.3f}" for value in row))


def main() -> int:
    """Run everything, print the figures; 1 where a pattern misses the aim."""
    print(f"{'seconds at':45} " + " ".join(f"{size:8,}" for size in SIZES))
    rows = {}
    for name, pattern in patterns().items():
        rows[name] = worst(find_all(pattern), {*attacks(pattern), *KNOWN})
    for name in sorted(rows, key=lambda name: -rows[name][-1])[:SHOWN]:
        report(name, rows[name])
    print(f"... and {len(rows) - SHOWN} more that are quicker")
    for name, work in STEPS.items():
        report(name, worst(work, KNOWN))
    if NODE:
        for step in ("explain", "scrub"):
            given = [{"step": step, **vars(attack), "sizes": SIZES} for attack in KNOWN]
            times = in_node(times=given)["times"]
            report(
                f"{step}, in Node", [value / 1000 for value in max(times, key=lambda row: row[-1])]
            )
    slow = [name for name, row in rows.items() if row[-1] > MAX_SECONDS]
    print(json.dumps({"over the aim": slow}))
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())
