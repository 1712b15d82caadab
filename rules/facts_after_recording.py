"""What happened after a decision was recorded, as facts for the rules. They are read with those of `facts.py`."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class LaterConsentFacts:
    """One person's consent after recording. Their consent at recording is in `PersonFacts`."""

    person_ref: str = ""
    state: str = ""
    at: datetime
    agreed_to: tuple[str, ...] = ()  # codes of AgreedTo
    until: date | None = None  # the last day of their consent


@dataclass(frozen=True, kw_only=True)
class ResponseFacts:
    recipient_ref: str = ""
    kind: str = ""  # a code of ResponseKind
    escalated_to: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectionFacts:
    """One recipient who got something that turned out to be wrong."""

    recipient_ref: str = ""
    found_at: datetime | None = None
    notified_at: datetime | None = None  # none: not told yet, or there is a reason why not


@dataclass(frozen=True, kw_only=True)
class ComplaintFacts:
    received_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUpFacts:
    """What was added after recording, in order."""

    consent: tuple[LaterConsentFacts, ...] = ()
    responses: tuple[ResponseFacts, ...] = ()
    outside_group: bool = False  # something was sent to someone outside the group of the decision
    to_be_corrected: tuple[str, ...] = ()  # recipients who got something wrong and have not been told so
    complaints_open: bool = False  # a complaint has no answer yet
    objections_open: bool = False  # an objection has no answer yet
    corrections: tuple[CorrectionFacts, ...] = ()
    complaints: tuple[ComplaintFacts, ...] = ()
