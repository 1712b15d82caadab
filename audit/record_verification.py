"""Compare every closed row with what its entries say it is: altered, missing and additional rows.

See docs/adr/0047-records-are-compared-with-the-audit-log.md.
The chain shows that the entries are as they were written; this shows that the rows are as the entries have them.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, QuerySet

from audit import closed_rows
from audit.closed_rows import Values
from audit.compared_tables import Table, compared
from audit.ledger_triggers import DISPOSED
from audit.models import AuditedModel, hides_values
from audit.reading import chains
from audit.row_history import CREATE, DELETE, IS_BLANKED, TABLE, History, histories

PAGE = 500
# So often is asked again about a row that is changed while it is compared.
TRIES = 5
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
Audited = type[AuditedModel]
# A field, or an empty text, and what is wrong.
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """The kind of row, its reference and public id, the field if it is one, and never a value."""

    organisation: int
    kind: str
    reference: str
    public_id: str
    field: str
    what: str

    @property
    def record(self) -> str:
        return ", ".join(filter(None, [self.reference, self.public_id]))

    def __str__(self) -> str:
        field = f", {self.field}" if self.field else ""
        return f"differs at organisation {self.organisation} {self.kind} {self.record}{field}: {self.what}"

    @property
    def in_words(self) -> str:
        """For somebody who knows the form and not the tables."""
        kind = str(apps.get_model(self.kind)._meta.verbose_name)
        field = f", “{self.field.replace('_', ' ')}”" if self.field else ""
        return f"{kind[:1].upper()}{kind[1:]} {self.reference}{field}: {self.what}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many rows were compared, and the first difference found."""

    rows: int
    kinds: int
    first: Difference | None

    @property
    def figures(self) -> str:
        return f"{self.rows} records of {self.kinds} kinds"


def compare(organisation: int | None = None, *, processes: int = 1) -> Comparison:
    """The rows of every organisation, or of one. It stops at the first difference.

    On PostgreSQL, many are compared in so many processes; a page of the site has one.
    """
    labels = [model._meta.label_lower for model in closed_rows.closed_models()]
    tables = [
        (each, label) for each in (organisations() if organisation is None else [organisation]) for label in labels
    ]
    entries = sum(chain.last for chain in chains(organisation)) if processes > 1 else 0
    checked, first = 0, None
    with closing(compared(_walked, tables, entries, processes)) as found:
        for rows, first in found:
            checked += rows
            if first:
                break
    return Comparison(checked, len(labels), first)


def _walked(table: Table) -> tuple[int, Difference | None]:
    organisation, label = table
    walk = Walk(organisation, apps.get_model(label))
    first = walk.run()
    return walk.checked, first


