"""Every list finds its decisions by an index: SQLite says how it would answer each statement of a page.

Tables that are there once for a person, a team or the law may be read whole; those with rows for each decision may not.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.cast import Cast
from tests.decisions import closed
from tests.in_turn import in_turn
from tests.pages import PageClient

# The plan is read from SQLite; benchmarks/scale.py prints PostgreSQL's.
pytestmark = pytest.mark.sqlite

cast, decision = closed.cast, closed.decision
GROWS = {model._meta.db_table for app in ("decisions", "reviews", "families", "letters", "reflections")
         for model in apps.get_app_config(app).get_models()}  # fmt: skip
# Few even on the largest site, or of one draft. Each is named with why.
SMALL = {
    "decisions_lawnotice",  # what officers say about the law
    "decisions_urgentrecord",  # sharing that could not wait
}
NAMED = re.compile(r'(?:FROM|JOIN) "?(\w+)"?(?: (?:AS )?"?(?!INNER|LEFT|WHERE|ON|ORDER|GROUP|LIMIT)(\w+)"?)?')
# A Bloom filter is made of the whole table.
SCANNED = re.compile(r"(?:SCAN|BLOOM FILTER ON) (\w+)")
LOG = ("before=1700000000000000-5", "after=1700000000000000-5", "consent=no", "outcome=SHARED_ALL_NECESSARY",
       "legal_basis=none", "outcome=not_sent", "review=DISAGREED", "overdue=anything", "recipient=other")  # fmt: skip


def scanned(statement: str) -> set[str]:
    """Tables that SQLite would read from beginning to end for this statement."""
    tables = {alias or table: table for table, alias in NAMED.findall(statement)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = [row[-1] for row in cursor.fetchall()]
    return {tables.get(name, name) for line in plan for name in SCANNED.findall(line)} & GROWS - SMALL


def pages(cast: Cast) -> Iterator[tuple[User, str]]:
    for user in (cast.practitioner, cast.supervisor):
        yield user, reverse("home")
        yield user, reverse("families:list")
        for query in ("", *in_turn(LOG)):
            yield user, f"{reverse('decisions:log')}?{query}"
    yield cast.practitioner, f"{reverse('decisions:log')}?author={cast.practitioner.public_id}"
    yield cast.supervisor, reverse("reviews:queue")
    yield cast.supervisor, f"{reverse('reviews:queue')}?show=mine"
    for user in (cast.supervisor, cast.officer):
        for name in ("dashboard", "decisions", "pack"):
            yield user, f"{reverse(f'reports:{name}')}?weeks=52"


def test_no_list_reads_a_growing_table_whole(
    cast: Cast, decision: object, as_user: Callable[[User], PageClient]
) -> None:
    whole, planned, clients = {}, set[str](), dict[User, PageClient]()
    for user, address in pages(cast):
        client = clients.get(user) or clients.setdefault(user, as_user(user))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        for query in asked.captured_queries:
            if not query["sql"].startswith("SELECT") or query["sql"] in planned:
                continue
            planned.add(query["sql"])
            if tables := scanned(query["sql"]):
                whole[address, *sorted(tables)] = query["sql"]
    assert whole == {}


def test_a_statement_that_reads_everything_is_noticed(decision: object) -> None:
    """Or the test above would prove nothing."""
    every = 'SELECT "decisions_decision"."id" FROM "decisions_decision" WHERE "decisions_decision"."facts" = \'x\''
    assert scanned(every) == {"decisions_decision"}
    assert scanned('SELECT U0."id" FROM "decisions_decision" U0 WHERE U0."facts" = \'x\'') == {"decisions_decision"}
