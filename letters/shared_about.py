"""What was shared about one person, over several decisions, for whoever answers their question.

As strict about what was said as a letter to them is, so that the page can be open while they are in the room; whether
they must not be told of a decision stands beside it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from decisions.facts.events import consent_since
from decisions.facts.informing import informing_now
from decisions.models import Decision, DecisionPerson, DecisionRecipient, StatementToRecipients
from decisions.presenters.complaints import complaint_noun
from decisions.presenters.informing import exemption_words, now_words
from decisions.presenters.labels import code_words, joined, lines
from decisions.presenters.people import recipient_names
from families.models import Person
from letters.about import newest_first, parts_about, reader_on
from rules.codes import Consent, Reason
from rules.contact import ReadBack
from rules.explanation.choice import lawful_bases
from rules.explanation.facts import Choices, ExplanationFacts
from rules.explanation.may_know import MayKnow, may_know, reader_of, why_not_named
from rules.explanation.together import Part
from rules.explanation.versions import Version
from ui.moments import moment

CHOICE = {
    DecisionRecipient.Choice.YES.value: "they could say no",
    DecisionRecipient.Choice.NO.value: "it would be sent whatever they said",
}


@dataclass(frozen=True)
class Sent:
    when: datetime
    recipient: str
    items: tuple[str, ...]  # what this person may know of what the recipient was given
    otherwise: bool  # something else was said, which the decision's own page has


@dataclass(frozen=True)
class SharedByDecision:
    """`must_not_know` says why this person must not be told of it now; it is empty if they may."""

    reference: str
    public_id: UUID
    sent: tuple[Sent, ...]  # the newest first
    more: bool  # not all that was sent stands here
    basis: tuple[str, ...]
    choice: tuple[str, ...]
    informed: tuple[str, ...]
    since: tuple[str, ...]
    must_not_know: str


def shared_about(decisions: Sequence[Decision], person: Person, day: date) -> list[SharedByDecision]:
    """Of decisions read with their parts, of which something was sent: the newest first. Costs two queries."""
    ordered = newest_first(decisions)
    parts = parts_about(ordered, person, day)
    return [_shared(decision, reader_on(decision, person), part) for decision, part in zip(ordered, parts, strict=True)]


def _shared(decision: Decision, reader: DecisionPerson, part: Part) -> SharedByDecision:
    explained = part.explained
    known = may_know(explained, Choices(version=Version.ADULT))
    names = _named(decision, explained)
    items = {ref: [each.item for each in known.choosable if each.recipient.ref == ref] for ref in map(str, names)}
    return SharedByDecision(
        reference=decision.reference,
        public_id=decision.public_id,
        sent=tuple(_sent(decision, names, {ref: [item.text for item in rows] for ref, rows in items.items()})),
        more=_is_more(explained, known),
        basis=tuple(dict.fromkeys(_basis(explained))),
        choice=tuple(_choice(decision, reader, names)),
        informed=tuple(_informed(decision, reader)),
        since=tuple(_since(decision, reader, names, {item.ref: item.text for rows in items.values() for item in rows})),
        must_not_know=part.refused,
    )


def _is_more(explained: ExplanationFacts, known: MayKnow) -> bool:
    """Whether an item was sent that may not stand here, or something to somebody who may not be named."""
    sent = {row.recipient_ref for row in explained.facts.sendings}
    given = {(ref, item.ref) for item in explained.facts.items for ref in item.given_to if ref in sent}
    hidden = any(why_not_named(explained, each) for each in explained.facts.recipients if each.ref in sent)
    return hidden or bool(given - {(each.recipient.ref, each.item.ref) for each in known.choosable})


def _named(decision: Decision, explained: ExplanationFacts) -> dict[int, str]:
    """The recipients that may be named to this person, by key."""
    hidden = {each.ref for each in explained.facts.recipients if why_not_named(explained, each)}
    return {key: name for key, name in recipient_names(decision).items() if str(key) not in hidden}


def _sent(decision: Decision, names: Mapping[int, str], items: Mapping[str, Iterable[str]]) -> Iterator[Sent]:
    for row in sorted(decision.sendings.all(), key=lambda row: (row.sent_at, row.pk), reverse=True):
        if row.recipient_id in names:
            texts, otherwise = tuple(items[str(row.recipient_id)]), bool(row.said_differently)
            yield Sent(row.sent_at, names[row.recipient_id], texts, otherwise=otherwise)


def _basis(explained: ExplanationFacts) -> Iterator[str]:
    for row in lawful_bases(explained, reader_of(explained)):
        if name := explained.lawful_basis.get(row.code, ""):
            yield name


def _choice(decision: Decision, reader: DecisionPerson, names: Mapping[int, str]) -> Iterator[str]:
    sent = {row.recipient_id for row in decision.sendings.all()}
    for row in decision.recipients.all():
        if row.pk in sent and row.pk in names and row.choice:
            yield f"{names[row.pk]}: {CHOICE[row.choice]}"
    yield from lines(("", code_words(Consent, reader.consent_state)), ("In their own words", reader.views))


def _informed(decision: Decision, reader: DecisionPerson) -> Iterator[str]:
    """Without a way to reach them, and without anybody's own words."""
    now = informing_now(decision).get(reader.pk)
    if now is None:
        yield "Nobody has recorded whether they were informed"
        return
    yield from lines(
        ("", now_words(decision, now)),
        ("When", moment(now.row.informed_at)),
        ("Reason", code_words(Reason, now.row.informing_reason)),
        ("Law that lets them not be told", exemption_words(now.row.informing_exemption)),
        ("Agreed with", now.row.informing_agreed_with),
        ("Review date", moment(now.due_on)),
    )


