"""The law behind not informing somebody whose information goes, or not for more than a month.

The reason says why it is right; the law says why it is allowed. Whoever is told soon, in part or by somebody else needs
a reason, a date and who agreed (`informing.py`, `openness.py`), and no law of its own.
"""

from collections.abc import Iterator
from datetime import date

from rules import codes
from rules.codes import Informing, Level, Sensitivity
from rules.deadlines import month_after
from rules.exemptions import ExemptionCode, exemption, fits, fits_a_crime
from rules.facts import Facts, PersonFacts, day_of
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, is_shared, too_young

NOT_KNOWN = "Choose a law that is on the list."
# Not told when it goes. Whoever is told in part knows who gets what and why: what was left out needs a reason only.
NOT_YET_INFORMED = codes.NOT_INFORMED | {Informing.ATTEMPTED, Informing.DELEGATED}


def law_fits(facts: Facts, _law: Law) -> Iterator[Finding]:
    """The law that was chosen can stand behind the reason (Data Protection Act 2018 Schedule 2 Part 1)."""
    for person in facts.people:
        chosen, reason = person.informing.exemption, person.informing.reason
        if not chosen or person.informing.state not in NOT_YET_INFORMED or fits(chosen, reason):
            continue
        if not fits_a_crime(chosen, reason):
            yield finding("EXEMPTION_DOUBT", person=person.ref, law=ExemptionCode.label_of(chosen), ask=_ask(chosen))
        elif not speaks_of_crime(facts):
            yield finding("EXEMPTION_CRIME", person=person.ref)


def _ask(chosen: str) -> str:
    found = exemption(chosen)
    return " ".join(found.tests) if found else NOT_KNOWN


def speaks_of_crime(facts: Facts) -> bool:
    """Whether anything on the record says that there may be a crime."""
    marked = any(Sensitivity.OFFENCES in item.sensitivities for item in facts.items)
    return marked or facts.level == Level.CRIME or any(person.alleged_source_of_harm for person in facts.people)


def law_chosen(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Never informing somebody whose information goes, or not within a month, needs a law (UK GDPR Article 14(3))."""
    for person in concerned(facts) if is_shared(facts) else ():
        if person.informing.exemption or too_young(person):
            continue
        if never_informed(person):
            yield finding("EXEMPTION_MISSING", person=person.ref)
        elif _informed_late(facts, person):
            yield finding("EXEMPTION_LATER", person=person.ref)


def never_informed(person: PersonFacts) -> bool:
    """Not by us, and without a review date: that somebody else takes it on is no law."""
    informing = person.informing
    return informing.state == Informing.NOT_TELLING or (
        informing.state == Informing.DEFERRED and bool(informing.closing) and informing.review_on is None
    )


def _informed_late(facts: Facts, person: PersonFacts) -> bool:
    went, review_on = first_went_on(facts), person.informing.review_on
    if went is None or review_on is None:
        return False
    return person.informing.state in NOT_YET_INFORMED and review_on > month_after(went)


def first_went_on(facts: Facts) -> date | None:
    """The day on which something first went to somebody; before that, the day it was decided."""
    return min((sending.at.date() for sending in facts.sendings if sending.at), default=day_of(facts))


RULES = (law_fits, law_chosen)
