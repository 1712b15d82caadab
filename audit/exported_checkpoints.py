"""Checkpoints that were kept outside the database: one file, in which one note may follow another."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from audit import origins, signing
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import BadNote, Verifier, several, signed_by


class BadFile(ValueError):
    """The file says nothing that can be relied on; the message is one line that says why."""


def read(path: Path, *, witnesses: Collection[Verifier] = ()) -> dict[int, list[Head]]:
    """The size and root in each, by chain, once a known key is found to have signed it, and one of these witnesses."""
    try:
        notes = several(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from None
    except (BadNote, UnicodeDecodeError) as error:
        raise BadFile(f"{path} holds no checkpoints: {error}.") from None
    if not notes:
        raise BadFile(f"{path} holds no checkpoints: it is empty.")
    found: dict[int, list[Head]] = defaultdict(list)
    for number, note in enumerate(notes, start=1):
        try:
            head = head_of(note)
            signed_by(note, signing.public_keys(head.origin))
            if witnesses:
                signed_by(note, witnesses)
        except BadNote as error:
            raise BadFile(f"{path}, checkpoint {number}: {error}.") from None
        organisation = origins.chain_of(head.origin)
        if organisation is None or head.size == 0:
            raise BadFile(f"{path}, checkpoint {number}: {head.origin} is no log of this site, or has no entries.")
        found[organisation].append(head)
    return found
