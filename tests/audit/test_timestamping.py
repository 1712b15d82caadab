"""A checkpoint gets a time from an authority on this machine; openssl checks what was kept, with no code of ours."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.audit.conftest import Write
from tests.audit.test_commands import run
from tests.audit.timestamp_authority import Authority, Elsewhere, serving

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl, which plays the authority, is not installed"),
]
pytest.importorskip("rfc3161_client", reason="install requirements.txt")


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.LEDGER_WITNESS = tmp_path / "outside"
    settings.LEDGER_WITNESS.mkdir()
    settings.LEDGER_TSA_ROOT = str(tmp_path / "tsa" / "root.pem")
    return tmp_path / "outside"


def tokens(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.*.*"))


def test_the_newest_checkpoint_has_a_token_that_openssl_verifies(
    write: Write, folder: Path, settings: LazySettings
) -> None:
    write(3)
    with serving(folder.parent / "tsa") as (settings.LEDGER_TSA, asked):
        assert run("checkpoint", "--due") == (0, "1 signed, 1 kept outside\n")
        assert run("checkpoint", "--due")[0] == 0
    # Asked once, and only with a hash of the note.
    [query] = asked
    noted = folder / "7.3.checkpoint"
    assert hashlib.sha256(noted.read_bytes()).digest() in query
    assert len(query) < 100
    assert tokens(folder) == ["7.3.checkpoint", "7.3.tsr"]
    assert noted.read_bytes() + b"\n" == (folder / "7.txt").read_bytes()
    assert verifies(folder)
    noted.write_bytes(noted.read_bytes().replace(b"\n3\n", b"\n4\n"))
    assert not verifies(folder)


def verifies(folder: Path) -> bool:
    command = ["openssl", "ts", "-verify", "-in", "7.3.tsr", "-data", "7.3.checkpoint", "-CAfile", "../tsa/root.pem"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


class Garbled(Authority):
    def tampered(self, answer: bytes) -> bytes:
        return answer[:-1] + bytes([answer[-1] ^ 1])


class Empty(Authority):
    def tampered(self, answer: bytes) -> bytes:
        return answer[:0]


class Stale(Authority):
    """The first answer over again: the right signature of something else."""

    first = b""

    def tampered(self, answer: bytes) -> bytes:
        type(self).first = type(self).first or answer
        return type(self).first


def test_nobody_is_asked_but_the_one_in_the_settings(write: Write, folder: Path, settings: LazySettings) -> None:
    write(3)
    with serving(folder.parent / "tsa", Elsewhere) as (settings.LEDGER_TSA, asked):
        assert "does not answer" in run("checkpoint", "--due")[1]
    assert asked == []
    assert tokens(folder) == []


@pytest.mark.parametrize("kind", [Garbled, Empty])
def test_an_answer_that_does_not_verify_is_not_kept(
    write: Write, folder: Path, settings: LazySettings, kind: type[Authority]
) -> None:
    write(3)
    with serving(folder.parent / "tsa", kind) as (settings.LEDGER_TSA, _):
        code, said = run("checkpoint", "--due")
    assert (code, said) == (2, f"{settings.LEDGER_TSA} gave no timestamp that LEDGER_TSA_ROOT verifies.")
    assert [file.name for file in folder.iterdir()] == ["7.txt"]


def test_an_old_answer_is_not_taken_for_a_new_one(write: Write, folder: Path, settings: LazySettings) -> None:
    write(3)
    with serving(folder.parent / "tsa", Stale) as (settings.LEDGER_TSA, _):
        assert run("checkpoint")[0] == 0
        write(3)
        assert "gave no timestamp" in run("checkpoint")[1]
    assert tokens(folder) == ["7.3.checkpoint", "7.3.tsr"]


def test_another_authority_is_not_believed(write: Write, folder: Path, settings: LazySettings, tmp_path: Path) -> None:
    write(3)
    with serving(tmp_path / "tsa"), serving(tmp_path / "other") as (settings.LEDGER_TSA, _):
        assert "gave no timestamp" in run("checkpoint")[1]
    assert tokens(folder) == []


def test_what_failed_is_asked_again_and_each_fault_is_one_line(
    write: Write, folder: Path, settings: LazySettings
) -> None:
    write(3)
    settings.LEDGER_TSA = "http://127.0.0.1:9/"
    assert run("checkpoint", "--due") == (
        2,
        "Set LEDGER_TSA_ROOT to the file of the authority's root certificate, in PEM.",
    )
    with serving(folder.parent / "tsa") as (address, _):
        assert run("checkpoint", "--due") == (2, "http://127.0.0.1:9/ does not answer.")
        outside, settings.LEDGER_WITNESS = settings.LEDGER_WITNESS, None
        assert "without LEDGER_WITNESS" in run("checkpoint", "--due")[1]
        settings.LEDGER_WITNESS, settings.LEDGER_TSA = outside, address
        assert run("checkpoint", "--due") == (0, "0 signed, 0 kept outside\n")
    assert tokens(folder) == ["7.3.checkpoint", "7.3.tsr"]
