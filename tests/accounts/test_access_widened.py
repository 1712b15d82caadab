"""Nobody is given more of the case records by one person alone, or without those who can ask what it is for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.access_mail import send_notices
from accounts.actions.importing import RowsRefused
from accounts.importing.rows import StaffRow
from accounts.models import AccessNotice, Membership, RoleAgreement, User
from accounts.roles import Role, widens
from tests import shared
from tests.accounts.entries import entered
from tests.cast import Cast
from ui.csv_files import Line

cast = shared.cast

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LINE = Line(1, ())
Act = Callable[[Cast], Any]


def given(cast: Cast, user: User, role: str = "administrator", by: User | None = None) -> User:
    by = by or cast.administrator
    person: User = actions.change_organisation_role(user=user, organisation_role=role, by=by, at=NOW)
    return person


def answered(cast: Cast, *, agreed: bool = True, by: User | None = None) -> RoleAgreement:
    row = RoleAgreement.objects.get()
    answer: RoleAgreement = actions.answer_agreement(agreement=row, agreed=agreed, by=by or cast.officer, at=NOW)
    return answer


def placed(cast: Cast, user: User, team: Any = None, role: str = "practitioner", by: User | None = None) -> Any:
    by = by or cast.administrator
    return actions.add_membership(user=user, team=team or cast.team, role=role, by=by, at=NOW)


def imported(cast: Cast, user: User, by: User) -> Any:
    row = StaffRow(LINE, user.full_name, user.email, "", cast.team.name, Role.SUPERVISOR)
    return actions.import_people(rows=[row], sha256="0", by=by, at=NOW)


def covering(cast: Cast, user: User, by: User) -> Any:
    return actions.add_cover(
        team=cast.other_team_row, user=user, starts_on=TODAY, ends_on=TODAY, why="nobody", by=by, at=NOW
    )


def readers(change: str) -> set[str]:
    rows = AccessNotice.objects.filter(change=change).select_related("reader")
    return {row.reader.full_name for row in rows}


@pytest.mark.sqlite
class TestNobodyWidensTheirOwn:
    @pytest.fixture
    def supervising(self, cast: Cast) -> User:
        """An administrator who supervises a team, as in a small charity."""
        placed(cast, cast.administrator, cast.team, "supervisor", by=cast.officer)
        return User.objects.get(pk=cast.administrator.pk)

    @pytest.mark.parametrize(
        "act",
        [
            lambda cast, me: placed(cast, me, cast.other_team_row, by=me),
            lambda cast, me: given(cast, me, "data_protection_officer", by=me),
            lambda cast, me: given(cast, me, "", by=me),
            lambda cast, me: covering(cast, me, by=me),
        ],
        ids=["team", "role", "giving it up", "cover"],
    )
    def test_by_a_page(self, cast: Cast, supervising: User, act: Callable[[Cast, User], Any]) -> None:
        with pytest.raises(ValidationError, match="Ask another administrator"):
            act(cast, supervising)
        assert Membership.objects.filter(user=supervising).count() == 1

    def test_by_a_file(self, cast: Cast) -> None:
        with pytest.raises(RowsRefused) as refused:
            imported(cast, cast.administrator, by=cast.administrator)
        assert "cannot put yourself in a team" in refused.value.reasons[1][0]


class TestTwoForARole:
    @pytest.mark.parametrize("role", ["administrator", "data_protection_officer"])
    def test_waits_for_the_second(self, cast: Cast, role: str) -> None:
        assert given(cast, cast.teammate, role).organisation_role == ""
        assert readers("asked") == {"Femi Larkin"}
        answered(cast)
        assert User.objects.get(pk=cast.teammate.pk).organisation_role == role
        assert not User.objects.filter(has_access_notices=True).exists()
        assert entered(cast.organisation)[-2:] == ["changed accounts.user", "changed accounts.roleagreement"]

    def test_whoever_asked_never_agrees_and_may_take_it_back(self, cast: Cast) -> None:
        given(cast, cast.teammate)
        with pytest.raises(ValidationError, match="must agree to what you asked for"):
            answered(cast, by=cast.administrator)
        answered(cast, agreed=False, by=cast.administrator)
        assert User.objects.get(pk=cast.teammate.pk).organisation_role == ""
        with pytest.raises(ValidationError, match="answered already"):
            answered(cast)

    def test_invited_and_imported_too(self, cast: Cast) -> None:
        by = cast.administrator
        asked = actions.invite(
            full_name="Noor", email="noor@north.test", organisation_role="administrator", by=by, at=NOW
        )
        row = StaffRow(LINE, "Kay", "kay@north.test", "", "", Role.DATA_PROTECTION_OFFICER)
        actions.import_people(rows=[row], sha256="0", by=by, at=NOW)
        assert asked.organisation_role == User.objects.get(email="kay@north.test").organisation_role == ""
        assert RoleAgreement.objects.filter(answered_at=None).count() == 2

    def test_the_person_themselves_only_where_there_is_no_third(self, cast: Cast) -> None:
        """The officer makes the administrator an officer: two people are in it, and nobody else is there."""
        given(cast, cast.administrator, "data_protection_officer", by=cast.officer)
        assert readers("asked") == {"Edie Farrow"}
        given(cast, cast.teammate, by=cast.officer)
        actions.answer_agreement(
            agreement=RoleAgreement.objects.get(user=cast.teammate), agreed=True, by=cast.administrator, at=NOW
        )
        own = RoleAgreement.objects.get(user=cast.administrator)
        with pytest.raises(ValidationError, match="about your own role"):
            actions.answer_agreement(agreement=own, agreed=True, by=cast.administrator, at=NOW)
        actions.answer_agreement(agreement=own, agreed=True, by=cast.teammate, at=NOW)

    def test_once_at_a_time(self, cast: Cast) -> None:
        given(cast, cast.teammate)
        with pytest.raises(ValidationError, match="before"):
            given(cast, cast.teammate, "data_protection_officer")

    @pytest.mark.parametrize("link_first", [True, False])
    @pytest.mark.parametrize("asking", ["administrator", "officer"])
    def test_not_by_a_link_that_one_made_for_the_other(self, cast: Cast, asking: str, *, link_first: bool) -> None:
        """An administrator makes a link for the officer, comes in as them, and agrees to what they asked, or asks."""
        asker, other = getattr(cast, asking), cast.officer if asking == "administrator" else cast.administrator
        for is_link in (link_first, not link_first):
            if is_link:
                actions.withdraw_password(user=cast.officer, by=cast.administrator, at=NOW)
            else:
                given(cast, cast.teammate, by=asker)
        with pytest.raises(ValidationError, match="made a new link for the other"):
            answered(cast, by=other)
        answered(cast, agreed=False, by=other)
        later = NOW + timedelta(days=8)
        actions.change_organisation_role(user=cast.teammate, organisation_role="administrator", by=asker, at=later)
        again = RoleAgreement.objects.get(answered_at=None)
        actions.answer_agreement(agreement=again, agreed=True, by=other, at=later)
        assert User.objects.get(pk=cast.teammate.pk).organisation_role == "administrator"

    def test_not_for_whoever_supervises_by_now(self, cast: Cast) -> None:
        given(cast, cast.teammate, "data_protection_officer")
        placed(cast, cast.teammate, role="supervisor")
        with pytest.raises(ValidationError, match="End their place as supervisor first"):
            answered(cast)

    def test_not_for_whoever_lost_their_own_meanwhile(self, cast: Cast) -> None:
        given(cast, cast.teammate)
        given(cast, cast.administrator, "", by=cast.officer)
        with pytest.raises(ValidationError, match="no longer has a role in the organisation"):
            answered(cast)

    def test_alone_the_supervisors_are_told(self, cast: Cast) -> None:
        actions.deactivate(user=cast.officer, by=cast.administrator, at=NOW)
        assert readers("deactivated") == {"Dilan Marsh"}
        assert given(cast, cast.teammate, "data_protection_officer").organisation_role == "data_protection_officer"
        assert readers("office") == {"Dilan Marsh"}

    def test_reactivating_gives_no_role_back_alone(self, cast: Cast) -> None:
        given(cast, cast.teammate)
        answered(cast)
        actions.deactivate(user=cast.teammate, by=cast.administrator, at=NOW)
        back = actions.reactivate(user=cast.teammate, by=cast.administrator, at=NOW)
        assert (back.is_active, back.organisation_role) == (True, "")
        assert RoleAgreement.objects.filter(user=cast.teammate, answered_at=None).exists()

    def test_what_allows_less_needs_nobody(self, cast: Cast) -> None:
        assert given(cast, cast.officer, "administrator").organisation_role == "administrator"

    @pytest.mark.parametrize("who", ["practitioner", "supervisor"])
    def test_others_do_not_answer(self, cast: Cast, who: str) -> None:
        given(cast, cast.teammate)
        for by in (getattr(cast, who), cast.stranger.officer):
            with pytest.raises(PermissionDenied):
                answered(cast, by=by)

    @pytest.mark.parametrize(
        "columns",
        [
            "agreed = TRUE, answered_by_id = asked_by_id, answered_at = asked_at",
            "agreed = TRUE",
            "organisation_role = 'supervisor'",
        ],
    )
    def test_nor_does_the_database_take_one_for_two(self, cast: Cast, columns: str) -> None:
        given(cast, cast.teammate)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE accounts_roleagreement SET {columns}")


class TestNotices:
    """At once, on their home page: of every route into a team's records."""

    ROUTES: dict[str, tuple[Act, str, set[str]]] = {
        "a place": (lambda c: placed(c, c.other_team), "team_role", {"Dilan Marsh"}),
        "a file": (lambda c: imported(c, c.other_team, by=c.administrator), "team_role", {"Dilan Marsh"}),
        "a first supervisor": (
            lambda c: placed(c, c.teammate, c.other_team_row, "supervisor"), "team_role", {"Femi Larkin"},
        ),
        "cover": (lambda c: covering(c, c.supervisor, by=c.administrator), "cover", {"Femi Larkin"}),
        "a link": (
            lambda c: actions.withdraw_password(user=c.practitioner, by=c.administrator, at=NOW), "link",
            {"Dilan Marsh", "Asha Verrall"},
        ),
        "a link of an officer": (
            lambda c: actions.withdraw_password(user=c.officer, by=c.administrator, at=NOW), "link",
            {"Dilan Marsh", "Femi Larkin"},
        ),
        "reactivated": (
            lambda c: (
                actions.deactivate(user=c.practitioner, by=c.administrator, at=NOW),
                actions.reactivate(user=c.practitioner, by=c.administrator, at=NOW),
            ),
            "reactivated", {"Dilan Marsh"},
        ),
        "a role ended": (lambda c: given(c, c.officer, ""), "office_ended", {"Dilan Marsh"}),
    }  # fmt: skip

    @pytest.mark.parametrize("route", ROUTES)
    def test_of(self, cast: Cast, route: str) -> None:
        act, change, who = self.ROUTES[route]
        act(cast)
        assert readers(change) == who
        waiting = set(User.objects.filter(has_access_notices=True).values_list("full_name", flat=True))
        assert waiting == who

    def test_whoever_covers_today_too_and_not_who_did(self, cast: Cast) -> None:
        placed(cast, cast.other_team, cast.other_team_row, "supervisor")
        covering(cast, cast.supervisor, by=cast.administrator)
        AccessNotice.objects.all().delete()
        placed(cast, cast.teammate, cast.other_team_row)
        assert readers("team_role") == {"Cerys Holt", "Dilan Marsh"}
        actions.add_membership(
            user=cast.practitioner, team=cast.other_team_row, role="practitioner", by=cast.officer,
            at=NOW + timedelta(days=1),
        )  # fmt: skip
        assert AccessNotice.objects.filter(about=cast.practitioner).count() == 1

    def test_not_twice_for_nothing_new(self, cast: Cast) -> None:
        placed(cast, cast.practitioner)
        actions.reactivate(user=cast.practitioner, by=cast.administrator, at=NOW)
        assert not AccessNotice.objects.exists()

    def test_read_is_read_but_what_waits_for_an_answer_stays(self, cast: Cast) -> None:
        given(cast, cast.teammate)
        placed(cast, cast.teammate, cast.other_team_row)
        actions.mark_notices_seen(by=cast.officer, at=NOW)
        assert [row.change for row in AccessNotice.objects.filter(seen_at=None)] == ["asked"]
        assert User.objects.get(pk=cast.officer.pk).has_access_notices


