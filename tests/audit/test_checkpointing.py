"""Checkpoints and proofs of a real chain, on both engines."""

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import origins, signing
from audit.checkpointing import Rewritten, make_checkpoint
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.proving import NotProved, consistency, inclusion, prove_entry
from audit.tlog.checkpoints import head_of, proof_of
from audit.tlog.notes import parsed, signed_by
from audit.tlog.tree import leaf_hash, root_of, verify_consistency
from audit.tree_rows import chain_lines
from audit.verification import Broken, verify
from tests.audit.conftest import AT, Write, chain, sql, tampering
from tests.audit.trees import CHECKPOINTS, ORGANISATION, TILES, checkpoint, entries, rewrite

pytestmark = pytest.mark.django_db
LONG = 600


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(line) for line in chain_lines(ORGANISATION, 0, size)]


def test_a_checkpoint_says_what_the_chain_is(write: Write) -> None:
    write(5)
    made = checkpoint()
    note = parsed(made.note)
    head = head_of(note)
    assert (head.origin, head.size) == (f"testserver/{ORGANISATION}", 5)
    assert head.root == bytes(made.root) == root_of(leaves_of(5))
    assert [key.name for key in signed_by(note, signing.public_keys(head.origin))] == [head.origin]
    # The leaf is the line whose plain SHA-256 is the entry's own hash.
    assert leaves_of(5)[2] == leaf_hash(next(chain_lines(ORGANISATION, 2, 3)))
    assert made.made_at == AT


def test_it_is_an_entry_and_no_reason_for_the_next_one(write: Write) -> None:
    write(3)
    made = checkpoint()
    entry = chain(ORGANISATION)[-1]
    assert (entry.seq, entry.event) == (4, "ledger.checkpoint_made")
    assert entry.additional_data["size"] == 3
    assert entry.additional_data["root"] == bytes(made.root).hex()
    assert checkpoint() == made
    assert len(chain(ORGANISATION)) == 4
    write(1)
    assert checkpoint().size == 5


def test_an_empty_chain_has_none() -> None:
    assert make_checkpoint(ORGANISATION, by=None, at=AT) is None
    assert not Checkpoint.objects.exists()


def test_each_chain_has_a_tree_of_its_own(write: Write) -> None:
    write(2)
    write(3, organisation=0)
    ours, sites = checkpoint(), checkpoint(organisation=0)
    assert head_of(parsed(sites.note)).origin == "testserver/site"
    assert (ours.size, sites.size) == (2, 3)
    assert bytes(ours.root) != bytes(sites.root)
    assert origins.chain_of("elsewhere.test/site") == 0
    assert origins.chain_of("elsewhere.test/nobody") is None


def test_a_log_keeps_its_name_when_the_site_moves(write: Write, settings: LazySettings) -> None:
    write(1)
    checkpoint()
    settings.ALLOWED_HOSTS = [".moved.test"]
    write(1)
    assert checkpoint().note.startswith(f"testserver/{ORGANISATION}\n")
    write(1, organisation=8)
    assert checkpoint(organisation=8).note.startswith("moved.test/8\n")


def test_tiles_are_written_once_they_are_full_and_proofs_read_few() -> None:
    """Growing in steps comes to the same tree as all at once; a proof reads one row a level, never the chain."""
    entries(200)
    made = [checkpoint()]
    entries(LONG - 201)
    assert LedgerEntry.objects.count() == LONG
    made.append(checkpoint())
    assert list(TreeTile.objects.order_by("index").values_list("level", "index")) == [(0, 0), (0, 1)]
    leaves = leaves_of(LONG)
    assert bytes(made[1].root) == root_of(leaves)
    assert bytes(TreeTile.objects.get(index=1).hashes) == b"".join(leaves[256:512])
    for seq in (1, 256, 257, 400, 512, 513, LONG):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            proof = inclusion(made[1], seq)
        assert len(asked) <= 4
        known = signing.public_keys(f"testserver/{ORGANISATION}")
        assert proof_of(str(proof)).verify(proof.extra, known).size == LONG
        assert (proof.index, proof.extra) == (seq - 1, next(chain_lines(ORGANISATION, seq - 1, seq)))
    path = consistency(*made)
    assert verify_consistency(200, root_of(leaves[:200]), LONG, root_of(leaves), path)
    assert verify().figures.endswith("; 2 checkpoints")


