"""The sentences of the page for the room: its own, whose ids begin with `talk.`, and some of those of the letters."""

from collections.abc import Mapping
from functools import cache

from rules.explanation.phrases import ENGLISH, Key, Phrase, Say, filled, phrase, read, shipped, text_of
from rules.explanation.versions import Layout

FILE = "talk.toml"
OWN = "talk."
# What it says in the words of the letters, where it has none of its own.
OF_LETTERS = ("why.", "used.", "right.object", "complain.", "contact", "childline")


@cache
def talk_phrases() -> tuple[Phrase, ...]:
    return read(FILE)


@cache
def found(phrase_id: str) -> Phrase | None:
    """By the id without `talk.`: its own comes before that of the letters."""
    own = next((each for each in talk_phrases() if each.id == f"{OWN}{phrase_id}"), None)
    return own or phrase(phrase_id)


@cache
def all_used() -> tuple[Phrase, ...]:
    """Every phrase that such a page may say."""
    own = {each.id.removeprefix(OWN) for each in talk_phrases()}
    return (*talk_phrases(), *(each for each in shipped() if each.id.startswith(OF_LETTERS) and each.id not in own))


def needed_to_talk(version: str) -> frozenset[Key]:
    """Every phrase, with its variant, that the page for such a person may use."""
    return frozenset((each.id, variant) for each in all_used() if (variant := each.variant(version, Layout.STANDARD)))


def can_talk(approved: Mapping[Key, str], version: str) -> bool:
    """Whether a language can be offered: every phrase of such a page is approved in it."""
    return needed_to_talk(version) <= approved.keys()


def speaker(version: str, approved: Mapping[Key, str], language: str = ENGLISH) -> Say:
    """Says a phrase by id, as the letters do; empty where this reader is told none of it."""

    def say(phrase_id: str, **values: str) -> str:
        known = found(phrase_id)
        if known is None:
            raise KeyError(phrase_id)
        variant = known.variant(version, Layout.STANDARD)
        return filled(text_of(known, variant, approved, language), values) if variant else ""

    return say
