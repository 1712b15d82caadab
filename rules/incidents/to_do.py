"""What is still to do about an incident. Each line warns and says what to do; none refuses anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.codes import YesNoUnknown
from rules.incidents.clock import Happened, clock, is_closed, risk_of
from rules.incidents.codes import (
    KNOWN,
    NOTIFIABLE,
    RECALLABLE,
    RECALLED,
    IncidentEventKind,
    IncidentKind,
    IncidentRisk,
)

Kind = IncidentEventKind
# Only somebody who knows of it decides about the risk or the report.
BY_OFFICER = frozenset({Kind.OFFICER_INFORMED, Kind.RISK_JUDGED, Kind.REGULATOR_NOTIFIED, Kind.REGULATOR_NOT_NOTIFIED})


@dataclass(frozen=True, kw_only=True)
class IncidentFacts:
    """`address_found`: a text of what went out reads like an address, and somebody in the family is at risk."""

    kind: str
    aware_at: datetime
    danger: str
    address_at_risk: str
    address_found: bool = False
    officer_knows: bool = False  # a data protection officer reported it
    organisation_kind: str = ""
    events: tuple[Happened, ...] = ()

    def has(self, *kinds: str) -> bool:
        return any(event.kind in kinds for event in self.events)


@dataclass(frozen=True)
class ToDo:
    """`page` is the kind of event that settles it. `first`: somebody may come to harm while this is read."""

    code: str
    message: str
    page: IncidentEventKind
    first: bool = False


Rule = Callable[[IncidentFacts, datetime], Iterator[ToDo]]


def to_do(facts: IncidentFacts, now: datetime) -> list[ToDo]:
    """In the order in which it is done: people's safety, then getting it back, then telling those who must know."""
    if is_closed(facts.events):
        return []
    return [found for rule in RULES for found in rule(facts, now)]


def _danger(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if facts.has(Kind.SAFETY):
        return
    if facts.danger == YesNoUnknown.YES:
        yield ToDo(
            "DANGER", "Somebody is in danger. Call 999 now. Then record what was done to keep them safe",
            Kind.SAFETY, first=True,
        )  # fmt: skip
    elif facts.danger == YesNoUnknown.UNKNOWN:
        yield ToDo(
            "DANGER_UNKNOWN", "Find out now whether somebody is in danger. If you cannot, act as if they were",
            Kind.SAFETY, first=True,
        )  # fmt: skip


def _address(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if facts.has(Kind.PEOPLE_INFORMED):
        return
    if facts.address_at_risk == YesNoUnknown.NO:
        if facts.address_found:
            yield ToDo(
                "ADDRESS_FOUND",
                "Read again what went out. It reads as if it had an address in it, and somebody in this family is at "
                "risk. If it has, tell them today in a way that is safe",
                Kind.PEOPLE_INFORMED, first=True,
            )  # fmt: skip
        return
    shows = "It shows" if facts.address_at_risk == YesNoUnknown.YES else "It may show"
    yield ToDo(
        "ADDRESS",
        f"{shows} where somebody lives who must not be found. Tell them today, in a way that is safe for them. Tell "
        "the police if they could be found",
        Kind.PEOPLE_INFORMED, first=True,
    )  # fmt: skip


def _recall(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    asked = [place for place, event in enumerate(facts.events) if event.kind == Kind.RECALL_ASKED]
    answers = [place for place, event in enumerate(facts.events) if event.kind == Kind.RECALL_ANSWERED]
    if not asked and not answers:
        yield from _not_asked_yet(facts)
    elif facts.kind in KNOWN:
        return
    elif not answers or (asked and asked[-1] > answers[-1]):
        yield ToDo("RECALL_ANSWER", "Find out whether they deleted it or sent it back", Kind.RECALL_ANSWERED)
    elif facts.events[answers[-1]].code not in RECALLED:
        yield ToDo(
            "NOT_RECALLED", "They still have it. Ask again, or ask your data protection officer", Kind.RECALL_ASKED
        )
    elif not facts.events[answers[-1]].in_writing:
        yield ToDo("RECALL_WRITTEN", "Ask them to confirm it in writing", Kind.RECALL_ANSWERED)


def _not_asked_yet(facts: IncidentFacts) -> Iterator[ToDo]:
    if facts.kind in RECALLABLE:
        yield ToDo("RECALL", "Ask whoever has it to delete it or to send it back", Kind.RECALL_ASKED)
    elif facts.kind in KNOWN:
        yield ToDo("PASS_ON", "Ask whoever knows it not to pass it on, if asking them is safe", Kind.RECALL_ASKED)
    elif facts.kind == IncidentKind.LOST and not facts.has(Kind.MORE_FOUND):
        yield ToDo("LOST", "Look for it where it was last seen. If it was stolen, tell the police", Kind.MORE_FOUND)


def _manager(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if not facts.has(Kind.MANAGER_INFORMED):
        yield ToDo("MANAGER", "Tell your line manager", Kind.MANAGER_INFORMED)


def _officer(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if not facts.officer_knows and not facts.has(*BY_OFFICER):
        yield ToDo("OFFICER", "Tell your data protection officer today", Kind.OFFICER_INFORMED)


def _risk(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if not risk_of(facts.events):
        yield ToDo("RISK", "Decide how high the risk is for those it is about", Kind.RISK_JUDGED)


def _regulator(facts: IncidentFacts, now: datetime) -> Iterator[ToDo]:
    found = clock(facts.aware_at, facts.events, facts.organisation_kind)
    if found.settled_at:
        return
    risk, hours = risk_of(facts.events), found.limit.hours
    if risk == IncidentRisk.UNLIKELY:
        yield ToDo(
            "REGULATOR_REASON", "Record why it is not reported to the Information Commissioner",
            Kind.REGULATOR_NOT_NOTIFIED,
        )  # fmt: skip
        return
    unless = "" if risk in NOTIFIABLE else ", unless nobody is likely to come to harm"
    if found.is_late(now):
        over = f"The {hours} hours are over. Report it to the Information Commissioner now, and say why it is late"
        yield ToDo("REGULATOR_LATE", f"{over}{unless}", Kind.REGULATOR_NOTIFIED)
    else:
        within = f"Report it to the Information Commissioner within {hours} hours of first knowing of it"
        yield ToDo("REGULATOR", f"{within}{unless}", Kind.REGULATOR_NOTIFIED)


def _people(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    high = risk_of(facts.events) == IncidentRisk.HIGH
    if high and not facts.has(Kind.PEOPLE_INFORMED, Kind.PEOPLE_NOT_INFORMED):
        yield ToDo(
            "PEOPLE",
            "The risk is high. Tell those it is about without delay, in a way that is safe, or record why not",
            Kind.PEOPLE_INFORMED,
        )  # fmt: skip


def _learned(facts: IncidentFacts, _now: datetime) -> Iterator[ToDo]:
    if not facts.has(Kind.LEARNED):
        yield ToDo("LEARNED", "Record what was learned, and what you will change", Kind.LEARNED)


RULES: tuple[Rule, ...] = (
    _danger, _address, _recall, _manager, _officer, _risk, _regulator, _people, _learned,
)  # fmt: skip
