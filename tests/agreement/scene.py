"""The organisation, the family and the address book that facts speak of, and a draft about them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from accounts.actions import add_recipient, change_organisation
from accounts.models import User
from decisions import actions
from decisions.models import Decision
from drafting import actions as drafting_actions
from families.details import PersonDetails
from families.models import Family
from rules.facts import Facts, PersonFacts
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests.agreement.answers import in_the_book
from tests.agreement.complete import LOCAL
from tests.agreement.drawing import RECORDED
from tests.cast import Company
from tests.decisions import law_said
from tests.drafting import scenario_cases
from tests.drafting.households import household

EARLIER = RECORDED - timedelta(days=500)


def begin(facts: Facts, company: Company) -> tuple[Decision, User]:
    """An empty draft, and its author."""
    previous = _former(company) if facts.follows else None
    family = set_scene(facts, company)
    draft = drafting_actions.start(
        entry_route=facts.entry_route,
        team=company.team,
        family=family,
        by=company.practitioner,
        at=RECORDED,
        supersedes=previous,
    )
    return draft, company.practitioner


def set_scene(facts: Facts, company: Company) -> Family:
    ours, by = facts.organisation, company.administrator
    change_organisation(
        name=company.organisation.name, kind=ours.kind, sector=ours.sector, in_scope_16la=ours.in_scope_16la,
        policy_document_on=ours.policy_document_on, policy_document_link="", by=by, at=EARLIER,
    )  # fmt: skip
    for recipient in filter(in_the_book, facts.recipients):
        add_recipient(
            name=recipient.organisation, kind=recipient.kind, route_kind="phone", route="01632 960111", checked_on=None,
            in_scope_16la=recipient.in_scope_16la, by=by, at=EARLIER,
        )  # fmt: skip
    _say_of_the_law(facts, company.officer)
    company.practitioner.refresh_from_db()
    people = [_details(facts, person) for person in facts.people]
    return household(people, team=company.team, by=company.practitioner, at=EARLIER, name="Brook")


def _say_of_the_law(facts: Facts, by: User) -> None:
    for code, day in facts.commencements.items():
        law_said.commenced(by, code=code, on_day=day, at=RECORDED)
    for _ in facts.local_provisions:
        row: dict[str, Any] = {name: value for name, value in LOCAL.items() if name != "code"}
        actions.add_local_provision(name=LOCAL["code"], answers=row, by=by, at=RECORDED)
    for code, day in facts.retired.items():
        actions.retire_provision(code=code, on_day=day, source="Board", why="Not used here.", by=by, at=RECORDED)


def _details(facts: Facts, person: PersonFacts) -> PersonDetails:
    """Of that age on the day of the decision: by birth date on a birthday or the day before one, or as it was told."""
    assert facts.decided_at
    known = PersonDetails(
        name=person.ref, role=person.role, due_on=person.due_on, parental_responsibility=person.parental_responsibility
    )
    if person.age is None:
        return known
    day, age = facts.decided_at.date(), int(person.age)
    number = [person.ref for person in facts.people].index(person.ref)
    births = (_years_before(day, age), _years_before(day + timedelta(days=1), age + 1))
    if number < len(births):
        return replace(known, date_of_birth=births[number])
    return replace(known, age=age, age_on=day)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


def _former(company: Company) -> Decision:
    """A decision to share, recorded earlier, that is taken up again."""
    family = scenario_cases.set_scene(scenario_cases.S01, company, RECORDED)
    by = company.practitioner
    draft = drafting_actions.start(entry_route="DECIDING", team=company.team, family=family, by=by, at=RECORDED)
    return record_story(decision=draft, story=stories.refused_and_shared(RECORDED), by=by, at=RECORDED)
