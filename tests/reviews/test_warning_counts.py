"""The number of warnings in the queue is the number on the decision's own page, whatever is added to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.facts.decision import assessed
from decisions.models import Addition, ConsentEvent, Decision, Receipt, Response, Sending
from decisions.models.events import DecisionEvent
from reviews import warning_counts as counting
from reviews.warning_counts import EVENTS, warning_counts, with_event_count
from rules.codes import AdditionKind, Consent, ResponseKind
from tests.decisions.cases import Case, plain, twin_of

MINUTE = timedelta(minutes=1)


def counted(case: Case) -> int:
    rows: list[Decision] = list(with_event_count(Decision.objects.filter(pk=case.decision.pk)))
    return warning_counts(rows)[case.decision.pk].count


def on_its_page(case: Case) -> int:
    return len(assessed(case.again()).warnings)


def common(case: Case, after: int) -> dict[str, Any]:
    at = case.at + after * MINUTE
    return {
        "organisation": case.cast.organisation, "decision": case.decision, "written_at": at,
        "written_by": case.cast.practitioner, "written_by_name": case.cast.practitioner.full_name,
    }  # fmt: skip


def test_every_kind_of_event_is_counted() -> None:
    models = {Decision._meta.get_field(name).related_model for name in EVENTS}
    assert models == set(DecisionEvent.__subclasses__())


def test_the_number_is_that_of_the_page(closed: Case) -> None:
    assert counted(closed) == on_its_page(closed)


@pytest.mark.parametrize("kind", ["withdrawn", "response", "sending"])
def test_what_is_added_is_counted_at_once(closed: Case, kind: str) -> None:
    before, decision = counted(closed), closed.again()
    person, recipient = decision.people.all()[0], decision.recipients.all()[0]
    at = closed.at + 5 * MINUTE
    rows: dict[str, DecisionEvent] = {
        "withdrawn": ConsentEvent(person=person, consent_state=Consent.WITHDRAWN, **common(closed, 5)),
        "response": Response(recipient=recipient, kind=ResponseKind.NO_FURTHER_ACTION, at=at, **common(closed, 5)),
        "sending": Sending(recipient=recipient, sent_at=at, how="Post", **common(closed, 5)),
    }
    row = rows[kind]
    plain(type(row)).bulk_create([row])
    assert counted(closed) == on_its_page(closed)
    assert kind != "response" or counted(closed) == before + 1


def test_a_receipt_and_an_addition_are_events_too(closed: Case) -> None:
    before = with_event_count(Decision.objects.filter(pk=closed.decision.pk)).get().event_count  # type: ignore[attr-defined]
    sending = closed.decision.sendings.all()[0]
    receipt = Receipt(sending=sending, received_at=closed.at + MINUTE, **common(closed, 5))
    addition = Addition(kind=AdditionKind.SUPPLEMENT, section="whole", text="Another note", **common(closed, 5))
    plain(Receipt).bulk_create([receipt])
    plain(Addition).bulk_create([addition])
    after = with_event_count(Decision.objects.filter(pk=closed.decision.pk)).get().event_count  # type: ignore[attr-defined]
    assert after == before + 2


def test_a_second_look_at_the_queue_reads_nothing_more(closed: Case) -> None:
    rows: list[Decision] = list(with_event_count(Decision.objects.filter(pk=closed.decision.pk)))
    first = warning_counts(rows)
    with CaptureQueriesContext(connection) as queries:
        assert warning_counts(rows) == first
    assert not queries.captured_queries


def test_no_more_numbers_are_kept_than_that(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_KEPT", 1)
    twin_of(closed.decision)
    rows: list[Decision] = list(with_event_count(Decision.objects.all()))
    assert set(warning_counts(rows)) == {row.pk for row in rows}
    assert len(counting._counts) == 1
