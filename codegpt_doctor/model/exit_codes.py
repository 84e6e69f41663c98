"""What the process tells its caller when it ends."""

from enum import IntEnum, unique
from typing import Self


@unique
class ExitCode(IntEnum):
    """The exit codes, a public contract; ``meaning`` is what the documents say of each."""

    meaning: str

    HEALTHY = 0, "healthy, or the error was explained"
    PROBLEM = 1, "a root cause was found; for `explain`: nothing was recognized"
    USAGE = 2, "the command line cannot be understood"
    INCONCLUSIVE = 3, "no cause was found, or the doctor itself failed"
    INTERRUPTED = 130, "interrupted"

    def __new__(cls, value: int, meaning: str) -> Self:
        """A number that knows its meaning."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code
