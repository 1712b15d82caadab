"""What must not be said to one person, and why. For the practitioner alone: never on what the family is given."""

from collections.abc import Iterator

from rules.codes import PersonRole
from rules.explanation.facts import ExplanationFacts, LeftOut
from rules.explanation.may_know import known_people, name_of, reader_of, reasons_left_out, why_not_named
from rules.facts import PersonFacts
from rules.people import is_adult, is_capable

ITS_SOURCE = "Do not say who told us, nor anything that would show it."
SUSPECTED = (
    "An alleged or suspected source of harm. Agree with the police or children's social care who informs them. "
    "Until then do not say what is thought of them, nor who said it."
)
YOUNG = "They can decide for themselves. What they told us, and what they decided, is theirs to tell."
OTHER_ADULT = "Do not say what they told us, what they decided, where they live or how to reach them."


def not_to_say(explained: ExplanationFacts) -> tuple[LeftOut, ...]:
    """People first, then recipients who are not named, then every item that this person may not hear."""
    return tuple(dict.fromkeys([*_people(explained), *_recipients(explained), *_items(explained)]))


def _people(explained: ExplanationFacts) -> Iterator[LeftOut]:
    known = known_people(explained)
    for person in explained.facts.people:
        reason = "" if person.ref == explained.reader else _of_person(person, known)
        if reason:
            yield LeftOut(explained.names.get(person.ref, "Somebody else"), reason)


def _of_person(person: PersonFacts, known: frozenset[str]) -> str:
    if person.role == PersonRole.INFORMANT:
        return ITS_SOURCE
    if person.alleged_source_of_harm:
        return SUSPECTED
    if person.ref in known or person.role == PersonRole.PROFESSIONAL:
        return ""
    if is_adult(person):
        return OTHER_ADULT
    return YOUNG if is_capable(person) else ""


def _recipients(explained: ExplanationFacts) -> Iterator[LeftOut]:
    for recipient in explained.facts.recipients:
        hidden = why_not_named(explained, recipient)
        if hidden and reader_of(explained).ref not in recipient.people:
            yield LeftOut(name_of(recipient), hidden)


def _items(explained: ExplanationFacts) -> Iterator[LeftOut]:
    reasons = reasons_left_out(explained)
    for item in explained.facts.items:
        if reasons[item.ref]:
            yield LeftOut(item.text, reasons[item.ref])
