"""The guidance that pages showed when they were answered, and its current version."""

from dataclasses import dataclass

from decisions.models import Decision, GuidanceSeen
from decisions.presenters.labels import version_words
from decisions.presenters.law_tables import SHORT_HASH
from rules.guidance import Passage, newest, version_of


@dataclass(frozen=True)
class PassageSeen:
    """`seen` is None if the text of this version is not stored; `now` is None if nothing has changed."""

    name: str
    version: str
    hash: str
    seen: Passage | None
    now: Passage | None
    gone: bool = False


def seen_on(decision: Decision) -> list[PassageSeen]:
    """Each passage once, however many pages showed it. Needs the prefetched rows."""
    rows = {(row.passage, row.version): row for row in decision.guidance_seen.all()}
    return [_seen(row) for row in rows.values()]


def _seen(row: GuidanceSeen) -> PassageSeen:
    passage, now = version_of(row.passage, row.version), newest(row.passage)
    same_words = passage is not None and passage.sha256 == row.sha256
    return PassageSeen(
        name=passage.title if passage else row.passage,
        version=version_words(row.version),
        hash=row.sha256[:SHORT_HASH],
        seen=passage if same_words else None,
        now=now if now is not None and now.sha256 != row.sha256 else None,
        gone=now is None,
    )
