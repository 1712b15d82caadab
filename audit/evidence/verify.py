#!/usr/bin/env python3
"""Verifies an evidence bundle: python3 verify.py BUNDLE [--key FINGERPRINT]. Python 3.9 or newer, and nothing else.

Prints VERIFIED, ALTERED at entry n, or INCOMPLETE; exits with 0, 1 or 2. BUNDLE is the zip file, or the folder with its
files. The fingerprint must come from outside the bundle. So should this program: whoever alters a bundle can alter
what lies in it. The format is described in docs/ledger.md of the software that made the bundle.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

CHAIN_LINE = re.compile(rb'"(v1\|([0-9]+)\|([1-9][0-9]*)\|([0-9TZ:.-]{27})\|([0-9a-f]{64})\|([0-9a-f]{64}))"')
AFTER_QUOTE = re.compile(CHAIN_LINE.pattern[1:])
# A field is `["v1","nonce","name",value]`; so is the envelope, whose list of names stands between these two.
FIELD, NONCE, NAME_AT, ENVELOPE = b'["v1","', slice(7, 39), 39, b'","envelope",{'
LEAVES, AFTER_LEAVES = b',"leaves":[', b'],"object_id":'
GAP = re.compile(rb'\{"gap":\[([1-9][0-9]*),([1-9][0-9]*)\],"hashes":\[("[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*)\]\}')
LEFT_OUT = re.compile(rb'\{"left_out":"(?:[ -!#-\[\]-~]|\\(?:["\\bfnrt]|u[0-9a-f]{4}))+","digest":"([0-9a-f]{64})"\}')
ENTRIES = re.compile(r"entries-([0-9]+)-[0-9]{4,}\.jsonl")
MANIFEST, NOTE = "manifest.json", "manifest.note"
UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, struct.error)
Keys = dict[tuple[str, bytes], bytes]
HASH, SIGNATURE, HEAD = 32, 64, 30
LARGE, MOST_HELPERS, MOST_WAITING = 2**24, 8, 16
WORKERS_GONE = (OSError, RuntimeError)


class Altered(Exception):
    pass


class Incomplete(Exception):
    pass


def altered(where: str, what: str) -> NoReturn:
    raise Altered(f"ALTERED at {where}: {what}")


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# Ed25519, RFC 8032 section 5.1.7, on points (x, y, z, t).
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, p: Point) -> Point:
    found = (0, 1, 1, 0)
    while n:
        if n & 1:
            found = add(found, p)
        p, n = add(p, p), n >> 1
    return found


def point(raw: bytes) -> Point:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("it is no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    try:
        public, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    if len(signature) != SIGNATURE or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(h, public))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# The tree of RFC 6962.
def leaf(line: bytes) -> bytes:
    return sha(b"\0" + line)


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\1" + left + right)


def heights(first: int, end: int) -> Iterator[int]:
    """Of the largest complete parts that make up the places from `first` up to, not with, `end`."""
    while first < end:
        height = (end - first).bit_length() - 1
        height = min(height, (first & -first).bit_length() - 1) if first else height
        yield height
        first += 1 << height


def follows(old: int, old_root: bytes, new: int, new_root: bytes, path: list[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2: whether the larger tree begins with the smaller one."""
    path = [old_root, *path] if old & (old - 1) == 0 and old != new else path
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path or any(len(part) != HASH for part in path):
        return False
    place, last = up(old - 1, new - 1, 1)
    before = after = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node(part, before), node(part, after)
            place, last = up(place, last, 0)
        else:
            after = node(after, part)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, new_root)


def up(place: int, last: int, bit: int) -> tuple[int, int]:
    while place and place & 1 == bit:
        place, last = place >> 1, last >> 1
    return place, last


# Of a file of entries that are as they were written: the first number, the hash before it, how many there are, their
# complete parts of the tree, the hash of the last.
Whole = tuple[int, str, int, list[tuple[int, bytes]], str]


def taken(organisation: int, data: bytes) -> tuple[str, Whole | None]:
    """The hash of a file of entries, and of what it is made when nothing is in doubt."""
    try:
        found = whole(organisation, data)
    except UNREADABLE:
        found = None
    return sha(data).hex(), found


