"""A key in the keyring of the system, which may be missing, locked, broken or waiting for somebody.

``keyring set codegpt-doctor openai`` puts one there; the user's name is the id of the provider.
"""

import queue
import threading
from importlib.util import find_spec

SERVICE = "codegpt-doctor"
MAX_WAIT = 2.0  # seconds; a keyring that asks a person to unlock it may never answer


def is_installed() -> bool:
    """Whether there is a keyring to look in at all: it comes with the extra ``keyring``."""
    try:
        return find_spec("keyring") is not None
    except (ImportError, ValueError):
        return False


def stored_key(provider: str) -> str | None:
    """The key of a provider; None where there is none, or where none comes in time."""
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_look, args=(provider, answers), daemon=True).start()
    try:
        return answers.get(timeout=MAX_WAIT)
    except queue.Empty:
        return None


def _look(provider: str, answers: "queue.SimpleQueue[str | None]") -> None:
    try:
        import keyring

        stored = keyring.get_password(SERVICE, provider)
        answers.put(stored if isinstance(stored, str) else None)
    except BaseException:  # noqa: BLE001 - backends raise what they like; it is no key then
        answers.put(None)
