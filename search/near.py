"""Names that are nearly the same: one letter more, less, other or swapped, or the same consonants. Pure.

Two words are near if they have a key in common. The keys are stored, so that the database finds near names by equality
and needs no extension for it: a word without one of its letters (Jon, John; Zainab, Zaynab), and its consonants as they
sound in English spelling (Mohammed, Muhamad; Catherine, Kathryn).
"""

import re
from collections.abc import Iterable

MARK = "~"
# Shorter words are near to nothing, and those of three letters to themselves.
SHORTEST, SHORTEST_TO_SHORTEN = 3, 4
FEWEST_CONSONANTS = 3
DOUBLED = re.compile(r"(.)\1+")
SILENT = re.compile("[aeiouyhw]")
SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"))
SAME_SOUND = str.maketrans("cqzv", "kksf")


def near_keys(word: str) -> set[str]:
    """The keys of one folded word; none of a short one, which would be near to too many."""
    if len(word) < SHORTEST:
        return set()
    places = range(len(word)) if len(word) >= SHORTEST_TO_SHORTEN else ()
    shorter = {word[:place] + word[place + 1 :] for place in places}
    return {f"{MARK}{key}" for key in {word, *shorter} | _consonants(word)}


def _consonants(word: str) -> set[str]:
    if not word.isascii() or not word.isalpha():
        return set()
    for spelling, sound in SOUNDS:
        word = word.replace(spelling, sound)
    word = DOUBLED.sub(r"\1", word.translate(SAME_SOUND))
    key = word[0] + SILENT.sub("", word[1:])
    return {f"{MARK}{key}"} if len(key) >= FEWEST_CONSONANTS else set()


def near_keys_of(words: Iterable[str]) -> set[str]:
    return set().union(*(near_keys(word) for word in words))