def whole(organisation: int, data: bytes) -> Whole | None:
    """What `Chain.feed` finds, several times as fast. None where anything is in doubt: it says what, and where.

    Of the JSON only the names of the fields are read: the text of each is hashed as it stands.
    """
    if data[:1] != b'"' or data[-1:] != b"\n":
        return None
    hashes: list[bytes] = []
    first, seq, start, before = 0, 0, "", ""
    for entry in data[1:-1].split(b'\n"'):
        line, *fields = entry.split(b"\n")
        found = AFTER_QUOTE.fullmatch(line)
        if not found:
            return None
        text, of, number, _, forerunner, content = found.groups()
        if not first:
            first = seq = int(number)
            start = before = forerunner.decode()
        if (int(of), int(number), forerunner.decode(), content.decode()) != (organisation, seq, before, hashed(fields)):
            return None
        hashes.append(hashlib.sha256(b"\0" + text).digest())
        before = hashlib.sha256(text).hexdigest()
        seq += 1
    return first, start, len(hashes), parts_of(first - 1, hashes), before


def hashed(fields: list[bytes]) -> str:
    """The content hash of an entry; empty where it is in doubt."""
    names = names_of(fields[0]) if fields else None
    if names is None or len(names) != len(fields):
        return ""
    digests: list[str] = []
    for name, field in zip(names, fields):  # noqa: B905 - Python 3.9 knows no strict
        if field.startswith(name, NAME_AT) and field.startswith(FIELD) and field[NONCE].isalnum():
            digests.append(hashlib.sha256(field).hexdigest())
        else:
            left_out = LEFT_OUT.fullmatch(field) if digests else None
            if not left_out:
                return ""
            digests.append(left_out[1].decode())
    digests.sort()
    return hashlib.sha256("".join(digests).encode()).hexdigest()


@lru_cache(4096)
def names_in(listed: bytes) -> list[bytes] | None:
    """How the fields of an entry go on after their nonces, the envelope first."""
    try:
        return [ENVELOPE, *(b'",' + json.dumps(name).encode() + b"," for name in json.loads(b"[" + listed + b"]"))]
    except UNREADABLE:
        return None


def names_of(envelope: bytes) -> list[bytes] | None:
    """In JSON, a quote after a comma is never inside a text."""
    at, end = envelope.find(LEAVES), envelope.find(AFTER_LEAVES)
    return names_in(envelope[at + len(LEAVES) : end]) if 0 < at < end and envelope.rfind(LEAVES) == at else None


def parts_of(place: int, hashes: list[bytes]) -> list[tuple[int, bytes]]:
    """The complete parts of the tree that neighbours are, from left to right."""
    left: list[tuple[int, bytes]] = []
    right: list[tuple[int, bytes]] = []
    height = 0
    while hashes:
        if place & 1:
            left.append((height, hashes[0]))
            hashes = hashes[1:]
        if len(hashes) & 1:
            right.append((height, hashes.pop()))
        hashes = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2])]  # noqa: B905
        place, height = (place + 1) >> 1, height + 1
    return left + right[::-1]


