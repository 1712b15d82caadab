"""Return 404 for every URL about a record closed to the user: of a family they know, or restricted (ADR 0046, 0051).

Querysets leave its rows out of every list. The middleware checks every URL, and every key or reference that is sent, so
that a new page is closed by default. It costs no query for users to whom nothing is closed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from audit.disposal import plain
from audit.statements import models_with
from retention.belongings import MODELS, WAYS, Kind

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{6}")
# Where an officer does a duty: what is restricted to others stays in it, what they have a conflict with does not.
DUTIES = frozenset({"rights", "incidents", "retention"})
DUTY_PAGES = frozenset({"families:who_looked", "decisions:who_looked"})
# A file of everything, whose proof nobody could follow with lines left out: another administrator makes it.
WHOLE = frozenset({"administration:ledger_export"})
# From the row at the end of a way to what is closed, and which of the two.
TO_CLOSED: Mapping[str, tuple[tuple[str, str], ...]] = {
    Kind.DECISION: (("", "decisions"),),
    Kind.URGENT: (("decisions", "decisions"),),
    Kind.FAMILY: (("", "families"),),
    Kind.REQUEST: (("person__family", "families"),),
    Kind.INCIDENT: (("decision", "decisions"), ("further__decision", "decisions")),
    Kind.COPY: (("request__person__family", "families"),),
    Kind.LETTER: (("person__family", "families"),),
}


@dataclass(frozen=True)
class Closed:
    families: frozenset[int]
    decisions: frozenset[int]

    @classmethod
    def to(cls, user: User) -> "Closed":
        return cls(user.closed_families, user.closed_decisions)


class ConflictMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        user = request.user
        if not isinstance(user, User) or not (user.closed_families or user.closed_decisions):
            return
        request.leads_to_closed = partial(_leads_to_closed, request, kwargs, user)  # type: ignore[attr-defined]  # read by the view's guard


def _leads_to_closed(request: HttpRequest, kwargs: Mapping[str, Any], user: User) -> bool:
    match = request.resolver_match
    name, app = (match.view_name, match.namespace) if match else ("", "")
    if name in WHOLE and not user.may_take_whole_log:
        return True
    on_duty = app in DUTIES or name in DUTY_PAGES or name.startswith("decisions:restricted")
    closed = Closed(user.families_closed_on_duty, user.decisions_closed_on_duty) if on_duty else Closed.to(user)
    references = Closed(user.conflict_families, user.conflict_decisions)
    return any(_leads_there(value, closed, references) for value in (*kwargs.values(), *_values(request)))


def _values(request: HttpRequest) -> Iterator[str]:
    """What is sent whole: a key, a reference, or an address. Words that somebody typed are not looked through."""
    for data in (request.GET, request.POST):
        for name, values in data.lists():
            yield from (value for value in values if name == "path" or len(value) <= len(str(UUID(int=0))))


def is_closed_address(path: str, user: User) -> bool:
    """Whether this address leads to what is closed to them: asked of those that a page would offer."""
    closed = Closed.to(user)
    return bool(closed.families or closed.decisions) and _leads_there(path, closed, closed)


def _leads_there(value: object, closed: Closed, references: Closed) -> bool:
    """A reference of what is restricted is not found, as one that does not exist: an own answer would tell of it."""
    text = str(value).strip()
    if REFERENCE.fullmatch(text.upper()):
        models = [item for item in MODELS.items() if any(field.name == "reference" for field in item[1]._meta.fields)]
        return any(_is_closed(model, kind, "pk", {"reference": text.upper()}, references) for kind, model in models)
    return any(
        _is_closed(model, kind, way, {"public_id": key}, closed)
        for key in UUIDS.findall(text)
        for model in models_with(tuple(_kept()), "public_id", UUID(key))
        for kind, way in _kept()[model]
    )


@cache
def _kept() -> Mapping[type[Model], list[tuple[str, str]]]:
    """Every table that goes with a record and whose rows have an address, with the records and the ways to them."""
    ways = [(kind, model, way) for kind, ways in WAYS.items() for model, way in ways]
    ways += [(kind, model, "pk") for kind, model in MODELS.items()]
    found: dict[type[Model], list[tuple[str, str]]] = {}
    for kind, model, way in dict.fromkeys(ways):
        if any(field.name == "public_id" for field in model._meta.fields):
            found.setdefault(model, []).append((kind, way))
    return found


def _is_closed(model: type[Model], kind: str, way: str, row: dict[str, str], closed: Closed) -> bool:
    for end, which in TO_CLOSED[kind]:
        steps = [step for step in ("" if way == "pk" and end else way, end) if step]
        if plain(model).filter(**row, **{f"{'__'.join(steps)}__in": getattr(closed, which)}).exists():
            return True
    return False
