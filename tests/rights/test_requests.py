"""How a request about rights comes in, who sees it, what happens with it, and what the database refuses."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from families.actions import add_person
from families.details import PersonDetails
from families.models import Person
from reminders.due import tasks
from rights import actions
from rights.models import RequestEvent, RightsRequest
from tests.decisions.cases import CHILD, MOTHER, Case, plain, refused, sql
from tests.pages import PageClient, parsed
from tests.rights.requests import asked, event, opened

SignIn = Callable[[User], PageClient]
DAY = timedelta(days=1)
BORN = date(2018, 5, 4)


def person(case: Case, name: str = MOTHER) -> Person:
    found: Person = case.family.people.get(name=name)
    return found


def look(case: Case, name: str, born: date | None = None, reference: str = "") -> Person | None:
    return actions.find_person(name=name, born=born, reference=reference, by=case.cast.officer, at=case.at)


class TestFinding:
    """By what only they would know, one at a time, and nothing beyond the match."""

    def test_by_birth_family_or_decision(self, closed: Case) -> None:
        mother, at = person(closed), closed.at
        aunt = PersonDetails(name="Ann Fell", role="relative", date_of_birth=BORN)
        added = add_person(family=closed.family, details=aunt, by=closed.cast.practitioner, at=at)
        assert look(closed, " ann  fell ", born=BORN) == added
        assert look(closed, MOTHER.upper(), reference=closed.family.reference.lower()) == mother
        assert look(closed, MOTHER, reference=closed.decision.reference) == mother
        assert look(closed, CHILD, reference=closed.decision.reference) == person(closed, CHILD)

    @pytest.mark.parametrize(
        ("name", "born", "reference"),
        [
            (MOTHER, BORN, ""), (MOTHER[:-1], None, "family"), (MOTHER, None, ""), (MOTHER, None, "F-000000"),
            ("", None, "family"),
        ],
    )  # fmt: skip
    def test_nothing_else_finds_anybody(self, closed: Case, name: str, born: date | None, reference: str) -> None:
        wanted = closed.family.reference if reference == "family" else reference
        assert look(closed, name, born=born, reference=wanted) is None

    def test_each_try_is_an_entry_without_the_words(self, closed: Case) -> None:
        look(closed, "Nobody Here", reference="F-000000")
        look(closed, MOTHER, reference=closed.family.reference)
        entries = LedgerEntry.objects.filter(event="rights.person_searched").order_by("seq")
        assert [entry.additional_data["found"] for entry in entries] == [0, person(closed).pk]
        assert "Nobody" not in str(list(entries.values()))

    def test_another_organisation_finds_nobody(self, closed: Case) -> None:
        stranger = closed.cast.stranger.officer
        found = actions.find_person(
            name=MOTHER, born=None, reference=closed.family.reference, by=stranger, at=closed.at
        )
        assert found is None

    def test_nobody_else_may_look(self, closed: Case) -> None:
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            with pytest.raises(PermissionDenied):
                actions.find_person(name=MOTHER, born=None, reference=closed.family.reference, by=who, at=closed.at)


class TestPages:
    def test_an_officer_opens_one_for_the_person_found(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.officer)
        sent = {"name": MOTHER, "reference": closed.family.reference, "kind": "ACCESS", "wanted": "Everything",
                "asker": "SELF", "received_on_day": "2", "received_on_month": "11", "received_on_year": "2026",
                "identity": "Passport seen"}  # fmt: skip
        answer = client.post(reverse("rights:open"), sent)
        request = RightsRequest.objects.get()
        assert answer.headers["Location"] == reverse("rights:detail", args=[request.public_id])
        page = client.get(answer.headers["Location"]).content.decode()
        assert MOTHER in page
        assert "by 2 December 2026" in page
        assert "Passport seen" in page
        assert MOTHER not in client.get(reverse("rights:list")).content.decode(), "no name is on a list"

    def test_nobody_found_is_said_beside_the_name_and_nothing_typed_is_lost(
        self, closed: Case, as_user: SignIn
    ) -> None:
        today = timezone.localdate()
        sent = {"name": "Rian Ashdown", "reference": closed.family.reference, "kind": "ACCESS", "wanted": "My file",
                "asker": "PARENT", "parent_name": "Ann", "received_on_day": str(today.day),
                "received_on_month": str(today.month), "received_on_year": str(today.year)}  # fmt: skip
        answer = as_user(closed.cast.officer).post(reverse("rights:open"), sent)
        page = parsed(answer.content.decode())
        assert answer.status_code == 422
        assert "Nobody, or more than one person" in page.all("main")[0].text
        assert {"Rian Ashdown", "Ann"} <= {box.attrs.get("value") for box in page.all("input")}
        assert not RightsRequest.objects.exists()

    def test_a_practitioner_passes_one_on_and_the_officer_sees_it(self, closed: Case, as_user: SignIn) -> None:
        cast, today = closed.cast, timezone.localdate()
        path = reverse("rights:pass_on", args=[person(closed).public_id])
        sent = {"kind": "CORRECTION", "wanted": "It was the left arm", "asker": "SELF", "received_on_day": today.day,
                "received_on_month": today.month, "received_on_year": today.year}  # fmt: skip
        client = as_user(cast.practitioner)
        assert path in client.get(reverse("families:detail", args=[closed.family.public_id])).content.decode()
        assert client.post(path, sent).status_code == 302
        request = RightsRequest.objects.get()
        assert request.written_by == cast.practitioner
        [task] = [task for task in tasks(cast.officer, today) if task.reference == request.reference]
        assert task.due
        assert not task.overdue
        assert task.address == reverse("rights:detail", args=[request.public_id])
        assert not [task for task in tasks(cast.practitioner, today) if task.reference == request.reference]

    def test_it_is_overdue_for_the_officer_until_it_is_answered(self, closed: Case, as_user: SignIn) -> None:
        officer, today = closed.cast.officer, timezone.localdate()
        request = opened(person(closed), officer, received_on=today - 40 * DAY)
        assert [task.overdue for task in tasks(officer, today)] == [True]
        assert "Overdue" in as_user(officer).get(reverse("rights:list")).content.decode()
        event(request, "CLOSED", officer, outcome="NOTHING_HELD", answered_how="By letter")
        assert tasks(officer, today) == []
        assert "Answered" in as_user(officer).get(reverse("rights:list")).content.decode()


class TestEvents:
    def test_they_know_of_more_time_within_the_first_month(self, closed: Case) -> None:
        officer, today = closed.cast.officer, timezone.localdate()
        late = opened(person(closed), officer, received_on=today - 70 * DAY)
        with pytest.raises(ValidationError, match="within the first month"):
            event(late, "EXTENDED", officer, months=2)
        event(late, "EXTENDED", officer, today - 60 * DAY, months=2)
        with pytest.raises(ValidationError, match="already"):
            event(late, "EXTENDED", officer, today - 60 * DAY, months=1)

    def test_what_cannot_have_happened_is_refused(self, closed: Case) -> None:
        officer, request = closed.cast.officer, opened(person(closed), closed.cast.officer)
        with pytest.raises(ValidationError, match="on or after"):
            event(request, "IDENTITY", officer, timezone.localdate() - DAY)
        with pytest.raises(ValidationError, match="not waiting"):
            event(request, "REPLIED", officer)
        event(request, "ASKED_CLARIFICATION", officer)
        with pytest.raises(ValidationError, match="reply already"):
            event(request, "ASKED_IDENTITY", officer)
        with pytest.raises(ValidationError, match="how it ended"):
            event(request, "CLOSED", officer, outcome="UPHELD", answered_how="By post")

    @pytest.mark.parametrize(("kind", "outcome"), [("COMPLAINT", "UPHELD"), ("OBJECTION", "CONTINUED")])
    def test_a_complaint_and_an_objection_end_as_the_record_knows_them(
        self, closed: Case, kind: str, outcome: str
    ) -> None:
        officer = closed.cast.officer
        request = opened(person(closed), officer, kind=kind)
        event(request, "ACKNOWLEDGED", officer)
        event(request, "CLOSED", officer, outcome=outcome, answered_how="In person")
        with pytest.raises(ValidationError, match="is answered"):
            event(request, "IDENTITY", officer)

    def test_every_page_of_an_event_takes_it(self, closed: Case, as_user: SignIn) -> None:
        officer, today = closed.cast.officer, timezone.localdate()
        client, request = as_user(officer), opened(person(closed), closed.cast.officer, identity="")
        day = {"on_day_day": today.day, "on_day_month": today.month, "on_day_year": today.year}
        wanted: list[tuple[str, dict[str, str]]] = [
            ("ask-identity", {}), ("identity", {}), ("ask-meaning", {}), ("reply", {}), ("more-time", {"months": "2"}),
            ("acknowledge", {}), ("close", {"outcome": "GIVEN", "answered_how": "In person"}),
        ]  # fmt: skip
        for slug, more in wanted:
            path = reverse("rights:add_event", args=[request.public_id, slug])
            assert path in client.get(reverse("rights:detail", args=[request.public_id])).content.decode(), slug
            assert client.post(path, {"text": "I saw her pass", **day, **more}).status_code == 302, slug
        assert client.get(path).status_code == 404, "it is answered"


class TestDatabase:
    """What must never be false is refused to SQL as well."""

    def test_nothing_is_changed_or_taken_out(self, closed: Case) -> None:
        request = opened(person(closed), closed.cast.officer)
        for table in ("rights_rightsrequest", "rights_requestevent"):
            with refused("append-only"):
                sql(f"UPDATE {table} SET written_at = written_at")
            with refused("append-only"):
                sql(f"DELETE FROM {table}")
        assert request.events.count() == 1

    def test_a_request_stays_in_its_organisation(self, closed: Case) -> None:
        stranger = closed.cast.stranger
        values = {**asked(), "organisation": stranger.organisation, "person": person(closed)}
        with refused("about somebody of its organisation"):
            self.row(RightsRequest, stranger.officer, **values)
        with refused("belongs to one organisation"):
            self.row(RightsRequest, stranger.officer, **{**values, "organisation": closed.cast.organisation})

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"kind": "EXTENDED", "months": 3}, "request_event_months"),
            ({"kind": "EXTENDED"}, "request_event_months"),
            ({"kind": "CLOSED", "outcome": "GIVEN"}, "request_event_outcome"),
            ({"kind": "CLOSED", "outcome": "FINE", "answered_how": "By post"}, "request_event_outcome"),
            ({"kind": "IDENTITY", "outcome": "GIVEN"}, "request_event_outcome"),
            ({"kind": "IDENTITY", "text": ""}, "request_event_says_what"),
            ({"kind": "IDENTITY", "on_day": date(2020, 1, 1)}, "before it was received"),
        ],
    )
    def test_what_an_event_must_be(self, closed: Case, values: dict[str, Any], message: str) -> None:
        request = opened(person(closed), closed.cast.officer)
        with refused(message):
            self.event(request, closed, **values)

    def test_more_time_once_and_nothing_after_the_answer(self, closed: Case) -> None:
        request = opened(person(closed), closed.cast.officer)
        self.event(request, closed, kind="EXTENDED", months=1)
        with refused("more time once"):
            self.event(request, closed, kind="EXTENDED", months=1)
        self.event(request, closed, kind="CLOSED", outcome="GIVEN", answered_how="By post")
        with refused("stays as it is"):
            self.event(request, closed, kind="IDENTITY")

    def event(self, request: RightsRequest, case: Case, **values: Any) -> None:
        known = {"request": request, "organisation": case.cast.organisation, "on_day": request.received_on, "text": "x"}
        self.row(RequestEvent, case.cast.officer, **{**known, **values})

    @staticmethod
    def row(model: Any, by: User, **values: Any) -> None:
        written = {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
        plain(model).bulk_create([model(**written, **values)])
