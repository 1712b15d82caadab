"""Triggers that keep `OpenMatter`: which decisions may have something still to be done, by kind.

A kind is a condition on a decision, here in SQL, and the tables whose new rows can change its answer: they are only
ever added to (triggers.py). After each such row the condition is asked of that one decision. It may say too much and
never too little, for the lists ask everything again; a row whose condition holds cannot be deleted. On PostgreSQL one
transaction at a time asks of a decision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import models

from audit.triggers import Trigger, after, no_truncate, refusing
from decisions.database.recording_checks import quoted
from decisions.models import (
    Complaint,
    ComplaintAnswer,
    ContactOutcome,
    ContactPlan,
    Correction,
    Decision,
    DecisionRecipient,
    InformingEvent,
    ItemRecipient,
    NotSent,
    OpenMatter,
    Receipt,
    Response,
    Sending,
    StatementPassedOn,
    StatementToRecipients,
    WrongInformation,
)
from rules.codes import SHARED

ROWS, DECISION = OpenMatter._meta.db_table, Decision._meta.db_table
Kind = OpenMatter.Kind


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


@dataclass(frozen=True)
class Matter:
    """`condition` is about the decision `d`. By table, whose decision a new row is: its own column, or SQL."""

    kind: str
    condition: str
    tables: tuple[type[models.Model], ...] = ()
    through: Mapping[type[models.Model], str] = field(default_factory=dict)


def _some(model: type[models.Model], alias: str, more: str = "TRUE") -> str:
    return f"EXISTS (SELECT 1 FROM {table(model)} {alias} WHERE {alias}.decision_id = d.id AND {more})"


def _none(model: type[models.Model], alias: str, more: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table(model)} {alias} WHERE {more})"


_NOT_SENT = _some(
    ItemRecipient, "g", "g.given AND "
    + _none(Sending, "s", "s.recipient_id = g.recipient_id") + " AND "
    + _none(NotSent, "n", "n.recipient_id = g.recipient_id"),
)  # fmt: skip
_NO_ANSWER = _some(
    Sending, "s", "s.received_by = '' AND "
    + _none(Receipt, "c", "c.sending_id = s.id") + " AND "
    + _none(Response, "a", "a.recipient_id = s.recipient_id AND a.at >= s.sent_at AND a.kind <> 'CHASED'"),
)  # fmt: skip
_LATER = (
    "l.person_id = e.person_id AND l.id > e.id "
    "AND NOT (l.informing_state = 'ATTEMPTED' AND l.informing_review_on IS NULL)"
)
_INFORMED_LATER = _some(
    InformingEvent, "e", "e.informing_review_on IS NOT NULL AND e.informing_closing <> 'NEVER_BY_US' AND "
    + _none(InformingEvent, "l", _LATER),
)  # fmt: skip
# Somebody was sent what is wrong, and no correction says that they were told, or why not.
_WRONG_AND_NOT_NOTIFIED = _some(
    WrongInformation, "w",
    f"EXISTS (SELECT 1 FROM {table(Sending)} s WHERE s.decision_id = d.id AND (w.item_id IS NULL OR EXISTS "
    f"(SELECT 1 FROM {table(ItemRecipient)} g WHERE g.item_id = w.item_id AND g.recipient_id = s.recipient_id "
    "AND g.given)) AND " + _none(Correction, "c", "c.wrong_id = w.id AND c.recipient_id = s.recipient_id") + ")",
)  # fmt: skip
# A recipient whom a statement is for, and of whom nothing says that it was passed on, or why not.
_STATEMENT_WAITING = _some(
    StatementToRecipients, "t",
    f"EXISTS (SELECT 1 FROM {table(DecisionRecipient)} r WHERE r.decision_id = d.id "
    "AND (t.recipient_id IS NULL OR t.recipient_id = r.id) AND "
    + _none(StatementPassedOn, "p", "p.statement_id = t.id AND p.recipient_id = r.id") + ")",
)  # fmt: skip
_TO_FOLLOW_UP = " OR ".join((
    _WRONG_AND_NOT_NOTIFIED,
    _STATEMENT_WAITING,
    _some(Complaint, "c", _none(ComplaintAnswer, "a", "a.complaint_id = c.id")),
    _some(ContactPlan, "p", "p.planned_on IS NOT NULL AND " + _none(ContactOutcome, "o", "o.plan_id = p.id")),
))  # fmt: skip
_DAY = (
    "(d.look_again_on IS NOT NULL OR d.standing_until IS NOT NULL OR d.outcome = 'PASSED_UP') AND "
    + _none(Decision, "f", "f.supersedes_id = d.id AND f.state = 'recorded'")
)  # fmt: skip

MATTERS = (
    Matter(
        Kind.NOT_SENT, f"d.outcome IN ({quoted(list(SHARED))}) AND d.standing_until IS NULL AND {_NOT_SENT}",
        (Sending, NotSent),
    ),
    Matter(Kind.UNANSWERED, f"d.standing_until IS NULL AND {_NO_ANSWER}", (Sending, Receipt, Response)),
    Matter(Kind.INFORMING, _INFORMED_LATER, (InformingEvent,)),
    Matter(
        Kind.FOLLOW_UP, f"({_TO_FOLLOW_UP})",
        (Sending, WrongInformation, Correction, StatementToRecipients, StatementPassedOn, Complaint, ComplaintAnswer,
         ContactPlan, ContactOutcome),
    ),
    Matter(Kind.DATED, _DAY),
)  # fmt: skip


def found(matter: Matter, which: str = "TRUE") -> str:
    """SQL: a row of `OpenMatter` for each recorded decision that the condition holds for."""
    return (
        f"INSERT INTO {ROWS} (organisation_id, decision_id, team_id, kind) "
        f"SELECT d.organisation_id, d.id, d.team_id, '{matter.kind}' FROM {DECISION} d "
        f"WHERE d.state = 'recorded' AND {which} AND ({matter.condition}) AND NOT EXISTS "
        f"(SELECT 1 FROM {ROWS} r WHERE r.decision_id = d.id AND r.kind = '{matter.kind}');"
    )


def _holds(matter: Matter, decision: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.id = {decision} AND d.state = 'recorded' AND ({matter.condition}))"
    )


def _asked(matter: Matter, decision: str) -> list[str]:
    gone = (
        f"DELETE FROM {ROWS} WHERE decision_id = {decision} AND kind = '{matter.kind}' "
        f"AND NOT {_holds(matter, decision)};"
    )
    return [gone, found(matter, f"d.id = {decision}")]


def _one_at_a_time(decision: str) -> str:
    return f"PERFORM pg_advisory_xact_lock({ADVISORY}, ({decision} % 2147483647)::integer);"


# PostgreSQL's locks by two numbers have a space of their own; audit/chaining_trigger.py uses those by one.
ADVISORY = 12


def triggers_for(matters: tuple[Matter, ...]) -> list[Trigger]:
    return [trigger for matter in matters for trigger in _triggers(matter)]


def _triggers(matter: Matter) -> Iterator[Trigger]:
    name = f"open_matter_{matter.kind}"
    acts = [found(matter, "d.id = NEW.id")]
    if matter.kind == Kind.DATED:
        acts += _asked(matter, "NEW.supersedes_id")
    recorded = "NEW.state = 'recorded' AND OLD.state <> 'recorded'"
    yield after(name, DECISION, "UPDATE", acts, when=recorded, first=_one_at_a_time("NEW.id"))
    for model in (*matter.tables, *matter.through):
        decision = matter.through.get(model, "NEW.decision_id")
        first = _one_at_a_time(decision)
        yield after(f"{name}_{table(model)}", table(model), "INSERT", _asked(matter, decision), first=first)
    still = f"OLD.kind = '{matter.kind}' AND {_holds(matter, 'OLD.decision_id')}"
    stays = [(still, "what is to be done is kept by the database")]
    yield refusing(f"{name}_kept", ROWS, "DELETE", sqlite=stays, postgres=stays)


def all_triggers() -> list[Trigger]:
    never = [("TRUE", "what is to be done is kept by the database")]
    stays = refusing("open_matter_stays", ROWS, "UPDATE", sqlite=never, postgres=never)
    return [*triggers_for(MATTERS), stays, no_truncate(ROWS)]
