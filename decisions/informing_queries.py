"""Who is still to be informed, as parts of the queries in `queries` and `log_filters`.

It takes the model, because the models themselves import `queries`.
"""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet, Subquery


def informing_events_due(decisions: type[Model], day: date) -> QuerySet[Any]:
    """What was last recorded of each person of a decision, where its review date has come, the earliest first.

    A later row about the person closes it, unless that is an attempt without a day of its own. The same as
    facts.informing says of each person.
    """
    informing_events = decisions._meta.get_field("informing_events").related_model.objects  # type: ignore[union-attr]
    later = informing_events.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    later = later.exclude(informing_state="ATTEMPTED", informing_review_on=None)
    due = informing_events.filter(~Exists(later), decision=OuterRef("pk"), informing_review_on__lte=day)
    return due.exclude(informing_closing="NEVER_BY_US").order_by("informing_review_on", "pk")  # type: ignore[no-any-return]


def informing_due_by(decisions: type[Model], day: date) -> dict[str, Subquery]:
    """Annotations: the earliest such day, and `informing_handed_over` where somebody else informs them."""
    due = informing_events_due(decisions, day)
    handed_over = Q(informing_state="DELEGATED") | Q(informing_closing="HANDED_OVER")
    return {
        "informing_due_on": Subquery(due.values("informing_review_on")[:1]),
        "informing_handed_over": Subquery(due.values(handed=ExpressionWrapper(handed_over, BooleanField()))[:1]),
    }
