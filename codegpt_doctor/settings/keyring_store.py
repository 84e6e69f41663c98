"""A key in the keyring of the system, which may be missing, locked, broken or waiting for somebody.

``codegpt-doctor key set`` puts one there; the user's name is the id of the provider.
"""

import queue
import threading
from importlib.util import find_spec

SERVICE = "codegpt-doctor"
MAX_WAIT = 2.0  # seconds; a keyring that asks a person to unlock it may never answer


class KeyringError(Exception):
    """The keyring did not do what it was asked for; the message says why."""


def store(provider: str, key: str) -> None:
    """Keep the key of a provider, in the place of one that is there.

    Raises:
        KeyringError: it was not kept.
    """
    import keyring

    try:
        keyring.set_password(SERVICE, provider, key)
        kept = keyring.get_password(SERVICE, provider)
    except Exception as error:  # noqa: BLE001 - backends raise what they like
        raise KeyringError(f"The keyring did not store the key: {_first_line(error)}") from None
    if kept != key:  # a backend that does nothing says nothing either
        raise KeyringError("This system has no keyring that can store a key.")


def delete(provider: str) -> None:
    """Delete the key of a provider.

    Raises:
        KeyringError: it is still there, or was not there.
    """
    import keyring

    try:
        keyring.delete_password(SERVICE, provider)
    except Exception as error:  # noqa: BLE001 - backends raise what they like
        raise KeyringError(f"The keyring did not delete a key: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


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
