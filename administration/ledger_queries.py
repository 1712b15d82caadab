"""What an administrator sees of the ledger: their own organisation's chain, without values."""

from django.db.models import Q

from accounts.models import User
from audit.checkpointing import latest
from audit.drilling import DRILLED
from audit.models import Checkpoint, LedgerEntry
from audit.verifying import VERIFIED
from decisions.models import Decision
from families.models import Family, Person

# Columns without values of fields. What is not loaded cannot be shown by mistake.
SHOWN = ("seq", "timestamp", "event", "actor_email", "object_repr", "entry_hash")


class LatestEntries:
    """The chain newest first, for a paginator. Numbers have no gaps, so pages need no counting."""

    def __init__(self, organisation: int, closed: Q | None = None) -> None:
        self.chain = LedgerEntry.objects.filter(organisation=organisation)
        self.closed = closed
        self.last: int = self.chain.order_by("-seq").values_list("seq", flat=True).first() or 0

    def count(self) -> int:
        return self.last

    def __len__(self) -> int:
        return self.last

    def __getitem__(self, wanted: slice) -> list[LedgerEntry]:
        newest, oldest = self.last - (wanted.start or 0), self.last - (wanted.stop or self.last)
        rows = self.chain.filter(seq__gt=oldest, seq__lte=newest)
        rows = rows.exclude(self.closed) if self.closed else rows
        return list(rows.order_by("-seq").only(*SHOWN))

    def first(self) -> LedgerEntry | None:
        return next(iter(self[self.last - 1 : self.last]), None)


def latest_entries(user: User) -> LatestEntries:
    """Without lines that name what is closed to this person: a page then has fewer."""
    return LatestEntries(user.organisation_id, _closed(user))


def _closed(user: User) -> Q | None:
    if not (user.closed_families or user.closed_decisions):
        return None
    families = Family.objects.filter(pk__in=user.closed_families).values_list("reference", flat=True)
    decisions = Decision.objects.filter(pk__in=user.closed_decisions).values_list("reference", flat=True)
    people = Person.objects.filter(family__in=user.closed_families).values_list("pk", flat=True)
    named = Q(subject="families.person", object_pk__in=[str(key) for key in people])
    for reference in (*families, *decisions):
        named |= Q(object_repr__contains=reference)
    return named


def latest_verification(user: User) -> LedgerEntry | None:
    """The latest verification entry; its details are figures, not case text."""
    return _latest(user, VERIFIED)


def latest_drill(user: User) -> LedgerEntry | None:
    """The latest drill's entry, with how many kinds of tampering were tried and found."""
    return _latest(user, DRILLED)


def latest_checkpoint(user: User) -> Checkpoint | None:
    return latest(user.organisation_id)


def _latest(user: User, event: str) -> LedgerEntry | None:
    found = LedgerEntry.objects.filter(organisation=user.organisation_id, event=event)
    return next(iter(found.order_by("-seq")[:1]), None)
