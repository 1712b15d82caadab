"""The columns and the order of plain queries, composed once a run: a third of what composing a query takes.

A plain query asks for every column of one table, and orders by columns of it. All else Django composes each time.
Nothing here changes what is asked: tests/test_quicker.py compares.
"""

from typing import Any

from django.db.models.sql.compiler import SQLCompiler

Select = tuple[list[Any], list[int]]
_get_select, _get_order_by, _get_converters = (
    SQLCompiler.get_select, SQLCompiler.get_order_by, SQLCompiler.get_converters
)  # fmt: skip
_selects: dict[tuple[object, ...], Select] = {}
_orders: dict[tuple[object, ...], list[Any]] = {}
_converters: dict[tuple[object, ...], dict[int, Any]] = {}
EVERY_COLUMN = (frozenset[str](), True)


def _plain(compiler: Any) -> tuple[object, ...] | None:
    """What the columns of a plain query depend on: None for any other."""
    query = compiler.query
    if (
        not query.default_cols
        or query.selected is not None
        or query.select_related
        or query.deferred_loading != EVERY_COLUMN
        or query.extra
        or query.annotation_select
        or query.combinator
        or query.model is None
        or query.model._meta.parents
    ):
        return None
    return compiler.connection.alias, compiler.connection.vendor, query.model, query.get_initial_alias()


def get_select(self: Any, with_col_aliases: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
    key = None if with_col_aliases else _plain(self)
    self._plain_key = key
    if key is None:
        return _get_select(self, with_col_aliases=with_col_aliases)
    if key not in _selects:
        select, info, _ = _get_select(self)
        _selects[key] = list(select), list(info["select_fields"]) if info else []
    columns, fields = _selects[key]
    return list(columns), {"model": self.query.model, "select_fields": list(fields)}, {}


def get_order_by(self: Any) -> list[Any]:
    query, key = self.query, getattr(self, "_plain_key", None)
    if key is None or query.extra_order_by or query.annotations:
        return _get_order_by(self)
    ordering = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    if not _of_its_own(query.model, ordering):
        return _get_order_by(self)
    if query.default_ordering and not query.order_by and ordering:
        self._meta_ordering = ordering
    key = (*key, query.standard_ordering, tuple(ordering))
    if key not in _orders:
        _orders[key] = list(_get_order_by(self))
    return list(_orders[key])


def _of_its_own(model: Any, ordering: Any) -> bool:
    """Whether all it orders by are columns of the table itself, which need no other table."""
    own = {"pk", *(field.attname for field in model._meta.concrete_fields)}
    return all(isinstance(name, str) and name.removeprefix("-") in own for name in ordering)


def get_converters(self: Any, expressions: list[Any]) -> dict[int, Any]:
    key = getattr(self, "_plain_key", None)
    if key is None or len(expressions) != len(_selects[key][0]) or expressions[0] is not _selects[key][0][0][0]:
        return _get_converters(self, expressions)
    if key not in _converters:
        _converters[key] = _get_converters(self, expressions)
    return _converters[key]


def compose_once() -> None:
    """Once, from tests/quicker.py."""
    for ours in (get_select, get_order_by, get_converters):
        setattr(SQLCompiler, ours.__name__, ours)
