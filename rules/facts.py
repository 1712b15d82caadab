"""The facts of one decision for the rules. Every field has a default, so that an unfinished draft can be assessed.

Codes are those of `codes`. A reference (`ref`) names a person, a recipient or an item within these facts and means
nothing outside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from rules.facts_after_recording import FollowUpFacts
from rules.law import Provision


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
    authorising_officer: str = ""  # of the police: who authorised the request, and their rank
    reply_by: date | None = None
    reply: str = ""  # what the asker was told
    neither_confirmed: bool = False  # the reply neither confirms nor denies that anything is held


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """A risk assessment or safety plan that was there before the decision."""

    reference: str = ""
    made_on: date | None = None
    in_line: str = ""  # yes, no, unknown: is the decision in line with it?
    departure: str = ""  # why it is not


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    court: str = ""
    made_on: date | None = None
    scope: str = ""
    covers_from: date | None = None  # the days that what it asks for must fall between
    covers_to: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ShareDutyFacts:
    """Answers to the conditions of the duty to share (Children Act 2004 s16LA), where it is in force."""

    holds: str = ""  # yes, no, unknown
    relevant: str = ""
    helps: str = ""
    detriment: str = ""  # why giving it would do the child more harm than not


@dataclass(frozen=True, kw_only=True)
class AttemptFacts:
    """One attempt to inform somebody, which did not reach them."""

    at: datetime | None = None
    safe_contact: str = ""  # yes, no, unknown: was the contact route safe?
    way_known: str = ""  # a code of WayKnown: what was recorded about that route before


@dataclass(frozen=True, kw_only=True)
class InformingFacts:
    state: str = ""
    entered_on: date | None = None  # when it was added after recording; none: with the decision
    at: datetime | None = None
    how: str = ""
    by_whom: str = ""
    reason: str = ""  # a code of Reason
    exemption: str = ""  # a code of ExemptionCode: the law that lets them not be told
    text: str = ""
    review_on: date | None = None
    closing: str = ""  # a code of Closing
    agreed_with: str = ""
    approver: str = ""
    who_what_why: bool = False
    no_choice_explained: bool = False
    safe_contact: str = ""  # yes, no, unknown: was the contact route safe?
    way_known: str = ""  # a code of WayKnown: what was recorded about that route before
    safe_contact_note: str = ""  # how they can be contacted safely
    attempts: tuple[AttemptFacts, ...] = ()  # besides this one, if it is one itself


@dataclass(frozen=True, kw_only=True)
class AtRiskFacts:
    """The three tests of an adult at risk (Data Protection Act 2018 Schedule 1 paragraph 18(3)): yes, no, unknown."""

    needs: str = ""  # has needs for care and support
    harm: str = ""  # is neglected or harmed, or may come to be
    unable: str = ""  # cannot protect themselves because of those needs


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    ref: str = ""
    role: str = ""
    age: float | None = None  # in years; none for an unborn baby, or where it is not known
    due_on: date | None = None  # when an unborn baby is expected
    alleged_source_of_harm: bool = False
    parental_responsibility: str = ""  # yes, no, unknown
    identifier_kind: str = ""  # which number a child's information goes with; the number itself is no fact
    why_no_identifier: str = ""  # why none is used
    competence: str = ""
    competence_note: str = ""
    competence_by: str = ""  # who assessed it
    competence_on: date | None = None
    best_interests: str = ""  # for somebody who lacks capacity: who was asked, and why it is best for them
    at_risk: AtRiskFacts = field(default_factory=AtRiskFacts)
    consent_state: str = "UNKNOWN"
    consent_at: datetime | None = None
    consent_how: str = ""
    agreed_to: tuple[str, ...] = ()  # codes of AgreedTo
    covers: tuple[str, ...] = ()  # whose information it covers; empty: theirs, and a child's who cannot decide
    limits: str = ""  # what their consent covers, and what it does not
    until: date | None = None  # the last day of their consent
    views: str = ""
    not_asked_reason: str = ""  # a code of Reason
    not_asked_text: str = ""  # why, what the delay would cost, or how often you tried
    agreed_with: str = ""
    look_again_on: date | None = None
    at_home: str = "unknown"  # yes, no, unknown: do they live at the family's home?
    could_hear: str = ""  # yes, no, unknown: could they learn of it through someone else?
    p18_reason: str = ""
    p18_text: str = ""
    informing: InformingFacts = field(default_factory=InformingFacts)


@dataclass(frozen=True, kw_only=True)
class RecipientFacts:
    ref: str = ""
    name: str = ""
    organisation: str = ""
    kind: str = ""  # as in an address book: police, social_care, school
    in_scope_16la: bool = False
    is_asker: bool = False
    choice: str = ""  # yes, no: does the family have a real choice about this recipient?
    people: tuple[str, ...] = ()  # of the people here: whom the recipient is, or speaks for


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One item of information that is shared or withheld."""

    ref: str = ""
    text: str = ""
    kind: str = ""
    sensitivities: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # people whose data it is
    not_disclosed_to: tuple[str, ...] = ()
    proceedings_permission: str = ""
    dated_from: date | None = None  # the days it is about, where an order covers only some
    dated_to: date | None = None
    given_to: tuple[str, ...] = ()  # recipients
    withheld_from: Mapping[str, str] = field(default_factory=dict)  # recipient: why


