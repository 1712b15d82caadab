"""Whether the copy may reach whoever asked by one way now. Asked before a copy is made, shown or sent as a file."""

from datetime import date

from letters.household import household_of_person
from letters.leaving import MayNotLeave
from letters.routes import Route, in_short
from letters.routes import why_not_by as why_letter_not_by
from rights.models import RightsRequest

__all__ = ["MayNotLeave", "refused_routes", "why_not_by"]


def why_not_by(request: RightsRequest, route: str, day: date) -> str:
    """As a letter to them is judged. Of somebody who is not on the record no way is recorded as safe."""
    reader = request.reader
    household = household_of_person((reader or request.person).pk)
    contacts = household.contacts if reader else []
    why = why_letter_not_by(
        route, contacts, risk_in_family=household.risk, kept_at_home=household.kept_at_home, today=day
    )
    return in_short(why) if why else ""


def refused_routes(request: RightsRequest, day: date) -> dict[str, str]:
    return {route.value: why for route in Route if (why := why_not_by(request, route, day))}
