"""Reading an answer as it comes, and no further than it takes."""

from collections.abc import Mapping

from codegpt_doctor.providers.dialects.errors import error_in
from codegpt_doctor.providers.dialects.wire import Dialect, Json, events

_DONE = "data: [DONE]"


class FirstWords:
    """Reads an answer as it comes, until a model has said something or it cannot go on."""

    def __init__(self, dialect: Dialect) -> None:
        """Begin an answer in a format."""
        self._dialect = dialect
        self._unread = ""

    def __call__(self, piece: str) -> bool:
        """Whether the rest need not be read: words have come, or an error, or the end.

        Each whole line is looked at once, however the stream is cut into pieces.
        """
        *lines, self._unread = (self._unread + piece).split("\n")
        return _DONE in lines or any(map(self._is_enough, events("\n".join(lines))))

    def _is_enough(self, event: Json) -> bool:
        if isinstance(event, Mapping) and error_in(event):
            return True
        said = self._dialect.piece(event)
        return said is not None and (said.has_words or said.finished)
