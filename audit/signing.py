"""The key that signs checkpoints, in a file outside the database: whoever changes the one need not have the other.

The file holds PEM blocks, the current key first; a second one only while keys are being changed. Beside it, in a file
that ends with `.retired`, stand the public keys that signed earlier checkpoints, one a line: the last part of the
verifier key. Of a key that was lost, that line is put there by hand.
"""

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from audit.tlog.notes import ED25519, BadNote, Note, PublicKey, Signature, decoded, encoded, key_id
from audit.whole_files import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

END = "-----END PRIVATE KEY-----\n"
# The kind of key, and the key.
PUBLIC = 33


class BadKey(RuntimeError):
    """The key cannot be used; the message is one line that says what to do."""


def key_file() -> Path:
    return Path(settings.LEDGER_KEY)


def _retired_file() -> Path:
    return key_file().with_name(f"{key_file().name}.retired")


def private_keys() -> "list[Ed25519PrivateKey]":
    """The current key first. Made on first use."""
    return keys_in(key_file())


def keys_in(path: Path) -> "list[Ed25519PrivateKey]":
    """Those of a file that holds nothing else. Made on first use."""
    if not path.exists():
        try:
            _write(path, _new_key(), anew=True)
        except OSError as error:
            raise BadKey(f"{path} cannot be made ({error.strerror}). Choose another file for the key.") from None
    return _private_keys(path)


def _private_keys(path: Path) -> "list[Ed25519PrivateKey]":
    # Loading it takes a while, and a site that starts needs none of it.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        blocks = [f"{block}{END}".encode() for block in _read(path).split(END)[:-1]]
        keys = [load_pem_private_key(block, password=None) for block in blocks]
    except ValueError:
        keys = []
    found = [key for key in keys if isinstance(key, Ed25519PrivateKey)]
    if not found or len(found) != len(keys):
        raise BadKey(f"{path} does not hold an Ed25519 key. Put the right file there; a backup may have it.")
    return found


def public_keys(name: str) -> list[PublicKey]:
    """Every key that may have signed under this name, the current one first. Empty when there is no key yet."""
    current = _private_keys(key_file()) if key_file().exists() else []
    return [PublicKey(name, key) for key in (*(_public(secret) for secret in current), *_retired())]


def fingerprint() -> str:
    """The digest of the current key, to compare with one that was received separately. The same for every log."""
    return sha256(_public(private_keys()[0])).hexdigest()


def signed(text: str, *, name: str) -> Note:
    """The text as a note with a line of each key: two while keys are being changed."""
    return Note(text, tuple(_signature(secret, text, name) for secret in private_keys()))


def _signature(secret: "Ed25519PrivateKey", text: str, name: str) -> Signature:
    return Signature(name, key_id(name, ED25519, _public(secret)), secret.sign(text.encode()))


def add_new_key() -> None:
    """Put a new key before the current one, unless keys are being changed already."""
    keys = private_keys()
    if len(keys) == 1:
        _write(key_file(), _new_key() + _pem(keys[0]))


def retire_old_keys() -> None:
    """Keep the public half of all but the newest key, and throw the rest of them away."""
    newest, *older = private_keys()
    retired = (*_retired(), *(_public(secret) for secret in older))
    lines = dict.fromkeys(encoded(bytes([ED25519]) + key) for key in retired)
    _write(_retired_file(), "".join(f"{line}\n" for line in lines))
    _write(key_file(), _pem(newest))


def _retired() -> list[bytes]:
    if not _retired_file().exists():
        return []
    try:
        keys = [decoded(line) for line in _read(_retired_file()).split()]
    except BadNote:
        keys = [b""]
    if any(len(key) != PUBLIC or key[0] != ED25519 for key in keys):
        raise BadKey(f"{_retired_file()} must hold the last part of one verifier key a line. Put the right file there.")
    return [key[1:] for key in keys]


def _read(path: Path) -> str:
    try:
        with path.open(encoding="ascii") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise BadKey(f"{path} can be read or changed by others. Run `chmod 600 {path}`.")
            return file.read()
    except OSError as error:
        raise BadKey(f"{path} cannot be read ({error.strerror}). Give it to the user the site runs as.") from None


def _write(path: Path, text: str, *, anew: bool = False) -> None:
    write_whole(path, text.encode("ascii"), anew=anew)


def _new_key() -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return _pem(Ed25519PrivateKey.generate())


def _pem(secret: "Ed25519PrivateKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    pem: bytes = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode("ascii")


def _public(secret: "Ed25519PrivateKey") -> bytes:
    raw: bytes = secret.public_key().public_bytes_raw()
    return raw
