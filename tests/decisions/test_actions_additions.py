"""What happens after recording comes as new rows; reading is an entry."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from audit import ledger
from audit.models import LedgerEntry
from audit.verification import verify
from decisions import actions
from decisions.models import Decision, DecisionPerson, InformingEvent, Sending
from drafting import actions as drafting_actions
from families.models import Person
from tests.decisions.cases import MOTHER, Case, not_shared_after_all, plain, started, twin_of


def record(case: Case) -> Decision:
    return drafting_actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)


@pytest.fixture(scope="module")
def _closed(_complete: Case) -> Case:
    """The same, recorded: another row of the same cast."""
    case = replace(_complete, decision=twin_of(_complete.decision))
    return replace(case, decision=record(case))


def entries(case: Case, event: str) -> list[LedgerEntry]:
    rows = LedgerEntry.objects.filter(organisation=case.cast.organisation.pk, event=event)
    return list(rows.order_by("seq"))


Adding = Callable[[Case], object]


def add_sending(
    case: Case, by: User | None = None, submission_id: UUID | None = None, how: str = "By phone"
) -> Sending:
    recipient = case.decision.recipients.get()
    answers = {"sent_at": case.at, "how": how, "said_differently": "", "received_by": "The night team"}
    return actions.add_sending(
        decision=case.decision,
        recipient=recipient,
        answers=answers,
        submission_id=submission_id or uuid4(),
        by=by or case.cast.practitioner,
        at=case.at,
    )


def add_informing(
    case: Case, by: User | None = None, submission_id: UUID | None = None, how: str = "At home"
) -> InformingEvent:
    person = case.decision.people.get(name=MOTHER)
    answers = {"informing_state": "TOLD_AFTER", "informed_at": case.at, "informed_how": how, "informed_safely": "yes"}
    return actions.add_informing(
        decision=case.decision,
        person=person,
        answers=answers,
        submission_id=submission_id or uuid4(),
        by=by or case.cast.practitioner,
        at=case.at,
    )


@pytest.mark.parametrize(
    ("add", "event"),
    [
        (add_sending, "decision.sending_added"),
        (add_informing, "decision.informing_added"),
    ],
)
def test_what_comes_after_is_a_new_row(closed: Case, add: Adding, event: str) -> None:
    before = list(plain(Decision).filter(pk=closed.decision.pk).values())
    row = add(closed)
    (entered,) = entries(closed, event)
    assert entered.actor_id == closed.cast.practitioner.pk
    assert (row.written_by, row.written_at) == (closed.cast.practitioner, closed.at)  # type: ignore[attr-defined]
    assert list(plain(Decision).filter(pk=closed.decision.pk).values()) == before
    created = entries(closed, "created")[-1]
    assert created.object_pk == str(row.pk)  # type: ignore[attr-defined]
    how = created.changes.get("how") or created.changes["informed_how"]
    assert how[1] in {"By phone", "At home"}


@pytest.mark.parametrize("add", [add_sending, add_informing])
def test_nothing_comes_after_a_draft(complete: Case, add: Adding) -> None:
    with pytest.raises(Http404):
        add(complete)


@pytest.mark.parametrize("add", [add_sending, add_informing])
@pytest.mark.parametrize("who", ["supervisor", "administrator", "officer", "other_team"])
def test_what_comes_after_is_for_practitioners_who_may_see_it(
    closed: Case, add: Callable[..., object], who: str
) -> None:
    with pytest.raises((Http404, PermissionDenied)):
        add(closed, by=getattr(closed.cast, who))
    with pytest.raises(Http404):
        add(closed, by=closed.cast.stranger.practitioner)


@pytest.mark.parametrize("add", [add_sending, add_informing])
def test_the_same_page_sent_twice_adds_once(closed: Case, add: Callable[..., object]) -> None:
    submission_id = uuid4()
    first = add(closed, submission_id=submission_id)
    count = LedgerEntry.objects.count()
    assert add(closed, submission_id=submission_id) == first
    assert LedgerEntry.objects.count() == count


@pytest.mark.parametrize("add", [add_sending, add_informing])
def test_the_same_page_sent_again_with_other_answers_adds_them(closed: Case, add: Callable[..., object]) -> None:
    """Gone back to, changed and sent: nothing that was said "Added" of is lost."""
    submission_id = uuid4()
    first, second = (
        add(closed, submission_id=submission_id),
        add(closed, submission_id=submission_id, how="In the car park"),
    )
    assert first != second
    how = getattr(second, "how", "") or second.informed_how  # type: ignore[attr-defined]
    assert how == "In the car park"
    assert verify().sound


@pytest.mark.parametrize("add", [add_sending, add_informing])
def test_a_number_that_is_taken_elsewhere_is_not_used(closed: Case, add: Callable[..., object]) -> None:
    twin = twin_of(closed.decision)
    plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=closed.at)
    submission_id = uuid4()
    first, other = (
        add(closed, submission_id=submission_id),
        add(replace(closed, decision=twin), submission_id=submission_id),
    )
    assert first != other
    assert other.decision == twin  # type: ignore[attr-defined]


def test_a_team_mate_adds_what_they_did(closed: Case) -> None:
    assert add_sending(closed, by=closed.cast.teammate).written_by == closed.cast.teammate


def test_what_comes_after_is_about_this_decision(closed: Case) -> None:
    other = started(closed.cast, closed.at)
    with ledger.recording(actor=closed.cast.practitioner, at=closed.at):
        person = DecisionPerson(
            organisation=closed.cast.organisation,
            decision=other,
            person=Person.objects.filter(name=MOTHER).last(),
            name=MOTHER,
            role="mother",
        )
        person.save()
    with pytest.raises(Http404):
        actions.add_informing(
            decision=closed.decision,
            person=person,
            answers={"informing_state": "TOLD_AFTER"},
            submission_id=uuid4(),
            by=closed.cast.practitioner,
            at=closed.at,
        )


def test_nothing_is_sent_that_was_not_shared(complete: Case) -> None:
    not_shared_after_all(complete)
    record(complete)
    with pytest.raises(Http404):
        add_sending(complete)


def test_opening_is_entered(closed: Case) -> None:
    actions.open_decision(decision=closed.decision, by=closed.cast.supervisor, at=closed.at)
    (opened,) = entries(closed, "decision.opened")
    assert (opened.actor_id, opened.object_repr) == (closed.cast.supervisor.pk, closed.decision.reference)
    with pytest.raises(PermissionDenied):
        actions.open_decision(decision=closed.decision, by=closed.cast.administrator, at=closed.at)
