"""Numbers in the text format of Prometheus."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Sample(NamedTuple):
    """One number: the name of its metric, and its labels."""

    name: str
    value: float
    labels: Mapping[str, str] = {}


def as_prometheus(samples: Iterable[Sample], meanings: Mapping[str, str], prefix: str) -> str:
    """The samples of each metric together.

    Args:
        samples: what was measured.
        meanings: what each name means.
        prefix: what the names of the metrics begin with.
    """
    return "".join(f"{line}\n" for line in _lines([*samples], meanings, prefix))


def _lines(samples: list[Sample], meanings: Mapping[str, str], prefix: str) -> Iterator[str]:
    for name in dict.fromkeys(one.name for one in samples):
        yield f"# HELP {prefix}{name} {meanings[name]}"
        yield f"# TYPE {prefix}{name} gauge"
        for one in (sample for sample in samples if sample.name == name):
            told = ",".join(f'{label}="{_escaped(text)}"' for label, text in one.labels.items())
            yield f"{prefix}{name}{f'{{{told}}}' if told else ''} {one.value:.12g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
