"""What is said, sent and answered after recording; the record itself is judged as it was made."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.after_recording import latest_consent, with_latest_consent, without_consent
from rules.codes import CONSENT_PROVISIONS
from rules.facts import Facts, SendingFacts
from rules.facts_after_recording import FollowUpFacts, LaterConsentFacts
from tests.rules.after_recording_cases import answered, in_a_group, said, sent, withdrawn
from tests.rules.cases import at, basis, blocking, codes_of, with_person
from tests.rules.scenarios import early_help, s01, s02, s18_second


def test_a_withdrawal_makes_nothing_false_that_was_true() -> None:
    """The record rested on consent that stood then: nothing blocks, and no finding of the form comes up anew."""
    assert blocking(withdrawn()) == blocking(early_help()) == set()
    assert codes_of(withdrawn()) - codes_of(early_help()) == {"REFUSED_SINCE"}


def test_a_mothers_word_counts_for_her_child() -> None:
    assert [person.ref for person in without_consent(withdrawn())] == ["P1", "P2"]
    assert without_consent(early_help()) == ()


def test_the_last_word_is_the_one_said_last() -> None:
    """Written in any order: what counts is when it was said."""
    facts = said(early_help(), ("P2", "GIVEN", "2026-06-20"), ("P2", "WITHDRAWN", "2026-06-09"))
    assert without_consent(facts) == ()
    last = latest_consent(facts, facts.people[1])
    assert last is not None
    assert (last.state, last.at) == ("GIVEN", at("2026-06-20"))
    assert [consent.ref for consent in without_consent(facts, at("2026-06-10"))] == ["P1", "P2"]
    assert without_consent(facts, at("2026-06-08")) == ()


def test_what_nobody_said_stands_as_it_was() -> None:
    assert with_latest_consent(early_help()) == early_help()
    assert with_latest_consent(withdrawn(), at("2026-06-08")).people == early_help().people


def test_sent_between_a_no_and_a_new_yes() -> None:
    facts = said(early_help(), ("P2", "WITHDRAWN", "2026-06-09"), ("P2", "GIVEN", "2026-06-20"))
    assert "SENT_AFTER_WITHDRAWAL" not in codes_of(sent(facts, "2026-06-21"))
    assert "SENT_AFTER_WITHDRAWAL" in codes_of(sent(facts, "2026-06-15"))


@pytest.mark.parametrize("state", ["WITHDRAWN", "REFUSED", "OBJECTED", "GIVEN_PARTIAL", "NO_RESPONSE"])
def test_no_consent_by_any_name(state: str) -> None:
    facts = said(early_help(), ("P2", state, "2026-06-09"))
    assert "SENT_AFTER_WITHDRAWAL" in codes_of(sent(facts, "2026-06-10"))


def test_what_does_not_rest_on_consent_may_go_on() -> None:
    """An objection to a decision that stands without consent is weighed, and no sending after it is wrong by itself."""
    facts = said(with_person(s01(), "P2", consent_state="AGREED_NOT_BASIS"), ("P2", "OBJECTED", "2026-03-11"))
    found = codes_of(sent(facts, "2026-03-12"))
    assert "REFUSED_SINCE" in found
    assert "SENT_AFTER_WITHDRAWAL" not in found


def test_who_had_said_no_is_not_news() -> None:
    assert "REFUSED_SINCE" not in codes_of(said(s01(), ("P2", "OBJECTED", "2026-03-11")))


def test_each_row_that_rests_on_consent() -> None:
    for code in sorted(CONSENT_PROVISIONS):
        facts = replace(withdrawn(), basis=basis(code))
        assert without_consent(facts), code


def test_nothing_was_sent_by_a_decision_not_to_share() -> None:
    found = codes_of(said(s02(), ("P2", "WITHDRAWN", "2026-06-09")))
    assert not found & {"REFUSED_SINCE", "SENT_AFTER_WITHDRAWAL"}


def test_social_care_that_asks_for_consent() -> None:
    """S18: it did not accept it; who it was escalated to is recorded, or the supervisor sees that it is not."""
    facts = replace(s18_second(), follow_up=answered(("R1", "WOULD_NOT_TAKE_IT", "")).follow_up)
    assert "NOT_ESCALATED" in codes_of(facts)
    facts = replace(
        s18_second(), follow_up=answered(("R1", "WOULD_NOT_TAKE_IT", "Service manager, by phone")).follow_up
    )
    assert "NOT_ESCALATED" not in codes_of(facts)


@pytest.mark.parametrize(("responses", "fires"), [
    ([("R1", "NO_FURTHER_ACTION", "")], True),
    ([("R1", "NO_FURTHER_ACTION", "n/a")], True),
    ([("R1", "NO_FURTHER_ACTION", ""), ("R1", "CHASED", "")], True),
    ([("R1", "NO_FURTHER_ACTION", ""), ("R2", "ACTING", "")], True),
    ([("R1", "NO_FURTHER_ACTION", ""), ("R1", "ACTING", "")], False),
    ([("R1", "ACTING", ""), ("R1", "NO_FURTHER_ACTION", "")], True),
    ([("R1", "CHASED", ""), ("", "ENDED", "")], False),
])  # fmt: skip
def test_it_is_taken_up_or_they_act_after_all(responses: list[tuple[str, str, str]], *, fires: bool) -> None:
    assert ("NOT_ESCALATED" in codes_of(answered(*responses))) is fires


def test_a_group_without_an_end_is_none() -> None:
    facts = replace(in_a_group("2027-01-01", outside=True), standing_until=None)
    assert not codes_of(facts) & {"GROUP_ENDED", "GROUP_OUTSIDE"}


def sent_on(facts: Facts, day: str) -> Facts:
    return replace(facts, sendings=(SendingFacts(recipient_ref="R1", at=at(day), how="by post"),))


@pytest.mark.parametrize(("day", "fires"), [("2026-06-30", False), ("2026-07-01", True)])
def test_a_yes_that_has_ended_carries_no_later_sending(day: str, *, fires: bool) -> None:
    """V1: at the time of the share, not of the decision."""
    facts = with_person(early_help(), "P2", until=date(2026, 6, 30))
    assert ("SENT_AFTER_WITHDRAWAL" in codes_of(sent_on(facts, day))) is fires


@pytest.mark.parametrize(
    ("later", "fires"),
    [
        ({"state": "GIVEN", "agreed_to": ("SERVICE",)}, True),
        ({"state": "GIVEN", "agreed_to": ("SHARING", "CONFIDENCE")}, False),
        ({"state": "GIVEN", "until": date(2026, 6, 5)}, True),
        ({"state": "WITHDRAWN"}, True),
    ],
    ids=["only the help", "the same", "until a day before", "taken back"],
)
def test_what_a_later_yes_is_to_counts(later: dict[str, Any], *, fires: bool) -> None:
    said = LaterConsentFacts(person_ref="P2", at=at("2026-06-02"), **later)
    facts = replace(sent_on(early_help(), "2026-06-10"), follow_up=FollowUpFacts(consent=(said,)))
    assert ("SENT_AFTER_WITHDRAWAL" in codes_of(facts)) is fires
