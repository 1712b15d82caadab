"""Verify the ledger: rebuild every hash from the stored columns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from django.db import connection

from audit import composed, leaves, triggers
from audit.composed_verification import Verified
from audit.disposal import disposed_entries
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.reading import Chain, chains, pages
from audit.tlog.checkpoints import Head
from audit.tree_verification import TreeWalk
from audit.verified_pages import verified_pages

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Broken:
    organisation: int
    seq: int
    what: str

    def __str__(self) -> str:
        return f"broken at organisation {self.organisation} seq {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and the first fault found."""

    chains: int
    entries: int
    first: dt.datetime | None
    last: dt.datetime | None
    broken: Broken | None
    missing_triggers: tuple[str, ...]
    checkpoints: int = 0
    blanked: int = 0

    @property
    def sound(self) -> bool:
        return self.broken is None and not self.missing_triggers

    @property
    def figures(self) -> str:
        span = f", {self.first:%Y-%m-%d} to {self.last:%Y-%m-%d}" if self.first and self.last else ""
        signed = f"; {self.checkpoints} checkpoints" if self.checkpoints else ""
        blanked = f", {self.blanked} of them blanked by disposal" if self.blanked else ""
        return f"{self.entries} entries in {self.chains} chains{span}{blanked}{signed}"


def verify(
    organisation: int | None = None, *, outside: Mapping[int, Sequence[Head]] | None = None, processes: int = 1
) -> Report:
    """Every chain, or one. It stops at the first fault, because nothing after that can be trusted.

    `outside` are checkpoints that were kept elsewhere, of each chain. Whoever read them has verified their signatures.
    On PostgreSQL, a long chain is verified in so many processes; a page of the site has one.
    """
    missing = tuple(triggers.missing(connection))
    entries, blanked, checkpoints = 0, 0, 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None
    all_chains = chains(organisation)
    broken = _without_entries({chain.organisation for chain in all_chains}, organisation, outside or {})
    for chain in () if broken else all_chains:
        walk = _Walk(chain, (outside or {}).get(chain.organisation, ()), processes)
        broken = walk.run()
        entries, blanked = entries + walk.checked, blanked + walk.blanked
        checkpoints += walk.tree.checked
        first = min(filter(None, (first, walk.first)), default=None)
        last = max(filter(None, (last, walk.last)), default=None)
        if broken:
            break
    return Report(len(all_chains), entries, first, last, broken, missing, checkpoints, blanked)


def _without_entries(
    present: set[int], organisation: int | None, outside: Mapping[int, Sequence[Head]]
) -> Broken | None:
    """A chain of which checkpoints or tiles are left, here or outside, and not one entry."""
    named = {organisation for organisation, heads in outside.items() if heads}
    for table in (Checkpoint, TreeTile):
        named |= set(table.objects.values_list("organisation", flat=True).distinct())
    gone = sorted(chain for chain in named - present if organisation in {None, chain})
    return Broken(gone[0], 1, "the entries are gone; a checkpoint or a tile of them is left") if gone else None


