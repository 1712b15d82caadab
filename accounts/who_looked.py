"""The page of who has looked at a record: names and days from the ledger, and no case text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from accounts.models import User
from accounts.namesakes import names_of_colleagues
from accounts.roles import Permission, Role
from audit.reads import HOW, About, InLists, Read, in_lists, reads_of
from ui.newer_older import AFTER, BEFORE, NewestPage, Place

PER_PAGE = 50
NOBODY = "Somebody who runs the site"


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    how: str


@dataclass(frozen=True)
class SeenInLists:
    who: str
    times: int
    last: datetime


@dataclass(frozen=True)
class WhoLooked:
    page: NewestPage[Look]
    seen: Sequence[SeenInLists]
    lists: int
    since: datetime | None


def may_see_who_looked(user: User, organisation: int, teams: frozenset[int]) -> bool:
    """A data protection officer, of all records; a supervisor, of those of these teams that they supervise."""
    if not user.has(Permission.SEE_WHO_LOOKED) or user.organisation_id != organisation:
        return False
    officer = user.organisation_role == Role.DATA_PROTECTION_OFFICER
    return officer or bool(teams & user.team_ids(Role.SUPERVISOR))


def who_looked(organisation: int, about: About, reference: str, query: QueryDict) -> WhoLooked:
    """A page of those who read any of these rows, newest first, and who saw the reference in a list."""
    lists = in_lists(organisation, reference)
    page = _page(organisation, about, query)
    actors = {read.actor for read in page.rows} | {actor for actor, _, _ in lists.people}
    names = names_of_colleagues(actor for actor in actors if actor is not None)
    looks = [Look(read.at, names.get(read.actor or 0, NOBODY), HOW[read.event]) for read in page.rows]
    return WhoLooked(NewestPage(looks, page.newer, page.older), _seen(lists, names), lists.lists, lists.since)


def _seen(lists: InLists, names: dict[int, str]) -> list[SeenInLists]:
    return [SeenInLists(names.get(actor or 0, NOBODY), times, last) for actor, times, last in lists.people]


def _page(organisation: int, about: About, query: QueryDict) -> NewestPage[Read]:
    """One more than a page is read, to know whether there is another."""
    before, after = Place.read(query.get(BEFORE)), Place.read(query.get(AFTER))
    if after:
        newer = reads_of(organisation, about, count=PER_PAGE + 1, after=after.key)
        if len(newer) >= PER_PAGE:
            return _between(newer[-PER_PAGE:], newer=len(newer) > PER_PAGE, older=True)
    rows = reads_of(organisation, about, count=PER_PAGE + 1, before=before.key if before and not after else None)
    return _between(rows[:PER_PAGE], newer=bool(before and not after), older=len(rows) > PER_PAGE)


def _between(rows: list[Read], *, newer: bool, older: bool) -> NewestPage[Read]:
    return NewestPage(
        rows,
        Place(rows[0].at, rows[0].seq) if rows and newer else None,
        Place(rows[-1].at, rows[-1].seq) if rows and older else None,
    )
