"""A decision as sections of rows: the one definition for the check page, the record, print and export."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Organisation, Recipient
from decisions.facts.decision import sensitivities_of
from decisions.models import Decision, DecisionItem, DecisionPerson, DecisionProvision, DecisionRecipient, Sending
from decisions.presenters.additions import SectionAdditions, beside, next_rows, receipt_lines, said_rows
from decisions.presenters.consent import says_lines
from decisions.presenters.informing import informing_lines
from decisions.presenters.labels import code_words, joined, lines, outcome_done, said
from decisions.presenters.people import age_words
from rules.codes import HowDiscovered, ItemKind, Layer, NoBasis, Outcome, Paragraph18, Sensitivity, Trigger
from ui.moments import moment
from ui.rows import Row

# The part that additions to no part in particular stand in.
WHOLE = "whole"
NEITHER = "Told neither that we hold something nor that we do not"


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: list[Row]
    beside: list[SectionAdditions] = field(default_factory=list)


def sections(decision: Decision, sendings: Sequence[Sending] | None = None) -> list[Section]:
    """Costs no query on a decision read with its parts. `sendings` are those to show, where that is not all."""
    made = [
        Section("people", "Who this is about", _who(decision)),
        Section("concern", "What is worrying", _concern(decision)),
        Section("request", "Asked by, going to", _asked(decision)),
        Section("outcome", "The decision, and why", _outcome(decision)),
        Section("consent", "What they say", _say(decision)),
        Section("information", _titles(decision)[0], _give(decision)),
        Section("legal_basis", _titles(decision)[1], _basis(decision)),
        Section("sending", "Sent or instead, and told", _sent(decision, sendings)),
        Section("next", "What happened next", next_rows(decision)),
        Section(WHOLE, "Beside the whole record", []),
    ]
    if decision.is_draft:
        return [section for section in made if section.rows]
    added = beside(decision)
    known = {section.key for section in made if section.rows}
    for key, ones in added.items():
        next(one for one in made if one.key == (key if key in known else WHOLE)).beside.extend(ones)
    return [section for section in made if section.rows or section.beside]


def _who(decision: Decision) -> list[Row]:
    return [Row(person.name, list(_person_lines(person))) for person in decision.people.all()]


def _person_lines(person: DecisionPerson) -> Iterable[str]:
    yield joined(person.get_role_display(), age_words(person))
    if person.source_of_harm:
        yield "May be a source of harm"
    responsibility = person.get_parental_responsibility_display()
    yield from lines(("Parental responsibility", responsibility), ("Communication", person.communication_need))


def _concern(decision: Decision) -> list[Row]:
    return said(
        ("What has changed", decision.what_changed),
        ("Written down as", decision.disclosure_reference),
        ("Seen or said", decision.facts),
        ("Opinion", decision.opinion),
        ("The child's own words", decision.child_words),
        ("When it happened", decision.happened),
        ("How serious", decision.get_level_display()),
        ("Known risk", decision.known_risk),
    )


def _asked(decision: Decision) -> list[Row]:
    asker = joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)
    law = joined(decision.duty_code, decision.duty)
    return said(
        ("How it started", code_words(Trigger, decision.trigger)),
        ("Asked by", asker),
        ("Asked on", moment(decision.asked_on)),
        ("Asked for", decision.asked_for),
        ("Said to be for", decision.asked_why),
        ("How we know it is them", decision.identity_check),
        ("Their reference", decision.request_reference),
        ("Answer needed by", moment(decision.reply_by)),
        ("Court", decision.court),
        ("Order made on", moment(decision.order_made_on)),
        ("What is ordered", decision.order_scope),
        ("Days that the order covers", _days(decision.order_from, decision.order_to)),
        ("Duty to report", law),
        ("When we found out", moment(decision.discovered_at)),
        ("How we found out", code_words(HowDiscovered, decision.how_discovered)),
        ("We hold it", decision.get_duty_holds_display()),
        ("It matters to the child's safety or welfare", decision.get_duty_relevant_display()),
        ("It may help them in their work", decision.get_duty_helps_display()),
        ("Starts at the new school on", moment(decision.starts_on)),
        *((recipient.name, list(_recipient_lines(recipient))) for recipient in decision.recipients.all()),
    )


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return moment(first) if first == last else f"{moment(first)} to {moment(last)}"
    return f"From {moment(first)}" if first else f"Until {moment(last)}" if last else ""


def _recipient_lines(recipient: DecisionRecipient) -> Iterable[str]:
    yield "Asked for it" if recipient.is_asker else "Recipient"
    route = joined(recipient.route_kind.replace("_", " "), recipient.route)
    checked = moment(recipient.route_checked_on)
    yield from lines(
        ("", dict(Recipient.Kind.choices).get(recipient.kind, recipient.kind)),
        ("", recipient.person_or_role),
        ("", "Within section 16LA of the Children Act 2004" if recipient.in_scope_16la else ""),
        ("Reached by", route),
        ("Way checked on", checked),
    )


def _outcome_words(decision: Decision) -> str:
    return code_words(Outcome, decision.outcome) if decision.is_draft else outcome_done(decision.outcome)


def _outcome(decision: Decision) -> list[Row]:
    return said(
        ("Decision", _outcome_words(decision)),
        ("Passed to", decision.passed_to_name),
        ("Why the whole file", decision.whole_file_reason),
        ("Why this, why now", decision.why_now),
        ("What the group may share", decision.standing_scope),
        ("The group may share until", moment(decision.standing_until)),
        ("Decided", moment(decision.decided_at)),
        ("Why written down late", decision.late_reason),
    )


def _say(decision: Decision) -> list[Row]:
    names = {person.pk: person.name for person in decision.people.all()}
    people = [(person.name, list(says_lines(person, names))) for person in decision.people.all()]
    choices = [
        (f"Choice about {recipient.name}", recipient.get_choice_display()) for recipient in decision.recipients.all()
    ]
    outweighs = ("Why it outweighs what they said", decision.why_outweighs)
    return [*said(*people), *said_rows(decision), *said(*choices, outweighs)]


def _titles(decision: Decision) -> tuple[str, str]:
    """What was passed up was weighed, and nothing of it was given."""
    if decision.outcome == Outcome.PASSED_UP:
        return "What would be given and held back", "What might let it be shared"
    return "Given and held back", "What lets it be shared" if decision.is_shared else "Why not"


def _give(decision: Decision) -> list[Row]:
    people = {person.pk: person.name for person in decision.people.all()}
    recipients = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    return [
        Row(f"Item {number}", list(_item_lines(item, people, recipients, given=decision.is_shared)))
        for number, item in enumerate(decision.items.all(), 1)
    ]


def _item_lines(
    item: DecisionItem, people: dict[int, str], recipients: dict[int, str], *, given: bool
) -> Iterable[str]:
    grid = list(item.grid.all())
    held = [row for row in grid if not row.given]
    back = "Held back from" if given else "Would be held back from"
    yield item.text
    yield from lines(
        ("Kind", code_words(ItemKind, item.kind)),
        ("About", joined(*(people[row.person_id] for row in item.about.all()))),
        ("Days that it is about", _days(item.dated_from, item.dated_to)),
        ("Given to" if given else "Would go to", joined(*(recipients[row.recipient_id] for row in grid if row.given))),
        *((f"{back} {recipients[row.recipient_id]}", row.why_held or "no reason given") for row in held),
        ("Why held back, where it is", "" if held else item.why_held),
        ("", joined(*(code_words(Sensitivity, code) for code in sensitivities_of(item)))),
        ("Court's permission", item.proceedings_permission),
        ("Must not reach", joined(*(people[row.person_id] for row in item.must_not_reach.all()))),
        ("Label", item.handling),
    )


def _basis(decision: Decision) -> list[Row]:
    people = {person.pk: person.name for person in decision.people.all()}
    rows = [Row(_basis_key(row, people), list(_basis_lines(row))) for row in decision.provisions.all()]
    reasons = [
        (f"{person.name}: why without consent", list(_p18_lines(person)))
        for person in decision.people.all()
        if person.p18_reason or person.p18_text
    ]
    made = rows + said(
        *reasons,
        ("Could it have been shared", code_words(NoBasis, decision.no_basis)),
        ("Why", decision.no_basis_reason),
        ("Why sharing would do the child more harm", decision.detriment),
        ("Would it be shared even after a no", decision.get_share_anyway_display()),
        ("Why no more than this", decision.why_no_more),
        ("What could happen if shared", decision.risk_if_shared),
        ("What could happen if not", decision.risk_if_not),
    )
    return made + _organisation(decision) if made else []


def _organisation(decision: Decision) -> list[Row]:
    """What it was then: which law it may use turns on that."""
    kind = dict(Organisation.Kind.choices).get(decision.organisation_kind, decision.organisation_kind)
    sector = dict(Organisation.Sector.choices).get(decision.organisation_sector, decision.organisation_sector)
    scope = "Within section 16LA of the Children Act 2004" if decision.in_scope_16la else ""
    policy = joined(moment(decision.policy_document_on), decision.policy_document_link)
    return said(
        ("Our organisation", list(lines(("", joined(kind, sector)), ("", scope)))),
        ("Our policy document", policy),
        ("The law as of", decision.law_version),
    )


def _p18_lines(person: DecisionPerson) -> Iterable[str]:
    return lines(("", code_words(Paragraph18, person.p18_reason)), ("", person.p18_text))


def _basis_key(row: DecisionProvision, people: dict[int, str]) -> str:
    layer = code_words(Layer, row.layer)
    return f"{layer}, for {people[row.person_id]}" if row.person_id else layer


def _basis_lines(row: DecisionProvision) -> Iterable[str]:
    yield f"{row.row.get('short_name', row.code)} ({row.code})"
    yield from lines(("", str(row.row.get("citation", ""))), (str(row.row.get("refused_test", "")), row.answer))


def _sent(decision: Decision, shown: Sequence[Sending] | None) -> list[Row]:
    recipients = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    sendings = [
        Row(
            f"Sent to {recipients[sending.recipient_id]}",
            list(
                lines(
                    ("", moment(sending.sent_at)),
                    ("How", sending.how),
                    ("What was said, where it differed", sending.said_differently),
                    ("Received by", sending.received_by),
                )
            )
            + list(receipt_lines(decision, sending)),
        )
        for sending in (decision.sendings.all() if shown is None else shown)
    ]
    advice = [
        Row(f"Advice from {joined(one.who, one.role)}", list(lines(("", moment(one.given_at)), ("", one.gist))))
        for one in decision.advice.all()
    ]
    instead = said(
        ("Done instead", decision.instead),
        ("Who was told that it stopped", decision.recipients_informed),
        ("What cannot be called back", decision.cannot_recall),
        ("What the asker was told", decision.asker_informed),
        ("What the asker does not know", NEITHER if decision.neither_confirmed else ""),
        ("Look again on", moment(decision.look_again_on)),
    )
    return [*sendings, *instead, *_told(decision), *advice]


def _told(decision: Decision) -> list[Row]:
    """While a draft, the answers; once recorded, every event in turn."""
    if decision.is_draft:
        rows = [(f"Told: {person.name}", list(informing_lines(person))) for person in decision.people.all()]
        return said(*rows)
    people = {person.pk: person.name for person in decision.people.all()}
    return [
        Row(f"Told: {people[event.person_id]}", list(informing_lines(event))) for event in decision.informing_events.all()
    ]
