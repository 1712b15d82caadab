"""Lines of a summary that may give away what is protected in other words. Pure: texts in, yes or no out.

It compares spellings and understands nothing, so such a line is shown and marked: whoever pastes the summary decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

MARK = "CHECK THIS LINE, it may name or place somebody who is protected:"
MARK_KEPT_FROM = "CHECK THIS LINE, it may name somebody who must not be told everything:"
FEWEST_DIGITS = 4
FEWEST_LETTERS = 2
DIGITS = re.compile(r"\d(?:[\s().-]*\d)+", re.ASCII)
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
STREETS = "road|rd|street|st|lane|avenue|ave|close|drive|way|terrace|court|place|crescent|gardens|square"
STREET = re.compile(rf"((?:[^\W\d]+ ){{1,2}})(?:{STREETS})\b")
# Apostrophes and hyphens inside a name, as people and machines write them.
INSIDE = frozenset("'\u2018\u2019\u02bc`-\u2010\u2011")
HYPHEN = re.compile("[-\u2010\u2011]")
# Joined to a name these tell nothing of anybody.
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "the", "of", "and", "at", "in", "her", "his", "their", "a", "to"})
# Written with a capital in any sentence.
NO_NAMES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
     "april", "may", "june", "july", "august", "september", "october", "november", "december", "english", "easter",
     "christmas", "i", "i'm", "i've", "i'd", "i'll"}
)  # fmt: skip


@dataclass(frozen=True)
class Protected:
    """What no other line should give away."""

    words: frozenset[str]
    digits: frozenset[str]
    postcodes: frozenset[str]

    def may_be_in(self, line: str) -> bool:
        found = _words_of(line)
        joined = {first + second for first, second in pairwise(found)}
        return bool(
            self.words & {*found, *joined}
            or any(own in run or run in own for own in self.digits for run in _digits_of(line))
            or self.postcodes & _postcodes_of(line)
        )

    def named_in(self, text: str) -> list[str]:
        """The words of the text that are a name, as they are written there."""
        written = [word for word in map(_without_marks, text.split()) if word]
        pairs = [f"{first} {second}" for first, second in pairwise(written) if self._is_name(first + second)]
        return [*(word for word in written if self._is_name(word)), *pairs]

    def _is_name(self, word: str) -> bool:
        found = _words_of(word)
        return bool(self.words & {*found, "".join(found)})


def protected(*, names: Iterable[str], texts: Iterable[str], named_anyway: Iterable[str] = ()) -> Protected:
    """`names` of protected people; `texts` with their numbers, postcodes and streets; names the record shows anyway."""
    written = list(texts)
    shown = _with_their_own({word for name in named_anyway for word in _words_of(name)})
    own = [name for name in names if set(_words_of(name)) - shown - TITLES]
    parts = _with_their_own({spelling for name in own for spelling in _spellings(name)})
    found = [street for text in written for street in STREET.findall(" ".join(_words_of(text)))]
    streets = {word for street in found for word in street.split()}
    return Protected(
        frozenset(word for word in (parts - shown) | streets if len(word) >= FEWEST_LETTERS and word not in TITLES),
        frozenset(run for text in written for run in _digits_of(text)),
        frozenset(code for text in written for code in _postcodes_of(text)),
    )


def _spellings(name: str) -> set[str]:
    """Each word, each half of a double-barrelled one, and what people write as one word: De Vries, Anne Marie."""
    words, halves = _words_of(name), _words_of(HYPHEN.sub(" ", name))
    joined = {first + second for first, second in pairwise(halves)}
    return {*words, *halves, *joined, "".join(words)}


def _with_their_own(words: set[str]) -> set[str]:
    """Also as in "Wren's bag", where the mark is not compared."""
    return words | {f"{word}s" for word in words if word}


def names_in(text: str) -> list[str]:
    """Words written as names are: with a capital inside a sentence, or at its beginning before another such word.

    Rather one too many than one too few. A script without capitals has none, and neither has a name written small.
    """
    found = []
    for sentence in re.split(r"(?<=[.!?:])\s+|\n+", text):
        words = re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", sentence)
        named = [_is_written_as_name(word) for word in words]
        starts = named[:1] == [True] and named[1:2] == [True]
        found += [word for place, word in enumerate(words) if named[place] and (place > 0 or starts)]
    return found


def _is_written_as_name(word: str) -> bool:
    """Not in capitals throughout: "GP" and "NHS" name nobody."""
    return word[0].isupper() and not word.isupper() and word.casefold() not in NO_NAMES


def _plain(text: str) -> str:
    """Without case, accents and the marks inside a name: O\u2019N\u00e9ill and ONEILL are one."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in INSIDE)


def _without_marks(word: str) -> str:
    """Without the marks of the sentence around it."""
    found = re.search(r"\w(?:.*\w)?", word, re.DOTALL)
    return found[0] if found else ""


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))


def _digits_of(text: str) -> set[str]:
    runs = (re.sub(r"\D", "", run) for run in DIGITS.findall(unicodedata.normalize("NFKC", text)))
    return {run for run in runs if len(run) >= FEWEST_DIGITS}


def _postcodes_of(text: str) -> set[str]:
    return {"".join(code) for code in POSTCODE.findall(_plain(text))}
