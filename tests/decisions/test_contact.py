"""Working together after recording, and the contact with each person as one list that is made from rows alone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.http import Http404
from django.utils import timezone

from accounts.actions import deactivate
from accounts.models import Membership, User
from decisions.models import ConsentEvent, ContactPlan, InformingEvent
from decisions.presenters.contact import contact_by_person, contact_lines, planned_contacts
from reminders.due import tasks
from tests.decisions import events
from tests.decisions.cases import MOTHER, Case, copy, recorded_twin, refused
from tests.decisions.test_triggers_closed import insert
from tests.decisions.test_views_events import at, detail, opened, send, url, words
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
TASK = "Contact someone as planned"
DAY = timedelta(days=1)


def day_of(case: Case) -> date:
    return timezone.localdate(case.at)


def has_task(case: Case, user: User, day: date) -> bool:
    mine = tasks(User.objects.get(pk=user.pk), day)
    return any(task.what == TASK and task.reference == case.decision.reference for task in mine)


class TestPlanned:
    def test_it_is_a_task_of_the_author_from_its_day_until_it_is_recorded(self, closed: Case) -> None:
        day, author = day_of(closed) + 3 * DAY, closed.cast.practitioner
        plan = events.contact_plan(closed, planned_on=day)
        assert not has_task(closed, author, day - DAY)
        assert has_task(closed, author, day)
        assert has_task(closed, author, day + DAY)
        assert not has_task(closed, closed.cast.teammate, day + DAY)
        events.contact_outcome(closed, of=plan)
        assert not has_task(closed, author, day + DAY)

    @pytest.mark.parametrize("leaving", ["deactivated", "out of the team"])
    def test_once_the_author_has_left_it_is_the_supervisors_and_when_overdue_the_teams(
        self, closed: Case, leaving: str
    ) -> None:
        cast, day = closed.cast, day_of(closed)
        plan = events.contact_plan(closed, planned_on=day)
        assert not has_task(closed, cast.supervisor, day + DAY)
        if leaving == "deactivated":
            deactivate(user=cast.practitioner, by=cast.administrator, at=closed.at)
        else:
            models.QuerySet(Membership).filter(user=cast.practitioner)._raw_delete("default")
        assert [has_task(closed, cast.supervisor, day + when * DAY) for when in (-1, 0, 1)] == [False, True, True]
        assert [has_task(closed, cast.teammate, day + when * DAY) for when in (-1, 0, 1)] == [False, False, True]
        for user in (cast.other_team, cast.administrator, cast.officer, cast.stranger.supervisor):
            assert not has_task(closed, user, day + DAY)
        events.contact_outcome(closed, of=plan, by=cast.teammate)
        assert not has_task(closed, cast.supervisor, day + DAY)

    def test_with_it_a_supervisor_has_nothing_of_what_only_the_team_does(self, closed: Case) -> None:
        events.contact_plan(closed)
        events.complaint(closed)
        deactivate(user=closed.cast.practitioner, by=closed.cast.administrator, at=closed.at)
        words_of = {
            who: {each.what for each in tasks(User.objects.get(pk=who.pk), day_of(closed) + DAY)}
            for who in (closed.cast.supervisor, closed.cast.teammate)
        }
        both = {TASK, "Answer an objection or a complaint"}
        assert words_of[closed.cast.supervisor] & both == {TASK}
        assert words_of[closed.cast.teammate] & both == both

    @pytest.mark.parametrize(
        "outcome", [{}, {"had": "NOT_HAD", "contact_at": None, "text": "Nobody came to the door."}]
    )
    def test_either_answer_ends_it(self, closed: Case, outcome: dict[str, Any]) -> None:
        day = day_of(closed)
        plan = events.contact_plan(closed, planned_on=day)
        (planned,) = planned_contacts(closed.again(), day)
        assert (planned.day, planned.tag[0]) == (day, "Planned")
        assert planned_contacts(closed.again(), day + DAY)[0].tag == ("Overdue", "red")
        events.contact_outcome(closed, of=plan, **outcome)
        assert planned_contacts(closed.again(), day + DAY) == []

    def test_without_a_day_there_is_nothing_to_have(self, closed: Case) -> None:
        plan = events.contact_plan(closed, planned_on=None, planned_how="", planned_by="")
        with pytest.raises(Http404):
            events.contact_outcome(closed, of=plan)
        other = events.contact_outcome(closed, of=events.contact_plan(closed))
        with refused("only a planned contact takes place or not"):
            insert(copy(other, plan_id=plan.pk))


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Enter what you did to keep working together, or the next contact"),
        ({"planned_how": "A visit"}, "Enter the day of the next contact, or clear how and who"),
        ({"day": "yes", "planned_by": "Me"}, "Enter how you will have contact, or clear the day"),
        ({"day": "yes", "planned_how": "A visit"}, "Enter who will have contact with them, or clear the day"),
    ],
)
def test_half_a_plan_says_what_is_missing(closed: Case, as_user: SignIn, answers: dict[str, str], message: str) -> None:
    data = dict(answers)
    if data.pop("day", ""):
        data |= at("planned_on", closed.at)
    mother = closed.decision.people.get(name=MOTHER)
    client = as_user(closed.cast.practitioner)
    assert message in words(send(client, url("add_contact_plan", closed.decision, mother.pk), data, status=422))
    assert not ContactPlan.objects.exists()


def test_planning_contact_with_a_source_of_harm_warns_first(closed: Case, as_user: SignIn) -> None:
    client = as_user(closed.cast.practitioner)
    for person in closed.decision.people.all():
        page = opened(client, url("add_contact_plan", closed.decision, person.pk))
        assert ("Do not contact them about this before" in page) is person.source_of_harm
    assert closed.decision.people.filter(source_of_harm=True).exists()


def test_not_had_needs_a_reason(closed: Case, as_user: SignIn) -> None:
    plan, client = events.contact_plan(closed), as_user(closed.cast.practitioner)
    path = url("add_contact_outcome", closed.decision, plan.public_id)
    for text in ("", "n/a", "-"):
        page = send(client, path, {"had": "NOT_HAD", "text": text}, status=422)
        assert "Enter why it did not take place, in your own words" in words(page)
    send(client, path, {"had": "NOT_HAD", "text": "She had moved."})
    assert "did not take place" in detail(client, closed.decision)


@pytest.mark.parametrize(
    ("add", "changed", "name"),
    [
        (events.contact_plan, {"planned_by": ""}, "contact_plan_says_what"),
        (events.contact_plan, {"planned_on": None}, "contact_plan_says_what"),
        (
            events.contact_plan,
            {"planned_on": None, "planned_how": "", "planned_by": "", "kept_working": ""},
            "contact_plan_says_what",
        ),
        (events.contact_outcome, {"contact_at": None}, "contact_outcome_had_or_why_not"),
        (events.contact_outcome, {"had": "NOT_HAD"}, "contact_outcome_had_or_why_not"),
        (events.contact_outcome, {"had": "NOT_HAD", "contact_at": None, "text": ""}, "contact_outcome_had_or_why_not"),
    ],
)
def test_the_database_takes_no_half_of_it(closed: Case, add: Any, changed: dict[str, Any], name: str) -> None:
    with refused(name if connection.vendor == "postgresql" else f"CHECK constraint failed|{name}"):
        insert(copy(add(closed), **changed))


class TestTimeline:
    def everything(self, case: Case) -> None:
        mother = case.decision.people.get(name=MOTHER)
        said = events.said(case, at=case.at + DAY)
        events.read_back(case, of=said)
        events.passed_on(case)
        complaint = events.complaint(case, person=mother, made_by_other="", kind="OBJECTION")
        events.acknowledgement(case, of=complaint)
        events.complaint_answer(case, of=complaint, outcome="CONTINUED")
        events.contact_outcome(case)

    def test_every_line_is_made_from_a_row_and_every_row_has_its_line(self, closed: Case) -> None:
        self.everything(closed)
        rows = [model.objects.filter(decision=closed.decision).count() for model in (ConsentEvent, InformingEvent)]
        # Read back, statement, passed on, objection, acknowledged, answered; and three of one planned contact.
        assert len(list(contact_lines(closed.again()))) == sum(rows) + 6 + 3

    def test_the_newest_stands_last_for_each_person(self, closed: Case) -> None:
        self.everything(closed)
        events.contact_plan(closed, planned_on=day_of(closed) + 30 * DAY)
        people = contact_by_person(closed.again())
        assert {person.name for person in people} == set(closed.decision.people.values_list("name", flat=True))
        mother = next(person for person in people if person.name == MOTHER)
        assert [event.title for event in mother.events][-1] == "Contact planned"
        times = [_moment(event.when) for event in mother.events]
        assert times == sorted(times)

    def test_nobody_has_a_line_about_somebody_else(self, closed: Case) -> None:
        before = {person.name: len(person.events) for person in contact_by_person(closed.again())}
        self.everything(closed)
        after = {person.name: len(person.events) for person in contact_by_person(closed.again())}
        assert {name for name, count in after.items() if count != before[name]} == {MOTHER}

    @pytest.mark.sqlite
    @pytest.mark.parametrize("page", ["detail", "print"])
    def test_it_is_on_the_page_and_on_paper(self, closed: Case, as_user: SignIn, page: str) -> None:
        events.contact_plan(closed, kept_working="zq-working", planned_how="zq-how", planned_by="zq-by")
        events.contact_outcome(closed, text="zq-came")
        answer = as_user(closed.cast.practitioner).get(url(page, closed.decision)).content.decode()
        listed = answer[answer.index('id="contact"') :].partition("</section>")[0]
        assert all(word in listed for word in ("zq-working", "zq-how", "zq-by", "zq-came"))

    @pytest.mark.sqlite
    def test_a_draft_has_none(self, closed: Case) -> None:
        twin = recorded_twin(closed.decision, at=closed.at)
        twin.state = "draft"
        assert list(contact_lines(twin)) == []


def _moment(when: Any) -> datetime:
    if isinstance(when, datetime):
        return when
    return timezone.make_aware(datetime.combine(when, datetime.min.time()))
