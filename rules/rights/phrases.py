"""The sentences of a copy for the family: its own, whose ids begin with `copy.`, and else those of the letters."""

from collections.abc import Mapping
from functools import cache

from rules.explanation.phrases import ENGLISH, Key, Phrase, Say, filled, read
from rules.explanation.phrases import speaker as letter_speaker
from rules.explanation.versions import Layout, Version

OWN = "copy."


@cache
def copy_phrases() -> tuple[Phrase, ...]:
    return read("copy.toml")


def speaker(approved: Mapping[Key, str]) -> Say:
    """Says a phrase by id without `copy.`, to an adult. The letters' own are said as the organisation approved them."""
    own = {each.id.removeprefix(OWN): each.texts[Version.ADULT] for each in copy_phrases()}
    letters = letter_speaker(Version.ADULT, Layout.STANDARD, approved, ENGLISH)

    def say(phrase_id: str, **values: str) -> str:
        return filled(own[phrase_id], values) if phrase_id in own else letters(phrase_id, **values)

    return say
