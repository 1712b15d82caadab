"""Who is bound to which account at a service, and what the database holds whoever asks it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import SignOn, User
from accounts.sign_on import configured
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast
from tests.pages import PageClient

cast = shared.cast
ISSUER = "https://accounts.google.com"
PEOPLE = "/administration/people/"
SCHOOL = {
    "SIGN_ON": "school",
    "SIGN_ON_SCHOOL_KIND": "google",
    "SIGN_ON_SCHOOL_CLAIM": "north.test",
    "SIGN_ON_SCHOOL_ORGANISATION": "Northmere Council",
    "SIGN_ON_SCHOOL_CLIENT_ID": "us",
    "SIGN_ON_SCHOOL_CLIENT_SECRET": "x",
}
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
    actions.withdraw_password(user=cast.administrator, by=cast.officer, at=AT)
    own = bound(cast.administrator, "administrator")
    with pytest.raises(ValidationError, match="Ask another administrator"):
        actions.unbind_sign_on(sign_on=own, by=own.user, at=AT)
    actions.unbind_sign_on(sign_on=own, by=cast.officer, at=AT)
    actions.unbind_sign_on(sign_on=held, by=cast.administrator, at=AT)
    assert not SignOn.objects.exists()
    assert not User.objects.get(pk=invited.pk).check_password(PASSWORD)


def test_what_an_administrator_sees_of_it_and_ends(
    cast: Cast, invited: User, as_user: Callable[[User], PageClient], settings: LazySettings
) -> None:
    """And the person is out of every session at once."""
    settings.SIGN_ON = configured.read(SCHOOL)
    held, client = bound(invited), as_user(cast.administrator)
    theirs = as_user(held.user)
    assert theirs.get("/password/").headers["Location"] == "/"  # they have no password to change
    people, page = (client.get(path).content.decode() for path in (PEOPLE, f"{PEOPLE}{invited.public_id}/"))
    assert "Invited" not in people
    assert "Signs in with Google" in page
    assert "somebody" not in page
    answer = client.post(f"{PEOPLE}{invited.public_id}/sign-ons/{held.public_id}/end/")
    assert answer.headers["Location"] == f"{PEOPLE}{invited.public_id}/"
    assert theirs.get("/password/").headers["Location"] == "/sign-in/?next=/password/"
    assert client.get("/password/").status_code == 200
    assert "Invited" in client.get(PEOPLE).content.decode()
