"""The wording that an organisation has approved, and the languages it can write and talk in."""

from collections.abc import Mapping
from functools import cache

from audit.statements import rows_where
from rules.explanation.languages import Language
from rules.explanation.phrases import ENGLISH, Key, Phrase, is_whole, shipped
from rules.rights.phrases import copy_phrases
from rules.talk.phrases import can_talk, talk_phrases
from wording.models import ApprovedPhrase

Texts = Mapping[str, Mapping[Key, str]]


@cache
def every_phrase() -> Mapping[str, Phrase]:
    """By id: those of letters in their order, then those of talks and of copies."""
    return {each.id: each for each in (*shipped(), *talk_phrases(), *copy_phrases())}


@cache
def phrases_in(language: str) -> Mapping[str, Phrase]:
    """What can be approved in a language: copies are made in English alone."""
    english_only = {each.id for each in copy_phrases()} if language != ENGLISH else set()
    return {key: each for key, each in every_phrase().items() if key not in english_only}


def approved_texts(organisation: int) -> Texts:
    """By language: of each phrase the latest text, if the English one is still the same. One query."""
    texts: dict[str, dict[Key, str]] = {language: {} for language in Language}
    for row in rows_where(ApprovedPhrase, "organisation", [organisation]):
        known, of_language = every_phrase().get(row.phrase), texts.setdefault(row.language, {})
        of_language.pop((row.phrase, row.variant), None)
        if known and row.variant in known.texts and row.phrase_version == known.version:
            of_language[row.phrase, row.variant] = row.text
    return texts


def languages_offered(texts: Texts, version: str, layout: str) -> list[Language]:
    """English, and each language in which every phrase of such a letter is approved."""
    return [each for each in Language if each == ENGLISH or is_whole(texts[each], version, layout)]


def languages_to_talk_in(texts: Texts, version: str) -> list[Language]:
    """English, and each language in which every phrase of the page for a talk with such a person is approved."""
    return [each for each in Language if each == ENGLISH or can_talk(texts[each], version)]
