"""Our proofs before verifiers that are not ours, and our verifiers before proofs that are not ours: all agree."""

import base64
from collections.abc import Callable, Iterator

import pytest

from audit.tlog.tree import leaf_hash, verify_consistency, verify_inclusion
from tests.audit.tlog import others
from tests.audit.tlog.test_tree import LEAVES, MOST, OTHER, ROOTS, consistency, inclusion
from tests.in_turn import in_turn

Verify = Callable[..., bool]
OF_INCLUSION: tuple[Verify, ...] = (verify_inclusion, others.steps_of_inclusion, others.inclusion_from_the_root)
OF_CONSISTENCY: tuple[Verify, ...] = (verify_consistency, others.steps_of_consistency, others.consistency_from_the_root)
# Sizes around the powers of two, where a tree changes its shape.
SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 64, 65, 100, MOST)


def raw(*texts: str) -> tuple[bytes, ...]:
    return tuple(map(base64.b64decode, texts))


# From the test data of github.com/transparency-dev/merkle (commit 417fb0c): the index or old size, the size, the leaf
# or old root, the root, and the path. Ours gave the same answer to 195 of its 196 cases for inclusion and consistency,
# and refused the last: two sizes that are one, with roots that are no hashes.
ROOT_1, ROOT_8 = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=", "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
ROOT_5, ROOT_6 = "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=", "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8="
ROOT_3, ROOT_7 = "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=", "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw="
ROOT_2 = "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="
LEAF_2, LEAF_3 = "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=", "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="
LEAF_6, LEAF_7 = "QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=", "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8="
LEAF_5, FIRST_FOUR = "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=", "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc="
THIRD_PAIR, FOURTH_PAIR = (
    "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
    "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
)
SECOND_PAIR, LAST_FOUR = "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="
PUBLISHED_INCLUSION = (
    (0, 1, ROOT_1, ROOT_1, ()),
    (0, 8, ROOT_1, ROOT_8, (LEAF_2, SECOND_PAIR, LAST_FOUR)),
    (5, 8, LEAF_6, ROOT_8, (LEAF_5, FOURTH_PAIR, FIRST_FOUR)),
    (2, 3, LEAF_3, ROOT_3, (ROOT_2,)),
    (1, 5, LEAF_2, ROOT_5, (ROOT_1, SECOND_PAIR, LEAF_5)),
)
PUBLISHED_CONSISTENCY = (
    (1, 1, ROOT_1, ROOT_1, ()),
    (1, 8, ROOT_1, ROOT_8, (LEAF_2, SECOND_PAIR, LAST_FOUR)),
    (6, 8, ROOT_6, ROOT_8, (THIRD_PAIR, FOURTH_PAIR, FIRST_FOUR)),
    (2, 5, ROOT_2, ROOT_5, (SECOND_PAIR, LEAF_5)),
    (6, 7, ROOT_6, ROOT_7, (THIRD_PAIR, LEAF_7, FIRST_FOUR)),
)


def altered(path: list[bytes]) -> Iterator[list[bytes]]:
    """Each hash another, one more at either end and in the middle, one fewer at either end, two exchanged, none."""
    for at in range(len(path)):
        yield [*path[:at], OTHER, *path[at + 1 :]]
    yield from ([*path, OTHER], [OTHER, *path], [*path[:1], OTHER, *path[1:]])
    if path:
        yield from (path[:-1], path[1:], [*path, path[-1]])
    if len(path) > 1:
        yield from ([path[1], path[0], *path[2:]], [])


@pytest.mark.parametrize("verify", OF_INCLUSION)
def test_published_proofs_of_inclusion(verify: Verify) -> None:
    for index, size, leaf, root, path in PUBLISHED_INCLUSION:
        (leaf_raw, root_raw), path_raw = raw(leaf, root), list(raw(*path))
        assert verify(leaf_raw, index, size, path_raw, root_raw)
        assert not [other for other in altered(path_raw) if verify(leaf_raw, index, size, other, root_raw)]
        assert not verify(leaf_raw, index + 1, size, path_raw, root_raw)
        assert not verify(leaf_raw, index, size, path_raw, OTHER)


@pytest.mark.parametrize("verify", OF_CONSISTENCY)
def test_published_proofs_of_consistency(verify: Verify) -> None:
    for old, new, old_root, new_root, path in PUBLISHED_CONSISTENCY:
        (before, after), path_raw = raw(old_root, new_root), list(raw(*path))
        assert verify(old, before, new, after, path_raw)
        assert not [other for other in altered(path_raw) if verify(old, before, new, after, other)]
        assert not verify(old, OTHER, new, after, path_raw)
        assert not verify(old, before, new, OTHER, path_raw)


def test_others_accept_our_proof_of_every_entry_and_of_every_two_sizes() -> None:
    refused = []
    for size in in_turn(range(1, MOST + 1), of=3):
        for index in range(size):
            path, root = inclusion(index, size), ROOTS[size]
            for verify in OF_INCLUSION[1:]:
                refused += [] if verify(LEAVES[index], index, size, path, root) else [(verify, index, size)]
            old = index + 1
            follows = consistency(old, size)
            for verify in OF_CONSISTENCY[1:]:
                refused += [] if verify(old, ROOTS[old], size, root, follows) else [(verify, old, size)]
    assert refused == []


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("size", SIZES)
def test_all_refuse_the_same(size: int) -> None:
    """Every way to alter a proof, at every entry and every earlier size of this tree."""
    root, accepted = ROOTS[size], []
    for index in range(size):
        for path in altered(inclusion(index, size)):
            accepted += [verify for verify in OF_INCLUSION if verify(LEAVES[index], index, size, path, root)]
        old = index + 1
        for path in altered(consistency(old, size)):
            accepted += [verify for verify in OF_CONSISTENCY if verify(old, ROOTS[old], size, root, path)]
    assert accepted == []


@pytest.mark.parametrize("empty", [b"", b"\0", leaf_hash(b"")[:31], leaf_hash(b"") + b"\0"])
def test_what_is_no_hash_proves_nothing(empty: bytes) -> None:
    """A tree of one entry is its own proof, and so is a tree of the same size: both must be hashes."""
    assert not verify_inclusion(empty, 0, 1, [], empty)
    assert not verify_consistency(3, empty, 3, empty, [])
