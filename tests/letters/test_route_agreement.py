"""A second person agrees to a way that is not known to be safe: for one letter, to one person, for a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from letters.actions import agree_to_route, open_letter
from letters.leaving import MayNotLeave
from letters.models import LetterMade, RouteAgreement
from tests.decisions.cases import CHILD, MOTHER, Case, copy, plain, recorded_twin, refused, sql
from tests.letters import test_route_asked
from tests.letters.test_letters import answers, made, of, page_of
from tests.letters.ways import ADDRESSES, reached
from tests.pages import PageClient, in_one_line, parsed

SignIn = Callable[[User], PageClient]
WHY = "Her sister opens her post, and she asked for it"


_no_way, case = test_route_asked._no_way, test_route_asked.case


def agreed(case: Case, **changed: Any) -> RouteAgreement:
    arguments = {"route": "letter", "reason": WHY, "submission_id": uuid4(), "by": case.cast.supervisor, "at": case.at}
    return agree_to_route(decision=case.decision, person=of(case, MOTHER), **{**arguments, **changed})


def page(case: Case, name: str = MOTHER) -> str:
    return reverse("letters:agree", args=[case.decision.public_id, of(case, name).pk])


class TestOneLetter:
    def test_it_lets_one_letter_through_and_no_second(self, case: Case) -> None:
        agreement = agreed(case)
        assert made(case, route="letter").agreement == agreement
        with pytest.raises(MayNotLeave):
            made(case, route="letter")

    def test_not_by_another_way(self, case: Case) -> None:
        agreed(case)
        with pytest.raises(MayNotLeave):
            made(case, route="email")

    def test_not_to_somebody_else(self, case: Case) -> None:
        agreed(case)
        reached(case, CHILD, "letter", "no")
        with pytest.raises(MayNotLeave):
            made(case, CHILD, route="letter", choices={"version": "child"})

    def test_for_a_day(self, case: Case) -> None:
        agreed(case, at=case.at - timedelta(hours=25))
        with pytest.raises(MayNotLeave):
            made(case, route="letter")
        agreement = agreed(case, at=case.at - timedelta(hours=23))
        assert made(case, route="letter").agreement == agreement

    def test_the_letter_is_opened_while_it_counts(self, case: Case) -> None:
        agreed(case)
        letter = made(case, route="letter")
        for hours, opened in ((0, True), (24, True), (25, False)):
            refusal = open_letter(letter=letter, by=case.cast.practitioner, at=case.at + timedelta(hours=hours))
            assert (refusal == "") is opened, hours

    def test_it_is_not_used_up_where_the_way_is_safe(self, case: Case) -> None:
        agreement = agreed(case)
        assert made(case, route="in_person").agreement is None
        assert RouteAgreement.objects.filter(letter=None).get() == agreement


class TestWho:
    def test_not_the_author_who_supervises(self, case: Case) -> None:
        own = recorded_twin(case.decision, at=case.at, by=case.cast.supervisor)
        with pytest.raises(PermissionDenied):
            agree_to_route(
                decision=own, person=own.people.get(name=MOTHER), route="letter", reason=WHY, submission_id=uuid4(),
                by=case.cast.supervisor, at=case.at,
            )  # fmt: skip

    @pytest.mark.parametrize("who", ["practitioner", "teammate", "administrator", "officer"])
    def test_only_a_supervisor(self, case: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            agreed(case, by=getattr(case.cast, who))

    def test_not_one_of_another_organisation(self, case: Case) -> None:
        with pytest.raises(Http404):
            agreed(case, by=case.cast.stranger.supervisor)

    def test_not_where_nothing_is_refused(self, case: Case) -> None:
        with pytest.raises(ValidationError, match="no agreement is needed"):
            agreed(case, route="in_person")

    def test_sent_twice_it_is_one(self, case: Case) -> None:
        same: UUID = uuid4()
        assert agreed(case, submission_id=same) == agreed(case, submission_id=same)
        assert LedgerEntry.objects.filter(event="decision.route_agreed").count() == 1


class TestPages:
    def test_from_the_refusal_to_the_letter(self, case: Case, as_user: SignIn) -> None:
        maker, second = as_user(case.cast.practitioner), as_user(case.cast.supervisor)
        data = answers(parsed(maker.get(page_of(case, MOTHER)).content.decode()), route="letter", make="1")
        assert maker.post(page_of(case, MOTHER), data).status_code == 422
        record = reverse("decisions:detail", args=[case.decision.public_id])
        assert page(case) in second.get(record).content.decode()
        assert page(case) not in maker.get(record).content.decode()
        assert second.post(page(case), {"route": "letter", "reason": WHY}).status_code == 302
        assert f"{case.cast.supervisor.full_name} agreed" in maker.get(page_of(case, MOTHER)).content.decode()
        assert maker.post(page_of(case, MOTHER), data).status_code == 302
        for client, name in ((second, "decisions:detail"), (maker, "decisions:print")):
            assert WHY in client.get(reverse(name, args=[case.decision.public_id])).content.decode()
        review = in_one_line(second.get(reverse("reviews:review", args=[case.decision.public_id])))
        assert WHY in review
        assert "A letter was made." in review

    def test_an_error_stands_beside_its_question_and_nothing_is_lost(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.supervisor)
        answer = client.post(page(case), {"reason": WHY})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert text.count("Select which way the letter may go") == 2
        assert WHY in text
        assert client.post(page(case), {"route": "email"}).content.decode().count("Enter why it must go this way") == 2
        assert not any(each in text for each in ADDRESSES.values())

    def test_only_ways_that_are_refused_are_asked_about(self, case: Case, as_user: SignIn) -> None:
        client = as_user(case.cast.supervisor)
        boxes = parsed(client.get(page(case)).content.decode()).all("input")
        assert [box.attrs["value"] for box in boxes if box.attrs.get("name") == "route"] == ["letter", "email"]
        assert client.post(page(case), {"route": "screen", "reason": WHY}).status_code == 422


class TestDatabase:
    def test_it_is_never_changed_or_deleted(self, case: Case) -> None:
        agreed(case)
        with refused("append-only"):
            sql("UPDATE letters_routeagreement SET reason = 'x'")
        with refused("append-only"):
            sql("DELETE FROM letters_routeagreement")

    def test_nobody_agrees_to_a_letter_of_their_own_decision(self, case: Case) -> None:
        with refused("not the author"):
            plain(RouteAgreement).bulk_create([copy(agreed(case), written_by_id=case.cast.practitioner.pk)])

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [({"reason": " "}, "needs a reason"), ({"route": "pigeon"}, "route_known"), ({"written_by_name": " "}, "name")],
    )
    def test_what_it_must_say(self, case: Case, wrong: dict[str, Any], message: str) -> None:
        with refused(message):
            plain(RouteAgreement).bulk_create([copy(agreed(case), **wrong)])

    def test_it_ends_after_it_begins(self, case: Case) -> None:
        with refused("ends_after"):
            plain(RouteAgreement).bulk_create([copy(agreed(case), valid_until=case.at - timedelta(hours=1))])

    def test_a_letter_has_only_what_was_agreed_for_it(self, case: Case) -> None:
        agreement, letter = agreed(case), made(case)
        as_agreed = {"route": "letter", "agreement_id": agreement.pk}
        wrong: tuple[dict[str, Any], ...] = (
            {"route": "email"}, {"person_id": of(case, CHILD).pk}, {"written_by_id": case.cast.supervisor.pk},
            {"written_at": case.at + timedelta(hours=25)},
        )  # fmt: skip
        for changed in wrong:
            with refused("another letter"):
                plain(LetterMade).bulk_create([copy(letter, **{**as_agreed, **changed})])
        made(case, route="letter")
        with refused("(?i)unique|append-only"):
            plain(LetterMade).bulk_create([copy(letter, **as_agreed)])
