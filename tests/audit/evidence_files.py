"""Bundles made once in each worker, taken apart, altered, and put together again."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts.models import Organisation
from audit import ledger
from audit.disposal import append_tombstone
from audit.evidence import making, verify
from audit.evidence.container import Container
from audit.evidence.ordering import EvidenceOrder, start
from audit.evidence.scope import Scope, everything, in_stretches
from audit.tlog.notes import PublicKey, Signature
from tests.audit.conftest import AT
from tests.audit.trees import ORGANISATION, checkpoint, entries

Files = list[tuple[str, bytes]]
ENTRIES, MANIFEST, NOTE = "entries-7-0001.jsonl", "manifest.json", "manifest.note"
FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
# Every kind of letter that JSON writes in another way.
SECRET = 'Somebody else’s “words”:\t"as said" \\ here'  # noqa: RUF001 - the same


def made_of(scope: Scope) -> bytes:
    return b"".join(start(EvidenceOrder(scope, AT, reason="A court asked")).sent)


@cache
def evidence_files() -> dict[str, bytes]:
    """The whole log and two parts of it. Two of its entries are disposed of; a first checkpoint came after eight."""
    for number, organisation in enumerate((ORGANISATION, ORGANISATION, 0, ORGANISATION)):
        entries(4, organisation=organisation)
        with ledger.recording(actor=None, at=AT):
            text = f"Zoë{number} “said”\u2028"
            ledger.append("decision.recorded", organisation=organisation, details={"note": text, "e\u0301": 2**60})
        if number == 1:
            checkpoint()
    with ledger.recording(actor=None, at=AT):
        append_tombstone(organisation=7, obj=Organisation(pk=3), entries=[2, 6], details={"rule": "25 years"})
    programs, making.PROGRAMS = making.PROGRAMS, ("verify.py",)  # the larger of them makes all that follows slower
    try:
        return _three()
    finally:
        making.PROGRAMS = programs


def _three() -> dict[str, bytes]:
    return {
        "whole": made_of(everything([0, 7])),
        "part": made_of(Scope("Some entries", [7], lambda _, size: in_stretches([3, 4, 5, 6, 9, size]))),
        "end": made_of(
            Scope("Others", [7], lambda *_: [(5, 8)], leave_out=lambda _, name: SECRET if "e" in name else "")
        ),
    }


def files_of(evidence: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(evidence)) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()]


def zipped(files: Files) -> bytes:
    container = Container()
    return b"".join([*(container.file(name, data) for name, data in files), container.end()])


def with_sums(files: Files) -> Files:
    """A forger without a key: the manifest says again what is in the files."""
    found = dict(files)
    if MANIFEST not in found or not found[MANIFEST].startswith(b"{"):
        return files
    manifest = json.loads(found[MANIFEST])
    manifest["files"] = [
        {"name": name, "size": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in files
        if name not in (MANIFEST, NOTE)
    ]
    found[MANIFEST] = (json.dumps(manifest, indent=1) + "\n").encode()
    return [(name, found[name] if name == MANIFEST else data) for name, data in files]


def signed_again(files: Files) -> Files:
    """A forger with another key, who puts it into the bundle and signs the manifest and the last checkpoints."""
    of_names = dict(files)
    key = FORGER.public_key().public_bytes_raw()
    names = sorted({line.split("+")[0] for line in of_names.get("keys.txt", b"").decode().splitlines()})
    lines = "".join(f"{PublicKey(name, key)}\n" for name in names)
    made: Files = []
    for name, data in files:
        if name.startswith("checkpoint-"):
            made.append((name, _by_forger(data.decode().rpartition("\n\n")[0] + "\n")))
        else:
            made.append((name, lines.encode() if name == "keys.txt" else b"" if name.startswith("earlier-") else data))
    made = with_sums(made)
    manifest = dict(made).get(MANIFEST, b"{}")
    origin = json.loads(manifest).get("origin", "x")
    note = _by_forger(f"evidence bundle\n{origin}\n{sha256(manifest).hexdigest()}\n")
    return [(name, note if name == NOTE else data) for name, data in made]


def _by_forger(text: str) -> bytes:
    name = text.split("\n")[0 if not text.startswith("evidence") else 1]
    key = PublicKey(name, FORGER.public_key().public_bytes_raw())
    line = Signature(name, key.key_id, FORGER.sign(text.encode())).line()
    return f"{text}\n{line}".encode()


def fingerprint() -> str:
    line = dict(files_of(evidence_files()["whole"]))["keys.txt"].decode().splitlines()[0]
    return verify.fingerprint_of(line)


def result_of(evidence: bytes, key: str | None = None) -> tuple[int, str]:
    return verify.result_of(verify.files_of_zip(io.BytesIO(evidence)), key, is_zip=True)


# What is done to the lines of the entries.
Lines = list[bytes]
Alter = Callable[[Files], Files]


def on_entries(alter: Callable[[Lines], Lines]) -> Alter:
    def altered(files: Files) -> Files:
        return [
            (name, b"".join(alter(data.splitlines(keepends=True))) if name == ENTRIES else data) for name, data in files
        ]

    return altered


def blocks(lines: Lines) -> list[Lines]:
    """The lines of each entry or gap."""
    found: list[Lines] = []
    for line in lines:
        if line.startswith((b'"', b'{"gap')):
            found.append([])
        found[-1].append(line)
    return found


def on_blocks(alter: Callable[[list[Lines]], list[Lines]]) -> Alter:
    return on_entries(lambda lines: [line for block in alter(blocks(lines)) for line in block])


def on_file(wanted: str, alter: Callable[[bytes], bytes]) -> Alter:
    return lambda files: [(name, alter(data) if name == wanted else data) for name, data in files]


def _swapped(files: Files) -> Files:
    other = dict(files_of(evidence_files()["end"]))
    return [(name, other[name] if name == ENTRIES else data) for name, data in files]


def _blanked(lines: Lines) -> Lines:
    """A value is left out, and its digest kept."""
    at = next((number for number, line in enumerate(lines) if b'"details:note"' in line and line[:1] == b"["), -1)
    if at < 0:
        return lines
    digest = sha256(lines[at].rstrip(b"\n")).hexdigest()
    return [*lines[:at], f'{{"left_out":"disposed of","digest":"{digest}"}}\n'.encode(), *lines[at + 1 :]]


KINDS: dict[str, Alter] = {
    "byte": on_entries(lambda lines: [line.replace(b'"details:number",1]', b'"details:number",2]') for line in lines]),
    "removed": on_blocks(lambda found: found[:3] + found[4:]),
    "inserted": on_blocks(lambda found: [*found[:3], found[1], *found[3:]]),
    "reordered": on_blocks(lambda found: [*found[:2], found[3], found[2], *found[4:]]),
    "cut": on_blocks(lambda found: found[:-2]),
    "emptied": on_entries(lambda _: []),
    "swapped": _swapped,
    "line endings": on_entries(lambda lines: [line.replace(b"\n", b"\r\n") for line in lines]),
    "last line ending": on_entries(lambda lines: [*lines[:-1], lines[-1].rstrip(b"\n")]),
    "unicode": on_entries(lambda lines: [line.replace(rb"\u00eb", "ë".encode()) for line in lines]),
    "unicode form": on_entries(lambda lines: [line.replace(rb"\u00eb", rb"e\u0308") for line in lines]),
    "space": on_entries(lambda lines: [line.replace(b",", b", ", 1) for line in lines]),
    "left out": on_entries(_blanked),
    "time": on_entries(lambda lines: [re_timed(line) for line in lines]),
    "miscounted": on_file(MANIFEST, lambda data: data.replace(b'"entries": ', b'"entries": 1')),
    "whole or not": on_file(
        MANIFEST, lambda data: data.replace(b'"whole": true', b'"whole": null').replace(b"false", b"true")
    ),
    "reason": on_file(MANIFEST, lambda data: data.replace(b"A court asked", b"Nobody asked.")),
    "file removed": lambda files: [file for file in files if file[0] != "earlier-7.jsonl"],
    "file added": lambda files: [("letter.html", b"<p>"), *files],
    "manifest removed": lambda files: [file for file in files if file[0] != MANIFEST],
    "files reordered": lambda files: files[::-1],
    "verifier": on_file("verify.py", lambda data: data.replace(b"return 1, str(error)", b"return 0, 'VERIFIED'")),
}


def re_timed(line: bytes) -> bytes:
    return line.replace(b"|2026-", b"|2025-") if line.startswith(b'"') else line


def random_mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Of every bundle: bytes of the zip file, or of one file in it, changed, taken out, put in or exchanged."""
    chance = random.Random(seed)  # noqa: S311
    names = sorted(evidence_files())
    for number in range(count):
        name = names[number % len(names)]
        evidence = evidence_files()[name]
        if number % 2:
            made = _scrambled(evidence, chance)
        else:
            files = files_of(evidence)
            at = chance.randrange(len(files))
            files[at] = (files[at][0], _scrambled(files[at][1], chance))
            made = zipped(with_sums(files) if number % 4 and files[at][0] != MANIFEST else files)
        if made != evidence:
            yield f"{name} {number}", made


def _scrambled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((0, 1, 1, 2, 40)))
    new = data[start:end]
    kind = chance.randrange(5)
    if kind == 0 and new:
        new = bytes([new[0] ^ 1 << chance.randrange(8)]) + new[1:]
    elif kind == 1:
        new = b""
    elif kind == 2:
        new = new + chance.randbytes(chance.choice((1, 2, 9)))
    elif kind == 3:
        new = new[::-1] + new
    else:
        return data[:start]
    return data[:start] + new + data[end:]
