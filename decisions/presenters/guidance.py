"""The guidance that stood on the pages when they were answered, and what it says now."""

from dataclasses import dataclass

from decisions.models import Decision, GuidanceSeen
from decisions.presenters.labels import version_words
from decisions.presenters.law_tables import SHORT_HASH
from rules.guidance import Passage, newest, version_of


@dataclass(frozen=True)
class PassageSeen:
    """`seen` is missing where this version's text is not stored; `now` is missing where nothing has changed."""

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
    was, now = version_of(row.passage, row.version), newest(row.passage)
    same_words = was is not None and was.sha256 == row.sha256
    return PassageSeen(
        name=was.title if was else row.passage,
        version=version_words(row.version),
        hash=row.sha256[:SHORT_HASH],
        seen=was if same_words else None,
        now=now if now is not None and now.sha256 != row.sha256 else None,
        gone=now is None,
    )
