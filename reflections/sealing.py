"""A digest of a reflection's words, which the ledger holds in their place. Pure.

The salt is new at every saving and is kept with the words alone. Whoever has only the ledger cannot try guesses, and
once the words are deleted nobody can.
"""

import hashlib
import json
import os
from collections.abc import Mapping

SALT_BYTES = 16


def new_salt() -> str:
    return os.urandom(SALT_BYTES).hex()


def digest_of(public_id: str, salt: str, words: Mapping[str, str]) -> str:
    """SHA-256 of ASCII JSON with sorted keys, so that both engines give the same."""
    sealed = json.dumps([salt, public_id, dict(words)], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(sealed.encode("ascii")).hexdigest()
