"""The sentences for the room: easy to read, there once, and never one that promises what is not so."""

import pytest

from rules.explanation.phrases import PLACEHOLDER
from rules.explanation.versions import Version
from rules.talk.phrases import OWN, can_talk, found, needed_to_talk, speaker, talk_phrases
from tests.reading import END, read

OLDEST_READER = 11.0
TEXTS = [(each.id, variant, text) for each in talk_phrases() for variant, text in each.texts.items()]
PROMISES = ("promise", "guarantee", "nobody will know", "will be fine", "secret", "never tell")


def test_every_text_can_be_read_at_eleven() -> None:
    ages = {f"{of} {variant}": read(END.split(PLACEHOLDER.sub("Sam", text))).age for of, variant, text in TEXTS}
    assert {of: age for of, age in ages.items() if age > OLDEST_READER} == {}


def test_each_phrase_is_there_once_and_has_a_version() -> None:
    ids = [each.id for each in talk_phrases()]
    assert len(ids) == len(set(ids))
    assert all(each.id.startswith(OWN) for each in talk_phrases())
    assert all(each.version >= 1 and each.texts and each.approved_by and each.approved_on for each in talk_phrases())


@pytest.mark.parametrize("words", PROMISES)
def test_nothing_is_promised(words: str) -> None:
    assert not [phrase_id for phrase_id, _, text in TEXTS if words in text.lower()]


def test_a_choice_is_offered_in_one_phrase_alone_and_to_no_child() -> None:
    assert [phrase_id for phrase_id, _, text in TEXTS if "can say no" in text] == ["talk.choice.free"]
    assert speaker(Version.CHILD, {})("choice.free", recipients="school") == ""


@pytest.mark.parametrize(
    ("phrase_id", "version", "text"),
    [
        ("why.harm", Version.ADULT, "We are worried that a child could get badly hurt."),
        ("why.court", Version.ADULT, "A court told us to do this."),
        ("title", Version.YOUNG, "What we want to share, and why"),
    ],
)
def test_a_phrase_of_its_own_comes_before_that_of_the_letters(phrase_id: str, version: Version, text: str) -> None:
    assert speaker(version, {})(phrase_id) == text


def test_an_unknown_phrase_is_an_error() -> None:
    assert found("no.such") is None
    with pytest.raises(KeyError):
        speaker(Version.ADULT, {})("no.such")


@pytest.mark.parametrize("version", list(Version))
def test_a_language_is_whole_when_every_phrase_of_the_talk_is_approved(version: Version) -> None:
    everything = dict.fromkeys(needed_to_talk(version), "Testun")
    assert can_talk(everything, version)
    for key in everything:
        assert not can_talk({other: text for other, text in everything.items() if other != key}, version)


def test_it_needs_what_it_borrows_from_the_letters_and_nothing_that_it_replaces() -> None:
    needed = {phrase_id for phrase_id, _ in needed_to_talk(Version.YOUNG)}
    assert {"used.police", "why.court", "complain.ico", "childline", "talk.why.harm.you"} <= needed
    assert not needed & {"why.harm", "why.harm.you", "title", "greeting", "month.1", "choice.refused", "basis"}


def test_no_english_is_mixed_into_another_language() -> None:
    say = speaker(Version.ADULT, {("talk.together", "adult"): "Testun"}, language="cy")
    assert say("together") == "Testun"
    with pytest.raises(KeyError):
        say("title")
