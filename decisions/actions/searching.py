"""A search is entered in the ledger, and so is what it showed. Opening a record and its details are entries of theirs.

The words are in no entry: they are names and case text. Nor is a digest of them, which could be found by trying names.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger


def enter_search(*, characters: int, words: int, by: User, at: datetime) -> None:
    """Before anything is looked for, so that a search that finds nothing is entered too."""
    _enter("records.searched", {"characters": characters, "words": words}, by=by, at=at)


def show_results(
    *, people: Iterable[int], records: Mapping[str, Iterable[str]], similar: bool, by: User, at: datetime
) -> None:
    """The references of what is about to be shown, by kind. A person has none, so theirs is the key of the row."""
    references = {kind: ", ".join(found) for kind, found in records.items()}
    shown: dict[str, int | str | bool] = {"people": ", ".join(map(str, people)), **references, "similar": similar}
    _enter("records.results_shown", shown, by=by, at=at)


def _enter(event: str, details: dict[str, int | str | bool], *, by: User, at: datetime) -> None:
    require(by, Permission.SEE_FAMILIES)
    require(by, Permission.SEE_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=by.organisation_id, details=details)
