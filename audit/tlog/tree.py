"""The Merkle tree of RFC 6962, section 2.1: hashes, roots, proofs and their verification.

A proof names ranges of entries, and whoever has the hashes fills them in. A complete part of the tree is named by its
height and its place among those of that height, so (3, 2) is that of the entries 16 to 23, counted from nought.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

Range = tuple[int, int]
HASH = 32
EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def complete_parts(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The largest complete parts, left to right, that make up the entries from `first` up to, not with, `end`."""
    while first < end:
        fits = (end - first).bit_length() - 1
        height = min(fits, (first & -first).bit_length() - 1) if first else fits
        yield height, first >> height
        first += 1 << height


def joined(parts: Sequence[bytes]) -> bytes:
    """The hash over complete parts that become smaller from left to right."""
    if not parts:
        return EMPTY
    *left, whole = parts
    for part in reversed(left):
        whole = node_hash(part, whole)
    return whole


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbours of one height, however many there are."""
    level = list(hashes)
    if not level:
        return EMPTY
    while len(level) > 1:
        pairs = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _split(first: int, end: int) -> int:
    """Where RFC 6962 divides a tree: after the largest power of two smaller than its size."""
    return first + (1 << (end - first - 1).bit_length() - 1)


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove the entry at `index`, from its neighbour up: RFC 6962, section 2.1.1."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} has no entry at {index}.")
    found, first, end = list[Range](), 0, size
    while end - first > 1:
        middle = _split(first, end)
        found.append((middle, end) if index < middle else (first, middle))
        first, end = (first, middle) if index < middle else (middle, end)
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The ranges whose hashes prove that the first `old` of `new` entries are unchanged: RFC 6962, section 2.1.2."""
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} does not follow one of {old}.")
    found, first, end = list[Range](), 0, new
    while end != old:
        middle = _split(first, end)
        found.append((middle, end) if old <= middle else (first, middle))
        first, end = (first, middle) if old <= middle else (middle, end)
    # The old tree itself is known to whoever verifies, unless it is only a part of what was walked through.
    return [*([(first, end)] if first else []), *found[::-1]]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf hash stands at `index` in the tree of this size and root."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *path]):
        return False
    place, last, found = index, size - 1, leaf
    for part in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(part, found)
            place, last = _past_the_edge(place, last)
        else:
            found = node_hash(found, part)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `new` entries begins with the tree of `old` entries, unchanged."""
    if not 0 < old <= new or not _are_hashes([old_root, new_root, *path]):
        return False
    if old == new:
        return not path and old_root == new_root
    # A whole old tree is the first part of its own proof.
    parts = iter([old_root, *path] if old & (old - 1) == 0 else path)
    place, last = _past_the_edge(old - 1, new - 1, whole=True)
    before = after = next(parts, b"")
    for part in parts:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(part, before), node_hash(part, after)
            place, last = _past_the_edge(place, last)
        else:
            after = node_hash(after, part)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _are_hashes(path: Sequence[bytes]) -> bool:
    """Two hashes of other lengths could be taken for one pair of nodes."""
    return all(len(part) == HASH for part in path)


def _past_the_edge(place: int, last: int, *, whole: bool = False) -> Range:
    """Up past the heights at which this part has no right neighbour, or, for a `whole` old tree, is complete."""
    while (place & 1) if whole else (place and not place & 1):
        place, last = place >> 1, last >> 1
    return place, last
