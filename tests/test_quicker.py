"""What is done once for all queries of a run says the same as what Django does each time."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils import translation

from accounts.models import Membership, Team, User
from tests import composed_once
from tests.quicker import convert_query

pytestmark = pytest.mark.sqlite

CURSOR: Any = None  # nothing but the query is looked at


@pytest.mark.parametrize(
    ("query", "written"),
    [("SELECT %s, %s", "SELECT ?, ?"), ("SELECT '%%' || %s", "SELECT '%' || ?"), ("SELECT 1", "SELECT 1")],
)
def test_a_query_is_written_as_sqlite_reads_it(query: str, written: str) -> None:
    assert convert_query(CURSOR, query) == convert_query(CURSOR, query) == written


def test_a_named_parameter_keeps_its_name() -> None:
    assert convert_query(CURSOR, "SELECT %(a)s", param_names=["a"]) == "SELECT :a"


def test_a_thread_has_a_connection_and_a_language_of_its_own() -> None:
    found: list[object] = []
    with translation.override("cy"):
        thread = Thread(target=lambda: found.extend((connections["default"], translation.get_language())))
        thread.start()
        thread.join()
        assert translation.get_language() == "cy"
    assert found[0] is not connections["default"]
    assert found[1] == "en-gb"
    assert connection.vendor == connections["default"].vendor


def asked_of(model: type[Model]) -> Iterator[QuerySet[Any]]:
    """One table asked in every way that its columns and its order could be told from a plain query's."""
    rows: QuerySet[Any] = QuerySet(model)
    pk = model._meta.pk.attname
    first, *_, last = [field.attname for field in model._meta.concrete_fields]
    yield from (rows, rows.order_by("pk"), rows.order_by("-pk"), rows.reverse(), rows.order_by(f"-{last}", first))
    yield from (rows.order_by(), rows.defer(last), rows.only("pk"), rows.values(last), rows.distinct().order_by(last))
    yield from (rows.annotate(more=Value(1)).order_by("more"), rows.annotate(more=Count("pk")), rows.order_by("?"))
    yield from (rows.filter(Exists(rows.filter(pk=OuterRef("pk")))), rows.filter(pk__in=rows.order_by("-pk")[:2]))
    both = rows.order_by().union(rows.order_by())
    yield from (both, both.order_by(pk), rows.select_related(), rows.alias(more=Value(1)))
    yield from (rows.order_by(field.name) for field in model._meta.concrete_fields if field.is_relation)


def composed(rows: QuerySet[Any]) -> tuple[Any, ...]:
    compiler = rows.query.clone().get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([one[0] for one in compiler.select])
    named = {place: converter for place, (converter, _) in converters.items()}
    info = compiler.klass_info and [compiler.klass_info[name] for name in ("model", "select_fields")]
    return sql, params, info, compiler.annotation_col_map, compiler.col_count, repr(named)


def test_what_is_composed_once_is_what_django_composes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [rows for model in (Membership, Team, User) for rows in asked_of(model)]
    found = [composed(rows) for rows in asked for _ in range(2)]
    for name in ("get_select", "get_order_by", "get_converters"):
        monkeypatch.setattr(SQLCompiler, name, getattr(composed_once, f"_{name}"))
    assert found == [composed(rows) for rows in asked for _ in range(2)]
    assert len(asked) > 50


def test_a_question_of_no_table_is_answered(db: None) -> None:
    """As Django asks whether a row keeps its constraints before it is saved."""
    assert Q(one=1).check({"one": 1})
    assert not Q(one=1).check({"one": 2})
