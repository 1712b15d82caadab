from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import actions
from accounts.models import DutyNumber, Organisation, Recipient, User
from tests import shared
from tests.accounts.entries import entered, last
from tests.cast import Cast

cast = shared.cast

NOW = timezone.now()
DETAILS: dict[str, Any] = {
    "name": "Northmere Council",
    "kind": "PUB",
    "sector": "la",
    "in_scope_16la": True,
    "policy_document_on": None,
    "policy_document_link": "",
}
ENTRY: dict[str, Any] = {
    "name": "Northmere front door",
    "kind": "social_care",
    "route_kind": "secure_email",
    "route": "duty@north.test",
    "checked_on": date(2026, 11, 2),
}


def add(by: User) -> Recipient:
    return actions.add_recipient(**ENTRY, by=by, at=NOW)


def test_create_organisation_makes_its_first_administrator(db: None) -> None:
    first = actions.create_organisation(
        name=" Eastmoor ",
        kind="NON",
        sector="charity",
        administrator_name="Ola Penn",
        administrator_email="O@E.test",
        at=NOW,
    )
    assert first.organisation.name == "Eastmoor"
    assert (first.email, first.organisation_role, first.has_usable_password()) == ("o@e.test", "administrator", False)
    assert entered(first.organisation) == ["created accounts.organisation", "created accounts.user"]
    assert last(first.organisation).actor_id is None


def test_nobody_signed_in_creates_an_organisation(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.create_organisation(
            name="Eastmoor",
            kind="NON",
            sector="charity",
            administrator_name="Ola",
            administrator_email="o@e.test",
            by=cast.administrator,  # type: ignore[arg-type]  # what the type already forbids
            at=NOW,
        )


def test_a_taken_address_makes_no_organisation(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.create_organisation(
            name="Eastmoor",
            kind="NON",
            sector="charity",
            administrator_name="Ola",
            administrator_email=cast.practitioner.email,
            at=NOW,
        )
    assert set(refused.value.error_dict) == {"administrator_email"}
    assert not Organisation.objects.filter(name="Eastmoor").exists()


def test_change_organisation_enters_what_changed(cast: Cast) -> None:
    given = {**DETAILS, "kind": "NON", "policy_document_on": date(2026, 1, 5)}
    changed = actions.change_organisation(**given, by=cast.administrator, at=NOW)
    assert changed.kind == "NON"
    assert last(cast.organisation).changes == {
        "kind": ["PUB", "NON"],
        "policy_document_on": [None, "2026-01-05"],
    }


def test_nothing_changed_is_nothing_entered(cast: Cast) -> None:
    actions.change_organisation(**DETAILS, by=cast.administrator, at=NOW)
    assert entered(cast.organisation) == []


def test_only_offices_change_settings(cast: Cast) -> None:
    for user in (cast.practitioner, cast.supervisor):
        with pytest.raises(PermissionDenied):
            actions.change_organisation(**DETAILS, by=user, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.change_duty_numbers(numbers=[], by=user, at=NOW)
        with pytest.raises(PermissionDenied):
            add(user)


def test_duty_numbers_become_exactly_the_list(cast: Cast) -> None:
    def become(*numbers: tuple[str, str]) -> list[tuple[str, str]]:
        actions.change_duty_numbers(numbers=numbers, by=cast.administrator, at=NOW)
        return list(DutyNumber.objects.filter(organisation=cast.organisation).values_list("label", "number"))

    day, night = ("Day desk", "0300 000 0001"), ("Night desk", "0300 000 0002")
    assert become(day, night) == [day, night]
    assert become(night, day) == [night, day]
    assert become(day) == [day]
    assert become() == []
    assert entered(cast.organisation)[-1] == "deleted accounts.dutynumber"


def test_duty_numbers_next_door_stay(cast: Cast) -> None:
    actions.change_duty_numbers(numbers=[("Desk", "0300")], by=cast.stranger.administrator, at=NOW)
    actions.change_duty_numbers(numbers=[], by=cast.administrator, at=NOW)
    assert DutyNumber.objects.count() == 1


def test_address_book(cast: Cast) -> None:
    entry = add(cast.administrator)
    changed = actions.change_recipient(recipient=entry, **{**ENTRY, "route": "new@north.test"}, by=cast.officer, at=NOW)
    assert changed.route == "new@north.test"
    assert last(cast.organisation).changes == {"route": ["duty@north.test", "new@north.test"]}
    assert actions.retire_recipient(recipient=entry, by=cast.officer, at=NOW).retired
    assert not actions.restore_recipient(recipient=entry, by=cast.officer, at=NOW).retired
    assert len(entered(cast.organisation)) == 4


def test_another_organisations_entries_are_out_of_reach(cast: Cast) -> None:
    entry = add(cast.stranger.administrator)
    with pytest.raises(PermissionDenied):
        actions.change_recipient(recipient=entry, **ENTRY, by=cast.administrator, at=NOW)
    for act in (actions.retire_recipient, actions.restore_recipient):
        with pytest.raises(PermissionDenied):
            act(recipient=entry, by=cast.administrator, at=NOW)
    assert len(entered(cast.stranger.organisation)) == 1