def test_a_long_chain_catches_up_in_short_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is signed, so that the next one need not believe what it finds in the database."""
    monkeypatch.setattr("audit.checkpointing.ENTRIES_AT_ONCE", 250)
    entries(LONG)
    made = checkpoint()
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [250, 500, LONG + 2]
    assert bytes(made.root) == root_of(leaves_of(LONG + 2))
    assert TreeTile.objects.count() == 2
    assert verify().sound


def test_an_entry_in_no_checkpoint_yet_gets_one(write: Write) -> None:
    write(4)
    proof = prove_entry(organisation=ORGANISATION, seq=2, by=None, at=AT)
    assert head_of(proof.checkpoint).size == 4
    write(4)
    assert prove_entry(organisation=ORGANISATION, seq=3, by=None, at=AT).checkpoint == proof.checkpoint
    with pytest.raises(NotProved, match="has no entries"):
        prove_entry(organisation=99, seq=1, by=None, at=AT)


def test_nothing_is_signed_or_proved_of_a_rewritten_chain(write: Write) -> None:
    write(6)
    made = checkpoint()
    with tampering():
        rewrite(3, event="decision.withdrawn")
    with pytest.raises(NotProved, match="verify_ledger"):
        inclusion(made, 3)
    write(1)
    with pytest.raises(Rewritten, match="checkpoint of 6 entries: its root is not that of the entries"):
        checkpoint()
    assert Checkpoint.objects.count() == 1


def forged_tile(index: int) -> None:
    TreeTile.objects.create(organisation=ORGANISATION, level=0, index=index, hashes=bytes(8192), root=bytes(32))


def test_a_tile_that_somebody_put_in_is_not_signed() -> None:
    """The database takes new rows, so a forger may be first: with entries there already, or still to come."""
    entries(250)
    checkpoint()
    forged_tile(0)
    entries(10)
    with pytest.raises(Rewritten, match="that nobody signed"), transaction.atomic():
        checkpoint()
    assert verify().broken == Broken(
        ORGANISATION, 1, "tile 0 of level 0, from this entry on, is not what its entries say"
    )


def test_a_tile_put_in_before_its_entries_is_not_believed() -> None:
    entries(250)
    forged_tile(3)
    assert bytes(checkpoint().root) == root_of(leaves_of(250))
    assert verify().broken == Broken(ORGANISATION, 252, "tile 3 of level 0 has no entries")


def test_a_checkpoint_that_somebody_put_in_is_not_built_upon(write: Write) -> None:
    """With the right root, and signed by nobody."""
    write(9)
    honest = checkpoint()
    root = root_of(leaves_of(10))
    note = honest.note.replace("\n9\n", "\n10\n")
    Checkpoint.objects.create(organisation=ORGANISATION, size=10, root=root, note=note, made_at=AT)
    write(1)
    with pytest.raises(Rewritten, match="of 10 entries: the signature of testserver/7 is false"), transaction.atomic():
        checkpoint()
    broken = verify().broken
    assert broken is not None
    assert broken.seq == 10


@pytest.mark.parametrize("table", [TILES, CHECKPOINTS])
def test_the_database_refuses_to_change_either_table(table: str) -> None:
    entries(260)
    checkpoint()
    statements = [f"UPDATE {table} SET organisation = 8", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements.append(f"TRUNCATE {table}")
    else:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    for statement in statements:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sql(statement)


NO_SUCH_ROW = (
    f"UPDATE {TILES} SET hashes = {{short}}",
    f"UPDATE {TILES} SET root = {{short}}",
    f"UPDATE {CHECKPOINTS} SET root = {{short}}",
    f"UPDATE {CHECKPOINTS} SET size = 0",
)


def test_the_database_refuses_what_can_be_no_tile_or_checkpoint() -> None:
    """Even without the triggers."""
    entries(260)
    checkpoint()
    short = "'\\x00'" if connection.vendor == "postgresql" else "x'00'"
    with tampering():
        for statement in NO_SUCH_ROW:
            with pytest.raises(DatabaseError), transaction.atomic():
                sql(statement.format(short=short))
