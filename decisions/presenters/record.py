"""A decision as sections of rows, for the check page, the record, the printed copy and the summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from decisions.facts.events import recorded_consent
from decisions.models import ConsentEvent, Decision, DecisionPerson, DecisionRecipient, Sending
from decisions.presenters.additions import (
    SectionAddition,
    additions_by_section,
    later_consent_rows,
    response_rows,
)
from decisions.presenters.complaints import complaint_rows
from decisions.presenters.consent import consent_lines
from decisions.presenters.contact import contact_rows
from decisions.presenters.corrections import wrong_information_rows
from decisions.presenters.labels import answered, code_words, joined, lines, outcome_done, period
from decisions.presenters.lateness import recorded_late
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import age_words, identifier_lines, person_names, recipient_names
from decisions.presenters.record_items import item_rows
from decisions.presenters.record_legal_basis import legal_basis_rows
from decisions.presenters.record_sending import sending_rows
from decisions.presenters.voice import read_back_in_draft, read_back_lines
from rules.codes import HowDiscovered, Outcome, Trigger, YesNoUnknown
from rules.organisations import RecipientKind
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

# The section that holds additions to the record as a whole.
WHOLE = "whole"


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
        Section("request", _request_title(decision), _request(decision)),
        Section("outcome", "Your decision and reasons", _outcome(decision)),
        Section("consent", "Views and consent", _consent(decision)),
        Section("information", _titles(decision)[0], item_rows(decision)),
        Section("legal_basis", _titles(decision)[1], legal_basis_rows(decision)),
        Section("sending", _sending_title(decision), sending_rows(decision, sendings)),
        Section("next", "What happened next", _next(decision)),
        Section(WHOLE, "Additions to the whole record", []),
    ]
    all_sections = [replace(section, rows=_counted(section.rows)) for section in all_sections]
    if decision.is_draft:
        return [section for section in all_sections if section.rows]
    added = additions_by_section(decision)
    known = {section.key for section in all_sections if section.rows}
    by_key = {section.key: section for section in all_sections}
    for key, additions in added.items():
        by_key[key if key in known else WHOLE].additions.extend(additions)
    return [section for section in all_sections if section.rows or section.additions]


def _counted(rows: list[Row]) -> list[Row]:
    """Two sendings to one recipient are two rows: no two keys of a section read the same."""
    keys = numbered([row.key for row in rows])
    return [row if row.key == key else replace(row, key=key) for row, key in zip(rows, keys, strict=True)]


def _people(decision: Decision) -> list[Row]:
    names = person_names(decision)
    people = [Row(names[person.pk], list(_person_lines(person))) for person in decision.people.all()]
    left_out = ("Parental responsibility, and not on this record", decision.left_out.splitlines())
    return [*people, *answered(left_out)]


def _person_lines(person: DecisionPerson) -> Iterable[str]:
    yield joined(person.get_role_display(), age_words(person))
    if person.source_of_harm:
        yield "Alleged or suspected source of harm"
    responsibility = person.get_parental_responsibility_display()
    at_home = "" if person.at_home == YesNoUnknown.UNKNOWN else person.get_at_home_display()
    opens_post = "" if person.opens_post == YesNoUnknown.UNKNOWN else person.get_opens_post_display()
    yield from lines(
        ("Also known as", person.known_as),
        ("Lives at the family's home", at_home),
        ("Opens the post at home", opens_post),
        ("Could hear of it through", person.hears_through),
        ("Parental responsibility", responsibility),
        ("Communication", person.communication_need),
    )
    yield from identifier_lines(person)


def _concern(decision: Decision) -> list[Row]:
    return answered(
        ("What has changed", decision.what_changed),
        ("Written down as", decision.disclosure_reference),
        ("Told or seen", moment(decision.disclosed_at)),
        ("Seen or said", decision.facts),
        ("Opinion", decision.opinion),
        ("The child's own words", decision.child_words),
        ("When it happened", decision.happened),
        ("Level of concern", decision.get_level_display()),
        ("Level of concern before somebody refused", _earlier_level(decision)),
        ("Known risk", decision.known_risk),
        ("Protective factors", decision.protective_factors),
        ("Earlier referrals, and their outcome", decision.previous_referrals),
        ("Risk assessment or safety plan", joined(decision.plan_reference, moment(decision.plan_on))),
        ("In line with that plan", decision.get_plan_in_line_display()),
        ("Why it is not in line with that plan", decision.plan_departure),
    )


def _earlier_level(decision: Decision) -> str:
    return "" if decision.level_at_refusal == decision.level else decision.get_level_at_refusal_display()


def _request(decision: Decision) -> list[Row]:
    asker = joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)
    names = recipient_names(decision)
    return answered(
        ("How it started", code_words(Trigger, decision.trigger)),
        ("Requested by", asker),
        ("Requested on", moment(decision.asked_on)),
        ("Information requested", decision.asked_for),
        ("Purpose of the request", decision.asked_why),
        ("How their identity was checked", decision.identity_check),
        ("Their reference", decision.request_reference),
        ("Officer who authorised the request", decision.authorising_officer),
        ("Reply needed by", moment(decision.reply_by)),
        ("Court", decision.court),
        ("Order made on", moment(decision.order_made_on)),
        ("What the order says", decision.order_scope),
        ("Period that the order covers", period(decision.order_from, decision.order_to)),
        ("Duty to report", decision.duty),
        ("When we found out", moment(decision.discovered_at)),
        ("How we found out", code_words(HowDiscovered, decision.how_discovered)),
        ("We hold it", decision.get_duty_holds_display()),
        ("It is relevant to the child's safety or welfare", decision.get_duty_relevant_display()),
        ("It may help the recipient in their work", decision.get_duty_helps_display()),
        ("Starts at the new school on", moment(decision.starts_on)),
        *((names[row.pk], list(_recipient_lines(row, decision))) for row in decision.recipients.all()),
    )


def _recipient_lines(recipient: DecisionRecipient, decision: Decision) -> Iterable[str]:
    gets = "Recipient, if it is shared" if _would_share(decision) else "Recipient"
    yield "Requested the information" if recipient.is_asker else gets
    route = joined(recipient.route_kind.replace("_", " "), recipient.route)
    checked = moment(recipient.route_checked_on)
    yield from lines(
        ("", dict(RecipientKind.choices()).get(recipient.kind, recipient.kind)),
        ("", recipient.person_or_role),
        ("", "Within section 16LA of the Children Act 2004" if recipient.in_scope_16la else ""),
        ("Contact route", route),
        ("Contact route checked on", checked),
        ("How they will use it", recipient.how_used),
    )


def _outcome_words(decision: Decision) -> list[str]:
    """What has become of it; and what was decided, where that is not the same."""
    decided = code_words(Outcome, decision.outcome)
    if decision.is_draft:
        return [decided] if decided else []
    words = outcome_words(decision)
    return [words] if not decision.is_shared or words == outcome_done(decision.outcome) else [words, decided]


def _outcome(decision: Decision) -> list[Row]:
    return answered(
        ("Decision", _outcome_words(decision)),
        ("Passed to", decision.passed_to_name),
        ("Why the whole file is needed", decision.whole_file_reason),
        ("Reasons for the decision", decision.why_now),
        ("Why the LADO is not informed", decision.lado_not_informed),
        ("What the group may share", decision.standing_scope),
        ("The group may share until", moment(decision.standing_until)),
        ("Decided", moment(decision.decided_at)),
        ("How long after", recorded_late(decision)),
        ("Why this was recorded late", decision.late_reason),
    )


def _read_back(person: DecisionPerson, event: ConsentEvent | None) -> Iterable[str]:
    return read_back_lines(event) if event else read_back_in_draft(person)


def _consent(decision: Decision) -> list[Row]:
    names = person_names(decision)
    recorded = {} if decision.is_draft else recorded_consent(decision)
    people = [
        (names[person.pk], [*consent_lines(person, names), *_read_back(person, recorded.get(person.pk))])
        for person in decision.people.all()
    ]
    recipients = recipient_names(decision)
    choices = [(f"Choice about {recipients[row.pk]}", row.get_choice_display()) for row in decision.recipients.all()]
    outweighs = ("Why sharing outweighs their views", decision.why_outweighs)
    return [*_advice_first(decision), *answered(*people), *later_consent_rows(decision), *answered(*choices, outweighs)]


def _advice_first(decision: Decision) -> list[Row]:
    """Advice that was had is a row of its own, so that there was none is not said; the words typed stay."""
    none = "" if decision.advice.all() else decision.get_advice_first_display()
    return answered(
        ("Advice before anyone was told", none),
        ("Why advice was not needed", decision.advice_not_needed),
        ("Who speaks to the alleged or suspected source of harm, and when", decision.source_talk),
    )


def _would_share(decision: Decision) -> bool:
    """Decided, and nobody is sent anything."""
    return bool(decision.outcome) and not (decision.is_shared or decision.outcome == Outcome.STOPPED)


def _request_title(decision: Decision) -> str:
    """A draft has the titles of its pages."""
    unshared = _would_share(decision) and not decision.is_draft
    return "Who asked, or who it would go to" if unshared else "Who you are sharing with"


def _titles(decision: Decision) -> tuple[str, str]:
    """The titles of the information and legal basis sections, which depend on the outcome."""
    if decision.outcome == Outcome.PASSED_UP:
        return "What would be shared", "Possible lawful basis"
    return "What you will share", "Lawful basis" if decision.is_shared else "Reasons for not sharing"


def _sending_title(decision: Decision) -> str:
    return "What was sent and who was told" if decision.is_shared else "What you did instead"


def _next(decision: Decision) -> list[Row]:
    if decision.is_draft:
        return []
    since = [*response_rows(decision), *wrong_information_rows(decision), *complaint_rows(decision)]
    return [*since, *contact_rows(decision)]
