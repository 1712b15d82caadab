"""Who is bound to which account at a service, and what the database holds whoever asks it."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import SignOn, User
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast

cast = shared.cast
ISSUER = "https://login.example.org"
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def bound(person: User, subject: str = "somebody", issuer: str = ISSUER) -> SignOn:
    held: SignOn = actions.bind_sign_on(user=person, issuer=issuer, subject=subject, at=timezone.now())
    return held


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_signon SET subject = 'another'",
        "UPDATE accounts_signon SET user_id = (SELECT id FROM accounts_user WHERE email = 'teammate@north.test')",
        (
            "INSERT INTO accounts_signon (public_id, issuer, subject, bound_at, organisation_id, user_id) SELECT "
            "'a4e6a4a0-3cbb-4f0c-9a2c-0d2f6b4b9a11', 'i', 's', bound_at, organisation_id, "
            "(SELECT id FROM accounts_user WHERE email = 'practitioner@south.test') FROM accounts_signon"
        ),
        (
            "INSERT INTO accounts_signon (public_id, issuer, subject, bound_at, organisation_id, user_id) SELECT "
            "'a4e6a4a0-3cbb-4f0c-9a2c-0d2f6b4b9a11', issuer, subject, bound_at, organisation_id, "
            "(SELECT id FROM accounts_user WHERE email = 'teammate@north.test') FROM accounts_signon"
        ),
    ],
    ids=["another subject", "another person", "of another organisation", "the same subject"],
)
def test_the_database_refuses(cast: Cast, invited: User, change: str) -> None:
    bound(invited)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_nobody_with_a_password_is_bound_nor_anybody_deactivated(cast: Cast, invited: User) -> None:
    with pytest.raises(PermissionDenied):
        bound(cast.practitioner)
    actions.deactivate(user=invited, by=cast.administrator, at=AT)
    with pytest.raises(PermissionDenied):
        bound(invited)
    assert not SignOn.objects.exists()


def test_an_account_at_a_service_is_one_persons(cast: Cast, invited: User) -> None:
    bound(invited)
    actions.withdraw_password(user=cast.teammate, by=cast.administrator, at=AT)
    for person, subject in [(cast.teammate, "somebody"), (invited, "second")]:
        with pytest.raises(PermissionDenied):
            bound(person, subject)
    bound(cast.teammate, "another")


def test_a_new_link_ends_it(cast: Cast, invited: User) -> None:
    """Else whoever made the link for themselves could look on unnoticed."""
    bound(invited)
    actions.withdraw_password(user=invited, by=cast.administrator, at=AT)
    assert not SignOn.objects.exists()
    assert "deleted accounts.signon" in entered(cast.organisation)


def test_taken_away_by_an_administrator_of_the_organisation(cast: Cast, invited: User) -> None:
    held = bound(invited)
    for nobody in (cast.supervisor, cast.stranger.administrator, invited):
        with pytest.raises(PermissionDenied):
            actions.unbind_sign_on(sign_on=held, by=nobody, at=AT)
    actions.unbind_sign_on(sign_on=held, by=cast.administrator, at=AT)
    assert not SignOn.objects.exists()
    assert not User.objects.get(pk=invited.pk).check_password(PASSWORD)
