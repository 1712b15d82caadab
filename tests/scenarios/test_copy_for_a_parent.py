"""S11: the father asks for what is held about his son. Both parents' views are given, and not where she lives."""

from uuid import uuid4

import pytest

from decisions.actions import add_addition
from decisions.models import Decision
from families.actions import add_safe_contact
from families.details import ContactDetails
from rights.preparing import prepared
from tests.cast import Cast
from tests.rights.requests import copied, decided, opened, text_of
from tests.scenarios import stories_here as here
from tests.scenarios.test_in_the_application import cast, now, parents, parents_recorded

# What a database keeps is the same on every engine.
pytestmark = pytest.mark.sqlite
__all__ = ["cast", "now", "parents", "parents_recorded"]
ADDRESS = "14 Mill Lane, Ashcombe"


@pytest.mark.parametrize("output_format", ["html", "pdf"])
def test_it_gives_both_views_and_not_the_others_address(
    cast: Cast,
    parents_recorded: Decision,
    output_format: str,
) -> None:
    mother, child = (parents_recorded.people.get(name=name) for name in (here.MOTHER, here.CHILD))
    at = parents_recorded.recorded_at
    assert at
    address = ContactDetails(kind="letter", detail=ADDRESS, safe="yes", checked_on=at.date())
    add_safe_contact(person=mother.person, details=address, by=cast.practitioner, at=at)
    moved = {"kind": "AMENDMENT", "section": "concern", "text": "They are now at 14 Mill Lane.", "why": "She rang."}
    add_addition(
        decision=parents_recorded, person=None, answers=moved, submission_id=uuid4(), by=cast.practitioner, at=at
    )
    request = opened(child.person, cast.officer, asker="PARENT", asked_by_name=here.FATHER)
    assert request.asked_by_person
    assert prepared(request, cast.officer)[0].undecided
    decided(request, cast.officer)
    text = " ".join(text_of(copied(request, cast.officer, output_format=output_format)).split())
    assert here.HERS in text
    assert here.HIS in text
    assert "14 Mill Lane" not in text
