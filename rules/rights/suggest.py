"""What to leave out of an answer, on which ground and why. A suggestion: the data protection officer decides each item.

Pure. Strict on purpose: an item that is suggested out by mistake costs a look, one that is given cannot be taken back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.codes import NOT_INFORMED, Code, Consent, PersonRole, Reason
from rules.explanation.facts import ExplanationFacts
from rules.explanation.whose_words import SHORTEST_DETAIL, names_in, says_the_same, words
from rules.facts import Facts
from rules.people import is_parent
from rules.rights.called import called
from rules.rights.held import Asking, HeldItem


class ItemChoice(Code):
    """What is done with one item."""

    GIVE = "GIVE", "Give it as it is"
    PART = "PART", "Give a part, in your own words"
    LEAVE_OUT = "LEAVE_OUT", "Leave it out"


@dataclass(frozen=True)
class Suggestion:
    choice: str
    ground: str
    why: str


BY_REASON: Mapping[str, str] = {
    Reason.PREJUDICE_CRIME: "CRIME",
    Reason.EVIDENCE_LOSS: "CRIME",
    Reason.COMPETENT_CHILD_WISH: "EXPECTATIONS",
    Reason.LEGAL_BAR: "COURT",
}
LEGAL_ADVISERS = frozenset({"legal", "solicitor", "lawyer", "barrister", "counsel"})
CHILDREN = frozenset({PersonRole.CHILD, PersonRole.UNBORN})
PARENTS = frozenset({PersonRole.MOTHER, PersonRole.FATHER})
SOURCE = "It could show who told us."
KEPT_FROM = "The record says that it must not be disclosed to them."
MARKED = (
    "Another agency marked it “{mark}”. Ask them whether giving it would prejudice the prevention or detection of "
    "crime."
)
YOUNG = "It is about a young person who can decide for themselves. Ask them first."
NOT_TO_KNOW = "The record says that they are not to know of this decision, or not yet."
MAY_HARM = "They are an alleged or suspected source of harm. Knowing it could put somebody at risk."
DETAIL = "It has another name, a number or an address of {name}."
INFORMANT = "It is about somebody who told us something, or names them."
OTHER_WORDS = "It is what somebody else says, or was told."
OTHERS_ONLY = "It is about somebody else."
OTHERS_TOO = "It is about somebody else as well."
CHILDS = "It may be about a child for whom they do not ask."
NAMED = "It names {name}."
CALLED = "It says “{word}”: that may be somebody else."
ADVICE = "It looks like legal advice."
REVIEW = "It is a supervisor's review, and does not name them."
SAME_WORDS = "It has words of something that is suggested to be left out."


def suggestions(items: Sequence[HeldItem], asking: Asking) -> list[Suggestion | None]:
    """One for each item, or none where nothing speaks against giving it."""
    first = [next(_against(item, asking), None) for item in items]
    hidden = [item.text for item, found in zip(items, first, strict=True) if item.is_information and _is_out(found)]
    return [
        Suggestion(ItemChoice.LEAVE_OUT, "OTHERS", SAME_WORDS)
        if not _is_out(found) and says_the_same(item.text, hidden)
        else found
        for item, found in zip(items, first, strict=True)
    ]


def _is_out(found: Suggestion | None) -> bool:
    return found is not None and found.choice == ItemChoice.LEAVE_OUT


def _against(item: HeldItem, asking: Asking) -> Iterator[Suggestion]:
    """What speaks against giving it, the weightiest first."""
    if item.source:
        yield _out("OTHERS", SOURCE)
    if asking.reader and asking.reader in item.kept_from:
        yield _out(_ground_of(asking), KEPT_FROM)
    if item.handling:
        yield _out("CRIME", MARKED.format(mark=item.handling))
    if any(asking.decides_alone(ref) for ref in item.people | {asking.subject}):
        yield _out("EXPECTATIONS", YOUNG)
    yield from _about_the_reader(item, asking)
    yield from _about_others(item, asking)
    if item.is_advice and LEGAL_ADVISERS & set(words(item.text)):
        yield _out("LEGAL", ADVICE)
    if item.is_review and not _names(item, asking, asking.known):
        yield _out("NOT_THEIRS", REVIEW)
    yield from _in_part(item, asking)


def _about_the_reader(item: HeldItem, asking: Asking) -> Iterator[Suggestion]:
    reader = asking.person(asking.reader)
    if reader is None:
        return
    unasked = reader.consent_state == Consent.NOT_SOUGHT_UNSAFE
    if reader.informing.state in NOT_INFORMED or reader.informing.closing or unasked:
        yield _out(_ground_of(asking), NOT_TO_KNOW)
    if reader.alleged_source_of_harm and (item.is_concern or item.people - {reader.ref}):
        yield _out(_ground_of(asking), MAY_HARM)


def _ground_of(asking: Asking) -> str:
    """From the reason for which they are not informed or were not asked."""
    reader = asking.person(asking.reader)
    reasons = (reader.informing.reason, reader.not_asked_reason) if reader else ()
    for reason in reasons:
        if reason in BY_REASON:
            return BY_REASON[reason]
    return "CHILD_ABUSE" if asking.is_parent else "SERIOUS_HARM"


def _about_others(item: HeldItem, asking: Asking) -> Iterator[Suggestion]:
    whose_detail = _has_detail(item, asking)
    if whose_detail:
        yield _out("OTHERS", DETAIL.format(name=whose_detail))
    informants = {person.ref for person in asking.people if person.role == PersonRole.INFORMANT} - asking.known
    if informants & item.people or _names(item, asking, informants):
        yield _out("OTHERS", INFORMANT)
    if item.whose and item.whose not in asking.known and not _both_parents(item.whose, asking):
        yield _out("OTHERS", OTHER_WORDS)
    if item.about and not item.about & asking.known:
        yield _out("OTHERS", OTHERS_ONLY)


def _both_parents(ref: str, asking: Asking) -> bool:
    """What one parent says about a child is the child's information too, and the other's to know who asks for it."""
    other, reader = asking.person(ref), asking.person(asking.reader)
    known = other is not None and reader is not None and asking.is_parent
    return known and other is not None and other.role in PARENTS and reader is not None and is_parent(reader)


def _in_part(item: HeldItem, asking: Asking) -> Iterator[Suggestion]:
    if item.about - asking.known:
        yield Suggestion(ItemChoice.PART, "OTHERS", OTHERS_TOO)
    child = any(person.role in CHILDREN and person.ref not in asking.known for person in asking.people)
    if item.is_concern and child:
        yield Suggestion(ItemChoice.PART, "OTHERS", CHILDS)
    others = frozenset(asking.names) - asking.known - ({item.whose} if item.whose else frozenset())
    named = _names(item, asking, others)
    if named:
        yield Suggestion(ItemChoice.PART, "OTHERS", NAMED.format(name=named))
    word = called(item, asking)
    if word:
        yield Suggestion(ItemChoice.PART, "OTHERS", CALLED.format(word=word))


def _names(item: HeldItem, asking: Asking, refs: frozenset[str] | set[str]) -> str:
    """Who of these is named in the text; empty if nobody."""
    for ref in sorted(refs):
        alone = ExplanationFacts(
            facts=Facts(people=tuple(each for each in asking.people if each.ref in {ref, *asking.known})),
            reader=asking.reader,
            day=date.min,
            names=asking.names,
        )
        if names_in(item.text, alone, asking.known - {ref}):
            return asking.names.get(ref, "") or "somebody else"
    return ""


def _has_detail(item: HeldItem, asking: Asking) -> str:
    """Whose number or address is in the text, however it is spaced; empty if nobody's but their own."""
    theirs = {piece for ref in asking.known for piece in _pieces(asking.details.get(ref, ()))}
    compact = "".join(words(item.text))
    for ref, details in asking.details.items():
        if ref not in asking.known and any(piece in compact for piece in set(_pieces(details)) - theirs):
            return asking.names.get(ref, "") or "somebody else"
    return ""


def _pieces(details: Sequence[str]) -> Iterator[str]:
    """Each line of an address on its own, if it has a number in it; and the whole."""
    for detail in details:
        lines = [line for line in re.split(r"[,\n]", detail) if any(map(str.isdigit, line))]
        for each in (detail, *lines):
            whole = "".join(words(each))
            if len(whole) >= SHORTEST_DETAIL:
                yield whole


def _out(ground: str, why: str) -> Suggestion:
    return Suggestion(ItemChoice.LEAVE_OUT, ground, why)