class Chain:
    """The entries of one organisation as they come, and the tree over them."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, bytes]] = []
        self.place = self.count = self.first = self.last = self.gaps = 0
        self.before = "0" * 64
        self.line: tuple[bytes, str] | None = None
        self.digests: list[str] = []
        self.names: list[str] = []
        self.fault: str | None = None

    def take(self, organisation: int, data: bytes, found: Whole | None) -> None:
        """The next file, and what was made of it without looking at those before."""
        if self.fault:
            return
        if not found or found[0] != self.place + 1 or (self.before and found[1] != self.before):
            self.feed(organisation, data)
            return
        first, _, count, parts, self.before = found
        for height, part in parts:
            self.push(height, part)
        self.count, self.first, self.last = self.count + count, self.first or first, self.place

    def feed(self, organisation: int, data: bytes) -> None:
        try:
            if not data.endswith(b"\n"):
                raise ValueError("a line is cut off")
            for line in data[:-1].split(b"\n"):
                self.one(organisation, line)
            self.end_entry()
        except UNREADABLE as error:
            seq = self.place + (self.line is None)
            self.fault = f"ALTERED at entry {seq} of organisation {organisation}: {error}"

    def one(self, organisation: int, line: bytes) -> None:
        if line[:1] == b"[":
            self.field(line)
        elif line[:11] == b'{"left_out"':
            self.digests.append(match(LEFT_OUT, line)[1].decode())
        elif line[:1] == b'"':
            self.begin(organisation, line)
        else:
            self.gap(line)

    def begin(self, organisation: int, line: bytes) -> None:
        self.end_entry()
        text, of, seq, _, before, content = match(CHAIN_LINE, line).groups()
        if (int(of), int(seq)) != (organisation, self.place + 1):
            raise ValueError(f"the entry found here is {int(seq)} of organisation {int(of)}")
        if self.before and before.decode() != self.before:
            raise ValueError("it does not follow the entry before it")
        self.line, self.digests, self.names = (text, content.decode()), [], []
        self.push(0, leaf(text))
        self.count, self.first, self.last = self.count + 1, self.first or self.place, self.place
        self.before = sha(text).hex()

    def field(self, line: bytes) -> None:
        version, _, name, value = json.loads(line)
        if not self.digests:
            self.names = ["envelope", *value["leaves"]]
        if version != "v1" or self.names[len(self.digests)] != name:
            raise ValueError(f"the field {name} is not in its place")
        self.digests.append(sha(line).hex())

    def end_entry(self) -> None:
        if self.line is None:
            if self.digests:
                raise ValueError("a field of no entry")
            return
        content = sha("".join(sorted(self.digests)).encode()).hex()
        if len(self.digests) != len(self.names) or content != self.line[1]:
            raise ValueError("its fields are not what was written")
        self.line, self.digests = None, []

    def gap(self, line: bytes) -> None:
        self.end_entry()
        first, last, hashes = match(GAP, line).groups()
        parts = [bytes.fromhex(part.strip('"')) for part in hashes.decode().split(",")]
        places = list(heights(self.place, int(last)))
        if int(first) != self.place + 1 or len(parts) != len(places):
            raise ValueError("what is left out does not begin here")
        for height, part in zip(places, parts):  # noqa: B905 - Python 3.9 knows no strict
            self.push(height, part)
        self.gaps, self.before = self.gaps + 1, ""

    def push(self, height: int, part: bytes) -> None:
        self.place += 1 << height
        while self.parts and self.parts[-1][0] == height:
            height, part = height + 1, node(self.parts.pop()[1], part)
        self.parts.append((height, part))

    def root(self) -> bytes:
        found = self.parts[-1][1]
        for _, part in reversed(self.parts[:-1]):
            found = node(part, found)
        return found


def match(pattern: re.Pattern[bytes], line: bytes) -> re.Match[bytes]:
    found = pattern.fullmatch(line)
    if not found:
        raise ValueError("a line is not as it is written in a bundle")
    return found


def files_of_zip(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Each file, if the zip is to the byte what is made of them: two programs could see two things in another."""
    size, at, directory, count = file.seek(0, 2), file.seek(0), b"", 0
    while True:
        head = file.read(HEAD)
        if head[:4] != b"PK\x03\x04":
            break
        if len(head) < HEAD:
            raise Incomplete("INCOMPLETE: the zip file is cut off")
        length, named = struct.unpack("<18xL4xH2x", head)
        name = file.read(named)
        if at + HEAD + named + length > size:
            raise Incomplete("INCOMPLETE: the zip file is cut off")
        data = file.read(length)
        fields = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, zlib.crc32(data), length, length, named, 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 788) + fields + struct.pack("<3H2L", 0, 0, 0, 0x81800000, at)
        directory += name
        yield name.decode("ascii"), data
        if head != b"PK\x03\x04" + fields:
            altered("the zip file", f"what it says of {name.decode('ascii')} is not so")
        at, count = at + HEAD + named + length, count + 1
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count, count, len(directory), at, 0)
    rest = head + file.read()
    if rest != directory + end:
        if (directory + end).startswith(rest):
            raise Incomplete("INCOMPLETE: the zip file is cut off")
        altered("the zip file", f"it has something else than its files at byte {at}")


def files_of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith("."):
            yield name, path.read_bytes()


def note_of(text: str, where: str, keys: Keys) -> tuple[str, list[bytes]]:
    """The text of a signed note and the keys that signed it."""
    body, empty, lines = text.rpartition("\n\n")
    if not empty or not lines.endswith("\n"):
        altered(where, "it is not a signed note")
    signers = []
    for line in lines[:-1].split("\n"):
        dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        key = keys.get((name, raw[:4]))
        if dash != "\u2014" or base64.b64encode(raw).decode() != encoded:
            altered(where, "it is not a signed note")
        if key and not is_signed(key, f"{body}\n".encode(), raw[4:]):
            altered(where, "its signature is false")
        signers += [key] if key else []
    return body, signers


