"""What is done to tiles, checkpoints and signed entries is found, and the first entry that it touches is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from audit import ledger, signing
from audit.checkpointing import MADE, entered
from audit.models import Checkpoint, TreeTile
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import parsed
from audit.tlog.tree import leaf_hash, root_of
from audit.tree_rows import chain_lines
from audit.tree_verification import Fault, TreeWalk
from audit.verification import Broken, verify
from tests.audit.conftest import AT, TABLE, Write, chain, sql, tamper, tampering
from tests.audit.test_commands import run
from tests.audit.trees import CHECKPOINTS, ORGANISATION, TILES, checkpoint, entries, made_entries, rewrite
from tests.in_turn import in_turn
from tests.shared import undone

pytestmark = pytest.mark.django_db

GONE = "the checkpoint that this entry says was made is not there"
# For each column, what a forger might put there. The surrogate key says nothing.
FORGED_TILE = {
    "organisation": ["8"], "level": ["1", "9"], "index": ["1", "77", "-1"], "hashes": ["{tile}"], "root": ["{hash}"],
}  # fmt: skip
FORGED_CHECKPOINT = {
    "organisation": ["8"], "size": ["299", "301", "9999"], "root": ["{hash}"],
    "note": ["''", "replace(note, '300', '299')", "note || ' '", "note || '— other.test AAAAAAAA' || chr10"],
    "made_at": ["'2020-01-01 00:00:00+00:00'"],
}  # fmt: skip


def forged(value: str) -> str:
    def blob(count: int) -> str:
        return f"decode('{'00' * count}', 'hex')" if connection.vendor == "postgresql" else f"zeroblob({count})"

    newline = "chr(10)" if connection.vendor == "postgresql" else "char(10)"
    return value.format(tile=blob(8192), hash=blob(32)).replace("chr10", newline)


@pytest.fixture(scope="class")
def signed_chain(_module_transaction: None) -> Iterator[None]:
    """300 entries in a checkpoint, one full tile, and a second checkpoint after three more."""
    with transaction.atomic():
        entries(300)
        checkpoint()
        entries(2)
        checkpoint(hour=1)
        assert verify().sound
        yield
        transaction.set_rollback(True)


TAKEN_AWAY = (
    (f"DELETE FROM {TILES}", 1, "tile 0 of level 0, from this entry on, is missing"),
    (f"DELETE FROM {CHECKPOINTS} WHERE size = 300", 301, GONE),
    (f"DELETE FROM {CHECKPOINTS} WHERE size = 303", 304, GONE),
    (f"DELETE FROM {TABLE} WHERE seq > 301", 302, "checkpoint of 303 entries: the entries end before it"),
    (f"DELETE FROM {TABLE} WHERE seq > 303", 303, "checkpoint of 303 entries: no entry says that it was made"),
    (f"DELETE FROM {TABLE}", 1, "the entries are gone; a checkpoint or a tile of them is left"),
)


@pytest.mark.usefixtures("signed_chain")
class TestSignedChain:
    def test_an_edit_of_any_column_of_a_tile_or_checkpoint_is_found(self) -> None:
        tables = ((TILES, FORGED_TILE, ""), (CHECKPOINTS, FORGED_CHECKPOINT, " WHERE size = 300"))
        for model, (_, columns, _) in zip((TreeTile, Checkpoint), tables, strict=True):
            assert set(columns) == {field.column for field in model._meta.concrete_fields} - {"id"}
        attempts = [
            f'UPDATE {table} SET "{column}" = {forged(value)}{where}'
            for table, columns, where in tables
            for column, values in columns.items()
            for value in values
        ]
        missed = []
        with tampering():
            for statement in in_turn(attempts, of=3):
                with undone():
                    sql(statement)
                    broken = verify().broken
                if broken is None or broken.organisation not in {ORGANISATION, 8}:
                    missed.append(f"{statement}: {broken}")
        assert missed == []
        assert verify().sound

    def test_what_is_taken_away_is_named(self) -> None:
        with tampering():
            for statement, seq, what in TAKEN_AWAY:
                with undone():
                    sql(statement)
                    assert verify().broken == Broken(ORGANISATION, seq, what)

    def test_a_chain_rewritten_and_hashed_again_is_found_by_its_tile_or_checkpoint(self) -> None:
        with tampering():
            for seq, first in ((5, 1), (280, 300), (302, 303)):
                with undone():
                    rewrite(seq, event="decision.withdrawn")
                    broken = verify().broken
                assert broken is not None
                assert broken.seq == first, broken

    def test_a_checkpoint_signed_with_another_key_is_found(self, settings: LazySettings,
                                                           tmp_path: Path) -> None:  # fmt: skip
        """The forger has the database, and not the key."""
        honest = settings.LEDGER_KEY
        settings.LEDGER_KEY = tmp_path / "forger"
        entries(1)
        root = root_of([leaf_hash(line) for line in chain_lines(ORGANISATION, 0, 305)])
        note = str(signing.signed(str(Head("testserver/7", 305, root)), name="testserver/7"))
        settings.LEDGER_KEY = honest
        Checkpoint.objects.create(organisation=ORGANISATION, size=305, root=root, note=note, made_at=AT)
        with ledger.recording(actor=None, at=AT):
            ledger.append(MADE, organisation=ORGANISATION, details=entered(305, root, note))
        broken = verify().broken
        assert broken == Broken(ORGANISATION, 305, "checkpoint of 305 entries: no known key signed it")

    def test_without_the_key_nothing_is_called_verified(self, settings: LazySettings,
                                                        tmp_path: Path) -> None:  # fmt: skip
        settings.LEDGER_KEY = tmp_path / "none"
        broken = verify().broken
        assert broken is not None
        assert f"cannot be verified, because {tmp_path / 'none'} is not there" in broken.what
        assert not (tmp_path / "none").exists()


def forget_all_checkpoints() -> None:
    """Rewrite from an early entry on and leave no trace of a checkpoint: nothing inside the database shows it."""
    last = made_entries()[-1].seq
    assert last == len(chain(ORGANISATION))
    with tampering():
        for entry in made_entries():
            rewrite(entry.seq, event="decision.opened")
        rewrite(40, event="decision.withdrawn")
        sql(f"DELETE FROM {CHECKPOINTS}")
        sql(f"DELETE FROM {TILES}")


def test_a_history_rewritten_with_its_checkpoints_is_found_only_from_outside(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    entries(30)
    notes = [checkpoint().note]
    entries(20)
    notes += [checkpoint(hour=1).note]
    kept.write_text("\n".join(reversed(notes)))
    assert run("verify_ledger", "--no-records", "--against", kept)[0] == 0
    forget_all_checkpoints()
    assert run("verify_ledger", "--no-records")[0] == 0
    what = "the entries from here to 51 are not those of the checkpoint kept outside"
    assert run("verify_ledger", "--no-records", "--against", kept) == (1, f"broken at organisation 7 seq 31: {what}\n")


def test_a_tail_cut_off_with_its_checkpoint_is_found_only_from_outside(write: Write, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    write(4)
    kept.write_text(checkpoint().note)
    with tampering():
        sql(f"DELETE FROM {CHECKPOINTS}")
        sql(f"DELETE FROM {TABLE} WHERE seq > 2")
    assert run("verify_ledger", "--no-records")[0] == 0
    what = "the entries end here; a checkpoint kept outside has 4 of them"
    assert run("verify_ledger", "--no-records", "--against", kept) == (1, f"broken at organisation 7 seq 3: {what}\n")
    tamper(f"DELETE FROM {TABLE}")
    assert run("verify_ledger", "--no-records", "--against", kept)[0] == 1


def test_what_is_no_checkpoint_of_ours_is_bad_input(write: Write, tmp_path: Path) -> None:
    write(2)
    note = checkpoint().note
    foreign = str(
        signing.signed("elsewhere.test/nobody\n2\n" + note.split("\n")[2] + "\n", name="elsewhere.test/nobody")
    )
    altered = note.replace("\n2\n", "\n1\n")
    for text, said in {
        "": "it is empty",
        "rubbish": "its last note has no signature",
        note.replace("\n", "\r\n"): "not a signed note",
        altered: "checkpoint 1: the signature of testserver/7 is false",
        note + foreign: "checkpoint 2: elsewhere.test/nobody is no log of this site",
        note.replace("testserver/7", "testserver/8"): "no known key",
    }.items():
        (tmp_path / "kept").write_bytes(text.encode())
        code, message = run("verify_ledger", "--against", tmp_path / "kept")
        assert (code, said in message, "\n" in message) == (2, True, False), (text, message)
    assert run("verify_ledger", "--against", tmp_path / "none")[0] == 2


def test_a_checkpoint_made_while_it_verifies_is_no_alarm(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row is there, and its entry comes after the end that was fixed for the walk."""
    write(3)

    real = TreeWalk.end

    def meanwhile(self: TreeWalk) -> Fault | None:
        entries(300)
        checkpoint(hour=3)
        return real(self)

    monkeypatch.setattr(TreeWalk, "end", meanwhile)
    assert verify().sound


