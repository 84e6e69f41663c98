"""The patterns of what must not be shown.  The browser masks by the same ones.

Each takes linear time: what is open at its end is bounded, or cannot begin again within itself.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

# What ``visible`` looks for; made when it is first needed, which takes as long as to mask a text
ANSI = r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]"
SURROGATE = r"[\ud800-\udfff]"  # half of a character, which no encoding has

# Controls of a terminal; all of Unicode's format characters (Cf) and of its default ignorable code
# points, which show nothing and can stand between the letters of a key; separators of lines and
# paragraphs; code points that are no characters, which XML forbids.
_INVISIBLE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_INVISIBLE_ASTRAL = (
    r"\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
)
CONTROL = f"[{_INVISIBLE}{_INVISIBLE_ASTRAL}]"
# the same for JavaScript, where a character beyond the first 65536 is two
_CONTROL_UTF16 = (
    rf"[{_INVISIBLE}]|\ud804[\udcbd\udccd]|\ud80d[\udc30-\udc5f]|\ud82f[\udca0-\udca3]"
    r"|\ud834[\udd73-\udd7a]|[\udb40-\udb43][\udc00-\udfff]"
)
_SURROGATE_UTF16 = r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"

_SPACES = r" \t-\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # within a character class

_OF_GITLAB = ("pat", "rt", "dt", "cbt", "ptt", "ft", "imt", "agent", "oas", "soat")
# What is nobody's, or of others than providers of models, whose shapes are in their own data
_OTHERS = (
    r"r8_[A-Za-z0-9]{20,}",  # Replicate
    r"dapi[0-9a-f]{32}(?:-\d)?",  # Databricks
    *(rf"gl{kind}-[A-Za-z0-9_-]{{16,}}" for kind in _OF_GITLAB),
    *(r"xox[abeoprs]-[A-Za-z0-9-]{14,}", r"xapp-\d{1,2}-[A-Za-z0-9-]{14,}"),  # Slack
    r"do[opr]_v1_[0-9a-f]{32,}",  # DigitalOcean
    r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",  # SendGrid
    r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}",  # Stripe
    r"pa-[A-Za-z0-9_-]{30,}",  # Voyage
    r"npm_[A-Za-z0-9]{20,}",
    r"pypi-[A-Za-z0-9_-]{20,}",
    r"ya29\.[A-Za-z0-9_-]{20,}",  # Google's sign-in
)
_PART = r"[A-Za-z0-9_-]"
_MIXED_PART = (
    rf"(?={_PART}{{0,200}}[A-Z])(?={_PART}{{0,200}}[a-z])(?={_PART}{{0,200}}\d){_PART}{{8,200}}"
)
# the rest of a key that a line broke, as a terminal, a shell or a program breaks it
_REST = rf"(?:[\"']?[ \t]{{0,2}}[\\+]?\n[ \t]{{0,40}}[\"']?(?:{_MIXED_PART}|[0-9a-f]{{12,200}}))?"
_ANY_OWNER = (
    rf"(?:sk|rk|pk)-{_PART}{{16,}}{_REST}|(?:sk|rk|pk)-{_PART}{{0,40}}…{_PART}{{5,}}"
    rf"|(?:sk|rk|pk)(?:{_PART}|%2[Dd]|%5[Ff]){{0,20}}%2[Dd](?:{_PART}|%2[Dd]|%5[Ff]){{12,}}"
)
# Only ASCII has letters here: in a sentence without spaces, as in Chinese, a key is a word too.  It
# may also stand after an escape: of a URL, of JSON, of a string in a program.
# The id of a request, which whoever runs the API is asked for, is none.
_START = r"(?<!\breq_)(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\[nrt]))"
MIN_KEY = 19  # characters; what is shorter may be a name, such as hf_transfer
_PREFIX = r"(?:\(\?:)?([a-z][a-z0-9]{1,8}(?:\[[a-z]{1,9}\])?[-_])"  # of a shape
_MORE_PREFIXES = {"rk-", "pk-", "AIza"}
# Within a word, as behind an address that it was pasted to, only what looks made by chance is a key
_GLUED = (
    r"(?<=[A-Za-z0-9])(?:{})(?:[A-Za-z0-9]{{1,15}}[-_]){{0,5}}"
    r"(?=[A-Za-z]{{0,15}}[0-9])(?=[0-9]{{0,15}}[A-Za-z])[A-Za-z0-9]{{16}}[A-Za-z0-9_-]*"
)


# what our own words have beside printable ASCII
_COMMON = str.maketrans(dict.fromkeys("\n\t·…→—“”✓✗⚠", " "))


def visible(text: str) -> str:
    """The text without controls of a terminal and what shows nothing; � for half a character."""
    plain = text.translate(_COMMON)
    if plain.isascii() and plain.isprintable():
        return text
    whole = re.sub(SURROGATE, "\ufffd", re.sub(ANSI, "", text))
    return re.sub(CONTROL, "", whole)


def all_shapes(shapes: Iterable[str]) -> tuple[str, ...]:
    """The shapes of the keys of providers, and those of others."""
    return (*_OTHERS, *shapes)


def keys(shapes: Iterable[str]) -> re.Pattern[str]:
    """The pattern of every key, made from the shapes of the providers and those of others."""
    every = all_shapes(shapes)
    long_enough = rf"(?=[A-Za-z0-9_.+/=-]{{{MIN_KEY}}})"
    known = "|".join(f"(?:{shape})" for shape in every)
    prefixes = {found[1] for shape in every if (found := re.match(_PREFIX, shape))} | _MORE_PREFIXES
    glued = _GLUED.format("|".join(sorted(prefixes)))
    return re.compile(rf"{_START}(?:{_ANY_OWNER}|{long_enough}(?:{known}))|{glued}", re.ASCII)


_SHORT = 10_000  # characters of a text whose words are looked at one by one
# Whatever ``keys`` finds has one of these; its pattern takes long to make, and few texts need it.
_WITH_KEYS = re.compile(
    rf"{_PART}{{{MIN_KEY}}}|(?=[a-z_.-]{{0,300}}[A-Z0-9])[A-Za-z0-9_.-]{{{MIN_KEY}}}"
    r"|[A-Z]{4}[A-Za-z0-9+/]{15}|[srp]k-|key-|%2[Dd]",
    re.ASCII,
)


def may_have_key(text: str) -> bool:
    """Whether a search for keys can find one; true where that would take long to tell."""
    return len(text) > _SHORT or _WITH_KEYS.search(text) is not None


class Marked:
    """A pattern that is made when a text first has what it cannot do without.

    To make all of them takes as long as to explain an error.
    """

    def __init__(self, source: str, *marks: str, word: Callable[[str], bool] | None = None) -> None:
        """Take the pattern, without regard to the case of letters.

        Args:
            source: the pattern.
            marks: texts in lower case, one of which is in all that it finds.
            word: tells a word in lower case that is or begins in all that it finds.
        """
        self._source = source
        self.marks = marks
        self._word = word

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source, re.IGNORECASE | re.ASCII)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with a replacement for whatever the pattern finds."""
        return self.pattern.sub(replacement, text) if self.can_be_in(text) else text

    def can_be_in(self, text: str) -> bool:
        """Whether a search can find anything; true where that would take long to tell."""
        lower = text.lower()
        if not any(mark in lower for mark in self.marks):
            return False
        if self._word is None or len(text) > _SHORT:
            return True
        return any(map(self._word, lower.split()))


