"""Blocks: what is entered, by whom, in which order, and what a rollback leaves."""

import datetime as dt
from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Team
from audit import ledger
from audit.leaves import GENESIS
from tests.audit.conftest import AT, Write, chain
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_and_linked(write: Write) -> None:
    write(3)
    entries = chain(7)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev_hash for entry in entries] == [GENESIS, entries[0].entry_hash, entries[1].entry_hash]


def test_every_chain_counts_for_itself(write: Write) -> None:
    write(2, organisation=7)
    write(1, organisation=ledger.SITE)
    write(1, organisation=7)
    assert [entry.seq for entry in chain(7)] == [1, 2, 3]
    assert [entry.seq for entry in chain(ledger.SITE)] == [1]


def test_one_block_may_write_into_several_chains() -> None:
    with ledger.recording(actor=None, at=AT):
        for organisation in (9, 8, 9):
            ledger.append("seen", organisation=organisation)
    assert len(chain(8)) == 1
    assert [entry.seq for entry in chain(9)] == [1, 2]


def test_nothing_is_inserted_before_the_block_ends() -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append("seen", organisation=7)
        assert chain(7) == []
    assert len(chain(7)) == 1


def test_an_event_holds_what_was_said(cast: Cast) -> None:
    with ledger.recording(actor=cast.practitioner, at=AT):
        ledger.append(
            "team.looked_at",
            organisation=cast.organisation.pk,
            obj=cast.team,
            details={"pages": 2, "whole": True, "none": None, "list": ["a", 1]},
            changes={"name": ["Harbour", "Haven"]},
        )
    [entry] = chain(cast.organisation.pk)
    assert (entry.event, entry.subject, entry.object_pk) == ("team.looked_at", "accounts.team", str(cast.team.pk))
    assert entry.object_repr == cast.team.ledger_reference()
    assert entry.additional_data == {"pages": 2, "whole": True, "none": None, "list": ["a", 1]}
    assert entry.changes == {"name": ["Harbour", "Haven"]}
    assert (entry.actor_id, entry.actor_email) == (cast.practitioner.pk, cast.practitioner.email)
    assert entry.timestamp == AT


def test_the_time_of_entering_is_the_servers_own(write: Write) -> None:
    write()
    assert chain(7)[0].recorded_at > AT


def test_without_a_block_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(ledger.NoRecording, match=r"ledger\.recording"):
        ledger.append("seen", organisation=7)
    with pytest.raises(ledger.NoRecording), transaction.atomic():
        Team.objects.create(organisation=cast.organisation, name="Mill")
    assert not Team.objects.filter(name="Mill").exists()


def test_a_closed_block_is_closed(write: Write) -> None:
    write()
    with pytest.raises(ledger.NoRecording):
        ledger.append("seen", organisation=7)


def test_a_failed_block_leaves_no_entry_and_no_gap(write: Write) -> None:
    write()
    with suppress(KeyError), ledger.recording(actor=None, at=AT):
        ledger.append("lost", organisation=7)
        raise KeyError
    write()
    assert [(entry.seq, entry.event) for entry in chain(7)] == [(1, "decision.opened"), (2, "decision.opened")]


def test_a_block_marked_for_rollback_leaves_nothing() -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append("lost", organisation=7)
        transaction.set_rollback(True)
    assert chain(7) == []


def test_a_rolled_back_savepoint_leaves_nothing() -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append("first", organisation=7)
        with suppress(KeyError), transaction.atomic():
            ledger.append("lost", organisation=7)
            raise KeyError
        ledger.append("last", organisation=7)
    assert [entry.event for entry in chain(7)] == ["first", "last"]


