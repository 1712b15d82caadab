"""The file of a backup: a tar archive of a manifest and the database, readable by its owner alone."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

VERSION = 1
MANIFEST, DATABASE = "manifest.json", "database"
CHUNK = 1 << 20
# A manifest has a line a chain and one a migration.
LARGEST_MANIFEST = 1 << 24


class BadBackup(ValueError):
    """The file is no backup, or not a whole one; the message is one line that says why."""


@dataclass(frozen=True)
class End:
    """How far a chain of the audit log reaches in the backup, and the hash of its last entry."""

    organisation: int
    seq: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """What the database in the archive is. `sha256` is of its bytes, `made_at` in ISO 8601."""

    engine: str
    made_at: str
    sha256: str
    size: int
    migrations: list[str]
    chains: list[End]
    version: int = VERSION


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read in pieces."""
    running, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            running.update(piece)
            size += len(piece)
    return running.hexdigest(), size


def write(output: Path, dump: Path, manifest: Manifest) -> None:
    """The whole archive or none of it, mode 600."""
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f"{output.name}.")  # mkstemp makes it mode 600
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _add(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
                tar.add(dump, DATABASE, filter=_plain)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(output)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and a private copy of the database, once its bytes are those that were backed up."""
    with tempfile.TemporaryDirectory(prefix="safeguarding-restore-") as folder:
        copy = Path(folder) / DATABASE
        try:
            with tarfile.open(path, mode="r:") as tar:
                manifest = _manifest(_member(tar, MANIFEST, LARGEST_MANIFEST).read())
                found = _copy(_member(tar, DATABASE), copy)
        except OSError as error:
            raise BadBackup(f"{path} cannot be read: {error.strerror or error}.") from None
        except tarfile.TarError:
            raise BadBackup(f"{path} is no backup of this program, or not a whole one.") from None
        if found != (manifest.sha256, manifest.size):
            raise BadBackup(f"{path} was changed or cut off after it was made: its SHA-256 differs.")
        yield manifest, copy


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of the machine it was made on."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, BytesIO(data))


def _member(tar: tarfile.TarFile, name: str, most: int | None = None) -> BinaryIO:
    try:
        member = tar.getmember(name)
    except KeyError:
        raise tarfile.ReadError(name) from None
    file = tar.extractfile(member) if member.isfile() and (most is None or member.size <= most) else None
    if file is None:
        raise tarfile.ReadError(name)
    return file  # type: ignore[return-value]  # a file opened for reading bytes


def _copy(source: BinaryIO, path: Path) -> tuple[str, int]:
    """Its SHA-256 and size, for which a large one is not read again."""
    running, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := source.read(CHUNK):
            running.update(piece)
            size += target.write(piece)
    return running.hexdigest(), size


def _manifest(data: bytes) -> Manifest:
    try:
        values = json.loads(data)
        ends = [End(**end) for end in values.pop("chains")]
        manifest = Manifest(**values, chains=ends)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise tarfile.ReadError(MANIFEST) from None
    if manifest.version != VERSION:
        raise BadBackup(
            f"The backup is of version {manifest.version}, and this program reads {VERSION}. Update it first."
        )
    return manifest
