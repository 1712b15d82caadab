"""Which ways of reaching people are not safe today."""

from dataclasses import replace
from datetime import timedelta

import pytest

from families.actions import add_safe_contact, set_known_risks
from families.details import ContactDetails
from families.reaching import kinds_not_safe
from tests.decisions.cases import CHILD, MOTHER, Case

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("safe", "days", "without_risk", "with_risk"),
    [("yes", 3, [], []), ("yes", 91, [], ["Email"]), ("unknown", None, [], ["Email"]), ("no", 3, ["Email"], ["Email"])],
)
def test_a_risk_to_one_counts_for_the_family(
    closed: Case, safe: str, days: int | None, without_risk: list[str], with_risk: list[str]
) -> None:
    mother, child = (closed.family.people.get(name=name) for name in (MOTHER, CHILD))
    by, at, today = closed.cast.practitioner, closed.at, closed.at.date()
    checked = None if days is None else today - timedelta(days=days)
    details = ContactDetails(kind="email", detail="zed@zed.test", safe=safe, why="She says", checked_on=checked)
    add_safe_contact(person=mother, details=details, by=by, at=at)
    add_safe_contact(person=mother, details=replace(details, detail="zed2@zed.test"), by=by, at=at)
    assert kinds_not_safe([mother.pk, child.pk], today).get(mother.pk, []) == without_risk
    set_known_risks(person=child, notes={"honour_based": ""}, version=child.version, by=by, at=at)
    assert kinds_not_safe([mother.pk, child.pk], today) == {mother.pk: with_risk}
