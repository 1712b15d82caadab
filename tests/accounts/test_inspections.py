"""An inspector's access is agreed to by two, is theirs for some days, and is nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.access_mail import send_notices
from accounts.models import AccessNotice, Inspection, InspectionTeam, Membership, User
from accounts.roles import Permission, Role
from tests import shared
from tests.accounts.inspectors import asked_inspection, inspection_of, inspector_of
from tests.cast import Cast
from tests.pages import PageClient
from ui.moments import moment

cast = shared.cast

NOW = timezone.now()
DAY = timedelta(days=1)


def plain(model: type[models.Model]) -> Any:
    return models.QuerySet(model)


def readers(change: str) -> set[str]:
    return {row.reader.full_name for row in AccessNotice.objects.filter(change=change).select_related("reader")}


def answered(row: Inspection, by: User, *, agreed: bool = True) -> Inspection:
    return actions.answer_inspection(inspection=row, agreed=agreed, by=by, at=timezone.now())


@pytest.mark.sqlite
class TestTwoAgree:
    def test_an_officer_agrees_and_then_supervisors_are_readers(self, cast: Cast, settings: Any) -> None:
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "site@north.test"
        row = asked_inspection(cast)
        assert readers("ask_inspect") == {"Femi Larkin"}
        assert not User.objects.get(pk=row.user_id).roles
        answered(row, cast.officer)
        assert User.objects.get(pk=row.user_id).roles == {Role.INSPECTOR}
        assert readers("inspection") == {"Dilan Marsh"}
        send_notices()
        assert cast.supervisor.email in [message.to[0] for message in mail.outbox]
        assert not any("Quill" in message.body for message in mail.outbox)

    def test_the_page_that_asks_says_on_which_days_they_read(self, cast: Cast) -> None:
        row = asked_inspection(cast)
        client = PageClient()
        client.force_login(cast.officer)
        page = client.get(reverse("administration:inspection_answer", args=[row.public_id])).content.decode()
        assert f"They read from {moment(row.opens_on)} to {moment(row.ends_on)}." in page

    def test_whoever_asked_may_only_take_it_back(self, cast: Cast) -> None:
        row = asked_inspection(cast, by=cast.officer)
        with pytest.raises(ValidationError, match="Somebody else must agree"):
            answered(row, cast.officer)
        answered(row, cast.officer, agreed=False)
        with pytest.raises(ValidationError, match="answered already"):
            answered(row, cast.administrator)

    def test_an_administrator_only_where_no_other_officer_is(self, cast: Cast) -> None:
        """The only officer asked, so an administrator agrees; where there is another, they do not."""
        row = asked_inspection(cast, by=cast.officer)
        assert readers("ask_inspect") == {"Edie Farrow"}
        plain(User).filter(pk=cast.teammate.pk).update(organisation_role="data_protection_officer")
        with pytest.raises(ValidationError, match="data protection officer must agree"):
            answered(row, cast.administrator)
        answered(row, cast.teammate)

    def test_nobody_is_invited_where_nobody_could_agree(self, cast: Cast) -> None:
        plain(User).filter(pk=cast.officer.pk).update(organisation_role="")
        with pytest.raises(ValidationError, match="Nobody else can agree"):
            asked_inspection(cast)
        assert not User.objects.filter(is_inspector=True).exists()

    def test_the_supervisors_of_the_teams_alone(self, cast: Cast) -> None:
        inspection_of(cast, teams=(cast.other_team_row,))
        notice = AccessNotice.objects.get(change="inspection")
        assert (notice.reader, notice.team) == (cast.administrator, cast.other_team_row)

    def test_who_made_a_link_for_the_other_does_not_agree(self, cast: Cast) -> None:
        row = asked_inspection(cast)
        actions.withdraw_password(user=cast.officer, by=cast.administrator, at=timezone.now())
        with pytest.raises(ValidationError, match="it might be one person"):
            answered(row, User.objects.get(pk=cast.officer.pk))


@pytest.mark.sqlite
class TestForSomeDays:
    @pytest.mark.parametrize(("first", "last", "reads"), [(0, 0, True), (-1, 1, True), (1, 5, False), (-5, -1, False)])
    def test_both_days_included_and_no_other(self, first: int, last: int, *, reads: bool) -> None:
        today = timezone.localdate()
        kept = Inspection(agreed=True, opens_on=today + first * DAY, ends_on=today + last * DAY)
        assert kept.counts_on(today) is reads

    def test_ends_by_itself(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        inspector = inspector_of(cast)
        assert inspector.has(Permission.READ_DECISIONS)
        last = Inspection.objects.get().ends_on
        for day, reads in ((last, True), (last + DAY, False), (timezone.localdate() - DAY, False)):
            inspector.forget_roles()
            monkeypatch.setattr("accounts.inspecting.timezone.localdate", lambda day=day: day)
            assert inspector.has(Permission.READ_DECISIONS) is reads, day

    def test_ends_early_at_the_next_request_and_does_not_begin_again(self, cast: Cast) -> None:
        inspector = inspector_of(cast)
        row = Inspection.objects.get()
        actions.end_inspection(inspection=row, by=cast.administrator, at=timezone.now())
        assert not User.objects.get(pk=inspector.pk).roles
        asked = asked_inspection(cast, email=inspector.email)
        assert (asked.user_id, asked.agreed) == (inspector.pk, None)
        assert not User.objects.get(pk=inspector.pk).roles

    @pytest.mark.parametrize(
        ("other", "message"),
        [
            ({"ends_on": 31}, "31 days at most"),
            ({"ends_on": -1}, "first day or later"),
            ({"recorded_to": -40}, "first day or later"),
            ({"opens_on": -9, "ends_on": -2}, "today or later"),
        ],
        ids=str,
    )
    def test_days_that_cannot_be(self, cast: Cast, other: dict[str, int], message: str) -> None:
        today = timezone.localdate()
        days: dict[str, Any] = {name: today + number * DAY for name, number in other.items()}
        with pytest.raises(ValidationError, match=message):
            asked_inspection(cast, **days)

    def test_thirty_one_days_can(self, cast: Cast) -> None:
        assert asked_inspection(cast, ends_on=timezone.localdate() + 30 * DAY).pk

    def test_one_at_a_time(self, cast: Cast) -> None:
        inspector = inspector_of(cast)
        with pytest.raises(ValidationError, match="can read decisions already"):
            asked_inspection(cast, email=inspector.email)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda cast, who, at: actions.add_membership(
            user=who, team=cast.team, role="practitioner", by=cast.administrator, at=at), "inspector's"),
        (lambda cast, who, at: actions.change_organisation_role(
            user=who, organisation_role="administrator", by=cast.administrator, at=at), "inspector's"),
        (lambda cast, who, at: actions.add_cover(
            team=cast.team, user=who, starts_on=at.date(), ends_on=at.date(), why="nobody", by=cast.administrator,
            at=at), "supervises a team"),
    ],
    ids=["a team", "an office", "cover"],
)  # fmt: skip
def test_nothing_else(cast: Cast, act: Callable[..., Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        act(cast, inspector_of(cast), timezone.now())


def test_the_address_of_a_colleague_is_no_inspectors(cast: Cast) -> None:
    for taken in (cast.teammate.email, cast.stranger.teammate.email):
        with pytest.raises(ValidationError, match="cannot be used"):
            asked_inspection(cast, email=taken)


class TestTheDatabase:
    """Past every action."""

    def refused(self, write: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            return True
        return False

    def test_an_inspector_is_nothing_else(self, cast: Cast) -> None:
        who = inspector_of(cast)
        held = Membership.objects.get(user=cast.practitioner)
        people = plain(User).filter(pk=who.pk)
        place = Membership(organisation=cast.organisation, user=who, team=cast.team, role="practitioner")
        writes: list[Callable[[], object]] = [
            lambda: people.update(organisation_role="administrator"),
            lambda: people.update(is_inspector=False),
            lambda: plain(User).filter(pk=cast.teammate.pk).update(is_inspector=True),
            lambda: plain(Membership).bulk_create([place]),
            lambda: plain(Membership).filter(pk=held.pk).update(user=who),
        ]
        assert [self.refused(write) for write in writes] == [True] * len(writes)

    def test_what_is_read_is_what_was_agreed_to(self, cast: Cast) -> None:
        row = inspection_of(cast, teams=(cast.team,))
        rows, days = plain(Inspection).filter(pk=row.pk), row.ends_on + DAY
        more = InspectionTeam(organisation=cast.organisation, inspection=row, team=cast.other_team_row)
        writes: list[Callable[[], object]] = [
            lambda: rows.update(ends_on=days),
            lambda: rows.update(recorded_from=row.recorded_from - DAY),
            lambda: rows.update(all_teams=True),
            lambda: rows.update(answered_by=row.asked_by),
            lambda: rows.update(agreed=None, answered_by=None, answered_at=None),
            lambda: plain(InspectionTeam).bulk_create([more]),
            lambda: plain(InspectionTeam).filter(inspection=row).update(team=cast.other_team_row),
            rows.delete,
        ]
        assert [self.refused(write) for write in writes] == [True] * len(writes)

    @pytest.mark.parametrize("wrong", ["too long", "not an inspector", "another organisation's", "agreed alone"])
    def test_what_is_asked_for(self, cast: Cast, wrong: str) -> None:
        row = inspection_of(cast)
        actions.end_inspection(inspection=row, by=cast.officer, at=NOW)
        row = Inspection.objects.get(pk=row.pk)
        right = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        del right["id"], right["public_id"]
        other: dict[str, dict[str, Any]] = {
            "too long": {"ends_on": row.opens_on + 31 * DAY},
            "not an inspector": {"user_id": cast.teammate.pk},
            "another organisation's": {"organisation_id": cast.stranger.organisation.pk},
            "agreed alone": {"answered_by_id": row.asked_by_id},
        }
        assert not self.refused(lambda: plain(Inspection).bulk_create([Inspection(**right)]))
        assert self.refused(lambda: plain(Inspection).bulk_create([Inspection(**{**right, **other[wrong]})]))
