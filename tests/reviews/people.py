"""More people who may review, made past the ledger."""

from datetime import datetime, timedelta

from accounts.models import Membership, Team, User
from accounts.roles import Role
from decisions.models import Decision
from reviews.actions import record_review, reply
from reviews.models import Reply, Review, ReviewOutcome
from tests.cast import Cast
from tests.decisions.cases import plain

HOUR = timedelta(hours=1)
NAMES = ("Nell Ashby", "Otto Brand", "Pia Corrin", "Quin Dale", "Rosa Ember")


def supervisors(cast: Cast, count: int, team: Team | None = None) -> list[User]:
    """So many more supervisors of the team."""
    people = plain(User).bulk_create(
        User(
            organisation=cast.organisation, email=f"{name.split()[0].lower()}@north.test", full_name=name,
            job_title="Team manager",
        )
        for name in NAMES[:count]
    )  # fmt: skip
    plain(Membership).bulk_create(
        Membership(organisation=cast.organisation, user=one, team=team or cast.team, role=Role.SUPERVISOR)
        for one in people
    )
    return [User.objects.get(pk=one.pk) for one in people]


def give(decision: Decision, by: User, outcome: str, number: int, at: datetime, comment: str = "") -> Review:
    words = comment or ("" if outcome == ReviewOutcome.AGREED else f"Because, in round {number}.")
    return record_review(decision=decision, outcome=outcome, comment=words, number=number, by=by, at=at)


def answer(review: Review, at: datetime, text: str = "The class teacher was.") -> Reply:
    author: User = User.objects.get(pk=review.decision.author_id)
    return reply(review=review, text=text, by=author, at=at)
