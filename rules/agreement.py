"""Who has consented, to what, for whom and until when. The four kinds of consent are separate."""

from datetime import date

from rules import codes
from rules.codes import AgreedTo, Consent
from rules.facts import Facts, PersonFacts, day_of
from rules.people import consent_state, is_parent


def consent_givers(facts: Facts, person: PersonFacts) -> tuple[PersonFacts, ...]:
    """Whose consent counts for this person: their own, or for a child who cannot decide that of the parents."""
    if consent_state(person) == Consent.NOT_COMPETENT:
        return tuple(other for other in facts.people if is_parent(other))
    return (person,)


def agreed(facts: Facts, person: PersonFacts, to: str = AgreedTo.SHARING, day: date | None = None) -> bool:
    """Whether consent to this is in force for this person on a day, or else on the day of the decision."""
    return not why_not_agreed(facts, person, to, day)


def why_not_agreed(facts: Facts, person: PersonFacts, to: str = AgreedTo.SHARING, day: date | None = None) -> str:
    """The code of the finding that says why consent does not count for this person; empty if it does.

    With two parents, the consent of one is enough here: a disagreement is a finding of its own.
    """
    on = day or day_of(facts)
    reasons = [_why_not(giver, person, to, on) for giver in consent_givers(facts, person)]
    return min(reasons, key=ORDER.index, default="CONSENT_BASIS")


# If there are several reasons, the one closest to valid consent comes first.
ORDER = ("", "CONSENT_OTHER", "CONSENT_NOT_COVERED", "CONSENT_ENDED", "CONSENT_BASIS")


def _why_not(giver: PersonFacts, person: PersonFacts, to: str, day: date | None) -> str:
    if consent_state(giver) != Consent.GIVEN:
        return "CONSENT_BASIS"
    if giver.until is not None and day is not None and giver.until < day:
        return "CONSENT_ENDED"
    if giver.covers and person.ref not in giver.covers:
        return "CONSENT_NOT_COVERED"
    if giver.agreed_to and to not in giver.agreed_to:
        return "CONSENT_OTHER"
    return ""


def agreed_to_service(person: PersonFacts) -> bool:
    """Whether they want the help itself: agreeing with it is enough, consent to something else is not."""
    to = person.agreed_to
    return consent_state(person) in codes.AGREED and (not to or AgreedTo.SERVICE in to)
