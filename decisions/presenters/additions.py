"""Events and additions after a decision was recorded. The record itself does not change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from decisions.facts.events import consent_since
from decisions.models import Addition, Decision, Response, Sending
from decisions.presenters.consent import consent_event_lines
from decisions.presenters.labels import code_words, joined, lines
from decisions.presenters.people import person_names, recipient_names
from decisions.presenters.voice import read_back_lines
from rules.codes import AdditionKind, ResponseKind
from ui.moments import moment
from ui.rows import Row

HEADINGS: dict[str, str] = {AdditionKind.AMENDMENT: "Amendment", AdditionKind.SUPPLEMENT: "Supplementary statement"}


@dataclass(frozen=True)
class SectionAddition:
    """One addition to a section of the record."""

    heading: str
    text: str
    why: str
    by: str
    at: datetime


def additions_by_section(decision: Decision) -> dict[str, list[SectionAddition]]:
    """Additions by the key of their section. The empty key holds those to the whole record."""
    names = person_names(decision)
    by_section: dict[str, list[SectionAddition]] = {}
    for addition in decision.additions.all():
        heading = _heading(addition, names)
        by_section.setdefault(addition.section, []).append(
            SectionAddition(heading, addition.text, addition.why, addition.written_by_name, addition.written_at)
        )
    return by_section


def _heading(addition: Addition, names: dict[int, str]) -> str:
    who = names[addition.person_id] if addition.person_id else "a person it is about"
    if addition.kind == AdditionKind.STATEMENT:
        return f"In the words of {who}"
    if addition.kind == AdditionKind.DISPUTED:
        return f"Disputed by {who}"
    return HEADINGS.get(addition.kind, addition.kind)


def later_consent_rows(decision: Decision) -> list[Row]:
    """Consent events written after the decision was recorded."""
    if decision.is_draft:
        return []
    names = person_names(decision)
    return [
        Row(f"{names[event.person_id]}, later", [*consent_event_lines(event), *read_back_lines(event)])
        for event in consent_since(decision)
    ]


def receipt_lines(decision: Decision, sending: Sending) -> Iterable[str]:
    for receipt in () if decision.is_draft else decision.receipts.all():
        if receipt.sending_id == sending.pk:
            yield f"Receipt confirmed: {joined(moment(receipt.received_at), receipt.received_by)}"
            yield from lines(("Their reference", receipt.reference_given))


def response_rows(decision: Decision) -> list[Row]:
    names = recipient_names(decision)
    return [
        Row(_response_key(response, names), list(_response_lines(response))) for response in decision.responses.all()
    ]


def _response_key(response: Response, names: dict[int, str]) -> str:
    return names[response.recipient_id] if response.recipient_id else "For the child"


def _response_lines(response: Response) -> Iterable[str]:
    return lines(
        ("", code_words(ResponseKind, response.kind)),
        ("", moment(response.at)),
        ("", response.text),
        ("Our reply", response.answered),
        ("Escalated to", response.escalated_to),
    )
