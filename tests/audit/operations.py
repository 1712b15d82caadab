"""Honest days of an audit log by a fixed seed: whatever the site may do to it, in any order."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import closing

from django.db import transaction

from accounts.models import Organisation
from audit import ledger
from audit.checkpointing import make_checkpoint
from audit.disposal import append_tombstone
from audit.exporting import Order, start
from audit.models import LedgerEntry
from audit.proving import prove_entry
from audit.reading import chains
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import parsed
from tests.audit.conftest import AT

CHAINS = (0, 7, 8)
# What has been lost on the way to a database and back before: ADR 0004.
VALUES = (
    None, True, False, 0, -1, 2**53, 1.5, -0.0, "", "=1+1", "Zoë", "e\u0301", "é", "a\x00b", "\ud800", "\r\n|",
    "😀", "1", ["a", [None, {"b": 1}]], {"z": 1, "a": {"": ""}}, AT, AT.date(),
)  # fmt: skip
EVENTS = ("decision.opened", "decision.changed", "family.listed", "account.signed_in")


class Days:
    """So many operations of one seed. The checkpoints it saw are kept, as somebody outside would keep them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same days each time
        self.at = AT
        self.outside: dict[int, list[Head]] = {}

    def live(self, operations: int) -> None:
        kinds: list[Callable[[int], None]] = [
            self.write, self.take_back, self.break_off, self.sign, self.dispose, self.export, self.prove,
        ]  # fmt: skip
        weights = (80, 6, 4, 3, 3, 1, 3)
        for act in self.random.choices(kinds, weights, k=operations):
            self.at += dt.timedelta(seconds=self.random.randrange(10_000))
            act(self.random.choice(CHAINS))
        for chain in CHAINS:
            self.sign(chain)

    def append(self, organisation: int) -> None:
        """One entry, with as many fields as it happens to have."""
        choice, several = self.random.choice, range(self.random.randrange(4))
        ledger.append(
            choice(EVENTS),
            organisation=organisation,
            obj=Organisation(pk=self.random.randrange(1, 50)) if choice((True, False)) else None,
            details={f"detail_{number}": choice(VALUES) for number in several},
            changes={f"field_{number}": [choice(VALUES), choice(VALUES)] for number in several},
        )

    def write(self, organisation: int) -> None:
        with ledger.recording(actor=None, at=self.random.choice((None, self.at))):
            for _ in range(self.random.choice((1, 1, 1, 2, 5))):
                self.append(self.random.choice((organisation, organisation, *CHAINS)))

    def take_back(self, organisation: int) -> None:
        """Entries before, inside and after a savepoint that is rolled back."""
        with ledger.recording(actor=None, at=self.at):
            self.append(organisation)
            with transaction.atomic():
                self.append(organisation)
                transaction.set_rollback(True)
            self.append(organisation)

    def break_off(self, organisation: int) -> None:
        with transaction.atomic():
            self.write(organisation)
            transaction.set_rollback(True)

    def sign(self, organisation: int) -> None:
        made = make_checkpoint(organisation, by=None, at=self.at)
        if made:
            self.outside.setdefault(organisation, []).append(head_of(parsed(made.note)))

    def dispose(self, organisation: int) -> None:
        """Some of the latest entries; some may be blanked already, and tombstones stay."""
        last = self.last(organisation)
        numbers = self.random.sample(range(max(1, last - 200), last + 1), k=min(last, self.random.randrange(1, 9)))
        found = LedgerEntry.objects.filter(organisation=organisation, seq__in=numbers).exclude(event="record.disposed")
        with ledger.recording(actor=None, at=self.at):
            entries = list(found.exclude(event="ledger.checkpoint_made").values_list("seq", flat=True))
            append_tombstone(
                organisation=organisation, obj=Organisation(pk=1), entries=entries, details={"rule": "25 years"}
            )

    def export(self, organisation: int) -> None:
        """Read to its end, or left before."""
        kind = self.random.choice(("csv", "jsonl"))
        order = Order(kind, tuple(chains(organisation)), values=self.random.choice((True, False)))
        with closing(start(order)) as chunks:
            for _ in zip(chunks, range(self.random.choice((1, 3))), strict=False):
                pass

    def prove(self, organisation: int) -> None:
        last = self.last(organisation)
        if last:
            seq = self.random.randrange(1, last + 1)
            proof = prove_entry(organisation=organisation, seq=seq, by=None, at=self.at)
            assert proof.index == seq - 1

    def last(self, organisation: int) -> int:
        seqs = LedgerEntry.objects.filter(organisation=organisation).order_by("-seq").values_list("seq", flat=True)
        return seqs.first() or 0
