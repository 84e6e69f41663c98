"""Numbers in the text format of Prometheus, for the collector of text files."""

from collections.abc import Iterable, Iterator, Mapping

Number = tuple[str, float, Mapping[str, str]]  # name, value, labels


def as_prometheus(numbers: Iterable[Number], meanings: Mapping[str, str], prefix: str) -> str:
    """The numbers as metrics, each one's together.

    Args:
        numbers: what was measured.
        meanings: what each name means.
        prefix: what the names of the metrics begin with.
    """
    return "".join(f"{line}\n" for line in _lines([*numbers], meanings, prefix))


def _lines(numbers: list[Number], meanings: Mapping[str, str], prefix: str) -> Iterator[str]:
    for name in dict.fromkeys(name for name, _, _ in numbers):
        yield f"# HELP {prefix}{name} {meanings[name]}"
        yield f"# TYPE {prefix}{name} gauge"
        for _, value, labels in (one for one in numbers if one[0] == name):
            told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
            yield f"{prefix}{name}{f'{{{told}}}' if told else ''} {value:.12g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
