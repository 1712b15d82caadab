"""A decision as one person is told of it, for tests: names, phrases and the text of a letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from rules.explanation.facts import Choices, Explanation, ExplanationFacts
from rules.explanation.letter import explain
from rules.explanation.phrases import speaker
from rules.explanation.versions import Version, version_for
from rules.facts import Facts, SendingFacts

DAY = date(2026, 11, 29)
SENT_AT = datetime(2026, 11, 27, 10, tzinfo=UTC)
CONTACT = "Asha Verrall, social worker, 01632 960100"


def sent_to_all(facts: Facts) -> Facts:
    """With a sending to everybody who is given something."""
    refs = dict.fromkeys(ref for item in facts.items for ref in item.given_to)
    return replace(facts, sendings=tuple(SendingFacts(recipient_ref=ref, at=SENT_AT) for ref in refs))


def of_reader(facts: Facts, reader: str, **more: Any) -> ExplanationFacts:
    names: Mapping[str, str] = more.pop("names", {})
    return ExplanationFacts(facts=facts, reader=reader, day=DAY, names=names, **more)


def letter_of(explained: ExplanationFacts, **chosen: Any) -> Explanation:
    person = next(each for each in explained.facts.people if each.ref == explained.reader)
    choices = Choices(**{"version": version_for(person), "contact": CONTACT, **chosen})
    return explain(explained, choices, speaker(choices.version, choices.layout, {}))


def text_of(letter: Explanation) -> str:
    """Everything that the person reads."""
    lines = [letter.title] if letter.sections else []
    for section in letter.sections:
        lines.append(section.heading)
        for block in section.blocks:
            lines += [block.text, *block.items]
    return "\n".join(line for line in lines if line)


VERSIONS = tuple(Version)
