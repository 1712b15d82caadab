"""A row of the law in words, and in what state it stands here on a day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from decisions.law_notices import LawNotices
from decisions.presenters.law_labels import IN_SCOPE_ONLY, first_day, how_sure, on_a_no, who
from decisions.presenters.law_tables import OFF, ProvisionShown, layers
from decisions.templatetags.decisions import provision_article
from rules.codes import Layer
from rules.law import Provision
from rules.law_files import checked_provision, load
from tests.decisions.law_said import ROW, SHARE_DUTY

TODAY = date(2026, 11, 22)


def row(**changed: Any) -> Provision:
    return replace(checked_provision({**ROW, "code": "LOCAL_X"}), **changed)


def shown(code: str, notices: LawNotices, today: date = TODAY) -> ProvisionShown:
    """The latest of that code."""
    return [one for layer in layers(load(), notices, today) for one in layer.rows if one.row.code == code][-1]


def tags(code: str, notices: LawNotices, today: date = TODAY) -> list[str]:
    return [text for text, _ in shown(code, notices, today).states]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"who": "PUB"}, ["Public authorities, for their legal functions"]),
        ({"scope": "16la"}, ["Anyone", IN_SCOPE_ONLY]),
        ({"not_sectors": ("nhs", "police")}, ["Anyone", "Not for: NHS, Police"]),
        ({"who": "ELSE"}, ["ELSE"]),
    ],
)
def test_who(changed: dict[str, Any], said: list[str]) -> None:
    assert list(who(row(**changed))) == said


def test_whose_work_it_is() -> None:
    (_, line) = who(row(function_of=("la",)))
    assert line.startswith("It is a function of: Local authority. For anyone else")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"refused_ok": "yes"}, "It still applies"),
        ({"refused_ok": "no"}, "It no longer applies"),
        ({"refused_ok": "na"}, "It does not depend on consent"),
        ({"refused_ok": "if", "refused_test": "Why?"}, "It applies only if you answer: Why?"),
    ],
)
def test_on_a_no(changed: dict[str, Any], said: str) -> None:
    assert on_a_no(row(**changed)) == said


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        ("C", "Read in a source on 1 November 2026"), ("P", "Partly read, on 1 November 2026"),
        ("K", "General knowledge, not read. Checked on 1 November 2026"),
        ("N", "Looked for on 1 November 2026 and not found"), ("X", "X"),
    ],
)  # fmt: skip
def test_how_sure(confidence: str, said: str) -> None:
    assert how_sure(row(confidence=confidence)) == said


def test_first_days() -> None:
    assert first_day(row()) == "1 January 2024"
    assert first_day(row(effective_from=date(1900, 1, 1))) == "Always"


class TestStates:
    def test_off_until_confirmed(self) -> None:
        assert (tags(SHARE_DUTY, LawNotices()), shown(SHARE_DUTY, LawNotices()).notes) == (["Not in force"], (OFF,))

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2026, 9, 30), ["Confirmed"]),
            (TODAY, ["Confirmed"]),
            (date(2026, 11, 23), ["Not yet in force", "Confirmed"]),
        ],
    )
    def test_confirmed(self, day: date, expected: list[str]) -> None:
        assert tags(SHARE_DUTY, LawNotices(commencements={SHARE_DUTY: day})) == expected

    @pytest.mark.parametrize(
        ("day", "expected"),
        [(date(2026, 11, 21), "Retired"), (TODAY, "Retired"), (date(2026, 11, 23), "To be retired")],
    )
    def test_retired(self, day: date, expected: str) -> None:
        assert tags("ART6_B", LawNotices(retired={"ART6_B": day})) == [expected]

    def test_what_ended_before_is_not_retired_as_well(self) -> None:
        assert tags("CA04_12", LawNotices(retired={"CA04_12": TODAY})) == ["Ended"]

    def test_of_ones_own(self) -> None:
        own = LawNotices(local_provisions=(row(),), retired={"LOCAL_X": date(2024, 1, 1)})
        assert tags("LOCAL_X", own) == ["Our own", "Retired"]

    def test_a_word_about_a_row_that_is_on_confirms_nothing(self) -> None:
        assert tags("ART6_A", LawNotices(commencements={"ART6_A": TODAY})) == []


def test_every_layer_in_the_order_of_a_decision() -> None:
    found = layers(load(), LawNotices(), TODAY)
    assert [layer.key for layer in found] == [layer.value for layer in Layer]
    assert sum(len(layer.rows) for layer in found) == len(load().all_provisions)


def test_a_row_says_nothing_that_is_empty() -> None:
    rows = {one.key: one.value for one in shown("ART6_A", LawNotices()).more}
    assert all(rows.values())
    assert "Replaced by" not in rows
    assert "Policy document" not in rows
    assert {one.key for one in shown("S1_P1", LawNotices()).more} >= {"Policy document"}


def test_only_what_is_published_is_kept_rendered() -> None:
    """What an organisation says of a provision, and what depends on the day, is rendered each time."""
    provisions = [row for layer in layers(load(), LawNotices(retired={"ART6_E": TODAY}), TODAY) for row in layer.rows]
    for row in provisions * 2:
        assert provision_article(row) == render_to_string("decisions/_provision.html", {"provision": row})
    changed = {row.row.code for row in provisions if not row.as_published}
    assert "ART6_E" in changed
    assert SHARE_DUTY in changed
    assert "ART6_F" not in changed
