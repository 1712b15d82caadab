"""Everybody who wrote a decision that somebody sees, under each name they had, without reading those decisions.

The index of `DecisionTeam` by author is read from one name to the next: as many steps as there are names, however many
decisions have them. Django has no such query, so it is SQL.
"""

from django.db.models import Min
from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.roles import Permission, Role
from decisions.models import Decision, DecisionFamily, DecisionTeam
from families.models import FamilyTeam

ROWS = DecisionTeam._meta.db_table
NEXT = (
    "SELECT r.{{column}} FROM {rows} r WHERE r.team_id = %s AND r.own = {own} AND r.organisation_id = %s"
    "{known}{after} ORDER BY r.author_id, r.author_name, r.decision_id LIMIT 1"
)
AFTER = " AND (r.author_id, r.author_name) > (x.author_id, x.author_name)"
KNOWN = (
    f" AND NOT COALESCE((SELECT TRUE FROM {DecisionFamily._meta.db_table} f WHERE f.decision_id = r.decision_id AND "
    f"NOT COALESCE((SELECT TRUE FROM {FamilyTeam._meta.db_table} w WHERE w.family_id = f.family_id "
    "AND w.team_id IN ({teams}) LIMIT 1), FALSE) LIMIT 1), FALSE)"
)
# `x` is the row found before: from there to the next name. Its columns are asked for one by one: SQLite would read the
# whole table to join it once more, and has no way to take several of a row that each step looks for.
FOUND = ("author_id", "author_name", "decision_id")
STEPS = (
    f"{{name}}({', '.join(FOUND)}) AS (SELECT {{first}} UNION ALL "
    "SELECT {then} FROM {name} x WHERE x.decision_id IS NOT NULL)"
)
MINE = (
    f"SELECT decision_id FROM (SELECT d.id AS decision_id FROM {Decision._meta.db_table} d WHERE d.author_id = %s "
    "AND d.state = 'recorded' ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) AS mine"
)


def first_of_each_name(user: User) -> RawSQL | list[int]:
    """Keys of one decision for each name of each author of what this person sees; of their own, the newest."""
    if not user.has(Permission.READ_DECISIONS):
        return []
    if user.inspection is not None:
        seen = Decision.objects.recorded().visible_to(user).order_by().values("author_id", "author_name")
        return list(seen.annotate(first=Min("pk")).values_list("first", flat=True))
    known_to = sorted(user.team_ids(Role.PRACTITIONER))
    walks = [_walk(user, team, "TRUE", []) for team in user.team_ids()]
    walks += [_walk(user, team, "FALSE", known_to) for team in known_to]
    steps = ", ".join(sql.format(name=f"walk{number}") for number, (sql, _) in enumerate(walks))
    found = [f"SELECT decision_id FROM walk{number} WHERE decision_id IS NOT NULL" for number, _ in enumerate(walks)]
    sql = " UNION ALL ".join([*found, MINE])
    params = [param for _, used in walks for param in used]
    return RawSQL(f"WITH RECURSIVE {steps} {sql}" if walks else sql, [*params, user.pk])  # noqa: S611 - of our own


def _walk(user: User, team: int, own: str, known_to: list[int]) -> tuple[str, list[int]]:
    known = KNOWN.format(teams=", ".join(["%s"] * len(known_to))) if known_to else ""
    first, then = (
        ", ".join(
            f"({NEXT.format(rows=ROWS, own=own, known=known, after=after).format(column=name)})" for name in FOUND
        )
        for after in ("", AFTER)
    )
    each = [team, user.organisation_id, *known_to]
    return STEPS.format(name="{name}", first=first, then=then), each * 2 * len(FOUND)
