"""The wording that an organisation has approved, and the languages it can write in."""

from collections.abc import Mapping

from audit.statements import rows_where
from letters.models import ApprovedPhrase
from rules.explanation.languages import Language
from rules.explanation.phrases import ENGLISH, Key, is_whole, phrase

Texts = Mapping[str, Mapping[Key, str]]


def approved_texts(organisation: int) -> Texts:
    """By language: of each phrase the latest text, if the English one is still the same. One query."""
    texts: dict[str, dict[Key, str]] = {language: {} for language in Language}
    for row in rows_where(ApprovedPhrase, "organisation", [organisation]):
        known, of_language = phrase(row.phrase), texts.setdefault(row.language, {})
        of_language.pop((row.phrase, row.variant), None)
        if known and row.variant in known.texts and row.phrase_version == known.version:
            of_language[row.phrase, row.variant] = row.text
    return texts


def languages_offered(texts: Texts, version: str, layout: str) -> list[Language]:
    """English, and each language in which every phrase of such a letter is approved."""
    return [each for each in Language if each == ENGLISH or is_whole(texts[each], version, layout)]
