"""RFC 6962, section 2.1, written down as its definitions stand there: by recursion over lists. Slow, and on its own."""

import hashlib
from collections.abc import Sequence

Entries = Sequence[bytes]


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def k(n: int) -> int:
    """The largest power of two smaller than n."""
    power = 1
    while power * 2 < n:
        power *= 2
    return power


def mth(d: Entries) -> bytes:
    n = len(d)
    if n == 0:
        return sha(b"")
    if n == 1:
        return sha(b"\0" + d[0])
    return sha(b"\1" + mth(d[: k(n)]) + mth(d[k(n) :]))


def path(m: int, d: Entries) -> list[bytes]:
    n = len(d)
    if n == 1:
        return []
    if m < k(n):
        return [*path(m, d[: k(n)]), mth(d[k(n) :])]
    return [*path(m - k(n), d[k(n) :]), mth(d[: k(n)])]


def proof(m: int, d: Entries) -> list[bytes]:
    return subproof(m, d, whole=True)


def subproof(m: int, d: Entries, *, whole: bool) -> list[bytes]:
    n = len(d)
    if m == n:
        return [] if whole else [mth(d)]
    if m <= k(n):
        return [*subproof(m, d[: k(n)], whole=whole), mth(d[k(n) :])]
    return [*subproof(m - k(n), d[k(n) :], whole=False), mth(d[: k(n)])]
