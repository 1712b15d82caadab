"""Signed notes against what others have published, and against what a forger might send."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.tlog.checkpoints import Head, Proof, head_of, proof_of
from audit.tlog.notes import (
    ED25519,
    BadNote,
    Note,
    PublicKey,
    Signature,
    key_id,
    parsed,
    public_key,
    several,
    signed_by,
)
from audit.tlog.tree import inclusion_ranges, leaf_hash, root_of

# From C2SP signed-note, and from the documentation of golang.org/x/mod/sumdb/note.
PUBLISHED = {
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k": (
        "This is an example message.\n\n"
        "— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    ),
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW": (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    ),
}
NAME = "site.test/log"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = PublicKey(NAME, SECRET.public_key().public_bytes_raw())
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ENTRIES = [b"entry %d" % number for number in range(21)]
HEAD = Head(NAME, 21, root_of([leaf_hash(entry) for entry in ENTRIES]))


def signature(text: str, secret: Ed25519PrivateKey = SECRET, name: str = NAME) -> Signature:
    public = secret.public_key().public_bytes_raw()
    return Signature(name, key_id(name, ED25519, public), secret.sign(text.encode()))


def signed(text: str, *more: Signature) -> Note:
    return Note(text, (signature(text), *more))


@pytest.mark.parametrize("vkey", PUBLISHED)
def test_published_notes_verify(vkey: str) -> None:
    key, note = public_key(vkey), parsed(PUBLISHED[vkey])
    assert signed_by(note, [key]) == [key]
    assert (str(key), str(note)) == (vkey, PUBLISHED[vkey])


@pytest.mark.parametrize("vkey", PUBLISHED)
def test_no_byte_of_a_published_note_can_be_another(vkey: str) -> None:
    key, text = public_key(vkey), PUBLISHED[vkey]
    taken = []
    for at, letter in enumerate(text):
        try:
            taken += signed_by(parsed(text[:at] + ("A" if letter != "A" else "B") + text[at + 1 :]), [key])
        except BadNote:
            continue
    assert taken == []


def test_unknown_keys_are_ignored_and_known_ones_must_be_right() -> None:
    """Other kinds of key, the same name with another id, the same id under another name."""
    text = str(HEAD)
    unknown = (
        signature(text, STRANGER),
        Signature("witness.test", KEY.key_id, b"\0" * 64),
        Signature(NAME, key_id(NAME, 0x06, KEY.key), b"\0" * 2428),
    )
    assert signed_by(signed(text, *unknown), [KEY]) == [KEY]
    for note in (Note(text, unknown), Note(text, ())):
        with pytest.raises(BadNote, match="no known key"):
            signed_by(note, [KEY])
    false = Signature(NAME, KEY.key_id, b"\0" * 64)
    for signatures in ((signature(text), false), (false, signature(text)), (false,)):
        with pytest.raises(BadNote, match="is false"):
            signed_by(Note(text, signatures), [KEY])


def test_two_known_keys_sign_one_note() -> None:
    text, other = str(HEAD), PublicKey(NAME, STRANGER.public_key().public_bytes_raw())
    note = parsed(str(signed(text, signature(text, STRANGER))))
    assert signed_by(note, [other, KEY]) == [KEY, other]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "text\n", "text\n\n", "text\n\n— name\n", "text\n\n— name !!!!\n", "text\n\n— name AAAA\n",
     "text\n\n- name AAAAAAAA\n", "text\n\n— na+me AAAAAAAA\n", "text\n\n— name AAAAAAAA", "text\n\n— name  AAAAAAAA\n",
     "text\r\n\r\n— name AAAAAAAA\r\n", "te\x00xt\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAB=\n",
     "text\n\n" + "— name AAAAAAAA\n" * 101],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        parsed(text)


@pytest.mark.parametrize(
    "line",
    ["", "name", "name+12345678", "na me+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
     "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "example.com/foo+530d903a+AekyeRrm56hA",
     "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"],
)  # fmt: skip
def test_what_is_no_verifier_key_is_refused(line: str) -> None:
    with pytest.raises(BadNote):
        public_key(line)


@pytest.mark.parametrize(
    "text",
    ["", "origin\n1\n", "origin\n01\nroot\n", "origin\n-1\n{root}\n", "origin\n1\n{root}", "\n1\n{root}\n",
     "origin\n1\n{root}\nmore\n", "origin\n1\nAAAA\n", "origin\n¹\n{root}\n", "origin\n99999999999999999999\n{root}\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    root = str(HEAD).split("\n")[2]
    assert head_of(Note(f"origin\n1\n{root}\n", ())).size == 1
    with pytest.raises(BadNote):
        head_of(Note(text.format(root=root), ()))


def test_a_file_of_several_notes_is_read_in_order() -> None:
    notes = [signed(str(Head(NAME, size, HEAD.root))) for size in (5, 8, 13)]
    for between in ("", "\n", "\n\n"):
        assert several(between.join(map(str, notes)) + between) == notes
    assert several("") == []
    for cut in (str(notes[0]) + notes[1].text, "rubbish", str(notes[0]) + "rubbish"):
        with pytest.raises(BadNote):
            several(cut)


def proof(index: int, extra: bytes = b"") -> Proof:
    hashes = [leaf_hash(entry) for entry in ENTRIES]
    path = tuple(root_of(hashes[first:end]) for first, end in inclusion_ranges(index, HEAD.size))
    return Proof(index, path, signed(str(HEAD)), extra)


def test_a_proof_comes_back_from_its_file_and_verifies() -> None:
    for index in (0, 7, 16, 20):
        for extra in (b"", ENTRIES[index]):
            read = proof_of(str(proof(index, extra)))
            assert read == proof(index, extra)
            assert read.verify(ENTRIES[index], [KEY]) == HEAD
            with pytest.raises(BadNote, match="not in the tree"):
                read.verify(b"another", [KEY])


def test_no_byte_of_a_proof_can_be_another() -> None:
    text, taken = str(proof(7)), []
    for at, letter in enumerate(text):
        for other in {"A", "\n", ""} - {letter}:
            try:
                proof_of(text[:at] + other + text[at + 1 :]).verify(ENTRIES[7], [KEY])
            except BadNote:
                continue
            taken.append((at, other))
    assert taken == []


def test_a_proof_signed_by_a_stranger_is_refused() -> None:
    forged = Proof(7, proof(7).path, Note(str(HEAD), (signature(str(HEAD), STRANGER),)))
    with pytest.raises(BadNote, match="no known key"):
        forged.verify(ENTRIES[7], [KEY])


def test_a_proof_of_a_million_entries_has_the_bytes_that_the_document_counts() -> None:
    """docs/ledger.md, section 4: the format leaves nothing out but `extra`."""
    origin = "safeguarding.example.org/00000000-0000-4000-8000-000000000000"
    head = str(Head(origin, 1_000_000, HEAD.root))
    checkpoint = Note(head, (signature(head, name=origin),))
    path = (HEAD.root,) * len(inclusion_ranges(123_456, 1_000_000))
    line = f"v1|7|123457|2026-11-29T10:00:01.000000Z|{'0' * 64}|{'0' * 64}".encode()
    sizes = [len(str(Proof(123_456, path, checkpoint, extra)).encode()) for extra in (b"", line)]
    counted = {"path": 20 * 45, "checkpoint": len(str(checkpoint).encode()), "first lines": 23 + 13 + 1, "extra": 235}
    assert sizes == [sum(counted.values()) - counted["extra"], sum(counted.values())] == [1212, 1447]
