"""Make a bundle, in chunks of bytes: its entries, what proves them, and last the manifest, which is signed."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from audit import signing
from audit.evidence.container import Container
from audit.evidence.lines import gap_line
from audit.evidence.scope import Scope
from audit.evidence.shown import shown
from audit.models import Checkpoint
from audit.proving import consistency
from audit.serialising import moment
from audit.tlog.checkpoints import head_of
from audit.tlog.notes import parsed
from audit.tree_rows import rows

PART = 2**18  # bytes of entries in one file, which is made in memory
MOST_EARLIER = 20
PROGRAMS: tuple[str, ...] = ("verify.py", "verify.html")
GAPS_AT_ONCE = 100  # what is read of the tree for so many is kept until they are passed
READ_ME = """This is an evidence bundle: entries of an audit log, and what proves that they are as they were written.

To verify it:   python3 verify.py BUNDLE.zip --key FINGERPRINT
It needs Python 3.9 and no network. It says VERIFIED, ALTERED at entry n, or INCOMPLETE.
Without Python: open verify.html in a browser. It says the same and needs no network either.

Ask whoever keeps the log for the fingerprint of their key, on another way than this file came.
Without --key it says whether the bundle is whole, and not who signed it.

manifest.json says what is in the bundle, who asked for it, when and why. It holds case data: keep it safe.
"""


class Evidence:
    """`count`, `left_out` and `sha256` are final once all chunks have been read."""

    def __init__(self, scope: Scope, checkpoints: list[Checkpoint], asked: dict[str, Any]) -> None:
        self.scope, self.checkpoints, self.asked = scope, checkpoints, asked
        self.count = 0
        self.left_out: Counter[str] = Counter()
        self._digest = sha256()
        self._container = Container()
        self._files: list[dict[str, Any]] = []
        self._chains: list[dict[str, Any]] = []

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks():
            self._digest.update(chunk)
            yield chunk

    def _chunks(self) -> Iterator[bytes]:
        yield self._file("READ_ME.txt", READ_ME)
        for name in PROGRAMS:
            yield self._file(name, files("audit.evidence").joinpath(name).read_text("utf-8"))
        yield self._file("keys.txt", "".join(f"{line}\n" for line in self._keys()))
        for name, text in self.scope.pages():
            yield self._file(name, text)
        for checkpoint in self.checkpoints:
            yield from self._chain(checkpoint)
        manifest = json.dumps(self._manifest(), indent=1) + "\n"
        yield self._container.file("manifest.json", manifest.encode("ascii"))
        digest = sha256(manifest.encode("ascii")).hexdigest()
        note = signing.signed(f"evidence bundle\n{self._origin}\n{digest}\n", name=self._origin)
        yield self._container.file("manifest.note", str(note).encode("utf-8"))
        yield self._container.end()

    def _file(self, name: str, content: str | bytearray) -> bytes:
        data = content.encode("utf-8") if isinstance(content, str) else content
        self._files.append({"name": name, "size": len(data), "sha256": sha256(data).hexdigest()})
        return self._container.file(name, data)

    def _keys(self) -> Iterator[str]:
        for name in dict.fromkeys(_origin(checkpoint) for checkpoint in self.checkpoints):
            yield from map(str, signing.public_keys(name))

    @property
    def _origin(self) -> str:
        return _origin(self.checkpoints[0])

    def _chain(self, checkpoint: Checkpoint) -> Iterator[bytes]:
        organisation, size = checkpoint.organisation, checkpoint.size
        shown = _Shown(self, checkpoint)
        for number, part in enumerate(_in_parts(shown), start=1):
            yield self._file(f"entries-{organisation}-{number:04}.jsonl", part)
        yield self._file(f"checkpoint-{organisation}.txt", checkpoint.note)
        yield self._file(f"earlier-{organisation}.jsonl", "".join(_earlier(checkpoint)))
        self.count += shown.count
        self._chains.append(
            {
                "organisation": organisation,
                "origin": _origin(checkpoint),
                "entries": shown.count,
                "first": shown.first,
                "last": shown.last,
                "tree_size": size,
                "root": bytes(checkpoint.root).hex(),
            }
        )

    def _manifest(self) -> dict[str, Any]:
        return {
            "format": "evidence bundle v1",
            "scope": self.scope.words,
            "filter": dict(self.scope.filter),
            "whole": self.scope.whole,
            "order": "by number in the log",
            **self.asked,
            "origin": self._origin,
            "left_out": dict(sorted(self.left_out.items())),
            "chains": self._chains,
            "files": self._files,
        }


class _Shown:
    """The lines of one chain, entry by entry, and how many entries there were."""

    def __init__(self, evidence: Evidence, checkpoint: Checkpoint) -> None:
        self.evidence, self.checkpoint = evidence, checkpoint
        self.count = self.first = self.last = 0

    def __iter__(self) -> Iterator[str]:
        organisation, size = self.checkpoint.organisation, self.checkpoint.size
        scope, passed = self.evidence.scope, 0
        row = rows(organisation, size)
        for number, (first, last) in enumerate([*scope.stretches(organisation, size), (size + 1, size)], start=1):
            if first > passed + 1:
                yield gap_line(passed + 1, first - 1, row)
            if number % GAPS_AT_ONCE == 0:
                row = rows(organisation, size)
            for seq, text, reasons in shown(organisation, first, last, scope.leave_out):
                self.count, self.first, self.last = self.count + 1, self.first or seq, seq
                self.evidence.left_out.update(reasons)
                yield text
            passed = last


def _in_parts(entries: _Shown) -> Iterator[bytearray]:
    """Files of about a quarter of a megabyte, each with whole entries, and each to be read before the next."""
    part = bytearray()
    for text in entries:
        part += text.encode("ascii")
        if len(part) >= PART:
            yield part
            part = bytearray()
    if part:
        yield part


def _earlier(checkpoint: Checkpoint) -> Iterator[str]:
    """The newest checkpoints before it, each with the proof that its entries are those of this one."""
    before = Checkpoint.objects.filter(organisation=checkpoint.organisation, size__lt=checkpoint.size)
    for old in before.order_by("-size")[:MOST_EARLIER]:
        path = [part.hex() for part in consistency(old, checkpoint)]
        yield json.dumps({"checkpoint": old.note, "consistency": path}, separators=(",", ":")) + "\n"


def _origin(checkpoint: Checkpoint) -> str:
    return head_of(parsed(checkpoint.note)).origin


def asked(*, by: str, reason: str, at: dt.datetime) -> dict[str, str]:
    return {"asked_by": by, "reason": reason, "made_at": moment(at)}
