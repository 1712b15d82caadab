"""Which law lets somebody not be told, where that is entered after recording."""

from datetime import timedelta
from uuid import uuid4

import pytest

from decisions import actions
from decisions.facts.decision import facts_of
from decisions.models import InformingEvent
from tests.decisions.cases import Case, copy, plain, refused
from tests.decisions.test_exemption_chosen import ACCESS_ONLY, form


@pytest.mark.parametrize("code", [*ACCESS_ONLY, "HARM"])
def test_a_law_that_lets_nobody_go_untold_is_not_taken(closed: Case, code: str) -> None:
    event = InformingEvent.objects.filter(decision=closed.decision).latest("pk")
    with refused("informing_event_exemption_known"):
        plain(InformingEvent).bulk_create([copy(event, informing_exemption=code)])


def test_a_later_answer_has_its_own(closed: Case) -> None:
    asked = form(closed, informing_exemption="CRIME", informing_text="The police asked us to wait.")
    assert asked.is_valid(), asked.errors
    event = actions.add_informing(
        decision=closed.decision, person=asked.instance, answers=asked.answers(), by=closed.cast.practitioner,
        at=closed.at + timedelta(days=1), submission_id=uuid4(),
    )  # fmt: skip
    assert event.informing_exemption == "CRIME"
    [partner] = [person for person in facts_of(closed.again()).people if person.ref == str(asked.instance.pk)]
    assert partner.informing.exemption == "CRIME"
