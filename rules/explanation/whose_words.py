"""Whether a text names somebody, or has a phone number or an address of theirs."""

import re
from collections.abc import Iterable

from rules.explanation.facts import ExplanationFacts

# Shorter names, such as initials, are in many words.
SHORTEST_NAME = 3
SHORTEST_DETAIL = 5
# Of texts that say the same: this many letters say what is meant.
SENTENCE = 20
# Words in what somebody is called that are no name of theirs.
NO_NAMES = frozenset({"the", "and", "for", "baby", "unborn", "child", "mother", "father", "mum", "dad"})


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def names_in(text: str, explained: ExplanationFacts, known: frozenset[str]) -> str:
    """Who is named in a text for a reader who may read of the `known` people only; empty if nobody else."""
    theirs = {word for ref in known for each in _all_words(explained, ref) for word in words(each)}
    inside, compact = set(words(text)), "".join(words(text))
    for person in explained.facts.people:
        if person.ref in known:
            continue
        for each in _all_words(explained, person.ref):
            if _is_in(each, inside - theirs, compact):
                return explained.names.get(person.ref, "") or "somebody else"
    for name, details in explained.others.items():
        if any(_is_in(each, inside - theirs, compact) for each in (name, *details)):
            return name or "somebody else"
    return ""


def _all_words(explained: ExplanationFacts, ref: str) -> tuple[str, ...]:
    return (explained.names.get(ref, ""), *explained.words_of.get(ref, ()))


def _is_in(name_or_detail: str, inside: set[str], compact: str) -> bool:
    """A name by any word of it; a number or an address as a whole, however it is spaced."""
    if any(character.isdigit() for character in name_or_detail):
        whole = "".join(words(name_or_detail))
        return len(whole) >= SHORTEST_DETAIL and whole in compact
    names = {word for word in words(name_or_detail) if len(word) >= SHORTEST_NAME} - NO_NAMES
    return bool(names & inside)


def says_the_same(text: str, others: Iterable[str]) -> bool:
    """Whether a text has another in it, or a whole sentence of one."""
    inside = f" {' '.join(words(text))} "
    for other in others:
        pieces = [other, *re.split(r"(?<=[.!?])\s+|\n+", other)]
        for piece in pieces:
            whole = " ".join(words(piece))
            long_enough = len(whole) >= SENTENCE or piece == other
            if whole and long_enough and f" {whole} " in inside:
                return True
    return False
