"""Who in a reader's family could be put at risk by a letter, or must not learn of what it says.

Every decision about the family counts, also one that the letter's author may not see: what is answered is yes or no for
the whole family, and no page says which decision or whom it comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from audit.statements import rows_where
from decisions.models import DecisionPerson
from families.models import KnownRisk, Person, SafeContact
from families.presenters import ContactLine, contact_lines
from letters.routes import Route, why_not_by
from rules.codes import INFORMED, NOT_INFORMED, Consent, YesNoUnknown
from rules.informing import DANGER


@dataclass(frozen=True)
class Household:
    reader: Person
    contacts: list[SafeContact]  # of the reader
    risk: bool
    kept_at_home: bool

    def why_not_by(self, route: str, today: date) -> str:
        return why_not_by(route, self.contacts, risk_in_family=self.risk, kept_at_home=self.kept_at_home, today=today)

    def refused_routes(self, today: date) -> dict[str, str]:
        """By route, why a letter must not go that way today."""
        return {route: why for route in Route if (why := self.why_not_by(route, today))}

    def contact_lines(self, today: date) -> list[ContactLine]:
        """Without a number or an address: those are on a page that enters who saw them."""
        return contact_lines(self.contacts, risk_in_family=self.risk, today=today)


def household_of(reader: DecisionPerson) -> Household:
    return household_of_person(reader.person_id)


def household_of_person(key: int) -> Household:
    """Of one person of a family."""
    [own] = rows_where(Person, "pk", [key])
    family = {each.pk: each for each in rows_where(Person, "family", [own.family_id])}
    risks = rows_where(KnownRisk, "person", family)
    as_recorded = _on_decisions(family)
    kept_from = {row.person_id for row in as_recorded if _must_not_learn(row)}
    kept_from |= {risk.person_id for risk in risks if risk.kind == KnownRisk.Kind.MUST_NOT_FIND_OUT}
    return Household(
        reader=own,
        contacts=rows_where(SafeContact, "person", [own.pk]),
        risk=bool(risks) or any(map(_is_danger, as_recorded)),
        kept_at_home=any(_may_read_the_post(own, family[key]) for key in kept_from - {own.pk}),
    )


def _on_decisions(family: Iterable[int]) -> list[DecisionPerson]:
    """As they stand on recorded decisions that no later one has taken the place of."""
    rows = DecisionPerson.objects.filter(person__in=list(family), decision__state="recorded")
    return list(rows.exclude(decision__followed_by__state="recorded").prefetch_related("informing_events"))


def _must_not_learn(row: DecisionPerson) -> bool:
    """Not informed, or not yet, for whatever reason, or not asked because that is not safe."""
    events = list(row.informing_events.all())
    state = events[-1].informing_state if events else row.informing_state
    unasked = row.consent_state == Consent.NOT_SOUGHT_UNSAFE and state not in INFORMED
    return state in NOT_INFORMED or unasked


def _is_danger(row: DecisionPerson) -> bool:
    """As rules.informing.may_be_dangerous says of a decision."""
    events = list(row.informing_events.all())
    reasons = {row.not_asked_reason, events[-1].informing_reason if events else row.informing_reason}
    return row.source_of_harm or bool(DANGER & reasons)


def _may_read_the_post(reader: Person, other: Person) -> bool:
    """Of the family's home: whoever opens it, and whoever is not recorded as living elsewhere."""
    if reader.at_home == YesNoUnknown.NO:
        return False
    return other.opens_post == YesNoUnknown.YES or other.at_home != YesNoUnknown.NO
