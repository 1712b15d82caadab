"""Who has consented, to what, for whom and until when: four things are called consent, and they differ."""

from datetime import date

from rules import codes
from rules.codes import AgreedTo, Consent
from rules.facts import Facts, PersonFacts, day_of
from rules.people import consent_state, is_parent


def consent_givers(facts: Facts, person: PersonFacts) -> tuple[PersonFacts, ...]:
    """Whose yes counts for this person: their own, or for a child who cannot decide those of the parents."""
    if consent_state(person) == Consent.NOT_COMPETENT:
        return tuple(other for other in facts.people if is_parent(other))
    return (person,)


def agreed(facts: Facts, person: PersonFacts, to: str = AgreedTo.SHARING, day: date | None = None) -> bool:
    """Whether a yes to this stands for this person on a day, or on that of the decision."""
    return not why_not_agreed(facts, person, to, day)


def why_not_agreed(facts: Facts, person: PersonFacts, to: str = AgreedTo.SHARING, day: date | None = None) -> str:
    """The finding that says why consent does not stand for this person; empty where it does.

    With two parents, one consent is enough here: a disagreement is a finding of its own.
    """
    on = day or day_of(facts)
    reasons = [_why_not(giver, person, to, on) for giver in consent_givers(facts, person)]
    return min(reasons, key=ORDER.index, default="CONSENT_BASIS")


# Of several reasons, the one nearest to consent comes first.
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
    """Whether they want the help itself: being content with it is enough, a yes to something else is not."""
    to = person.agreed_to
    return consent_state(person) in codes.AGREED and (not to or AgreedTo.SERVICE in to)
