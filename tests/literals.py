"""The strings, comments and names of a Python file, found by their signs alone: to have Python read every file takes
ten times as long. tests/test_literals.py compares."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.sources import text_of

# Strings first, for what looks like a comment inside one is none.
STRING = r'"""(?:\\.|[^\\])*?"""|' + r"'''(?:\\.|[^\\])*?'''|" + r'"(?:\\.|[^"\\])*"|' + r"'(?:\\.|[^'\\])*'"
STRING_OR_COMMENT = re.compile(rf"{STRING}|#[^\n]*", re.DOTALL)
BETWEEN_PARTS = re.compile(r"\s*[bBfFrRuU]{0,2}")
WORD = re.compile(r"[^\W\d]\w*")
ESCAPED = {r"\n": "\n", r"\"": '"', r"\'": "'", "\\\n": "", r"\N{RIGHT SINGLE QUOTATION MARK}": "'"}


def comments(text: str) -> Iterator[tuple[int, str]]:
    """The line of each comment, and its text."""
    for found in STRING_OR_COMMENT.finditer(text):
        if found[0].startswith("#"):
            yield text.count("\n", 0, found.start()) + 1, found[0]


def comments_and_docstrings(text: str) -> Iterator[tuple[int, str]]:
    """A string in three quotes that begins its line is taken for a docstring."""
    for found in STRING_OR_COMMENT.finditer(text):
        if found[0].startswith("#") or _is_docstring(text, found):
            yield text.count("\n", 0, found.start()) + 1, found[0]


def strings(text: str) -> Iterator[tuple[int, str]]:
    """Text that may reach a screen: every string but docstrings, and as one those that Python puts together."""
    parts: list[str] = []
    begun = ended = 0
    for found in STRING_OR_COMMENT.finditer(text):
        if found[0].startswith("#") or _is_docstring(text, found):
            continue
        if parts and not BETWEEN_PARTS.fullmatch(text, ended, found.start()):
            yield text.count("\n", 0, begun) + 1, "".join(parts)
            parts = []
        begun = begun if parts else found.start()
        parts.append(_inside(found[0]))
        ended = found.end()
    if parts:
        yield text.count("\n", 0, begun) + 1, "".join(parts)


def _is_docstring(text: str, found: re.Match[str]) -> bool:
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return found[0].startswith('"""') and not before.strip()


def _inside(literal: str) -> str:
    quotes = 3 if literal[:3] in {'"""', "'''"} else 1
    inside = literal[quotes:-quotes]
    if "\\" in inside:
        for written, meant in ESCAPED.items():
            inside = inside.replace(written, meant)
    return inside


@cache
def words_of_code(path: Path) -> frozenset[str]:
    """Every name that the code gives or uses is among them: all words but those of comments and plain strings."""
    return frozenset(WORD.findall(STRING_OR_COMMENT.sub(_names_inside, text_of(path))))


def _names_inside(found: re.Match[str]) -> str:
    """An f-string has names in it."""
    prefix = found.string[max(found.start() - 2, 0) : found.start()].lower()
    return found[0] if "f" in prefix and found[0][0] != "#" else " "
