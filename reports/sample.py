"""The decisions of some weeks that are read again: those against a refusal, and a sample of the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet

from audit.parts import read_parts
from decisions.database.sending_keys import not_sent_yet
from decisions.models import Decision
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW
from reports.figures import Rows, against_refusal, people_who_said, reviewed_as
from reports.scope import Scope
from reviews.models import ReviewOutcome
from rules.codes import NOT_SHARED, SHARED, WITHOUT_AGREEMENT, Level
from rules.sampling import Candidate, Drawn, Risk, sample, sample_size, seed_of

# Of a list in a pack. Whoever needs more chooses one team or fewer weeks.
MOST_LISTED = 300
# Each of these is to be reviewed, so none is left out of any report that can be read.
MOST_OVERRIDES = 3000


@dataclass(frozen=True)
class Reread:
    """`rest` counts the decisions from which the sample was drawn. Lists have the first of so many decisions."""

    seed: str
    rest: int
    drawn: Sequence[Drawn]
    of_sample: Sequence[Decision]
    overrides: "Listed"
    disagreements: "Listed"


@dataclass(frozen=True)
class Listed:
    rows: Sequence[Decision]
    all: int


def reread(scope: Scope) -> Reread:
    """Costs the same number of queries for any number of decisions; of the rest only what the draw needs is read."""
    seed = seed_of(scope.organisation, scope.first, scope.last)
    rest = scope.decisions().exclude(pk__in=against_refusal(scope.decisions()).values("pk"))
    number = rest.count()
    drawn = sample(candidates(rest), seed, min(sample_size(number), MOST_LISTED))
    by_key = {row.pk: row for row in _read(scope.decisions().filter(pk__in=[each.candidate.key for each in drawn]))}
    return Reread(
        seed, number, drawn, [by_key[each.candidate.key] for each in drawn],
        _listed(against_refusal(scope.decisions()), MOST_OVERRIDES),
        _listed(reviewed_as(scope.decisions(), ReviewOutcome.DISAGREED, scope.last), MOST_LISTED),
    )  # fmt: skip


def candidates(rows: Rows) -> Iterator[Candidate]:
    """What the draw needs of each, read without holding all of them."""
    read = rows.order_by().values_list(
        "pk", "reference", "level", "outcome", people_who_said(WITHOUT_AGREEMENT), Exists(not_sent_yet(Decision))
    )
    for key, reference, level, outcome, disagreed, not_sent in read.iterator(chunk_size=1000):
        yield Candidate(key, reference, risks(level, outcome, disagreed=disagreed, not_sent=not_sent))


def risks(level: str, outcome: str, *, disagreed: bool, not_sent: bool) -> frozenset[Risk]:
    shared = outcome in SHARED
    found = {
        Risk.SIGNIFICANT_HARM: level == Level.S47,
        Risk.NOT_SHARED: outcome in NOT_SHARED,
        Risk.WITHOUT_AGREEMENT: shared and disagreed,
        Risk.NOT_SENT: shared and not_sent,
    }
    return frozenset(risk for risk, is_so in found.items() if is_so)


def _listed(rows: "QuerySet[Decision]", most: int) -> Listed:
    found = _read(rows, most)
    return Listed(found, len(found) if len(found) < most else rows.count())


def _read(rows: "QuerySet[Decision]", most: int = MOST_LISTED) -> list[Decision]:
    own: Any = rows
    read = own.with_sendings().annotate(**AUTHOR_NOW).order_by("-decided_at", "-pk")
    read = read.only("public_id", "reference", *AUTHOR, "decided_at", "recorded_at", "started_at", "outcome", "level",
                     "standing_until")  # fmt: skip
    found: list[Decision] = list(read[:most])
    read_parts(found, ("reviews__reply", "followed_by"))
    return found
