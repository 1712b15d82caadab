"""Answering what was shared about somebody: reading it, and making the letter. A letter that was made never changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision
from families.models import Person
from letters import content as contents
from letters.about import decisions_about, newest_first, parts_about, reader_on
from letters.leaving import MayNotLeave, leaving_of, why_it_may_not_leave
from letters.letting_through import let_through, speaker_in
from letters.models import RouteAgreement, SharedLetter, SharedLetterDecision
from rules.explanation.facts import Choices, Explanation
from rules.explanation.refusals import NOTHING_LEFT
from rules.explanation.several import explain_several, is_included
from rules.explanation.together import Part


def read_what_was_shared(*, person: Person, by: User, at: datetime) -> None:
    """Enter in the ledger that somebody read what was shared about a person, before it is shown."""
    _enter("person.shared_read", person, by, at)


def preview_shared_letter(*, person: Person, by: User, at: datetime) -> None:
    """Enter in the ledger that somebody looked at what such a letter would hold, before it is shown."""
    _enter("person.shared_letter_previewed", person, by, at)


def make_shared_letter(
    *,
    person: Person,
    choices: Choices,
    language: str,
    output_format: str,
    route: str,
    submission_id: UUID,
    by: User,
    at: datetime,
) -> SharedLetter:
    """Make the letter from what was sent by now, and keep it by value with the hash of its bytes.

    It tells of the decisions that its author may see and that this person may be told of now, each judged on its own.
    Submitting the same form twice makes one. Raises ValidationError where nothing may be told, and MayNotLeave where
    the letter must not go by this route, which is entered in the ledger; Http404 for whoever may not change the family.
    """
    try:
        with ledger.recording(actor=by, at=at):
            reader = _locked(person, by)
            existing: SharedLetter | None = SharedLetter.objects.filter(person=reader, public_id=submission_id).first()
            if existing:
                return existing
            decisions = newest_first(decisions_about(reader, by).select_for_update())
            parts = parts_about(decisions, reader, timezone.localdate(at))
            explanation = _explanation(parts, choices, language, reader.organisation_id)
            row = SharedLetter(
                public_id=submission_id, organisation_id=reader.organisation_id, person=reader,
                version=str(choices.version), layout=str(choices.layout), language=language, format=output_format,
                route=route, left_out=len(explanation.left_out), written_by=by, written_at=at,
                content=contents.of_explanation(explanation, parts[0].explained.organisation),
            )  # fmt: skip
            about = [decision for decision, part in zip(decisions, parts, strict=True) if is_included(part, choices)]
            return _kept(row, about, by, at)
    except MayNotLeave:
        _enter("person.shared_letter_refused", person, by, at, route=route)
        raise


def open_shared_letter(*, letter: SharedLetter, by: User, at: datetime) -> str:
    """Enter in the ledger that a letter was opened, before it is shown, or was refused. Why it may not leave, if so."""
    refused = why_it_may_not_leave(leaving_of(letter, at=at))
    event = "person.shared_letter_refused" if refused else "person.shared_letter_opened"
    _enter(event, letter.person, by, at, letter=letter.pk)
    return refused


def _locked(person: Person, by: User) -> Person:
    require(by, Permission.EDIT_FAMILIES)
    found: Person | None = Person.objects.editable_by(by).select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise Http404
    return found


def _explanation(parts: list[Part], choices: Choices, language: str, organisation: int) -> Explanation:
    explanation = explain_several(parts, choices, speaker_in(language, choices, organisation), language)
    if not explanation.sections:
        raise ValidationError(NOTHING_LEFT)
    return explanation


def _kept(row: SharedLetter, about: list[Decision], by: User, at: datetime) -> SharedLetter:
    usable = RouteAgreement.objects.usable_by(by, at).filter(decision__in=about, person__person=row.person)
    let_through(row, usable, at)
    row.save()
    for decision in about:
        SharedLetterDecision(
            organisation_id=row.organisation_id, letter=row, decision=decision, person=reader_on(decision, row.person)
        ).save()
    details = _details(row, about)
    ledger.append("person.shared_letter_made", organisation=row.organisation_id, obj=row.person, details=details)
    return row


def _details(row: SharedLetter, about: list[Decision]) -> dict[str, Any]:
    """By row numbers and never by name."""
    return {
        "letter": row.pk, "decisions": [decision.pk for decision in about], "version": row.version,
        "layout": row.layout, "language": row.language, "format": row.format, "route": row.route,
        "agreement": row.agreement_id, "sha256": row.sha256, "left_out": row.left_out,
    }  # fmt: skip


def _enter(event: str, person: Person, by: User, at: datetime, **details: int | str) -> None:
    require(by, Permission.SEE_DECISIONS)
    require(by, Permission.SEE_FAMILIES)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=person.organisation_id, obj=person, details=details)
