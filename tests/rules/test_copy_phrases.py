"""The sentences of a copy: easy to read, there once, and none that hints at what is not in it."""

import re

import pytest

from rules.explanation.phrases import PLACEHOLDER
from rules.rights.phrases import OWN, copy_phrases, speaker
from tests.reading import END, read

OLDEST_READER = 11.0
TEXTS = [(each.id, text) for each in copy_phrases() for text in each.texts.values()]
HINTS = re.compile(r"left out|removed|redact|withheld|missing|everything|all of it|the rest", re.IGNORECASE)


def test_every_text_can_be_read_at_eleven() -> None:
    ages = {of: read(END.split(PLACEHOLDER.sub("Sam", text))).age for of, text in TEXTS}
    assert {of: age for of, age in ages.items() if age > OLDEST_READER} == {}


def test_each_is_there_once_and_has_a_version() -> None:
    ids = [of for of, _ in TEXTS]
    assert len(ids) == len(set(ids))
    assert all(each.id.startswith(OWN) for each in copy_phrases())
    assert all(each.version >= 1 and each.approved_by and each.approved_on for each in copy_phrases())


@pytest.mark.parametrize(("phrase_id", "text"), TEXTS)
def test_none_hints_at_what_is_not_there_or_promises_that_all_is(phrase_id: str, text: str) -> None:
    assert HINTS.findall(text) == [], phrase_id


def test_what_letters_say_too_is_said_as_it_was_approved() -> None:
    approved = {("complain.us", "adult"): "Write to our office."}
    assert speaker(approved)("complain.us") == "Write to our office."
    assert "ICO" in speaker({})("complain.ico")
    assert speaker({})("intro.other", name="Wilf") == (
        "You asked us what we hold about Wilf. This is your copy. You can keep it."
    )
