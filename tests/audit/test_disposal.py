"""Values are blanked together with a tombstone, and the chain still verifies; without one nothing is."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation
from audit import leaves, ledger, triggers
from audit.disposal import append_tombstone, entries_about
from audit.evidence.scope import everything, nothing_left_out
from audit.export import Export
from audit.ledger_triggers import blank_sql
from audit.models import LedgerEntry
from audit.proving import prove_entry
from audit.reading import chains
from audit.signing import fingerprint, public_keys
from audit.tlog.checkpoints import proof_of
from audit.tree_rows import chain_lines
from audit.verification import Broken, verify
from audit.witness_files import keep
from tests.audit.conftest import AT, TABLE, Write, chain, sql, tamper, tampering
from tests.audit.evidence_files import files_of, made_of, result_of
from tests.audit.test_commands import run

pytestmark = pytest.mark.django_db
CANARY = "=after"


def dispose(*entries: int) -> None:
    with ledger.recording(actor=None, at=AT):
        append_tombstone(
            organisation=7, obj=Organisation(pk=3), entries=entries, details={"rule": "25 years", "by": "officer"}
        )


def blank(entries: Sequence[int]) -> None:
    sql(blank_sql(connection.vendor, len(entries)), 7, *entries)


def exported() -> list[str]:
    return b"".join(Export("jsonl", chains(7), values=True)).decode().splitlines()


def test_values_go_and_the_chain_verifies(write: Write) -> None:
    write(5)
    before = list(LedgerEntry.objects.order_by("seq").values())
    dispose(2, 4)
    after = list(LedgerEntry.objects.order_by("seq").values())
    assert [row for row in after[:5] if row["seq"] not in {2, 4}] == [row for row in before if row["seq"] not in {2, 4}]
    for old, new in ((before[1], after[1]), (before[3], after[3])):
        assert new["changes"] == {"reason": None}
        assert new["additional_data"] == {"entry_route": None, "number": None}
        assert new["nonces"] == old["nonces"][: leaves.NONCE] + leaves.BLANKED * 3
        changed = {name for name in old if old[name] != new[name]}
        assert changed == {"changes", "additional_data", "nonces"}
    assert after[5]["additional_data"]["entries"] == [2, 4]
    report = verify()
    assert report.sound
    assert (report.entries, report.blanked) == (6, 2)
    assert report.figures.endswith(", 2 of them blanked by disposal")


def test_the_lines_of_the_chain_do_not_change_so_older_exports_still_verify(write: Write) -> None:
    write(3)
    lines, old = [row.entry_hash for row in chain(7)], exported()
    dispose(2)
    assert [row.entry_hash for row in chain(7)][:3] == lines
    new = exported()
    assert (new[0], new[2]) == (old[0], old[2])
    assert CANARY in old[1]
    assert CANARY not in new[1]


def test_twice_is_nothing(write: Write) -> None:
    write(2)
    dispose(1)
    once = list(LedgerEntry.objects.filter(seq__lte=2).order_by("seq").values())
    dispose(1)
    assert list(LedgerEntry.objects.filter(seq__lte=2).order_by("seq").values()) == once
    assert verify().sound


def test_what_is_rolled_back_is_not_blanked(write: Write) -> None:
    write(2)
    with ledger.recording(actor=None, at=AT):
        ledger.append("decision.opened", organisation=7)
        with transaction.atomic():
            dispose(1)
            transaction.set_rollback(True)
    assert verify().figures.startswith("3 entries in 1 chains")
    assert verify().blanked == 0


@pytest.mark.parametrize("named", [[], [1]])
def test_the_database_refuses_to_blank_what_no_tombstone_names(write: Write, named: list[int]) -> None:
    write(3)
    if named:
        dispose(*named)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        blank([2])
    assert verify().sound


def test_the_database_refuses_once_other_entries_follow_the_tombstone(write: Write) -> None:
    write(2)
    dispose(1)
    with tampering():
        sql(f"UPDATE {TABLE} SET changes = '{{\"reason\": 1}}' WHERE seq = 1")
    write(1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        blank([1])


@pytest.mark.parametrize(
    "edit",
    [
        "event = 'x'",
        "nonces = digests",
        "changes = '{}'",
        "changes = '{\"reason\": [null, null]}'",
        'additional_data = \'{"entry_route": "decided", "number": null}\'',
        "digests = nonces",
        "entry_hash = prev_hash",
    ],
)
def test_a_tombstone_lets_nothing_pass_but_blanking(write: Write, edit: str) -> None:
    write(2)
    dispose(1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(f"UPDATE {TABLE} SET {edit} WHERE seq = 1")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(f"DELETE FROM {TABLE} WHERE seq = 1")


def test_a_tombstone_itself_is_never_blanked(write: Write) -> None:
    write(1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        dispose(1, 2)
    assert verify().entries == 1


def test_blanked_past_the_triggers_is_found(write: Write) -> None:
    write(3)
    with tampering():
        blank([2])
    assert verify().broken == Broken(7, 2, "changes:reason is blanked without an entry that says so")


def test_brought_back_past_the_triggers_is_found(write: Write) -> None:
    write(3)
    old = chain(7)[1]
    dispose(2)
    tamper(
        f'UPDATE {TABLE} SET nonces = \'{old.nonces}\', changes = \'{{"reason": ["before", "=after"]}}\' WHERE seq = 2'
    )
    broken = verify().broken
    assert broken == Broken(7, 2, "changes:reason is there, although entry 4 says it was disposed of")


def test_another_value_in_a_blanked_place_is_found(write: Write) -> None:
    write(3)
    dispose(2)
    tamper(f"UPDATE {TABLE} SET changes = '{{\"reason\": [1, 2]}}' WHERE seq = 2")
    assert verify().broken is not None


def test_the_entries_of_rows_are_found_by_kind_and_key(write: Write) -> None:
    write(1)
    with ledger.recording(actor=None, at=AT):
        for key in (3, 4, 33):
            ledger.append("people.imported", organisation=7, obj=Organisation(pk=key), details={"people": key})
            ledger.append("organisation.opened", organisation=7, obj=Organisation(pk=key))
    assert entries_about(7, {Organisation: [3, 33]}) == [2, 6]
    assert entries_about(8, {Organisation: [3, 33]}) == []
    assert triggers.missing(connection) == []


@pytest.mark.sqlite
def test_what_was_proved_before_a_disposal_is_proved_after_it(
    write: Write, tmp_path: Path, settings: LazySettings
) -> None:
    """A bundle, a proof of each entry and the checkpoints kept outside: handed out before, verified after."""
    settings.LEDGER_WITNESS = tmp_path
    write(6)
    evidence = made_of(everything([7], leave_out=nothing_left_out))
    proofs = [str(prove_entry(organisation=7, seq=seq, by=None, at=AT)) for seq in range(1, 7)]
    assert keep(7) == 2
    assert all(CANARY.encode() in part for part in (evidence, exported()[1].encode()))
    dispose(2, 4, 5)
    write(2)
    assert result_of(evidence, fingerprint())[1].startswith("VERIFIED\n")
    for text in proofs:
        old = proof_of(text)
        assert old.verify(old.extra, public_keys(old.head.origin)) == old.head
        assert [old.extra] == list(chain_lines(7, old.index, old.index + 1))
    code, said = run("verify_ledger", "--against", tmp_path / "7.txt")
    assert (code, "3 of them blanked by disposal" in said) == (0, True)
    # And what is handed out afterwards follows from it, with none of the words.
    after = made_of(everything([7], leave_out=nothing_left_out))
    assert result_of(after, fingerprint())[1].startswith("VERIFIED\n")
    assert keep(7) >= 1
    assert run("verify_ledger", "--against", tmp_path / "7.txt")[0] == 0
    [shown] = [data.decode() for name, data in files_of(after) if name.startswith("entries")]
    assert shown.count(CANARY) == 6 + 2 - 3
