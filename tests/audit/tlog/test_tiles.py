"""Tiles: what a tree keeps while it grows, that its root is that of a whole tree, and that proofs read few of them."""

from functools import cache

import pytest

from audit.tlog.tiles import WIDTH, Growing, Tile, full_tiles, hash_of
from audit.tlog.tree import (
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

SIZE = 70_000
ROOTS_AT = (1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, SIZE)


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(SIZE)]


@cache
def root_at(size: int) -> bytes:
    return root_of(leaves()[:size])


@pytest.fixture(scope="module")
def tiles() -> dict[tuple[int, int], Tile]:
    tree, found = Growing(), {}
    for leaf in leaves():
        for tile in tree.add(leaf):
            found[tile.level, tile.index] = tile
        if tree.size in ROOTS_AT:
            assert tree.root() == root_at(tree.size)
    return found


def test_tiles_are_those_of_the_specification(tiles: dict[tuple[int, int], Tile]) -> None:
    """Its own example: 70,000 entries are 273 full tiles of leaves and one full tile of level 1."""
    assert list(full_tiles(SIZE)) == [(0, 273), (1, 1)]
    assert set(tiles) == {*((0, index) for index in range(273)), (1, 0)}
    assert tiles[0, 5].hashes == tuple(leaves()[5 * WIDTH : 6 * WIDTH])
    assert tiles[1, 0].hashes == tuple(root_of(leaves()[n * WIDTH : (n + 1) * WIDTH]) for n in range(WIDTH))
    assert all(tile.root == root_of(leaves()[tile.first_entry : tile.end]) for tile in tiles.values())


def test_proofs_made_of_tiles_verify_and_read_few(tiles: dict[tuple[int, int], Tile]) -> None:
    read: set[tuple[int, int]] = set()

    def row(level: int, index: int) -> list[bytes]:
        read.add((level, index))
        if (level, index) in tiles:
            return list(tiles[level, index].hashes)
        if level == 0:
            return leaves()[index * WIDTH : (index + 1) * WIDTH]
        below = range(index * WIDTH, (index + 1) * WIDTH)
        return [tiles[level - 1, at].root for at in below if (level - 1, at) in tiles]

    for index in (0, 255, 256, 40_000, 65_535, 65_536, 69_900, SIZE - 1):
        read.clear()
        path = [hash_of(wanted, row) for wanted in inclusion_ranges(index, SIZE)]
        assert verify_inclusion(leaves()[index], index, SIZE, path, root_at(SIZE))
        assert all(sum(level == at for level, _ in read) <= 3 for at in range(3))
    for old in ROOTS_AT:
        read.clear()
        path = [hash_of(wanted, row) for wanted in consistency_ranges(old, SIZE)]
        assert verify_consistency(old, root_at(old), SIZE, root_at(SIZE), path)
        assert all(sum(level == at for level, _ in read) <= 3 for at in range(3))
