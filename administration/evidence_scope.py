"""The evidence of one decision or one family: every entry about it and its parts, and the record to read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from administration.evidence_record import LeftOutFields, pages
from audit import leaves, ledger
from audit.evidence.scope import Scope, addresses_left_out, in_stretches, nothing_left_out, numbers_about
from decisions.models import Decision
from families.models import Family
from reflections.models import Reflection, ReflectionReader
from retention.belongings import Kind, Record

# A reflection is its author's own, and no part of the record.
PRIVATE = (Reflection, ReflectionReader)


@dataclass(frozen=True)
class About:
    """A decision, or a family with the decisions about it, of one organisation."""

    words: str
    organisation: int
    reference: str
    family: Family | None
    decisions: tuple[Decision, ...]

    def records(self) -> Iterator[Record]:
        if self.family:
            yield Record(Kind.FAMILY, self.family)
        for decision in self.decisions:
            yield Record(Kind.DECISION, decision)
            yield from Record(Kind.DECISION, decision).with_it()

    def rows(self) -> dict[type[Model], set[Any]]:
        found: dict[type[Model], set[Any]] = defaultdict(set)
        for record in self.records():
            found[type(record.row)].add(record.row.pk)
            for model, keys in record.rows():
                found[model].update(keys)
        return {model: keys for model, keys in found.items() if model not in PRIVATE}


def of_decision(decision: Decision) -> About:
    return About(f"Decision {decision.reference}", decision.organisation_id, decision.reference, None, (decision,))


def of_family(family: Family) -> About:
    recorded = Decision.objects.recorded().filter(decision_families__family=family).order_by("reference").distinct()
    words = f"Family {family.reference} and the decisions about it"
    return About(words, family.organisation_id, family.reference, family, tuple(recorded))


def enter_made(about: About, *, by: ledger.Actor, at: datetime) -> None:
    """On each record, so that whoever asks who has looked at it finds that its evidence left."""
    with ledger.recording(actor=by, at=at):
        if about.family:
            ledger.append("family.evidence_made", organisation=about.organisation, obj=about.family)
        for decision in about.decisions:
            ledger.append("decision.evidence_made", organisation=about.organisation, obj=decision)


def scope_of(about: About, *, addresses: bool, left_out: LeftOutFields | None = None) -> Scope:
    """Readable copies of its decisions come with it; what is left out is left out of both."""
    rows, fields = about.rows(), left_out or {}
    otherwise = nothing_left_out if addresses else addresses_left_out

    def leave_out(row: leaves.Row, name: str) -> str:
        key = (row["subject"] or "", str(row["object_pk"]), name.removeprefix("changes:"))
        return fields.get(key, "") or otherwise(row, name)

    return Scope(
        about.words,
        [about.organisation],
        lambda organisation, size: in_stretches(numbers_about(organisation, rows, size)),
        filter={"reference": about.reference},
        leave_out=leave_out,
        pages=lambda: pages(about.decisions, addresses=addresses, left_out=fields),
    )
