"""The record of a decision as one page, to be read without the site: beside the entries that prove it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string

from decisions.models import Decision
from decisions.presenters.chronology import chronology
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import person_names
from decisions.presenters.record import sections
from decisions.queries import PARTS
from decisions.views.found import FROM_APPS_ABOVE
from letters.models import LetterMade, SharedLetter
from retention.belongings import Kind, Record

STYLE = Path(__file__).with_name("evidence_record.css")
# Why a field of a row is left out: by the row's model, its key and the field's name.
LeftOutFields = Mapping[tuple[str, str, str], str]


def pages(
    decisions: Iterable[Decision], *, addresses: bool, left_out: LeftOutFields | None = None
) -> Iterator[tuple[str, str]]:
    """By file name. What is left out of the entries is left out of it, with the reason in its place."""
    for decision in decisions:
        read = Decision.objects.recorded().with_related(*PARTS, *FROM_APPS_ABOVE).get(pk=decision.pk)
        # A letter about several decisions is evidence of none of them alone.
        shared = [found.row for found in Record(Kind.DECISION, read).with_it() if found.kind == Kind.LETTER]
        hide_fields([read, *shared], left_out or {})
        if not addresses:
            _leave_out_addresses(read)
        context = {
            "decision": read,
            "outcome": outcome_words(read),
            "sections": sections(read),
            "chronology": chronology(read),
            "reviews": sorted(read.reviews.all(), key=lambda review: review.round),
            "look": getattr(read, "second_look", None),
            "letters": list(_letters(read, shared)),
            "addresses": addresses,
        }
        page = render_to_string("administration/evidence_record.html", context)
        # No page of the site has its style in itself, but this one has to go without the site.
        yield f"{read.reference}.html", page.replace("</head>", f"<style>\n{STYLE.read_text()}</style></head>", 1)


def _letters(decision: Decision, shared: list[Any]) -> Iterator[tuple[str, LetterMade | SharedLetter]]:
    names = person_names(decision)
    for letter in decision.letters_made.all():
        yield f"Letter to {names.get(letter.person_id or 0) or 'the requester'}", letter
    for letter in shared:
        yield "Letter about this decision", letter


def hide_fields(rows: Iterable[Model], left_out: LeftOutFields) -> None:
    """On these rows and every row that was read with them, in place of the words: that they are left out, and why."""
    waiting: list[Any] = list(rows) if left_out else []
    seen: set[int] = set()
    while waiting:
        row = waiting.pop()
        if id(row) in seen:
            continue
        seen.add(id(row))
        for (subject, key, name), why in left_out.items():
            if (subject, key) == (row._meta.label_lower, str(row.pk)):
                setattr(row, name, _instead_of(getattr(row, name), f"[Left out: {why}]"))
        waiting += [found for found in row._state.fields_cache.values() if isinstance(found, Model)]
        for found in getattr(row, "_prefetched_objects_cache", {}).values():
            waiting += list(found)


def _instead_of(value: Any, words: str) -> Any:
    if isinstance(value, str):
        return words
    if isinstance(value, dict) and "sections" in value:  # a letter
        return {"title": words, "sections": [{"heading": "", "blocks": [{"text": words}]}]}
    return type(value)()


def _leave_out_addresses(decision: Decision) -> None:
    """On the rows that were read, which nobody saves."""
    reached: list[Any] = [*decision.people.all(), *decision.informing_events.all()]
    for row in reached:
        row.safe_contact = ""
