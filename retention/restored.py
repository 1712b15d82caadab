"""A backup of the time before has records again that were disposed of: the file of tombstones says which."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from audit import ledger
from audit.disposal import plain
from decisions.models import Decision
from families.models import Family
from retention import tombstone_file
from retention.belongings import MODELS, Record
from retention.disposing import Authority, dispose
from retention.due import ALONE
from retention.tombstone_file import Line

CHUNK = 500


def there_again() -> list[tuple[Line, Model]]:
    """Each tombstone in the file whose record this database still has."""
    by_kind: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in tombstone_file.read():
        by_kind[line.kind][line.record] = line
    return [pair for kind, lines in by_kind.items() for pair in _rows(MODELS[kind], lines)]


def _rows(model: type[Model], lines: dict[str, Line]) -> Iterable[tuple[Line, Model]]:
    keys = list(lines)
    for start in range(0, len(keys), CHUNK):
        rows = plain(model).filter(public_id__in=keys[start : start + CHUNK])
        if model is Decision:
            rows = rows.filter(state=Decision.State.RECORDED)
        for row in rows:
            yield lines[str(row.public_id)], row


def dispose_again(*, at: datetime) -> tuple[int, list[str]]:
    """Dispose of each once more, whatever holds the backup has: how many, and of which families it could not be done.

    A family's decisions go before it. A draft or a request that the backup still has would be about nobody.
    """
    found = sorted(there_again(), key=lambda pair: (pair[0].kind == "family", pair[0].disposed_at))
    count, left = 0, list[str]()
    for line, row in found:
        if isinstance(row, Family) and not Family.objects.filter(ALONE, pk=row.pk).exists():
            left.append(line.reference)
            continue
        with ledger.recording(actor=None, at=at):
            # Several processes may start at once: whoever comes second finds it gone.
            if not _still_there(row):
                continue
            dispose(Record(line.kind, row), Authority(rule=line.rule, at=at))
            count += 1
    return count, left


def _still_there(row: Model) -> bool:
    locked = plain(type(row)).select_for_update().filter(pk=row.pk).first()
    return locked is not None and not (isinstance(locked, Decision) and locked.is_disposed)
