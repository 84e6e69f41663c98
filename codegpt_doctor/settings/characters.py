"""Characters that do not belong into an address, a key or a header, and what they are called."""

import unicodedata

QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
# not of the categories Cc and Cf, and nothing is seen of them all the same
_BLANK = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
_CALLED = {"\t": "a tab", "\n": "a line break", "\r": "a line break", " ": "a space"}


def is_invisible(character: str) -> bool:
    """Whether nothing is seen of a character that is no white space either."""
    if character.isspace():
        return False
    selects_a_variant = "\ufe00" <= character <= "\ufe0f"
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")
    return hidden or selects_a_variant or character in _BLANK


def is_word(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark of any script."""
    return unicodedata.category(character)[0] in "LNM" and not is_invisible(character)


def is_odd(character: str) -> bool:
    """Whether a character is in no address: no letter, or the full-width form of one in ASCII."""
    return not character.isascii() and (not is_word(character) or "\uff01" <= character <= "\uff5e")


def called(character: str) -> str:
    """How to name a character to a person, such as ``U+200B (zero width space)``."""
    if character in _CALLED:
        return _CALLED[character]
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
