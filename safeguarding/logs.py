"""Log lines without a word that somebody typed. See docs/adr/0048-nothing-typed-is-in-a-log.md.

What an exception says can hold what was typed: a database quotes the row it refuses, Python the value it cannot read.
So a line has what kind of exception it was, where, and of a database error its code, constraint and table.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.db import Error

log = logging.getLogger(__name__)
# Django's, which quote what a browser sent: the Host header, of as many letters as the server takes.
QUOTING = "django.security"
MOST_OF_SENT, MOST = 160, 2_000


request_number: ContextVar[str] = ContextVar("request_number", default="-")


class RequestNumber(logging.Filter):
    """Gives each log record the number of the request it belongs to, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = request_number.get()
        return True


class WithoutWords(logging.Formatter):
    """Keeps the message of whoever logs, and of exceptions their kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        # What another formatter made of the exception is not used, nor left for the next one.
        record.exc_text = None
        if isinstance(record.args, tuple):
            record.args = tuple(kind(arg) if isinstance(arg, Error) else arg for arg in record.args)
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = on_one_line(record.message, MOST_OF_SENT if record.name.startswith(QUOTING) else MOST)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return "\n".join(_lines(ei[1]))


class JsonLines(WithoutWords):
    """One JSON object a line, for whatever collects logs. The same words as in a plain line, and no more."""

    def format(self, record: logging.LogRecord) -> str:
        whole = super().format(record)
        message, _, error = whole.partition("\n")
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "request": getattr(record, "request_number", "-"),
            "logger": record.name,
            "message": message,
        }
        return json.dumps({**line, "error": error.split("\n")} if error else line)


def on_one_line(message: str, most: int) -> str:
    """Nothing in it begins a line of its own, hides or turns round what follows. What is too long is cut."""
    shown = "".join(letter if letter.isprintable() else _escaped(letter) for letter in message[:most])
    return f"{shown} ... ({len(message):,} characters)" if len(message) > most else shown


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def _lines(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        yield kind(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            yield "which came from"


def kind(error: BaseException) -> str:
    """What kind of exception it is, and which rule of the database it broke; never what it says."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    cause = error.__cause__ if isinstance(error, Error) and error.__cause__ else error
    diagnosis = getattr(cause, "diag", None)
    named = {
        "code": getattr(cause, "pgcode", None) or getattr(cause, "sqlite_errorname", None),
        "constraint": getattr(diagnosis, "constraint_name", None),
        "table": getattr(diagnosis, "table_name", None),
        "errno": getattr(error, "errno", None),
    }
    known = ", ".join(f"{what} {value}" for what, value in named.items() if value)
    return f"{name} ({known})" if known else name


def log_what_nobody_catches() -> None:
    """What ends a command, a thread or a destructor is logged, not printed. Somebody at a terminal sees all of it."""
    if sys.stderr is not None and sys.stderr.isatty():
        return
    sys.excepthook = _uncaught
    threading.excepthook = lambda ended: _uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)
    sys.unraisablehook = lambda ended: _uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)


def _uncaught(
    kind_of: type[BaseException], error: BaseException | None, place: TracebackType | None
) -> None:  # fmt: skip
    if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
        log.critical("Ended by an exception", exc_info=(kind_of, error, place))
