"""Whom a decision was sent to, read by the query of a list itself: `facts.sendings.sendings_of` makes sense of it."""

from typing import Any

from django.db.models import Aggregate, Model, OuterRef, QuerySet, Subquery, TextField


class JoinedKeys(Aggregate):
    """All keys as one text, such as "3 17 17"."""

    name = "JoinedKeys"
    output_field = TextField()
    template = "GROUP_CONCAT(%(expressions)s, ' ')"

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]  # as Django calls it
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ' ')", **extra)


def sending_keys(decisions: type[Model]) -> dict[str, Subquery]:
    """Annotations: the recipients who are given something, who were sent it, and who will not be sent it."""
    return {
        "given_to_keys": _keys(_given(decisions)),
        "sent_to_keys": _keys(_rows(decisions, "sendings")),
        "not_sent_to_keys": _keys(_rows(decisions, "not_sent")),
    }


def not_sent_yet(decisions: type[Model]) -> QuerySet[Any]:
    """What is given to a recipient who has no sending, and no reason why not."""
    return _given(decisions).filter(recipient__sendings=None, recipient__not_sent=None)


def _keys(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("decision").annotate(keys=JoinedKeys("recipient")).values("keys"))


def _rows(decisions: type[Model], name: str) -> QuerySet[Any]:
    rows = decisions._meta.get_field(name).related_model.objects  # type: ignore[union-attr]
    return rows.filter(decision=OuterRef("pk"))  # type: ignore[no-any-return]


def _given(decisions: type[Model]) -> QuerySet[Any]:
    items = decisions._meta.get_field("items").related_model
    cells = items._meta.get_field("grid").related_model.objects  # type: ignore[union-attr]
    return cells.filter(decision=OuterRef("pk"), given=True)  # type: ignore[no-any-return]
