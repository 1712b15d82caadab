"""What happens after recording comes as new rows; reading is an entry."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from audit import ledger
from audit.models import LedgerEntry
from decisions import actions
from decisions.models import Decision, DecisionPerson, Sending, TellingEvent
from families.models import Person
from tests.decisions.cases import MOTHER, Case, plain, started


def record(case: Case) -> Decision:
    return actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)


def entries(case: Case, event: str) -> list[LedgerEntry]:
    rows = LedgerEntry.objects.filter(organisation=case.cast.organisation.pk, event=event)
    return list(rows.order_by("seq"))


Adding = Callable[[Case], object]


def add_sending(case: Case, by: User | None = None) -> Sending:
    recipient = case.decision.recipients.get()
    answers = {"sent_at": case.at, "how": "By phone", "said_differently": "", "received_by": "The night team"}
    return actions.add_sending(
        decision=case.decision, recipient=recipient, answers=answers, by=by or case.cast.practitioner, at=case.at
    )


def add_telling(case: Case, by: User | None = None) -> TellingEvent:
    person = case.decision.people.get(name=MOTHER)
    answers = {"state": "TOLD_AFTER", "at": case.at, "how": "At home", "told_safely": "yes"}
    return actions.add_telling(
        decision=case.decision, person=person, answers=answers, by=by or case.cast.practitioner, at=case.at
    )


@pytest.mark.parametrize(("add", "event"), [
    (add_sending, "decision.sending_added"), (add_telling, "decision.telling_added"),
])  # fmt: skip
def test_what_comes_after_is_a_new_row(complete: Case, add: Adding, event: str) -> None:
    record(complete)
    before = list(plain(Decision).filter(pk=complete.decision.pk).values())
    row = add(complete)
    (entered,) = entries(complete, event)
    assert entered.actor_id == complete.cast.practitioner.pk
    assert (row.written_by, row.written_at) == (complete.cast.practitioner, complete.at)  # type: ignore[attr-defined]
    assert list(plain(Decision).filter(pk=complete.decision.pk).values()) == before
    created = entries(complete, "created")[-1]
    assert created.object_pk == str(row.pk)  # type: ignore[attr-defined]
    assert created.changes["how"][1] in {"By phone", "At home"}


@pytest.mark.parametrize("add", [add_sending, add_telling])
def test_nothing_comes_after_a_draft(complete: Case, add: Adding) -> None:
    with pytest.raises(Http404):
        add(complete)


@pytest.mark.parametrize("add", [add_sending, add_telling])
@pytest.mark.parametrize("who", ["supervisor", "administrator", "officer", "other_team"])
def test_what_comes_after_is_for_practitioners_who_may_see_it(
    complete: Case, add: Callable[..., object], who: str
) -> None:
    record(complete)
    with pytest.raises((Http404, PermissionDenied)):
        add(complete, by=getattr(complete.cast, who))
    with pytest.raises(Http404):
        add(complete, by=complete.cast.stranger.practitioner)


def test_a_team_mate_adds_what_they_did(complete: Case) -> None:
    record(complete)
    assert add_sending(complete, by=complete.cast.teammate).written_by == complete.cast.teammate


def test_what_comes_after_is_about_this_decision(complete: Case) -> None:
    record(complete)
    other = started(complete.cast, complete.at)
    with ledger.recording(actor=complete.cast.practitioner, at=complete.at):
        person = DecisionPerson(
            organisation=complete.cast.organisation, decision=other, person=Person.objects.filter(name=MOTHER).last(),
            name=MOTHER, role="mother",
        )  # fmt: skip
        person.save()
    with pytest.raises(Http404):
        actions.add_telling(
            decision=complete.decision, person=person, answers={"state": "TOLD_AFTER"},
            by=complete.cast.practitioner, at=complete.at,
        )  # fmt: skip


def test_nothing_is_sent_that_was_not_shared(complete: Case) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(
        outcome="NOT_SHARED", no_basis="none", no_basis_reason="Nothing lets us.", instead="Watched him.",
        look_again_on=complete.at.date(),
    )  # fmt: skip
    record(complete)
    with pytest.raises(Http404):
        add_sending(complete)


def test_opening_is_entered(complete: Case) -> None:
    record(complete)
    actions.open_decision(decision=complete.decision, by=complete.cast.supervisor, at=complete.at)
    (opened,) = entries(complete, "decision.opened")
    assert (opened.actor_id, opened.object_repr) == (complete.cast.supervisor.pk, complete.decision.reference)
    with pytest.raises(PermissionDenied):
        actions.open_decision(decision=complete.decision, by=complete.cast.administrator, at=complete.at)
