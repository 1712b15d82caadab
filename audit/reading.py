"""Reading chains in pages, so that neither memory nor locks grow with the ledger.

Each page is a short query by key. The end of each chain is fixed first: entries never change, so what is read is one
consistent state.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Subquery

from audit import leaves
from audit.models import Checkpoint, LedgerEntry

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Chain:
    organisation: int
    last: int
    count: int


def chains(organisation: int | None = None) -> list[Chain]:
    """Every chain up to its current end, or only the given one; empty when it has no entries."""
    entries = (
        LedgerEntry.objects.all() if organisation is None else LedgerEntry.objects.filter(organisation=organisation)
    )
    ends = entries.values("organisation").annotate(last=Max("seq"), count=Count("pk")).order_by("organisation")
    return [Chain(end["organisation"], end["last"], end["count"]) for end in ends]


def pages(chain: Chain, *, after: int | None = None) -> Iterator[Sequence[leaves.Row]]:
    """The chain's columns in pages, in the order of their numbers; all of them, or those after a number."""
    entries = LedgerEntry.objects.filter(organisation=chain.organisation, seq__lte=chain.last).order_by("seq", "pk")
    if after is not None:
        entries = entries.filter(seq__gt=after)
    page = list(entries.values(*leaves.COLUMNS)[:PAGE])
    while page:
        yield page
        page = list(entries.filter(seq__gt=page[-1]["seq"]).values(*leaves.COLUMNS)[:PAGE])


def first_entry(*, organisation: int, subject: str, object_pk: str, event: str) -> LedgerEntry | None:
    """The first entry of this event about this record. A printed copy names it, so that the two can be compared.

    With it come `tree_size` and `tree_root` of the earliest checkpoint that it is in, or None.
    """
    signed = Checkpoint.objects.filter(organisation=OuterRef("organisation"), size__gte=OuterRef("seq"))
    earliest = signed.order_by("size")
    found: LedgerEntry | None = (
        LedgerEntry.objects.filter(organisation=organisation, subject=subject, object_pk=object_pk, event=event)
        .annotate(tree_size=Subquery(earliest.values("size")[:1]), tree_root=Subquery(earliest.values("root")[:1]))
        .order_by("seq")
        .first()
    )
    return found
