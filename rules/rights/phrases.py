"""The sentences of a copy for the family: its own, whose ids begin with `copy.`, and else those of the letters.

In English: what the record holds is in English, and a copy half in another language would say what it is not.
"""

from collections.abc import Mapping
from functools import cache

from rules.explanation.phrases import ENGLISH, Key, Phrase, Say, filled, read, text_of
from rules.explanation.phrases import speaker as letter_speaker
from rules.explanation.versions import Layout, Version

OWN = "copy."


@cache
def copy_phrases() -> tuple[Phrase, ...]:
    return read("copy.toml")


def speaker(approved: Mapping[Key, str]) -> Say:
    """Says a phrase by id without `copy.`, to an adult, in the English that the organisation approved if it has."""
    own = {each.id.removeprefix(OWN): each for each in copy_phrases()}
    letters = letter_speaker(Version.ADULT, Layout.STANDARD, approved, ENGLISH)

    def say(phrase_id: str, **values: str) -> str:
        if phrase_id in own:
            return filled(text_of(own[phrase_id], Version.ADULT, approved, ENGLISH), values)
        return letters(phrase_id, **values)

    return say
