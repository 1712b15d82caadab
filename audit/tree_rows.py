"""The tree of one chain, from its entries and its full tiles."""

from collections.abc import Iterator, Sequence
from functools import cache

from audit import leaves, reading
from audit.models import LedgerEntry, TreeTile
from audit.tlog.tiles import HEIGHT, WIDTH, Growing, ReadRow, Tile
from audit.tlog.tree import HASH, leaf_hash

# A checkpoint of a log that was never signed before writes thousands.
TILES_AT_ONCE = 8
LINE = ("organisation", "seq", "recorded_at", "prev_hash", "content_hash")


def chain_lines(organisation: int, first: int, end: int) -> Iterator[bytes]:
    """The lines that are hashed, of the entries at `first` up to, not with, `end`, counted from nought."""
    entries = LedgerEntry.objects.filter(organisation=organisation).order_by("seq").values_list(*LINE)
    while first < end:
        page = list(entries.filter(seq__gt=first, seq__lte=end)[: reading.PAGE])
        if not page:
            return
        for values in page:
            yield leaves.chain_line(*values).encode("ascii")
        first = page[-1][1]


def leaf_hashes(organisation: int, first: int, end: int) -> list[bytes]:
    return [leaf_hash(line) for line in chain_lines(organisation, first, end)]


def as_kept(organisation: int, size: int) -> Growing:
    """The tree as far as the full tiles of so many entries reach."""
    tree, level, count = Growing(size=size // WIDTH * WIDTH), 0, size // WIDTH
    while count:
        tree.levels.append(_roots(organisation, level, count // WIDTH * WIDTH, count))
        level, count = level + 1, count // WIDTH
    return tree


def grow(tree: Growing, organisation: int, size: int) -> None:
    """Add the entries up to `size`, and write the tiles that become full. Raises IntegrityError if one is there."""
    full = list[Tile]()
    for line in chain_lines(organisation, tree.size, size):
        full += tree.add(leaf_hash(line))
        if len(full) >= TILES_AT_ONCE:
            _write(organisation, full)
            full = []
    _write(organisation, full)


def _write(organisation: int, full: Sequence[Tile]) -> None:
    TreeTile.objects.bulk_create(
        TreeTile(
            organisation=organisation, level=tile.level, index=tile.index, hashes=b"".join(tile.hashes), root=tile.root
        )
        for tile in full
    )


def _roots(organisation: int, level: int, first: int, end: int) -> list[bytes]:
    tiles = TreeTile.objects.filter(organisation=organisation, level=level, index__gte=first, index__lt=end)
    return [bytes(root) for root in tiles.order_by("index").values_list("root", flat=True)]


def rows(organisation: int, size: int) -> ReadRow:
    """Reads rows of hashes of a tree of this size, each once: a full tile, or roots or entries that fill none yet."""

    @cache
    def row(level: int, index: int) -> Sequence[bytes]:
        first, end = index * WIDTH, min((index + 1) * WIDTH, size >> HEIGHT * level)
        if end - first == WIDTH:
            return _tile(organisation, level, index)
        if level:
            return _roots(organisation, level - 1, first, end)
        return leaf_hashes(organisation, first, end)

    return row


def _tile(organisation: int, level: int, index: int) -> Sequence[bytes]:
    found = TreeTile.objects.filter(organisation=organisation, level=level, index=index)
    hashes = b"".join(bytes(part) for part in found.values_list("hashes", flat=True))
    return [hashes[start : start + HASH] for start in range(0, len(hashes), HASH)]
