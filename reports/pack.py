"""A pack for an inspector as data: the figures, the sample and how it was drawn, and how each decision was reviewed.

The page and the PDF are made from the same. It holds no name of a child, nothing that anybody wrote, and no draft.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from decisions.models import Decision
from decisions.presenters.outcome import outcome_words
from reports.counts import Counts
from reports.presenters import CLOSED, disposed_words, incident_words, panels, review_time_words
from reports.sample import Listed, Reread
from reports.scope import Scope
from reviews.models import Review, ReviewOutcome
from reviews.review_state import ReviewState, State, reply_to, review_state
from rules.sampling import FEWEST, FIGURES, ONE_IN, RISKS, Drawn, sample_size
from ui.moments import moment

Block = dict[str, Any]
TITLE = "Decisions to share information: report"
STATES = {
    State.WAITING: "Waiting for a review",
    State.SENT_BACK: "Waiting for the author's reply",
    State.ESCALATED: "Waiting for another supervisor",
}


@dataclass(frozen=True)
class Made:
    by: str
    at: datetime


def pack(scope: Scope, counted: Counts, found: Reread, made: Made) -> Block:
    return {
        "title": TITLE,
        "author": scope.organisation,
        "language": "en",
        "sections": [
            _section("What this is about", *_about(scope, counted, made)),
            *(_figures(counted)),
            _section("Shared although someone refused, objected or withdrew", *_overrides(found)),
            _section("The sample of the rest", *_sample(scope, found)),
            _section("Where a reviewer disagreed", *_disagreements(scope, found)),
        ],
    }


def how_reviewed(decision: Decision) -> str:
    """Every round: what the review came to, by whom and when, and whether the author replied."""
    reviews = list(decision.reviews.all())
    state = _state(decision, reviews)
    rounds = [_round(review) for review in reviews]
    return " ".join([*rounds, *([f"{STATES[state.state]}."] if state.state in STATES else [])])


def how_it_ended(decision: Decision, closed: Collection[int] = ()) -> str:
    """After a disagreement: what the supervisors came to, and what was done; not by which decision, if it is closed."""
    reviews = list(decision.reviews.all())
    state = _state(decision, reviews)
    if state.state != State.CLOSED:
        return f"Not ended. {STATES[state.state]}."
    last = ReviewOutcome(reviews[-1].outcome)
    if last != ReviewOutcome.DISAGREED:
        return f"{last.label}: another supervisor found the decision right."
    later = [row for row in decision.followed_by.all() if not row.is_draft]
    if not later:
        return "Two supervisors disagreed. No new decision has taken its place yet."
    done = (
        "A new decision took its place."
        if later[-1].pk in closed
        else f"Decision {later[-1].reference} took its place."
    )
    return f"Two supervisors disagreed. {done}"


def _state(decision: Decision, reviews: Sequence[Review]) -> ReviewState:
    return review_state(decision.recorded_at or decision.started_at, reviews)


def _round(review: Review) -> str:
    answer = reply_to(review)
    replied = f" The author replied on {_day(answer.written_at)}." if answer else ""
    return f"{ReviewOutcome(review.outcome).label}, {review.reviewer_name}, {_day(review.given_at)}.{replied}"


def _about(scope: Scope, counted: Counts, made: Made) -> list[Block]:
    days = f"Decided from {moment(scope.first)} to {moment(scope.last)}."
    return [
        _text(f"{scope.organisation}. {scope.team_names or 'No team'}."),
        _text(f"{days} Recorded decisions: {counted.all}."),
        *(_text(words) for words in (disposed_words(counted.disposed), incident_words(counted.incidents)) if words),
        _text(f"Made by {made.by} on {moment(made.at)}. The figures are of that time."),
        _text("It does not name any child or family, or hold anything that was written on a decision."),
        _text(CLOSED),
    ]


def _figures(counted: Counts) -> list[Block]:
    found = []
    for panel in panels(counted) if counted.all else ():
        rows = [[line.words, str(line.number)] for line in panel.lines]
        blocks = [_table([panel.head, "Decisions"], rows)] if rows else [_text("There are none.")]
        note = [_text(panel.note)] if panel.note else []
        more = [_text(review_time_words(counted.review_days))] if panel.key == "review" else []
        found.append(_section(panel.title, *note, *blocks, *more))
    return found


def _overrides(found: Reread) -> list[Block]:
    rows = found.overrides.rows
    blocks = _decisions(rows, ["How it was reviewed"], lambda row: [how_reviewed(row)])
    return [_text("Each of these is to be reviewed."), *blocks, *_not_listed(found.overrides)]


def _disagreements(scope: Scope, found: Reread) -> list[Block]:
    columns = ["How it was reviewed", "How it ended"]
    rows = found.disagreements.rows
    blocks = _decisions(rows, columns, lambda row: [how_reviewed(row), how_it_ended(row, scope.closed)])
    return [*blocks, *_not_listed(found.disagreements)]


def _sample(scope: Scope, found: Reread) -> list[Block]:
    drawn = {each.candidate.key: each for each in found.drawn}
    return [
        _text(_drawn_words(len(found.drawn), found.rest)),
        _text("Anyone can draw it again, and must get the same result:"),
        {"list": _steps(scope, found)},
        *_decisions(
            found.of_sample, ["Why, and its number", "How it was reviewed"],
            lambda row: [_why(drawn[row.pk]), how_reviewed(row)],
        ),
    ]  # fmt: skip


def _steps(scope: Scope, found: Reread) -> list[str]:
    weights = "; ".join(f"{weighed.weight} for “{weighed.words}”" for weighed in RISKS.values())
    words = f"{scope.organisation} {scope.first.isoformat()} {scope.last.isoformat()}"
    return [
        f"The seed is the SHA-256 of “{words}”: {found.seed}",
        f"Each decision has a weight of 1. Add for its risks: {weights}.",
        "Take the SHA-256 of the seed, a space and the reference.",
        f"Read its first {FIGURES} figures as a hexadecimal number.",
        "Divide that number by the weight. Leave out what comes after the point.",
        "The decisions with the lowest numbers are in the sample.",
        "Those shared although someone refused, objected or withdrew are left out: all of them are to be reviewed.",
    ]


def _why(drawn: Drawn) -> str:
    risks = [RISKS[risk].words for risk in RISKS if risk in drawn.candidate.risks]
    return f"{'. '.join(risks) or 'By chance'}. Weight {drawn.candidate.weight}, number {drawn.number}."


def _decisions(rows: Sequence[Decision], columns: list[str], cells: Any) -> list[Block]:
    if not rows:
        return [_text("There are none.")]
    lines = [[row.reference, _day(row.decided_at), outcome_words(row), *cells(row)] for row in rows]
    return [_table(["Decision", "Decided", "Outcome", *columns], lines)]


def _not_listed(listed: Listed) -> list[Block]:
    number = len(listed.rows)
    words = f"The newest {number} of {listed.all} are listed. For the others, choose one team or fewer weeks."
    return [_text(words)] if number < listed.all else []


def _drawn_words(drawn: int, rest: int) -> str:
    if drawn < sample_size(rest):
        most = f"Drawn: {drawn} of {rest}, the most that a report has."
        return f"{most} For one in {ONE_IN}, choose one team or fewer weeks."
    return f"Drawn: {drawn} of {rest} (one in {ONE_IN}, and no fewer than {FEWEST})."


def _day(at: datetime | None) -> str:
    return moment(timezone.localdate(at)) if at else ""


def _section(heading: str, *blocks: Block) -> Block:
    return {"heading": heading, "blocks": list(blocks)}


def _text(words: str) -> Block:
    return {"text": words}


def _table(head: list[str], rows: Iterable[list[str]]) -> Block:
    return {"table": {"head": head, "rows": list(rows)}}
