"""Recording and reviewing the same decisions at the same time, from both ends of the list."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from accounts.models import User
from audit import ledger
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.models import ConsentEvent, Decision, DecisionItem, InformingEvent
from drafting import actions
from reviews.actions import AlreadyReviewed, record_review
from reviews.models import Review
from rules.assess import Assessment, assess
from tests.decisions.cases import Case, complete_case, complete_elsewhere, plain, recorded_twin, twin_of
from tests.decisions.concurrency import LIMIT, at_once, backend, bound_waits, wait_until_held_up

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Desk:
    """One decision, with those who may record and review it, and the chain next door."""

    decision: Decision
    author: User
    supervisor: User
    next_door: int


class Undone(Exception):
    """Somebody's request failed after all."""


def fail_after_all() -> None:
    raise Undone


def desks(case: Case, each: int) -> list[Desk]:
    """As many decisions in each of the two organisations, one after the other."""
    cast, there = case.cast, case.cast.stranger
    ours = [case.decision, *(twin_of(case.decision) for _ in range(each - 1))]
    first = complete_elsewhere(cast, case.at)
    theirs = [first, *(twin_of(first) for _ in range(each - 1))]
    return [
        desk
        for own, other in zip(ours, theirs, strict=True)
        for desk in (
            Desk(own, cast.practitioner, cast.supervisor, there.organisation.pk),
            Desk(other, there.practitioner, there.supervisor, cast.organisation.pk),
        )
    ]


def attempt(act: Callable[[], object], desk: Desk, by: User, case: Case, *, undo: bool) -> None:
    """One request: the act, an entry in the other chain too, and now and then a failure at its end."""
    try:
        with ledger.recording(actor=by, at=case.at):
            act()
            ledger.append("seen", organisation=desk.next_door)
            if undo:
                fail_after_all()
    except (Undone, Http404, AlreadyReviewed):
        """Rolled back; not recorded yet; or somebody was faster."""


def go_through(case: Case, row: list[Desk], chance: Random) -> None:
    for desk in row:

        def record(desk: Desk = desk) -> object:
            return actions.record(decision=desk.decision, by=desk.author, at=case.at)

        def review(desk: Desk = desk) -> object:
            return record_review(decision=desk.decision, outcome="AGREED", comment="", by=desk.supervisor, at=case.at)

        attempt(record, desk, desk.author, case, undo=chance.random() < 0.3)
        attempt(review, desk, desk.supervisor, case, undo=chance.random() < 0.3)


def everybody_at_once(case: Case, *, people: int, each: int) -> list[Desk]:
    row = desks(case, each)
    orders = [row if number % 2 else row[::-1] for number in range(people)]
    works = [
        lambda order=order, number=number: go_through(case, order, Random(number))  # noqa: S311 - chance, not secrets
        for number, order in enumerate(orders)
    ]
    assert at_once(*works) == []
    go_through(case, row, Random(8))  # noqa: S311
    return row


def is_in_order(row: list[Desk]) -> None:
    """Each recorded once with one set of events, reviewed at most once, and no chain with a gap."""
    recorded = Counter(LedgerEntry.objects.filter(event="decision.recorded").values_list("object_id", flat=True))
    for desk in row:
        decision = Decision.objects.get(pk=desk.decision.pk)
        assert recorded[decision.pk] == (1 if decision.state == Decision.State.RECORDED else 0)
        assert ConsentEvent.objects.filter(decision=decision).count() == 3 * recorded[decision.pk]
        assert InformingEvent.objects.filter(decision=decision).count() == 3 * recorded[decision.pk]
        assert Review.objects.filter(decision=decision).count() <= 1
    assert sum(recorded.values()) > len(row) / 2
    for organisation in set(LedgerEntry.objects.values_list("organisation", flat=True)):
        chain = LedgerEntry.objects.filter(organisation=organisation).order_by("seq")
        assert [entry.seq for entry in chain] == list(range(1, len(chain) + 1))
    assert verify().sound


@pytest.fixture
def case(transactional_db: None) -> Case:
    bound_waits()
    return complete_case()


@pytest.mark.postgres
def test_eight_people_and_twenty_decisions(case: Case) -> None:
    is_in_order(everybody_at_once(case, people=8, each=10))


@pytest.mark.sqlite
def test_three_people_and_four_decisions(case: Case) -> None:
    is_in_order(everybody_at_once(case, people=3, each=2))


