"""The file of a backup: read back as it was written, and anything else is told apart in one line."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from safeguarding.backups import archive, engines
from tests.cast import Cast

DATA = b"the bytes of a database" * 100
ENDS = [archive.End(0, 12, "a" * 64), archive.End(7, 340, "b" * 64)]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return written(tmp_path, engine="sqlite")


def written(folder: Path, *, engine: str) -> Path:
    dump, path = folder / "dump", folder / "site.backup"
    dump.write_bytes(DATA)
    sha256, size = archive.digest(dump)
    archive.write(path, dump, archive.Manifest(engine, "2026-11-30T02:00:00+00:00", sha256, size, ["a.0001"], ENDS))
    dump.unlink()
    return path


def again(path: Path, *, database: bytes = DATA, **changed: object) -> None:
    """The same archive with other bytes of the database, or another manifest."""
    with tarfile.open(path) as tar:
        file = tar.extractfile(archive.MANIFEST)
        assert file
        manifest = {**json.loads(file.read()), **changed}
    with tarfile.open(path, "w") as tar:
        archive._add(tar, archive.MANIFEST, json.dumps(manifest).encode())
        archive._add(tar, archive.DATABASE, database)


def only_the_database(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        archive._add(tar, archive.DATABASE, DATA)


def a_link(path: Path) -> None:
    """Never followed: it could name any file of the machine."""
    with tarfile.open(path) as tar:
        manifest = tar.extractfile(archive.MANIFEST)
        assert manifest
        said = manifest.read()
    with tarfile.open(path, "w") as tar:
        archive._add(tar, archive.MANIFEST, said)
        link = tarfile.TarInfo(archive.DATABASE)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(link)


def test_what_was_written_is_read(backup: Path) -> None:
    with archive.opened(backup) as (manifest, copy):
        assert copy.read_bytes() == DATA
        assert (manifest.engine, manifest.size, manifest.chains) == ("sqlite", len(DATA), ENDS)
        assert copy.stat().st_mode & 0o777 == 0o600
    assert not copy.exists()


def test_it_is_for_its_owner_alone_and_says_nothing_of_the_machine(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["site.backup"]
    with tarfile.open(backup) as tar:
        assert {(member.uname, member.uid, member.mtime) for member in tar if member.name == archive.DATABASE}
        assert all((member.uname, member.gname, member.uid, member.gid) == ("", "", 0, 0) for member in tar)


NO_BACKUP = "is no backup of this program, or not a whole one."
OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "gone": (lambda path: path.unlink(), "cannot be read: No such file or directory."),
    "a text": (lambda path: path.write_text("not a backup"), NO_BACKUP),
    "empty": (lambda path: path.write_text(""), NO_BACKUP),
    "half of it": (lambda path: path.write_bytes(path.read_bytes()[:2000]), NO_BACKUP),
    "no manifest": (only_the_database, NO_BACKUP),
    "a manifest without chains": (lambda path: again(path, chains="none"), NO_BACKUP),
    "a manifest with more": (lambda path: again(path, colour="red"), NO_BACKUP),
    "a link in it": (a_link, NO_BACKUP),
    "of a newer program": (lambda path: again(path, version=2), "is of version 2, and this program reads 1."),
    "a byte changed": (lambda path: again(path, database=b"T" + DATA[1:]), "its SHA-256 differs."),
    "bytes added": (lambda path: again(path, database=DATA + b"x"), "its SHA-256 differs."),
}


@pytest.mark.parametrize("named", OTHERS)
def test_what_is_no_backup_is_told_apart_in_one_line(backup: Path, named: str) -> None:
    change, said = OTHERS[named]
    change(backup)
    with pytest.raises(CommandError) as stopped:
        call_command("restore", str(backup))
    assert stopped.value.returncode == 2
    assert said in str(stopped.value)
    assert "\n" not in str(stopped.value)


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("postgresql", "The backup is of postgresql, and DATABASE_URL is of sqlite."),
        ("sqlite", "The database has an organisation already. Restore into a new, empty one."),
    ],
)
def test_a_database_with_people_in_it_is_never_written_over(cast: Cast, tmp_path: Path, engine: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(written(tmp_path, engine=engine)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "said"),
    [("site.backup", r"There is already a file .* Name a new one\."), ("no/where", r"is not there\. Make it first\.")],
)
def test_a_backup_overwrites_nothing(backup: Path, named: str, said: str) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError, match=said) as stopped:
        call_command("backup", output=backup.parent / named)
    assert stopped.value.returncode == 2
    assert backup.read_bytes() == before


def test_a_missing_tool_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(engines.ToolFailed, match=r"pg_dump is not installed\. Install it"):
        engines._found("pg_dump")


def test_a_database_that_is_always_written_to_is_given_up() -> None:
    patience = engines._Patience()
    for _ in range(240):
        patience.step(5, 10, 10)
    patience.step(0, 5, 10)
    with pytest.raises(engines.ToolFailed, match=r"was being written to for 60 seconds\. Try again"):
        patience.step(6, 10, 10)
