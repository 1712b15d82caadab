"""What time it was, from somebody else (RFC 3161): a checkpoint that has such a token was there by then.

The authority (LEDGER_TSA) is sent a hash of the signed note, and nothing else. Its answer is kept beside the file of
the chain, with the bytes that were hashed, so that `openssl ts -verify` can check it without us.
"""

import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from audit.checkpointing import latest
from audit.no_redirects import opener
from audit.whole_files import write_whole
from audit.witness_files import path_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SECONDS = 10
LONGEST = 65_536
QUERY = {"Content-Type": "application/timestamp-query"}


class NoTimestamp(RuntimeError):
    """No token was kept; the message is one line. The next run tries again."""


def stamp(organisation: int) -> int:
    """Keep a token of the newest checkpoint, and say how many that made. Nothing where no authority is named."""
    path, newest = path_of(organisation), latest(organisation)
    if not settings.LEDGER_TSA or newest is None:
        return 0
    if path is None:
        raise NoTimestamp("LEDGER_TSA is set without LEDGER_WITNESS, the folder where its tokens are kept. Set both.")
    noted = path.with_name(f"{path.stem}.{newest.size}.checkpoint")
    token = noted.with_suffix(".tsr")
    if token.exists():
        return 0
    note = newest.note.encode("utf-8")
    answer = _asked(note)
    try:
        write_whole(noted, note)
        write_whole(token, answer)
    except OSError as error:
        raise NoTimestamp(f"{token} cannot be written: {error.strerror}. See to LEDGER_WITNESS.") from None
    return 1


def _asked(note: bytes) -> bytes:
    """The authority's answer, once it is found to be about this note, new, and signed under the root we know."""
    # Loading it takes a while, and a site that starts needs none of it.
    from rfc3161_client import (  # noqa: PLC0415
        HashAlgorithm,
        TimestampRequestBuilder,
        VerificationError,
        VerifierBuilder,
        decode_timestamp_response,
    )

    query = TimestampRequestBuilder(data=note, hash_algorithm=HashAlgorithm.SHA256).build()
    verifier = VerifierBuilder.from_request(query).add_root_certificate(_root()).build()
    raw = _sent(query.as_bytes())
    try:
        verifier.verify_message(decode_timestamp_response(raw), note)
    except (VerificationError, ValueError):  # the rest of its words may hold anything
        raise NoTimestamp(f"{settings.LEDGER_TSA} gave no timestamp that LEDGER_TSA_ROOT verifies.") from None
    return raw


def _sent(query: bytes) -> bytes:
    asked = urllib.request.Request(settings.LEDGER_TSA, data=query, headers=QUERY)  # noqa: S310 - http or https, by settings
    try:
        with opener.open(asked, timeout=SECONDS) as answer:
            return bytes(answer.read(LONGEST))
    except (OSError, ValueError):
        raise NoTimestamp(f"{settings.LEDGER_TSA} does not answer.") from None


def _root() -> "Certificate":
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415

    try:
        return load_pem_x509_certificate(Path(settings.LEDGER_TSA_ROOT).read_bytes())
    except (OSError, ValueError):
        raise NoTimestamp("Set LEDGER_TSA_ROOT to the file of the authority's root certificate, in PEM.") from None
