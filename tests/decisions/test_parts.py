"""audit/parts.py reads what Django's own prefetch reads, in one query a table."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from decisions.models import Decision, DecisionItem
from decisions.queries import PARTS
from drafting.draft import PARTS as DRAFT_PARTS
from tests.decisions.cases import Case, twin_of

PATHS = sorted({*PARTS, *DRAFT_PARTS})


def along(rows: list[Any], path: str) -> list[Any]:
    """Every object at the end of the path, in the order in which it is found."""
    for name in path.split("__"):
        rows = [
            found
            for row in rows
            for value in [getattr(row, name)]
            for found in ([value] if value is None or isinstance(value, models.Model) else value.all())
        ]
    return rows


def values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} if row else {}


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("path", PATHS)
def test_same_rows_as_prefetch_related(closed: Case, path: str) -> None:
    wanted = [closed.decision.pk, twin_of(closed.decision).pk]
    decisions = Decision.objects.filter(pk__in=wanted).order_by("pk")
    ours, djangos = list(decisions.with_related(path)), list(decisions.prefetch_related(path))
    with CaptureQueriesContext(connection) as more:
        found = along(ours, path)
    assert [values(row) for row in found] == [values(row) for row in along(djangos, path)]
    assert not more.captured_queries


def test_some_of_those_rows_exist(closed: Case) -> None:
    """The comparison above would also hold of empty tables."""
    empty = {path for path in PATHS if not along([closed.again()], path)}
    assert not empty & {"people", "items__about", "items__not_disclosed_to", "items__grid", "provisions", "sendings"}


def test_one_query_a_table(closed: Case) -> None:
    twin_of(closed.decision)
    with CaptureQueriesContext(connection) as queries:
        list(Decision.objects.order_by("pk").with_related("items__about", "items__grid"))
    assert len(queries) == 4  # the decisions, their items, and two tables below the items


def test_every_row_knows_its_parent_and_its_decision(closed: Case) -> None:
    decision = closed.again()
    with CaptureQueriesContext(connection) as queries:
        for item in decision.items.all():
            assert item.decision is decision
            assert all(row.item is item and row.decision is decision for row in item.about.all())
    assert not queries.captured_queries


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("path", PATHS)
def test_a_further_filter_is_the_relations_own(closed: Case, path: str) -> None:
    before, _, name = path.rpartition("__")
    found = [Decision.objects.with_related(path).get(pk=closed.decision.pk)]
    plain = [Decision.objects.get(pk=closed.decision.pk)]
    rows = zip(along(found, before), along(plain, before), strict=True) if before else zip(found, plain, strict=True)
    for ours, djangos in rows:
        relation = getattr(ours, name)
        if hasattr(relation, "filter"):
            again = getattr(djangos, name).filter(pk__gt=0)
            assert str(relation.filter(pk__gt=0).query) == str(again.query)
            assert relation.all()._known_related_objects == again._known_related_objects


def test_a_further_filter_asks_about_this_decision_alone(closed: Case) -> None:
    twin_of(closed.decision)
    decision = closed.again()
    wanted = DecisionItem.objects.filter(decision=decision).exclude(text="").count()
    assert decision.items.exclude(text="").count() == wanted < DecisionItem.objects.count()


def test_no_decisions_cost_no_more(closed: Case) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(Decision.objects.filter(pk=-1).with_related(*PATHS)) == []
    assert len(queries) == 1


def test_tables_that_have_nothing_are_not_read(closed: Case) -> None:
    """One query says which have something; of the others nothing is asked, and `all()` says so without a query."""
    responses, people = (
        Decision._meta.get_field(name).related_model._meta.db_table  # type: ignore[union-attr]
        for name in ("responses", "people")
    )
    with CaptureQueriesContext(connection) as queries:
        decision = Decision.objects.with_parts().get(pk=closed.decision.pk)
        assert along([decision], "responses") == []
    asked = [query["sql"] for query in queries.captured_queries if responses in query["sql"]]
    assert len(asked) == 1
    assert people in asked[0]
