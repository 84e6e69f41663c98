"""The words in which a report tells of the machine that it was made on."""

from typing import TypedDict


class AboutMachine(TypedDict):
    """What is known of a machine: versions, surroundings, the end of the editor's log."""

    home: str
    extension: list[str]
    editors: list[str]
    system: str
    modes: list[str]
    python: str
    log: list[str]
