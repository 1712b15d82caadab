"""A person's own voice on a recorded decision: each is a new row, and what they said before stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from audit import ledger
from decisions.actions.new_rows import added, recorded
from decisions.models import (
    ConsentEvent,
    Decision,
    DecisionPerson,
    DecisionRecipient,
    StatementPassedOn,
    StatementToRecipients,
    ViewsReadBack,
)


def add_views_read_back(
    *, consent: ConsentEvent, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ViewsReadBack:
    """Record that somebody's views were read back to them. Http404 where they said nothing that could be."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(consent.decision, by, consent)
        if not consent.views:
            raise Http404
        return added(ViewsReadBack, locked, {"consent": consent, **answers}, submission_id, by, at)


def add_statement(
    *,
    decision: Decision,
    person: DecisionPerson,
    recipient: DecisionRecipient | None,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> StatementToRecipients:
    """Record what a person wants one recipient, or all, to know. Http404 where nothing was shared."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, person)
        if not locked.is_shared or (recipient is not None and recipient.decision_id != locked.pk):
            raise Http404
        row = {"person": person, "recipient": recipient, **answers}
        return added(StatementToRecipients, locked, row, submission_id, by, at)


def add_statement_passed_on(
    *,
    statement: StatementToRecipients,
    recipient: DecisionRecipient,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> StatementPassedOn:
    """Record that a recipient was given a person's statement, or why not. Http404 where it is for somebody else."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(statement.decision, by, recipient)
        if statement.recipient_id not in {None, recipient.pk}:
            raise Http404
        row = {"statement": statement, "recipient": recipient, **answers}
        return added(StatementPassedOn, locked, row, submission_id, by, at)