class Evidence:
    """`workers` read files of entries beside each other; without them each is read when it comes."""

    def __init__(self, fingerprint: str | None, *, is_zip: bool, workers: Executor | None = None) -> None:
        self.fingerprint, self.is_zip, self.workers = fingerprint, is_zip, workers
        self.waiting: list[tuple[str, int, bytes, Future[tuple[str, Whole | None]] | None]] = []
        self.small: dict[str, str] = {}
        self.sizes: dict[str, tuple[int, str]] = {}
        self.chains: dict[int, Chain] = {}

    def take(self, name: str, data: bytes) -> None:
        if name in self.sizes:
            altered(name, "it is there twice")
        entries = ENTRIES.fullmatch(name)
        if entries:
            self.sizes[name] = len(data), ""
            self.waiting.append((name, int(entries[1]), data, self.begun(int(entries[1]), data)))
            self.read(MOST_WAITING if self.workers else 0)
            return
        self.sizes[name] = len(data), sha(data).hex()
        if name in (MANIFEST, NOTE, "keys.txt") or name.startswith(("checkpoint-", "earlier-")):
            self.small[name] = data.decode("utf-8")

    def begun(self, organisation: int, data: bytes) -> Future[tuple[str, Whole | None]] | None:
        try:
            return self.workers.submit(taken, organisation, data) if self.workers else None
        except WORKERS_GONE:
            return None

    def read(self, most: int = 0) -> None:
        """Take what was begun, in the order of the files, until no more than so many wait."""
        while len(self.waiting) > most:
            name, organisation, data, begun = self.waiting.pop(0)
            try:
                digest, found = begun.result() if begun else taken(organisation, data)
            except WORKERS_GONE:
                digest, found = taken(organisation, data)
            self.sizes[name] = len(data), digest
            self.chains.setdefault(organisation, Chain()).take(organisation, data, found)

    def first_fault(self) -> None:
        self.read()
        for chain in self.chains.values():
            if chain.fault:
                raise Altered(chain.fault)

    def verify(self) -> str:
        self.first_fault()
        missing = [name for name in (MANIFEST, NOTE, "keys.txt") if name not in self.sizes]
        if missing:
            raise Incomplete(f"INCOMPLETE: {missing[0]} is missing")
        manifest = json.loads(self.small[MANIFEST])
        for named in manifest["chains"]:
            self.chain(named, manifest["whole"])
        unknown = set(self.chains) - {named["organisation"] for named in manifest["chains"]}
        if unknown or not manifest["chains"]:
            altered(MANIFEST, "it does not say whose entries these are")
        self.files(manifest["files"])
        signers = self.signers(manifest)
        counted = sum(chain.count for chain in self.chains.values())
        scope = "the whole log" if manifest["whole"] else "a part of the log, which says nothing of what it leaves out"
        verified = "VERIFIED" if self.fingerprint else "VERIFIED, signer not checked"
        return f"{verified}\n{counted} entries, {scope}. Signed by the key with the fingerprint {' '.join(signers)}"

    def chain(self, named: dict[str, Any], whole: bool) -> None:  # noqa: FBT001
        number = named["organisation"]
        found = self.chains.get(number, Chain())
        here = f"entry {found.first or 1} of organisation {number}"
        if found.place < named["tree_size"]:
            raise Incomplete(f"INCOMPLETE: the entries of organisation {number} end after {found.place}")
        if found.place > named["tree_size"] or (whole and found.gaps):
            altered(
                f"entry {named['tree_size'] + 1} of organisation {number}", "there are not the entries that were put in"
            )
        is_ = {
            "entries": found.count,
            "first": found.first,
            "last": found.last,
            "tree_size": found.place,
            "root": found.root().hex(),
        }
        wrong = [name for name, value in is_.items() if named[name] != value]
        if wrong:
            altered(here, f"{wrong[0]} is {is_[wrong[0]]}, and {named[wrong[0]]} in the manifest")

    def files(self, named: list[dict[str, Any]]) -> None:
        names = [*(file["name"] for file in named), MANIFEST, NOTE]
        missing = [name for name in names if name not in self.sizes]
        if missing:
            raise Incomplete(f"INCOMPLETE: {missing[0]} is missing")
        unknown = [name for name in self.sizes if name not in names]
        if unknown:
            altered(unknown[0], "it is not in the manifest")
        if list(self.sizes) != names and self.is_zip:
            altered(MANIFEST, "the files are not in its order")
        for file in named:
            if self.sizes[file["name"]] != (file["size"], file["sha256"]):
                altered(file["name"], "it is not what was put in")

    def signers(self, manifest: dict[str, Any]) -> list[str]:
        """The fingerprints of the keys that signed the manifest; everything else is signed by a key of the bundle."""
        keys: Keys = {}
        for line in self.small["keys.txt"].splitlines():
            name, _, encoded = line.split("+", 2)
            raw = base64.b64decode(encoded)
            keys[name, sha(name.encode() + b"\n" + raw)[:4]] = raw[1:]
        for named in manifest["chains"]:
            self.checkpoints(named, keys)
        body, signers = note_of(self.small[NOTE], NOTE, keys)
        if body != f"evidence bundle\n{manifest['origin']}\n{self.sizes[MANIFEST][1]}":
            altered(MANIFEST, "it is not what was signed")
        fingerprints = [sha(key).hex() for key in signers]
        if not fingerprints or (self.fingerprint and self.fingerprint not in fingerprints):
            first = manifest["chains"][0]["first"] if manifest["chains"] else 1
            altered(f"entry {first}", f"this is not signed by the key {self.fingerprint or 'in keys.txt'}")
        return fingerprints

    def checkpoints(self, named: dict[str, Any], keys: Keys) -> None:
        """That of the bundle has the size and root of the entries, and begins with what earlier ones had."""
        size, root, origin = named["tree_size"], named["root"], named["origin"]
        where = f"checkpoint-{named['organisation']}.txt"
        earlier = self.small[f"earlier-{named['organisation']}.jsonl"].split("\n")[:-1]
        body, signers = note_of(self.small[where], where, keys)
        if not signers or body != f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(root)).decode()}":
            altered(where, "it is not a signed checkpoint of these entries")
        for line in map(json.loads, earlier):
            body, signers = note_of(line["checkpoint"], "an earlier checkpoint", keys)
            of, old, old_root = body.split("\n")
            path = [bytes.fromhex(part) for part in line["consistency"]]
            before = base64.b64decode(old_root)
            if not signers or of != origin or not follows(int(old), before, size, bytes.fromhex(root), path):
                altered(f"the checkpoint of {old} entries", "these entries do not begin with those that it signed")


