"""The words in which a report tells of the machine that it was made on."""

from typing import TypedDict


class AboutMachine(TypedDict):
    """What is known of a machine: versions, surroundings, the end of the editor's log.

    ``variables`` are the names of those that are set and decide about proxies and certificates,
    ``sdk`` is the version of the official client, empty where there is none.
    """

    home: str
    extension: list[str]
    editors: list[str]
    system: str
    modes: list[str]
    python: str
    log: list[str]
    variables: list[str]
    locale: str
    sdk: str
