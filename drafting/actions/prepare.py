"""A draft as it would be recorded, in memory: the check page shows it and `record` saves it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from decisions.facts.decision import law_of
from decisions.facts.people import person_facts
from decisions.models import Decision, DecisionItem, DecisionPerson, DecisionRecipient
from decisions.models.decision import INCLUDED
from drafting.draft import Draft
from drafting.pages.consent_person import AT_RISK
from drafting.pages.duty_fields import CONDITIONS
from drafting.pages.information_item import DAYS
from drafting.pages.person_identifier import COLUMNS as IDENTIFIER
from drafting.pages.person_identifier import is_asked
from drafting.provision_copies import by_value
from drafting.record_copies import copy_exemption, copy_person, copy_recipient
from rules.codes import NOT_SHARED, RISK_OF_HARM, Consent, Level, Outcome
from rules.duties import under_share_duty
from rules.law_files import load as load_law
from rules.people import consent_state

# Answers that apply to some outcomes only. Sendings are always kept: what was sent was sent.
ONLY_SHARED = ["why_no_more", "why_outweighs", "share_anyway"]
BEFORE_INFORMING = ["advice_first", "advice_not_needed", "source_talk"]
ONLY_NOT_SHARED = ["no_basis", "no_basis_reason", "detriment", "instead"]
ONLY_STOPPED = ["recipients_informed", "cannot_recall"]
ONLY_WHY_NOT = ["no_basis", "no_basis_reason", "detriment", "risk_if_shared", "risk_if_not"]
ONLY_SHARED_OF_PERSON = ["p18_reason", "p18_text", *IDENTIFIER]


@dataclass
class Prepared:
    """The decision, and the names of the answers dropped because they do not apply, for the ledger."""

    decision: Decision
    dropped: set[str] = field(default_factory=set)


def prepared(draft: Draft) -> Prepared:
    """Changes the decision of this draft in memory and saves nothing. Costs two queries, whatever its size."""
    result = Prepared(draft.decision)
    if not draft.keeps_sharing_answers:
        _leave_out_sharing_rows(draft)
    _drop_off_path(result, draft)
    _copy_organisation(result.decision)
    _copy_disclosure(draft)
    _copy_parts(draft)
    _fill_consent_states(result.decision)
    return result


def _leave_out_sharing_rows(draft: Draft) -> None:
    """Items and provisions are not recorded then. The draft still lists them, so that `record` can delete them."""
    listed = {"items": draft.items, "provisions": draft.provisions}
    for name in listed:
        rows = getattr(draft.decision, name).none()
        draft.decision._prefetched_objects_cache[name] = rows  # type: ignore[attr-defined]  # noqa: SLF001  what `all()` gives


def _drop_off_path(result: Prepared, draft: Draft) -> None:
    decision = result.decision
    _drop_unasked_answers(result)
    if decision.outcome != Outcome.PASSED_UP:
        result.dropped |= _none(decision, ["passed_to"])
    if decision.outcome != Outcome.STOPPED:
        result.dropped |= _blank(decision, ONLY_STOPPED)
    if draft.shares:
        result.dropped |= _blank(decision, ONLY_NOT_SHARED) | _none(decision, ["look_again_on"])
        return
    result.dropped |= _blank(decision, ["standing_scope"]) | _none(decision, ["standing_until"])
    if decision.outcome == Outcome.PASSED_UP:
        # The manager gets everything written so far; the lawful basis is for them to decide.
        result.dropped |= _blank(decision, ["no_basis", "no_basis_reason", "detriment"])
        _drop_choices(result)
        return
    _drop_sharing_answers(result, draft)


def _drop_unasked_answers(result: Prepared) -> None:
    """Drop answers to questions that a later answer on another page has made irrelevant."""
    decision = result.decision
    for person in decision.people.all():
        result.dropped |= _blank(person, _unasked_of(person, decision))
    if not any(person.source_of_harm for person in decision.people.all()):
        result.dropped |= _blank(decision, BEFORE_INFORMING)
    if decision.level not in RISK_OF_HARM:
        result.dropped |= _blank(decision, ["share_anyway"])
    if decision.neither_confirmed and decision.outcome != Outcome.NOT_SHARED:
        decision.neither_confirmed = False
        result.dropped.add("neither_confirmed")
    if decision.outcome not in NOT_SHARED and not under_share_duty(decision.trigger, decision.duty_code):
        result.dropped |= _blank(decision, CONDITIONS)
    if not (decision.order_from or decision.order_to):
        for item in decision.items.all():
            result.dropped |= _none(item, DAYS)


def _unasked_of(person: DecisionPerson, decision: Decision) -> Iterable[str]:
    if decision.level != Level.ADULT_AT_RISK:
        yield from AT_RISK
    if person.identifier_kind and not is_asked(decision, person.role):
        yield from IDENTIFIER


def _drop_sharing_answers(result: Prepared, draft: Draft) -> None:
    decision = result.decision
    result.dropped |= _blank(decision, ONLY_SHARED)
    if decision.outcome == Outcome.STOPPED:
        result.dropped |= _blank(decision, [*ONLY_WHY_NOT, "asker_informed"]) | _none(decision, ["look_again_on"])
    if decision.outcome == Outcome.DEFERRED:
        # A deferred decision does not say yet whether there is a lawful basis.
        result.dropped |= _blank(decision, ["no_basis", "no_basis_reason"])
    for person in decision.people.all():
        result.dropped |= _blank(person, ONLY_SHARED_OF_PERSON)
    result.dropped |= _unticked(decision, [*INCLUDED, "includes_none"])
    _drop_choices(result)
    result.dropped |= {name for name, rows in (("items", draft.items), ("legal_basis", draft.provisions)) if rows}


def _drop_choices(result: Prepared) -> None:
    """A real choice stays recorded where nothing is shared. "No choice: it will be shared" does not."""
    for recipient in result.decision.recipients.all():
        if result.decision.outcome not in NOT_SHARED or recipient.choice != DecisionRecipient.Choice.YES:
            result.dropped |= _blank(recipient, ["choice"])


def _blank(row: Decision | DecisionPerson | DecisionRecipient, names: Iterable[str]) -> set[str]:
    filled = {name for name in names if getattr(row, name)}
    for name in filled:
        setattr(row, name, "")
    return filled


def _unticked(decision: Decision, names: Iterable[str]) -> set[str]:
    ticked = {name for name in names if getattr(decision, name)}
    for name in ticked:
        setattr(decision, name, False)
    return ticked


def _none(decision: Decision | DecisionItem, names: Iterable[str]) -> set[str]:
    filled = {name for name in names if getattr(decision, name) is not None}
    for name in filled:
        setattr(decision, name, None)
    return filled


def _copy_organisation(decision: Decision) -> None:
    """Copy what is used of other records, so that later corrections to them do not change the decision."""
    organisation = decision.organisation
    decision.author_name, decision.author_job = decision.author.name_on_record, decision.author.job_title
    decision.team_name = decision.team.name
    decision.passed_to_name = decision.passed_to.name_on_record if decision.passed_to else ""
    decision.organisation_name = organisation.name
    decision.organisation_kind, decision.organisation_sector = organisation.kind, organisation.sector
    decision.in_scope_16la = organisation.in_scope_16la
    decision.policy_document_on = organisation.policy_document_on
    decision.policy_document_link = organisation.policy_document_link
    decision.law_version = load_law().version


def _copy_disclosure(draft: Draft) -> None:
    """Copy the disclosure's words as they are now, or keep the saved ones where its family can no longer be seen."""
    decision, disclosure = draft.decision, draft.decision.disclosure
    if disclosure is None:
        return
    decision.disclosure_reference, decision.disclosed_at = disclosure.reference, disclosure.received_at
    if disclosure.pk in draft.visible_disclosure_ids:
        for name in ("facts", "opinion", "child_words", "happened"):
            setattr(decision, name, getattr(disclosure, name))


def _copy_parts(draft: Draft) -> None:
    decision, visible = draft.decision, set(draft.visible_person_ids)
    decision.left_out = "\n".join(draft.left_out)
    for row in decision.people.all():
        if row.person_id in visible:
            copy_person(row, row.person)
        copy_exemption(row)
    for recipient in decision.recipients.all():
        copy_recipient(recipient)
    if decision.decided_at:
        day = timezone.localdate(decision.decided_at)
        law = law_of(decision)
        for basis in decision.provisions.all():
            for name, value in by_value(law, basis.code, day, decision.organisation.sector).items():
                setattr(basis, name, value)


def _fill_consent_states(decision: Decision) -> None:
    """Fill in the consent state of an unborn child, and of somebody assessed as unable to decide."""
    for person in decision.people.all():
        if not person.consent_state:
            state = consent_state(person_facts(decision, person, None))
            person.consent_state = "" if state == Consent.UNKNOWN else state