def _since(
    decision: Decision, reader: DecisionPerson, names: Mapping[int, str], items: Mapping[str, str]
) -> Iterator[str]:
    """Corrections of what they may know, and what they said later."""
    for wrong in decision.wrong_information.all():
        if str(wrong.item_id) in items:
            yield f"Found to be wrong on {_day(wrong.found_at)}: {items[str(wrong.item_id)]}"
            for row in wrong.corrections.all():
                if row.recipient_id in names and row.notified_at:
                    yield f"{names[row.recipient_id]} was told so on {_day(row.notified_at)}"
    yield from _said_since(decision, reader, names)


def _said_since(decision: Decision, reader: DecisionPerson, names: Mapping[int, str]) -> Iterator[str]:
    for event in consent_since(decision):
        if event.person_id == reader.pk:
            words = joined(code_words(Consent, event.consent_state), event.views)
            yield f"{_day(event.consent_at or event.written_at)}: {words}"
    yield from _corrected(decision, reader)
    for complaint in decision.complaints.all():
        if complaint.person_id == reader.pk:
            yield f"{complaint_noun(complaint)} on {_day(complaint.received_at)}: {complaint.text}"
    for statement in decision.statements_to_recipients.all():
        if statement.person_id == reader.pk:
            yield from _statement(statement, names)


def _corrected(decision: Decision, reader: DecisionPerson) -> Iterator[str]:
    theirs = [event for event in decision.consent_events.all() if event.person_id == reader.pk]
    for row in (each for event in theirs for each in event.read_back.all()):
        if row.outcome == ReadBack.CORRECTED:
            yield f"They corrected their words on {_day(row.read_back_at)}: {row.corrected_to}"


def _statement(statement: StatementToRecipients, names: Mapping[int, str]) -> Iterator[str]:
    yield f"Their statement of {_day(statement.made_at)}: {statement.text}"
    for row in statement.passed_on.all():
        if row.passed_on_at and row.recipient_id in names:
            yield f"It was passed on to {names[row.recipient_id]} on {_day(row.passed_on_at)}"


def _day(at: datetime) -> str:
    return moment(timezone.localdate(at))
