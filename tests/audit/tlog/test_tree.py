"""Trees of 1 to 130 entries, every entry: what is proved verifies, and nothing else does."""

from functools import cache

import pytest

from audit.tlog.tree import (
    EMPTY,
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.audit.tlog import by_definition
from tests.in_turn import in_turn

MOST = 130
ENTRIES = [b"v1|entry|%d" % number for number in range(MOST)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [root_of(LEAVES[:size]) for size in range(MOST + 1)]
OTHER = leaf_hash(b"another")

# The entries and roots that Certificate Transparency's own implementations are tested with.
PUBLISHED = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
PUBLISHED_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@cache
def part(first: int, end: int) -> bytes:
    return root_of(LEAVES[first:end])


def inclusion(index: int, size: int) -> list[bytes]:
    return [part(*wanted) for wanted in inclusion_ranges(index, size)]


def consistency(old: int, new: int) -> list[bytes]:
    return [part(*wanted) for wanted in consistency_ranges(old, new)]


def test_the_published_trees_have_the_published_roots() -> None:
    hashes = [leaf_hash(entry) for entry in PUBLISHED]
    assert tuple(root_of(hashes[: size + 1]).hex() for size in range(8)) == PUBLISHED_ROOTS
    assert root_of([]) == EMPTY == by_definition.mth([])


def test_roots_and_proofs_are_those_of_the_definitions() -> None:
    for size in (*range(1, 20), 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 130):
        entries = ENTRIES[:size]
        assert ROOTS[size] == by_definition.mth(entries)
        for index in {0, 1 % size, size // 3, size // 2, size - 1}:
            assert inclusion(index, size) == by_definition.path(index, entries)
            assert consistency(index + 1, size) == by_definition.proof(index + 1, entries)


def test_every_entry_of_every_tree_is_proved() -> None:
    for size in range(1, MOST + 1):
        assert all(
            verify_inclusion(LEAVES[index], index, size, inclusion(index, size), ROOTS[size]) for index in range(size)
        )


def test_no_altered_proof_of_an_entry_verifies() -> None:
    """Another entry, another place, another size, a path with a hash altered, left out, added or exchanged."""
    accepted = []
    for size in in_turn(range(1, MOST + 1), of=4):
        for index in range(size):
            path, root = inclusion(index, size), ROOTS[size]
            mutants = {
                "leaf": verify_inclusion(OTHER, index, size, path, root),
                "root": verify_inclusion(LEAVES[index], index, size, path, ROOTS[size - 1]),
                "place": verify_inclusion(LEAVES[index], index + 1, size, path, root),
                "before": verify_inclusion(LEAVES[index], index - 1, size, path, root),
                "longer": verify_inclusion(LEAVES[index], index, size, [*path, OTHER], root),
                "longer first": verify_inclusion(LEAVES[index], index, size, [OTHER, *path], root),
            }
            if path:
                at = index % len(path)
                altered = [*path[:at], OTHER, *path[at + 1 :]]
                mutants["altered"] = verify_inclusion(LEAVES[index], index, size, altered, root)
                mutants["shorter"] = verify_inclusion(LEAVES[index], index, size, path[:-1], root)
                mutants["shorter first"] = verify_inclusion(LEAVES[index], index, size, path[1:], root)
            accepted += [f"{index} of {size}: {what}" for what, taken in mutants.items() if taken]
    assert accepted == []


def test_every_tree_is_proved_to_begin_with_every_smaller_one() -> None:
    pairs = [(old, new) for new in range(1, MOST + 1) for old in range(1, new + 1)]
    refused = [pair for pair in pairs if not verify_consistency(pair[0], ROOTS[pair[0]], pair[1], ROOTS[pair[1]],
                                                                consistency(*pair))]  # fmt: skip
    assert refused == []


def test_no_altered_proof_of_consistency_verifies() -> None:
    accepted = []
    for new in in_turn(range(2, MOST + 1), of=4):
        for old in range(1, new):
            path = consistency(old, new)
            at = old % len(path)
            mutants = {
                "old root": verify_consistency(old, OTHER, new, ROOTS[new], path),
                "new root": verify_consistency(old, ROOTS[old], new, OTHER, path),
                "another old": verify_consistency(old, ROOTS[old - 1], new, ROOTS[new], path),
                "longer": verify_consistency(old, ROOTS[old], new, ROOTS[new], [*path, OTHER]),
                "shorter": verify_consistency(old, ROOTS[old], new, ROOTS[new], path[:-1]),
                "altered": verify_consistency(old, ROOTS[old], new, ROOTS[new], [*path[:at], OTHER, *path[at + 1 :]]),
            }
            accepted += [f"{old} of {new}: {what}" for what, taken in mutants.items() if taken]
    assert accepted == []


def test_a_proof_of_a_rewritten_tree_is_refused() -> None:
    """The forger's best: an honest proof of a tree in which one early entry is another."""
    rewritten = [OTHER, *LEAVES[1:100]]
    path = [root_of(rewritten[first:end]) for first, end in consistency_ranges(40, 100)]
    assert verify_consistency(40, root_of(rewritten[:40]), 100, root_of(rewritten), path)
    assert not verify_consistency(40, ROOTS[40], 100, root_of(rewritten), path)


@pytest.mark.parametrize("size", [0, -1, 5])
def test_nothing_is_proved_of_what_is_not_there(size: int) -> None:
    with pytest.raises(ValueError, match="no entry at 5"):
        inclusion_ranges(5, size)
    with pytest.raises(ValueError, match="does not follow"):
        consistency_ranges(6, size)
    assert not verify_inclusion(OTHER, 5, size, [], OTHER)
    assert not verify_consistency(6, OTHER, size, OTHER, [])
    assert not verify_consistency(0, EMPTY, 5, ROOTS[5], [])


def test_two_hashes_of_another_length_are_no_pair() -> None:
    """31 and 33 bytes side by side are the same 64 bytes as a pair of 32 and 32."""
    left, right = LEAVES[0], LEAVES[1]
    assert node_hash(left + right[:1], right[1:]) == ROOTS[2]
    assert not verify_inclusion(left + right[:1], 0, 2, [right[1:]], ROOTS[2])
