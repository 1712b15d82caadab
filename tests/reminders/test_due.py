"""What is due stands on the home page of whoever has to do it, on its day, and goes when it is done."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from accounts.actions import add_cover, add_membership
from accounts.compiled_queries import CompiledQuery
from accounts.models import Membership, User
from accounts.roles import Role
from decisions import actions
from decisions.models import Decision, UrgentRecord
from drafting import actions as drafting_actions
from reminders import due
from reminders.due import tasks
from reminders.task import Task
from reviews import queries as review_queries
from reviews.actions import record_review, reply
from rules.working_days import add_working_days
from safeguarding import home
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.decisions import closed, event_stories
from tests.decisions import events as event_rows
from tests.decisions.cases import Case, recorded_twin
from tests.drafting import scenario_cases as cases
from tests.drafting.test_outcomes import passed_to_manager, standing, stopped
from tests.in_turn import in_turn
from ui.moments import moment

URGENT_FIELDS = {
    "who": "A boy of 14",
    "information": "Pulled into a car",
    "recipient": "Police, 999",
    "why": "They had him",
    "how": "Phone",
}
DAY = timedelta(days=1)


cast, now, decision = closed.cast, closed.now, closed.decision


@pytest.fixture(scope="module")
def passed(cast: Cast, now: datetime) -> Decision:
    return passed_to_manager(cast, now)


@pytest.fixture(scope="module")
def of_group(cast: Cast, now: datetime) -> Decision:
    return standing(cast, now)


def recorded(cast: Cast, at: datetime, case: cases.Case = cases.S01) -> Decision:
    story = cases.s02(at) if case is cases.S02 else cases.s01(at)
    family = cases.set_scene(case, cast, at)
    draft = drafting_actions.start(
        entry_route=case.entry_route, team=cast.team, family=family, by=cast.practitioner, at=at
    )
    return record_story(decision=draft, story=story, by=cast.practitioner, at=at)


def about(row: Decision | UrgentRecord, user: User, day: date) -> list[Task]:
    """What that person has to do about it."""
    return [task for task in tasks(User.objects.get(pk=user.pk), day) if row.reference in task.words]


def words(user: User, decision: Decision, day: date) -> list[str]:
    return [task.words.partition(":")[0] for task in about(decision, user, day)]


class TestUrgent:
    @pytest.fixture
    def urgent_record(self, cast: Cast, now: datetime) -> UrgentRecord:
        answers = {**URGENT_FIELDS, "shared_at": now}
        return drafting_actions.record_urgent(
            team=cast.team, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=now
        )

    def test_the_rest_is_for_the_author_at_once(self, cast: Cast, urgent_record: UrgentRecord) -> None:
        [task] = about(urgent_record, cast.practitioner, urgent_record.complete_by)
        assert (task.due, task.overdue) == (urgent_record.complete_by, False)

    def test_and_for_team_mates_once_the_day_is_over(self, cast: Cast, urgent_record: UrgentRecord) -> None:
        assert about(urgent_record, cast.teammate, urgent_record.complete_by) == []
        [task] = about(urgent_record, cast.teammate, urgent_record.complete_by + DAY)
        assert task.overdue
        for user in (cast.other_team, cast.supervisor, cast.administrator, cast.stranger.practitioner):
            assert about(urgent_record, user, urgent_record.complete_by + DAY) == []


class TestInforming:
    """S01: the partner is to be told later, on a day; S19: handed over, so nobody is reminded."""

    def due(self, decision: Decision) -> date:
        day = decision.informing_events.exclude(informing_review_on=None).get().informing_review_on
        assert day
        return day

    def test_comes_on_its_day_to_author_and_supervisor(self, cast: Cast, decision: Decision) -> None:
        day = self.due(decision)
        assert "Review who has been informed" not in words(cast.practitioner, decision, day - DAY)
        for user in (cast.practitioner, cast.supervisor):
            assert "Review who has been informed" in words(user, decision, day)
        assert words(cast.teammate, decision, day) in ([], ["Find out whether it arrived"])

    def test_team_mates_have_it_once_it_is_overdue_and_the_author_has_left(
        self, cast: Cast, decision: Decision
    ) -> None:
        day = self.due(decision)
        what = "Review who has been informed"
        assert what not in words(cast.teammate, decision, day + DAY)
        models.QuerySet(Membership).filter(user=cast.practitioner)._raw_delete("default")
        assert what not in words(cast.teammate, decision, day)
        assert what in words(cast.teammate, decision, day + DAY)
        assert what in words(cast.supervisor, decision, day + DAY)
        for user in (cast.practitioner, cast.other_team, cast.administrator, cast.stranger.practitioner):
            assert what not in words(user, decision, day + DAY)

    def test_who_covers_for_the_supervisor_has_it(self, cast: Cast, decision: Decision, now: datetime) -> None:
        day, today = self.due(decision), timezone.localdate(now)
        covering = cast.other_team
        add_membership(user=covering, team=cast.other_team_row, role=Role.SUPERVISOR, by=cast.administrator, at=now)
        assert words(covering, decision, day) == []
        add_cover(
            team=cast.team, user=covering, starts_on=today, ends_on=today, why="away", by=cast.administrator, at=now
        )
        assert "Review who has been informed" in words(covering, decision, day)

    def test_who_took_it_on_is_asked_about_and_not_the_family(
        self, cast: Cast, decision: Decision, now: datetime
    ) -> None:
        day = self.due(decision)
        person = decision.informing_events.exclude(informing_review_on=None).get().person
        handed = {"informing_state": "DELEGATED", "handed_to": "Ines Marlow", "informing_review_on": day + 3 * DAY}
        actions.add_informing(
            decision=decision, person=person, answers=handed, submission_id=uuid4(), by=cast.practitioner, at=now
        )
        assert "Review who has been informed" not in words(cast.practitioner, decision, day + 3 * DAY)
        for user in (cast.practitioner, cast.supervisor):
            assert "Ask whether somebody was informed" in words(user, decision, day + 3 * DAY)

    def test_goes_with_the_next_row_about_that_person(self, cast: Cast, decision: Decision, now: datetime) -> None:
        day = self.due(decision)
        person = decision.informing_events.exclude(informing_review_on=None).get().person
        urgent_record = {"informing_state": "TOLD_AFTER", "informed_at": now, "informed_how": "In person"}
        actions.add_informing(
            decision=decision, person=person, answers=urgent_record, submission_id=uuid4(), by=cast.practitioner, at=now
        )
        assert "Review who has been informed" not in words(cast.practitioner, decision, day)

    def test_an_end_agreed_on_reminds_nobody(self, cast: Cast, decision: Decision, now: datetime) -> None:
        day = self.due(decision)
        person = decision.informing_events.exclude(informing_review_on=None).get().person
        closed = {"informing_state": "NOT_TELLING", "informing_reason": "RISK_ADULT", "informing_text": "He is violent",
                  "informing_closing": "HANDED_OVER", "handed_to": "A named social worker"}  # fmt: skip
        actions.add_informing(
            decision=decision, person=person, answers=closed, submission_id=uuid4(), by=cast.practitioner, at=now
        )
        assert "Review who has been informed" not in words(cast.practitioner, decision, day + DAY)


def test_a_question_waits_until_it_is_answered(cast: Cast, decision: Decision, now: datetime) -> None:
    review = record_review(
        decision=decision, outcome="RETURNED", comment="Who was with him?", by=cast.supervisor, at=now
    )
    day = timezone.localdate(now)
    assert "Reply to a request for clarification" in words(cast.practitioner, decision, day)
    assert about(decision, cast.teammate, day) == []
    reply(review=review, text="His teacher was.", by=cast.practitioner, at=now)
    assert "Reply to a request for clarification" not in words(cast.practitioner, decision, day)


def test_a_file_for_the_next_school_counts_down_until_it_is_sent(cast: Cast, now: datetime) -> None:
    """S08: with its last day from the first, overdue from the day after; a sending ends it."""
    decision = event_stories.recorded(cast, event_stories.transfer(now), now)
    day = timezone.localdate(decision.decided_at)
    due = add_working_days(day, 5)
    for user in (cast.practitioner, cast.teammate):
        for today in (day, due, due + DAY):
            [task] = about(decision, user, today)
            assert (task.what, task.due, task.overdue) == ("Send the file to the next school", due, today > due)
    assert about(decision, cast.supervisor, due + DAY) == []
    sent = {"sent_at": now, "how": "Portal", "said_differently": "", "received_by": ""}
    actions.add_sending(
        decision=decision, recipient=decision.recipients.get(), answers=sent, submission_id=uuid4(),
        by=cast.practitioner, at=now,
    )  # fmt: skip
    assert "Send the file to the next school" not in words(cast.practitioner, decision, due + DAY)


def test_what_was_passed_to_a_manager_is_for_that_person_until_they_decide(cast: Cast, passed: Decision) -> None:
    assert passed.look_again_on
    assert words(cast.supervisor, passed, passed.look_again_on) == ["Decide what was passed to you"]
    assert words(cast.practitioner, passed, passed.look_again_on) == []
    # Nobody decided in time: whoever passed it up is told, and may decide.
    assert words(cast.practitioner, passed, passed.look_again_on + DAY) == ["Review date"]
    [task] = about(passed, cast.supervisor, passed.look_again_on + DAY)
    assert task.overdue


def test_a_day_to_look_again_goes_when_it_is_taken_up(cast: Cast, now: datetime) -> None:
    previous, _ = stopped(cast, now - 30 * DAY)
    assert "Review date" not in words(cast.practitioner, previous, timezone.localdate(now))
    decision = recorded(cast, now - 30 * DAY, cases.S02)
    assert decision.look_again_on
    assert words(cast.practitioner, decision, decision.look_again_on) == ["Review date"]
    assert words(cast.practitioner, decision, decision.look_again_on - DAY) == []


def test_a_groups_sharing_that_ends_is_said_a_week_before(cast: Cast, of_group: Decision) -> None:
    decision, until = of_group, of_group.standing_until
    assert until
    said = "Sharing in the group ends"
    assert said not in words(cast.practitioner, decision, until - 8 * DAY)
    assert said in words(cast.practitioner, decision, until - 7 * DAY)
    assert said not in words(cast.supervisor, decision, until)


@pytest.mark.usefixtures("passed")
def test_overdue_comes_first_and_no_name_is_said(cast: Cast, decision: Decision, now: datetime) -> None:
    recorded_twin(decision, at=now - 30 * DAY)
    found = tasks(cast.supervisor, timezone.localdate(now) + 90 * DAY)
    assert [task.overdue for task in found] == sorted((task.overdue for task in found), reverse=True)
    for task in found:
        assert not any(person.name in task.words for person in decision.people.all())


@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_offices_have_nothing_of_a_case_to_do(cast: Cast, decision: Decision, now: datetime, who: str) -> None:
    recorded_twin(decision, at=now - 30 * DAY)
    assert tasks(getattr(cast, who), timezone.localdate(now) + 90 * DAY) == []


@pytest.mark.parametrize(("kind", "what", "days"), [("COMPLAINT", "Complaint", 30), ("OBJECTION", "Objection", 31)])
def test_the_officer_sees_the_clock_of_a_complaint_and_no_word_of_it(
    cast: Cast, decision: Decision, now: datetime, kind: str, what: str, days: int
) -> None:
    """And cannot open the decision: the task leads nowhere."""
    told: Any = decision.disclosure
    case = Case(cast, decision.decision_families.get().family, told, decision, now)
    received = event_rows.complaint(case, kind=kind, made_by_other="zq-who", text="zq-what")
    day = timezone.localdate(now)
    [task] = about(decision, cast.officer, day)
    assert task.what == f"{what} received on {moment(day)}"
    assert (task.address, task.overdue) == ("", False)
    assert "zq-" not in f"{task}"
    assert about(decision, cast.officer, day + (days + 1) * DAY)[0].overdue
    for user in (cast.administrator, cast.stranger.officer):
        assert about(decision, user, day) == []
    event_rows.acknowledgement(case, of=received)
    assert about(decision, cast.officer, day + (days + 1) * DAY)[0].overdue is (kind == "OBJECTION")
    event_rows.complaint_answer(case, of=received, outcome="WITHDRAWN")
    assert about(decision, cast.officer, day) == []


@pytest.mark.usefixtures("passed", "of_group")
def test_what_is_due_is_compiled_once_and_found_for_each(cast: Cast, decision: Decision, now: datetime) -> None:
    """Every query of the home page against its own queryset, for everybody in turn and several days."""
    asked = recorded_twin(decision, at=now - 2 * DAY)
    record_review(decision=asked, outcome="RETURNED", comment="Who was with him?", by=cast.supervisor, at=now)
    event_stories.recorded(cast, event_stories.agreed(now), now)
    family = cases.set_scene(cases.S01, cast, now)
    drafting_actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    found: set[str] = set()
    found_for = [cast.practitioner, cast.supervisor]
    others = [user for user in (*cast.everybody, *cast.stranger.everybody) if user not in found_for]
    for user in (*found_for, *in_turn(others, of=4)):
        for name, query, days in asked_on_home(now):
            rows = query.rows(user, *days)
            assert rows == list(query._build(user, *days)), (name, user.email)
            assert query.count(user, *days) == len(rows)
            found |= {name} if rows else set()
    assert found >= {
        "_QUESTIONS",
        "_PASSED_TO",
        "_REPLIES_DUE",
        "_INFORMING_DUE",
        "_STANDING",
        "_DRAFTS",
        "_AWAITING",
        "_OFFERED",
    }


def asked_on_home(now: datetime) -> list[tuple[str, CompiledQuery[Any], tuple[date, ...]]]:
    today = timezone.localdate(now)
    days: dict[str, tuple[date, ...]] = dict.fromkeys(
        ("_URGENT", "_FOLLOW_UP", "_INFORMING_DUE", "_LOOK_AGAIN", "_STANDING", "_UNWRITTEN", "_INFORMING_OVERDUE"),
        (today + 90 * DAY,),
    )
    days |= dict.fromkeys(("_REPLIES_DUE", "_WITHOUT_REVIEW", "_AGREEMENTS"), (now + DAY,))
    days["_OFFERED"] = (now - DAY,)
    queries = {
        name: value
        for module in (due, home, review_queries)
        for name, value in vars(module).items()
        if isinstance(value, CompiledQuery)
    }
    return [(name, query, days.get(name, ())) for name, query in queries.items()]
