"""What a forger with the database in hand does to a copy of a chain: only for the drill (audit/drill.py)."""

import json
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from audit import leaves
from audit.checkpointing import MADE, entered
from audit.drill_copy import sql
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import ED25519, Note, Signature, key_id, parsed
from audit.tlog.tiles import HEIGHT, Growing
from audit.tlog.tree import leaf_hash
from audit.tree_rows import chain_lines

ENTRIES, TILES, CHECKPOINTS = (model._meta.db_table for model in (LedgerEntry, TreeTile, Checkpoint))
HASHED = ("prev_hash", "digests", "content_hash", "entry_hash")
REWRITTEN = 200
Change = Callable[[dict[str, Any]], None]


class Forger:
    """`signed` is how many entries the largest checkpoint has, and `last` the number of the last entry."""

    def __init__(self, organisation: int, last: int, signed: int) -> None:
        self.organisation, self.last, self.signed = organisation, last, signed
        self.middle = signed // 2
        self.first = max(2, signed - REWRITTEN)
        self._of = f"organisation = {int(organisation)} AND"

    @cached_property
    def has_tiles(self) -> bool:
        return TreeTile.objects.filter(organisation=self.organisation).exists()

    def edit(self, column: str, value: str) -> int:
        sql(f"UPDATE {ENTRIES} SET {column} = %s WHERE {self._of} seq = {self.middle}", value)  # noqa: S608 - our names
        return self.middle

    def delete(self) -> int:
        sql(f"DELETE FROM {ENTRIES} WHERE {self._of} seq = {self.middle}")  # noqa: S608
        return self.middle

    def insert(self) -> int:
        """A copy of an entry after it, and all later ones renumbered."""
        names = ", ".join(field.column for field in LedgerEntry._meta.concrete_fields if field.column != "seq")
        sql(f"UPDATE {ENTRIES} SET seq = seq + 1 WHERE {self._of} seq > {self.middle}")  # noqa: S608
        sql(
            f"INSERT INTO {ENTRIES} (seq, {names}) "  # noqa: S608
            f"SELECT seq + 1, {names} FROM {ENTRIES} WHERE {self._of} seq = {self.middle}"
        )
        return self.middle + 1

    def swap(self) -> int:
        first, second = self.middle, self.middle + 1
        sql(f"UPDATE {ENTRIES} SET seq = {first + second} - seq WHERE {self._of} seq IN ({first}, {second})")  # noqa: S608
        return first

    def blank(self) -> int:
        """Of its first leaf the nonce alone: the value may stay, for nobody can verify it any more."""
        dashes = f"'{leaves.BLANKED}' || substr(nonces, {leaves.NONCE + 1})"
        sql(f"UPDATE {ENTRIES} SET nonces = {dashes} WHERE {self._of} seq = {self.middle}")  # noqa: S608
        return self.middle

    def rewrite(self) -> int:
        """Another event in one entry, and every hash from there on made again. What was signed stays."""
        self._rewritten(self.first, self._forged)
        return self.first

    def cut(self) -> int:
        sql(f"DELETE FROM {ENTRIES} WHERE {self._of} seq >= {self.signed}")  # noqa: S608
        return self.signed

    def sign_again(self) -> int:
        """The chain, the tiles, the checkpoint and its own entry all agree; only the key is another one."""
        self.rewrite()
        found = Checkpoint.objects.get(organisation=self.organisation, size=self.signed)
        root = self._grown()
        note = signed_by_another(Head(head_of(parsed(found.note)).origin, self.signed, root))
        values = f"root = %s, note = %s WHERE {self._of} size = {self.signed}"
        sql(f"UPDATE {CHECKPOINTS} SET {values}", root, note)  # noqa: S608

        def says_so(row: dict[str, Any]) -> None:
            if row["event"] == MADE and row["additional_data"].get("size") == self.signed:
                row["additional_data"] = entered(self.signed, root, note)

        self._rewritten(self.signed + 1, says_so)
        return self.first

    def change_tile(self) -> int:
        tile = TreeTile.objects.filter(organisation=self.organisation, level=0).order_by("index")[0]
        forged = bytes(tile.hashes)[:-1] + bytes([bytes(tile.hashes)[-1] ^ 1])
        sql(f'UPDATE {TILES} SET hashes = %s WHERE {self._of} level = 0 AND "index" = {tile.index}', forged)  # noqa: S608
        return 1

    def restore(self) -> int:
        """As an old backup: what came after an earlier checkpoint, or half of it, was never there."""
        made = LedgerEntry.objects.filter(organisation=self.organisation, event=MADE, seq__lte=self.signed)
        upto = made.order_by("-seq").values_list("seq", flat=True).first() or self.middle
        sql(f"DELETE FROM {ENTRIES} WHERE {self._of} seq > {upto}")  # noqa: S608
        sql(f"DELETE FROM {CHECKPOINTS} WHERE {self._of} size > {upto}")  # noqa: S608
        sql(f'DELETE FROM {TILES} WHERE {self._of} ("index" + 1) << ({HEIGHT} * (level + 1)) > {upto}')  # noqa: S608
        return upto + 1

    def rewrite_all(self) -> int:
        """No entry says any more that a checkpoint was made, and none is left."""
        for table in (CHECKPOINTS, TILES):
            sql(f"DELETE FROM {table} WHERE organisation = {int(self.organisation)}")  # noqa: S608
        made = LedgerEntry.objects.filter(organisation=self.organisation, event=MADE)
        first = min(self.first, made.order_by("seq").values_list("seq", flat=True).first() or self.first)
        self._rewritten(first, self._forged)
        return first

    def _forged(self, row: dict[str, Any]) -> None:
        if row["seq"] == self.first or (row["event"] == MADE and not self._is_signed()):
            row["event"] = "ledger.exported"

    def _is_signed(self) -> bool:
        return Checkpoint.objects.filter(organisation=self.organisation).exists()

    def _rewritten(self, first: int, change: Change) -> None:
        columns = ("event", "additional_data", *HASHED)
        assignments = ", ".join(f"{column} = %s" for column in columns)
        for row in self._sealed(first, change):
            values = [row["event"], json.dumps(row["additional_data"]), *(row[column] for column in HASHED)]
            sql(f"UPDATE {ENTRIES} SET {assignments} WHERE {self._of} seq = {row['seq']}", *values)  # noqa: S608

    def _sealed(self, first: int, change: Change) -> Iterator[dict[str, Any]]:
        entries = LedgerEntry.objects.filter(organisation=self.organisation, seq__gte=first - 1).order_by("seq")
        before, *rows = [dict(row) for row in entries.values(*leaves.COLUMNS)]
        head = before["entry_hash"]
        for row in rows:
            change(row)
            row["prev_hash"] = head
            seal(row)
            head = row["entry_hash"]
            yield row

    def _grown(self) -> bytes:
        """The root of what is there now; its full tiles are written over the old ones."""
        tree = Growing()
        for line in chain_lines(self.organisation, 0, self.signed):
            for tile in tree.add(leaf_hash(line)):
                place = f'level = {tile.level} AND "index" = {tile.index}'
                values = (b"".join(tile.hashes), tile.root)
                sql(f"UPDATE {TILES} SET hashes = %s, root = %s WHERE {self._of} {place}", *values)  # noqa: S608
        return tree.root()


def seal(row: dict[str, Any]) -> None:
    """Every hash of the row made again from its columns. A blanked leaf keeps its digest, as it must."""
    nonces, digests = leaves.split(row["nonces"], leaves.NONCE), leaves.split(row["digests"], leaves.DIGEST)
    named = zip(nonces, leaves.values(row).items(), digests, strict=True)
    made = [
        digest if nonce == leaves.BLANKED else leaves.digest(leaves.leaf(nonce, name, value))
        for nonce, (name, value), digest in named
    ]
    row["digests"], row["content_hash"] = "".join(made), leaves.content_hash(made)
    line = leaves.chain_line(row["organisation"], row["seq"], row["recorded_at"], row["prev_hash"], row["content_hash"])
    row["entry_hash"] = leaves.digest(line)


def signed_by_another(head: Head) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - slow to load

    secret = Ed25519PrivateKey.generate()
    key = key_id(head.origin, ED25519, secret.public_key().public_bytes_raw())
    return str(Note(str(head), (Signature(head.origin, key, secret.sign(str(head).encode())),)))