def test_what_is_done_twice_at_once_is_done_once(case: Case) -> None:
    """One scene for all four: what is looked at is the database, and each has a decision of its own."""
    recording_twice_records_once(case, twin_of(case.decision))
    of_two_reviews_one_stands(case, recorded_twin(case.decision, at=case.at))
    a_review_pressed_twice_is_one(case, recorded_twin(case.decision, at=case.at))
    starting_twice_starts_one(case)
    assert verify().sound


def recording_twice_records_once(case: Case, decision: Decision) -> None:
    done: list[Decision] = []

    def record() -> None:
        done.append(actions.record(decision=decision, by=case.cast.practitioner, at=case.at))

    assert at_once(record, record, record) == []
    assert {decision.state for decision in done} == {Decision.State.RECORDED}
    assert len(done) == 3
    assert LedgerEntry.objects.filter(event="decision.recorded").count() == 1
    assert decision.consent_events.count() == decision.informing_events.count() == 3


def of_two_reviews_one_stands(case: Case, decision: Decision) -> None:
    def agree() -> None:
        record_review(decision=decision, outcome="AGREED", comment="", by=case.cast.supervisor, at=case.at)

    def disagree() -> None:
        record_review(
            decision=decision, outcome="DISAGREED", comment="Why not wait?", by=case.cast.supervisor, at=case.at
        )

    assert [type(failure) for failure in at_once(agree, disagree)] == [AlreadyReviewed]
    assert Review.objects.filter(decision=decision).count() == 1


def a_review_pressed_twice_is_one(case: Case, decision: Decision) -> None:
    def agree() -> None:
        record_review(decision=decision, outcome="AGREED", comment="", by=case.cast.supervisor, at=case.at)

    assert at_once(agree, agree, agree) == []
    assert Review.objects.filter(decision=decision).count() == 1


def starting_twice_starts_one(case: Case) -> None:
    submission_id, made = uuid4(), list[Decision]()

    def start() -> None:
        draft = actions.start(
            entry_route="DECIDING",
            team=case.cast.team,
            family=case.family,
            by=case.cast.practitioner,
            at=case.at,
            submission_id=submission_id,
        )
        made.append(draft)

    assert at_once(start, start, start) == []
    assert {draft.public_id for draft in made} == {submission_id}
    assert Decision.objects.filter(public_id=submission_id).count() == 1


def one_more_item(case: Case) -> None:
    """By SQL, past every lock of ours but the database's own."""
    plain(DecisionItem).bulk_create(
        [DecisionItem(organisation=case.cast.organisation, decision=case.decision, text="Slipped in", kind="fact")]
    )


@pytest.mark.postgres
def test_nothing_slips_in_between_reading_and_closing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item inserted while `record` is at work waits for it, and is refused."""
    pid: list[int] = []
    ready, refusals = threading.Event(), list[BaseException]()

    def late() -> None:
        try:
            bound_waits()
            pid.append(backend())
            ready.set()
            one_more_item(case)
        except BaseException as refusal:  # noqa: BLE001 - looked at below
            refusals.append(refusal)
        finally:
            connection.close()

    somebody = threading.Thread(target=late, daemon=True)

    def judged_while_somebody_writes(facts: object) -> Assessment:
        somebody.start()
        assert ready.wait(LIMIT)
        wait_until_held_up(pid[0])
        return assess(facts)  # type: ignore[arg-type]

    monkeypatch.setattr(import_module("drafting.actions.record"), "assess", judged_while_somebody_writes)
    actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)
    somebody.join(LIMIT)
    assert [type(refusal) for refusal in refusals] == [IntegrityError]
    assert "a recorded decision is closed" in str(refusals[0])
    assert not DecisionItem.objects.filter(text="Slipped in").exists()


@pytest.mark.postgres
def test_what_was_written_first_is_read(case: Case) -> None:
    """Recording waits for an insert that is not committed yet, and then knows of it."""
    written, go_on, pid = threading.Event(), threading.Event(), list[int]()
    failures: list[BaseException] = []

    def early() -> None:
        with transaction.atomic():
            one_more_item(case)
            written.set()
            assert go_on.wait(LIMIT)

    def record() -> None:
        assert written.wait(LIMIT)
        pid.append(backend())
        watching.set()
        actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)

    watching = threading.Event()

    def watch() -> None:
        assert watching.wait(LIMIT)
        wait_until_held_up(pid[0])
        go_on.set()

    failures += at_once(early, record, watch)
    assert [type(failure) for failure in failures] == [actions.NotReady]
    decision = Decision.objects.get(pk=case.decision.pk)
    assert decision.is_draft
    assert decision.items.filter(text="Slipped in").exists()
