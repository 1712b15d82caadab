"""Making letters about one decision, and opening them. A letter that was made never changes."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from audit.parts import read_parts
from decisions.actions.locks import locked_to_add_to
from decisions.models import Decision, DecisionPerson, DecisionRecipient
from decisions.presenters.decline_letter import decline_letter
from decisions.queries import PARTS
from letters import content as contents
from letters.assembly import explanation_facts
from letters.leaving import MayNotLeave, leaving_of, why_it_may_not_leave
from letters.letting_through import let_through, speaker_in
from letters.models import LetterMade, RouteAgreement
from rules.explanation.facts import Choices, Explanation
from rules.explanation.languages import Language
from rules.explanation.letter import explain
from rules.explanation.refusals import NOTHING_LEFT, why_no_letter
from rules.explanation.versions import Layout, Version
from ui.moments import moment


def preview_letter(*, decision: Decision, person: DecisionPerson, by: User, at: datetime) -> None:
    """Enter in the ledger that somebody looked at what a person's letter would hold, before it is shown."""
    _enter("decision.explanation_previewed", decision, by, at, person=person.pk)


def make_letter(
    *,
    decision: Decision,
    person: DecisionPerson,
    choices: Choices,
    language: str,
    output_format: str,
    route: str,
    submission_id: UUID,
    by: User,
    at: datetime,
) -> LetterMade:
    """Make a person's letter from what was sent by now, and keep it by value with the hash of its bytes.

    Submitting the same form twice makes one. Raises ValidationError where there is nothing to explain to this person,
    and MayNotLeave where the letter must not go by this route, which is entered in the ledger; Http404 for whoever may
    not add to the decision.
    """
    with _entering_refusal(decision, by, at, person=person.pk, route=route), ledger.recording(actor=by, at=at):
        locked = locked_to_add(decision, by)
        existing: LetterMade | None = LetterMade.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        reader = next((row for row in locked.people.all() if row.pk == person.pk), None)
        if reader is None:
            raise Http404
        explanation = _explanation(locked, reader, choices, language, at)
        row = LetterMade(
            public_id=submission_id, person=reader, kind=LetterMade.Kind.EXPLANATION, version=str(choices.version),
            layout=str(choices.layout), language=language, format=output_format, route=route,
            left_out=len(explanation.left_out),
            content=contents.of_explanation(explanation, locked.organisation_name),
        )  # fmt: skip
        return _made(row, locked, by, at, "decision.explanation_made")


def make_decline_letter(*, decision: Decision, submission_id: UUID, by: User, at: datetime) -> LetterMade:
    """Make the PDF of the letter that declines a request. Http404 where nothing is declined."""
    with ledger.recording(actor=by, at=at):
        locked = locked_to_add(decision, by)
        existing: LetterMade | None = LetterMade.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        letter = decline_letter(locked)
        if letter is None:
            raise Http404
        row = LetterMade(
            public_id=submission_id, person=None, kind=LetterMade.Kind.DECLINE, version=str(Version.ADULT),
            layout=str(Layout.STANDARD), language=str(Language.ENGLISH), format=LetterMade.Format.PDF,
            left_out=len(letter.left_out),
            content=contents.of_decline(letter, moment(timezone.localdate(at)), locked.organisation_name),
        )  # fmt: skip
        return _made(row, locked, by, at, "decision.decline_letter_made")


def open_letter(*, letter: LetterMade, by: User, at: datetime) -> str:
    """Enter in the ledger that a letter was opened, before it is shown, or was refused. Why it may not leave, if so."""
    refused = why_it_may_not_leave(leaving_of(letter, at=at))
    event = "decision.letter_refused" if refused else "decision.letter_opened"
    _enter(event, letter.decision, by, at, letter=letter.pk)
    return refused


def open_referral(*, decision: Decision, recipient: DecisionRecipient, by: User, at: datetime) -> None:
    """Enter in the ledger that a text for a recipient's form was made, before it is shown."""
    require(by, Permission.RECORD_DECISIONS)
    _enter("decision.referral_text_made", decision, by, at, recipient=recipient.pk)


def locked_to_add(decision: Decision, by: User) -> Decision:
    """The decision, locked and read with its parts, if this person may add to it. Http404 otherwise."""
    locked = locked_to_add_to(decision, by)
    read_parts([locked], PARTS)
    return locked


def _explanation(
    decision: Decision, person: DecisionPerson, choices: Choices, language: str, at: datetime
) -> Explanation:
    explained = explanation_facts(decision, person, timezone.localdate(at))
    refused = why_no_letter(explained)
    if refused:
        raise ValidationError(refused)
    say = speaker_in(language, choices, decision.organisation_id)
    explanation = explain(explained, choices, say, language)
    if not explanation.sections:
        raise ValidationError(NOTHING_LEFT)
    return explanation


def _made(row: LetterMade, decision: Decision, by: User, at: datetime, event: str) -> LetterMade:
    """Every letter leaves through here: the gate is asked, and the hash of its bytes is in the ledger."""
    row.organisation_id, row.decision, row.written_by, row.written_at = decision.organisation_id, decision, by, at
    usable = RouteAgreement.objects.usable_by(by, at).of(decision).filter(person=row.person)
    let_through(row, usable, at)
    row.save()
    ledger.append(event, organisation=decision.organisation_id, obj=decision, details=_details(row))
    return row


@contextmanager
def _entering_refusal(decision: Decision, by: User, at: datetime, *, person: int, route: str) -> Iterator[None]:
    """A letter that must not leave is in the ledger too, although nothing else is left of the attempt."""
    try:
        yield
    except MayNotLeave:
        _enter("decision.letter_refused", decision, by, at, person=person, route=route)
        raise


def _details(row: LetterMade) -> dict[str, Any]:
    """By row numbers and never by name."""
    return {
        "letter": row.pk, "person": row.person_id, "version": row.version, "layout": row.layout,
        "language": row.language, "format": row.format, "route": row.route,
        "agreement": row.agreement_id, "sha256": row.sha256, "left_out": row.left_out,
    }  # fmt: skip


def _enter(event: str, decision: Decision, by: User, at: datetime, **details: int | str) -> None:
    require(by, Permission.SEE_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=decision.organisation_id, obj=decision, details=details)
