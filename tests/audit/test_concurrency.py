"""Many writers, one chain: no gap, no fork, no deadlock."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from audit import ledger
from audit.checkpointing import make_checkpoint
from audit.models import Checkpoint
from audit.verification import verify
from tests.audit.conftest import AT, chain

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's to report
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_writers_of_one_chain_take_turns() -> None:
    def work(number: int) -> None:
        for turn in range(5):
            with ledger.recording(actor=None, at=AT):
                ledger.append("seen", organisation=7, details={"by": number, "turn": turn})

    assert in_threads(6, work) == []
    entries = chain(7)
    assert [entry.seq for entry in entries] == list(range(1, 31))
    assert [entry.recorded_at for entry in entries] == sorted(entry.recorded_at for entry in entries)
    assert verify().sound


def test_chains_named_in_any_order_do_not_block_each_other() -> None:
    def work(number: int) -> None:
        for _ in range(5):
            order = (7, 8) if number % 2 else (8, 7)
            with ledger.recording(actor=None, at=AT):
                for organisation in order:
                    ledger.append("seen", organisation=organisation)

    assert in_threads(6, work) == []
    assert len(chain(7)) == len(chain(8)) == 30
    assert verify().sound


def test_checkpoints_are_made_while_others_write() -> None:
    """One history, whoever signs it when: each checkpoint has its entry, and no two have one size."""

    def work(number: int) -> None:
        for _ in range(4):
            if number % 2:
                make_checkpoint(7, by=None, at=AT)
            else:
                with ledger.recording(actor=None, at=AT):
                    ledger.append("seen", organisation=7)

    assert in_threads(6, work) == []
    assert sum(entry.event == "seen" for entry in chain(7)) == 12
    made = Checkpoint.objects.count()
    assert made == sum(entry.event == "ledger.checkpoint_made" for entry in chain(7)) >= 1
    report = verify()
    assert (report.broken, report.checkpoints) == (None, made)


def test_a_block_open_elsewhere_is_not_ours() -> None:
    def work(_: int) -> None:
        ledger.append("seen", organisation=7)

    with ledger.recording(actor=None, at=AT):
        failures = in_threads(1, work)
    assert [type(failure) for failure in failures] == [ledger.NoRecording]


@pytest.mark.postgres
def test_the_chain_is_free_while_a_block_is_at_work() -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append("first opened", organisation=7)
        assert in_threads(1, lambda _: _append("second opened")) == []
    assert [entry.event for entry in chain(7)] == ["second opened", "first opened"]
    assert verify().sound


def _append(event: str) -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append(event, organisation=7)
