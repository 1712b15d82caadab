"""The evidence of one decision or one family: every entry about it and its parts, and the record to read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string

from audit import leaves, ledger
from audit.evidence.scope import Scope, addresses_left_out, in_stretches, nothing_left_out, numbers_about
from decisions.models import Decision
from decisions.presenters.outcome import outcome_words
from decisions.presenters.record import sections
from families.models import Family
from reflections.models import Reflection, ReflectionReader
from retention.belongings import Kind, Record

STYLE = Path(__file__).with_name("evidence_record.css")
# Why a field of a row is left out: by the row's model, its key and the field's name.
LeftOutFields = Mapping[tuple[str, str, str], str]
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


def pages(
    decisions: Iterable[Decision], *, addresses: bool, left_out: LeftOutFields | None = None
) -> Iterator[tuple[str, str]]:
    for decision in decisions:
        read = Decision.objects.recorded().with_parts().get(pk=decision.pk)
        if left_out:
            hide_fields(read, left_out)
        if not addresses:
            _leave_out_addresses(read)
        context = {
            "decision": read,
            "outcome": outcome_words(read),
            "sections": sections(read),
            "addresses": addresses,
        }
        page = render_to_string("administration/evidence_record.html", context)
        # No page of the site has its style in itself, but this one has to go without the site.
        yield f"{read.reference}.html", page.replace("</head>", f"<style>\n{STYLE.read_text()}</style></head>", 1)


def _leave_out_addresses(decision: Decision) -> None:
    """On the rows that were read, which nobody saves."""
    reached: list[Any] = [*decision.people.all(), *decision.informing_events.all()]
    for row in reached:
        row.safe_contact = ""


def hide_fields(decision: Decision, left_out: LeftOutFields) -> None:
    """On every row that was read with the decision, in place of the words: that they are left out, and why."""
    waiting: list[Any] = [decision]
    seen: set[int] = set()
    while waiting:
        row = waiting.pop()
        if id(row) in seen:
            continue
        seen.add(id(row))
        for subject, key, name in left_out:
            if (subject, key) == (row._meta.label_lower, str(row.pk)):
                value = getattr(row, name)
                gone = f"[Left out: {left_out[subject, key, name]}]"
                setattr(row, name, gone if isinstance(value, str) else type(value)())
        waiting += [found for found in row._state.fields_cache.values() if isinstance(found, Model)]
        for rows in getattr(row, "_prefetched_objects_cache", {}).values():
            waiting += list(rows)
