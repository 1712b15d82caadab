"""What Django does again at every query, done once: a run of the tests asks a million of them.

Nothing here changes what is asked or answered, only how often it is worked out.
"""

import threading
from collections.abc import Callable
from functools import lru_cache

from asgiref.local import Local
from django.db import connections
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real

from tests.composed_once import compose_once

_convert: Callable[..., str] = SQLiteCursorWrapper.convert_query  # type: ignore[attr-defined]  # not in the stubs


@lru_cache(maxsize=4_000)
def _converted(query: str) -> str:
    return _convert(None, query)  # it looks at nothing but the query


def convert_query(self: SQLiteCursorWrapper, query: str, *, param_names: list[str] | None = None) -> str:
    """Placeholders as SQLite writes them."""
    return _converted(query) if param_names is None else _convert(self, query, param_names=param_names)


def make_quicker() -> None:
    """Once, from tests/conftest.py.

    What asgiref keeps for each task of an event loop a plain thread keeps as well, in a fifth of the time: the project
    is never async.
    """
    SQLiteCursorWrapper.convert_query = convert_query  # type: ignore[attr-defined]  # not in the stubs
    kept: list[tuple[object, str]] = [
        (connections, "_connections"), (urls, "_prefixes"), (urls, "_urlconfs"), (timezone, "_active"),
        (trans_real, "_active"),
    ]  # fmt: skip
    for where, name in kept:
        assert isinstance(getattr(where, name), Local)
        setattr(where, name, threading.local())
    compose_once()
