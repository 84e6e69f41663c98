"""What tells who a person is, taken out of a text for others: homes, addresses, account ids."""

import re
from functools import cache

_SEPARATOR = r"(?:[\\/]+|%5C|%2F)"
_END = r"(?![\w-]|\.\w|%(?!5C|2F))"  # the next person may have a name that begins alike
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_ACCOUNT = re.compile(r"\b(org|proj|user)([-_])[A-Za-z0-9]{8,}\b")
# somebody's home by its place alone, as WSL shows those of Windows
_OTHER_HOME = re.compile(
    rf"((?:[\\/](?:home|Users)|(?i:(?:[a-z](?::|%3A)|[\\/]mnt[\\/][a-z]){_SEPARATOR}users))"
    rf"(?i:{_SEPARATOR}))[^\\/%\"'<>:|*?\s~…]{{1,64}}(?: [^\\/%\"'<>:|*?\s]{{1,64}}(?=[\\/]))?"
)


def without_identity(text: str, home: str) -> str:
    """The text without what tells who the person is that has this home folder."""
    mine = _home(home)
    if mine:
        text = mine.sub("~", text)
    text = _OTHER_HOME.sub(r"\1…", text)
    return _ACCOUNT.sub(r"\1\2…", _EMAIL.sub("…@…", text))


@cache
def _home(path: str) -> re.Pattern[str] | None:
    """Finds a home folder in each spelling that editors and systems have for it.

    That is in any case, with either slash, with percent codes as in a ``file:`` address, and the
    one of Windows as WSL and Git's shell call it.
    """
    drive = re.match(r"([A-Za-z]):", path)
    names = [name for name in re.split(r"[\\/]+", path[2 if drive else 0 :]) if name]
    if not names:
        return None
    inside = _SEPARATOR.join(map(_spelled, names))
    if drive:
        start = rf"(?:{drive[1]}(?::|%3A|\|)|[\\/](?:(?:mnt|cygdrive)[\\/])?{drive[1]}){_SEPARATOR}"
    else:
        start = r"(?<!\w)[\\/]" if len(names) == 1 else r"[\\/]"
    return re.compile(f"{start}{inside}{_END}", re.IGNORECASE)


def _spelled(name: str) -> str:
    """A name, whose characters may be percent codes."""
    return "".join(
        re.escape(one)
        if one.isascii() and one.isalnum()
        else f"(?:{re.escape(one)}|{_percent_codes(one)})"
        for one in name
    )


def _percent_codes(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
