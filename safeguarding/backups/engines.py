"""What each engine's own tools do: copy the database while it serves, and put a copy back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

DEBIAN = Path("/usr/lib/postgresql")


PAUSE_SECONDS, LONGEST_SECONDS = 0.25, 60


class ToolFailed(RuntimeError):
    """A tool of the database is missing or refused; the message is one line, with nothing of a row in it."""


def dump(to: Path) -> None:
    """One consistent state of the database, also while people write."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(to)) as copy:
            connection.connection.backup(copy, progress=_Patience().step, sleep=PAUSE_SECONDS)
        return
    # Half of it are hashes: pressing them harder takes twice as long and saves a twentieth.
    _run("pg_dump", "--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--file={to}")


def load(source: Path) -> None:
    """Put the copy in the place of an empty database. Whoever calls this knows that it is empty."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        connection.close()
        return
    connection.close()
    _run(
        *("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges"),
        *("--exit-on-error", "--single-transaction", str(source)),
    )


class _Patience:
    """SQLite waits for who writes, and would for ever."""

    def __init__(self) -> None:
        self.waits = 0

    def step(self, status: int, _remaining: int, _total: int) -> None:
        if status not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return
        self.waits += 1
        if self.waits * PAUSE_SECONDS > LONGEST_SECONDS:
            raise ToolFailed(f"The database was being written to for {LONGEST_SECONDS} seconds. Try again.")


def _run(tool: str, *arguments: str) -> None:
    (_, *where, name), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    result = subprocess.run(  # noqa: S603 - a tool of the database, with arguments of our own
        [_found(tool), *where, f"--dbname={name}", "--no-password", *arguments],
        env={**os.environ, **(environment or {})},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise ToolFailed(f"{tool} stopped: {_first_line(result.stderr)}")


def _found(tool: str) -> str:
    """On PATH, or the newest where Debian keeps them."""
    versions = sorted(DEBIAN.glob(f"*/bin/{tool}"), key=lambda path: int(path.parts[-3]))
    path = str(versions[-1]) if versions else shutil.which(tool)
    if path is None:
        raise ToolFailed(f"{tool} is not installed. Install it (Debian and Ubuntu: apt install postgresql-client).")
    return path


def _first_line(output: str) -> str:
    """The first line: those after it may hold the row that was refused."""
    return next(iter(output.strip().splitlines()), "it did not say why")
