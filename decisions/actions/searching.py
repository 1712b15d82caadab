"""A search is entered in the ledger, and so is what it showed. Opening a record and its details are entries of theirs.

The words are in no entry: they are names and case text. Nor is a digest of them, which could be found by trying names.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger


def enter_search(*, characters: int, words: int, by: User, at: datetime) -> None:
    """Before anything is looked for, so that a search that finds nothing is entered too."""
    with _entering(by, at):
        details = {"characters": characters, "words": words}
        ledger.append("records.searched", organisation=by.organisation_id, details=details)


def show_results(
    *, people: Iterable[int], records: Mapping[str, Iterable[str]], similar: bool, by: User, at: datetime
) -> None:
    """The references of what is about to be shown, by kind. A person has none, so theirs is the key of the row."""
    shown: dict[str, Iterable[int | str]] = {"people": people, **records}
    with _entering(by, at):
        ledger.append_list("records.results_shown", organisation=by.organisation_id, shown=shown, similar=similar)


@contextmanager
def _entering(by: User, at: datetime) -> Iterator[None]:
    require(by, Permission.SEE_FAMILIES)
    require(by, Permission.SEE_DECISIONS)
    with ledger.recording(actor=by, at=at):
        yield
