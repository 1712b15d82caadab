"""Which law lets somebody not be told, where that is entered after recording."""

from datetime import timedelta
from uuid import uuid4

import pytest

from decisions import actions
from decisions.facts.decision import facts_of
from decisions.models import InformingEvent
from tests.decisions.cases import Case, copy, plain, refused, shown
from tests.decisions.test_exemption_chosen import ACCESS_ONLY, form
from tests.decisions.test_exemption_kept import NAMED, corrected


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


def test_what_is_added_later_keeps_the_law_of_its_own_day(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    corrected(monkeypatch)
    asked = form(closed, informing_exemption="LAW_OR_COURT", informing_reason="LEGAL_BAR", informing_text="The order.")
    assert asked.is_valid(), asked.errors
    event = actions.add_informing(
        decision=closed.decision, person=asked.instance, answers=asked.answers(), by=closed.cast.practitioner,
        at=closed.at + timedelta(days=1), submission_id=uuid4(),
    )  # fmt: skip
    assert [getattr(event, name) for name in NAMED] == ["Later Act 2031, LAW_OR_COURT", "2031-02-03"]
    assert "law tables of 3 February 2031" in shown(closed.again())


@pytest.mark.parametrize(
    "changes",
    [
        {"informing_exemption": "CRIME"},
        {"informing_exemption": "CRIME", NAMED[0]: "Data Protection Act 2018"},
        {"informing_exemption": "CRIME", NAMED[1]: "2026-11-29"},
        {NAMED[0]: "Data Protection Act 2018"},
        {NAMED[1]: "2026-11-29"},
    ],
    ids=["no name", "no version", "a version alone", "a name without a law", "a version without a law"],
)
def test_the_database_keeps_a_law_with_its_name_or_neither(closed: Case, changes: dict[str, str]) -> None:
    event = InformingEvent.objects.filter(decision=closed.decision).latest("pk")
    with refused("informing_event_exemption_named"):
        plain(InformingEvent).bulk_create([copy(event, **changes)])
