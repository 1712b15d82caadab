"""A verifier of bundles written from docs/ledger.md, section 5, alone. Nothing of ours is imported."""

import base64
import hashlib
import json
import re
from binascii import crc32
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Hashes = dict[tuple[int, int], bytes]


class Wrong(Exception):
    pass


def need(condition: object) -> None:
    if not condition:
        raise Wrong


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def verifies(evidence: bytes, fingerprint: str) -> bool:
    try:
        files = unzipped(evidence)
        manifest = json.loads(files["manifest.json"])
        names = [file["name"] for file in manifest["files"]]
        need([*names, "manifest.json", "manifest.note"] == list(files))
        for file in manifest["files"]:
            need(file["size"] == len(files[file["name"]]))
            need(file["sha256"] == hashlib.sha256(files[file["name"]]).hexdigest())
        keys = [verifier_key(line) for line in files["keys.txt"].decode().splitlines()]
        digest = hashlib.sha256(files["manifest.json"]).hexdigest()
        text = f"evidence bundle\n{manifest['origin']}\n{digest}\n"
        signed = signers(files["manifest.note"].decode(), text, keys)
        need(fingerprint in [hashlib.sha256(key).hexdigest() for key in signed])
        need(manifest["chains"])
        for chain in manifest["chains"]:
            one_chain(chain, manifest["whole"], files, keys)
    except (Wrong, ValueError, KeyError, IndexError, TypeError, InvalidSignature):
        return False
    return True


def unzipped(evidence: bytes) -> dict[str, bytes]:
    """Reads the files one after another, and makes what should be around them."""
    files, made, directory, at = dict[str, bytes](), b"", b"", 0
    while evidence[at : at + 4] == b"PK\x03\x04":
        size, named = number(evidence[at + 18 : at + 22]), number(evidence[at + 26 : at + 28])
        name = evidence[at + 30 : at + 30 + named]
        data = evidence[at + 30 + named : at + 30 + named + size]
        length = len(data).to_bytes(4, "little")
        fields = bytes([20, 0, 0, 0, 0, 0, 0, 0, 33, 0]) + crc32(data).to_bytes(4, "little") + length + length
        fields += len(name).to_bytes(2, "little") + b"\0\0"
        made += b"PK\x03\x04" + fields + name + data
        directory += b"PK\x01\x02\x14\x03" + fields + bytes(6) + b"\0\0\x80\x81" + at.to_bytes(4, "little") + name
        need(name.decode("ascii") not in files)
        files[name.decode("ascii")] = data
        at = len(made)
    count = len(files).to_bytes(2, "little")
    end = (
        b"PK\x05\x06\0\0\0\0"
        + count
        + count
        + len(directory).to_bytes(4, "little")
        + at.to_bytes(4, "little")
        + b"\0\0"
    )
    need(evidence == made + directory + end)
    return files


