"""What an administrator sees of the ledger: their own organisation's chain, without values."""

from accounts.models import User
from administration.closed_references import without_closed_entries
from audit.checkpointing import latest
from audit.drilling import DRILLED
from audit.models import Checkpoint, LedgerEntry
from audit.verifying import VERIFIED

# Columns without values of fields. What is not loaded cannot be shown by mistake.
SHOWN = ("seq", "timestamp", "event", "actor_email", "subject", "object_pk", "object_repr", "entry_hash")


class LatestEntries:
    """The chain newest first, for a paginator. Numbers have no gaps, so pages need no counting."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.chain = LedgerEntry.objects.filter(organisation=user.organisation_id)
        self.last: int = self.chain.order_by("-seq").values_list("seq", flat=True).first() or 0

    def count(self) -> int:
        return self.last

    def __len__(self) -> int:
        return self.last

    def __getitem__(self, wanted: slice) -> list[LedgerEntry]:
        newest, oldest = self.last - (wanted.start or 0), self.last - (wanted.stop or self.last)
        rows = self.chain.filter(seq__gt=oldest, seq__lte=newest)
        return without_closed_entries(rows.order_by("-seq").only(*SHOWN), self.user)

    def first(self) -> LedgerEntry | None:
        return next(iter(self[self.last - 1 : self.last]), None)


def latest_entries(user: User) -> LatestEntries:
    """Without lines that name what is closed to this person: a page then has fewer."""
    return LatestEntries(user)


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
