"""What shared information includes, by the database: answered, not contradicted, whoever writes it."""

import pytest

from decisions.models import Decision, DecisionItem, ItemRecipient
from rules.included import INCLUDED_KINDS, Includes
from tests.decisions.cases import Case, plain, refused
from tests.decisions.test_triggers_becoming import become, become_by_sql

UNANSWERED = "shared: what the information includes is not answered"
DENIED = "shared: the information includes something that was denied"
COLUMNS = {f"includes_{kind}": "other_special" if kind is Includes.SPECIAL else str(kind) for kind in INCLUDED_KINDS}


def answer(case: Case, **columns: bool) -> None:
    plain(Decision).filter(pk=case.decision.pk).update(**{**dict.fromkeys(COLUMNS, False), **columns})


@pytest.mark.parametrize("way", [become, become_by_sql])
def test_nothing_is_recorded_as_shared_without_an_answer(complete: Case, way: object) -> None:
    assert callable(way)
    answer(complete)
    with refused(UNANSWERED):
        way(complete)


@pytest.mark.parametrize("column", COLUMNS)
def test_no_shared_item_is_of_a_kind_that_is_denied(complete: Case, column: str) -> None:
    plain(DecisionItem).filter(decision=complete.decision).update(**dict.fromkeys(COLUMNS.values(), False))
    given = ItemRecipient.objects.filter(decision=complete.decision, given=True).values("item")
    plain(DecisionItem).filter(pk__in=given).update(**{COLUMNS[column]: True})
    answer(complete, includes_none=True)
    with refused(DENIED):
        become(complete)
    answer(complete, includes_none=False, **{column: True})
    become(complete)


def test_what_is_withheld_may_be_of_any_kind(complete: Case) -> None:
    given = ItemRecipient.objects.filter(decision=complete.decision, given=True).values("item")
    plain(DecisionItem).filter(pk__in=given).update(**dict.fromkeys(COLUMNS.values(), False))
    plain(DecisionItem).filter(decision=complete.decision).exclude(pk__in=given).update(health=True)
    answer(complete, includes_none=True)
    become(complete)


@pytest.mark.parametrize("column", COLUMNS)
def test_none_of_these_and_something_cannot_be_written(complete: Case, column: str) -> None:
    with refused("decision_includes_none_or_some"):
        answer(complete, includes_none=True, **{column: True})
