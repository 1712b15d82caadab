"""What a witness signs, byte for byte, and what it refuses: pure, against the text of the specification."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.tlog.checkpoints import Head, head_of
from audit.tlog.cosignatures import Asked, Fork, WitnessKey, asked, cosigned, follows, witness_key
from audit.tlog.notes import BadNote, Note, parsed, public_key, signed_by
from tests.audit.tlog import by_definition
from tests.audit.tlog.test_notes import KEY, NAME, signed

# The examples of C2SP tlog-cosignature and tlog-witness; their witness's key is not published.
PUBLISHED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 \
jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
REQUEST = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

"""
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
WHO = "witness.test/w1"
OWN = WitnessKey(WHO, WITNESS.public_key().public_bytes_raw())
SECONDS = 1679315147
ENTRIES = [b"entry %d" % number for number in range(40)]


def head(size: int, entries: list[bytes] = ENTRIES) -> Head:
    return Head(NAME, size, by_definition.mth(entries[:size]))


def checkpoint(size: int, entries: list[bytes] = ENTRIES) -> Note:
    return signed(str(head(size, entries)))


def grown(old: int, new: int, entries: list[bytes] = ENTRIES) -> Asked:
    return Asked(checkpoint(new, entries), old, tuple(by_definition.proof(old, entries[:new])))


def test_the_published_examples_are_read_and_written() -> None:
    note = parsed(PUBLISHED)
    line = note.signatures[1]
    assert (len(line.signature), int.from_bytes(line.signature[:8], "big")) == (72, SECONDS)
    whole = REQUEST + PUBLISHED
    found = asked(whole)
    assert (found.old, len(found.path), str(found)) == (20852014, 4, whole)
    assert asked(PUBLISHED) == Asked(note)


def test_it_signs_what_the_specification_says() -> None:
    note = cosigned(checkpoint(9), WITNESS, name=WHO, seconds=SECONDS)
    line = str(note).splitlines()[-1].split(" ")
    raw, public = base64.b64decode(line[2]), WITNESS.public_key().public_bytes_raw()
    assert line[:2] == ["—", WHO]
    assert raw[:4] == hashlib.sha256(f"{WHO}\n".encode() + b"\x04" + public).digest()[:4]
    assert raw[4:12] == SECONDS.to_bytes(8, "big")
    text = str(note).split("\n\n")[0] + "\n"
    message = f"cosignature/v1\ntime {SECONDS}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], message)
    # Both verify, each under its own key; neither can stand in for the other.
    assert signed_by(note, [KEY, OWN]) == [KEY, OWN]
    assert str(OWN).startswith(f"{WHO}+{raw[:4].hex()}+")


@pytest.mark.parametrize("place", [4, 11, 12, 75])
def test_neither_its_time_nor_its_signature_can_be_another(place: int) -> None:
    note = cosigned(checkpoint(9), WITNESS, name=WHO, seconds=SECONDS)
    line = note.signatures[-1]
    raw = bytearray(line.signature)
    raw[place - 4] ^= 1
    assert not OWN.verifies(note.text.encode(), bytes(raw))
    assert not OWN.verifies(note.text.encode() + b"x", line.signature)
    assert not OWN.verifies(note.text.encode(), line.signature[:-1])


@pytest.mark.parametrize("old", range(1, 40))
def test_what_follows_is_signed(old: int) -> None:
    follows(Asked(checkpoint(old)), [])
    follows(Asked(checkpoint(old)), [head(old)])
    follows(grown(old, 40), [head(1), head(old)])


OTHER = [*ENTRIES[:5], b"forged", *ENTRIES[6:]]


@pytest.mark.parametrize(
    "wanted",
    [
        Asked(checkpoint(9, OTHER)),
        Asked(checkpoint(20, OTHER)),
        grown(20, 33, OTHER),
        grown(9, 33, OTHER),
        Asked(checkpoint(12)),
        Asked(checkpoint(33), 20, grown(20, 34).path),
        Asked(checkpoint(33), 20),
    ],
    ids=[
        "size seen before", "newest size", "larger, with its own proof", "older proof", "smaller and never seen",
        "proof of another", "no proof at all",
    ],
)  # fmt: skip
def test_another_history_is_not_signed(wanted: Asked) -> None:
    seen = [head(9), head(20)]
    with pytest.raises((Fork, BadNote)) as refused:
        follows(wanted, seen)
    # Nothing is said against a log of which only the right proof was not sent.
    assert isinstance(refused.value, BadNote) == (wanted.old == 9)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Asked(checkpoint(9)), "Send the newest"),
        (Asked(checkpoint(33)), "--old 20"),
        (grown(9, 33), "--old 20"),
    ],
)
def test_what_cannot_be_told_is_asked_for(wanted: Asked, said: str) -> None:
    with pytest.raises(BadNote, match=said):
        follows(wanted, [head(9), head(20)])


BAD = ("", "old 1\n", "old -1\n\n" + PUBLISHED, "old 01\n\n" + PUBLISHED, "old 1\nAAAA\n\n" + PUBLISHED,
       "old 1\n" + "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 64 + "\n" + PUBLISHED)  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        asked(text)


def test_a_verifier_key_of_a_witness_is_told_from_that_of_a_log() -> None:
    assert witness_key(str(OWN)) == OWN
    name, hexed, key = str(OWN).split("+", 2)
    for line in (str(KEY), f"{name}+{KEY.key_id.hex()}+{key}", f"{name}+{hexed}", f"other+{hexed}+{key}"):
        with pytest.raises(BadNote):
            witness_key(line)
    with pytest.raises(BadNote):
        public_key(str(OWN))


def test_what_it_saw_is_the_note_itself() -> None:
    assert head_of(cosigned(checkpoint(7), WITNESS, name=WHO, seconds=0)) == head(7)