def test_the_commands_say_what_was_signed(write: Write) -> None:
    write(3)
    write(2, organisation=0)
    code, said = run("checkpoint")
    assert code == 0
    sites, ours = (head_of(parsed(note.note)) for note in Checkpoint.objects.order_by("organisation"))
    assert (sites.size, ours.size) == (2, 3)
    assert all(note in said for note in Checkpoint.objects.values_list("note", flat=True))
    assert run("checkpoint", "--organisation", "7") == (0, Checkpoint.objects.get(organisation=7).note)
    assert run("checkpoint", "--organisation", "9")[0] == 2
    code, said = run("ledger_key")
    names = [line.split("+")[0] for line in said.splitlines()]
    assert (code, names) == (0, ["testserver/site", "testserver/7"])


def test_a_changed_key_signs_beside_the_old_one_once(write: Write, settings: LazySettings,
                                                     tmp_path: Path) -> None:  # fmt: skip
    settings.LEDGER_KEY = tmp_path / "key"
    write(3)
    checkpoint()
    old = signing.public_keys("testserver/7")
    code, said = run("rotate_ledger_key")
    assert (code, said) == (0, "changed the ledger key; 1 checkpoints are signed with the old and the new one\n")
    write(1)
    checkpoint(hour=1)
    lines = [
        len(parsed(note).signatures) for note in Checkpoint.objects.order_by("size").values_list("note", flat=True)
    ]
    assert lines == [1, 2, 1]
    new, retired = signing.public_keys("testserver/7")
    assert ([retired], new not in old) == (old, True)
    assert (tmp_path / "key").read_text().count("BEGIN PRIVATE KEY") == 1
    assert verify().figures.endswith("; 3 checkpoints")
    # Without what the old key left, its checkpoints are not taken for true.
    (tmp_path / "key.retired").unlink()
    assert verify().broken == Broken(7, 3, "checkpoint of 3 entries: no known key signed it")
