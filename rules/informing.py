"""Informing the family: informed, informed later, or not informed for a reason with an end."""

from collections.abc import Iterator

from rules import codes
from rules.codes import Closing, Informing, Reason, YesNoUnknown
from rules.contact import WayKnown
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, is_shared, too_young

CONTACTED = codes.INFORMED | {Informing.ATTEMPTED}
DANGER: frozenset[str] = frozenset(
    {Reason.RISK_CHILD, Reason.RISK_ADULT, Reason.RISK_WORKER, Reason.COERCION, Reason.HBA_FM_FGM}
)


def in_danger(facts: Facts) -> bool:
    """Whether asking or telling somebody is said to bring danger."""
    return any(DANGER & {person.not_asked_reason, person.informing.reason} for person in facts.people)


def may_be_dangerous(facts: Facts) -> bool:
    """Whether there is said to be danger, or somebody here may have caused harm and could do so again."""
    return in_danger(facts) or any(person.alleged_source_of_harm for person in facts.people)


def informing_recorded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whether each person whose information is shared was informed (2024 guidance, rule 2), except a baby."""
    if is_shared(facts):
        for person in concerned(facts):
            if not person.informing.state and not too_young(person):
                yield finding("NOT_INFORMED_YET", person=person.ref)


def not_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Not informing somebody needs a reason, an end and somebody's agreement (2024 guidance, rule 2)."""
    for person in facts.people:
        informing = person.informing
        if informing.state not in codes.NOT_INFORMED:
            continue
        if informing.reason not in frozenset(Reason) and is_empty_reason(informing.text):
            yield finding("INFORMING_REASON", person=person.ref)
        if informing.review_on is None and informing.closing not in frozenset(Closing):
            yield finding("INFORMING_END", person=person.ref)
        agreed = not is_empty_reason(informing.approver) or not is_empty_reason(informing.agreed_with)
        if informing.closing == Closing.HANDED_OVER and is_empty_reason(informing.by_whom):
            yield finding("INFORMING_HANDED_TO", person=person.ref)
        elif informing.closing and informing.closing != Closing.HANDED_OVER and not agreed:
            yield finding("INFORMING_CLOSED_WITH", person=person.ref)
        if informing.state == Informing.NOT_TELLING and not agreed and informing.closing != Closing.NEVER_BY_US:
            yield finding("INFORMING_APPROVER", person=person.ref)


def informed_safely(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What happened is recorded even if it was not safe, and the supervisor sees it."""
    danger = may_be_dangerous(facts)
    for person in facts.people:
        if _unsafe(person, danger=danger):
            yield finding("INFORMING_UNSAFE", person=person.ref)
        if _against_the_record(person):
            yield finding("INFORMING_WAY_UNSAFE", person=person.ref)
        if person.informing.state == Informing.PARTLY_TOLD and is_empty_reason(person.informing.text):
            yield finding("INFORMING_PART", person=person.ref)
        if person.informing.state == Informing.DELEGATED and is_empty_reason(person.informing.by_whom):
            yield finding("INFORMING_BY_WHOM", person=person.ref)


def when_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What came first has a time that shows it, and an attempt is made again (2024 guidance, rule 7)."""
    for person in facts.people:
        informing = person.informing
        if informing.state == Informing.TOLD_BEFORE and informing.at is None:
            yield finding("INFORMED_WHEN", person=person.ref)
        if informing.state == Informing.ATTEMPTED and informing.review_on is None and not informing.closing:
            yield finding("INFORMING_AGAIN", person=person.ref)
        if informing.state == Informing.DELEGATED and informing.review_on is None and not informing.closing:
            yield finding("INFORMING_BY_WHEN", person=person.ref)


def _unsafe(person: PersonFacts, *, danger: bool) -> bool:
    """Not safe, or not known to be safe when a risk is known: when they were informed, or at any attempt."""
    informing = person.informing
    ways = [attempt.safe_contact for attempt in informing.attempts]
    if informing.state in CONTACTED:
        ways.append(informing.safe_contact)
    return YesNoUnknown.NO in ways or (danger and YesNoUnknown.UNKNOWN in ways)


def _against_the_record(person: PersonFacts) -> bool:
    """Contacted in a way that is recorded as not safe, while the answer given now does not say that it was unsafe."""
    informing = person.informing
    ways = [(attempt.way_known, attempt.safe_contact) for attempt in informing.attempts]
    if informing.state in CONTACTED:
        ways.append((informing.way_known, informing.safe_contact))
    return any(known == WayKnown.NO and answer != YesNoUnknown.NO for known, answer in ways)


RULES = (informing_recorded, not_informed, informed_safely, when_informed)
