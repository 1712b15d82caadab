"""How an incident is reported, who sees it, what is done about it, and what the database refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from incidents import actions
from incidents.models import Incident, IncidentEvent, IncidentItem, IncidentRecipient
from incidents.pages import EVENT_PAGES
from incidents.presenters import status
from reminders.due import tasks
from reminders.due_now import due_now
from rules.incidents.codes import IncidentEventKind
from tests.decisions.cases import Case, plain, refused, sql
from tests.in_turn import in_turn
from tests.incidents.incidents import HOUR, done, reported, wrong
from tests.pages import PageClient, in_one_line, parsed

SignIn = Callable[[User], PageClient]
NEEDED_ON_PAGE = {"ask-back": {"way": "EMAIL"}, "answer": {"outcome": "RETURNED", "in_writing": "on"},
                  "risk": {"risk": "HIGH"}}  # fmt: skip


def typed(name: str, hours: float = 1) -> dict[str, str]:
    at = timezone.localtime(timezone.now() - hours * HOUR)
    return {f"{name}_day": str(at.day), f"{name}_month": str(at.month), f"{name}_year": str(at.year),
            f"{name}_time": f"{at:%H:%M}"}  # fmt: skip


def form(**changed: str) -> dict[str, Any]:
    answers = {key: value for key, value in wrong().items() if key != "noticed_at"}
    return {**answers, **typed("noticed_at"), **changed}


class TestReporting:
    def test_from_the_decision_with_what_went_out_and_to_whom(self, closed: Case, as_user: SignIn) -> None:
        client, decision = as_user(closed.cast.practitioner), closed.decision
        path = reverse("incidents:report_decision", args=[decision.public_id])
        there = reverse("decisions:detail", args=[decision.public_id])
        assert path in client.get(there).content.decode()
        item, recipient = decision.items.all()[0], decision.recipients.all()[0]
        sent = form(chosen_items=str(item.pk), chosen_recipients=str(recipient.pk), what_other="")
        answer = client.post(path, sent)
        incident = Incident.objects.get()
        assert answer.headers["Location"] == reverse("incidents:detail", args=[incident.public_id])
        page = client.get(answer.headers["Location"]).content.decode()
        main = parsed(page).all("main")[0].text
        for words in (item.text, recipient.name, "The letter went astray", "A neighbour", "His mother", "Asha"):
            assert words in main
        assert (incident.team, incident.decision) == (decision.team, decision)

    def test_without_a_decision_for_ones_team(self, closed: Case, as_user: SignIn) -> None:
        for who in (closed.cast.practitioner, closed.cast.supervisor):
            assert as_user(who).post(reverse("incidents:report"), form()).status_code == 302
        assert {row.team for row in Incident.objects.all()} == {closed.cast.team}
        assert as_user(closed.cast.officer).post(reverse("incidents:report"), form()).status_code == 302
        assert Incident.objects.filter(team=None, written_by=closed.cast.officer).count() == 1

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, closed: Case, as_user: SignIn) -> None:
        path = reverse("incidents:report_decision", args=[closed.decision.public_id])
        answer = as_user(closed.cast.practitioner).post(path, form(danger="", what_other="", kind="LOST"))
        page = parsed(answer.content.decode())
        assert answer.status_code == 422
        for words in ("Choose whether somebody is in danger", "Choose or enter what went out"):
            assert page.all("main")[0].text.count(words) == 2, "beside the question and above the form"
        assert "The letter went astray" in page.all("main")[0].text
        assert not Incident.objects.exists()

    def test_sending_it_twice_reports_once(self, closed: Case) -> None:
        one = reported(closed.cast.practitioner, decision=closed.decision)
        again = actions.report_incident(
            decision=closed.decision, team=None, answers=wrong(), submission_id=one.public_id,
            by=closed.cast.practitioner, at=closed.at,
        )  # fmt: skip
        assert again == one

    def test_who_may_not_report_is_refused(self, closed: Case) -> None:
        cast = closed.cast
        with pytest.raises(PermissionDenied):
            reported(cast.administrator, team=cast.team)
        for by, where in (
            (cast.other_team, {"decision": closed.decision}),
            (cast.officer, {"decision": closed.decision}),
            (cast.practitioner, {"team": cast.other_team_row}),
            (cast.practitioner, {}),
            (cast.stranger.practitioner, {"decision": closed.decision}),
        ):
            with pytest.raises(Http404):
                reported(by, **where)

    def test_somebody_at_risk_is_said_before_and_after(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        path = reverse("incidents:report_decision", args=[closed.decision.public_id])
        assert "Somebody in this family is at risk" in in_one_line(client.get(path))
        for words, said in (("Their new address", True), ("A bruise", False)):
            incident = reported(closed.cast.practitioner, decision=closed.decision, what_other=words)
            page = client.get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
            assert ("It reads as if it had an address in it" in page) == said


class TestWhoSees:
    def test_a_list_asks_as_often_for_one_as_for_many(self, closed: Case, as_user: SignIn) -> None:
        client, counts = as_user(closed.cast.officer), []
        for _ in range(3):
            done(reported(closed.cast.practitioner, decision=closed.decision), "LEARNED", closed.cast.practitioner)
            for name in ("incidents:list", "home"):
                with CaptureQueriesContext(connection) as asked:
                    client.get(reverse(name))
                counts.append(len(asked))
        assert counts[2:4] == counts[4:6], counts

    def seen_by(self, incident: Incident, case: Case) -> set[str]:
        cast = case.cast
        people = {"practitioner": cast.practitioner, "teammate": cast.teammate, "other": cast.other_team,
                  "supervisor": cast.supervisor, "administrator": cast.administrator, "officer": cast.officer,
                  "stranger": cast.stranger.officer}  # fmt: skip
        return {name for name, user in people.items() if Incident.objects.visible_to(user).filter(pk=incident.pk)}

    def test_of_a_decision_whoever_sees_the_decision(self, closed: Case) -> None:
        incident = reported(closed.cast.teammate, decision=closed.decision)
        assert self.seen_by(incident, closed) == {"practitioner", "teammate", "supervisor", "officer"}

    def test_of_no_decision_whoever_reported_it_their_supervisor_and_the_officer(self, closed: Case) -> None:
        incident = reported(closed.cast.teammate, team=closed.cast.team)
        assert self.seen_by(incident, closed) == {"teammate", "supervisor", "officer"}

    def test_of_no_team_the_officer_alone(self, closed: Case) -> None:
        assert self.seen_by(reported(closed.cast.officer), closed) == {"officer"}

    def test_the_decision_says_so_on_its_page_and_on_paper(self, closed: Case, as_user: SignIn) -> None:
        pages = [reverse(f"decisions:{name}", args=[closed.decision.public_id]) for name in ("detail", "print")]
        client = as_user(closed.cast.supervisor)
        assert not [page for page in pages if "See incident" in parsed(client.get(page).content.decode()).root.text]
        incident = reported(closed.cast.practitioner, decision=closed.decision)
        for page in pages:
            assert f"See incident {incident.reference}" in parsed(client.get(page).content.decode()).root.text

    def test_each_step_is_an_entry_without_a_word_of_it(self, closed: Case, as_user: SignIn) -> None:
        incident = reported(closed.cast.practitioner, decision=closed.decision)
        done(incident, "LEARNED", closed.cast.practitioner)
        as_user(closed.cast.officer).get(reverse("incidents:detail", args=[incident.public_id]))
        entries = LedgerEntry.objects.filter(event__startswith="incident.").order_by("seq")
        assert [entry.event for entry in entries] == ["incident.reported", "incident.event_added", "incident.seen"]
        of_decision = LedgerEntry.objects.get(event="decision.incident_read")
        assert (of_decision.object_pk, of_decision.actor_id) == (str(closed.decision.pk), closed.cast.officer.pk)
        assert entries[2].actor_id == closed.cast.officer.pk
        said = str(list(entries.values()))
        said += as_user(closed.cast.administrator).get(reverse("administration:ledger")).content.decode()
        assert not [words for words in ("astray", "neighbour", "as agreed") if words in said]


class TestEvents:
    def test_every_page_takes_what_it_asks_and_shows_it(self, closed: Case, as_user: SignIn) -> None:
        """What asks more than words every day, and of the others some; the rest is added by the action."""
        client, incident = as_user(closed.cast.officer), reported(closed.cast.practitioner, decision=closed.decision)
        words_alone = [page for page in EVENT_PAGES if page.slug not in NEEDED_ON_PAGE]
        sent_in = {page.slug for page in in_turn(words_alone, 4)} | set(NEEDED_ON_PAGE)
        for number, page in enumerate(EVENT_PAGES):
            words = f"Word{number} of it"
            if page.slug not in sent_in:
                done(incident, page.kind, closed.cast.officer, text=words)
                continue
            path = reverse("incidents:add_event", args=[incident.public_id, page.slug])
            sent = {"text": words, **typed("at", 0.02), **NEEDED_ON_PAGE.get(page.slug, {})}
            assert client.post(path, sent).status_code == 302, page.slug
        shown = client.get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
        assert not [number for number in range(len(EVENT_PAGES)) if f"Word{number} of it" not in shown]
        assert "They confirmed it in writing" in shown
        assert set(incident.events.values_list("kind", flat=True)) == set(IncidentEventKind)

    def test_a_late_report_says_why(self, closed: Case, as_user: SignIn) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team, noticed_at=timezone.now() - 80 * HOUR)
        path = reverse("incidents:add_event", args=[incident.public_id, "regulator"])
        client = as_user(closed.cast.officer)
        sent = {"text": "By phone", **typed("at", 0.1)}
        assert "Enter why it was not reported within 72 hours" in client.post(path, sent).content.decode()
        assert client.post(path, {**sent, "why_late": "It was the holidays"}).status_code == 302
        page = client.get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
        assert "after the deadline" in page
        assert "It was the holidays" in page

    def test_who_only_reads_it_adds_nothing(self, closed: Case, as_user: SignIn) -> None:
        """Who has left the team still sees what they reported."""
        cast = closed.cast
        incident = reported(cast.practitioner, team=cast.team)
        plain(type(cast.practitioner.memberships.get())).filter(user=cast.practitioner).update(team=cast.other_team_row)
        left = User.objects.get(pk=cast.practitioner.pk)
        page = as_user(left).get(reverse("incidents:detail", args=[incident.public_id]))
        assert page.status_code == 200
        assert "/add/" not in page.content.decode()
        with pytest.raises(Http404):
            done(incident, "SAFETY", left)

    def test_only_an_officer_closes_it_and_then_it_stays(self, closed: Case) -> None:
        cast = closed.cast
        incident = reported(cast.practitioner, team=cast.team)
        for by in (cast.practitioner, cast.supervisor):
            with pytest.raises(PermissionDenied):
                done(incident, "CLOSED", by)
        with pytest.raises(ValidationError, match="open already"):
            done(incident, "REOPENED", cast.officer)
        done(incident, "CLOSED", cast.officer)
        with pytest.raises(ValidationError, match="It is closed"):
            done(incident, "MORE_FOUND", cast.practitioner)
        done(incident, "REOPENED", cast.officer)
        done(incident, "MORE_FOUND", cast.practitioner)

    def test_nothing_is_done_before_it_was_noticed(self, closed: Case) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team)
        with pytest.raises(ValidationError, match="after it was noticed"):
            done(incident, "MANAGER_INFORMED", closed.cast.practitioner, timezone.now() - 5 * HOUR)


class TestDue:
    """The clock on the home page of the data protection officer."""

    def test_hours_left_and_late(self, closed: Case, as_user: SignIn) -> None:
        cast, today, tags = closed.cast, timezone.localdate(), []
        for hours, tag, overdue in (
            (73, "Late", True), (71.5, "Less than 1 hour left", False), (1, "70 hours left", False)
        ):  # fmt: skip
            noticed = timezone.now() - timedelta(hours=hours, minutes=1)
            incident = reported(cast.practitioner, team=cast.team, noticed_at=noticed)
            task = next(task for task in tasks(cast.officer, today) if task.reference == incident.reference)
            assert (task.tag and task.tag[0], task.overdue) == (tag, overdue)
            tags.append(tag)
        page = as_user(cast.officer).get(reverse("home")).content.decode()
        assert all(tag in page for tag in tags)
        assert tasks(cast.supervisor, today) == tasks(cast.administrator, today) == []
        counted = sorted(due.overdue for due in due_now(cast.officer, today))
        assert counted == [False, False, True], "the email counts it at once"

    def test_reported_it_is_still_to_close(self, closed: Case) -> None:
        cast, today = closed.cast, timezone.localdate()
        incident = reported(cast.practitioner, team=cast.team)
        done(incident, "REGULATOR_NOTIFIED", cast.officer)
        assert [(task.what, task.tag) for task in tasks(cast.officer, today)] == [
            ("Finish and close an incident", None)
        ]
        done(incident, "CLOSED", cast.officer)
        assert tasks(cast.officer, today) == []
        assert status(Incident.objects.get(), timezone.now()) == ("Closed", "green")

    def test_what_a_reminder_was_about_does_not_change_by_the_hour(self, closed: Case) -> None:
        reported(closed.cast.practitioner, team=closed.cast.team)
        task = tasks(closed.cast.officer, timezone.localdate())[0]
        assert "hour" not in f"{task.what} {task.address} {task.due}"


class TestDatabase:
    """What must never be false is refused to SQL as well."""

    def test_nothing_is_changed_or_taken_out(self, closed: Case) -> None:
        decision = closed.decision
        incident = reported(closed.cast.practitioner, decision=decision, items=decision.items.all(),
                            recipients=decision.recipients.all())  # fmt: skip
        done(incident, "LEARNED", closed.cast.practitioner)
        for model in (Incident, IncidentItem, IncidentRecipient, IncidentEvent):
            table = model._meta.db_table
            with refused("append-only"):
                sql(f"UPDATE {table} SET written_at = written_at")
            with refused("append-only"):
                sql(f"DELETE FROM {table}")

    def test_it_stays_in_its_organisation_and_in_its_team(self, closed: Case) -> None:
        cast, stranger = closed.cast, closed.cast.stranger
        for changed, message in (
            ({"organisation": stranger.organisation}, "belongs to one organisation"),
            ({"team": stranger.team}, "belongs to one organisation"),
            ({"decision": closed.decision, "team": cast.other_team_row}, "recorded decision of its team"),
            ({"decision": closed.decision}, "recorded decision of its team"),
            ({"danger": ""}, "incident_danger_known"),
            ({"what_happened": ""}, "incident_says_what"),
            ({"noticed_at": timezone.now() + HOUR}, "incident_noticed_before"),
        ):
            with refused(message):
                row(Incident, cast.practitioner, **{"organisation": cast.organisation, **wrong(), **changed})

    def test_what_went_out_is_of_its_decision_and_recorded_with_it(self, closed: Case) -> None:
        cast, item = closed.cast, closed.decision.items.all()[0]
        of_it, of_none = reported(cast.practitioner, decision=closed.decision), reported(cast.teammate, team=cast.team)
        known = {"organisation": cast.organisation, "item": item}
        with refused("of the decision of the incident"):
            row(IncidentItem, cast.practitioner, incident=of_none, **known, written_at=of_none.written_at)
        with refused("recorded with the incident"):
            row(IncidentItem, cast.practitioner, incident=of_it, **known)
        row(IncidentItem, cast.practitioner, incident=of_it, **known, written_at=of_it.written_at)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"kind": "RECALL_ASKED"}, "way_of_asking"),
            ({"kind": "LEARNED", "way": "PHONE"}, "way_of_asking"),
            ({"kind": "RECALL_ANSWERED", "outcome": "FINE"}, "outcome_of_asking"),
            ({"kind": "LEARNED", "in_writing": True}, "outcome_of_asking"),
            ({"kind": "RISK_JUDGED"}, "risk_decided"),
            ({"kind": "REGULATOR_NOT_NOTIFIED", "why_late": "x"}, "late_report"),
            ({"kind": "LEARNED", "text": ""}, "event_says_what"),
            ({"kind": "LEARNED", "at": timezone.now() + 5 * HOUR}, "has_happened"),
            ({"kind": "LEARNED", "at": timezone.now() - 50 * HOUR}, "before it was noticed"),
            ({"kind": "REOPENED"}, "only what is closed"),
            ({"kind": "TOLD"}, "kind_known"),
        ],
    )
    def test_what_an_event_must_be(self, closed: Case, values: dict[str, Any], message: str) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team)
        with refused(message):
            self.event(incident, closed.cast.officer, **values)

    def test_closed_it_stays_and_only_an_officer_closes_it(self, closed: Case) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team)
        with refused("a data protection officer closes"):
            self.event(incident, closed.cast.supervisor, kind="CLOSED")
        self.event(incident, closed.cast.officer, kind="CLOSED")
        with refused("stays as it is"):
            self.event(incident, closed.cast.officer, kind="LEARNED")

    def event(self, incident: Incident, by: User, **values: Any) -> None:
        known = {"incident": incident, "organisation_id": incident.organisation_id, "text": "x", "at": timezone.now()}
        row(IncidentEvent, by, **{**known, **values})


def row(model: Any, by: User, **values: Any) -> None:
    written = {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
    plain(model).bulk_create([model(**{**written, **values})])
