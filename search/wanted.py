"""What is searched for, as terms that an engine's own language is written from. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce

from search.folding import LONGEST_WORD, chunks
from search.near import near_keys

MOST_WORDS = 8
# One letter would begin too many words: it is looked for as it stands.
SHORTEST_BEGINNING = 2


@dataclass(frozen=True, order=True)
class Term:
    """A word, or the beginning of one."""

    word: str
    begins: bool = False


# Of each set one term, of all sets; and of the whole only one alternative.
Alternative = tuple[frozenset[Term], ...]


@dataclass(frozen=True)
class Wanted:
    alternatives: tuple[Alternative, ...]

    def __bool__(self) -> bool:
        return bool(self.alternatives)


def matches(words: Collection[str], asked: Wanted) -> bool:
    """Whether a row with these words is what is wanted: as the index says, of rows that are in none."""
    return any(all(_has(words, same) for same in alternative) for alternative in asked.alternatives)


def _has(words: Collection[str], same: frozenset[Term]) -> bool:
    return any(word.startswith(term.word) if term.begins else word == term.word for term in same for word in words)


def wanted(typed: str) -> Wanted:
    """Every word, or its beginning, in any order; two neighbours may also be one word, and all of them may be."""
    words = _words(typed)
    if not words:
        return Wanted(())
    apart = tuple(_begin(spelt) for spelt in words)
    together = [
        (*apart[:place], _begin(_joined(words[place], words[place + 1])), *apart[place + 2 :])
        for place in range(len(words) - 1)
    ]
    return Wanted(tuple(dict.fromkeys((apart, *together, (_begin(_whole(words)),)))))


def wanted_near(name: str, also: str = "") -> Wanted:
    """The first and the last word of a name, each as it stands or nearly so; or all of it as one.

    `also` is the last word where the name has only one.
    """
    words = _words(name)
    if not words:
        return Wanted(())
    last = _words(also)[-1:] or words[-1:]
    ends = (words[0], *(last if len(words) == 1 else words[-1:]))
    parts = tuple(dict.fromkeys(_near(spelt) for spelt in ends))
    return Wanted(tuple(dict.fromkeys((parts, (_near(_whole(words)),)))))


def _words(typed: str) -> list[tuple[str, ...]]:
    """Each word typed, in each of its spellings."""
    spelt = [[part for chunk in spelling for part in chunk] for spelling in chunks(typed)]
    return [tuple(dict.fromkeys(same)) for same in zip(*spelt, strict=False)][:MOST_WORDS]


def _whole(words: list[tuple[str, ...]]) -> tuple[str, ...]:
    return reduce(_joined, words)


def _joined(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((first + second)[:LONGEST_WORD] for first in before for second in after))


def _begin(spelt: tuple[str, ...]) -> frozenset[Term]:
    return frozenset(Term(word, begins=len(word) >= SHORTEST_BEGINNING) for word in spelt)


def _near(spelt: tuple[str, ...]) -> frozenset[Term]:
    return frozenset(Term(key) for word in spelt for key in {word, *near_keys(word)})
