"""What the commands that go on until they are ended have in common."""

import gc

GARBAGE = 2_000  # objects, after which it is collected: about as Python does without being told


def collect_garbage() -> None:
    """Collect garbage while serving, which a command that ends soon has no time for.

    Without this, 200 targets at once take twice the memory.
    """
    gc.set_threshold(GARBAGE)
