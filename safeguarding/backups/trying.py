"""Try a backup: make one, restore it into a new database of the same server, verify it there, throw both away."""

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import Error, connection

from audit import ledger
from safeguarding.backups import archive, engines, making

TRIED = "site.restore_tried"


@dataclass(frozen=True)
class Tried:
    """`output` is what `manage.py restore` printed. Times in seconds."""

    made: archive.Manifest
    making: float
    restoring: float
    passed: bool
    output: str


def try_backup(*, at: dt.datetime) -> Tried:
    """Raises what `back_up` raises, and engines.ToolFailed where no database for it can be made."""
    with tempfile.TemporaryDirectory(prefix="safeguarding-drill-") as folder, _scratch(Path(folder)) as url:
        path = Path(folder) / "site.backup"
        start = time.monotonic()
        made = making.back_up(path, at=at)
        half = time.monotonic()
        code, output = _restored(path, url)
        tried = Tried(made, half - start, time.monotonic() - half, code == 0, output)
    with ledger.recording(actor=None, at=at):
        details = {"passed": tried.passed, "sha256": made.sha256, "size": made.size}
        ledger.append(TRIED, organisation=ledger.SITE, details=details)
    return tried


def _restored(path: Path, url: str) -> tuple[int, str]:
    """In a process of its own, as it would be on another machine."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(path)],
        env={**os.environ, "DATABASE_URL": url},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


@contextmanager
def _scratch(folder: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'restored.sqlite3'}"
        return
    name = f"restore_drill_{os.getpid()}"
    _execute(f'CREATE DATABASE "{name}" TEMPLATE template0', "The role may not make databases")
    try:
        yield _address(name)
    finally:
        _execute(f'DROP DATABASE "{name}"', "The drill's database cannot be dropped")


def _execute(sql: str, otherwise: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    except Error as error:
        raise engines.ToolFailed(f"{otherwise}: {str(error).strip().splitlines()[0]}.") from None


def _address(name: str) -> str:
    given = {key: quote(str(connection.settings_dict[key]), safe="") for key in ("USER", "PASSWORD", "HOST", "PORT")}
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}{port}/{name}"
