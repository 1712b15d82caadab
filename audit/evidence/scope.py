"""What a bundle holds: which entries of which chain, in words, and what of them is left out."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min, Model

from audit import leaves
from audit.disposal import MOST_KEYS
from audit.evidence.lines import LeaveOut, nothing_left_out
from audit.models import LedgerEntry
from audit.reading import PAGE

# Of one chain whose end is fixed: numbers of its entries, first and last of each stretch, in order.
Stretches = Sequence[tuple[int, int]]
ADDRESS = "address or phone number"
_addresses: dict[str, frozenset[str]] = {}


def holds_addresses(subject: str, *fields: str) -> None:
    """The app that has the model says which of its fields hold an address or a phone number."""
    _addresses[subject] = frozenset(f"changes:{name}" for name in fields)


def addresses_left_out(row: leaves.Row, name: str) -> str:
    return ADDRESS if name in _addresses.get(row["subject"], ()) else ""


@dataclass(frozen=True)
class Scope:
    """`words` say it to a person, `filter` to a program. `pages` are readable copies, by file name."""

    words: str
    chains: Sequence[int]
    stretches: Callable[[int, int], Stretches]
    whole: bool = False
    filter: Mapping[str, str] = field(default_factory=dict)
    leave_out: LeaveOut = addresses_left_out
    pages: Callable[[], Iterator[tuple[str, str]]] = lambda: iter(())


def everything(chains: Sequence[int], *, leave_out: LeaveOut = addresses_left_out) -> Scope:
    words = "The whole audit log"
    return Scope(words, chains, lambda _, size: [(1, size)], whole=True, leave_out=leave_out)


def period(
    chains: Sequence[int], since: dt.datetime, until: dt.datetime, *, leave_out: LeaveOut = addresses_left_out
) -> Scope:
    """What entered the log from `since` up to, not with, `until`."""

    def stretches(organisation: int, size: int) -> Stretches:
        inside = LedgerEntry.objects.filter(
            organisation=organisation, seq__lte=size, recorded_at__gte=since, recorded_at__lt=until
        ).aggregate(first=Min("seq"), last=Max("seq"))
        return [(inside["first"], inside["last"])] if inside["first"] else []

    asked = {"since": since.isoformat(), "until": until.isoformat()}
    return Scope("A period of the audit log", chains, stretches, filter=asked, leave_out=leave_out)


def in_stretches(numbers: Sequence[int]) -> Stretches:
    """Sorted numbers, neighbours together."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def numbers_about(organisation: int, rows: Mapping[type[Model], Iterable[Any]], size: int) -> list[int]:
    """The numbers of all entries about these rows, by model, up to a size of the log."""
    found: set[int] = set()
    for model, keys in rows.items():
        every = [str(key) for key in keys]
        for start in range(0, len(every), MOST_KEYS):
            found.update(
                LedgerEntry.objects.filter(
                    organisation=organisation,
                    subject=model._meta.label_lower,
                    object_pk__in=every[start : start + MOST_KEYS],
                    seq__lte=size,
                ).values_list("seq", flat=True)
            )
    return sorted(found)


def rows_of(organisation: int, first: int, last: int) -> Iterator[leaves.Row]:
    entries = LedgerEntry.objects.filter(organisation=organisation, seq__lte=last).order_by("seq")
    while first <= last:
        page = list(entries.filter(seq__gte=first).values(*leaves.COLUMNS)[:PAGE])
        if not page:
            return
        yield from page
        first = page[-1]["seq"] + 1


__all__ = [
    "Scope", "Stretches", "addresses_left_out", "everything", "holds_addresses", "in_stretches", "nothing_left_out",
    "numbers_about",    "period", "rows_of",
]  # fmt: skip
