"""Shorthand for database constraints."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, Q, Value
from django.db.models.functions import Trim
from django.db.models.lookups import Exact


def says(field: str) -> Q:
    """True when the column has something other than spaces."""
    return ~Q(Exact(Trim(field), Value("")))


def not_blank(field: str, name: str) -> CheckConstraint:
    return CheckConstraint(condition=says(field), name=name)


def one_of(field: str, values: Iterable[str], name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q((f"{field}__in", list(values))), name=name)
