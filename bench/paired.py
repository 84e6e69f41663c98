"""Two commands run in turn, so that the machine's moods meet both; the median of the ratios."""

import statistics
import subprocess
from collections.abc import Mapping, Sequence
from time import perf_counter


def seconds(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """How long one run of a command takes, its start included.

    Raises:
        subprocess.CalledProcessError: the command failed, so that its time means nothing; a note
            has what it said.
    """
    started = perf_counter()
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    except subprocess.CalledProcessError as error:
        error.add_note(f"{error.stdout}{error.stderr}")
        raise
    return perf_counter() - started


def compare(
    ours: Sequence[str],
    other: Sequence[str],
    runs: int = 15,
    environment: Mapping[str, str] | None = None,
) -> float:
    """Print the medians of both commands, and give the median of the ratios ours / other."""
    for command in (ours, other):
        seconds(command, environment)  # the first run fills the caches
    pairs = [(seconds(ours, environment), seconds(other, environment)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    for name, times in (("ours", [a for a, _ in pairs]), ("other", [b for _, b in pairs])):
        print(f"{name:<6} median {statistics.median(times) * 1000:6.1f} ms of {runs} runs")
    print(f"ratio  median {ratio:6.2f}")
    return ratio
