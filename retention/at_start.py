"""Nobody is served from a restored backup before what was disposed of has gone again."""

import logging
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from retention.restored import dispose_again

log = logging.getLogger(__name__)
Application = Callable[..., Iterable[bytes]]


class DisposedFirst:
    """The site, of which the first request waits until `dispose_again` has run in this process.

    A database that does not answer has nothing to show, so such a request passes and the next one tries again. A file
    of tombstones that cannot be read lets nobody in: it raises Unreadable.
    """

    def __init__(self, application: Application) -> None:
        self._application, self._lock, self._is_done = application, Lock(), False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._is_done:
            with self._lock:
                self._is_done = self._is_done or _done()
        return self._application(environ, start_response)


def _done() -> bool:
    try:
        count, left = dispose_again(at=timezone.now())
    except DatabaseError:
        return False
    if count:
        log.warning("Disposed again of %s records that a backup had brought back", count)
    if left:
        log.error("Still there, with drafts about them: %s. Run `manage.py apply_tombstones`", ", ".join(left))
    return True
