"""Rows that the database closes, in the form in which the ledger has their values.

See docs/adr/0047-records-are-compared-with-the-audit-log.md.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from auditlog.diff import get_field_value, is_primitive
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models
from django.db.models import Model
from django.utils.encoding import smart_str

from audit import triggers
from audit.models import AuditedModel, zoned
from audit.serialising import moment, serialise

Values = dict[str, Any]
# The name of a field, and what makes the ledger's form of its value.
Formed = tuple[str, Callable[[Any], Any]]


def closed_models() -> list[type[AuditedModel]]:
    """Every model of which each change is an entry, in the order of their apps: whose rows triggers keep, or which says
    that it is compared all the same."""
    guarded = triggers.closed_tables()
    found = (model for model in apps.get_models() if issubclass(model, AuditedModel))
    return [model for model in found if model._meta.db_table in guarded or model.ledger_compared]


def entered_values(row: AuditedModel, names: Iterable[str] = ()) -> dict[str, list[Any]]:
    """All values of a row, or those named, as its creation would enter them: what is empty is left out.

    As auditlog.diff.model_instance_diff(None, row), which looks at every relation of the model first.
    """
    wanted = frozenset(names)
    fields = [field for field in entered_fields(type(row)) if not wanted or wanted & {field.name, field.attname}]
    held = {field.name: _value(row, field) for field in fields}
    return zoned(row, {name: (None, value) for name, value in held.items() if value is not None})


def _value(row: Model, field: "models.Field[Any, Any]") -> Any:
    value = get_field_value(row, field, use_json_for_changes=True)  # type: ignore[no-untyped-call]
    return value if is_primitive(value) else smart_str(value)


@cache
def entered_fields(model: type[Model]) -> tuple["models.Field[Any, Any]", ...]:
    """The columns that the ledger has."""
    names = set(auditlog.get_model_fields(model)["include_fields"])
    return tuple(field for field in model._meta.concrete_fields if field.name in names)


def pages(model: type[AuditedModel], organisation: int, size: int) -> Iterator[dict[int, Values]]:
    """The rows of an organisation by key, a page at a time, in the order of their keys."""
    after = -1
    while page := _read(model, size, organisation_id=organisation, pk__gt=after):
        yield page
        after = max(page)


def row_values(model: type[AuditedModel], key: int, organisation: int) -> Values | None:
    return _read(model, 1, organisation_id=organisation, pk=key).get(key)


def _read(model: type[AuditedModel], size: int, **which: Any) -> dict[int, Values]:
    fields = entered_fields(model)
    # Past the model's own manager, which may hide rows.
    plain: models.QuerySet[AuditedModel] = models.QuerySet(model)
    rows = plain.filter(**which).order_by("pk").values_list("pk", *(field.attname for field in fields))
    formed = _formed(fields)
    return {key: _entered(formed, values) for key, *values in rows[:size]}


def in_ledger_form(model: type[Model], values: dict[str, Any]) -> Values:
    """These values by column, as `pages` has them."""
    fields = [field for field in entered_fields(model) if field.attname in values]
    return _entered(_formed(fields), [values[field.attname] for field in fields])


def _entered(formed: Iterable[Formed], values: Iterable[Any]) -> Values:
    return {name: form(value) for (name, form), value in zip(formed, values, strict=True) if value is not None}


def _formed(fields: Iterable["models.Field[Any, Any]"]) -> list[Formed]:
    """Asked once for many rows."""
    return [(field.name, moment if isinstance(field, models.DateTimeField) else serialise) for field in fields]
