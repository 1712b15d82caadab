"""The fixed sentences of letters: data with a version, in the words of three readers (rules/data/phrases)."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from rules.explanation.versions import Layout, Version

ENGLISH = "en"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
Key = tuple[str, str]  # the phrase and its variant


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One sentence or heading. `texts` are by variant: adult, young, child, and easy for easy read headings."""

    id: str
    version: int
    approved_by: str  # who stands behind this version of the English text
    approved_on: date
    texts: Mapping[str, str]

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for text in self.texts.values() for name in PLACEHOLDER.findall(text))

    def variant(self, version: str, layout: str) -> str:
        """Which of the texts such a letter uses; empty if it never uses this phrase."""
        if layout == Layout.EASY and "easy" in self.texts and version != Version.CHILD:
            return "easy"
        if version == Version.YOUNG and "young" not in self.texts:
            return Version.ADULT if Version.ADULT in self.texts else ""
        return version if version in self.texts else ""


NOT_TEXTS = frozenset({"id", "version", "approved_by", "approved_on"})


@cache
def shipped() -> tuple[Phrase, ...]:
    """The English wording of letters that comes with the site."""
    return read("en.toml")


def read(name: str) -> tuple[Phrase, ...]:
    """A file of phrases that comes with the site."""
    text = resources.files("rules").joinpath("data", "phrases", name).read_text(encoding="utf-8")
    return tuple(
        Phrase(
            id=entry["id"],
            version=entry["version"],
            approved_by=entry["approved_by"],
            approved_on=entry["approved_on"],
            texts={name: value for name, value in entry.items() if name not in NOT_TEXTS},
        )
        for entry in tomllib.loads(text)["phrase"]
    )


@cache
def phrase(phrase_id: str) -> Phrase | None:
    return next((each for each in shipped() if each.id == phrase_id), None)


def needed(version: str, layout: str) -> frozenset[Key]:
    """Every phrase, with its variant, that a letter of this kind may use."""
    return frozenset((each.id, variant) for each in shipped() if (variant := each.variant(version, layout)))


def is_whole(approved: Mapping[Key, str], version: str, layout: str) -> bool:
    """Whether a language can be offered: every phrase of such a letter is approved in it."""
    return needed(version, layout) <= approved.keys()


Say = Callable[..., str]


def speaker(version: str, layout: str, approved: Mapping[Key, str], language: str = ENGLISH) -> Say:
    """Says a phrase by id: an organisation's approved text, or in English the one that comes with the site."""

    def say(phrase_id: str, **values: str) -> str:
        found = phrase(phrase_id)
        variant = found.variant(version, layout) if found else ""
        if found is None or not variant:
            raise KeyError(phrase_id)
        return filled(text_of(found, variant, approved, language), values)

    return say


def text_of(found: Phrase, variant: str, approved: Mapping[Key, str], language: str) -> str:
    """KeyError rather than an English text in another language."""
    text = approved.get((found.id, variant)) or (found.texts[variant] if language == ENGLISH else None)
    if text is None:
        raise KeyError(found.id)
    return text


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values in their places. A value is never read as a placeholder itself."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], ""), text)


def wrong_placeholders(found: Phrase, variant: str, text: str) -> bool:
    """Whether a text has not the same places to fill as the English one."""
    return set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(found.texts[variant]))
