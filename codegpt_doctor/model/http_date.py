"""The dates in headers of HTTP, which servers do not always write as they should."""

from datetime import datetime


def date_of(text: str) -> datetime | None:
    """The time that a header names, in its zone; None for one that names no zone or is no time.

    RFC 9110, section 5.6.7, wants GMT; a time without a zone would only be a guess.
    """
    from email.utils import parsedate_to_datetime  # hardly any answer has a date that is needed

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else None
