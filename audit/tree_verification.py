"""Verify the transparency log beside the chain: every tile and every checkpoint against the entries themselves.

It goes along with the walk of `audit.verification`, which hands it each entry that is as it was written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from audit import reading
from audit.checkpointing import MADE, entered, note_fault
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.tlog.checkpoints import Head
from audit.tlog.tiles import HEIGHT, Growing, Tile, full_tiles
from audit.tlog.tree import leaf_hash

TILES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the first entry that it touches."""

    seq: int
    what: str


class TreeWalk:
    """The tree of one chain, grown again. `outside` are checkpoints of it that were kept elsewhere, by size."""

    def __init__(self, organisation: int, last: int, outside: Sequence[Head] = ()) -> None:
        self.organisation, self.last = organisation, last
        self.tree = Growing()
        self.checked = 0
        self._checkpoints = _in_order(organisation)
        self._next = next(self._checkpoints, None)
        self._outside = sorted(outside, key=lambda head: head.size)
        self._trusted = 0
        # Checkpoints whose own entry has not been passed yet, by size.
        self._unentered: dict[int, Checkpoint] = {}
        self._stored_tiles = TreeTile.objects.filter(organisation=organisation)
        self._read: dict[int, dict[int, TreeTile]] = {}
        self._found = 0
        self._needed = _largest(organisation)

    def step(self, row: Mapping[str, Any], line: str) -> Fault | None:
        """The next entry, whose columns have been verified."""
        fault = self._tiles_that_are_full(self.tree.add(leaf_hash(line.encode("ascii"))))
        if not fault and row["event"] == MADE:
            fault = self._made(row)
        return fault or self._here()

    def pass_over(self, leaf_hashes: Iterable[bytes]) -> Fault | None:
        """The next entries, as `step`; none of them says that a checkpoint was made."""
        due = self._due()
        for leaf in leaf_hashes:
            full = self.tree.add(leaf)
            if full or self.tree.size >= due:
                if fault := self._tiles_that_are_full(full) or self._here():
                    return fault
                due = self._due()
        return None

    def _due(self) -> float:
        """How many entries the next checkpoint has, ours or one kept outside."""
        ours = self._next.size if self._next else inf
        return min(ours, self._outside[0].size) if self._outside else ours

    def _tiles_that_are_full(self, full: Iterable[Tile]) -> Fault | None:
        return next((fault for tile in full if (fault := self._tile(tile))), None)

    def _tile(self, tile: Tile) -> Fault | None:
        stored = self._stored(tile)
        if stored is None:
            what = "is missing" if tile.end <= self._needed else ""
        else:
            self._found += 1
            same = (bytes(stored.hashes), bytes(stored.root)) == (b"".join(tile.hashes), tile.root)
            what = "" if same else "is not what its entries say"
        first = tile.first_entry + 1
        return Fault(first, f"tile {tile.index} of level {tile.level}, from this entry on, {what}") if what else None

    def _stored(self, tile: Tile) -> TreeTile | None:
        page = self._read.get(tile.level)
        if page is None or (tile.index not in page and len(page) == TILES_AT_ONCE):
            wanted = self._stored_tiles.filter(level=tile.level, index__gte=tile.index).order_by("index")[
                :TILES_AT_ONCE
            ]
            page = self._read[tile.level] = {found.index: found for found in wanted}
        return page.get(tile.index)

    def _made(self, row: Mapping[str, Any]) -> Fault | None:
        """Its entry says what the checkpoint was."""
        details = row["additional_data"]
        found = self._unentered.pop(details.get("size"), None)
        if found is None:
            return Fault(row["seq"], "the checkpoint that this entry says was made is not there")
        if details != entered(found.size, bytes(found.root), found.note) or row["timestamp"] != found.made_at:
            return Fault(row["seq"], "the checkpoint is not the one that this entry says was made")
        return None

    def _here(self) -> Fault | None:
        """The checkpoints of exactly so many entries as have been passed: ours, then those kept outside."""
        fault = None
        while not fault and self._next and self._next.size <= self.tree.size:
            fault = self._checkpoint(self._next)
            self._next = next(self._checkpoints, None)
        while not fault and self._outside and self._outside[0].size <= self.tree.size:
            head = self._outside.pop(0)
            if head.root != self.tree.root():
                what = f"the entries from here to {head.size} are not those of the checkpoint kept outside"
                fault = Fault(self._trusted + 1, what)
            self._trusted = head.size
        return fault

    def _checkpoint(self, found: Checkpoint) -> Fault | None:
        what = note_fault(found)
        if not what and bytes(found.root) != self.tree.root():
            what = "its root is not that of the entries"
        self._unentered[found.size] = found
        self.checked += 1
        return Fault(found.size, f"checkpoint of {found.size} entries: {what}") if what else None

    def end(self) -> Fault | None:
        """After the last entry: what nothing was found for."""
        return self._cut_off() or self._never_entered() or self._beyond()

    def _cut_off(self) -> Fault | None:
        if not self._outside:
            return None
        return Fault(
            self.tree.size + 1, f"the entries end here; a checkpoint kept outside has {self._outside[0].size} of them"
        )

    def _never_entered(self) -> Fault | None:
        """A checkpoint made while this walk was on its way has its entry after the end that was fixed for it."""
        unknown = [*self._unentered.values(), *([self._next] if self._next else []), *self._checkpoints]
        if not unknown:
            return None
        since = LedgerEntry.objects.filter(organisation=self.organisation, event=MADE, seq__gt=self.last)
        entered_since = {details["size"] for details in since.values_list("additional_data", flat=True)}
        for found in unknown:
            if found.size not in entered_since:
                what = "no entry says that it was made" if found.size <= self.last else "the entries end before it"
                return Fault(min(found.size, self.last + 1), f"checkpoint of {found.size} entries: {what}")
        return None

    def _beyond(self) -> Fault | None:
        """Tiles of a level or a place where no full tile is. Some may have become full since."""
        if self._stored_tiles.count() == self._found:
            return None
        size = max(self.tree.size, reading.chains(self.organisation)[0].last)
        counts = dict(full_tiles(size))
        for level, index in self._stored_tiles.order_by("level", "index").values_list("level", "index"):
            if not 0 <= index < counts.get(level, 0):
                first = min((index << HEIGHT * (level + 1)) + 1, self.last + 1)
                return Fault(max(first, 1), f"tile {index} of level {level} has no entries")
        return None


def _in_order(organisation: int) -> Iterator[Checkpoint]:
    found = Checkpoint.objects.filter(organisation=organisation).order_by("size")
    page = list(found[: reading.PAGE])
    while page:
        yield from page
        page = list(found.filter(size__gt=page[-1].size)[: reading.PAGE])


def _largest(organisation: int) -> int:
    sizes = Checkpoint.objects.filter(organisation=organisation).order_by("-size").values_list("size", flat=True)
    return sizes.first() or 0
