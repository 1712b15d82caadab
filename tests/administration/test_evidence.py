"""The bundle of one decision and of one family: what is about it is in it, what is not is not."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from administration import evidence_record
from administration.evidence_record import pages
from administration.evidence_scope import About, of_decision, of_family, scope_of
from audit import ledger
from audit.evidence.ordering import EvidenceOrder, start
from audit.models import LedgerEntry
from audit.signing import fingerprint
from decisions.models import Decision, DecisionPerson
from reflections.models import Reflection
from tests.audit.conftest import tampering
from tests.audit.evidence_files import files_of, result_of
from tests.audit.test_commands import run
from tests.decisions.cases import Case, plain, twin_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def shown(evidence: bytes) -> set[int]:
    lines = [
        line for name, data in files_of(evidence) if name.startswith("entries") for line in data.decode().splitlines()
    ]
    return {int(line.split("|")[2]) for line in lines if line.startswith('"v1')}


def made(about: About, *, addresses: bool = False) -> bytes:
    return b"".join(start(EvidenceOrder(scope_of(about, addresses=addresses), timezone.now(), reason="x")).sent)


def test_every_entry_about_it_and_its_parts_is_in_it_and_no_other(closed: Case) -> None:
    decision = closed.decision
    with ledger.recording(actor=None, at=timezone.now()):
        ledger.append("decision.opened", organisation=decision.organisation_id, obj=twin_of(decision))
    evidence = made(of_decision(decision))
    assert result_of(evidence, fingerprint())[1].startswith("VERIFIED\n")
    entries = LedgerEntry.objects.filter(organisation=decision.organisation_id)
    own = set(entries.filter(subject="decisions.decision", object_pk=decision.pk).values_list("seq", flat=True))
    people = {str(person.pk) for person in decision.people.all()}
    own |= set(entries.filter(subject="decisions.decisionperson", object_pk__in=people).values_list("seq", flat=True))
    assert own <= shown(evidence)
    others = entries.filter(event__in=["account.signed_in", "ledger.export_started"]) | entries.filter(
        subject__in=["families.person", "accounts.user"]
    )
    assert not shown(evidence) & set(others.values_list("seq", flat=True))
    assert not shown(evidence) & set(
        entries.filter(subject="decisions.decision").exclude(object_pk=decision.pk).values_list("seq", flat=True)
    )


def test_of_a_family_its_people_and_its_decisions_are_there_too(closed: Case) -> None:
    evidence = made(of_family(closed.family))
    assert shown(made(of_decision(closed.decision))) < shown(evidence)
    entries = LedgerEntry.objects.filter(organisation=closed.family.organisation_id)
    about = entries.filter(subject="families.person").values_list("seq", flat=True)
    assert shown(evidence) >= set(about)
    assert f"{closed.decision.reference}.html" in dict(files_of(evidence))
    assert result_of(evidence, fingerprint())[0] == 0


def test_a_private_reflection_stays_with_its_author(closed: Case) -> None:
    assert Reflection not in of_decision(closed.decision).rows()


def test_the_record_to_read_leaves_out_addresses_unless_they_are_asked_for(
    closed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tampering("decisions_"):
        plain(DecisionPerson).filter(decision=closed.decision).update(safe_contact="1 High Street")
    [(name, page)] = pages([closed.decision], addresses=False)
    assert name == f"{closed.decision.reference}.html"
    assert "Your concern" in page
    assert "High Street" not in page
    assert [word for word in ("href=", "src=", "<script") if word in page] == []
    read: list[Decision] = []

    def kept(decision: Decision) -> list[object]:
        read.append(decision)
        return []

    monkeypatch.setattr(evidence_record, "sections", kept)
    for addresses in (False, True):
        assert len(list(pages([closed.decision], addresses=addresses))) == 1
    left_out, whole = ({person.safe_contact for person in decision.people.all()} for decision in read)
    assert (left_out, whole) == ({""}, {"1 High Street"})


def test_the_command_finds_it_by_its_reference(closed: Case, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    for reference in (closed.decision.reference, closed.family.reference):
        code, said = run("export_evidence", reference, "--output", path, "--reason", "Court order 12")
        assert (code, f"entries about {reference} to {path}" in said) == (0, True)
        manifest = json.loads(dict(files_of(path.read_bytes()))["manifest.json"])
        assert (manifest["filter"], manifest["whole"]) == ({"reference": reference}, False)
    made_on = LedgerEntry.objects.filter(event__in=["decision.evidence_made", "family.evidence_made"]).order_by("seq")
    assert [entry.object_repr for entry in made_on] == [
        closed.decision.reference, closed.family.reference, closed.decision.reference,
    ]  # fmt: skip
    began = LedgerEntry.objects.filter(event="ledger.export_started").first()
    assert began.additional_data["reason"] == "Court order 12"
    assert run("export_evidence", "D-NONE00", "--output", path, "--reason", "x")[0] == 2
    assert run("export_evidence", closed.decision.reference, "--output", path, "--reason", " ")[0] == 2
