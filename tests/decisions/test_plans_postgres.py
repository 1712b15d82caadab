"""Every list finds its rows by the index that was made for it, also as PostgreSQL plans.

It goes by what it counted, so the tables have a thousand rows of twenty teams, past the triggers. With so few it would
rather read a table whole, or put rows in order afterwards: it is told not to where there is another way.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from benchmarks.scale_sql import execute, insert, last, numbers, reference, uuid
from decisions.database import decision_teams, filed_under
from decisions.models import Decision, DecisionFamily, DecisionTeam, FiledUnder
from families.models import Family, FamilyTeam
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient

pytestmark = pytest.mark.postgres

cast, decision = closed.cast, closed.decision
ROWS, TEAMS = 1_000, 20
FILLED = tuple(
    model._meta.db_table for model in (Decision, DecisionFamily, DecisionTeam, FiledUnder, Family, FamilyTeam)
)
INDEX = re.compile(r"(?:Index Scan|Index Only Scan|Bitmap Index Scan)(?: Backward)?(?: using| on) (\w+)")
WHOLE = re.compile(r"Seq Scan on (\w+)")


@pytest.fixture
def many(decision: Decision, cast: Cast) -> Iterator[None]:
    """Copies of one decision and its family. Whole numbers beyond those of the cast stand for other teams."""
    [link] = decision.decision_families.all()
    execute("SET LOCAL session_replication_role = replica")
    execute(f"CREATE TEMPORARY TABLE plan_rows AS SELECT n, n % {TEAMS} AS team FROM ({numbers(ROWS)}) AS numbers")
    teams = f"(CASE s.team WHEN 0 THEN {cast.team.pk} WHEN 1 THEN {cast.other_team_row.pk} ELSE 900000 + s.team END)"
    first, family = last(Decision) + 1, last(Family) + 1
    decided = "src.decided_at - s.n * interval '1 minute'"
    moved = {"id": f"{first} + s.n", "public_id": uuid(), "reference": reference("P", "s.n"), "team_id": teams,
             "author_id": f"900000 + s.team * 4 + s.n / {TEAMS} % 4", "decided_at": decided}  # fmt: skip
    insert(Decision, moved, f"src.id = {decision.pk}", "plan_rows")
    homes = {"id": f"{family} + s.n", "public_id": uuid(), "reference": reference("G", "s.n")}
    insert(Family, homes, f"src.id = {link.family_id}", "plan_rows")
    on = {"id": f"{last(DecisionFamily)} + 1 + s.n", "decision_id": f"{first} + s.n", "family_id": f"{family} + s.n"}
    insert(DecisionFamily, on, f"src.id = {link.pk}", "plan_rows")
    works = {"id": f"{last(FamilyTeam)} + 1 + s.n", "family_id": f"{family} + s.n", "team_id": teams}
    one = FamilyTeam.objects.filter(family=link.family_id)[0].pk
    insert(FamilyTeam, works, f"src.id = {one}", "plan_rows")
    execute(f"DELETE FROM {FiledUnder._meta.db_table}")
    execute(f"DELETE FROM {DecisionTeam._meta.db_table}")
    for statement in (*decision_teams.FILL, *filed_under.FILL):
        execute(statement)
    for table in FILLED:
        execute(f"ANALYZE {table}")
    execute("SET LOCAL session_replication_role = DEFAULT")
    for way in ("seqscan", "bitmapscan", "sort"):
        execute(f"SET LOCAL enable_{way} = off")
    yield
    execute("DROP TABLE plan_rows")


def plans(user: User, address: str, as_user: Callable[[User], PageClient]) -> tuple[set[str], set[str]]:
    """The indexes by which the page's statements are answered, and the filled tables that are read whole."""
    with CaptureQueriesContext(connection) as asked:
        assert as_user(user).get(address).status_code == 200
    lines: list[str] = []
    for query in asked.captured_queries:
        # The chain's lock and its end are asked for in one message, which EXPLAIN does not take.
        if query["sql"].startswith("SELECT") and "pg_advisory" not in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {query['sql']}".replace("%", "%%"))
                lines += [line for (line,) in cursor.fetchall()]
    text = "\n".join(lines)
    return set(INDEX.findall(text)), set(WHOLE.findall(text)) & set(FILLED)


FILED = {"filed_under_newest", "filed_under_of_author"}


def test_each_list_is_answered_by_its_index(cast: Cast, many: None, as_user: Callable[[User], PageClient]) -> None:
    log, author = reverse("decisions:log"), cast.practitioner.public_id
    expected: dict[str, set[str]] = {
        log: {"decision_team_newest", "decision_of_author"},
        f"{log}?before=1700000000000000-5": {"decision_team_newest"},
        f"{log}?after=1700000000000000-5": {"decision_team_newest"},
        f"{log}?outcome=STOPPED": FILED, f"{log}?consent=no": FILED, f"{log}?legal_basis=none": FILED,
        f"{log}?review=DISAGREED": FILED, f"{log}?overdue=sending": FILED,
        f"{log}?author={author}": {"decision_team_of_author"},
        reverse("families:list"): {"family_team_newest"},
        reverse("home"): {"decision_recent"},
    }  # fmt: skip
    missed, whole = {}, {}
    for address, indexes in expected.items():
        found, read_whole = plans(cast.practitioner, address, as_user)
        if indexes - found:
            missed[address] = sorted(indexes - found)
        if read_whole:
            whole[address] = sorted(read_whole)
    assert (missed, whole) == ({}, {})
