"""Words as they are compared in a search: without accents, apostrophes, hyphens or case. Pure.

What is stored and what is typed go through the same steps, so a name is found however either was spelt. Letters of
other scripts stay as they are. The marks of Latin, Greek, Cyrillic, Hebrew and Arabic are dropped; the vowel
signs of Indian scripts and the voicing marks of Japanese are part of the letter, and stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

LONGEST_WORD = 40
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻʽ`´′＇ʹ"), "'")
HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−﹣－־"), "-")
# Letters that do not come apart into a letter and a mark, and Arabic letters that are typed for each other.
LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ħ": "h", "ŧ": "t",
    "ə": "e", "ς": "σ", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None,
})  # fmt: skip
# How the same letters are written where a keyboard lacks them: Müller, Mueller.
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Combining classes of the marks to drop: Hebrew and Arabic points, and what stands above or below a letter.
POINTS, ABOVE_OR_BELOW = range(10, 37), 200
# Written without spaces between words: each character is a word.
NO_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{NO_SPACES}]|[^{NO_SPACES}'-]+")
# Of text that is English letters and signs alone, as most is: looking each letter up takes many times as long.
ASCII_SIGN = re.compile("[^a-zA-Z0-9'-]")


def folded(text: str) -> str:
    """The text with every letter as it is compared. Spaces, apostrophes and hyphens stay, of one kind each."""
    if text.isascii():
        return text.replace("`", "'").lower()
    text = text.translate(APOSTROPHES).translate(HYPHENS)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    return unicodedata.normalize("NFC", "".join(letter for letter in text if not _is_dropped(letter)))


def _is_dropped(letter: str) -> bool:
    joining = unicodedata.combining(letter)
    return joining >= ABOVE_OR_BELOW or joining in POINTS or unicodedata.category(letter) == "Cf"


def _chunks(text: str) -> Iterator[list[str]]:
    """What stands between spaces and signs, each as its parts: O'Neill-Smith is one chunk of three."""
    for chunk in _spaced(text).split():
        parts = [part[:LONGEST_WORD] for part in RUN.findall(chunk)]
        if parts:
            yield parts


def _spaced(text: str) -> str:
    """With a space for every sign that does not belong to a word."""
    if text.isascii():
        return ASCII_SIGN.sub(" ", text)
    return "".join(letter if letter in "'-" or unicodedata.category(letter)[0] in "LNM" else " " for letter in text)


def spellings(text: str) -> list[str]:
    """The folded text, and the same with letters written out where that differs."""
    if text.isascii():
        return [folded(text)]
    written_out = unicodedata.normalize("NFC", text).casefold().translate(WRITTEN_OUT)
    return list(dict.fromkeys((folded(text), folded(written_out))))


def chunks(text: str) -> list[list[list[str]]]:
    """The chunks of each spelling of the text: lists of parts."""
    return [list(_chunks(spelling)) for spelling in spellings(text)]


def words_of_name(name: str) -> set[str]:
    """What a name is found by: its parts, and neighbours as one word, because O Neill is typed for O'Neill."""
    found: set[str] = set()
    for spelling in chunks(name):
        parts = [part for chunk in spelling for part in chunk]
        found.update(parts, *(_joined(chunk) for chunk in spelling))
        found.update(_one_word(before + after) for before, after in pairwise(parts))
    return found


def words_of_text(texts: Iterable[str]) -> set[str]:
    """What texts are found by: their words, and where a word has parts, each part too."""
    found: set[str] = set()
    # No spelling reaches across a space, and a decision says the same words again and again.
    for word in {word for text in texts for word in text.split()}:
        for spelling in chunks(word):
            for chunk in spelling:
                found.update(chunk, _joined(chunk))
    return found


def _joined(chunk: list[str]) -> set[str]:
    return {_one_word("".join(chunk))}


def _one_word(word: str) -> str:
    return word[:LONGEST_WORD]