def test_a_failed_inner_block_takes_only_its_own_entries(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append("first", organisation=7)
        with suppress(KeyError), ledger.recording(actor=cast.officer, at=AT):
            ledger.append("lost", organisation=7)
            Team.objects.create(organisation=cast.organisation, name="Mill")
            raise KeyError
        ledger.append("last", organisation=7)
    assert [entry.event for entry in chain(7)] == ["first", "last"]
    assert not Team.objects.filter(name="Mill").exists()


def test_an_inner_block_speaks_in_its_own_voice(cast: Cast) -> None:
    later = AT + dt.timedelta(hours=1)
    with ledger.recording(actor=cast.practitioner, at=AT):
        ledger.append("outer", organisation=7)
        with ledger.recording(actor=cast.supervisor, at=later):
            ledger.append("inner", organisation=7)
        ledger.append("outer again", organisation=7)
    voices = [(entry.actor_id, entry.timestamp) for entry in chain(7)]
    assert voices == [(cast.practitioner.pk, AT), (cast.supervisor.pk, later), (cast.practitioner.pk, AT)]


def test_an_inner_block_of_nobody_is_nobodys(cast: Cast) -> None:
    with ledger.recording(actor=cast.practitioner, at=AT), ledger.recording(actor=None, at=AT):
        ledger.append("system", organisation=7)
    assert chain(7)[0].actor_id is None


def test_a_visitor_is_nobody() -> None:
    with ledger.recording(actor=AnonymousUser(), at=AT):
        ledger.append("seen", organisation=7)
    assert (chain(7)[0].actor_id, chain(7)[0].actor_email) == (None, None)


def test_entries_of_one_block_share_their_request() -> None:
    request = ledger.Request(address="192.0.2.7")
    with ledger.within(request), ledger.recording(actor=None, at=AT):
        ledger.append("one", organisation=7)
        ledger.append("two", organisation=7)
    assert {(entry.cid, entry.remote_addr) for entry in chain(7)} == {(request.id, "192.0.2.7")}


def test_work_without_a_request_has_an_id_all_the_same(write: Write) -> None:
    write(2)
    first, second = chain(7)
    assert len(str(first.cid)) == 32
    assert first.cid != second.cid


def test_a_time_without_a_zone_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="zone"),
        ledger.recording(actor=None, at=AT.replace(tzinfo=None)),
    ):
        pytest.fail("the block must not open")  # pragma: no cover


def test_what_the_caller_does_to_its_lists_afterwards_is_not_entered() -> None:
    answers = ["first"]
    with ledger.recording(actor=None, at=AT):
        ledger.append("answered", organisation=7, details={"answers": answers})
        answers.append("second")
    assert chain(7)[0].additional_data == {"answers": ["first"]}


def test_no_marker_is_left_for_the_commit(write: Write) -> None:
    before = list(connection.run_on_commit)
    write(2)
    assert connection.run_on_commit == before


def test_other_work_on_commit_is_kept() -> None:
    seen: list[str] = []
    with ledger.recording(actor=None, at=AT):
        transaction.on_commit(lambda: seen.append("done"))
        ledger.append("seen", organisation=7)
    functions = [item[1] for item in connection.run_on_commit]
    assert len(functions) == 1


@pytest.mark.django_db(transaction=True)
def test_a_committed_block_is_there_and_runs_what_waited() -> None:
    seen: list[str] = []
    with ledger.recording(actor=None, at=AT):
        ledger.append("seen", organisation=7)
        transaction.on_commit(lambda: seen.append("done"))
    assert seen == ["done"]
    assert len(chain(7)) == 1


def test_a_value_the_ledger_cannot_hold_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="object"), ledger.recording(actor=None, at=AT):
        ledger.append("seen", organisation=7, details={"thing": object()})
    assert chain(7) == []


def test_many_entries_are_one_insert() -> None:
    with CaptureQueriesContext(connection) as queries, ledger.recording(actor=None, at=AT):
        for _ in range(20):
            ledger.append("seen", organisation=7)
    assert len([query for query in queries if query["sql"].startswith("INSERT")]) == 1
    assert len(chain(7)) == 20
