"""The example in docs/ledger.md is computed again from the page alone, and by the code."""

import base64
import hashlib
import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit import leaves
from audit.tlog.checkpoints import proof_of
from audit.tlog.notes import PublicKey, public_key
from tests.audit.tlog import by_definition

PAPER = (Path(__file__).resolve().parents[2] / "docs/ledger.md").read_text()
BLOCKS = dict(re.findall(r"^```([a-z0-9 ]+)\n(.*?)^```$", PAPER, re.MULTILINE | re.DOTALL))


def block(name: str) -> list[str]:
    return str(BLOCKS[name]).splitlines()


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


LINES = [line.encode() for line in block("chain lines")]


def test_every_block_of_the_page_is_looked_at() -> None:
    assert set(BLOCKS) == {
        "fields of entry 1", "digests of entry 1", "chain lines", "entry hashes", "hashes in the tree",
        "first two together", "root of three", "verifier key", "checkpoint", "proof of entry 2",
    }  # fmt: skip


def test_fields_and_chain_lines_hash_as_the_page_says() -> None:
    digests = [sha(text) for text in block("fields of entry 1")]
    assert digests == block("digests of entry 1")
    previous = "0" * 64
    for number, (line, entry_hash) in enumerate(zip(block("chain lines"), block("entry hashes"), strict=True), start=1):
        version, organisation, seq, _, before, content = line.split("|")
        assert (version, organisation, seq, before) == ("v1", "7", str(number), previous)
        assert number > 1 or content == sha("".join(sorted(digests))) == leaves.content_hash(digests)
        assert sha(line) == entry_hash
        previous = entry_hash


def test_the_tree_is_that_of_the_definitions() -> None:
    assert [by_definition.mth([line]).hex() for line in LINES] == block("hashes in the tree")
    assert [by_definition.mth(LINES[:2]).hex()] == block("first two together")
    assert [by_definition.mth(LINES).hex()] == block("root of three")
    assert [part.hex() for part in by_definition.proof(2, LINES)] == block("hashes in the tree")[2:]


def test_the_checkpoint_is_signed_as_the_page_says() -> None:
    """With nothing of ours but the page."""
    text, _, line = BLOCKS["checkpoint"].rpartition("\n\n")
    dash, name, encoded = line.rstrip("\n").split(" ")
    public = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
    key_id = hashlib.sha256(name.encode() + b"\x0a\x01" + public).digest()[:4]
    raw = base64.b64decode(encoded)
    assert (dash, raw[:4]) == ("\u2014", key_id)
    Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode() + b"\n")
    assert text.split("\n") == [name, "3", base64.b64encode(by_definition.mth(LINES)).decode()]
    assert block("verifier key") == [f"{name}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}"]
    assert str(PublicKey(name, public)) == block("verifier key")[0]


def test_the_proof_is_that_of_the_definitions_and_verifies() -> None:
    lines = block("proof of entry 2")
    path = [base64.b64encode(part).decode() for part in by_definition.path(1, LINES)]
    assert lines[1:5] == [f"extra {base64.b64encode(LINES[1]).decode()}", "index 1", *path]
    assert "\n".join(lines[6:]) + "\n" == BLOCKS["checkpoint"]
    proof = proof_of(BLOCKS["proof of entry 2"])
    assert proof.verify(proof.extra, [public_key(block("verifier key")[0])]).size == 3
