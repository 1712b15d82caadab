"""A record is opened in an emergency: what opens, what stays closed, who is told, and what the database refuses."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessNotice, User
from audit.models import LedgerEntry
from decisions.actions import restrict
from decisions.models import Decision, DecisionFamily
from emergencies import actions
from emergencies.actions.opening import HELD, MOST, ONE_AT_A_TIME, YOURS
from emergencies.models import OPEN_FOR, EmergencyOpening, OpeningClosed, OpeningNotice
from emergencies.queries import decisions_in
from emergencies.views.opening import NOTHING
from families.actions import declare_conflict
from families.models import Family, Person
from tests.decisions.cases import Case, plain, refused, sql, twin_of
from tests.emergencies.openings import REASON, opened, tried, typed
from tests.in_turn import one_in_turn
from tests.incidents.test_about_more import urgent_of
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]
MINUTE = timedelta(minutes=1)
ABSENT = "F-0000ZZ"


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def pages_of(opening: EmergencyOpening, closed: Case) -> dict[str, str]:
    child = closed.family.people.order_by("pk")[0]
    ends = {
        "family": [], "contacts": [child.public_id], "disclosure": [closed.disclosure.public_id],
        "decision": [closed.decision.public_id],
    }  # fmt: skip
    return {name: reverse(f"emergencies:{name}", args=[opening.public_id, *more]) for name, more in ends.items()}


def main_of(answer: Any) -> str:
    [main] = parsed(answer.content.decode()).all("main")
    return main.text


class TestWhatOpens:
    def test_every_page_says_so_and_is_an_entry_about_what_it_shows(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.other_team)
        answer = client.post(reverse("emergencies:open"), typed(reference=closed.family.reference.lower()))
        opening = EmergencyOpening.objects.get()
        pages = pages_of(opening, closed)
        assert answer.headers["Location"] == pages["family"]
        for name, address in pages.items():
            page = client.get(address)
            said = main_of(page)
            assert page.status_code == 200, name
            assert f"Family {closed.family.reference} is open to you until" in said
            assert "Close it now" in said
            assert 0 < int(page.headers["Refresh"]) <= 3601
        events = list(LedgerEntry.objects.filter(event__contains=".emergency_opened").values_list("event", "object_pk"))
        assert {event.partition(".")[0] for event, _ in events} == set(pages)
        assert ("decision.emergency_opened", str(closed.decision.pk)) in events
        looked = as_user(closed.cast.supervisor).get(reverse("families:who_looked", args=[closed.family.public_id]))
        assert "Opened in an emergency" in main_of(looked)

    def test_it_is_nowhere_else(self, closed: Case, as_user: SignIn) -> None:
        """No list, print, addition or file has it: nothing asks `visible_to` about it."""
        opened(closed.family, closed.cast.other_team)
        client, decision = as_user(closed.cast.other_team), closed.decision.public_id
        for name in ("detail", "print", "summary", "proof", "add_sending", "add_addition", "law"):
            assert client.get(reverse(f"decisions:{name}", args=[decision])).status_code == 404, name
        for name in ("detail", "correct", "history", "person_add"):
            assert client.get(reverse(f"families:{name}", args=[closed.family.public_id])).status_code == 404, name
        assert closed.family.reference not in client.get(reverse("families:list")).content.decode()

    def test_by_a_whole_name_and_the_date_of_birth(self, closed: Case) -> None:
        """Capitals and spaces aside, all of it: and nothing opens where two families have somebody so called."""
        born, by, now = date(2015, 3, 2), closed.cast.other_team, timezone.now()
        row = Person(organisation=closed.cast.organisation, family=closed.family, name="Élodie  Kent", role="child",
                     date_of_birth=born)  # fmt: skip
        plain(Person).bulk_create([row])
        for name, day in (("Élodie", born), ("Elodie Kent", born), ("Élodie Kent", born + timedelta(1))):
            assert tried(by, name=name, date_of_birth=day) is None
        found = tried(by, name=" élodie KENT", date_of_birth=born)
        assert found is not None
        assert found.family == closed.family
        actions.close_opening(opening=found, by=by, at=now)
        next_door = Family(organisation=closed.cast.organisation, name="Next door", registered_at=now)
        row.pk, row.public_id, row.family = None, uuid4(), plain(Family).bulk_create([next_door])[0]
        plain(Person).bulk_create([row])
        assert tried(by, name="Élodie Kent", date_of_birth=born) is None

    def test_what_is_also_about_another_family_stays_closed(self, closed: Case) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        user, twin = fresh(closed.cast.other_team), twin_of(closed.decision)
        next_door = Family(organisation=closed.cast.organisation, name="Next door", registered_at=timezone.now())
        other = plain(Family).bulk_create([next_door])[0]
        about = DecisionFamily(organisation=other.organisation, decision=twin, family=other, reference=other.reference)
        plain(DecisionFamily).bulk_create([about])
        plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=timezone.now())
        assert twin.decision_families.count() == 2
        assert [row.pk for row in decisions_in(opening, user)] == [closed.decision.pk]

    def test_an_urgent_record_that_one_of_the_decisions_completes(self, closed: Case, as_user: SignIn) -> None:
        urgent, twin = urgent_of(closed), twin_of(closed.decision)
        opening, client = opened(closed.family, closed.cast.other_team), as_user(closed.cast.other_team)
        address = reverse("emergencies:urgent", args=[opening.public_id, urgent.public_id])
        assert client.get(address).status_code == 404
        recorded = {"state": "recorded", "recorded_at": timezone.now()}
        plain(Decision).filter(pk=twin.pk).update(urgent=urgent, **recorded)
        assert address in client.get(pages_of(opening, closed)["family"]).content.decode()
        assert urgent.reference in main_of(client.get(address))


class TestForHowLong:
    @pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 302)])
    def test_an_hour_by_our_clock(self, closed: Case, as_user: SignIn, minutes: int, status: int) -> None:
        opening = opened(closed.family, closed.cast.other_team, timezone.now() - minutes * MINUTE - MINUTE / 60)
        answer = as_user(closed.cast.other_team).get(pages_of(opening, closed)["decision"])
        assert answer.status_code == status

    def test_until_it_is_closed(self, closed: Case, as_user: SignIn) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        client, pages = as_user(closed.cast.other_team), pages_of(opening, closed)
        ended = client.post(reverse("emergencies:close", args=[opening.public_id]))
        assert ended.headers["Location"] == reverse("emergencies:detail", args=[opening.public_id])
        for address in pages.values():
            assert client.get(address).headers["Location"] == ended.headers["Location"]
        with pytest.raises(Http404):
            actions.read_family(
                opening=opening, family=closed.family, by=fresh(closed.cast.other_team), at=timezone.now()
            )
        assert client.post(reverse("emergencies:close", args=[opening.public_id])).status_code == 302
        assert OpeningClosed.objects.count() == 1

    def test_nobody_elses_hour_and_one_record_at_a_time(self, closed: Case, as_user: SignIn) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        for who in ("practitioner", "supervisor"):
            assert as_user(getattr(closed.cast, who)).get(pages_of(opening, closed)["family"]).status_code == 404
        with pytest.raises(ValidationError, match=ONE_AT_A_TIME):
            tried(fresh(closed.cast.other_team), reference=ABSENT)

    def test_a_conflict_ends_it(self, closed: Case, as_user: SignIn) -> None:
        by = closed.cast.other_team
        opening = opened(closed.family, by)
        declare_conflict(reference=closed.family.reference, user=by, how="knows", by=by, at=timezone.now())
        for address in pages_of(opening, closed).values():
            assert as_user(fresh(by)).get(address).status_code == 404
        assert as_user(fresh(by)).get(reverse("emergencies:detail", args=[opening.public_id])).status_code == 404


class TestWhatDoesNot:
    def test_absent_and_closed_answer_alike(self, closed: Case, as_user: SignIn) -> None:
        by = closed.cast.other_team
        declare_conflict(reference=closed.family.reference, user=by, how="knows", by=by, at=timezone.now())
        client = as_user(fresh(by))
        # Past the guard of every address, the action itself answers so.
        assert tried(fresh(by), reference=closed.family.reference) is None
        answers = [client.post(reverse("emergencies:open"), typed(reference=each)) for each in (ABSENT, "F-1111ZZ")]
        assert [answer.status_code for answer in answers] == [422, 422]
        page = main_of(answers[0])
        assert page.count(NOTHING) == 2
        assert REASON in page
        tries = LedgerEntry.objects.filter(event="emergency.nothing_opened")
        assert tries.count() == 3
        assert not any("ZZ" in str(entry.additional_data) or REASON in str(entry.changes) for entry in tries)
        assert not AccessNotice.objects.filter(change="emergency").exists()

    def test_restricted_records(self, closed: Case, as_user: SignIn) -> None:
        """Neither a restricted family, past the actions too, nor a restricted decision of one that opens."""
        cast, by = closed.cast, closed.cast.other_team
        restriction: dict[str, Any] = {"people": [cast.practitioner], "why": "Their aunt", "by": cast.supervisor}
        opening = opened(closed.family, by)
        one = restrict(reference=closed.decision.reference, at=timezone.now(), **restriction)
        page = as_user(fresh(by)).get(pages_of(opening, closed)["family"])
        assert page.status_code == 200
        assert closed.decision.reference not in page.content.decode()
        assert as_user(fresh(by)).get(pages_of(opening, closed)["decision"]).status_code == 404
        assert one.decision == closed.decision
        actions.close_opening(opening=opening, by=by, at=timezone.now())
        restrict(reference=closed.family.reference, at=timezone.now(), **restriction)
        assert tried(fresh(by), reference=closed.family.reference) is None
        row = plain(EmergencyOpening).get(pk=opening.pk)
        row.pk, row.reference, row.public_id = None, "B-000001", closed.decision.public_id
        with refused("a restricted family opens for nobody else"):
            plain(EmergencyOpening).bulk_create([row])

    def test_what_is_theirs_is_opened_as_always(self, closed: Case) -> None:
        for who in ("practitioner", "teammate", "supervisor"):
            with pytest.raises(ValidationError, match=YOURS):
                tried(getattr(closed.cast, who), reference=closed.family.reference)

    def test_tries_are_counted(self, closed: Case) -> None:
        for _ in range(MOST):
            assert tried(closed.cast.other_team, reference=ABSENT) is None
        with pytest.raises(ValidationError, match=HELD):
            tried(closed.cast.other_team, reference=closed.family.reference)
        assert LedgerEntry.objects.filter(event="emergency.throttled").count() == 1
        assert not EmergencyOpening.objects.exists()

    @pytest.mark.parametrize("who", ["administrator", "officer"])
    def test_not_for_offices(self, closed: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            tried(getattr(closed.cast, who), reference=closed.family.reference)

    def test_nothing_of_another_organisation(self, closed: Case) -> None:
        assert tried(closed.cast.stranger.practitioner, reference=closed.family.reference) is None

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({}, "Enter the reference of the family, or a full name and a date of birth"),
            ({"name": "Mia Kent"}, "Enter the date of birth as well"),
            ({"reference": ABSENT, "reason": "see notes"}, "Enter what happened, in your own words"),
            ({"reference": ABSENT, "why": ""}, "Choose why it cannot wait"),
        ],
    )
    def test_what_is_missing_is_said_twice(
        self, closed: Case, as_user: SignIn, changed: dict[str, str], said: str
    ) -> None:
        answer = as_user(closed.cast.other_team).post(reverse("emergencies:open"), typed(**changed))
        assert answer.status_code == 422
        assert main_of(answer).count(said) == 2

    def test_nobody_else_is_asked_anything_more(self, closed: Case) -> None:
        user = fresh(closed.cast.teammate)
        user.has_emergencies  # noqa: B018  (read with the row)
        with CaptureQueriesContext(connection) as asked:
            assert list(EmergencyOpening.objects.open_to(user, timezone.now())) == []
        assert len(asked) == 0


class TestWhoWasPassedOver:
    def test_those_who_were_passed_over_at_once_and_without_a_name(
        self, closed: Case, as_user: SignIn, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "site@north.test"
        with django_capture_on_commit_callbacks(execute=True):
            opening = opened(closed.family, closed.cast.other_team)
        cast = closed.cast
        readers = {cast.supervisor: "supervisor", cast.practitioner: "author", cast.officer: "officer"}
        assert {row.person: row.why for row in OpeningNotice.objects.all()} == readers
        assert {to for sent in mail.outbox for to in sent.to} == {user.email for user in readers}
        for sent in mail.outbox:
            for words in (closed.family.reference, REASON, cast.other_team.full_name):
                assert words not in f"{sent.subject} {sent.body}"
        shown = main_of(as_user(cast.other_team).get(pages_of(opening, closed)["family"]))
        assert all(user.full_name in shown for user in readers)
        for user in one_in_turn(readers):
            client = as_user(fresh(user))
            assert "opened a record in an emergency" in main_of(client.get("/"))
            assert REASON in main_of(client.get(reverse("emergencies:detail", args=[opening.public_id])))

    def test_whoever_knows_the_family_is_not(self, closed: Case) -> None:
        cast = closed.cast
        declare_conflict(
            reference=closed.family.reference, user=cast.supervisor, how="knows", by=cast.officer, at=timezone.now()
        )
        opened(closed.family, cast.other_team)
        assert not OpeningNotice.objects.filter(person=cast.supervisor).exists()


class TestTheDatabase:
    def test_no_other_time_than_an_hour(self, closed: Case) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        row = plain(EmergencyOpening).get(pk=opening.pk)
        assert row.closes_at == row.written_at + OPEN_FOR
        for minutes in (61, 24 * 60, 59):
            row.pk, row.reference = None, "B-000001"
            row.public_id = closed.decision.public_id
            row.closes_at = row.written_at + minutes * MINUTE
            with refused("60 minutes"):
                plain(EmergencyOpening).bulk_create([row])

    def test_what_was_opened_stays(self, closed: Case) -> None:
        opened(closed.family, closed.cast.other_team)
        for statement in (
            "UPDATE emergencies_emergencyopening SET reason = 'Another one'",
            "UPDATE emergencies_emergencyopening SET closes_at = written_at",
            "DELETE FROM emergencies_openingnotice",
            "DELETE FROM emergencies_emergencyopening",
        ):
            with refused("append-only"):
                sql(statement)

    def test_whoever_knows_a_family_opens_nothing_even_past_the_actions(self, closed: Case) -> None:
        by = closed.cast.other_team
        row = plain(EmergencyOpening).get(pk=opened(closed.family, by).pk)
        declare_conflict(reference=closed.family.reference, user=by, how="knows", by=by, at=timezone.now())
        row.pk, row.reference, row.public_id = None, "B-000001", closed.decision.public_id
        with refused("opens nothing of it"):
            plain(EmergencyOpening).bulk_create([row])
