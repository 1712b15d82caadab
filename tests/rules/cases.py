"""Facts bent by one thing at a time, and what the rules find in them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from rules.assess import assess
from rules.facts import BasisFacts, Facts, PersonFacts
from rules.included import INCLUDED_KINDS
from rules.people import given_items


def at(day: str, time: str = "12:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}:00").replace(tzinfo=UTC)


def basis(*provisions: str, person: str | None = None, answer: str = "", kind: str = "") -> tuple[BasisFacts, ...]:
    answers = {"why": answer} if answer else {}
    return tuple(BasisFacts(code=code, person_ref=person, answers=answers, kind=kind) for code in provisions)


def codes_of(facts: Facts) -> set[str]:
    return {finding.code for finding in assess(facts).findings}


def blocking(facts: Facts) -> set[str]:
    return {finding.code for finding in assess(facts).blocking}


def with_person(facts: Facts, ref: str, **changes: Any) -> Facts:
    people = tuple(replace(person, **changes) if person.ref == ref else person for person in facts.people)
    return replace(facts, people=people)


def with_informing(facts: Facts, ref: str, **changes: Any) -> Facts:
    person = next(person for person in facts.people if person.ref == ref)
    return with_person(facts, ref, informing=replace(person.informing, **changes))


def with_includes(facts: Facts) -> Facts:
    """What the decision says it includes is what its given items are marked with."""
    marked = {kind for item in given_items(facts) for kind in item.sensitivities}
    return replace(facts, includes=tuple(kind.value for kind in INCLUDED_KINDS if kind in marked) or ("none",))


def with_times(facts: Facts) -> Facts:
    """The time of each answer that a scenario says nothing about: two hours before the decision."""
    before = facts.decided_at - timedelta(hours=2) if facts.decided_at else None
    return replace(facts, people=tuple(_with_times(person, before) for person in facts.people))


def _with_times(person: PersonFacts, before: datetime | None) -> PersonFacts:
    informing = person.informing
    if informing.state == "TOLD_BEFORE":
        informing = replace(informing, at=informing.at or before)
    consented = person.consent_state in {"GIVEN", "GIVEN_PARTIAL"}
    return replace(person, informing=informing, consent_at=person.consent_at or (before if consented else None))


def filled_in(scenario: Callable[[], Facts]) -> Callable[[], Facts]:
    return wraps(scenario)(lambda: with_times(with_includes(scenario())))


def with_item(facts: Facts, ref: str, **changes: Any) -> Facts:
    items = tuple(replace(item, **changes) if item.ref == ref else item for item in facts.items)
    return with_includes(replace(facts, items=items)) if facts.includes else replace(facts, items=items)


def with_organisation(facts: Facts, **changes: Any) -> Facts:
    return replace(facts, organisation=replace(facts.organisation, **changes))


def with_request(facts: Facts, **changes: Any) -> Facts:
    return replace(facts, request=replace(facts.request, **changes))


def with_basis(facts: Facts, *provisions: BasisFacts) -> Facts:
    return replace(facts, basis=(*facts.basis, *provisions))


def without_provisions(facts: Facts, *codes: str) -> Facts:
    return replace(facts, basis=tuple(provision for provision in facts.basis if provision.code not in codes))
