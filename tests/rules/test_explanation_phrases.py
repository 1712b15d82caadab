"""The sentences of letters: easy to read, whole, and filled in without being read twice."""

import pytest

from rules.explanation.phrases import (
    PLACEHOLDER,
    filled,
    is_whole,
    needed,
    phrase,
    shipped,
    speaker,
    wrong_placeholders,
)
from rules.explanation.versions import Layout, Version
from tests.reading import END, read

OLDEST_READER = 11.0
TEXTS = [(each.id, variant, text) for each in shipped() for variant, text in each.texts.items()]


def test_every_text_can_be_read_at_eleven() -> None:
    ages = {f"{of} {variant}": read(END.split(PLACEHOLDER.sub("Sam", text))).age for of, variant, text in TEXTS}
    assert {of: age for of, age in ages.items() if age > OLDEST_READER} == {}


def test_a_hard_text_would_be_found() -> None:
    hard = "Notwithstanding your representations, we determined that disclosure remained proportionate and necessary."
    assert read([hard]).age > OLDEST_READER


def test_each_phrase_is_there_once_and_says_who_approved_it() -> None:
    ids = [each.id for each in shipped()]
    assert len(ids) == len(set(ids))
    assert all(each.version >= 1 and each.texts and each.approved_by and each.approved_on for each in shipped())


def test_no_variant_says_less_than_the_adults() -> None:
    """A young person's text has the same places to fill; a child's may have fewer."""
    for each in shipped():
        if "young" in each.texts and "adult" in each.texts:
            assert not wrong_placeholders(each, "adult", each.texts["young"])


@pytest.mark.parametrize(
    ("version", "layout", "variant"),
    [
        ("adult", "standard", "adult"),
        ("young", "standard", "young"),
        ("young", "easy", "easy"),
        ("adult", "large", "adult"),
        ("child", "easy", ""),
    ],
)
def test_which_text_of_a_heading_a_letter_uses(version: str, layout: str, variant: str) -> None:
    found = phrase("heading.complain")
    assert found is not None
    assert found.variant(version, layout) == variant


def test_a_value_is_never_read_as_a_place_to_fill() -> None:
    assert filled("We told {recipient} on {first}.", {"recipient": "{first}", "first": "Monday"}) == (
        "We told {first} on Monday."
    )


def test_a_language_is_whole_when_every_phrase_of_the_letter_is_approved() -> None:
    everything = dict.fromkeys(needed(Version.ADULT, Layout.STANDARD), "Testun")
    assert is_whole(everything, Version.ADULT, Layout.STANDARD)
    for key in everything:
        one_missing = {other: text for other, text in everything.items() if other != key}
        assert not is_whole(one_missing, Version.ADULT, Layout.STANDARD)
    assert not is_whole(everything, Version.ADULT, Layout.EASY)
    assert not is_whole(everything, Version.CHILD, Layout.STANDARD)


def test_an_approved_text_takes_the_place_of_the_english_one() -> None:
    say = speaker(Version.ADULT, Layout.STANDARD, {("intro", "adult"): "Our own words."})
    assert say("intro") == "Our own words."
    assert say("heading.why") == "Why we did this"


def test_no_english_is_mixed_into_another_language() -> None:
    say = speaker(Version.ADULT, Layout.STANDARD, {("intro", "adult"): "Testun"}, language="cy")
    assert say("intro") == "Testun"
    with pytest.raises(KeyError):
        say("heading.why")
