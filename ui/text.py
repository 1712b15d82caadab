"""What typed text may hold: characters every engine, file and screen can keep."""

import re
import unicodedata
from collections.abc import Iterable

BROKEN = re.compile("[\x00\ud800-\udfff]")
BROKEN_MESSAGE = "This has a character that cannot be kept. Delete what you pasted and type it again"
UNSEEN_MESSAGE = (
    "This has a character that cannot be seen, or that turns the text around. Delete what you pasted and type it again"
)
# Persian, Malayalam, Sinhala and other names need these two between letters; elsewhere they only hide.
JOINERS = frozenset("\u200c\u200d")
# Letters and symbols by their category that no font draws: fillers of Hangul, and the empty cell of Braille.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Scripts whose letters never join in a way that a joiner changes.
UNJOINED = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "DIGIT")


def is_broken(value: object) -> bool:
    """True when there is a NUL or half a surrogate pair anywhere in what was sent: no database keeps those."""
    if isinstance(value, str):
        return BROKEN.search(value) is not None
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return any(is_broken(part) for part in value)
    return False


def has_unseen(line: str) -> bool:
    """True when one line of text holds a character that is not seen or that changes the direction of the others.

    Two such names look alike and are told apart by nobody. Unicode Technical Report 36 (2.5, 2.10) names the kinds.
    """
    return any(_is_unseen(line, at) for at in range(len(line)))


def _is_unseen(line: str, at: int) -> bool:
    character = line[at]
    if character in JOINERS:
        return not (_may_join(line[at - 1 : at]) and _may_join(line[at + 1 : at + 2]))
    return character in BLANK or unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


def _may_join(character: str) -> bool:
    """A letter or mark of a script in which letters join, or a sign with a picture."""
    if not character or unicodedata.category(character)[0] not in "LMS":
        return False
    return not unicodedata.name(character, "").startswith(UNJOINED)


def printable(value: object) -> object:
    """The same value, fit to be shown again on the page it came from."""
    if isinstance(value, str):
        return BROKEN.sub("\ufffd", value)
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def one_newline(text: str) -> str:
    """Browsers send two characters for a line break and count one: count as the person sees it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mid_sentence(label: str) -> str:
    """A label as it reads in the middle of a sentence: capitals of names and initials stay."""
    first = label.split(" ", 1)[0]
    keeps_capital = first == "I" or first.startswith("I'") or any(letter.isupper() for letter in first[1:])
    return label if keeps_capital else label[:1].lower() + label[1:]
