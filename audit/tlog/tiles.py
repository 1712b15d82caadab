"""Full tiles of a tree, as C2SP tlog-tiles has them: 256 hashes, level 0 of leaves, level 1 of the roots of level 0.

A tile is written once it is full and never changes. What is not full yet is hashed again from the roots of the tiles
below it, at most 255 a level.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from audit.tlog.tree import HASH, Range, complete_parts, joined, root_of

HEIGHT = 8
WIDTH = 1 << HEIGHT
BYTES = WIDTH * HASH


@dataclass(frozen=True, slots=True)
class Tile:
    level: int
    index: int
    hashes: tuple[bytes, ...]
    root: bytes

    @property
    def first_entry(self) -> int:
        """Place of its first entry, counted from nought."""
        return self.index << HEIGHT * (self.level + 1)

    @property
    def end(self) -> int:
        return (self.index + 1) << HEIGHT * (self.level + 1)


@dataclass(slots=True)
class Growing:
    """A tree that entries are added to: of each level, the hashes that do not fill a tile yet."""

    size: int = 0
    levels: list[list[bytes]] = field(default_factory=lambda: [[]])

    def add(self, leaf: bytes) -> list[Tile]:
        """Add the next leaf hash; the tiles that it fills."""
        self.size += 1
        self.levels[0].append(leaf)
        return self._fill() if len(self.levels[0]) == WIDTH else []

    def _fill(self) -> list[Tile]:
        full = list[Tile]()
        for level, hashes in enumerate(self.levels):
            if len(hashes) < WIDTH:
                break
            tile = Tile(level, (self.size >> HEIGHT * (level + 1)) - 1, tuple(hashes), root_of(hashes))
            hashes.clear()
            if level + 1 == len(self.levels):
                self.levels.append([])
            self.levels[level + 1].append(tile.root)
            full.append(tile)
        return full

    def root(self) -> bytes:
        parts = (part for hashes in reversed(self.levels) for part in _complete(hashes))
        return joined(list(parts))


def _complete(hashes: Sequence[bytes]) -> Iterable[bytes]:
    for height, index in complete_parts(0, len(hashes)):
        yield root_of(hashes[index << height : (index + 1) << height])


# The hashes of one row of a level, full or not: level, index.
ReadRow = Callable[[int, int], Sequence[bytes]]


def hash_of(wanted: Range, row: ReadRow) -> bytes:
    """The hash over a range of entries, from the rows of hashes that `row` reads."""
    return joined([_part(height, index, row) for height, index in complete_parts(*wanted)])


def _part(height: int, index: int, row: ReadRow) -> bytes:
    level, above = divmod(height, HEIGHT)
    first = index << above
    start = first % WIDTH
    return root_of(row(level, first // WIDTH)[start : start + (1 << above)])


def full_tiles(size: int) -> Iterable[tuple[int, int]]:
    """Level and number of how many full tiles a tree of this size has, level by level."""
    level = 0
    while count := size >> HEIGHT * (level + 1):
        yield level, count
        level += 1
