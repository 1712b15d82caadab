"""What a court, a regulator or a complaint is about is named, read within the request alone, and printed for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions import add_addition
from decisions.models import Decision
from decisions.presenters.record import sections
from families.actions import add_person
from families.details import PersonDetails
from families.models import Person
from reminders.due import tasks
from retention.due import Due
from retention.kept_back import ASKED, kept_back
from rights import actions
from rights import whole_record as presented
from rights.forms.named_records import LeaveOutForm
from rights.models import ItemDecision, NamedRecord, RightsRequest
from rights.whole_record import Line, WholeRecord, whole_record
from tests.decisions.cases import CHILD, MOTHER, Case, plain, refused, started
from tests.in_turn import one_in_turn
from tests.pages import PageClient, parsed
from tests.rights.requests import event, opened
from tests.shared import undone

SignIn = Callable[[User], PageClient]
COURT = {"kind": "COURT_ORDER", "asker": "BODY", "asked_by_name": "Family Court at Fernley",
         "their_reference": "FE26P00123", "wanted": "All records of the child"}  # fmt: skip
REGULATOR = {**COURT, "kind": "REGULATOR", "asked_by_name": "Ofsted", "their_reference": ""}
MISSING: list[tuple[dict[str, Any], str]] = [
    ({"choice": "GIVE"}, "Tick what you want"),
    ({"items": ["first"]}, "Choose what you will do"),
    ({"items": ["first"], "choice": "LEAVE_OUT", "ground": "OTHER"}, "Enter what shows that"),
    ({"items": ["first"], "choice": "LEAVE_OUT", "ground": "OTHER", "reason": "n/a"}, "in your own words"),
    ({"items": ["0" * 32], "choice": "GIVE"}, "changed since you opened it"),
]
COMPLAINT = {"kind": "COMPLAINT", "wanted": "Nobody asked me"}


def person(case: Case, name: str = CHILD) -> Person:
    found: Person = case.family.people.get(name=name)
    return found


def ordered(case: Case, **changed: Any) -> RightsRequest:
    return opened(person(case), case.cast.officer, **{**COURT, **changed})


def named(case: Case, request: RightsRequest, reference: str = "", **changed: Any) -> list[NamedRecord]:
    known: dict[str, Any] = {"why": "The order names it", "submission_id": uuid4(), "by": case.cast.officer, **changed}
    return actions.name_records(
        request=request, reference=reference or case.decision.reference, at=timezone.now(), **known
    )


def read(case: Case, request: RightsRequest, *, printing: bool = False) -> WholeRecord:
    return actions.open_named(
        request=request, decision=case.decision, printing=printing, by=case.cast.officer, at=timezone.now()
    )


def left_out(case: Case, request: RightsRequest, keys: list[str], **changed: Any) -> list[ItemDecision]:
    known: dict[str, Any] = {"choice": "LEAVE_OUT", "ground": "NOT_ASKED", "reason": "It orders letters alone",
                             "submission_id": uuid4(), "by": case.cast.officer, **changed}  # fmt: skip
    return actions.leave_out(request=request, decision=case.decision, keys=keys, at=timezone.now(), **known)


def close(case: Case, request: RightsRequest) -> None:
    outcome = "NOT_UPHELD" if request.kind == "COMPLAINT" else "GIVEN"
    event(request, "CLOSED", case.cast.officer, outcome=outcome, answered_how="By secure email")


def path(case: Case, request: RightsRequest, page: str = "read") -> str:
    return reverse(f"rights:{page}", args=[request.public_id, *([] if page == "name" else [case.decision.public_id])])


def about(line: Line, sent: dict[str, Any]) -> dict[str, Any]:
    return {**sent, "items": [line.key if key == "first" else key for key in sent.get("items", [])]}


@pytest.fixture(scope="class")
def _order(_closed: Case) -> Iterator[RightsRequest]:
    with undone():
        request = ordered(_closed)
        named(_closed, request)
        yield request


@pytest.fixture
def order(_order: RightsRequest, db: None) -> RightsRequest:
    """Of a court, which names the record."""
    return _order


class TestComingIn:
    def test_a_court_order_is_entered_with_its_reference_and_its_day(self, closed: Case, as_user: SignIn) -> None:
        client, officer, today = as_user(closed.cast.officer), closed.cast.officer, timezone.localdate()
        due = today + timedelta(days=9)
        sent = {"name": MOTHER, "reference": closed.family.reference, "kind": "COURT_ORDER", "wanted": "Her file",
                "asker": "BODY", "body_name": "Family Court at Fernley", "their_reference": "FE26P00123",
                "wanted_by_day": due.day, "wanted_by_month": due.month, "wanted_by_year": due.year,
                "received_on_day": today.day, "received_on_month": today.month,
                "received_on_year": today.year}  # fmt: skip
        answer = client.post(reverse("rights:open"), sent)
        request = RightsRequest.objects.get()
        assert (request.wanted_by, request.their_reference, request.asked_by_person) == (due, "FE26P00123", None)
        page = client.get(answer.headers["Location"]).content.decode()
        assert all(words in page for words in ("FE26P00123", "Family Court at Fernley", "as they ask", "Court order"))
        assert [task.due for task in tasks(officer, today)] == [due]
        assert [task.overdue for task in tasks(officer, due + timedelta(days=1))] == [True]

    @pytest.mark.parametrize(
        ("kind", "asker", "message"),
        [("COURT_ORDER", "SELF", "choose “A court or a regulator”"), ("ACCESS", "BODY", "choose whose request it is"),
         ("REGULATOR", "PARENT", "choose “A court or a regulator”")],
    )  # fmt: skip
    def test_who_asks_fits_what_is_asked(
        self, closed: Case, as_user: SignIn, kind: str, asker: str, message: str
    ) -> None:
        today = timezone.localdate()
        sent = {"name": MOTHER, "reference": closed.family.reference, "kind": kind, "wanted": "It", "asker": asker,
                "body_name": "Ofsted" if asker == "BODY" else "", "parent_name": "Ann" if asker == "PARENT" else "",
                "received_on_day": today.day, "received_on_month": today.month,
                "received_on_year": today.year}  # fmt: skip
        answer = as_user(closed.cast.officer).post(reverse("rights:open"), sent)
        assert answer.status_code == 422
        assert message in parsed(answer.content.decode()).all("main")[0].text


class TestNaming:
    @pytest.mark.parametrize("asked", [COURT, REGULATOR, COMPLAINT])
    def test_by_decision_or_family_each_an_entry(self, closed: Case, asked: dict[str, str]) -> None:
        request = opened(person(closed), closed.cast.officer, **asked)
        for reference in (closed.decision.reference.lower(), closed.family.reference):
            if NamedRecord.objects.exists():
                with pytest.raises(ValidationError, match="names this already"):
                    named(closed, request, reference)
            else:
                [row] = named(closed, request, reference)
                assert row.decision == closed.decision
        entry = LedgerEntry.objects.get(event="rights.record_named")
        assert entry.object_pk == str(closed.decision.pk)
        assert entry.additional_data["reference"] == request.reference

    def test_of_a_family_every_recorded_decision(self, closed: Case) -> None:
        rows = named(closed, ordered(closed), closed.family.reference)
        assert [row.decision for row in rows] == [closed.decision]

    def test_what_is_not_there_drafts_and_other_organisations_are_not_named(self, closed: Case) -> None:
        request = ordered(closed)
        for reference in ("D-000000", "F-000000", person(closed).name, ""):
            with pytest.raises(ValidationError, match="No recorded decision"):
                actions.name_records(
                    request=request, reference=reference, why="The order", submission_id=uuid4(),
                    by=closed.cast.officer, at=timezone.now(),
                )  # fmt: skip
        with pytest.raises(Http404):
            named(closed, request, by=closed.cast.stranger.officer)
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            with pytest.raises(PermissionDenied):
                named(closed, request, by=who)

    def test_an_access_request_names_none(self, closed: Case) -> None:
        request = opened(person(closed), closed.cast.officer)
        with pytest.raises(ValidationError, match="every record that they are on"):
            named(closed, request)

    def test_sent_twice_it_names_once(self, closed: Case) -> None:
        request, sent = ordered(closed), uuid4()
        assert named(closed, request, submission_id=sent) == named(closed, request, submission_id=sent)

    def test_it_is_not_disposed_of_while_a_request_names_it(self, closed: Case) -> None:
        aunt = PersonDetails(name="Ann Fell", role="relative")
        elsewhere = add_person(family=closed.family, details=aunt, by=closed.cast.practitioner, at=closed.at)
        request = opened(elsewhere, closed.cast.officer, **COURT)
        named(closed, request)
        due = Due("decision", closed.decision, timezone.localdate(), "", frozenset(), is_held=False)
        assert kept_back([due], closed.cast.officer)[closed.decision.reference] == ASKED


class TestReading:
    def test_the_whole_record_each_time_an_entry_that_names_the_request(
        self, closed: Case, order: RightsRequest, as_user: SignIn
    ) -> None:
        answer = as_user(closed.cast.officer).get(path(closed, order))
        words = " ".join(parsed(answer.content.decode()).all("main")[0].text.split())
        for section in sections(closed.again()):
            for row in section.rows:
                assert all(" ".join(line.split()) in words for line in row.lines), row.key
        entry = LedgerEntry.objects.get(event="rights.record_opened")
        assert entry.additional_data == {"request": order.pk, "reference": order.reference}

    def test_only_within_the_request_and_only_while_it_is_open(
        self, closed: Case, order: RightsRequest, as_user: SignIn
    ) -> None:
        other, client = ordered(closed), as_user(closed.cast.officer)
        for page in ("read", "print"):
            assert client.get(path(closed, other, page)).status_code == 404
            assert client.get(path(closed, order, page)).status_code == 200
        close(closed, order)
        for page in ("read", "print"):
            assert client.get(path(closed, order, page)).status_code == 404
        assert client.get(reverse("decisions:detail", args=[closed.decision.public_id])).status_code == 403
        detail = client.get(reverse("rights:detail", args=[order.public_id])).content.decode()
        assert path(closed, order) not in detail
        assert "you can no longer open them" in detail

    def test_an_answered_access_request_closes_its_records_too(self, closed: Case, as_user: SignIn) -> None:
        request, client = opened(person(closed), closed.cast.officer), as_user(closed.cast.officer)
        assert client.get(path(closed, request, "record")).status_code == 200
        event(request, "CLOSED", closed.cast.officer, outcome="WITHDRAWN", answered_how="By phone")
        assert client.get(path(closed, request, "record")).status_code == 404

    def test_past_the_page_an_answered_request_opens_nothing(self, closed: Case) -> None:
        request = ordered(closed)
        named(closed, request)
        [key, *_] = [line.key for line in read(closed, request).lines]
        close(closed, request)
        with pytest.raises(Http404):
            read(closed, request)
        for action in (lambda: left_out(closed, request, [key]), lambda: named(closed, request)):
            with pytest.raises(ValidationError, match="is answered"):
                action()


class TestLeavingOut:
    def test_the_print_says_that_and_why_and_not_what(
        self, closed: Case, order: RightsRequest, as_user: SignIn
    ) -> None:
        client = as_user(closed.cast.officer)
        record = read(closed, order)
        line = next(line for line in record.lines if line.title == "Seen or said")
        sent = {"items": [line.key], "choice": "LEAVE_OUT", "ground": "NOT_ASKED", "reason": "Only letters are ordered"}
        assert client.post(path(closed, order), sent).status_code == 302
        page = parsed(client.get(path(closed, order, "print")).content.decode()).all("main")[0].text
        assert line.texts[0] not in page
        assert "They did not ask for it" in page
        assert "Only letters are ordered" not in page
        assert "FE26P00123" in page
        assert line.texts[0] in parsed(client.get(path(closed, order)).content.decode()).all("main")[0].text
        entry = LedgerEntry.objects.get(event="rights.record_printed")
        assert entry.additional_data["left_out"] == 1
        left_out(closed, order, [line.key], choice="GIVE", ground="", reason="")
        page = parsed(client.get(path(closed, order, "print")).content.decode()).all("main")[0].text
        assert line.texts[0] in page

    def test_what_is_added_later_is_left_out_by_nobody(self, closed: Case, order: RightsRequest) -> None:
        left_out(closed, order, [line.key for line in read(closed, order).lines])
        add_addition(
            decision=closed.decision, person=None, submission_id=uuid4(), by=closed.cast.practitioner,
            answers={"section": "concern", "kind": "SUPPLEMENT", "text": "He said it twice"}, at=timezone.now(),
        )  # fmt: skip
        shown = [line for line in whole_record(closed.again(), order).lines if not line.left_out]
        assert [line.texts for line in shown] == [("He said it twice",)]

    def test_what_reads_differently_is_checked_before_it_is_printed(
        self, closed: Case, order: RightsRequest, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As after an update that words a heading of the record anew: it must not stand in the print unseen."""
        client = as_user(closed.cast.officer)
        line = next(line for line in read(closed, order).lines if line.title == "Seen or said")
        left_out(closed, order, [line.key])
        before = presented._lines

        def reworded(decision: Decision) -> Iterator[Line]:
            return (
                replace(each, title=each.title.replace("Seen or said", "Seen or heard")) for each in before(decision)
            )

        monkeypatch.setattr(presented, "_lines", reworded)
        answer = client.get(path(closed, order, "print"), follow=True)
        assert answer.redirect_chain == [(path(closed, order), 302)]
        page = parsed(answer.content.decode())
        assert "Check this before you print" in page.all("main")[0].text
        assert not LedgerEntry.objects.filter(event="rights.record_printed").exists()
        with pytest.raises(ValidationError, match="changed since you opened"):
            left_out(closed, order, [line.key])
        [now] = [each.key for each in read(closed, order).lines if each.title == "Seen or heard"]
        left_out(closed, order, [now])
        assert client.post(path(closed, order), {"items": [line.key], "choice": "GIVE"}).status_code == 302
        printed = client.get(path(closed, order, "print"))
        assert printed.status_code == 200
        assert line.texts[0] not in printed.content.decode()

    @pytest.mark.parametrize(("sent", "message"), MISSING)
    def test_what_is_missing_is_said(self, sent: dict[str, Any], message: str) -> None:
        line = Line("concern", "Seen or said", ("He was hurt",))
        assert message in str(LeaveOutForm(about(line, sent), lines=[line]).errors)

    def test_it_is_said_on_the_page(self, closed: Case, order: RightsRequest, as_user: SignIn) -> None:
        line = read(closed, order).lines[0]
        for sent, message in one_in_turn(MISSING):
            answer = as_user(closed.cast.officer).post(path(closed, order), about(line, sent))
            assert answer.status_code == 422
            assert message in parsed(answer.content.decode()).all("main")[0].text
        assert not ItemDecision.objects.exists()


