"""The folder that the command works in."""

import os


def working_folder() -> str:
    """The folder that this process works in; empty where that has been deleted meanwhile.

    Joined with a name, an empty one gives a path that leads to nothing.
    """
    try:
        return os.getcwd()
    except OSError:
        return ""
