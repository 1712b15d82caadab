"""Being open with the family: told, told later, or not told for a reason that ends somewhere."""

from collections.abc import Iterator

from rules import codes
from rules.codes import Reason, Telling, YesNoUnknown
from rules.empty_reasons import is_no_reason
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, find
from rules.law import Law
from rules.people import concerned, is_shared, too_young

REACHED = codes.TOLD | {Telling.ATTEMPTED}
DANGER: frozenset[str] = frozenset(
    {Reason.RISK_CHILD, Reason.RISK_ADULT, Reason.RISK_WORKER, Reason.COERCION, Reason.HBA_FM_FGM}
)


def answered(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whether each person whose data goes was told (2024 guidance, rule 2); a baby cannot be."""
    if is_shared(facts):
        for person in concerned(facts):
            if not person.telling.state and not too_young(person):
                yield find("NOT_TOLD_YET", person=person.ref)


def not_told(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Not telling needs a reason and an end, and someone who agreed (2024 guidance, rule 2)."""
    for person in facts.people:
        telling = person.telling
        if telling.state not in codes.NOT_TOLD:
            continue
        if telling.reason not in frozenset(Reason) and is_no_reason(telling.text):
            yield find("TELLING_REASON", person=person.ref)
        if telling.review_on is None and telling.closing not in frozenset(codes.Closing):
            yield find("TELLING_END", person=person.ref)
        agreed = not is_no_reason(telling.approver) or not is_no_reason(telling.agreed_with)
        if telling.closing and not agreed:
            yield find("TELLING_CLOSED_WITH", person=person.ref)
        if telling.state == Telling.NOT_TELLING and not agreed:
            yield find("TELLING_APPROVER", person=person.ref)


def told_how(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What happened is recorded even where it was not safe; the supervisor sees it at once."""
    danger = any(DANGER & {one.not_asked_reason, one.telling.reason} for one in facts.people)
    for person in facts.people:
        if _unsafe(person, danger=danger):
            yield find("TELLING_UNSAFE", person=person.ref)
        if person.telling.state == Telling.PARTLY_TOLD and is_no_reason(person.telling.text):
            yield find("TELLING_PART", person=person.ref)
        if person.telling.state == Telling.DELEGATED and is_no_reason(person.telling.by_whom):
            yield find("TELLING_BY_WHOM", person=person.ref)


def _unsafe(person: PersonFacts, *, danger: bool) -> bool:
    """Not safe, or not known to be where a risk is flagged: unknown counts as no then."""
    safely = person.telling.safe_contact
    doubtful = safely == YesNoUnknown.NO or (danger and safely == YesNoUnknown.UNKNOWN)
    return person.telling.state in REACHED and doubtful


RULES = (answered, not_told, told_how)
