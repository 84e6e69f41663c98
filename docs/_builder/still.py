"""Runs the command on a clock that stands still, for the pictures of the site.

Two builds of one commit must be equal byte for byte, and what a run prints differs with the day,
the speed of the machine and the ids of its requests.  This is the first half of what makes it the
same: the process that prints gets one date, no time that passes, and one id.  It has to happen
before the text is wrapped, since a longer number would break a line elsewhere.  ``fixed`` in
``commands`` is the second half, for what cannot be longer or shorter.  The deadlines of a run are
on another clock, ``time.monotonic``, which goes on.
"""

import datetime
import time
import uuid

NOW = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
ID = uuid.UUID("0a1b214e5f6c4d7e8a9b0c1d2e3f4a5b")


class Still(datetime.datetime):
    """A date and time that is always the same one now."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Still":
        """The one time, in a zone."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


def stop() -> None:
    """Stop the clocks of this process; to be called before anything takes a name from them."""
    vars(time).update(perf_counter=lambda: 0.0, time=NOW.timestamp)
    vars(datetime).update(datetime=Still)
    vars(uuid).update(uuid4=lambda: ID)


if __name__ == "__main__":
    stop()
    from codegpt_doctor.cli import main

    main()
