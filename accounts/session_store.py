"""Sessions in the database, as Django keeps them: read at every request with SQL composed once (ADR 0023)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from audit.statements import rows_where


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Session | None:
        """The row, if it has not expired. A key without one is forgotten, as it is by Django."""
        for row in rows_where(Session, "session_key", [self.session_key]):
            if row.expire_date > timezone.now():
                return row
        self._session_key = None
        return None
