"""What a written reason rests on: only a concern to manage, or a refusal. A doubt to show, never a proof.

The words are data (`data/concerns.toml`), so that a governance lead can read and change them.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

CLAUSE = re.compile(r"[.;:,!?\n()]|\s[-\u2013\u2014]\s|\b(?:and|but|because|so that|in case)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
APOSTROPHES = str.maketrans("", "", "'`\u2018\u2019\u00b4")
# One other word may stand with a concern in its clause, such as "totally". Two say something of their own.
MOST_OTHER_WORDS = 1


@cache
def _words(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The whole words and the beginnings of words of one kind."""
    listed = _data()[kind]["words"]
    return (
        frozenset(word for word in listed if not word.endswith("*")),
        tuple(word.removesuffix("*") for word in listed if word.endswith("*")),
    )


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = resources.files("rules").joinpath("data", "concerns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _is(kind: str, word: str) -> bool:
    whole, beginnings = _words(kind)
    return word in whole or word.startswith(beginnings)


def is_concern_alone(text: str) -> bool:
    """Whether a reason says no more than that somebody may be upset, is busy, or has a policy.

    Every clause must rest on such a concern or say nothing of its own; one clause with something else is enough to
    let the reason stand, because a real reason must never be called none.
    """
    clauses = [list(_plain(clause)) for clause in CLAUSE.split(text.translate(APOSTROPHES))]
    concerned = any(_is("concerns", word) for words in clauses for word in words)
    return concerned and not any(_says_something_else(words) for words in clauses)


def _plain(clause: str) -> Iterator[str]:
    """The words of a clause in lower case, without names: those with a capital that are in none of the lists."""
    for match in WORD.finditer(clause):
        word = match.group().lower()
        if not match.group()[0].isupper() or _is("reasons", word) or _is("concerns", word):
            yield word


def _says_something_else(words: Sequence[str]) -> bool:
    others = [word for word in words if not _is("concerns", word)]
    if any(_is("reasons", word) for word in others):
        return True
    with_a_concern = len(others) < len(words)
    more = [word for word in others if not _is("filler", word)]
    return len(more) > (MOST_OTHER_WORDS if with_a_concern else 0)


def speaks_of_refusal(text: str) -> bool:
    """Whether a reason speaks of consent that was refused or not given."""
    words = WORD.findall(text.translate(APOSTROPHES).lower())
    line = f" {' '.join(words)} "
    return any(_is("refusal", word) for word in words) or any(
        f" {phrase} " in line for phrase in _data()["refusal"]["phrases"]
    )
