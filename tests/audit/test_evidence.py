"""What a bundle holds, what is left out of it, what is entered of it, and the command that makes one."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings

from audit import signing
from audit.evidence import container, making, scope
from audit.evidence.container import Container, TooLarge
from audit.evidence.lines import entry_lines
from audit.evidence.making import Evidence
from audit.evidence.ordering import EvidenceOrder, start
from audit.evidence.scope import Scope, addresses_left_out, everything, in_stretches, period
from audit.models import LedgerEntry
from tests.audit.conftest import AT, TABLE, Write, chain, tamper
from tests.audit.evidence_files import (
    ENTRIES,
    MANIFEST,
    SECRET,
    evidence_files,
    files_of,
    fingerprint,
    made_of,
    result_of,
)
from tests.audit.test_commands import run
from tests.audit.trees import checkpoint, entries

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def lines_of(evidence: bytes) -> list[str]:
    return dict(files_of(evidence))[ENTRIES].decode("ascii").splitlines()


def manifest(evidence: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(dict(files_of(evidence))[MANIFEST])
    return found


def test_each_line_is_the_very_text_that_was_hashed(write: Write) -> None:
    write(2)
    lines = lines_of(made_of(everything([7])))
    first = chain(7)[0]
    assert sha256(lines[0].strip('"').encode()).hexdigest() == first.entry_hash
    assert "".join(sha256(line.encode()).hexdigest() for line in lines[1:5]) == first.digests


def test_the_export_itself_is_the_last_entry_of_it(write: Write) -> None:
    write(2)
    evidence = made_of(everything([7]))
    began = chain(7)[2]
    assert (began.event, began.additional_data["reason"]) == ("ledger.export_started", "A court asked")
    assert '"ledger.export_started"' in lines_of(evidence)[-5]
    assert manifest(evidence)["chains"][0]["tree_size"] == 3  # type: ignore[index]
    ended = chain(7)[-2]
    assert (ended.event, ended.additional_data["count"]) == ("ledger.export_finished", 3)
    assert ended.additional_data["sha256"] == sha256(evidence).hexdigest()


def test_one_broken_off_is_entered_as_that(write: Write) -> None:
    write(2)
    made = start(EvidenceOrder(everything([7]), AT))
    next(made.sent)
    made.sent.close()
    assert chain(7)[-2].event == "ledger.export_broken_off"


def test_the_manifest_says_who_asked_when_why_and_for_what() -> None:
    found = manifest(evidence_files()["part"])
    said = ("scope", "whole", "asked_by", "reason", "made_at")
    assert [found[name] for name in said] == [
        "Some entries", False, "The server's own command", "A court asked", "2026-11-22T09:30:15.123456Z",
    ]  # fmt: skip


def test_what_is_left_out_is_counted_by_its_reason_and_nothing_of_it_is_there() -> None:
    evidence = evidence_files()["end"]
    assert manifest(evidence)["left_out"] == {"disposed of": 1, SECRET: 4}
    text = "\n".join(lines_of(evidence))
    assert "details:number" in text  # the envelope names each field
    assert [line for line in lines_of(evidence) if line.startswith('["v1"') and '"envelope"' not in line] == []


def test_of_a_part_no_other_entry_has_a_line() -> None:
    lines = lines_of(evidence_files()["part"])
    shown = [int(line.split("|")[2]) for line in lines if line.startswith('"')]
    gaps = [json.loads(line)["gap"] for line in lines if line.startswith('{"gap"')]
    assert shown[:-1] == [3, 4, 5, 6, 9]
    assert gaps == [[1, 2], [7, 8], [10, shown[-1] - 1]]


def test_an_address_is_left_out_by_its_kind_of_record(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "_addresses", {})
    scope.holds_addresses("families.safecontact", "detail")
    write(1)
    row = dict(LedgerEntry.objects.values().get())
    row |= {"subject": "families.safecontact", "changes": {"detail": ["", "1 High St"]}}
    seen: list[str] = []
    assert "High St" not in entry_lines(row | {"digests": "0" * 256}, addresses_left_out, seen.append)
    assert seen == ["address or phone number"]
    assert addresses_left_out({"subject": "families.person"}, "changes:detail") == ""


def test_a_period_is_what_entered_the_log_in_it(write: Write) -> None:
    write(3)
    middle = chain(7)[1].recorded_at
    after = chain(7)[2].recorded_at
    assert period([7], middle, after).stretches(7, 3) == [(2, 2)]
    assert period([7], AT, AT).stretches(7, 3) == []
    empty = made_of(period([7], AT, AT))
    assert (result_of(empty)[0], manifest(empty)["chains"][0]["entries"]) == (0, 0)  # type: ignore[index]


def test_a_bundle_of_many_parts_and_gaps_verifies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PART", 900)
    monkeypatch.setattr(making, "GAPS_AT_ONCE", 2)
    entries(300)
    checkpoint()
    odd = made_of(Scope("Odd ones", [7], lambda _, size: in_stretches(list(range(1, size + 1, 37)))))
    assert result_of(odd, fingerprint_now())[0] == 0
    assert [name for name, _ in files_of(odd) if name.startswith("entries")][-1] == "entries-7-0009.jsonl"


def fingerprint_now() -> str:
    return signing.fingerprint()


def test_neighbours_are_put_together() -> None:
    assert in_stretches([1, 2, 4, 7, 8, 9]) == [(1, 2), (4, 4), (7, 9)]


def test_more_than_a_zip_file_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_BYTES", 3000)
    made = Container()
    made.file("a", bytes(1900))
    with pytest.raises(TooLarge, match="shorter period"):
        made.file("b", bytes(100))


# The command.


def test_the_command_writes_a_bundle_that_its_own_verifier_accepts(write: Write, tmp_path: Path) -> None:
    write(3)
    write(2, organisation=0)
    path = tmp_path / "b.zip"
    code, said = run("export_ledger", "--format", "bundle", "--output", path, "--reason", "For the court")
    assert (code, said.splitlines()[0]) == (0, f"exported 7 entries in 2 chains to {path}")
    assert f"fingerprint of the key is {signing.fingerprint()}" in said
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "verify.py").write_bytes(dict(files_of(path.read_bytes()))["verify.py"])
    verified = [sys.executable, "-I", str(tmp_path / "verify.py"), str(path), "--key"]
    right = subprocess.run([*verified, signing.fingerprint().upper()], capture_output=True, text=True, check=False)
    assert (right.returncode, right.stdout.splitlines()[0], right.stderr) == (0, "VERIFIED", "")


def test_the_folder_of_its_files_verifies_too(tmp_path: Path) -> None:
    from audit.evidence import verify  # noqa: PLC0415 - what is under test, beside the bundle's own copy

    for name, data in files_of(evidence_files()["whole"]):
        (tmp_path / name).write_bytes(data)
    assert verify.verify(tmp_path, fingerprint())[0] == 0
    (tmp_path / "READ_ME.txt").unlink()
    assert verify.verify(tmp_path, fingerprint()) == (2, "INCOMPLETE: READ_ME.txt is missing")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--since", "soon"], "--since must be a day"),
        (["--until", "2026-02-30"], "--until must be a day"),
        (["--since", "2026-11-02", "--until", "2026-11-01"], "--until is before --since"),
        (["--organisation", "9"], "Organisation 9 has no entries"),
    ],
)
def test_bad_input_is_refused_in_one_line(write: Write, tmp_path: Path, more: list[str], said: str) -> None:
    write(1)
    code, message = run("export_ledger", "--format", "bundle", "--output", tmp_path / "b.zip", *more)
    assert (code, said in message, list(tmp_path.iterdir())) == (2, True, [])
    assert len(chain(7)) == 1


def test_days_are_for_evidence_files_alone(write: Write, tmp_path: Path) -> None:
    write(1)
    code, message = run("export_ledger", "--format", "csv", "--output", tmp_path / "x", "--since", "2026-11-01")
    assert (code, "for --format bundle" in message) == (2, True)


def test_days_of_the_command_are_whole_days(write: Write, tmp_path: Path) -> None:
    write(2)
    day = chain(7)[0].recorded_at.date().isoformat()
    path = tmp_path / "b.zip"
    asked = ("export_ledger", "--format", "bundle", "--output", path)
    assert run(*asked, "--since", "2000-01-01", "--until", "2000-01-02")[1].startswith("exported 0 entries")
    assert run(*asked, "--since", day)[0] == 0
    assert result_of(path.read_bytes())[0] == 0


def test_of_a_rewritten_log_none_is_made(write: Write, tmp_path: Path) -> None:
    write(3)
    checkpoint()
    tamper(f"UPDATE {TABLE} SET content_hash = prev_hash WHERE seq = 2")
    code, said = run("export_ledger", "--format", "bundle", "--output", tmp_path / "b.zip")
    assert (code, "No checkpoint was made" in said, list(tmp_path.iterdir())) == (1, True, [])


def test_without_a_usable_key_none_is_made(write: Write, tmp_path: Path, settings: LazySettings) -> None:
    write(1)
    settings.LEDGER_KEY = tmp_path / "no" / "key"
    code, said = run("export_ledger", "--format", "bundle", "--output", tmp_path / "b.zip")
    assert (code, "cannot be made" in said, list(tmp_path.iterdir())) == (2, True, [])


def test_half_a_bundle_is_never_left(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(1)

    def halfway(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Evidence, "_manifest", halfway)
    with pytest.raises(KeyboardInterrupt):
        run("export_ledger", "--format", "bundle", "--output", tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []
    assert chain(7)[-2].event == "ledger.export_broken_off"
