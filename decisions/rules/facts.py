"""The facts of one decision as the rules read them.

Every field has a default, so that a half-filled draft can be assessed. Codes are those of `codes`; a reference
(`ref`) names a person, a recipient or an item within these facts and means nothing outside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    kind: str = ""  # PUB, NON or LE
    sector: str = ""
    in_scope_16la: bool = False
    policy_document_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """Who asked, what for, and what they were told in the end."""

    by_name: str = ""
    by_role: str = ""
    organisation: str = ""
    asked_at: datetime | None = None
    what: str = ""
    why: str = ""
    identity_check: str = ""  # how you know it is them
    reference: str = ""
    reply_by: date | None = None
    told: str = ""  # what the asker was told


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    court: str = ""
    made_on: date | None = None
    scope: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TellingFacts:
    state: str = ""
    at: datetime | None = None
    how: str = ""
    by_whom: str = ""
    reason: str = ""  # a code of Reason
    text: str = ""
    review_on: date | None = None
    closing: str = ""  # a code of Closing
    agreed_with: str = ""
    approver: str = ""
    who_what_why: bool = False
    no_choice_explained: bool = False
    safe_contact: str = ""  # yes, no, unknown: was the way they were told a safe one?
    safe_contact_note: str = ""  # what is known of safe ways to reach them


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    ref: str = ""
    role: str = ""
    age: float | None = None  # in years; none for an unborn baby, or where it is not known
    alleged_source_of_harm: bool = False
    parental_responsibility: str = ""  # yes, no, unknown
    competence: str = ""
    competence_note: str = ""
    consent_state: str = "UNKNOWN"
    consent_at: datetime | None = None
    consent_how: str = ""
    views: str = ""
    not_asked_reason: str = ""  # a code of Reason
    not_asked_text: str = ""  # why, what the delay would cost, or how often you tried
    agreed_with: str = ""
    look_again_on: date | None = None
    could_hear: str = ""  # yes, no, unknown: could they learn of it through someone else?
    p18_reason: str = ""
    p18_text: str = ""
    telling: TellingFacts = field(default_factory=TellingFacts)


@dataclass(frozen=True, kw_only=True)
class RecipientFacts:
    ref: str = ""
    name: str = ""
    organisation: str = ""
    is_asker: bool = False
    choice: str = ""  # yes, no: does the family really have a choice about this one?


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One thing that is given, or held back."""

    ref: str = ""
    text: str = ""
    kind: str = ""
    sensitivities: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # people whose data it is
    must_not_reach: tuple[str, ...] = ()
    proceedings_permission: str = ""
    given_to: tuple[str, ...] = ()  # recipients
    held_from: Mapping[str, str] = field(default_factory=dict)  # recipient: why


@dataclass(frozen=True, kw_only=True)
class BasisFacts:
    """One row of law chosen, for one person or (without `person_ref`) for the whole decision."""

    code: str = ""
    layer: str = ""
    refused_ok: str = ""
    person_ref: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # question: answer
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class AdviceFacts:
    who: str = ""
    role: str = ""
    at: datetime | None = None
    gist: str = ""


@dataclass(frozen=True, kw_only=True)
class SendingFacts:
    recipient_ref: str = ""
    at: datetime | None = None
    how: str = ""
    said: str = ""  # only where it differs from the items
    receipt: str = ""


@dataclass(frozen=True, kw_only=True)
class SaidFacts:
    """What one person said after it was recorded; what they had said by then stands with the person."""

    person_ref: str = ""
    state: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ResponseFacts:
    recipient_ref: str = ""
    kind: str = ""  # a code of CameBack
    escalated_to: str = ""


@dataclass(frozen=True, kw_only=True)
class SinceFacts:
    """What has come since it was recorded, in the order in which it happened."""

    said: tuple[SaidFacts, ...] = ()
    responses: tuple[ResponseFacts, ...] = ()
    outside_group: bool = False  # something went to somebody whom the group's decision does not name


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One decision. Times are aware; the rules have no clock, so `recorded_at` is their present."""

    door: str = ""
    trigger: str = ""
    duty: str = ""  # the code of the duty, where the trigger is MANDATORY
    organisation: OrganisationFacts = field(default_factory=OrganisationFacts)
    decided_at: datetime | None = None
    recorded_at: datetime | None = None
    told_first_recorded_at: datetime | None = None  # when the six were written, where somebody was told first
    late_reason: str = ""
    outcome: str = ""
    whole_file_reason: str = ""
    level: str = ""
    facts_text: str = ""
    opinion: str = ""
    child_words: str = ""
    why_now: str = ""
    why_outweighs: str = ""
    why_no_more: str = ""
    risk_if_shared: str = ""
    risk_if_not: str = ""
    instead: str = ""
    look_again_on: date | None = None
    no_basis: str = ""
    no_basis_reason: str = ""
    passed_to: str = ""  # who is asked to decide instead
    follows: bool = False  # an earlier decision is taken up again
    what_changed: str = ""  # since that one
    cannot_recall: str = ""  # what was sent before it was stopped
    standing_scope: str = ""  # decided once, for a group that shares often: what, and with whom
    standing_until: date | None = None
    request: RequestFacts = field(default_factory=RequestFacts)
    order: OrderFacts = field(default_factory=OrderFacts)
    people: tuple[PersonFacts, ...] = ()
    recipients: tuple[RecipientFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    basis: tuple[BasisFacts, ...] = ()
    advice: tuple[AdviceFacts, ...] = ()
    sendings: tuple[SendingFacts, ...] = ()
    since: SinceFacts = field(default_factory=SinceFacts)
    # Commencements the organisation has confirmed, for rows that ship switched off: code and first day.
    commencements: Mapping[str, date] = field(default_factory=dict)