class _Walk:
    """A walk along one chain, from its first entry to its end."""

    def __init__(self, chain: Chain, outside: Sequence[Head], processes: int) -> None:
        self.chain, self.processes = chain, processes
        self.tree = TreeWalk(chain.organisation, chain.last, outside)
        self.checked = self.blanked = 0
        self.disposed: dict[int, int] = {}
        self.head = leaves.GENESIS
        self.first: dt.datetime | None = None
        self.last: dt.datetime | None = None

    def run(self) -> Broken | None:
        try:
            self.disposed = disposed_entries(self.chain.organisation)
            if broken := self.composed() if composed.is_composed() else self.by_rows(self.chain):
                return broken
        except UNREADABLE:
            return self.broken(self.unreadable(), "a column holds something that cannot be read")
        if self.checked != self.chain.count:
            return self.broken(self.checked, "another entry has the same number")
        fault = self.tree.end()
        return self.broken(fault.seq, fault.what) if fault else None

    def by_rows(self, chain: Chain, *, after: int | None = None) -> Broken | None:
        steps = (self.step(row) for page in pages(chain, after=after) for row in page)
        return next(filter(None, steps), None)

    def composed(self) -> Broken | None:
        """Page by page as text. What is found to be in doubt is walked again by rows."""
        with closing(verified_pages(self.chain, self.disposed, self.processes)) as found:
            return next(filter(None, (self.take(*page) for page in found)), None)

    def take(self, page: Verified | None, after: int, last: int) -> Broken | None:
        """Entries that are as they were written. What a checkpoint's own entry says is asked of its row."""
        if not page or (page.before, max(after, 0)) != (self.head, self.checked):
            return self.by_rows(replace(self.chain, last=last), after=after)
        start = 0
        for place, head in page.checkpoints:
            only = replace(self.chain, last=self.checked + place - start + 1)
            broken = self.pass_over(page.leaf_hashes[start:place], head)
            if broken := broken or self.by_rows(only, after=self.checked):
                return broken
            start = place + 1
        self.first = self.first or dt.datetime.fromisoformat(page.first_at)
        self.last = dt.datetime.fromisoformat(page.last_at)
        return self.pass_over(page.leaf_hashes[start:], page.last_hash)

    def pass_over(self, leaf_hashes: Sequence[bytes], head: str) -> Broken | None:
        found = self.tree.pass_over(leaf_hashes)
        self.checked, self.head = self.tree.tree.size, head
        return self.broken(found.seq, found.what) if found else None

    def step(self, row: leaves.Row) -> Broken | None:
        expected = self.checked + 1
        if row["seq"] != expected:
            return self.broken(expected, f"the entry is missing; the next one found is {row['seq']}")
        by = self.disposed.get(expected)
        what = "it does not follow the entry before it" if row["prev_hash"] != self.head else fault(row, by)
        if what:
            return self.broken(expected, what)
        self.blanked += by is not None
        self.head, self.checked = row["entry_hash"], expected
        self.first, self.last = self.first or row["recorded_at"], row["recorded_at"]
        found = self.tree.step(row, line_of(row))
        return self.broken(found.seq, found.what) if found else None

    def broken(self, seq: int, what: str) -> Broken:
        return Broken(self.chain.organisation, seq, what)

    def unreadable(self) -> int:
        """The first entry of the page that could not be read, found by reading one at a time."""
        entries = LedgerEntry.objects.filter(organisation=self.chain.organisation)
        for seq in range(self.checked + 1, self.chain.last + 1):
            try:
                entries.values(*leaves.COLUMNS).filter(seq=seq).first()
            except UNREADABLE:
                return seq
        return self.checked + 1


def line_of(row: leaves.Row) -> str:
    return leaves.chain_line(row["organisation"], row["seq"], row["recorded_at"], row["prev_hash"], row["content_hash"])


def fault(row: leaves.Row, disposed_by: int | None = None) -> str:
    """What is wrong inside one entry; empty when nothing is. `disposed_by`: the tombstone that names it, by number."""
    try:
        what, digests = _fault_in_leaves(row, disposed_by)
        line = line_of(row)
    except UNREADABLE:
        return "a column holds something that cannot be read"
    if what:
        return what
    if leaves.content_hash(digests) != row["content_hash"]:
        return "its content hash does not match its fields"
    if leaves.digest(line) != row["entry_hash"]:
        return "its hash does not match its number, time, forerunner and content"
    return ""


def _fault_in_leaves(row: leaves.Row, disposed_by: int | None) -> tuple[str, list[str]]:
    values = leaves.values(row)
    nonces, digests = leaves.split(row["nonces"], leaves.NONCE), leaves.split(row["digests"], leaves.DIGEST)
    if not len(values) == len(nonces) == len(digests):
        return "a field was added or removed", digests
    for (name, value), nonce, digest in zip(values.items(), nonces, digests, strict=True):
        if disposed_by and name != leaves.ENVELOPE:
            if nonce != leaves.BLANKED or value is not None:
                return f"{name} is there, although entry {disposed_by} says it was disposed of", digests
            continue
        if nonce == leaves.BLANKED:
            return f"{name} is blanked without an entry that says so", digests
        if leaves.digest(leaves.leaf(nonce, name, value)) != digest:
            return f"{name} is not what was written", digests
    return "", digests
