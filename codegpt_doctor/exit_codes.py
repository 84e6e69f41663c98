"""What the process tells its caller when it ends."""

from enum import IntEnum, unique


@unique
class ExitCode(IntEnum):
    """The exit codes, a public contract."""

    HEALTHY = 0
    """All is well, or the error was explained."""
    PROBLEM = 1
    """A root cause was found; for ``explain``, nothing was recognised."""
    USAGE = 2
    """The command line cannot be understood."""
    INCONCLUSIVE = 3
    """No cause could be named, or the doctor itself failed."""
    INTERRUPTED = 130
    """Ctrl-C."""
