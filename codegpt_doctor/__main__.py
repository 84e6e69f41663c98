"""The command ``codegpt-doctor``, also as ``python -m codegpt_doctor``."""

import gc
import os
import signal

INTERRUPTED = 130
GARBAGE = 50_000  # objects, after which the garbage is collected: not while modules are imported


def _leave(*_: object) -> None:
    """Leave without a word: nothing was begun yet."""
    os._exit(INTERRUPTED)


def main() -> None:
    """Run the command; Ctrl-C while its modules are imported ends it without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # it may be ignored
        signal.signal(signal.SIGINT, _leave)
    gc.set_threshold(GARBAGE)
    from codegpt_doctor.cli import main as run

    run()


if __name__ == "__main__":
    main()
