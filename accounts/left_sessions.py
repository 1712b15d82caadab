"""Sessions that somebody left quickly, noted outside the database: they end even while it is away (ADR 0008).

A note is written before anything else is done, and is gone once the ledger has its entry and the session's row is
deleted. While it is there, every worker of this machine treats the session as ended.
"""

import json
import logging
import os
import re
import tempfile
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
ENDING = ".left"


def write(key: str, *, at: datetime, address: str | None) -> bool:
    """Whether it is on the disk, readable by the site's user alone."""
    folder: Path = settings.LEFT_SESSIONS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not A_KEY.fullmatch(key) or sum(1 for _ in waiting()) >= MOST:
            return False
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="new.")  # mkstemp makes it mode 600
        with os.fdopen(descriptor, "w") as file:
            json.dump({"session": key, "at": at.isoformat(), "address": address}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(_path(key))
    except OSError as error:
        log.warning("A quick leave could not be noted: %s", error.strerror)
        return False
    return True


def is_noted(key: str) -> bool:
    return bool(key) and _path(key).exists()


def waiting() -> Iterator[Path]:
    """Mostly none, which costs one look at an empty folder."""
    with suppress(OSError), os.scandir(settings.LEFT_SESSIONS) as entries:
        yield from (Path(entry.path) for entry in entries if entry.name.endswith(ENDING))


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


def _path(key: str) -> Path:
    """Named by a hash: a listing of the folder is no list of keys."""
    folder: Path = settings.LEFT_SESSIONS
    return folder / f"{sha256(key.encode(errors='replace')).hexdigest()}{ENDING}"
