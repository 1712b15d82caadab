"""The six are one closed record, and one decision says the rest."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404

from accounts.models import User
from audit.models import LedgerEntry
from decisions import actions
from decisions.models import Decision, UrgentRecord
from drafting import actions as drafting_actions
from drafting.draft import load
from drafting.steps import is_done, path, step_on_path
from families.models import Family
from safeguarding.demo import stories
from safeguarding.demo.filling import filled_page, record_story
from tests import shared
from tests.cast import Cast
from tests.drafting.households import address_book, household

URGENT_FIELDS = {
    "who": "A boy of about 14, red coat",
    "information": "Seen forced into a car by two adults. His text says help.",
    "recipient": "Police, 999",
    "why": "He had been taken minutes before.",
    "how": "By phone",
}
# A Saturday night in July, and Sunday morning: S05.
DECIDED = datetime.fromisoformat("2026-07-18T22:05+01:00")
TOLD = datetime.fromisoformat("2026-07-18T22:06+01:00")
WRITTEN = datetime.fromisoformat("2026-07-19T09:10+01:00")
RAVENSMERE = stories.SOCIAL_CARE


def record(cast: Cast, *, at: datetime = WRITTEN, by: User | None = None, **answers: object) -> UrgentRecord:
    given = {**URGENT_FIELDS, "shared_at": TOLD, **answers}
    return drafting_actions.record_urgent(
        team=cast.team, answers=given, submission_id=uuid4(), by=by or cast.practitioner, at=at
    )


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def family(cast: Cast, now: datetime) -> Family:
    return household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)


class TestRecording:
    def test_keeps_the_six_and_who_wrote_them(self, cast: Cast) -> None:
        urgent = UrgentRecord.objects.get(pk=record(cast).pk)
        assert {name: getattr(urgent, name) for name in URGENT_FIELDS} == URGENT_FIELDS
        assert (urgent.shared_at, urgent.recorded_at) == (TOLD, WRITTEN)
        assert (urgent.author, urgent.author_name, urgent.author_job) == (
            cast.practitioner, cast.practitioner.full_name, cast.practitioner.job_title,
        )  # fmt: skip
        assert (urgent.team_name, urgent.organisation_name) == (cast.team.name, cast.organisation.name)
        assert urgent.organisation == cast.organisation
        assert urgent.reference.startswith("U-")

    @pytest.mark.parametrize(
        ("written", "due"),
        [
            ("2026-07-19T09:10+01:00", date(2026, 7, 20)),  # Sunday: S05
            ("2026-07-20T09:00+01:00", date(2026, 7, 21)),  # a Monday
            ("2026-07-17T23:59+01:00", date(2026, 7, 20)),  # Friday, before midnight here
            ("2026-07-19T23:30+00:00", date(2026, 7, 21)),  # Sunday by UTC, Monday here
            ("2026-08-28T12:00+01:00", date(2026, 9, 1)),  # the summer bank holiday lies between
            ("2026-12-24T12:00+00:00", date(2026, 12, 29)),  # Christmas, its weekend and the day for Boxing Day
        ],
    )
    def test_is_due_by_the_end_of_the_next_working_day(self, cast: Cast, written: str, due: date) -> None:
        at = datetime.fromisoformat(written)
        assert record(cast, at=at, shared_at=at).complete_by == due

    def test_without_a_time_it_was_just_now(self, cast: Cast) -> None:
        assert record(cast, shared_at=None).shared_at == WRITTEN

    def test_told_after_it_was_written_is_refused(self, cast: Cast) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            record(cast, shared_at=WRITTEN + timedelta(minutes=1))

    def test_leaves_an_entry_with_references_and_no_text(self, cast: Cast) -> None:
        urgent = record(cast)
        entry = LedgerEntry.objects.get(event="urgent.recorded")
        assert (entry.object_repr, entry.organisation) == (urgent.reference, cast.organisation.pk)
        assert entry.actor == cast.practitioner
        assert entry.additional_data == {"complete_by": "2026-07-20"}
        assert not any(text in str(entry.changes) for text in URGENT_FIELDS.values())


class TestTwice:
    def test_the_same_page_sent_twice_is_one_record(self, cast: Cast, now: datetime) -> None:
        given, submission_id = {**URGENT_FIELDS, "shared_at": None}, uuid4()
        first, second = (
            drafting_actions.record_urgent(
                team=cast.team,
                answers=given,
                submission_id=submission_id,
                by=cast.practitioner,
                at=now + timedelta(seconds=more),
            )
            for more in (0, 3)
        )
        assert first == second
        assert UrgentRecord.objects.count() == 1
        assert LedgerEntry.objects.filter(event="urgent.recorded").count() == 1

    @pytest.mark.parametrize(
        "change",
        [{"information": "Something else as well"}, {"shared_at": TOLD - timedelta(hours=1)}, {"shared_at": None}],
    )
    def test_sent_again_with_other_answers_it_is_another(self, cast: Cast, change: dict[str, object]) -> None:
        given, submission_id = {**URGENT_FIELDS, "shared_at": TOLD}, uuid4()
        for answers in (given, {**given, **change}):
            drafting_actions.record_urgent(
                team=cast.team, answers=answers, submission_id=submission_id, by=cast.practitioner, at=WRITTEN
            )
        assert UrgentRecord.objects.count() == 2

    def test_another_persons_page_is_never_taken_for_it(self, cast: Cast) -> None:
        submission_id = uuid4()
        for by in (cast.practitioner, cast.teammate):
            drafting_actions.record_urgent(
                team=cast.team,
                answers={**URGENT_FIELDS, "shared_at": TOLD},
                submission_id=submission_id,
                by=by,
                at=WRITTEN,
            )
        assert {one.author for one in UrgentRecord.objects.all()} == {cast.practitioner, cast.teammate}


class TestWhoMayRecord:
    @pytest.mark.parametrize("who", ["supervisor", "administrator", "officer", "other_team"])
    def test_only_a_practitioner_of_the_team(self, cast: Cast, who: str) -> None:
        with pytest.raises(PermissionDenied):
            record(cast, by=getattr(cast, who))
        assert not UrgentRecord.objects.exists()

    def test_nobody_of_another_organisation(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            record(cast, by=cast.stranger.practitioner)


class TestWhoSees:
    def test_the_team_and_its_supervisor_and_nobody_else(self, cast: Cast) -> None:
        urgent = record(cast)
        sees = {name for name in ("practitioner", "teammate", "supervisor", "other_team", "administrator", "officer")
                if UrgentRecord.objects.visible_to(getattr(cast, name)).filter(pk=urgent.pk).exists()}  # fmt: skip
        assert sees == {"practitioner", "teammate", "supervisor"}
        for user in cast.stranger.everybody:
            assert not UrgentRecord.objects.visible_to(user).exists()

    def test_opening_it_is_entered(self, cast: Cast, now: datetime) -> None:
        urgent = record(cast)
        actions.open_urgent(urgent=urgent, by=cast.supervisor, at=now)
        entry = LedgerEntry.objects.get(event="urgent.opened")
        assert (entry.actor, entry.object_repr) == (cast.supervisor, urgent.reference)

    def test_overdue_from_the_day_after(self, cast: Cast) -> None:
        record(cast)
        assert not UrgentRecord.objects.overdue(date(2026, 7, 20)).exists()
        assert UrgentRecord.objects.overdue(date(2026, 7, 21)).exists()


def completed(cast: Cast, family: Family, urgent: UrgentRecord, at: datetime, **changes: object) -> Decision:
    """Only what is missing, through the real pages."""
    draft = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=at)
    story = stories.refused_and_shared(at)
    asked = {"trigger": "PRO"}
    give = {
        "item": [
            {**one, "give_to": [urgent.recipient]} if "give_to" in one else one for one in story["information"]["item"]
        ]
    }
    say = {**story["consent"], "choices": {urgent.recipient: {"choice": "no"}}}
    outcome = dict(changes)
    sent = {name: answers for name, answers in story["sending"].items() if name != "sending"}
    # They were told when it was shared, which is before it is written up.
    sent["informing"] = {
        who: {**answers, "informed_at": urgent.shared_at} if answers.get("informed_at") else answers
        for who, answers in sent["informing"].items()
    }
    concern = {"level": story["concern"]["level"]}
    whole = {
        **story,
        "concern": concern,
        "request": asked,
        "information": give,
        "consent": say,
        "outcome": outcome,
        "sending": sent,
    }
    return record_story(decision=draft, story=whole, by=cast.practitioner, at=at)


class TestCompleting:
    def test_nothing_is_typed_twice(self, cast: Cast, family: Family, now: datetime) -> None:
        urgent = record(cast)
        draft = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        assert (draft.urgent, draft.entry_route, draft.team) == (urgent, "TOLD", cast.team)
        assert (draft.facts, draft.why_now) == (urgent.information, urgent.why)
        assert (draft.outcome, draft.decided_at) == ("SHARED_ALL_NECESSARY", TOLD)
        [recipient] = draft.recipients.all()
        assert (recipient.name, recipient.recipient) == ("Police, 999", None)
        [sending] = draft.sendings.all()
        assert (sending.recipient, sending.sent_at, sending.how) == (recipient, TOLD, "By phone")
        assert (sending.written_at, sending.written_by) == (WRITTEN, cast.practitioner)

    def test_whoever_was_told_is_found_in_the_address_book(self, cast: Cast, family: Family, now: datetime) -> None:
        address_book(RAVENSMERE, by=cast.administrator, at=now)
        urgent = record(cast, recipient=RAVENSMERE.upper())
        draft = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        [recipient] = draft.recipients.all()
        assert (recipient.name, recipient.route) == (RAVENSMERE, "01632 960111")
        assert recipient.recipient == cast.organisation.recipients.get()

    def test_only_what_is_missing_is_asked(self, cast: Cast, family: Family) -> None:
        at = WRITTEN + timedelta(hours=1)
        decision = drafting_actions.complete(urgent=record(cast), family=family, by=cast.practitioner, at=at)
        draft = load(decision, cast.practitioner)
        assert [step.key for step in path(draft) if is_done(draft, step)] == ["outcome"]

    def test_late_it_leads_to_the_reason(self, cast: Cast, family: Family) -> None:
        at = WRITTEN + timedelta(days=3)
        decision = drafting_actions.complete(urgent=record(cast), family=family, by=cast.practitioner, at=at)
        draft = load(decision, cast.practitioner)
        assert [step.key for step in path(draft) if is_done(draft, step)] == []

    def test_begun_before_it_is_given_back(self, cast: Cast, family: Family, now: datetime) -> None:
        urgent = record(cast)
        first = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        second = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        assert first == second
        assert Decision.objects.count() == 1

    def test_it_is_entered_with_both_references(self, cast: Cast, family: Family, now: datetime) -> None:
        urgent = record(cast)
        draft = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        entry = LedgerEntry.objects.get(event="urgent.completion_started")
        assert (entry.object_repr, entry.additional_data) == (urgent.reference, {"decision": draft.reference})

    def test_a_teammate_may_do_it(self, cast: Cast, family: Family, now: datetime) -> None:
        """Whoever told may be off duty when the rest is due."""
        draft = drafting_actions.complete(urgent=record(cast), family=family, by=cast.teammate, at=now)
        assert draft.author == cast.teammate
        assert draft.sendings.get().written_by == cast.practitioner

    @pytest.mark.parametrize("who", ["other_team", "supervisor", "administrator", "stranger"])
    def test_nobody_else_may(self, cast: Cast, family: Family, now: datetime, who: str) -> None:
        by = cast.stranger.practitioner if who == "stranger" else getattr(cast, who)
        with pytest.raises((PermissionDenied, Http404)):
            drafting_actions.complete(urgent=record(cast), family=family, by=by, at=now)
        assert not Decision.objects.exists()

    def test_only_of_a_family_of_that_team(self, cast: Cast, now: datetime) -> None:
        other = household(
            stories.HOUSING_PEOPLE, team=cast.other_team_row, by=cast.other_team, at=now, name="Pellworth"
        )
        with pytest.raises(PermissionDenied):
            drafting_actions.complete(urgent=record(cast), family=other, by=cast.practitioner, at=now)


def say_why_late(draft: Decision, why: str, *, by: User, at: datetime) -> None:
    read = load(draft, by)
    step = step_on_path(read, "outcome")
    assert step is not None
    page = step.page(read, filled_page(read, "outcome", {"late_reason": why}))
    assert page.is_valid()
    drafting_actions.save_page(page=page, version=read.version("outcome"), by=by, at=at)


class TestCompleted:
    def test_the_first_to_record_completes_it(self, cast: Cast, family: Family, now: datetime) -> None:
        """Two people began: it is no task any more, and the other keeps their draft."""
        urgent = record(cast, at=now, shared_at=now - timedelta(hours=1))
        begun = drafting_actions.complete(urgent=urgent, family=family, by=cast.teammate, at=now)
        assert UrgentRecord.objects.to_be_completed().get() == urgent
        completed(cast, family, urgent, now)
        entry = LedgerEntry.objects.get(event="decision.recorded")
        assert entry.additional_data["urgent"] == urgent.reference
        assert not UrgentRecord.objects.to_be_completed().exists()
        with pytest.raises(Http404):
            drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        with pytest.raises(drafting_actions.AlreadyRecorded):
            drafting_actions.record(decision=begun, by=cast.teammate, at=now)
        begun.refresh_from_db()
        assert begun.is_draft

    def test_after_the_day_it_was_due_it_asks_why(self, cast: Cast, family: Family, now: datetime) -> None:
        written = now - timedelta(days=9)
        urgent = record(cast, at=written, shared_at=written - timedelta(hours=1))
        with pytest.raises(drafting_actions.NotReady) as refused:
            completed(cast, family, urgent, now)
        assert {one.code for one in refused.value.assessment.blocking} == {"COMPLETED_LATE"}
        why = "Off sick since that night; nobody else knew the family."
        draft = drafting_actions.complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
        assert draft.is_draft
        say_why_late(draft, why, by=cast.practitioner, at=now)
        assert drafting_actions.record(decision=draft, by=cast.practitioner, at=now).late_reason == why
