"""Rows people add, suggestions they get and what is folded away, page by page."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from decisions.presenters.labels import DONE, outcome_done
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.pages.concern import ConcernPage
from drafting.pages.consent import ConsentPage
from drafting.pages.legal_basis import LegalBasisPage
from drafting.pages.people import PeoplePage
from drafting.pages.request import RequestPage
from drafting.pages.sending import SendingPage
from drafting.steps import path
from families.actions import add_disclosure
from families.details import DisclosureDetails
from rules.codes import Outcome
from safeguarding.demo import stories
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, filled_to
from tests.drafting.scenario_walk import Walk

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)


cast, now = scenario_scenes.cast, scenario_scenes.now
s01, s02 = scenario_scenes.s01, scenario_scenes.s02


def post(page: Page, **changed: Any) -> QueryDict:
    """What a browser would send of the page as it stands, with these boxes filled."""
    data = form_data.as_saved(page.forms)
    for group in page.groups:
        data[f"{group.name}-rows"] = str(group.count)
    for name, value in changed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def row_named(page: Page, name: str, group: int = 0) -> Any:
    rows = [row for each in page.groups[group:] for row in each.rows]
    return next(row for row in rows if row.legend.split(":")[0] == name)


def rows_of(page: Page, name: str) -> list[Any]:
    return [row for group in page.groups if group.name == name for row in group.rows]


def errors_of(page: Page) -> list[str]:
    page.is_valid()
    return [message for form in page.forms for messages in form.errors.values() for message in messages]


class TestPeople:
    def test_what_is_wrong_is_listed_in_the_order_of_the_page(self, s01: Scene) -> None:
        page = PeoplePage(s01.at("people").draft)
        assert page.forms[-1] is page.main
        assert [row.legend for row in page.groups[0].rows] == [CHILD, MOTHER, PARTNER]


class TestConcern:
    @pytest.fixture
    def draft(self, s01: Scene, cast: Cast, now: datetime) -> Draft:
        walk = s01.at("concern")
        family = walk.draft.possible_people[0].family
        details = DisclosureDetails(
            said_by="Tutor", said_to="Me", received_at=now, facts="A bruise. " * 30, level="s47"
        )  # fmt: skip
        add_disclosure(family=family, details=details, by=cast.practitioner, at=now)
        return walk.draft

    def test_what_was_written_down_is_offered_first(self, draft: Draft) -> None:
        options = ConcernPage(draft).main["source"].options
        assert options[0].label.startswith(draft.possible_disclosures[0].reference)
        assert options[0].hint.startswith("A bruise.")
        assert len(options[0].hint) <= 120
        assert (options[-1].value, options[-1].divider) == ("new", "or")

    def test_nothing_is_chosen_for_anybody(self, draft: Draft) -> None:
        assert not any(option.checked for option in ConcernPage(draft).main["source"].options)

    def test_its_level_is_not_asked_again(self, draft: Draft) -> None:
        chosen = str(draft.possible_disclosures[0].public_id)
        page = ConcernPage(draft, post(ConcernPage(draft), concern__source=chosen))
        assert page.is_valid()
        assert page.main.cleaned_data["level"] == "s47"

    def test_a_level_given_now_stands(self, draft: Draft) -> None:
        chosen = str(draft.possible_disclosures[0].public_id)
        page = ConcernPage(draft, post(ConcernPage(draft), concern__source=chosen, concern__level="s17"))
        assert page.is_valid()
        assert page.main.cleaned_data["level"] == "s17"

    def test_something_new_needs_its_own(self, draft: Draft) -> None:
        page = ConcernPage(draft, post(ConcernPage(draft), concern__source="new", concern__facts="Seen today"))
        assert not page.is_valid()
        assert list(page.main.errors) == ["level"]

    @pytest.mark.parametrize("source", ["", "nonsense"])
    def test_no_source_is_a_message(self, draft: Draft, source: str) -> None:
        page = ConcernPage(draft, post(ConcernPage(draft), concern__source=source))
        assert not page.is_valid()
        assert "source" in page.main.errors


class TestRequest:
    def test_nobody_else_is_asked_for_where_there_is_an_address_book(self, s01: Scene) -> None:
        page = RequestPage(s01.at("request").draft)
        assert page.groups[0].count == 0
        assert page.groups[0].add

    def test_nobody_chosen_is_said_beside_the_address_book(self, s01: Scene) -> None:
        draft = s01.at("request").draft
        page = RequestPage(draft, post(RequestPage(draft), request__trigger="PRO"))
        assert not page.is_valid()
        assert list(page.main.errors) == ["recipients"]

    @pytest.mark.parametrize("rows", ["0", "1", "-1", "x", ""])
    def test_without_an_address_book_a_row_stands_open(self, s02: Scene, rows: str) -> None:
        walk = s02.at("request")
        walk.decision.entry_route = "DECIDING"
        draft = walk.draft
        draft.decision.entry_route = "DECIDING"
        page = RequestPage(draft, post(RequestPage(draft), request__trigger="PRO", **{"other-rows": rows}))
        assert not page.is_valid()
        assert page.groups[0].rows[-1].errors["name"] == ["Enter who you would share it with"]


class TestRemove:
    def test_there_is_nothing_to_take_out_of_an_untouched_row(self, s01: Scene) -> None:
        draft = s01.at("sending").draft
        page = SendingPage(draft, post(SendingPage(draft), **{"advice-rows": "1"}))
        assert all("remove" not in row.fields for group in page.groups for row in group.rows if group.add)

    def test_a_row_that_was_touched_can_be_taken_out(self, s01: Scene) -> None:
        draft = s01.at("sending").draft
        page = SendingPage(draft, post(SendingPage(draft), **{"advice-rows": "1", "advice-0-role": "Manager"}))
        assert "remove" in page.groups[-1].rows[0].fields

    def test_what_is_taken_out_cannot_be_wrong(self, s01: Scene) -> None:
        draft = s01.at("sending").draft
        sent = {"advice-rows": "1", "advice-0-role": "Manager"}
        wrong = SendingPage(draft, post(SendingPage(draft), **sent)).groups[-1].rows[0]
        gone = SendingPage(draft, post(SendingPage(draft), **sent, **{"advice-0-remove": "on"})).groups[-1].rows[0]
        assert "who" in wrong.errors
        assert gone.is_valid()


class TestConsent:
    def test_a_possible_source_of_harm_is_not_to_be_contacted(self, s01: Scene) -> None:
        page = ConsentPage(s01.at("consent").draft)
        partner, mother = row_named(page, PARTNER), row_named(page, MOTHER)
        assert "Do not contact them" in partner.warning
        assert (partner["spoken"].value(), partner["not_said"].value()) == ("no", "NOT_SOUGHT_UNSAFE")
        assert not mother.warning
        assert not mother["spoken"].value()

    def test_the_page_reminds_of_being_open(self, s01: Scene) -> None:
        walk = s01.at("consent")
        walk.open("consent")
        assert "If they have no choice, do not ask as if they had." in walk.text
        assert "If it cannot be said before, say it afterwards" in walk.text
        walk = Walk(walk.user, walk.decision, signed_in=True)
        walk.open("people")
        assert "do not ask as if they had" not in walk.text


class TestLegalBasis:
    def test_what_was_suggested_stands_open_and_the_rest_is_folded(self, s01: Scene) -> None:
        page = LegalBasisPage(s01.at("legal_basis").draft)
        first = page.main.law[0]
        assert [option.value for option in first.open] == ["ART6_E"]
        assert first.folded
        assert first.others == f"Show {len(first.folded)} others"
        assert not {option.value for option in first.folded} & set(page.suggestion.codes)

    def test_every_row_of_the_law_is_on_the_page_once(self, s01: Scene) -> None:
        page = LegalBasisPage(s01.at("legal_basis").draft)
        for form in page.forms:
            for layer in form.law:
                shown = [option.value for option in (*layer.open, *layer.folded)]
                assert sorted(shown) == sorted(option.value for option in layer.field.options)

    def test_where_nothing_is_chosen_nothing_is_folded(self, s01: Scene) -> None:
        draft = s01.at("legal_basis").draft
        page = LegalBasisPage(draft)
        page.main.suggested = frozenset()
        page.main.initial["l1"] = ""
        assert page.main.law[0].folded == []

    def test_no_choice_is_a_message_and_opens_them_all(self, s01: Scene) -> None:
        draft = s01.at("legal_basis").draft
        page = LegalBasisPage(draft, post(LegalBasisPage(draft), legal_basis__l1=""))
        assert "Choose your lawful basis" in errors_of(page)
        assert page.main.law[0].folded == []

    def test_why_this_gives_the_legal_names_and_no_page_gives_a_code(self, s01: Scene) -> None:
        walk = s01.at("legal_basis")
        walk.open("legal_basis")
        details = " ".join(one.text for one in walk.page.classed("govuk-details__text"))
        page = LegalBasisPage(walk.draft)
        assert {"ART6_E", "CA89_47"} <= {row.code for row in page.suggested_provisions}
        for row in page.suggested_provisions:
            assert row.short_name in details
            assert row.citation in details
            assert row.code not in walk.text


@pytest.fixture(scope="module")
def s03(cast: Cast, now: datetime) -> Scene:
    return filled_to("sending", cases.S03, cases.s03(now), cast, now)


class TestSending:
    def test_a_row_waits_for_each_who_would_get_it(self, s03: Scene) -> None:
        page = SendingPage(s03.at("sending").draft)
        keys = [row["recipient"].value() for row in page.groups[0].rows]
        assert keys == [str(recipient.pk) for recipient in page.draft.recipients]
        assert len(keys) == 2

    def test_a_row_nobody_filled_is_nothing_sent(self, s03: Scene) -> None:
        draft = s03.at("sending").draft
        page = SendingPage(draft, post(SendingPage(draft)))
        assert [row.is_valid() and row.cleaned_data for row in page.groups[0].rows] == [{}, {}]

    def test_who_was_not_asked_is_not_told_for_the_same_reason(self, s01: Scene) -> None:
        page = SendingPage(s01.at("sending").draft)
        partner = row_named(page, PARTNER, 1)
        asked = partner.instance
        assert partner["informed"].value() == "no"
        assert partner["informing_reason"].value() == asked.not_asked_reason == "PREJUDICE_CRIME"
        assert partner["informing_text"].value() == asked.not_asked_text
        assert "Do not tell them before you have taken advice" in partner.warning
        assert not row_named(page, CHILD, 1)["informed"].value()

    def test_who_was_spoken_with_was_told_before(self, s01: Scene) -> None:
        mother = row_named(SendingPage(s01.at("sending").draft), MOTHER, 1)
        assert (mother["informed"].value(), mother["informed_state"].value()) == ("yes", "TOLD_BEFORE")
        assert mother["informed_at"].value() == mother.instance.consent_at
        assert mother["informed_how"].value() == mother.instance.consent_how
        assert not mother["informed_who_what_why"].value()

    def test_who_is_told_of_nothing_shared_is_told_that(self, s02: Scene) -> None:
        page = SendingPage(s02.at("sending").draft)
        assert page.groups[0].rows[0]["informed"].label == "Have they been told what you decided, and why?"


class TestThePath:
    def test_until_it_is_decided_the_longer_route_is_shown(self, s02: Scene) -> None:
        assert [step.key for step in path(s02.at("concern").draft)] == list(cases.SHARE_ROUTE)

    def test_then_the_one_that_is_taken(self, s02: Scene) -> None:
        titles = [step.title for step in path(s02.at("consent").draft)]
        assert titles[-2:] == ["Reasons for not sharing", "What you did instead"]

    def test_a_page_says_which_it_is(self, s01: Scene) -> None:
        walk = s01.at("consent")
        walk.open("consent")
        assert f"Draft {walk.decision.reference}, page 5 of 9" in walk.text

    def test_enter_saves_and_never_adds_a_row(self, s01: Scene) -> None:
        walk = s01.at("information")
        page = walk.open("information")
        first = next(
            button for button in page.all("button") if button.inside("form") and button.attrs.get("name") == "then"
        )
        assert (first.attrs["value"], first.text) == ("", "Save and continue")


def test_every_outcome_has_its_words_in_the_past() -> None:
    assert set(DONE) == {outcome.value for outcome in Outcome}
    assert outcome_done("SHARED_ALL_NECESSARY") == "Shared what was needed"
    assert outcome_done("NOT_SHARED") == "Not shared"
    assert outcome_done("AN_OLD_CODE") == "AN_OLD_CODE"


def test_the_filters_of_the_log_are_folded_and_those_in_use_stand_above(s01: Scene) -> None:
    walk = s01.at("check")
    walk.record_directly()
    page = walk.get("/decisions/")
    assert ["open" in one.attrs for one in page.all("details")] == [False]
    assert "Shared what was needed" in walk.text
    page = walk.get("/decisions/?outcome=NOT_SHARED")
    assert ["open" in one.attrs for one in page.all("details")] == [False]
    assert [tag.attrs["href"] for tag in page.classed("app-tags__tag")] == ["?"]
    assert "No decisions match." in walk.text


class TestAnOrder:
    def test_an_order_without_anybody_it_goes_to_is_a_message(self, cast: Cast, now: datetime) -> None:
        family = cases.set_scene(cases.S02, cast.stranger, now)
        by = cast.stranger.practitioner
        draft = actions.start(entry_route="ASKED", team=cast.stranger.team, family=family, by=by, at=now)
        page = RequestPage(load(draft, by))
        order = {
            "request-trigger": "COURT_ORDER",
            "request-court": "Family Court",
            "request-order_scope": "Notes of 2025",
        }
        order |= {f"request-order_made_on_{part}": "1" for part in ("day", "month")} | {
            "request-order_made_on_year": "2026"
        }
        bound = RequestPage(page.draft, post(page, **order, **{"other-rows": "0"}))
        assert not bound.is_valid()
