"""Sessions that somebody left quickly, noted outside the database: they end even while it is away (ADR 0008).

A note is written before anything else is tried, and is gone once the ledger has its entry and the session's row is
deleted. While it is there, every worker of this machine treats the session as ended.
"""

import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import Error

from accounts.models import User
from audit import ledger

log = logging.getLogger(__name__)
# As Django makes them. Anything else ends no session, so it needs no note.
A_KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)
# Nobody fills the disk with made-up keys.
MOST = 10_000
# While the view tries, and once it could not. A note is the first for no longer than a request lasts.
LEAVING, LEFT, PATIENCE = ".leaving", ".left", 60


def write(key: str, *, at: datetime, address: str | None) -> None:
    """On the disk before this returns, readable by the site's user alone. A disk that fails does not stop anybody."""
    folder: Path = settings.LEFT_SESSIONS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not A_KEY.fullmatch(key) or sum(1 for _ in waiting()) >= MOST:
            return
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="new.")  # mkstemp makes it mode 600
        with os.fdopen(descriptor, "w") as file:
            json.dump({"session": key, "at": at.isoformat(), "address": address}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(_path(key, LEAVING))
    except OSError as error:
        log.warning("A quick leave could not be noted: %s", error.strerror)


def is_noted(key: str) -> bool:
    return bool(key) and (_path(key, LEAVING).exists() or _path(key, LEFT).exists())


def forget(key: str) -> None:
    """The database has it."""
    with suppress(OSError):
        _path(key, LEAVING).unlink()


def keep(key: str) -> None:
    """The database has it not."""
    with suppress(OSError):
        _path(key, LEAVING).replace(_path(key, LEFT))


def waiting() -> Iterator[Path]:
    """Mostly none, which costs one look at an empty folder. A worker that died on the way has left its note too."""
    with suppress(OSError), os.scandir(settings.LEFT_SESSIONS) as entries:
        for entry in entries:
            died = entry.name.endswith(LEAVING) and entry.stat().st_mtime < time.time() - PATIENCE
            if died or entry.name.endswith(LEFT):
                yield Path(entry.path)


def settle() -> None:
    """Make up in the database for what was left while it was away. Nothing happens as long as it still is."""
    for path in list(waiting()):
        with suppress(FileNotFoundError):  # another worker was first
            try:
                _settle(json.loads(path.read_text()))
            except Error:
                return
            path.unlink()


def _settle(note: dict[str, Any]) -> None:
    """Once only: whoever deletes the session's row makes the entry."""
    user = _user_of(Session.objects.filter(session_key=note["session"]).first())
    request = ledger.Request(address=note["address"])
    with ledger.within(request), ledger.recording(actor=user, at=None):
        row = Session.objects.select_for_update().filter(session_key=note["session"]).first()
        if row is None:
            return
        if user:
            details = {"left_at": note["at"]}
            ledger.append("account.quick_leave", organisation=user.organisation_id, obj=user, details=details)
        row.delete()


def _user_of(row: Session | None) -> User | None:
    key = row.get_decoded().get(SESSION_KEY) if row else None
    user: User | None = User.objects.filter(pk=key).first() if key else None
    return user


def _path(key: str, ending: str) -> Path:
    """Named by a hash: a listing of the folder is no list of keys."""
    folder: Path = settings.LEFT_SESSIONS
    return folder / f"{sha256(key.encode(errors='replace')).hexdigest()}{ending}"