def result_of(
    files: Iterator[tuple[str, bytes]], fingerprint: str | None, *, is_zip: bool, workers: Executor | None = None
) -> tuple[int, str]:
    """The exit code, and what to say."""
    evidence = Evidence(fingerprint, is_zip=is_zip, workers=workers)
    try:
        try:
            for name, data in files:
                evidence.take(name, data)
        except (Altered, Incomplete):
            evidence.first_fault()
            raise
        return 0, evidence.verify()
    except Incomplete as error:
        return 2, str(error)
    except Altered as error:
        return 1, str(error)
    except UNREADABLE as error:
        return 1, f"ALTERED at a place that cannot be read: {error}"


def verify(path: Path, fingerprint: str | None = None) -> tuple[int, str]:
    if path.is_dir():
        return result_of(files_of_folder(path), fingerprint, is_zip=False)
    with path.open("rb") as file, helpers(path.stat().st_size) as workers:
        return result_of(files_of_zip(file), fingerprint, is_zip=True, workers=workers)


@contextmanager
def helpers(size: int) -> Iterator[Executor | None]:
    """Processes for a large bundle, one a core, where the machine has them to give."""
    count = min(os.cpu_count() or 1, MOST_HELPERS)
    try:
        pool = ProcessPoolExecutor(count) if size > LARGE and count > 1 else None
    except (ImportError, OSError):
        pool = None
    if pool is None:
        yield None
    else:
        with pool:
            yield pool


def fingerprint_of(text: str) -> str:
    """Of 64 hex digits, with spaces or colons as one likes, or of a whole verifier key."""
    if "+" in text:
        return sha(base64.b64decode(text.strip().split("+", 2)[2])[1:]).hex()
    digits = re.sub("[ :]", "", text).lower()
    if not re.fullmatch("[0-9a-f]{64}", digits):
        raise argparse.ArgumentTypeError("a fingerprint has 64 digits of 0 to 9 and a to f")
    return digits


def main() -> int:
    parser = argparse.ArgumentParser(description="Verifies an evidence bundle.")
    parser.add_argument("path", type=Path, metavar="BUNDLE", help="the zip file, or the folder with its files")
    parser.add_argument("--key", type=fingerprint_of, metavar="FINGERPRINT", help="of the key; not from the bundle")
    asked = parser.parse_args()
    try:
        code, answer = verify(asked.path, asked.key)
    except OSError as error:
        code, answer = 2, f"INCOMPLETE: {asked.path} cannot be read: {error.strerror}"
    sys.stdout.write(f"{answer}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
