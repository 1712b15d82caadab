"""A draft from a person or disclosure corrected since says so, and is not recorded until its author looks again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision, DecisionPerson
from drafting.actions import NotReady, record, save_page, supersede
from drafting.draft import load
from drafting.form_data import as_saved
from drafting.sources import as_shown, source_changes
from drafting.steps import STEPS
from families.actions import (
    add_safe_contact,
    add_team_to_family,
    correct_disclosure,
    correct_person,
    remove_team_from_family,
    set_known_risks,
    set_safe_contact,
)
from families.details import ContactDetails, DisclosureDetails, PersonDetails
from families.models import Disclosure, Person
from tests.decisions.cases import CHILD, MOTHER, Case
from tests.pages import PageClient

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
Change = Callable[[Case], object]


def person(name: str = CHILD) -> Person:
    found: Person = Person.objects.get(name=name)
    return found


def renamed(case: Case, name: str = CHILD, to: str = "Tomas Ashdown") -> Person:
    row = person(name)
    kept = {field: getattr(row, field) for field in PersonDetails.__dataclass_fields__}
    return correct_person(
        person=row, details=PersonDetails(**{**kept, "name": to}), version=row.version, why="Misspelt",
        by=case.cast.teammate, at=case.at,
    )  # fmt: skip


def corrected(case: Case, **changes: Any) -> Disclosure:
    row = Disclosure.objects.get(pk=case.disclosure.pk)
    kept = {field: getattr(row, field) for field in DisclosureDetails.__dataclass_fields__}
    return correct_disclosure(
        disclosure=row, details=DisclosureDetails(**{**kept, "facts": "Two bruises.", **changes}), version=row.version,
        why="He told me more", by=case.cast.teammate, at=case.at,
    )  # fmt: skip


def risky(case: Case) -> None:
    row = person(MOTHER)
    set_known_risks(person=row, notes={"other": "A dog"}, version=row.version, by=case.cast.teammate, at=case.at)


def unsafe(case: Case) -> None:
    by, row = case.cast.teammate, person(MOTHER)
    contact = add_safe_contact(person=row, details=ContactDetails(kind="phone"), by=by, at=case.at)
    details = ContactDetails(kind="phone", safe="no", why="He has it", checked_on=case.at.date())
    set_safe_contact(contact=contact, details=details, version=1, by=by, at=case.at)


CHANGES: dict[str, tuple[Change, str, str]] = {
    "a name": (renamed, "people", "What is known about Tomas Ashdown was changed on"),
    "a known risk": (risky, "people", f"What is known about {MOTHER} was changed on"),
    "a safe contact": (unsafe, "people", f"What is known about {MOTHER} was changed on"),
    "a disclosure": (corrected, "concern", "was changed on"),
}


def recorded(case: Case) -> Decision:
    return record(decision=case.decision, by=case.cast.practitioner, at=case.at)


def saved_again(case: Case, key: str, sources: str | None = None) -> None:
    """The author opens the page and saves it as it is; `sources` are the versions it showed."""
    draft = load(case.decision, case.cast.practitioner)
    page_type = next(step.page for step in STEPS if step.key == key)
    data: QueryDict = as_saved(page_type(draft).forms)
    data["sources"] = page_type(draft).sources if sources is None else sources
    page = page_type(draft, data)
    assert page.is_valid()
    save_page(page=page, version=draft.version(key), by=case.cast.practitioner, at=case.at, judge=False)


def words(case: Case) -> list[str]:
    return [change.words for change in source_changes(load(case.decision, case.cast.practitioner))]


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_corrected_is_said_and_by_whom(complete: Case, name: str) -> None:
    change, _, says = CHANGES[name]
    change(complete)
    assert says in words(complete)[0]
    assert "by Bram Oduya" in words(complete)[0]


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", ["a known risk", "a disclosure"])
def test_what_was_corrected_is_looked_at_before_it_is_recorded(complete: Case, name: str) -> None:
    """One of each page: whatever is said stands in the way."""
    change, page, _ = CHANGES[name]
    change(complete)
    with pytest.raises(NotReady) as refused:
        recorded(complete)
    assert refused.value.page == page
    saved_again(complete, page)
    assert words(complete) == []
    assert not recorded(complete).is_draft


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", ["a name", "a disclosure"])
def test_the_page_and_the_check_say_what_changed(complete: Case, as_user: SignIn, name: str) -> None:
    change, key, says = CHANGES[name]
    change(complete)
    client, here = as_user(complete.cast.practitioner), [complete.decision.public_id]
    page = reverse("drafting:page", args=[*here, key])
    check = client.get(reverse("drafting:check", args=here)).content.decode()
    assert says in check
    assert "Ready to record" not in check
    assert page in check
    html = client.get(page).content.decode()
    assert says in html
    assert "See what was changed" in html
    other = client.get(reverse("drafting:page", args=[*here, "people" if key == "concern" else "concern"]))
    assert says not in other.content.decode()


def test_nothing_is_said_where_nothing_changed(complete: Case) -> None:
    assert words(complete) == []
    assert not recorded(complete).is_draft


def test_somebody_who_is_not_part_of_it_changes_nothing(complete: Case) -> None:
    DecisionPerson.objects.get(decision=complete.decision, name=MOTHER)
    others = Person.objects.exclude(pk__in=complete.decision.people.values("person"))
    for row in others:
        renamed(complete, row.name, "Somebody Else")
    assert words(complete) == []


@pytest.mark.parametrize("key", ["people", "concern"])
def test_a_page_opened_before_the_correction_is_no_look_at_it(complete: Case, key: str) -> None:
    shown = as_shown([person()] if key == "people" else [complete.disclosure])
    CHANGES["a name" if key == "people" else "a disclosure"][0](complete)
    saved_again(complete, key, sources=shown)
    assert len(words(complete)) == 1
    with pytest.raises(NotReady):
        recorded(complete)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("sent", ["", "nonsense", "a.b c.d", "1.1 .", "."])
def test_whatever_comes_back_in_the_hidden_field_is_read(complete: Case, sent: str) -> None:
    renamed(complete)
    saved_again(complete, "people", sources=sent)
    assert words(complete) == []


def test_each_change_is_looked_at(complete: Case) -> None:
    """Confirming one does not confirm the next."""
    corrected(complete)
    saved_again(complete, "concern")
    corrected(complete, facts="Three bruises.")
    assert len(words(complete)) == 1
    saved_again(complete, "concern")
    assert recorded(complete).facts == "Three bruises."


def test_who_may_no_longer_see_the_family_is_not_told_of_it(complete: Case) -> None:
    """The words saved stay, and other things stand in the way of recording."""
    cast, at = complete.cast, complete.at
    renamed(complete)
    corrected(complete)
    add_team_to_family(family=complete.family, team=cast.other_team_row, by=cast.practitioner, at=at)
    remove_team_from_family(family=complete.family, team=cast.team, by=cast.practitioner, at=at)
    assert words(complete) == []


def test_a_new_decision_says_what_changed_since_the_one_before(complete: Case) -> None:
    by = complete.cast.practitioner
    recorded(complete)
    renamed(complete)
    draft = supersede(decision=complete.decision, by=by, at=complete.at + timedelta(hours=1))
    assert "Tomas Ashdown" in source_changes(load(draft, by))[0].words


def test_it_costs_nothing_where_nothing_changed(complete: Case) -> None:
    draft = load(complete.decision, complete.cast.practitioner)
    with CaptureQueriesContext(connection) as queries:
        assert source_changes(draft) == []
    assert not queries.captured_queries
