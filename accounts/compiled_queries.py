"""Queries that Django compiles to SQL once per process (ADR 0023), for pages that everybody opens all day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from accounts.compiled_figures import Compiled, Value, checked, placeholders, with_values
from accounts.models import User
from accounts.roles import TEAM_ROLES, Permission, Role, permissions_of
from audit.statements import Statement, read, statement_of

Row = TypeVar("Row", bound=Model)
# What the parameters are compiled with. No row has a negative key.
FIRST_KEY = -(10**12)
CLOSED = ("closed_families", "closed_decisions", "families_closed_on_duty", "decisions_closed_on_duty")


@dataclass(frozen=True)
class UserShape:
    """What the SQL itself depends on: a user's roles, and the number of their teams and of what is closed to them."""

    is_active: bool
    roles: frozenset[Role]
    teams: tuple[tuple[Role | None, int], ...]
    # How many families and decisions are closed to them: most people have none.
    closed: tuple[int, ...]

    @classmethod
    def of(cls, user: User) -> "UserShape":
        counts = ((role, len(user.team_ids(role))) for role in (None, *sorted(TEAM_ROLES)))
        return cls(user.is_active, user.roles, tuple(counts), tuple(len(getattr(user, name)) for name in CLOSED))


class PlaceholderUser:
    """Takes the place of any user of one shape while a query is compiled."""

    def __init__(self, shape: UserShape) -> None:
        self._shape = shape
        self.is_active = shape.is_active
        self.pk, self.organisation_id = FIRST_KEY, FIRST_KEY + 1
        self._teams: dict[Role | None, frozenset[int]] = {}
        free = FIRST_KEY + 2
        for role, count in shape.teams:
            self._teams[role] = frozenset(range(free, free + count))
            free += count
        for name, count in zip(CLOSED, shape.closed, strict=True):
            setattr(self, name, frozenset(range(free, free + count)))
            free += count
        # Never an inspector, whose queries are not compiled: each has a period and days of their own.
        self.inspection = None

    def has(self, permission: Permission) -> bool:
        return permission in permissions_of(self._shape.roles)

    def team_ids(self, role: Role | None = None) -> frozenset[int]:
        return self._teams[role]

    def values(self, user: User) -> dict[Any, Any]:
        """Map each placeholder to the value it has for this user."""
        found = {self.pk: user.pk, self.organisation_id: user.organisation_id}
        for role, keys in self._teams.items():
            found |= zip(keys, user.team_ids(role), strict=True)
        for name in CLOSED:
            found |= zip(getattr(self, name), getattr(user, name), strict=True)
        return found


class CompiledQuery(Generic[Row]):
    """`build` makes the queryset from a user, from days or times and from keys, and from nothing else.

    It is called once for each shape of a user, with placeholders. A day that it worked out by itself would stay in
    the SQL for ever, so that is refused.
    """

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]]) -> None:
        self._model, self._build = model, build
        self._compiled: dict[tuple[str, bool, UserShape], Compiled | None] = {}

    def rows(self, user: User, *values: Value) -> list[Row]:
        """As list() of the queryset for this user. Asks nothing where a list of keys is empty."""
        if user.is_inspector:
            return list(self._build(user, *values))
        found = self._statement(user, values)
        return read(self._model, *found) if found else []

    def count(self, user: User, *values: Value) -> int:
        """As count() of the queryset for this user."""
        if user.is_inspector:
            return self._build(user, *values).count()
        found = self._statement(user, values, counting=True)
        if found is None:
            return 0
        _, sql, params = found
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS counted", params)  # noqa: S608 - of Django
            return int(cursor.fetchone()[0])

    def between(self, first: int, end: int, user: User, *values: Value) -> list[Row]:
        """As list(rows[first:end]) of the queryset for this user."""
        if user.is_inspector:
            return list(self._build(user, *values)[first:end])
        found = self._statement(user, values)
        if found is None:
            return []
        statement, sql, params = found
        return read(self._model, statement, f"{sql} LIMIT %s OFFSET %s", [*params, end - first, first])

    def _statement(
        self, user: User, values: tuple[Value, ...], *, counting: bool = False
    ) -> tuple[Statement, str, list[Any]] | None:
        if [] in values:
            return None
        shape, places = UserShape.of(user), placeholders(values)
        key = (connection.vendor, counting, shape)
        if key not in self._compiled:
            rows = self._build(cast("User", PlaceholderUser(shape)), *places)
            self._compiled[key] = _compiled(rows.order_by() if counting and not rows.query.is_sliced else rows)
        compiled = self._compiled[key]
        if compiled is None:
            return None
        real = PlaceholderUser(shape).values(user)
        sql, params = with_values(compiled, places, values, real)
        return compiled.statement, sql, params


def _compiled(rows: "QuerySet[Any]") -> Compiled | None:
    """None where nothing could be found."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        params = compiler.as_sql()[1]
    except EmptyResultSet:
        return None
    return Compiled(statement_of(compiler), checked(params))
