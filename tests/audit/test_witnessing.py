"""Two sites: one has a log, the other is its witness, and keeps what it saw."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from audit import exported_checkpoints, signing
from audit.models import Checkpoint
from audit.tlog.checkpoints import head_of
from audit.tlog.cosignatures import WitnessKey, witness_key
from audit.tlog.notes import parsed, signed_by
from audit.witnessing import seen_file
from tests.audit.conftest import Write, sql, tampering
from tests.audit.test_commands import run
from tests.audit.trees import ORGANISATION, checkpoint, rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ORIGIN = f"testserver/{ORGANISATION}"


@pytest.fixture
def sent(tmp_path: Path, settings: LazySettings) -> Path:
    """The file that goes from one to the other."""
    settings.LEDGER_WITNESS_KEY = tmp_path / "witness_key"
    # A key that no other test has changed.
    settings.LEDGER_KEY = tmp_path / "ledger_key"
    return tmp_path / "sent.txt"


def witness(file: Path, *, origin: str = ORIGIN, key: str = "") -> tuple[int, str]:
    key = key or str(signing.public_keys(ORIGIN)[0])
    return run("witness", "--origin", origin, "--key", key, file)


def test_it_signs_what_follows_what_it_saw(write: Write, sent: Path) -> None:
    write(3)
    sent.write_text(checkpoint().note)
    code, said = witness(sent)
    assert code == 0
    verifier = witness_key(run("witness")[1])
    log = signing.public_keys(ORIGIN)
    assert signed_by(parsed(said), [*log, verifier]) == [*log, verifier]
    assert seen_file().stat().st_mode & 0o777 == 0o600
    # Asked for the same again, it has no reason to refuse.
    assert witness(sent)[0] == 0
    write(4)
    newest = checkpoint(hour=1)
    sent.write_text(newest.note)
    code, said = witness(sent)
    assert (code, "--old 3`." in said, "\n" in said) == (2, True, False)
    code, asked_with = run("checkpoint", "--organisation", "7", "--old", "3")
    sent.write_text(asked_with)
    code, said = witness(sent)
    assert (code, head_of(parsed(said)).size) == (0, newest.size)
    # What came back is a checkpoint kept outside like any other.
    sent.write_text(said)
    assert [head.size for head in exported_checkpoints.read(sent)[ORGANISATION]] == [newest.size]
    assert run("verify_ledger", "--against", sent)[0] == 0


def test_a_checkpoint_that_no_witness_signed_can_be_refused(write: Write, sent: Path) -> None:
    """Whoever has our key can sign what they like; the witness's key they have not."""
    write(3)
    sent.write_text(checkpoint().note)
    signed = witness(sent)[1]
    own = run("witness")[1].strip()
    code, said = run("verify_ledger", "--against", sent, "--witness", own)
    assert (code, said) == (2, f"{sent}, checkpoint 1: no known key signed it.")
    sent.write_text(signed)
    other = str(WitnessKey("another.test/witness", bytes(32)))
    assert run("verify_ledger", "--against", sent, "--witness", other)[0] == 2
    assert run("verify_ledger", "--against", sent, "--witness", other, "--witness", own)[0] == 0
    assert "Give it with --against" in run("verify_ledger", "--witness", own)[1]
    code, said = run("verify_ledger", "--against", sent, "--witness", str(signing.public_keys(ORIGIN)[0]))
    assert (code, said) == (2, "--witness: it is not the verifier key of an Ed25519 key of a witness.")


def test_a_history_signed_anew_is_a_fork(write: Write, sent: Path) -> None:
    write(6)
    sent.write_text(checkpoint().note)
    assert witness(sent)[0] == 0
    before = seen_file().read_bytes()
    with tampering():
        sql("DELETE FROM audit_checkpoint")
        sql("DELETE FROM audit_ledgerentry WHERE organisation = 7 AND seq > 6")
        rewrite(3, event="decision.withdrawn")
    sent.write_text(checkpoint().note)
    code, said = witness(sent)
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(
        f"Not signed. {ORIGIN} does not follow what was seen: another checkpoint of 6 entries was seen"
    )
    write(2)
    checkpoint(hour=1)
    sent.write_text(run("checkpoint", "--organisation", "7", "--old", "6")[1])
    code, said = witness(sent)
    assert (code, "does not show that it begins with the 6 entries" in said) == (1, True)
    assert seen_file().read_bytes() == before


def test_a_log_that_shrank_is_not_signed(write: Write, sent: Path) -> None:
    write(2)
    older = checkpoint()
    write(5)
    sent.write_text(checkpoint(hour=1).note)
    assert witness(sent)[0] == 0
    sent.write_text(older.note)
    code, said = witness(sent)
    assert (code, "it has 2 entries, and a checkpoint of 8 was seen" in said) == (1, True)


def test_each_log_is_remembered_by_itself(write: Write, sent: Path) -> None:
    write(5)
    sent.write_text(checkpoint().note)
    assert witness(sent)[0] == 0
    write(2, organisation=8)
    sent.write_text(checkpoint(organisation=8).note)
    other = str(signing.public_keys("testserver/8")[0])
    assert witness(sent, origin="testserver/8", key=other)[0] == 0


@pytest.mark.parametrize(
    ("key", "origin", "said"),
    [
        ("", "elsewhere.test/7", "it is not of elsewhere.test/7"),
        ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", ORIGIN, "no known key signed it"),
        ("rubbish", ORIGIN, "three parts"),
    ],
)
def test_only_a_log_that_was_named_is_signed(write: Write, sent: Path, key: str, origin: str, said: str) -> None:
    write(1)
    sent.write_text(checkpoint().note)
    code, message = witness(sent, origin=origin, key=key)
    assert (code, said in message, "\n" in message) == (2, True, False)


def test_bad_input_is_one_line(write: Write, sent: Path) -> None:
    write(1)
    checkpoint()
    assert "cannot be read" in witness(sent)[1]
    sent.write_bytes(b"\xff\xfe")
    assert witness(sent)[0] == 2
    assert run("witness", sent) == (2, "Give the log's --origin and its verifier --key with FILE.")
    assert run("checkpoint", "--old", "1")[0] == 2
    assert run("checkpoint", "--old", "9", "--organisation", "7")[0] == 2


def test_a_witness_without_its_memory_signs_nothing(write: Write, sent: Path) -> None:
    write(1)
    sent.write_text(checkpoint().note)
    assert witness(sent)[0] == 0
    whole = seen_file().read_bytes()
    seen_file().write_bytes(whole[:40])
    assert "Put back a whole copy" in witness(sent)[1]
    seen_file().unlink()
    code, said = witness(sent)
    assert (code, "Put back the file of what was seen" in said) == (2, True)
    seen_file().write_bytes(whole)
    assert witness(sent)[0] == 0


def test_nothing_is_proved_to_a_witness_of_a_rewritten_chain(write: Write) -> None:
    write(4)
    first = checkpoint()
    write(4)
    checkpoint(hour=1)
    with tampering():
        sql("UPDATE audit_checkpoint SET root = %s WHERE size = %s", bytes(32), first.size)
    code, said = run("checkpoint", "--organisation", "7", "--old", str(first.size))
    assert (code, "nothing was proved" in said) == (1, True)
    assert Checkpoint.objects.count() == 2
