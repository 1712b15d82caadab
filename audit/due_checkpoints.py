"""When a chain is signed without being asked for: after so many entries, after so long, and with each export."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings

from audit.checkpointing import Rewritten, latest, make_checkpoint, size_to_sign
from audit.signing import BadKey

log = logging.getLogger(__name__)


def is_due(organisation: int, *, at: dt.datetime) -> bool:
    """Whether something came since the latest checkpoint, and enough of it or long enough ago."""
    last, size = latest(organisation), size_to_sign(organisation)
    if last is None or not size:
        return bool(size)
    many = size - last.size >= settings.LEDGER_CHECKPOINT_ENTRIES
    return many or at - last.made_at >= dt.timedelta(minutes=settings.LEDGER_CHECKPOINT_MINUTES)


def sign_export(organisations: Iterable[int], *, at: dt.datetime) -> None:
    """Sign what was exported and that it was, which keeps it outside too.

    The bytes are with their reader by now, so what fails is told to whoever runs the site; the timer's next run meets
    it again.
    """
    for organisation in organisations:
        try:
            make_checkpoint(organisation, by=None, at=at)
        except (Rewritten, BadKey) as error:
            log.error("No checkpoint was made with an export: %s", error)  # noqa: TRY400 - its one line says it