def _with_a_digit(least: int) -> Callable[[str], bool]:
    """Tells words of so many characters or more that have a digit."""
    return lambda word: len(word) >= least and any(map(str.isdigit, word))


def _is_option_for_a_user(word: str) -> bool:
    """Whether a word begins as curl's -u does, alone or after other letters."""
    if word.startswith("--"):
        return word.startswith(("--user", "--proxy-user"))
    return word.startswith("-") and "u" in word[1:6]


BEARER = Marked(
    rf"\b(bearer|basic)([{_SPACES}]+)(?!YOUR_KEY|auth)([A-Za-z0-9._~+/=-]{{12,}})",
    "bearer",
    "basic",
)
HEAD = r"^(?:(?:sk|rk|pk)-(?:[a-z]{1,8}-)?|[a-z]{1,8}_|[a-z]{2,6}-|AIza)"

_END = rf"{_SPACES}\"'<>"  # what ends an address
_VALUE = rf"[^{_SPACES}\"'`&,;<>(){{}}\[\]…]"
_LABEL = (
    r"(?:(?:api|access|account|admin|auth|private|secret|service|shared|subscription)[-_ ]?"
    r"(?:access[-_ ]?)?key|token|secret|authorization|credentials?)"
)
_PASSWORD = r"(?:password|passwd|passphrase|pwd|secret)"  # noqa: S105 - a word to look for
_IS = r"(?:[\"'`\]]{0,2}[ \t]{0,4}(?:=>|[:=]|%3[AaDd])[ \t]{0,4}[\"'`\[]{0,2})"
# letters and digits: no word, no number, not the hint of a key, nor the id of Stripe's tokens
_MIXED = rf"(?!tok_)(?=…?{_VALUE}{{0,100}}\d)(?=…?{_VALUE}{{0,100}}[a-z])(?!{_VALUE}{{1,100}}…)…?"

