"""The two commands: exit codes, one line each, and never half a file."""

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.closed_rows import closed_models
from audit.export import Export
from tests.audit.conftest import TABLE, Write, chain, sql, tamper, tampering
from tests.shell import manage

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and what was said, as the shell would have it."""
    out = io.StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_verify_says_figures_in_one_line(write: Write) -> None:
    write(3)
    code, said = run("verify_ledger")
    assert code == 0
    assert said.startswith("verified 3 entries in 1 chains, 20")
    assert said.splitlines()[1:] == [f"compared 0 records of {len(closed_models())} kinds"]
    assert run("verify_ledger", "--no-records")[1].count("\n") == 1


def test_verify_names_the_first_broken_entry(write: Write) -> None:
    write(3)
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE seq = 2")
    said = "broken at organisation 7 seq 2: envelope is not what was written\n"
    assert run("verify_ledger", "--no-records") == (1, said)
    assert run("verify_ledger")[1].startswith(said)


def test_verify_fails_without_triggers_and_still_names_the_entry(write: Write) -> None:
    write(3)
    with tampering():
        code, said = run("verify_ledger")
        assert code == 1
        assert f"trigger missing: {TABLE}_" in said
        assert "broken" not in said
        sql(f"UPDATE {TABLE} SET event = 'x' WHERE seq = 2")
        code, said = run("verify_ledger")
    assert code == 1
    assert "trigger missing" in said
    assert "broken at organisation 7 seq 2: " in said


def test_verify_on_a_timer_enters_what_was_found_of_each_chain(write: Write) -> None:
    write(2, organisation=7)
    write(1, organisation=8)
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE organisation = 8")
    code, said = run("verify_ledger", "--enter")
    assert code == 1
    assert said.splitlines()[-2].startswith("broken at organisation 8 seq 1")
    entered = [chain(organisation)[-1] for organisation in (0, 7, 8)]
    assert [entry.event for entry in entered] == ["ledger.verified"] * 3
    assert [entry.additional_data["sound"] for entry in entered] == [True, True, False]
    assert run("verify_ledger", "--enter", "--no-records")[0] == 2


def test_verify_of_one_chain(write: Write) -> None:
    write(1, organisation=7)
    write(2, organisation=8)
    assert run("verify_ledger", "--organisation", "8")[1].startswith("verified 2 entries in 1 chains")
    code, said = run("verify_ledger", "--organisation", "9")
    assert code == 2
    assert "Organisation 9 has no entries" in said


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_export_writes_the_whole_ledger_with_values(write: Write, tmp_path: Path, kind: str) -> None:
    write(2, organisation=7)
    write(1, organisation=0)
    path = tmp_path / "ledger"
    code, said = run("export_ledger", "--format", kind, "--output", path)
    assert (code, said) == (0, f"exported 3 entries in 2 chains to {path}\n")
    assert "=after" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_export_is_entered_in_every_chain_it_takes(write: Write, tmp_path: Path) -> None:
    write(1, organisation=7)
    write(1, organisation=8)
    run("export_ledger", "--format", "jsonl", "--output", tmp_path / "x", "--reason", "for the inspector")
    for organisation in (7, 8):
        began, ended, signed = chain(organisation)[1:]
        assert (began.event, ended.event) == ("ledger.export_started", "ledger.export_finished")
        assert signed.event == "ledger.checkpoint_made"
        assert began.additional_data["reason"] == "for the inspector"
        assert began.additional_data["values"] is True
        assert ended.additional_data["count"] == 2


def test_export_of_one_chain(write: Write, tmp_path: Path) -> None:
    write(1, organisation=7)
    write(2, organisation=8)
    run("export_ledger", "--format", "jsonl", "--output", tmp_path / "x", "--organisation", "8")
    found = [json.loads(line)["organisation"] for line in (tmp_path / "x").read_text().splitlines()]
    assert found == [8, 8]
    assert len(chain(7)) == 1


def test_export_replaces_an_older_file_whole(write: Write, tmp_path: Path) -> None:
    write(1)
    (tmp_path / "x").write_text("older")
    run("export_ledger", "--format", "jsonl", "--output", tmp_path / "x")
    assert "older" not in (tmp_path / "x").read_text()


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_half_a_file_is_never_left(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    write(2)

    def halfway(*_: object) -> bytes:
        raise failure

    monkeypatch.setattr(Export, "_taken", halfway)
    with pytest.raises((KeyboardInterrupt, CommandError)):
        call_command("export_ledger", format="jsonl", output=tmp_path / "x")
    assert list(tmp_path.iterdir()) == []
    assert chain(7)[-2].event == "ledger.export_broken_off"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "{tmp}/no/such/x"], "cannot be written"),
        (["--output", "{tmp}"], "is a directory"),
        (["--output", "{tmp}/x", "--organisation", "9"], "Organisation 9 has no entries"),
        (["--output", "{tmp}/x", "--reason", "x" * 501], "longer than 500"),
    ],
)
def test_export_refuses_bad_input_in_one_line(write: Write, tmp_path: Path, arguments: list[str], said: str) -> None:
    write()
    code, message = run("export_ledger", "--format", "csv", *(item.format(tmp=tmp_path) for item in arguments))
    assert code == 2
    assert said in message
    assert "\n" not in message
    assert list(tmp_path.iterdir()) == []
    assert len(chain(7)) == 1


BAD = (
    (["export_ledger", "--format", "zip", "--output", "x"], "invalid choice: 'zip'"),
    (["export_ledger", "--output", "x"], "required: --format"),
    (["verify_ledger", "--organisation", "seven"], "invalid int value: 'seven'"),
    (["verify_ledger", "--nonsense"], "unrecognized arguments"),
    (["verify_ledger"], "This database has no ledger yet"),
    (["export_ledger", "--format", "csv", "--output", "/no/such/x"], "This database has no ledger yet"),
)


def test_from_the_shell_bad_input_is_one_line_and_2(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DEMO": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "safeguarding.settings",
    }
    all_ended = manage(*(arguments for arguments, _ in BAD), environment=environment)
    for (arguments, said), ended in zip(BAD, all_ended, strict=True):
        assert ended.code == 2, arguments
        assert said in ended.err, arguments
        assert ended.err.count("\n") == 1, arguments
