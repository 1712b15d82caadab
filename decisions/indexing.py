"""What a recorded decision is found by: its reference and every word that was typed into it, then and since.

An urgent record is found by the same of its own, before and after a decision completes it.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from audit.statements import rows_where
from decisions.models import Decision, DecisionTeam, UrgentRecord
from decisions.queries import PARTS
from search import index
from search.folding import words_of_name, words_of_text
from search.index import Kind
from search.row_texts import texts_of

# A text as short as this may be a name, in which two words may be typed as one.
LONGEST_NAME = 60
# Written about a decision in an app above, as relations of the decision.
ABOVE = ("reviews__reply", "second_look")
ELSEWHERE = {"organisation", "author", "team", "disclosure", "supersedes", "urgent", "followed_by"}


def index_decision(decision: Decision, parts: Iterable[Model]) -> None:
    index.put(
        Kind.DECISION,
        decision.pk,
        organisation=decision.organisation_id,
        teams=_teams(decision),
        words=_words([decision, *parts, *([decision.urgent] if decision.urgent else [])]),
    )


def index_added(decision: Decision, row: Model) -> None:
    """What was added later is found too."""
    index.add_words(
        Kind.DECISION, decision.pk, organisation=decision.organisation_id, teams=_teams(decision), words=_words([row])
    )


def index_urgent(urgent: UrgentRecord) -> None:
    index.put(
        Kind.URGENT,
        urgent.pk,
        organisation=urgent.organisation_id,
        teams=[urgent.team_id],
        words=_words([urgent]),
    )


def parts_of(decision: Decision) -> Iterator[Model]:
    """Every row of a decision that was read with its parts, and with what is ABOVE."""
    for path in (*PARTS, *ABOVE):
        first, *rest = path.split("__")
        if first not in ELSEWHERE:
            yield from _below(decision, first, rest)


def _below(row: Model, name: str, rest: list[str]) -> Iterator[Model]:
    for part in _rows_of(row, name):
        yield part
        if rest:
            yield from _below(part, rest[0], rest[1:])


def _rows_of(row: Model, name: str) -> Iterable[Model]:
    """Of a relation to one row, that row where there is one."""
    if row._meta.get_field(name).one_to_one:
        found: Model | None = getattr(row, name, None)
        return [found] if found else []
    rows: Iterable[Model] = getattr(row, name).all()
    return rows


def _words(rows: Iterable[Model]) -> set[str]:
    texts = texts_of(rows)
    return words_of_text(texts).union(*(words_of_name(text) for text in texts if len(text) <= LONGEST_NAME))


def _teams(decision: Decision) -> set[int]:
    """Those that it may concern: what each sees of it is asked when somebody searches."""
    return {row.team_id for row in rows_where(DecisionTeam, "decision", [decision.pk])}