def organisations() -> list[int]:
    """Those that are there, and those that have entries only."""
    key: Any = next(
        field for field in closed_rows.closed_models()[0]._meta.concrete_fields if field.name == "organisation"
    )
    rows: QuerySet[Model] = QuerySet(key.related_model)
    present: set[int] = set(rows.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT organisation FROM {TABLE} WHERE organisation <> 0")  # noqa: S608 - our own name
        return sorted(present | {row[0] for row in cursor.fetchall()})


class Walk:
    """A walk through one table's rows of one organisation."""

    def __init__(self, organisation: int, model: Audited) -> None:
        self.organisation, self.model = organisation, model
        self.subject = model._meta.label_lower
        self.checked = 0

    def run(self) -> Difference | None:
        for page in closed_rows.pages(self.model, self.organisation, PAGE):
            if found := next(filter(None, map(self.certain, self.in_doubt(page))), None):
                return found
            self.checked += len(page)
        return self.missing()

    def in_doubt(self, page: dict[int, Values]) -> list[int]:
        """The rows to look at one by one: hardly ever any."""
        try:
            found = histories(self.organisation, self.subject, list(page))
            doubtful = [key for key, values in page.items() if self.fault(found[key], values)]
            looked_at = [key for key, history in found.items() if not history.is_whole] if self.hides else []
        except UNREADABLE:
            return list(page)
        looked_at = list(page) if self.recomputes else looked_at
        return doubtful + [row.pk for row in self.rows(looked_at) if self.fault_of(row, found[row.pk])]

    @property
    def hides(self) -> bool:
        return self.model.ledger_hides_values is not AuditedModel.ledger_hides_values

    @property
    def recomputes(self) -> bool:
        return self.model.ledger_recomputed is not AuditedModel.ledger_recomputed

    def rows(self, keys: Sequence[int]) -> Iterator[AuditedModel]:
        """Whole rows, with those that say whether they are drafts."""
        keys_of_parents = (field for field in self.model._meta.concrete_fields if isinstance(field, ForeignKey))
        parents = [field.name for field in keys_of_parents if _may_be_draft(field.related_model)]
        plain: QuerySet[AuditedModel] = QuerySet(self.model)
        yield from plain.filter(pk__in=keys).prefetch_related(*parents)

    def certain(self, key: int) -> Difference | None:
        """What is wrong with one row, if nobody changed it while it was read."""
        for _ in range(TRIES):
            try:
                before = histories(self.organisation, self.subject, [key])[key]
                values = closed_rows.row_values(self.model, key, self.organisation)
                found = self.fault(before, values) or self.fault_of(next(self.rows([key]), None), before)
                if before == histories(self.organisation, self.subject, [key])[key]:
                    return self.difference(key, before, *found) if found else None
            except UNREADABLE:
                return self.difference(key, History(), "", "an entry about it cannot be read")
        return None

    def fault(self, history: History, values: Values | None) -> Fault | None:
        """The field and what is wrong with it, of a row and all that is entered about it."""
        if values is None:
            return ("", "it is missing") if history.is_there and not history.is_blanked else None
        if history.is_blanked:
            return "", "it is there, although the audit log says that it was disposed of"
        if not history.is_there:
            return "", "it is there, but the audit log does not say that it was made"
        if not history.is_whole:
            return None  # a draft, if it is one
        expected = history.expected | (self.after_disposal() if history.is_skeleton else {})
        if expected == values:
            return None
        names = sorted(name for name in expected.keys() | values.keys() if expected.get(name) != values.get(name))
        return names[0], "it is not what the audit log says"

    def after_disposal(self) -> Values:
        return closed_rows.in_ledger_form(self.model, self.model.ledger_after_disposal() or {})

    def fault_of(self, row: AuditedModel | None, history: History) -> Fault | None:
        """What only a whole row says."""
        if row is None:
            return None
        if self.hides and not history.is_whole and not hides_values(row):
            return "", "it is no draft, but its values were never entered"
        for name, value in row.ledger_recomputed().items():
            if history.expected.get(name) != value:
                return name, "it is not of what the row has now"
        return None

    def missing(self) -> Difference | None:
        with connection.cursor() as cursor:
            cursor.execute(_missing(self.model), [self.organisation, self.subject])
            gone = cursor.fetchone()
        return self.certain(int(gone[0])) if gone else None

    def difference(self, key: int, history: History, field: str, what: str) -> Difference:
        public_id = history.values.get("public_id") or ""
        reference = history.reference or f"row {key}"
        return Difference(self.organisation, self.subject, reference, public_id, field, what)


def _may_be_draft(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, AuditedModel) and model.ledger_hides_values is not NEVER


NEVER = AuditedModel.ledger_hides_values


def _missing(model: type[Model]) -> str:
    """SQL: the first entry that made a row of this table which is not there, though no entry says where it went.

    The sum keeps the planner from walking the whole chain in its order.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    later = "d.organisation = e.organisation AND d.subject = e.subject AND d.object_pk = e.object_pk AND d.seq > e.seq"
    return (
        f"SELECT e.object_pk FROM {TABLE} e LEFT JOIN {table} r ON r.{key} = e.object_id "  # noqa: S608 - our own names
        f"AND r.organisation_id = e.organisation WHERE e.organisation = %s AND e.subject = %s AND r.{key} IS NULL "
        f"AND (e.action = {int(CREATE)} AND NOT {IS_BLANKED} OR e.event = '{DISPOSED}' AND e.changes <> '{{}}') "
        f"AND NOT EXISTS (SELECT 1 FROM {TABLE} d WHERE {later} AND d.action = {int(DELETE)}) "
        "ORDER BY e.seq + 0 LIMIT 1"
    )
