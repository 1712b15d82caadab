"""The Ed25519 and the tree that verify.py brings along: published vectors, and the same answers as our own."""

import pytest

from audit.evidence.verify import ORDER, follows, is_signed
from audit.tlog.tree import root_of, verify_consistency
from tests.audit.tlog import by_definition

# RFC 8032, section 7.1: key, text, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
            "655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
            "b00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
            "c027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_published_signatures_verify_and_altered_ones_do_not(vector: tuple[str, str, str]) -> None:
    key, text, signature = map(bytes.fromhex, vector)
    assert is_signed(key, text, signature)
    assert not is_signed(key, text + b"\0", signature)
    assert not is_signed(key[:-1] + bytes([key[-1] ^ 1]), text, signature)
    for at in (0, 31, 32, 63):
        assert not is_signed(key, text, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]), at
    assert not is_signed(key, text, signature[:63])
    # The same signature written another way, which a lax verifier takes.
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(key, text, signature[:32] + larger.to_bytes(32, "little"))


def test_that_a_larger_tree_follows_is_answered_as_by_our_own() -> None:
    leaves = [bytes([number]) * 32 for number in range(20)]
    roots = {size: root_of(leaves[:size]) for size in range(1, 21)}
    entries = [bytes([number]) for number in range(20)]
    proved = {size: by_definition.mth(entries[:size]) for size in range(1, 21)}
    for new in range(1, 21):
        for old in range(1, new + 1):
            path = by_definition.proof(old, entries[:new])
            assert follows(old, proved[old], new, proved[new], path), (old, new)
            for wrong in (path[1:], [*path, b"\0" * 32], path[::-1]):
                expected = verify_consistency(old, proved[old], new, proved[new], wrong)
                assert follows(old, proved[old], new, proved[new], wrong) == expected, (old, new)
            assert not follows(old, roots[old], new, proved[new], path)
