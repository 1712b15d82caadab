"""The sentences of the page for the room: its own, and else those of the letters."""

from functools import cache

from rules.explanation.phrases import Phrase, PhraseFile, Say, filled, phrase, read
from rules.explanation.versions import Layout

FILE = "talk.toml"


@cache
def talk_phrases() -> PhraseFile:
    return read(FILE)


@cache
def found(phrase_id: str) -> Phrase | None:
    return next((each for each in talk_phrases().phrases if each.id == phrase_id), None) or phrase(phrase_id)


def speaker(version: str) -> Say:
    """Says a phrase by id, in English; empty where this reader is told none of it."""

    def say(phrase_id: str, **values: str) -> str:
        known = found(phrase_id)
        if known is None:
            raise KeyError(phrase_id)
        variant = known.variant(version, Layout.STANDARD)
        return filled(known.texts[variant], values) if variant else ""

    return say
