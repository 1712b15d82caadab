"""Verifiers that owe nothing to ours: the steps of RFC 9162, and the definitions of RFC 6962 walked down from the root.

The first go up from the entry, a bit of its index at a time (sections 2.1.3.2 and 2.1.4.2). The second take a tree
apart as it is defined (section 2.1) and use up the proof from its end.
"""

from collections.abc import Sequence

from tests.audit.tlog.by_definition import k, sha

Path = Sequence[bytes]


def pair(left: bytes, right: bytes) -> bytes:
    return sha(b"\1" + left + right)


def steps_of_inclusion(leaf: bytes, index: int, size: int, path: Path, root: bytes) -> bool:
    if index < 0 or index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = pair(p, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn // 2, sn // 2
        else:
            r = pair(r, p)
        fn, sn = fn // 2, sn // 2
    return sn == 0 and r == root


def steps_of_consistency(first: int, first_hash: bytes, second: int, second_hash: bytes, path: Path) -> bool:
    if first <= 0 or first >= second or not path:
        return 0 < first == second and not path and first_hash == second_hash
    used = [first_hash, *path] if first.bit_count() == 1 else list(path)
    fn, sn = first - 1, second - 1
    while fn % 2 == 1:
        fn, sn = fn // 2, sn // 2
    fr = sr = used[0]
    for c in used[1:]:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            fr, sr = pair(c, fr), pair(c, sr)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn // 2, sn // 2
        else:
            sr = pair(sr, c)
        fn, sn = fn // 2, sn // 2
    return fr == first_hash and sr == second_hash and sn == 0


def inclusion_from_the_root(leaf: bytes, index: int, size: int, path: Path, root: bytes) -> bool:
    def found(m: int, n: int, rest: Path) -> bytes | None:
        if n == 1:
            return None if rest else leaf
        if not rest:
            return None
        below = found(m, k(n), rest[:-1]) if m < k(n) else found(m - k(n), n - k(n), rest[:-1])
        if below is None:
            return None
        return pair(below, rest[-1]) if m < k(n) else pair(rest[-1], below)

    return 0 <= index < size and found(index, size, path) == root


def consistency_from_the_root(old: int, old_root: bytes, new: int, new_root: bytes, path: Path) -> bool:
    def found(m: int, n: int, rest: Path, *, whole: bool) -> tuple[bytes, bytes] | None:
        if m == n:
            known = [old_root] if whole else rest
            return (known[0], known[0]) if len(known) == 1 and not (whole and rest) else None
        if not rest:
            return None
        if m <= k(n):
            both = found(m, k(n), rest[:-1], whole=whole)
            return both and (both[0], pair(both[1], rest[-1]))
        both = found(m - k(n), n - k(n), rest[:-1], whole=False)
        return both and (pair(rest[-1], both[0]), pair(rest[-1], both[1]))

    return 0 < old <= new and found(old, new, path, whole=True) == (old_root, new_root)
