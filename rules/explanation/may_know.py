"""What one person may know of what was sent, and why the rest is left out.

Strict on purpose: what is left out by mistake can be added in the author's own words, what is sent cannot be recalled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules import codes
from rules.codes import Informing, PersonRole, Reason, Sensitivity
from rules.exemptions import ExemptionCode
from rules.explanation.facts import Choices, ExplanationFacts, LeftOut
from rules.explanation.versions import Version
from rules.explanation.whose_words import names_in, says_the_same
from rules.facts import ItemFacts, PersonFacts, RecipientFacts, SendingFacts
from rules.people import is_adult, is_capable, is_parent, needs_a_parent

CRIME_REASONS = frozenset({Reason.PREJUDICE_CRIME, Reason.EVIDENCE_LOSS})
SOURCE = "It could show who told us."
NOT_DISCLOSED = "The record says that it must not be disclosed to them."
OTHERS = "It is about somebody else, or about somebody else as well. Say what they may know in your own words."
NOBODY = "The record does not say whom it is about."
OWN_DECISION = "It is about a young person who can decide for themselves. They get a letter of their own."
SAME_WORDS = "It has words of something that is left out."
EXEMPT = (
    "Telling them could prejudice the prevention or detection of crime: you recorded that law for not informing them "
    "in full."
)
NAMES = "It names {name}, or has a number or an address of theirs."
NOT_CHOSEN = "You did not choose it."
NOT_SURE = "You recorded that you said something else, or that they know only a part. Choose it if it is right."
NO_LIST = "A letter for a child has no list of what was shared."
OTHERWISE = "You recorded this about what you said. Write what they may know of it in your own words."
ALL_LEFT_OUT = "Nothing that they were given may be in this letter, so the letter does not name them."
THEMSELVES = "It was sent to them."
WRONG = "Something that is not on the list turned out to be wrong. If they may know, write it in your own words."
WRONG_WHAT = "A correction"


@dataclass(frozen=True)
class Given:
    """One item as it was given to one recipient; `is_sure`: it is listed unless its author chooses otherwise."""

    recipient: RecipientFacts
    item: ItemFacts
    is_sure: bool


@dataclass(frozen=True)
class Received:
    """What one recipient got, as far as the reader may know."""

    recipient: RecipientFacts
    sendings: tuple[SendingFacts, ...]
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class MayKnow:
    received: tuple[Received, ...]
    left_out: tuple[LeftOut, ...]
    choosable: tuple[Given, ...]  # what the author may list or not


def reader_of(explained: ExplanationFacts) -> PersonFacts:
    return next(person for person in explained.facts.people if person.ref == explained.reader)


def name_of(recipient: RecipientFacts) -> str:
    return recipient.organisation or recipient.name


def speaks_for(reader: PersonFacts, people: Iterable[PersonFacts]) -> frozenset[str]:
    """Children whose information is this parent's to know: those who cannot decide for themselves."""
    if not (is_parent(reader) and is_adult(reader)):
        return frozenset()
    wish = Reason.COMPETENT_CHILD_WISH in {reader.not_asked_reason, reader.informing.reason}
    return frozenset(
        person.ref
        for person in people
        if needs_a_parent(person)
        and not is_capable(person)
        and not is_adult(person)
        and person.competence != codes.Competence.PARTIAL
        and not (wish and person.role == PersonRole.CHILD)
    )


def known_people(explained: ExplanationFacts) -> frozenset[str]:
    reader = reader_of(explained)
    return speaks_for(reader, explained.facts.people) - explained.not_theirs | {reader.ref}


def may_know(explained: ExplanationFacts, choices: Choices) -> MayKnow:
    """By recipient. Whoever was sent nothing is not named."""
    sent_to, reasons = {sending.recipient_ref for sending in explained.facts.sendings}, reasons_left_out(explained)
    parts = [
        _of_recipient(explained, recipient, choices, reasons)
        for recipient in explained.facts.recipients
        if recipient.ref in sent_to
    ]
    left_out = [each for part in parts for each in part.left_out]
    if explained.wrong_otherwise:
        left_out.append(LeftOut(WRONG_WHAT, WRONG))
    choosable = tuple(each for part in parts for each in part.choosable)
    if choices.version == Version.CHILD:
        already = {each.what for each in left_out}
        left_out += [LeftOut(each.item.text, NO_LIST) for each in choosable if each.item.text not in already]
    received = tuple(each for part in parts for each in part.received)
    return MayKnow(received, tuple(dict.fromkeys(left_out)), choosable)