class TestDatabase:
    """Past the actions."""

    def test_who_asks_fits_what_is_asked(self, closed: Case) -> None:
        known = {"organisation": closed.cast.organisation, "person": person(closed), "wanted": "It",
                 "received_on": timezone.localdate(), **written(closed)}  # fmt: skip
        wrong: list[dict[str, Any]] = [
            {"kind": "COURT_ORDER", "asker": "SELF"},
            {"kind": "ACCESS", "asker": "BODY", "asked_by_name": "Ofsted"},
            {"kind": "REGULATOR", "asker": "BODY", "asked_by_name": ""},
            {"kind": "ACCESS", "asker": "SELF", "their_reference": "1"},
        ]
        for values in wrong:
            with refused("rights_request_"):
                plain(RightsRequest).bulk_create([RightsRequest(**known, **values)])

    def test_a_record_is_named_by_an_open_request_of_its_organisation(self, closed: Case) -> None:
        request, access = ordered(closed), opened(person(closed), closed.cast.officer)
        draft = started(closed.cast, closed.at, family=closed.family)
        known: dict[str, Any] = {"organisation": closed.cast.organisation, "why": "The order", **written(closed)}
        of_record = {"request": request, "decision": closed.decision}
        for values, message in (
            ({**of_record, "request": access}, "found by the person"),
            ({**of_record, "decision": draft}, "recorded decisions of its organisation"),
            ({**of_record, "organisation": closed.cast.stranger.organisation}, "one organisation"),
        ):
            with refused(message):
                plain(NamedRecord).bulk_create([NamedRecord(**{**known, **values})])
        close(closed, request)
        with refused("stays as it is"):
            plain(NamedRecord).bulk_create([NamedRecord(**known, **of_record)])

    def test_nothing_is_left_out_of_what_is_not_named_nor_written_anew(self, closed: Case) -> None:
        request = ordered(closed)
        known = {"organisation": closed.cast.organisation, "request": request, "decision": closed.decision,
                 "key": "1", **written(closed)}  # fmt: skip
        with refused("because the request names it"):
            plain(ItemDecision).bulk_create([ItemDecision(**known, choice="GIVE")])
        named(closed, request)
        part = {"choice": "PART", "given": "He", "ground": "OTHER", "ground_citation": "Another", "reason": "So"}
        with refused("nothing is written anew"):
            plain(ItemDecision).bulk_create([ItemDecision(**known, **part)])
        plain(ItemDecision).bulk_create([ItemDecision(**known, choice="GIVE")])


def written(case: Case) -> dict[str, Any]:
    by = case.cast.officer
    return {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
