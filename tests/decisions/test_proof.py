"""The proof of one decision: as a file from its page, from the command, and on the printed record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import signing
from audit.checkpointing import make_checkpoint
from audit.models import Checkpoint, LedgerEntry
from audit.proving import NotProved
from audit.tlog.checkpoints import Proof, proof_of
from decisions.actions import prove_decision
from decisions.models import Decision
from tests.audit.conftest import tamper
from tests.audit.test_commands import run
from tests.decisions.cases import Case, twin_of
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]


def verified(text: str) -> Proof:
    """As somebody would who has the public keys, and no database."""
    proof = proof_of(text)
    assert proof.verify(proof.extra, signing.public_keys(proof.head.origin)) == proof.head
    return proof


def url(decision: Decision) -> str:
    return reverse("decisions:proof", args=[decision.public_id])


def test_whoever_may_read_it_may_have_its_proof(closed: Case, as_user: SignIn) -> None:
    recorded = LedgerEntry.objects.get(event="decision.recorded")
    for who in ("practitioner", "supervisor"):
        answer = as_user(getattr(closed.cast, who)).get(url(closed.decision))
        reference = closed.decision.reference
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.tlog-proof"'
        proof = verified(answer.content.decode())
        assert proof.index == recorded.seq - 1
        assert proof.extra.decode().split("|")[5] == recorded.content_hash
        assert proof.head.origin == f"testserver/{closed.cast.organisation.public_id}"
    assert Checkpoint.objects.count() == 1
    entered = LedgerEntry.objects.filter(event="decision.proof_made").order_by("seq")
    assert [entry.actor_id for entry in entered] == [closed.cast.practitioner.pk, closed.cast.supervisor.pk]
    assert entered[0].additional_data == {"entry": recorded.seq, "checkpoint": proof.head.size}


def test_nothing_of_the_case_is_in_it(closed: Case) -> None:
    """Hashes, a number, a time, and names of the log: whoever is in the record is not in the proof."""
    text = str(prove_decision(decision=closed.decision, by=closed.cast.supervisor, at=timezone.now()))
    shown = text + proof_of(text).extra.decode()
    names = [person.name for person in closed.decision.people.all()]
    assert names
    for word in (*names, closed.decision.reference, closed.cast.organisation.name, closed.cast.practitioner.email):
        assert word not in shown
    hashes = set(LedgerEntry.objects.values_list("content_hash", flat=True))
    recorded = LedgerEntry.objects.get(event="decision.recorded")
    assert {one for one in hashes if one in shown} == {recorded.content_hash}


def test_others_and_drafts_get_none(closed: Case, as_user: SignIn) -> None:
    for who in (
        closed.cast.other_team,
        closed.cast.administrator,
        closed.cast.officer,
        closed.cast.stranger.supervisor,
    ):
        assert as_user(who).get(url(closed.decision)).status_code in {403, 404}
    assert as_user(closed.cast.practitioner).get(url(twin_of(closed.decision))).status_code == 404
    assert not Checkpoint.objects.exists()


def test_what_stands_in_the_way_is_said_on_the_page(
    closed: Case, as_user: SignIn, settings: LazySettings, tmp_path: Path
) -> None:
    """A key that cannot be used, then a history that is not the signed one. Neither is entered as a proof."""
    client = as_user(closed.cast.practitioner)
    honest, settings.LEDGER_KEY = settings.LEDGER_KEY, tmp_path / "no" / "key"
    assert "The key of the audit log cannot be used" in client.get(url(closed.decision), follow=True).content.decode()
    settings.LEDGER_KEY = honest
    make_checkpoint(closed.cast.organisation.pk, by=None, at=timezone.now())
    tamper("UPDATE audit_ledgerentry SET content_hash = prev_hash WHERE event = 'decision.recorded'")
    assert "not as it was signed" in client.get(url(closed.decision), follow=True).content.decode()
    with pytest.raises(NotProved, match="verify_ledger"):
        prove_decision(decision=closed.decision, by=None, at=timezone.now())
    assert not LedgerEntry.objects.filter(event="decision.proof_made").exists()


def test_the_command_writes_it_whole_or_not_at_all(closed: Case, tmp_path: Path) -> None:
    path, reference = tmp_path / "x.tlog-proof", closed.decision.reference
    code, said = run("prove_decision", reference, "--output", path)
    proof = verified(path.read_text())
    assert (code, said) == (
        0, f"wrote the proof of {reference} to {path}: entry {proof.index + 1} of {proof.head.size}\n"
    )  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    for arguments in (["D-000000"], [twin_of(closed.decision).reference], [reference, "--organisation", "99999999"]):
        code, said = run("prove_decision", *arguments, "--output", path)
        assert (code, "There is no recorded decision" in said) == (2, True)
    tamper("UPDATE audit_ledgerentry SET content_hash = prev_hash WHERE event = 'decision.recorded'")
    code, said = run("prove_decision", reference, "--output", path)
    assert (code, said.count("\n"), "verify_ledger" in said) == (1, 1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_printed_record_says_where_it_stands_in_the_tree(closed: Case, as_user: SignIn) -> None:
    path = reverse("decisions:print", args=[closed.decision.public_id])
    client = as_user(closed.cast.practitioner)
    assert "signed tree" not in client.get(path).content.decode()
    proof = prove_decision(decision=closed.decision, by=closed.cast.practitioner, at=timezone.now())
    make_checkpoint(closed.cast.organisation.pk, by=None, at=timezone.now())
    [main] = parsed(client.get(path).content.decode()).all("main")
    root = proof.head.root.hex()
    place = f"In the signed tree of {proof.head.size} entries its index is {proof.index}"
    words = f"{place}, and the root begins {root[:16]}."
    assert words in main.text
    assert root[:17] not in main.text