def _of_recipient(
    explained: ExplanationFacts, recipient: RecipientFacts, choices: Choices, reasons: Mapping[str, str]
) -> MayKnow:
    hidden = why_not_named(explained, recipient)
    if hidden:
        return MayKnow((), (LeftOut(name_of(recipient), hidden),), ())
    sendings = tuple(row for row in explained.facts.sendings if row.recipient_ref == recipient.ref)
    given = tuple(item for item in explained.facts.items if recipient.ref in item.given_to)
    sure = is_sure(explained, sendings)
    allowed = tuple(Given(recipient, item, sure) for item in given if not reasons[item.ref])
    listed = tuple(each.item for each in allowed if _is_chosen(each, choices))
    not_listed = NOT_CHOSEN if sure or choices.items is not None else NOT_SURE
    left_out = [LeftOut(item.text, reasons[item.ref] or not_listed) for item in given if item not in listed]
    written = choices.own_words.get(recipient.ref, "").strip()
    left_out += [LeftOut(row.said, OTHERWISE) for row in sendings if row.said and not written]
    if listed or written:
        return MayKnow((Received(recipient, sendings, listed),), tuple(left_out), allowed)
    left_out.append(LeftOut(name_of(recipient), ALL_LEFT_OUT))
    return MayKnow((), tuple(left_out), allowed)


def is_sure(explained: ExplanationFacts, sendings: Iterable[SendingFacts]) -> bool:
    """Whether the items are surely what was sent, and what this person was told of.

    Where something else was said every time, and of somebody informed in part, nobody recorded which of them.
    """
    informed_in_part = reader_of(explained).informing.state == Informing.PARTLY_TOLD
    return not informed_in_part and not all(sending.said for sending in sendings)


def _is_chosen(given: Given, choices: Choices) -> bool:
    return given.is_sure if choices.items is None else (given.recipient.ref, given.item.ref) in choices.items


def why_not_named(explained: ExplanationFacts, recipient: RecipientFacts) -> str:
    """Why a recipient may not be named to this person; empty if they may."""
    if explained.reader in recipient.people:
        return THEMSELVES
    text = f"{recipient.organisation} {recipient.name}"
    known = known_people(explained)
    name = names_in(text, explained, known)
    others = [ref for ref in recipient.people if ref not in known]
    if name or others:
        return NAMES.format(name=name or explained.names.get(others[0], "somebody else"))
    return ""


def reasons_left_out(explained: ExplanationFacts) -> dict[str, str]:
    """By item, why it may not be in this person's letter; empty if it may. Each item is looked at once.

    The words of an item that is left out may stand in another that nobody marked.
    """
    known = known_people(explained)
    marked = {item.ref: _marked(explained, item, known) for item in explained.facts.items}
    hidden = [*explained.left_out_elsewhere, *(item.text for item in explained.facts.items if marked[item.ref])]
    return {
        item.ref: marked[item.ref] or (SAME_WORDS if says_the_same(item.text, hidden) else "")
        for item in explained.facts.items
    }


def _marked(explained: ExplanationFacts, item: ItemFacts, known: frozenset[str]) -> str:
    if Sensitivity.SOURCE in item.sensitivities:
        return SOURCE
    if explained.reader in item.not_disclosed_to:
        return NOT_DISCLOSED
    if _is_exempt(explained, item):
        return EXEMPT
    about = about_whom(explained, item)
    if not about:
        return NOBODY
    if not about <= known:
        return OWN_DECISION if _is_young_persons(explained, about - known) else OTHERS
    name = names_in(item.text, explained, known)
    return NAMES.format(name=name) if name else ""


def _is_exempt(explained: ExplanationFacts, item: ItemFacts) -> bool:
    """Of somebody informed in part because of a crime, nothing about an offence may be chosen either."""
    informing = reader_of(explained).informing
    is_crime = informing.exemption == ExemptionCode.CRIME or informing.reason in CRIME_REASONS
    in_part = informing.state == Informing.PARTLY_TOLD
    return in_part and is_crime and Sensitivity.OFFENCES in item.sensitivities


def about_whom(explained: ExplanationFacts, item: ItemFacts) -> frozenset[str]:
    """With one person on the decision nobody is asked whom an item is about."""
    people = explained.facts.people
    return frozenset(item.about) or (frozenset({people[0].ref}) if len(people) == 1 else frozenset())


def _is_young_persons(explained: ExplanationFacts, refs: frozenset[str]) -> bool:
    found = [person for person in explained.facts.people if person.ref in refs]
    return all(person.role == PersonRole.CHILD and is_capable(person) for person in found)
