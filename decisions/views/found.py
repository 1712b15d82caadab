"""One decision by its address, for somebody who may have it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404

from accounts.models import User
from audit.parts import read_parts
from audit.statements import rows_where
from decisions.models import Decision
from decisions.queries import PARTS, may_see

Rule = Callable[[Decision, User], bool]
# What apps above show on a decision's page, as relations of the decision: nothing is read where there is nothing.
FROM_APPS_ABOVE = (
    "reviews__reply",
    "second_look",
    "letters_made",
    "route_agreements",
    "incidents",
    "further_incidents__incident",
)

# Every page about a decision shows them, so they come in its own query.
ABOVE = ("organisation", "author", "team")


class DisposedOf(Http404):
    """There is nothing left of it but its skeleton: `decision`, which they may see."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


def may_read(decision: Decision, user: User) -> bool:
    return decision.is_recorded and may_see(decision, user)


def found_or_404(user: User, public_id: UUID, rule: Rule, *more: str, parts: tuple[str, ...] = PARTS) -> Decision:
    """The decision with its parts, and with what `more` names. Http404 unless the rule allows it to this person.

    The rules of decisions/queries.py for one row say what its querysets say; asking them of the row saves composing
    their SQL at every request. Nothing below the decision is read before the rule has answered.
    """
    found = next(iter(rows_where(Decision, "public_id", [public_id], related=ABOVE)), None)
    if found is not None and found.is_disposed and may_see(found, user):
        raise DisposedOf(found)
    if found is None or not rule(found, user):
        raise Http404
    read_parts([found], (*parts, *more))
    return found
