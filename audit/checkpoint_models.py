"""The tables of the transparency log: full tiles, and the checkpoints that were signed. Append-only, as the chain is.

Both can be made again from the entries, and `verify_ledger` does: what they say is never taken for true.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from audit.tlog.tiles import BYTES
from audit.tlog.tree import HASH


def _bytes(field: str, length: int) -> "models.lookups.Exact[int]":
    return Exact(Length(field), length)


class TreeTile(models.Model):
    """256 hashes of a level, and the root over them, from which the level above is made."""

    organisation = models.BigIntegerField()
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    objects: ClassVar["models.Manager[TreeTile]"] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["organisation", "level", "index"], name="tree_tile_place"),
            models.CheckConstraint(condition=_bytes("hashes", BYTES), name="tree_tile_full"),
            models.CheckConstraint(condition=_bytes("root", HASH), name="tree_tile_root"),
        ]


class Checkpoint(models.Model):
    """What was signed: that this chain had so many entries, and their root."""

    organisation = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField(help_text="The signed note, as it was given away.")
    made_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Checkpoint]"] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["organisation", "size"], name="checkpoint_size"),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="checkpoint_of_something"),
            models.CheckConstraint(condition=_bytes("root", HASH), name="checkpoint_root"),
        ]
