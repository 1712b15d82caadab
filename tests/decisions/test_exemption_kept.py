"""The law that lets somebody not be informed stays on the record as it was named then, whatever its list says later."""

from dataclasses import replace

import pytest

from decisions.models import DecisionPerson, InformingEvent
from drafting import actions as drafting_actions
from rules import exemptions as listed
from rules.exemptions import ExemptionCode, exemption, exemptions_version
from tests.decisions.cases import PARTNER, Case, plain, shown

NAMED = ("informing_exemption_citation", "informing_exemption_version")


def corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version of the list names every law otherwise, and no longer has one of them."""
    later = tuple(
        replace(each, citation=f"Later Act 2031, {each.code}") for each in listed.exemptions() if each.code != "SECRECY"
    )
    monkeypatch.setattr(listed, "exemptions", lambda: later)
    monkeypatch.setattr("decisions.models.answers.exemptions_version", lambda: "2031-02-03")


def choose(case: Case, code: str) -> None:
    plain(DecisionPerson).filter(decision=case.decision, name=PARTNER).update(informing_exemption=code)


def kept(case: Case, code: str) -> InformingEvent:
    choose(case, code)
    drafting_actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)
    return InformingEvent.objects.get(decision=case.decision, person__name=PARTNER)


@pytest.mark.parametrize("code", ["CRIME", "IMPOSSIBLE_OR_IMPAIR", "SECRECY"])
def test_a_record_keeps_the_citation_and_the_version(
    complete: Case, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    then, version = exemption(code), exemptions_version()
    assert then
    event = kept(complete, code)
    [person] = DecisionPerson.objects.filter(decision=complete.decision, name=PARTNER)
    before = shown(complete.again())
    corrected(monkeypatch)
    for row in (event, person):
        assert [getattr(row, name) for name in NAMED] == [then.citation, version]
    assert shown(complete.again()) == before
    assert f"{ExemptionCode.label_of(code)} ({then.citation}; law tables of 30 November 2026)" in before


def test_a_draft_has_it_from_the_list_until_it_is_recorded(complete: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(complete, "CRIME")
    corrected(monkeypatch)
    assert "Later Act 2031, CRIME" in shown(complete.again())
    assert kept(complete, "CRIME").informing_exemption_version == "2031-02-03"


def test_where_no_law_was_chosen_none_is_named(complete: Case) -> None:
    event = kept(complete, "")
    assert [getattr(event, name) for name in NAMED] == ["", ""]
    assert "law tables of" not in shown(complete.again())
