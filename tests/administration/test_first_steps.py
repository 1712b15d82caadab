"""The list that goes once an organisation has what it needs, each line from rows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import create_organisation
from accounts.models import DutyNumber, Membership, Organisation, Recipient, Team, User
from accounts.roles import Role
from administration.first_steps import STEPS, first_steps
from audit import ledger
from tests import shared
from tests.cast import Cast

cast, now = shared.cast, shared.now
pytestmark = pytest.mark.sqlite


def to_do(user: User, *, is_verified: bool = True) -> list[str]:
    return [task.title for task in first_steps(user, is_verified=is_verified) if task.colour]


@pytest.fixture
def whole(cast: Cast, now: datetime) -> User:
    """Everything there; the administrator who looks at it."""
    with ledger.recording(actor=None, at=now):
        _complete(cast)
    return cast.administrator


def _complete(cast: Cast) -> None:
    organisation = cast.administrator.organisation
    for team in Team.objects.filter(organisation=organisation):
        Membership.objects.get_or_create(
            organisation=organisation, team=team, user=cast.supervisor, role=Role.SUPERVISOR
        )
    User.objects.get_or_create(
        email="second@first-steps.test",
        defaults={"organisation": organisation, "full_name": "Ivo Tan", "organisation_role": Role.ADMINISTRATOR},
    )
    DutyNumber.objects.create(organisation=organisation, label="Police", number="999")
    Recipient.objects.create(
        organisation=organisation, name="Duty desk", kind="POLICE", route_kind="PHONE", route="101",
        checked_on=timezone.localdate(),
    )  # fmt: skip


def test_nothing_is_shown_once_all_is_there(whole: User) -> None:
    assert first_steps(whole, is_verified=True) == []


def turn_off(people: "QuerySet[User]") -> None:
    for person in people:
        person.is_active = False
        person.save()


def uncheck(own: Organisation) -> None:
    for recipient in Recipient.objects.filter(organisation=own):
        recipient.checked_on = None
        recipient.save()


def officers(own: Organisation) -> "QuerySet[User]":
    return User.objects.filter(organisation=own, organisation_role=Role.DATA_PROTECTION_OFFICER)


def seconds(own: Organisation) -> "QuerySet[User]":
    return User.objects.filter(organisation=own, email="second@first-steps.test")


TAKEN: dict[str, Callable[[Organisation], object]] = {
    "Invite practitioners": lambda own: Membership.objects.filter(
        organisation=own, role=Role.PRACTITIONER
    ).remove_audited(),
    "Invite a supervisor for each team": lambda own: Team.objects.create(organisation=own, name="Lantern"),
    "Invite a data protection officer": lambda own: turn_off(officers(own)),
    "Invite a second administrator": lambda own: turn_off(seconds(own)),
    "Enter numbers to call first": lambda own: DutyNumber.objects.filter(organisation=own).remove_audited(),
    "Check the secure routes in the address book": uncheck,
}


@pytest.mark.parametrize("title", TAKEN)
def test_what_is_missing_is_to_do_and_the_rest_completed(whole: User, now: datetime, title: str) -> None:
    with ledger.recording(actor=None, at=now):
        TAKEN[title](whole.organisation)
    assert to_do(whole) == [title]
    assert len(first_steps(whole, is_verified=True)) == len(STEPS)


def test_a_log_that_was_never_verified_is_to_do(whole: User) -> None:
    assert to_do(whole, is_verified=False) == ["Verify the audit log once"]


def test_a_new_organisation_has_everything_to_do_in_one_query(db: None) -> None:
    first = create_organisation(
        name="New Trust", kind="NON", sector="charity", administrator_name="Ada Finch",
        administrator_email="first@new.test", at=timezone.now(),
    )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        assert to_do(first, is_verified=False) == [step.title for step in STEPS]
    assert len(queries) == 1