def number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def verifier_key(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.split("+", 2)
    return name, base64.b64decode(encoded)[1:]


def signers(note: str, text: str, keys: list[tuple[str, bytes]]) -> list[bytes]:
    need(note.startswith(f"{text}\n"))
    found = []
    for line in note.removeprefix(f"{text}\n").removesuffix("\n").split("\n"):
        match = re.fullmatch("— ([^ ]+) ([A-Za-z0-9+/]+=*)", line)
        need(match)
        assert match
        raw = base64.b64decode(match[2], validate=True)
        need(base64.b64encode(raw).decode() == match[2])
        for name, key in keys:
            if (name, sha(name.encode() + b"\x0a\x01" + key)[:4]) == (match[1], raw[:4]):
                Ed25519PublicKey.from_public_bytes(key).verify(raw[4:], text.encode())
                found.append(key)
    need(found)
    return found


def one_chain(chain: dict[str, Any], whole: object, files: dict[str, bytes], keys: list[tuple[str, bytes]]) -> None:
    number_of = chain["organisation"]
    lines = []
    for name, data in files.items():
        if name.startswith(f"entries-{number_of}-"):
            need(data.endswith(b"\n"))
            lines += data[:-1].split(b"\n")
    seen, hashes, place, before = [], Hashes(), 0, "0" * 64
    at = 0
    while at < len(lines):
        if lines[at].startswith(b'{"gap"'):
            need(whole is False)
            gap = json.loads(lines[at])
            need(gap["gap"][0] == place + 1)
            wanted = complete_parts(place, gap["gap"][1])
            need(len(wanted) == len(gap["hashes"]))
            hashes |= {part: bytes.fromhex(text) for part, text in zip(wanted, gap["hashes"], strict=True)}
            place, before, at = gap["gap"][1], "", at + 1
            continue
        text, previous, content = chain_line(lines[at], number_of, place + 1)
        need(before in ("", previous))
        end = at + 1
        while end < len(lines) and not lines[end].startswith((b'"', b'{"gap"')):
            end += 1
        need(content_hash(lines[at + 1 : end]) == content)
        at = end
        hashes[place, place + 1] = sha(b"\0" + text)
        before = hashlib.sha256(text).hexdigest()
        place += 1
        seen.append(place)
    size, root = place, tree(hashes, 0, place)
    need(chain["tree_size"] == size and chain["root"] == root.hex())
    need(
        (chain["entries"], chain["first"], chain["last"])
        == (len(seen), seen[0] if seen else 0, seen[-1] if seen else 0)
    )
    checkpoints(chain, root, files, keys)


def chain_line(line: bytes, organisation: object, seq: int) -> tuple[bytes, str, str]:
    found = re.fullmatch(rb'"(v1\|.*)"', line)
    need(found)
    assert found
    _, of, own, _, previous, content = found[1].decode().split("|")
    need((int(of), int(own)) == (organisation, seq))
    return found[1], previous, content


def content_hash(lines: list[bytes]) -> str:
    digests: list[str] = []
    names: list[str] = []
    for line in lines:
        field = json.loads(line)
        if isinstance(field, list):
            names = names or ["envelope", *field[3]["leaves"]]
            need(names[len(digests)] == field[2])
            digests.append(hashlib.sha256(line).hexdigest())
        else:
            digests.append(field["digest"])
    need(len(digests) == len(names))
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def checkpoints(chain: dict[str, Any], root: bytes, files: dict[str, bytes], keys: list[tuple[str, bytes]]) -> None:
    size, number_of = chain["tree_size"], chain["organisation"]
    checkpoint = f"{chain['origin']}\n{size}\n{base64.b64encode(root).decode()}\n"
    signers(files[f"checkpoint-{number_of}.txt"].decode(), checkpoint, keys)
    for line in files[f"earlier-{number_of}.jsonl"].decode().splitlines():
        earlier = json.loads(line)
        note = earlier["checkpoint"]
        origin, old, old_root = note.partition("\n\n")[0].split("\n")
        signers(note, f"{origin}\n{old}\n{old_root}\n", keys)
        need(origin == chain["origin"])
        path = [bytes.fromhex(part) for part in earlier["consistency"]]
        need(consistent(int(old), size, path, base64.b64decode(old_root)) == (base64.b64decode(old_root), root))


def complete_parts(first: int, end: int) -> list[tuple[int, int]]:
    """Left to right, each as long as it can be: a power of two that divides its own start."""
    found = []
    while first < end:
        length = 1
        while first % (length * 2) == 0 and first + length * 2 <= end:
            length *= 2
        found.append((first, first + length))
        first += length
    return found


def middle(first: int, end: int) -> int:
    length = 1
    while length * 2 < end - first:
        length *= 2
    return first + length


def tree(hashes: Hashes, first: int, end: int) -> bytes:
    if (first, end) in hashes:
        return hashes[first, end]
    need(end - first > 1)
    half = middle(first, end)
    return sha(b"\1" + tree(hashes, first, half) + tree(hashes, half, end))


def consistent(old: int, new: int, path: list[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """The roots of both trees, from a proof taken apart as RFC 6962, section 2.1.2 puts it together."""
    rest = list(path)

    def sub(first: int, end: int, *, whole: bool) -> tuple[bytes, bytes]:
        if end == old:
            both = old_root if whole else rest.pop()
            return both, both
        half = middle(first, end)
        if old <= half:
            right = rest.pop()
            before, after = sub(first, half, whole=whole)
            return before, sha(b"\1" + after + right)
        left = rest.pop()
        before, after = sub(half, end, whole=False)
        return sha(b"\1" + left + before), sha(b"\1" + left + after)

    found = sub(0, new, whole=True)
    need(not rest)
    return found
