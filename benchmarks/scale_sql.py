"""The SQL by which benchmarks/scale_fill.py writes many rows, on either database."""

from collections.abc import Iterable

from django.db import connection, models


def indexes_dropped(models_: Iterable[type[models.Model]]) -> list[str]:
    """What makes the indexes again that are no constraint: made once over all rows, they are made faster."""
    tables = ", ".join(f"'{model._meta.db_table}'" for model in models_)
    found = (
        f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({tables}) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        if postgres()
        else f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})"
    )
    with connection.cursor() as cursor:
        cursor.execute(found)
        rows = cursor.fetchall()
    rows = [(name, made) for name, made in rows if "UNIQUE" not in made]
    for name, _ in rows:
        execute(f'DROP INDEX "{name}"')
    return [made for _, made in rows]


def insert(model: type[models.Model], values: dict[str, str], where: str, series: str) -> None:
    """The rows of this table that `where` names, once for each row `s` of the series, with other values."""
    columns = [field.column for field in model._meta.concrete_fields]
    named = ", ".join(f'"{column}"' for column in columns)
    chosen = ", ".join(values.get(column, f'src."{column}"') for column in columns)
    execute(f"INSERT INTO {model._meta.db_table} ({named}) SELECT {chosen} FROM {model._meta.db_table} src "
             f"CROSS JOIN {series} s WHERE {where}")  # fmt: skip


def numbered(table: str, keys: list[int]) -> None:
    rows = ", ".join(f"({n}, {key})" for n, key in enumerate(keys))
    execute(f"CREATE TEMPORARY TABLE {table} (n integer PRIMARY KEY, id bigint)")
    execute(f"INSERT INTO {table} VALUES {rows}")


def last(model: type[models.Model]) -> int:
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True)
    return int(next(iter(newest[:1]), 0))


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def postgres() -> bool:
    return connection.vendor == "postgresql"


def numbers(count: int) -> str:
    if postgres():
        return f"SELECT n FROM generate_series(0, {count - 1}) AS n"
    return f"WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {count - 1}) SELECT n FROM c"


def uuid() -> str:
    return "gen_random_uuid()" if postgres() else "lower(hex(randomblob(16)))"


def reference(letter: str, number: str) -> str:
    return f"'{letter}-' || to_hex({number}::bigint)" if postgres() else f"'{letter}-' || printf('%x', {number})"


def earlier_time(column: str) -> str:
    if postgres():
        return f"{column} - s.days * interval '1 day' - (s.n % 1000) * interval '1 second'"
    back = "'-' || s.days || ' days', '-' || (s.n % 1000) || ' seconds'"
    return f"datetime({column}, {back}) || substr({column}, 20)"


def earlier_day(column: str) -> str:
    return f"{column} - s.days" if postgres() else f"date({column}, '-' || s.days || ' days')"
