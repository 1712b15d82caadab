"""Something went wrong with an urgent record, or with several decisions at once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import ledger
from decisions.actions import restrict
from decisions.models import UrgentRecord
from drafting.actions import record_urgent
from families.actions import declare_conflict
from incidents.models import Incident, IncidentDecision
from reminders.due_incidents import open_incidents
from retention.belongings import Record
from retention.disposing import Authority, dispose
from retention.due import Due
from retention.kept_back import NOT_CLOSED, kept_back
from tests.decisions.cases import Case, plain, recorded_twin, refused, twin_of
from tests.in_turn import one_in_turn
from tests.incidents.incidents import done, reported, wrong
from tests.incidents.test_incidents import form, row
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]


def urgent_of(case: Case) -> UrgentRecord:
    answers = {
        "who": "A boy", "information": "A car", "recipient": "Police", "why": "Taken", "how": "By phone",
        "shared_at": None,
    }  # fmt: skip
    made: UrgentRecord = record_urgent(
        team=case.cast.team, answers=answers, submission_id=uuid4(), by=case.cast.practitioner, at=timezone.now()
    )
    return made


def main_of(client: PageClient, name: str, key: Any) -> str:
    [main] = parsed(client.get(reverse(name, args=[key])).content.decode()).all("main")
    return main.text


class TestUrgent:
    def test_it_is_reported_from_the_record_and_shown_on_it(self, closed: Case, as_user: SignIn) -> None:
        client, urgent = as_user(closed.cast.teammate), urgent_of(closed)
        path = reverse("incidents:report_urgent", args=[urgent.public_id])
        assert path in client.get(reverse("decisions:urgent_detail", args=[urgent.public_id])).content.decode()
        assert urgent.reference in main_of(client, "incidents:report_urgent", urgent.public_id)
        answer = client.post(path, form())
        incident = Incident.objects.get()
        assert answer.headers["Location"] == reverse("incidents:detail", args=[incident.public_id])
        assert (incident.urgent, incident.team, incident.decision) == (urgent, urgent.team, None)
        one, other, officer = (
            as_user(who) for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.officer)
        )
        assert f"incident {incident.reference}" in main_of(one, "decisions:urgent_detail", urgent.public_id)
        for reader in (other, officer):
            assert f"urgent record {urgent.reference}" in main_of(reader, "incidents:detail", incident.public_id)

    def test_who_may_not_report_it(self, closed: Case) -> None:
        urgent = urgent_of(closed)
        for by in (closed.cast.other_team, closed.cast.officer, closed.cast.stranger.practitioner):
            with pytest.raises(Http404):
                reported(by, urgent=urgent)

    def test_the_database_asks_for_its_team_and_for_one_record(self, closed: Case) -> None:
        cast, urgent = closed.cast, urgent_of(closed)
        known = {**wrong(), "organisation": cast.organisation, "urgent": urgent}
        for changed, message in (
            ({"team": cast.other_team_row}, "urgent record of its team"),
            ({}, "urgent record of its team"),
            ({"team": cast.team, "decision": closed.decision}, "incident_from_one_record"),
        ):
            with refused(message):
                row(Incident, cast.practitioner, **known, **changed)

    def test_it_is_disposed_of_with_the_record_once_it_is_closed(self, closed: Case) -> None:
        urgent = urgent_of(closed)
        incident = reported(closed.cast.practitioner, urgent=urgent, further=[closed.decision])
        due = Due("urgent", urgent, timezone.localdate(), "25 years", frozenset(), is_held=False)
        assert kept_back([due], closed.cast.officer) == {urgent.reference: NOT_CLOSED}
        done(incident, "CLOSED", closed.cast.officer)
        assert kept_back([due], closed.cast.officer) == {}
        _gone("urgent", urgent)
        assert not Incident.objects.exists()
        assert not UrgentRecord.objects.filter(pk=urgent.pk).exists()


class TestSeveral:
    def test_their_references_are_typed_and_each_page_says_so(self, closed: Case, as_user: SignIn) -> None:
        client, others = (
            as_user(closed.cast.practitioner),
            [recorded_twin(closed.decision, at=closed.at) for _ in range(2)],
        )
        first, second = (other.reference for other in others)
        typed = f"{first.lower()}, {second} {first} {closed.decision.reference}"
        path = reverse("incidents:report_decision", args=[closed.decision.public_id])
        assert client.post(path, form(further=typed)).status_code == 302
        incident = Incident.objects.get()
        assert incident.decision == closed.decision
        assert {each.decision for each in incident.further.all()} == set(others)
        for decision in (closed.decision, *others):
            for name in one_in_turn(["decisions:detail", "decisions:print"]):
                assert f"See incident {incident.reference}" in main_of(client, name, decision.public_id)
        shown = main_of(client, "incidents:detail", incident.public_id)
        assert f"It is about decision {closed.decision.reference}, decision" in shown
        assert all(f"decision {reference}" in shown for reference in (first, second))

    def test_what_is_no_decision_of_theirs_is_said_beside_the_question(self, closed: Case, as_user: SignIn) -> None:
        draft, cast = twin_of(closed.decision), closed.cast
        from_decision = reverse("incidents:report_decision", args=[closed.decision.public_id])
        for by, path, typed in (
            (cast.practitioner, from_decision, "D-ZZZZZZ"),
            (cast.practitioner, from_decision, draft.reference),
            (cast.practitioner, reverse("incidents:report"), "all of them"),
            (cast.other_team, reverse("incidents:report"), closed.decision.reference),
        ):
            answer = as_user(by).post(path, form(further=typed))
            assert answer.status_code == 422
            [main] = parsed(answer.content.decode()).all("main")
            assert main.text.count(f"Check these references: {typed.upper().split()[0]}") == 2, typed
            assert "The letter went astray" in main.text
        assert not Incident.objects.exists()

    def test_whoever_sees_one_of_them_sees_it(self, closed: Case) -> None:
        incident = reported(closed.cast.practitioner, team=closed.cast.team, further=[closed.decision])
        assert Incident.objects.visible_to(closed.cast.teammate).get() == incident
        assert not Incident.objects.visible_to(closed.cast.other_team).exists()

    def test_the_database_asks_for_recorded_ones_named_once_and_at_once(self, closed: Case) -> None:
        cast, further = closed.cast, recorded_twin(closed.decision, at=closed.at)
        incident = reported(cast.practitioner, decision=closed.decision)
        known = {"incident": incident, "organisation": cast.organisation, "written_at": incident.written_at}
        for changed, message in (
            ({"decision": twin_of(closed.decision)}, "recorded decisions of its organisation"),
            ({"decision": closed.decision}, "named once"),
            ({"decision": further, "organisation": cast.stranger.organisation}, "one organisation"),
            ({"decision": further, "written_at": timezone.now()}, "recorded with the incident"),
        ):
            with refused(message):
                row(IncidentDecision, cast.practitioner, **{**known, **changed})
        row(IncidentDecision, cast.practitioner, **known, decision=further)
        with refused("append-only"):
            plain(IncidentDecision)._raw_delete("default")

    def test_a_further_decision_is_kept_while_it_is_open_and_then_goes_alone(self, closed: Case) -> None:
        further = recorded_twin(closed.decision, at=closed.at)
        incident = reported(closed.cast.practitioner, decision=closed.decision, further=[further])
        due = Due("decision", further, timezone.localdate(), "25 years", frozenset(), is_held=False)
        assert kept_back([due], closed.cast.officer) == {further.reference: NOT_CLOSED}
        done(incident, "CLOSED", closed.cast.officer)
        assert kept_back([due], closed.cast.officer) == {}
        _gone("decision", further)
        assert not incident.further.exists()
        assert Incident.objects.filter(pk=incident.pk).exists()
        _gone("decision", closed.decision)
        assert not Incident.objects.exists()


def _gone(kind: str, record: Any) -> None:
    at = timezone.now()
    with ledger.recording(actor=None, at=at):
        dispose(Record(kind, record), Authority("25 years", at))


class TestClosed:
    """Of an incident that is about several records, one that is closed closes it."""

    def test_with_the_decision_that_completes_the_urgent_record(self, closed: Case) -> None:
        urgent, cast = urgent_of(closed), closed.cast
        incident = reported(cast.practitioner, urgent=urgent)
        recorded_twin(closed.decision, at=timezone.now(), urgent=urgent)
        for user in (cast.practitioner, cast.supervisor, cast.officer):
            assert Incident.objects.visible_to(user).filter(pk=incident.pk).exists()
            knows(closed, user)
            assert not Incident.objects.visible_to(User.objects.get(pk=user.pk)).exists()
            assert list(open_incidents(User.objects.get(pk=user.pk), timezone.localdate())) == []

    def test_it_is_not_named_on_another_record(self, closed: Case, as_user: SignIn) -> None:
        cast, other = closed.cast, recorded_twin(closed.decision, at=timezone.now())
        incident = reported(cast.practitioner, decision=closed.decision, further=[other])
        page = reverse("decisions:detail", args=[closed.decision.public_id])
        assert incident.reference in as_user(cast.teammate).get(page).content.decode()
        restrict(
            reference=other.reference, people=[cast.practitioner], why="Her aunt", by=cast.supervisor,
            at=timezone.now(),
        )  # fmt: skip
        assert incident.reference not in as_user(cast.teammate).get(page).content.decode()
        assert incident.reference in as_user(cast.practitioner).get(page).content.decode()


def knows(case: Case, user: User) -> None:
    for family in case.decision.decision_families.all():
        reference = family.family.reference
        declare_conflict(reference=reference, user=user, how="knows", by=user, at=timezone.now())