_LABEL_MARKS = ("key", "token", "secret", "authorization", "credential")
_PASSWORD_MARKS = ("pass", "pwd", "secret")

# In each of these the first group stays, and a "…" comes for the rest
HIDDEN = (
    # name and password before a host: all up to the last @ before the path
    Marked(rf"(://)(?!name:password@)[^/?#{_END}]{{0,250}}(?=@)", "@"),
    # the same with a "/" in the password; what follows a host is the number of a port
    Marked(
        rf"(://)(?!name:password@)[^/?#{_END}:@]{{1,100}}:(?!\d{{1,5}}[/?#])[^{_END}]{{1,250}}(?=@)",
        "@",
    ),
    # the same without a scheme, where a host follows
    Marked(
        rf"((?:^|[{_SPACES}\"'`=(\[,]))(?!mailto:)[^/?#{_END}:@=…]{{1,64}}:(?!//)[^{_END}…]{{1,128}}"
        r"(?=@[A-Za-z0-9.-]{1,100}(?::\d{1,5}(?![A-Za-z0-9])|\.[A-Za-z0-9]))",
        "@",
    ),
    # in the query of an address; a code may be that of an error
    Marked(
        r"([?&](?:key|sig|signature|subscription-key|x-goog-api-key|[a-z_-]{0,20}"
        rf"(?:api[-_]?key|token|secret|password|passwd|credential))=)[^&#{_END}]{{1,2000}}",
        "?",
        "&",
    ),
    Marked(rf"([?&]code=){_MIXED}[^&#{_END}]{{1,2000}}", "?code=", "&code=", word=_with_a_digit(1)),
    # after a label, and after an option of a command line
    Marked(rf"({_LABEL}{_IS}){_MIXED}{_VALUE}{{8,2000}}", *_LABEL_MARKS, word=_with_a_digit(8)),
    Marked(
        rf"({_LABEL}[ \t]{{1,4}}){_MIXED}{_VALUE}{{12,2000}}", *_LABEL_MARKS, word=_with_a_digit(12)
    ),
    # what is only letters and digits of sixteen, after the word
    Marked(
        r"(\bkeys?\b[^\n]{0,24}?[^\n\w])[0-9a-f]{32,128}(?![0-9a-z])", "key", word=_with_a_digit(32)
    ),
    # a name with a password, as curl takes it; two numbers are a user and a group
    Marked(
        rf"((?:^|[{_SPACES}])(?:-[a-z]{{0,4}}u[{_SPACES}]?|--(?:proxy-)?user[={_SPACES}])[\"']?"
        rf"[^{_END}:]{{1,64}}:)(?!\d{{1,6}}(?:[{_END}]|$))[^{_END}]{{1,250}}",
        "-",
        word=_is_option_for_a_user,
    ),
    # cookies, an address that is a secret itself, and the key of a certificate
    Marked(r"(\bcookie[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"']?)[^\n\"']{4,4000}", "cookie"),
    Marked(r"(\bhooks\.slack\.com/[a-z]{1,20}/)[a-z0-9/_-]{8,250}", "hooks.slack"),
    Marked(r"(-----begin [a-z ]{0,40}private key-----)[^-]{1,20000}", "private key"),
    # a password may be a word; after a colon with a space that may be prose as well
    Marked(
        rf"({_PASSWORD}(?:[\"'`\]]{{0,2}}[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"'`]|[\"'`\]]{{0,2}}=|:))"
        rf"(?!@){_VALUE}{{1,2000}}",
        *_PASSWORD_MARKS,
    ),
    Marked(
        rf"({_PASSWORD}{_IS}){_MIXED}{_VALUE}{{4,2000}}", *_PASSWORD_MARKS, word=_with_a_digit(4)
    ),
    Marked(
        rf"((?:^|[{_SPACES}])--?[a-z-]{{0,20}}{_PASSWORD}[{_SPACES}])(?!-){_VALUE}{{1,2000}}",
        *_PASSWORD_MARKS,
    ),
)


def rules() -> dict[str, object]:
    """The patterns as JavaScript can have them; those of keys are made with ``keys``."""
    return {
        "ansi": re.compile(ANSI),
        "control": re.compile(_CONTROL_UTF16),
        "surrogate": re.compile(_SURROGATE_UTF16),
        "bearer": BEARER.pattern,
        "hidden": [[hidden.pattern, list(hidden.marks)] for hidden in HIDDEN],
        "head": re.compile(HEAD, re.IGNORECASE | re.ASCII),
    }
