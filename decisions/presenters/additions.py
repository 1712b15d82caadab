"""What has come since: rows after the record's own, and words set beside it. What was recorded stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from decisions.facts.events import consent_since
from decisions.models import Addition, Decision, Response, Sending
from decisions.presenters.consent import said_lines
from decisions.presenters.labels import code_words, joined, lines
from rules.codes import Added, CameBack
from ui.moments import moment
from ui.rows import Row

HEADINGS: dict[str, str] = {Added.AMENDMENT: "Amendment", Added.SUPPLEMENT: "Supplementary statement"}


@dataclass(frozen=True)
class SectionAdditions:
    """One addition, as it stands beside the first text."""

    heading: str
    text: str
    why: str
    by: str
    at: datetime


def beside(decision: Decision) -> dict[str, list[SectionAdditions]]:
    """By the part of the record they stand beside; under no name, beside the whole."""
    names = {person.pk: person.name for person in decision.people.all()}
    made: dict[str, list[SectionAdditions]] = {}
    for one in decision.additions.all():
        heading = _heading(one, names)
        made.setdefault(one.section, []).append(
            SectionAdditions(heading, one.text, one.why, one.written_by.full_name, one.written_at)
        )
    return made


def _heading(one: Addition, names: dict[int, str]) -> str:
    who = names[one.person_id] if one.person_id else "somebody it is about"
    if one.kind == Added.STATEMENT:
        return f"In the words of {who}"
    if one.kind == Added.DISPUTED:
        return f"Disputed by {who}"
    return HEADINGS.get(one.kind, one.kind)


def said_rows(decision: Decision) -> list[Row]:
    """After what each person said then, what they have said since."""
    if decision.is_draft:
        return []
    names = {person.pk: person.name for person in decision.people.all()}
    return [Row(f"{names[one.person_id]}, since then", list(said_lines(one))) for one in consent_since(decision)]


def receipt_lines(decision: Decision, sending: Sending) -> Iterable[str]:
    for one in () if decision.is_draft else decision.receipts.all():
        if one.sending_id == sending.pk:
            yield f"They have it: {joined(moment(one.received_at), one.received_by)}"
            yield from lines(("Their reference", one.reference_given))


def next_rows(decision: Decision) -> list[Row]:
    names = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    return [Row(_next_key(one, names), list(_next_lines(one))) for one in decision.responses.all()]


def _next_key(one: Response, names: dict[int, str]) -> str:
    return names[one.recipient_id] if one.recipient_id else "For the child"


def _next_lines(one: Response) -> Iterable[str]:
    return lines(
        ("", code_words(CameBack, one.kind)),
        ("", moment(one.at)),
        ("", one.text),
        ("What we answered", one.answered),
        ("Taken up with", one.escalated_to),
    )
