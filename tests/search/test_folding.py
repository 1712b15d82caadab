"""One name, written as people write it: each pair finds the other."""

import itertools
import unicodedata

import pytest

from search.folding import chunks, folded, words_of_name, words_of_text
from search.wanted import matches, wanted

# Each line is one name; every way of writing it finds every other.
SPELLINGS = {
    "apostrophe": ("O'Rourke", "O’Rourke", "ORourke", "o rourke", "O`ROURKE"),
    "hyphen": ("Anne-Marie", "Anne Marie", "AnneMarie", "anne‑marie"),
    "acute": ("Siobhán Ní Bhriain", "siobhan ni bhriain", "SIOBHÁN NÍ BHRIAIN"),
    "umlaut": ("Müller", "Mueller", "müller", "MÜLLER"),
    "sharp s": ("Weiß", "Weiss", "WEISS"),
    "umlaut left out": ("Müller", "Muller"),
    "ring and stroke": ("Ødegård", "Odegard", "ødegård"),
    "written out": ("Ødegård", "Oedegaard"),
    "Polish": ("Łukasz Żółć", "lukasz zolc"),
    "Turkish": ("Işık", "isik", "IŞIK", "İşik"),
    "Vietnamese": ("Nguyễn Thị Hồng", "nguyen thi hong"),
    "Icelandic": ("Þórður", "thordur"),
    "ligature": ("Ælfgifu", "aelfgifu"),
    "Greek": ("Νίκος", "ΝΙΚΟΣ", "νικοσ"),
    "Cyrillic": ("Алёна", "алена", "АЛЁНА"),
    "Arabic": ("مُحَمَّد", "محمد"),
    "Arabic alef": ("أحمد", "احمد"),
    "Persian": ("علی", "علي"),
    "Hebrew": ("שָׂרָה", "שרה"),
    "Devanagari": ("प्रिया", unicodedata.normalize("NFD", "प्रिया")),
    "Tamil": ("கார்த்திக்", unicodedata.normalize("NFD", "கார்த்திக்")),
    "Chinese": ("李小明", "李 小明", "小明"),
    "Japanese": ("がくと", unicodedata.normalize("NFD", "がくと")),
    "Korean": ("김민준", unicodedata.normalize("NFD", "김민준")),
    "Thai": ("สมชาย", unicodedata.normalize("NFD", "สมชาย")),
    "full width": ("Ｔｉｌｌｙ", "tilly"),
    "soft hyphen and joiners": ("Ash\u00adworth", "Ash\u200dworth", "ashworth"),
    "al-": ("Al-Masri", "Almasri", "al masri"),
}


@pytest.mark.parametrize("kind", SPELLINGS)
def test_every_spelling_finds_every_other(kind: str) -> None:
    for stored, typed in itertools.permutations(SPELLINGS[kind], 2):
        if stored != "小明":  # a part of the name finds it; the name does not find a part
            assert matches(words_of_name(stored), wanted(typed)), (stored, typed)


@pytest.mark.parametrize(("stored", "typed"), [
    ("Rosa Ashworth", "rosa smith"), ("Rosa Ashworth", "osa"), ("Priya", "Pria"), ("प्रिया", "प्रीया"),
    ("李小明", "王"), ("Ann Lee", "Annabel"), ("Ashworth", "F-7K2M9Q"), ("김민준", "이민준"),
])  # fmt: skip
def test_another_name_is_not_found(stored: str, typed: str) -> None:
    assert not matches(words_of_name(stored), wanted(typed))


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", "-", "'' \" *", "\x00", "\u200b", "()&|!:<->"])
def test_signs_alone_look_for_nothing(typed: str) -> None:
    assert not wanted(typed)


@pytest.mark.parametrize(("stored", "typed"), [
    ("F-7K2M9Q", "f7k2m9q"), ("F-7K2M9Q", "F 7K2M9Q"), ("F-7K2M9Q", "7k2m9q"), ("9434765919", "943 476 5919"),
    ("A123456789012", "a1234 5678 9012"),
])  # fmt: skip
def test_references_and_numbers_are_found_as_they_are_said(stored: str, typed: str) -> None:
    assert matches(words_of_name(stored), wanted(typed))


@pytest.mark.parametrize("typed", ["bruise", "bruis", "Sam's", "sam", "o'neill", "ONEILL", "3 cm", "wrist bruises"])
def test_words_of_a_text(typed: str) -> None:
    texts = ["Bruises (3 cm) on Sam’s left wrist.", "Mr O’Neill said so."]
    assert matches(words_of_text(texts), wanted(typed))


def test_folding_twice_is_folding_once() -> None:
    for name in itertools.chain.from_iterable(SPELLINGS.values()):
        assert folded(folded(name)) == folded(name)


def test_no_word_holds_what_an_engine_reads_as_its_own() -> None:
    names = [*itertools.chain.from_iterable(SPELLINGS.values()), "a\"b:c*d(e)f&g|h!i\\j'k~l", "x" * 500]
    words = set().union(*(words_of_name(name) for name in names))
    assert all(word and len(word) <= 40 for word in words)
    assert not set("".join(words)) & set("\"'\\:*()&|!~ ^+-")


class TestShortWays:
    """Plain English is read in a shorter way, which says the same as the long one that other letters need."""

    @pytest.mark.parametrize("text", ["".join(map(chr, range(128))), "O`Neill-SMITH", "a\tb\x1cc", "x_y 3rd (no)"])
    def test_english_is_folded_as_it_is_beside_another_letter(self, text: str) -> None:
        assert folded(f"{text}é") == f"{folded(text)}e"
        assert words_of_name(f"{text} é") >= words_of_name(text)

    @pytest.mark.parametrize(
        "text", ["Zoë O’Neill said\u2003“no”", "naïve-a\u0301 \u0301b", "Müller\nMueller", "東京 は"]
    )
    def test_no_word_of_a_text_reaches_across_a_space(self, text: str) -> None:
        parts = {part for spelling in chunks(text) for chunk in spelling for part in (*chunk, "".join(chunk))}
        assert words_of_text([text]) == parts
