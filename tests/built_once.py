"""A scene with which many modules begin: each worker builds it once, and later writes the same rows again.

    @built_once
    def complete_case() -> Case: ...

The scene is built where the database is empty, and whoever asks for it gets objects of their own. It has the moment
at which it was first built, which is why it is built anew on another day.
"""

from collections.abc import Callable, Iterable
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Inspection, Organisation
from accounts.sign_on.models import SignOn
from decisions.database.triggers import EVENTS
from decisions.models import Decision, DecisionTeam, FiledUnder, OpenMatter
from incidents.models import Incident, IncidentDecision, IncidentEvent, IncidentItem, IncidentRecipient
from letters.models import LetterMade, RouteAgreement, SharedLetter, SharedLetterDecision
from reflections.models import Reflection, ReflectionReader
from reviews.models import Assignment, Reply, Review, SecondLook
from rights.models import FamilyCopy, ItemDecision, NamedRecord, RequestEvent, RightsRequest
from search import index
from search.index import Kind
from search.models import SearchRow

Scene = TypeVar("Scene")
# What is pointed at comes first, as far as triggers look at it; foreign keys are checked at the end.
APPS = (
    "accounts", "families", "wording", "decisions", "reviews", "letters", "reflections", "rights", "incidents",
    "emergencies", "retention", "administration", "reminders", "audit",
)  # fmt: skip
# What only a recorded decision has.
LATER: tuple[type[models.Model], ...] = (
    *EVENTS, Review, Reply, Assignment, SecondLook, RouteAgreement, LetterMade, SharedLetter, SharedLetterDecision,
    Reflection, ReflectionReader, Inspection, SignOn,
    RightsRequest, RequestEvent, NamedRecord, ItemDecision, FamilyCopy,
    Incident, IncidentDecision, IncidentItem, IncidentRecipient, IncidentEvent,
)  # fmt: skip


# What the database itself writes when the rest is written.
KEPT_BY_TRIGGERS: tuple[type[models.Model], ...] = (DecisionTeam, OpenMatter, FiledUnder)
Statements = list[tuple[str, Any]]


@dataclass(frozen=True)
class Kept:
    scene: object
    day: date
    rows: list[models.Model]
    found_by: list["FoundBy"]
    # What wrote these rows, once it has: composing it takes as long again.
    statements: Statements = field(default_factory=list)


# By kind, key and organisation, the terms a row is found by, which are no model's.
FoundBy = tuple[Kind, int, int, set[str]]
_kept: dict[str, Kept] = {}


def built_once(build: Callable[[], Scene]) -> Callable[[], Scene]:
    key = f"{build.__module__}.{build.__qualname__}"

    @wraps(build)
    def scene() -> Scene:
        if Organisation.objects.exists():
            return build()
        kept, today = _kept.get(key), timezone.localdate()
        if kept is None or kept.day != today:
            built = build()
            _kept[key] = Kept(deepcopy(built), today, _all_rows(), _all_terms())
            return built
        _write_again(kept)
        for kind, row, organisation, terms in kept.found_by:
            index._put(kind, row, organisation, terms)
        again: Scene = deepcopy(kept.scene)  # type: ignore[assignment]  # kept under the name of what built it
        return again

    return scene


def _all_rows() -> list[models.Model]:
    tables = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    kept = [model for model in tables if model not in KEPT_BY_TRIGGERS]
    return [row for model in kept for row in _plain(model).order_by("pk")]


def _all_terms() -> list[FoundBy]:
    found: list[FoundBy] = []
    for kind in Kind:
        keys = dict(SearchRow.objects.filter(**{f"{kind}__isnull": False}).values_list(f"{kind}_id", "organisation_id"))
        found += [(kind, key, keys[key], set(terms)) for key, terms in index._kept(kind, list(keys)).items()]
    return found


def _write_again(kept: Kept) -> None:
    with transaction.atomic():
        written_again(kept.statements, lambda: _write(kept.rows))


def written_again(statements: Statements, write: Callable[[], None]) -> None:
    """What `write` writes: the first time by it, and later by the statements that it came down to."""
    if statements:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        return
    written: Statements = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        write()
    statements.extend(written)


def _write(rows: list[models.Model]) -> None:
    """Past every action and past the ledger, whose entries are rows among these."""
    recorded = [row for row in rows if isinstance(row, Decision) and not row.is_draft]
    with transaction.atomic():
        _insert(row for row in rows if not isinstance(row, LATER))
        for decision in recorded:
            state = {"state": decision.state, "recorded_at": decision.recorded_at}
            _plain(Decision).filter(pk=decision.pk).update(**state)
        _insert(row for row in rows if isinstance(row, LATER))


def _insert(rows: Iterable[models.Model]) -> None:
    for model, same in groupby(rows, type):
        _plain(model).bulk_create(_as_draft(row) if isinstance(row, Decision) else row for row in same)


def _as_draft(decision: Decision) -> Decision:
    """A decision starts as one, and what belongs to it is written before it is recorded."""
    draft = copy(decision)
    draft.state, draft.recorded_at = Decision.State.DRAFT, None
    return draft


def _plain(model: type[models.Model]) -> "models.QuerySet[models.Model]":
    return models.QuerySet(model)