@dataclass(frozen=True, kw_only=True)
class BasisFacts:
    """One provision of law chosen, for one person or (without `person_ref`) for the whole decision."""

    code: str = ""
    layer: str = ""
    refused_ok: str = ""
    person_ref: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # question: answer
    kind: str = ""
    name: str = ""  # its plain name when it was chosen, for a provision that has since been removed
    law_version: str = ""  # the version of the law it was copied from, and the hash of that version
    law_sha256: str = ""


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
    received_at: datetime | None = None  # when the recipient says that it came


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One decision. Times are aware; the rules have no clock, so `recorded_at` is their present."""

    entry_route: str = ""
    trigger: str = ""
    duty: str = ""  # the code of the duty, where the trigger is MANDATORY
    discovered_at: datetime | None = None  # when they came to know what brings the duty about
    how_discovered: str = ""  # a code of HowDiscovered
    starts_on: date | None = None  # the child's first day at the new school
    organisation: OrganisationFacts = field(default_factory=OrganisationFacts)
    decided_at: datetime | None = None
    recorded_at: datetime | None = None
    urgent_recorded_at: datetime | None = None  # when the urgent record was made, if there was one
    late_reason: str = ""
    outcome: str = ""
    whole_file_reason: str = ""
    level: str = ""
    level_at_refusal: str = ""  # when somebody said no, and nothing new was written of the concern since
    facts_text: str = ""
    opinion: str = ""
    child_words: str = ""
    happened: str = ""  # when it happened, in the author's words
    disclosed_at: datetime | None = None  # when somebody was told of it or saw it
    why_now: str = ""
    about_staff: bool = False  # a concern about somebody who works for the organisation
    lado_not_informed: str = ""  # why the local authority designated officer is not told of it
    why_outweighs: str = ""
    advice_first: str = ""  # a code of AdviceFirst, where no advice was had
    advice_not_needed: str = ""  # why
    source_talk: str = ""  # who speaks to the alleged or suspected source of harm, and when
    why_no_more: str = ""
    risk_if_shared: str = ""
    risk_if_not: str = ""
    instead: str = ""
    look_again_on: date | None = None
    no_basis: str = ""
    no_basis_reason: str = ""
    passed_to: str = ""  # who is asked to decide instead
    follows: bool = False  # it supersedes an earlier decision
    what_changed: str = ""  # since that one
    share_anyway: str = ""  # yes, no: asked when consent is chosen and somebody may come to harm
    cannot_recall: str = ""  # what was sent before it was stopped
    standing_scope: str = ""  # a standing decision for a group that shares regularly: what it may share, and until when
    standing_until: date | None = None
    request: RequestFacts = field(default_factory=RequestFacts)
    order: OrderFacts = field(default_factory=OrderFacts)
    plan: PlanFacts = field(default_factory=PlanFacts)
    share_duty: ShareDutyFacts = field(default_factory=ShareDutyFacts)
    includes: tuple[str, ...] = ()  # what the shared information includes; empty: not answered
    people: tuple[PersonFacts, ...] = ()
    left_out: tuple[str, ...] = ()  # who of the family has parental responsibility and is not among the people
    recipients: tuple[RecipientFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    basis: tuple[BasisFacts, ...] = ()
    advice: tuple[AdviceFacts, ...] = ()
    sendings: tuple[SendingFacts, ...] = ()
    follow_up: FollowUpFacts = field(default_factory=FollowUpFacts)
    # Commencements the organisation has confirmed, for provisions that ship switched off: code and first day.
    commencements: Mapping[str, date] = field(default_factory=dict)
    # Provisions of the organisation's own, and the first day on which it uses a provision no longer.
    local_provisions: tuple[Provision, ...] = ()
    retired: Mapping[str, date] = field(default_factory=dict)


def day_of(facts: Facts) -> date | None:
    """The day of the decision, in whose law late entries are judged too."""
    return facts.decided_at.date() if facts.decided_at else None


def aware(moment: datetime) -> datetime:
    """A time without a zone is taken as UTC, so that a hand-written file can be assessed."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
