"""What users enter about a family, as forms pass it to actions."""

from dataclasses import dataclass
from datetime import date, datetime

from rules.codes import Level, PersonRole, YesNoUnknown


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    name: str
    role: str = PersonRole.CHILD
    date_of_birth: date | None = None
    age: int | None = None
    age_on: date | None = None
    due_on: date | None = None
    parental_responsibility: str = YesNoUnknown.UNKNOWN
    communication_need: str = ""
    known_as: str = ""
    at_home: str = YesNoUnknown.UNKNOWN
    opens_post: str = YesNoUnknown.UNKNOWN
    hears_through: str = ""
    nhs_number: str = ""
    upn: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    kind: str
    detail: str = ""
    safe: str = YesNoUnknown.UNKNOWN
    why: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DisclosureDetails:
    said_by: str
    said_to: str
    received_at: datetime
    happened: str = ""
    facts: str = ""
    opinion: str = ""
    child_words: str = ""
    level: str = Level.NONE_OR_EARLY
    immediate_danger: bool = False
