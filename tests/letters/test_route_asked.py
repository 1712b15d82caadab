"""Asking a supervisor to agree to a way that is refused: due to them until it is answered or over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from letters.actions import agree_to_route, ask_to_agree, refuse_to_agree
from letters.models import RouteAgreement
from reminders.due import tasks
from reminders.due_now import due_now
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, copy, plain, recorded_twin, refused
from tests.letters.test_letters import made, of, page_of
from tests.letters.ways import ADDRESSES, lives_at_home, reached
from tests.pages import PageClient, in_one_line, parsed

SignIn = Callable[[User], PageClient]
WHAT = "Agree a route for a letter, or say why not"
WHY, WHY_NOT = "She cannot come in, and he is away until May", "Wait for her sister: she collects it"
DAY = timedelta(days=1)
OLD = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def _no_way(_closed: Case) -> Case:
    lives_at_home(_closed, PARTNER, "no")
    for kind in ("letter", "email"):
        reached(_closed, MOTHER, kind, "no")
    return _closed


@pytest.fixture
def case(_no_way: Case, db: None) -> Case:
    """Neither a letter nor an email may go to the mother."""
    return _no_way


def arguments(case: Case, **changed: Any) -> dict[str, Any]:
    usual = {"decision": case.decision, "person": of(case, MOTHER), "route": "letter", "reason": WHY, "at": case.at}
    return {**usual, "submission_id": uuid4(), **changed}


def asked(case: Case, **changed: Any) -> RouteAgreement:
    return ask_to_agree(**arguments(case, **{"by": case.cast.practitioner, **changed}))


def answered(case: Case, action: Any = refuse_to_agree, **changed: Any) -> RouteAgreement:
    given: RouteAgreement = action(**arguments(case, **{"by": case.cast.supervisor, "reason": WHY_NOT, **changed}))
    return given


def due(user: User, at: datetime) -> list[str]:
    """Where the tasks of this kind lead."""
    found = tasks(User.objects.get(pk=user.pk), timezone.localdate(at))
    return [task.address for task in found if task.what == WHAT]


def page(case: Case, name: str) -> str:
    return reverse(f"letters:{name}", args=[case.decision.public_id, of(case, MOTHER).pk])


class TestDue:
    def test_to_the_supervisors_of_the_team_on_their_home_and_by_email(self, case: Case) -> None:
        before = len(due_now(case.cast.supervisor, case.at.date()))
        asked(case)
        assert due(case.cast.supervisor, case.at) == [page(case, "agree")]
        assert len(due_now(case.cast.supervisor, case.at.date())) == before + 1
        for user in (*case.cast.everybody, *case.cast.stranger.everybody):
            assert user == case.cast.supervisor or due(user, case.at) == []

    @pytest.mark.parametrize("answer", [agree_to_route, refuse_to_agree])
    def test_it_goes_with_the_answer_to_that_way_alone(self, case: Case, answer: Any) -> None:
        asked(case)
        asked(case, route="email")
        answered(case, answer, route="email")
        assert len(due(case.cast.supervisor, case.at)) == 1
        answered(case, answer)
        assert due(case.cast.supervisor, case.at) == []

    def test_it_is_over_after_a_week_or_with_a_letter_by_another_way(self, case: Case) -> None:
        asked(case)
        assert due(case.cast.supervisor, case.at + 7 * DAY)
        assert due(case.cast.supervisor, case.at + 8 * DAY) == []
        made(case, CHILD, choices={"version": "child"}, at=case.at + timedelta(minutes=1))
        assert due(case.cast.supervisor, case.at)
        made(case, route="in_person", at=case.at + timedelta(minutes=1))
        assert due(case.cast.supervisor, case.at) == []

    def test_what_was_refused_can_be_asked_anew(self, case: Case) -> None:
        asked(case)
        with pytest.raises(ValidationError, match="already been asked about this route"):
            asked(case)
        answered(case)
        asked(case)
        assert len(due(case.cast.supervisor, case.at)) == 1


class TestWho:
    @pytest.mark.parametrize("who", ["supervisor", "other_team", "administrator", "officer"])
    def test_whoever_may_not_write_the_letter_asks_nobody(self, case: Case, who: str) -> None:
        with pytest.raises((PermissionDenied, Http404)):
            asked(case, by=getattr(case.cast, who))

    def test_only_a_supervisor_answers(self, case: Case) -> None:
        asked(case)
        for who in ("practitioner", "teammate", "administrator", "officer"):
            with pytest.raises(PermissionDenied):
                answered(case, by=getattr(case.cast, who))

    def test_the_author_who_supervises_is_not_asked_and_answers_nothing(self, case: Case) -> None:
        own = recorded_twin(case.decision, at=case.at, by=case.cast.supervisor)
        person = own.people.get(name=MOTHER)
        asked(case, decision=own, person=person, by=case.cast.teammate)
        assert due(case.cast.supervisor, case.at) == []
        with pytest.raises(PermissionDenied):
            answered(case, decision=own, person=person)

    def test_not_where_nothing_is_refused_or_asked(self, case: Case) -> None:
        with pytest.raises(ValidationError, match="no agreement is needed"):
            asked(case, route="in_person")
        with pytest.raises(ValidationError, match="Nobody is waiting"):
            answered(case)
        asked(case, at=case.at - 8 * DAY)
        with pytest.raises(ValidationError, match="Nobody is waiting"):
            answered(case)

    def test_sent_twice_it_is_one_and_all_are_in_the_ledger(self, case: Case) -> None:
        for give in (asked, answered):
            same = uuid4()
            assert give(case, submission_id=same) == give(case, submission_id=same)
        entries = LedgerEntry.objects.filter(event__startswith="decision.route").order_by("pk")
        assert [entry.event for entry in entries] == ["decision.route_requested", "decision.route_not_agreed"]
        assert not any(word in f"{entry.additional_data}" for entry in entries for word in (WHY, WHY_NOT, MOTHER))


class TestPages:
    def test_from_the_letter_to_the_answer(self, case: Case, as_user: SignIn) -> None:
        writer, second = as_user(case.cast.practitioner), as_user(case.cast.supervisor)
        assert page(case, "ask") in writer.get(page_of(case, MOTHER)).content.decode()
        assert writer.post(page(case, "ask"), {"route": "letter", "reason": WHY}).status_code == 302
        seen = second.get(page(case, "agree")).content.decode()
        assert WHY in seen
        assert [box.attrs["value"] for box in parsed(seen).all("input") if "checked" in box.attrs] == ["letter"]
        no = {"route": "letter", "answer": "no", "why_not": WHY_NOT}
        assert second.post(page(case, "agree"), no).status_code == 302
        shown = [page_of(case, MOTHER), reverse("decisions:detail", args=[case.decision.public_id])]
        for path in (*shown, reverse("decisions:print", args=[case.decision.public_id])):
            text = in_one_line(writer.get(path))
            assert f"{case.cast.supervisor.full_name} did not agree" in text
            assert WHY_NOT in text
            assert "No answer yet" not in text
        review = second.get(reverse("reviews:review", args=[case.decision.public_id])).content.decode()
        assert WHY in review
        assert WHY_NOT in review

    def test_yes_lets_one_letter_through(self, case: Case, as_user: SignIn) -> None:
        asked(case)
        yes = {"route": "letter", "answer": "yes", "reason": WHY}
        assert as_user(case.cast.supervisor).post(page(case, "agree"), yes).status_code == 302
        assert made(case, route="letter", at=timezone.now()).agreement is not None

    @pytest.mark.parametrize(
        ("name", "sent", "message"),
        [
            ("ask", {"reason": WHY}, "Select which way the letter should go"),
            ("ask", {"route": "email"}, "Enter why there is no safer way"),
            ("agree", {"route": "letter", "reason": WHY}, "Select whether you agree"),
            ("agree", {"route": "letter", "answer": "no"}, "Enter why you do not agree, and what they should do"),
            ("agree", {"route": "letter", "answer": "yes"}, "Enter why it must go this way, and what keeps them"),
        ],
    )
    def test_an_error_stands_beside_its_question(
        self, case: Case, as_user: SignIn, name: str, sent: dict[str, str], message: str
    ) -> None:
        asked(case)
        client = as_user(case.cast.practitioner if name == "ask" else case.cast.supervisor)
        answer = client.post(page(case, name), sent)
        text = answer.content.decode()
        assert (answer.status_code, text.count(message)) == (422, 2)
        assert not any(each in text for each in ADDRESSES.values())

    def test_no_address_on_any_page_of_it(self, case: Case, as_user: SignIn) -> None:
        asked(case)
        for user, name in ((case.cast.practitioner, "ask"), (case.cast.supervisor, "agree")):
            text = as_user(user).get(page(case, name)).content.decode()
            assert not any(each in text for each in ADDRESSES.values())
        home = as_user(case.cast.supervisor).get(reverse("home")).content.decode()
        assert WHAT in home
        assert not any(each in home for each in (*ADDRESSES.values(), MOTHER, WHY))


class TestDatabase:
    def test_what_is_asked_must_say(self, case: Case) -> None:
        row = asked(case)
        wrong: tuple[tuple[dict[str, Any], str], ...] = (
            ({"step": "perhaps"}, "ends_after"), ({"valid_until": None}, "ends_after"),
            ({"valid_until": OLD}, "ends_after"), ({"reason": " "}, "needs a reason"),
        )  # fmt: skip
        for changed, message in wrong:
            with refused(message):
                plain(RouteAgreement).bulk_create([copy(row, written_by_id=case.cast.supervisor.pk, **changed)])

    def test_nobody_refuses_what_was_not_asked_or_what_they_asked_themselves(self, case: Case) -> None:
        asked(case, by=case.cast.teammate)
        row = answered(case)
        with refused("nobody asked"):
            plain(RouteAgreement).bulk_create([copy(row, route="email")])
        with refused("nobody asked"):
            plain(RouteAgreement).bulk_create([copy(row, written_by_id=case.cast.teammate.pk)])

    def test_no_letter_goes_by_what_was_only_asked(self, case: Case) -> None:
        with refused("another letter"):
            row, letter = asked(case), made(case, route="in_person")
            plain(type(letter)).bulk_create([copy(letter, route="letter", agreement_id=row.pk)])