@pytest.mark.sqlite
class TestEmail:
    @pytest.fixture(autouse=True)
    def _server(self, settings: Any) -> None:
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "no-reply@north.test"
        settings.ALLOWED_HOSTS, settings.DEMO = ["decisions.north.test", "testserver"], False

    def test_one_at_once_with_a_link_and_no_name(self, cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            placed(cast, cast.other_team)
            placed(cast, cast.administrator, by=cast.officer)
        [message] = mail.outbox
        assert message.to == [cast.supervisor.email]
        assert "https://decisions.north.test/administration/access/" in message.body
        for word in ("Cerys", "Holt", "Edie", "Harbour", "Northmere"):
            assert word not in f"{message.subject} {message.body}"

    def test_one_that_failed_goes_later_and_once(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        placed(cast, cast.other_team)

        def down(*_: object) -> None:
            raise ConnectionRefusedError

        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", down)
            send_notices()
        send_notices()
        send_notices()
        assert [message.to for message in mail.outbox] == [[cast.supervisor.email]]

    def test_none_without_a_server_and_none_of_yesterday(self, cast: Cast, settings: Any) -> None:
        placed(cast, cast.other_team)
        settings.EMAIL_HOST = ""
        send_notices()
        settings.EMAIL_HOST = "mail.test"
        AccessNotice.objects.update(made_at=NOW - timedelta(days=2))
        send_notices()
        assert mail.outbox == []


class TestTheLast:
    WAYS = (
        "is_active = FALSE",
        "organisation_role = ''",
        "organisation_id = (SELECT MAX(id) FROM accounts_organisation)",
    )

    @pytest.mark.parametrize("change", WAYS)
    def test_stays_in_the_database(self, cast: Cast, change: str) -> None:
        actions.deactivate(user=cast.officer, by=cast.administrator, at=NOW)
        for who, refused in ((cast.officer, False), (cast.administrator, True), (cast.teammate, False)):
            assert self.is_refused(f"UPDATE accounts_user SET {change} WHERE id = {who.pk}") is refused

    def test_nor_is_deleted(self, cast: Cast) -> None:
        actions.deactivate(user=cast.officer, by=cast.administrator, at=NOW)
        assert self.is_refused(f"DELETE FROM accounts_user WHERE id = {cast.administrator.pk}")

    def is_refused(self, sql: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        except IntegrityError as error:
            return "the last active administrator" in str(error)
        return False


@pytest.mark.parametrize(
    ("held", "wanted", "more"),
    [
        ("", "administrator", True), ("administrator", "data_protection_officer", True),
        ("data_protection_officer", "administrator", False), ("administrator", "", False),
        ("administrator", "administrator", False),
    ],
)  # fmt: skip
def test_what_allows_more(held: str, wanted: str, *, more: bool) -> None:
    assert widens(held, wanted) is more
