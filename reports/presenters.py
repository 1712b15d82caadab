"""The figures as panels: a chart, and a table beside it in which each number leads to its decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from decisions.disposed import BECAUSE
from decisions.presenters.labels import outcome_done
from decisions.presenters.log import CONSENT_GROUPS
from reports.counts import Counts, IncidentCounts
from reports.disagreements import ENDED_WORDS
from reports.figures import Figure
from reports.leads import Leads
from reports.scope import Scope
from reviews.models import ReviewOutcome
from rules.codes import Outcome
from ui.charts import Chart, Value, bars, columns
from ui.moments import moment


@dataclass(frozen=True)
class Line:
    """`address` leads to the decisions behind the number; empty where there are none."""

    words: str
    number: int
    address: str = ""


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    head: str
    lines: Sequence[Line]
    chart: Chart | None = None
    note: str = ""
    # What a long table is called that opens beside its chart.
    fold: str = ""


OPEN_WORDS = {
    Figure.NOT_SENT: "Decided to share, and not yet sent",
    Figure.NOT_INFORMED: "Somebody should have been informed by now",
    Figure.WAITING: "Waiting for a review",
    Figure.OVERDUE: "Waiting for a review, and overdue",
    Figure.AGAINST_REFUSAL: "Shared although someone refused, objected or withdrew",
    Figure.AGAINST_REFUSAL_WAITING: "Shared although someone refused, objected or withdrew, and not reviewed yet",
}
# Said to everybody, so that it tells nobody whether there is such a record.
CLOSED = (
    "A record may be closed to whoever makes this report, by a conflict or a restriction. The report leaves it out."
)
IN_TWO = "A decision can be in more than one of these: each person on it gives their own answer."
IN_ROUNDS = "A decision can be in more than one of these: it is reviewed again after a question or a disagreement."


def scope_query(scope: Scope, team: str) -> str:
    """Asks for the same days and team again: ids and days, no name."""
    weeks = ((scope.last - scope.first).days + 1) // 7
    return urlencode({"weeks": weeks, "team": team, "until": scope.last.isoformat()})


def figure_words(figure: Figure, value: str) -> str:
    """What a list of decisions is called."""
    groups = {group.key: group.words for group in CONSENT_GROUPS}
    with_value: Mapping[Figure, Mapping[str, str]] = {
        Figure.OUTCOME: {code.value: outcome_done(code) for code in Outcome},
        Figure.CONSENT: groups,
        Figure.REVIEW: {code: str(words) for code, words in ReviewOutcome.choices},
        Figure.DISAGREED: {ending.value: words for ending, words in ENDED_WORDS.items()},
    }
    fixed = {
        **OPEN_WORDS, Figure.ALL: "All decisions",
        Figure.WEEK: f"Seven days from {_day(value)}",
    }  # fmt: skip
    return with_value.get(figure, {}).get(value) or fixed.get(figure, "Decisions")


def panels(counted: Counts, leads: Leads | None = None) -> list[Panel]:
    return [
        _open(counted, leads),
        _chart("outcome", "Decisions by outcome", "Outcome", _outcomes(counted, leads)),
        _chart("consent", "Decisions by consent", "Consent", _consents(counted, leads), IN_TWO),
        _weeks(counted, leads),
        _chart("review", "Reviews", "Outcome of a review", _reviews(counted, leads), IN_ROUNDS),
        *_endings(counted, leads),
    ]


def review_time_words(days: int | None) -> str:
    if days is None:
        return "No decision from this period has been reviewed yet."
    if not days:
        return "Half of the decisions that were reviewed had their first review on the day they were recorded."
    many = "1 working day" if days == 1 else f"{days} working days"
    return f"Half of the decisions that were reviewed had their first review within {many}."


def disposed_words(number: int) -> str:
    """Empty of none: a report of days of which something is gone must not be taken for all there was."""
    if not number:
        return ""
    if number == 1:
        return f"1 decision from this period was disposed of, {BECAUSE.format('it')}. It is not counted here."
    return f"{number} decisions from this period were disposed of, {BECAUSE.format('them')}. They are not counted here."


def incident_words(counted: IncidentCounts) -> str:
    """Empty of none."""
    if not counted.all:
        return ""
    still_open = f"Not closed: {counted.open}." if counted.open else "All are closed."
    notified = f"Reported to the Information Commissioner: {counted.notified}."
    words = f"Incidents that became known in this period: {counted.all}. {still_open}"
    return f"{words} {notified}" if counted.notified else words


def _open(counted: Counts, leads: Leads | None) -> Panel:
    lines = [_line(words, counted.single[figure], leads, figure) for figure, words in OPEN_WORDS.items()]
    return Panel("open", "What to look at", "What", lines)


def _outcomes(counted: Counts, leads: Leads | None) -> list[Line]:
    found = ((code, counted.outcomes.get(code, 0)) for code in Outcome)
    return [_line(outcome_done(code), number, leads, Figure.OUTCOME, code) for code, number in found if number]


def _consents(counted: Counts, leads: Leads | None) -> list[Line]:
    found = ((group, counted.consents.get(group.key, 0)) for group in CONSENT_GROUPS)
    return [_line(group.words, number, leads, Figure.CONSENT, group.key) for group, number in found if number]


def _reviews(counted: Counts, leads: Leads | None) -> list[Line]:
    found = ((code, words, counted.reviews.get(code, 0)) for code, words in ReviewOutcome.choices)
    return [_line(str(words), number, leads, Figure.REVIEW, code) for code, words, number in found if number]


def _endings(counted: Counts, leads: Leads | None) -> Iterator[Panel]:
    """Only where a reviewer disagreed."""
    found = [(ending, words, counted.endings.get(ending, 0)) for ending, words in ENDED_WORDS.items()]
    lines = [_line(words, number, leads, Figure.DISAGREED, ending) for ending, words, number in found if number]
    if lines:
        yield Panel("ended", "How disagreements ended", "After a reviewer disagreed", lines)


def _weeks(counted: Counts, leads: Leads | None) -> Panel:
    lines = [_line(moment(day), number, leads, Figure.WEEK, day.isoformat()) for day, number in counted.weeks.items()]
    title = "Decisions by week"
    chart = columns(title, _values(lines)) if counted.all else None
    fold = "" if chart is None or chart.numbered else f"The numbers of all {len(lines)} weeks"
    return Panel("week", title, "Seven days from", lines, chart, fold=fold)


def _chart(key: str, title: str, head: str, lines: Sequence[Line], note: str = "") -> Panel:
    return Panel(key, title, head, lines, bars(title, _values(lines)) if lines else None, note if lines else "")


def _values(lines: Iterable[Line]) -> list[Value]:
    return [Value(line.words, line.number) for line in lines]


def _line(words: str, number: int, leads: Leads | None, figure: Figure, value: str = "") -> Line:
    return Line(words, number, leads.address(figure, value) if leads and number else "")


def _day(value: str) -> str:
    try:
        return moment(date.fromisoformat(value))
    except ValueError:
        return "a day"
