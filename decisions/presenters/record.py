"""A decision as sections of rows, for the check page, the record, the printed copy and the summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from decisions.facts.decision import sensitivities_of
from decisions.models import Decision, DecisionItem, DecisionPerson, DecisionProvision, DecisionRecipient, Sending
from decisions.presenters.additions import (
    SectionAddition,
    additions_by_section,
    later_consent_rows,
    receipt_lines,
    response_rows,
)
from decisions.presenters.consent import consent_lines
from decisions.presenters.informing import informing_lines
from decisions.presenters.labels import (
    answered,
    code_words,
    joined,
    lines,
    outcome_done,
    provision_words,
    version_words,
)
from decisions.presenters.people import age_words
from rules.codes import HowDiscovered, ItemKind, Layer, NoBasis, Outcome, Paragraph18, Sensitivity, Trigger
from rules.organisations import OrganisationKind, RecipientKind, Sector
from ui.moments import moment
from ui.rows import Row

# The section that holds additions to the record as a whole.
WHOLE = "whole"
NEITHER_CONFIRMED = "Neither confirmed nor denied that we hold information"


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: list[Row]
    additions: list[SectionAddition] = field(default_factory=list)


def sections(decision: Decision, sendings: Sequence[Sending] | None = None) -> list[Section]:
    """Costs no query on a decision read with its parts. `sendings` limits the sendings that are shown."""
    all_sections = [
        Section("people", "Who this is about", _people(decision)),
        Section("concern", "Your concern", _concern(decision)),
        Section("request", "Who you are sharing with", _request(decision)),
        Section("outcome", "Your decision and reasons", _outcome(decision)),
        Section("consent", "Views and consent", _consent(decision)),
        Section("information", _titles(decision)[0], _information(decision)),
        Section("legal_basis", _titles(decision)[1], _legal_basis(decision)),
        Section("sending", _sending_title(decision), _sending(decision, sendings)),
        Section("next", "What happened next", response_rows(decision)),
        Section(WHOLE, "Additions to the whole record", []),
    ]
    if decision.is_draft:
        return [section for section in all_sections if section.rows]
    added = additions_by_section(decision)
    known = {section.key for section in all_sections if section.rows}
    by_key = {section.key: section for section in all_sections}
    for key, additions in added.items():
        by_key[key if key in known else WHOLE].additions.extend(additions)
    return [section for section in all_sections if section.rows or section.additions]


def _people(decision: Decision) -> list[Row]:
    return [Row(person.name, list(_person_lines(person))) for person in decision.people.all()]


def _person_lines(person: DecisionPerson) -> Iterable[str]:
    yield joined(person.get_role_display(), age_words(person))
    if person.source_of_harm:
        yield "Alleged or suspected source of harm"
    responsibility = person.get_parental_responsibility_display()
    yield from lines(("Parental responsibility", responsibility), ("Communication", person.communication_need))


def _concern(decision: Decision) -> list[Row]:
    return answered(
        ("What has changed", decision.what_changed),
        ("Written down as", decision.disclosure_reference),
        ("Seen or said", decision.facts),
        ("Opinion", decision.opinion),
        ("The child's own words", decision.child_words),
        ("When it happened", decision.happened),
        ("Level of concern", decision.get_level_display()),
        ("Known risk", decision.known_risk),
    )


def _request(decision: Decision) -> list[Row]:
    asker = joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)
    return answered(
        ("How it started", code_words(Trigger, decision.trigger)),
        ("Requested by", asker),
        ("Requested on", moment(decision.asked_on)),
        ("Information requested", decision.asked_for),
        ("Purpose of the request", decision.asked_why),
        ("How their identity was checked", decision.identity_check),
        ("Their reference", decision.request_reference),
        ("Reply needed by", moment(decision.reply_by)),
        ("Court", decision.court),
        ("Order made on", moment(decision.order_made_on)),
        ("What the order says", decision.order_scope),
        ("Period that the order covers", _days(decision.order_from, decision.order_to)),
        ("Duty to report", decision.duty),
        ("When we found out", moment(decision.discovered_at)),
        ("How we found out", code_words(HowDiscovered, decision.how_discovered)),
        ("We hold it", decision.get_duty_holds_display()),
        ("It is relevant to the child's safety or welfare", decision.get_duty_relevant_display()),
        ("It may help the recipient in their work", decision.get_duty_helps_display()),
        ("Starts at the new school on", moment(decision.starts_on)),
        *((recipient.name, list(_recipient_lines(recipient))) for recipient in decision.recipients.all()),
    )


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return moment(first) if first == last else f"{moment(first)} to {moment(last)}"
    return f"From {moment(first)}" if first else f"Until {moment(last)}" if last else ""


def _recipient_lines(recipient: DecisionRecipient) -> Iterable[str]:
    yield "Requested the information" if recipient.is_asker else "Recipient"
    route = joined(recipient.route_kind.replace("_", " "), recipient.route)
    checked = moment(recipient.route_checked_on)
    yield from lines(
        ("", dict(RecipientKind.choices()).get(recipient.kind, recipient.kind)),
        ("", recipient.person_or_role),
        ("", "Within section 16LA of the Children Act 2004" if recipient.in_scope_16la else ""),
        ("Contact route", route),
        ("Contact route checked on", checked),
    )


def _outcome_words(decision: Decision) -> str:
    return code_words(Outcome, decision.outcome) if decision.is_draft else outcome_done(decision.outcome)


def _outcome(decision: Decision) -> list[Row]:
    return answered(
        ("Decision", _outcome_words(decision)),
        ("Passed to", decision.passed_to_name),
        ("Why the whole file is needed", decision.whole_file_reason),
        ("Reasons for the decision", decision.why_now),
        ("What the group may share", decision.standing_scope),
        ("The group may share until", moment(decision.standing_until)),
        ("Decided", moment(decision.decided_at)),
        ("Why this was recorded late", decision.late_reason),
    )


def _consent(decision: Decision) -> list[Row]:
    names = {person.pk: person.name for person in decision.people.all()}
    people = [(person.name, list(consent_lines(person, names))) for person in decision.people.all()]
    choices = [
        (f"Choice about {recipient.name}", recipient.get_choice_display()) for recipient in decision.recipients.all()
    ]
    outweighs = ("Why sharing outweighs their views", decision.why_outweighs)
    return [*answered(*people), *later_consent_rows(decision), *answered(*choices, outweighs)]


def _titles(decision: Decision) -> tuple[str, str]:
    """The titles of the information and legal basis sections, which depend on the outcome."""
    if decision.outcome == Outcome.PASSED_UP:
        return "What would be shared", "Possible lawful basis"
    return "What you will share", "Lawful basis" if decision.is_shared else "Reasons for not sharing"


def _information(decision: Decision) -> list[Row]:
    people = {person.pk: person.name for person in decision.people.all()}
    recipients = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    return [
        Row(f"Item {number}", list(_item_lines(item, people, recipients, shared=decision.is_shared)))
        for number, item in enumerate(decision.items.all(), 1)
    ]


def _item_lines(
    item: DecisionItem, people: dict[int, str], recipients: dict[int, str], *, shared: bool
) -> Iterable[str]:
    grid = list(item.grid.all())
    withheld_rows = [row for row in grid if not row.given]
    not_shared = "Not shared with" if shared else "Would not be shared with"
    yield item.text
    yield from lines(
        ("Kind", code_words(ItemKind, item.kind)),
        ("About", joined(*(people[row.person_id] for row in item.about.all()))),
        ("Period that it covers", _days(item.dated_from, item.dated_to)),
        (
            "Shared with" if shared else "Would be shared with",
            joined(*(recipients[row.recipient_id] for row in grid if row.given)),
        ),
        *(
            (f"{not_shared} {recipients[row.recipient_id]}", row.why_withheld or "no reason given")
            for row in withheld_rows
        ),
        ("Reason for not sharing this item", "" if withheld_rows else item.why_withheld),
        ("", joined(*(code_words(Sensitivity, code) for code in sensitivities_of(item)))),
        ("Permission of the court", item.proceedings_permission),
        ("Must not be disclosed to", joined(*(people[row.person_id] for row in item.not_disclosed_to.all()))),
        ("Label", item.handling),
    )


def _legal_basis(decision: Decision) -> list[Row]:
    people = {person.pk: person.name for person in decision.people.all()}
    rows = [Row(_provision_key(row, people), list(_provision_lines(row))) for row in decision.provisions.all()]
    reasons = [
        (f"{person.name}: why consent was not relied on", list(_p18_lines(person)))
        for person in decision.people.all()
        if person.p18_reason or person.p18_text
    ]
    shown = rows + answered(
        *reasons,
        ("Was there a lawful basis", code_words(NoBasis, decision.no_basis)),
        ("Why", decision.no_basis_reason),
        ("Why sharing would be more harmful to the child", decision.detriment),
        ("Would it be shared even if consent were refused", decision.get_share_anyway_display()),
        ("Why this is proportionate", decision.why_no_more),
        ("Risk if shared", decision.risk_if_shared),
        ("Risk if not shared", decision.risk_if_not),
    )
    return shown + _organisation(decision) if shown else []


def _organisation(decision: Decision) -> list[Row]:
    """The organisation as it was then, because which law it may use depends on that."""
    kind = dict(OrganisationKind.choices()).get(decision.organisation_kind, decision.organisation_kind)
    sector = dict(Sector.choices()).get(decision.organisation_sector, decision.organisation_sector)
    scope = "Within section 16LA of the Children Act 2004" if decision.in_scope_16la else ""
    policy = joined(moment(decision.policy_document_on), decision.policy_document_link)
    return answered(
        ("Our organisation", list(lines(("", joined(kind, sector)), ("", scope)))),
        ("Our policy document", policy),
        ("Law tables of", version_words(decision.law_version)),
    )


def _p18_lines(person: DecisionPerson) -> Iterable[str]:
    return lines(("", code_words(Paragraph18, person.p18_reason)), ("", person.p18_text))


def _provision_key(row: DecisionProvision, people: dict[int, str]) -> str:
    layer = code_words(Layer, row.layer)
    return f"{layer}, for {people[row.person_id]}" if row.person_id else layer


def _provision_lines(provision: DecisionProvision) -> Iterable[str]:
    yield provision_words(provision.details, provision.code)
    yield from lines((str(provision.details.get("refused_test", "")), provision.answer))


def _sending_title(decision: Decision) -> str:
    return "What was sent and who was told" if decision.is_shared else "What you did instead"


def _sending(decision: Decision, shown: Sequence[Sending] | None) -> list[Row]:
    recipients = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    sendings = [
        Row(
            f"Sent to {recipients[sending.recipient_id]}",
            list(
                lines(
                    ("", moment(sending.sent_at)),
                    ("How", sending.how),
                    ("What was said, if different", sending.said_differently),
                    ("Received by", sending.received_by),
                )
            )
            + list(receipt_lines(decision, sending)),
        )
        for sending in (decision.sendings.all() if shown is None else shown)
    ]
    advice = [
        Row(f"Advice from {joined(row.who, row.role)}", list(lines(("", moment(row.given_at)), ("", row.gist))))
        for row in decision.advice.all()
    ]
    instead = answered(
        ("What was done instead", decision.instead),
        ("Who was told that sharing has stopped", decision.recipients_informed),
        ("What cannot be recalled", decision.cannot_recall),
        ("What the requester was told", decision.asker_informed),
        ("Response to the requester", NEITHER_CONFIRMED if decision.neither_confirmed else ""),
        ("Review date", moment(decision.look_again_on)),
    )
    return [*sendings, *instead, *_informing(decision), *advice]


def _informing(decision: Decision) -> list[Row]:
    """A draft's answers, or every informing event of a recorded decision."""
    if decision.is_draft:
        rows = [(f"Informed: {person.name}", list(informing_lines(person))) for person in decision.people.all()]
        return answered(*rows)
    people = {person.pk: person.name for person in decision.people.all()}
    return [
        Row(f"Informed: {people[event.person_id]}", list(informing_lines(event)))
        for event in decision.informing_events.all()
    ]
