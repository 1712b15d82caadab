"""How long records are kept. The file proposes; a period counts once a data protection officer has confirmed it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from rules.codes import Code

FEWEST_YEARS, MOST_YEARS = 1, 150
LEAP_DAY = (2, 29)


class RecordKind(Code):
    """What is kept, and disposed of, as one record."""

    DECISION = "decision", "Decisions"
    URGENT = "urgent", "Urgent records without a decision"
    FAMILY = "family", "Families on no decision"
    REQUEST = "request", "Rights requests"
    INCIDENT = "incident", "Incidents about no decision"


class CountedFrom(Code):
    """The day from which the years are counted."""

    BORN = "BORN", "The birth of the youngest child"
    LAST = "LAST", "The latest record"


class Confidence(Code):
    """How sure we are of a period's source."""

    CONFIRMED = "confirmed", "The source says so"
    KNOWN = "known", "Known, but the source was not checked"
    PROPOSED = "proposed", "No source says so"


# Of a concern about somebody who works here. Their age is not recorded, so they count as 18: then 68 is 50 years on.
# Keeping children safe in education, Part four: to their normal pension age, or 10 years if that is longer. Known, not
# checked: see Confidence.KNOWN.
STAFF_YEARS = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    kind: RecordKind
    sectors: frozenset[str]
    counted_from: CountedFrom
    years: int
    source: str
    confidence: Confidence


@cache
def proposals() -> tuple[Proposal, ...]:
    text = resources.files("rules").joinpath("data", "retention.toml").read_text("utf-8")
    return tuple(
        Proposal(
            kind=RecordKind(entry["kind"]),
            sectors=frozenset(entry["sectors"]),
            counted_from=CountedFrom(entry["counted_from"]),
            years=entry["years"],
            source=entry["source"],
            confidence=Confidence(entry["confidence"]),
        )
        for entry in tomllib.loads(text)["proposal"]
    )


def proposal_for(kind: RecordKind, sector: str) -> Proposal:
    """The one that names the sector, or the one for all others."""
    of_kind = [proposal for proposal in proposals() if proposal.kind == kind]
    return next(
        (each for each in of_kind if sector in each.sectors), next(each for each in of_kind if not each.sectors)
    )


def due_on(counted_from: str, years: int, *, youngest_born: date | None, last: date) -> date:
    """The first day on which the record may be disposed of.

    Where no child's date of birth is known, the child counts as born on the last day of the record: never too early.
    """
    start = (youngest_born or last) if counted_from == CountedFrom.BORN else last
    return years_after(start, years)


def latest_birth(*, born: date | None, age: int | None, age_on: date | None, due: date | None, last: date) -> date:
    """The latest day on which somebody can have been born, of whom this is known."""
    if born:
        return born
    if age is not None and age_on:
        return years_after(age_on, -age)
    return max(due, last) if due else last


def years_after(day: date, years: int) -> date:
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def in_words(counted_from: str, years: int) -> str:
    """Such as: 25 years from the birth of the youngest child."""
    day = CountedFrom(counted_from).label
    return f"{years} year{'' if years == 1 else 's'} from {day[0].lower()}{day[1:]}"
