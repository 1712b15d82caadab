"""What typed text may hold: characters every engine, file and screen can keep."""

import re
from collections.abc import Iterable

BROKEN = re.compile("[\x00\ud800-\udfff]")
BROKEN_MESSAGE = "This has a character that cannot be kept. Delete what you pasted and type it again"


def is_broken(value: object) -> bool:
    """True when there is a NUL or half a surrogate pair anywhere in what was sent: no database keeps those."""
    if isinstance(value, str):
        return BROKEN.search(value) is not None
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return any(is_broken(part) for part in value)
    return False


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
