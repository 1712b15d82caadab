"""The page "What you will share": what is asked once, what is asked of an item, and what is found on the page."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit import ledger
from decisions.facts.decision import facts_of
from drafting import actions
from drafting.draft import Draft
from drafting.pages.base import MOST_ROWS
from drafting.pages.information import InformationPage
from drafting.sentences import sentences
from rules.included import Includes
from safeguarding.demo import stories
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, filled_to
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import errors_of, post

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
UNANSWERED = "Tick what it includes, or “None of these”"

cast, now = scenario_scenes.cast, scenario_scenes.now
s01 = scenario_scenes.s01


def keys(draft: Draft, *names: str) -> list[str]:
    return [str(one.pk) for name in names for one in draft.people if one.person.name == name]


def answered(draft: Draft, **typed: Any) -> InformationPage:
    """The page as it is sent; `about` and `includes` are what is asked once."""
    about, includes = typed.pop("about", (CHILD,)), typed.pop("includes", ("none",))
    once = {"information-about": keys(draft, *about), "includes-includes": list(includes)}
    return InformationPage(draft, post(InformationPage(draft), **{**once, **typed}))


def saved(walk: Walk, page: InformationPage) -> Draft:
    assert page.is_valid(), errors_of(page)
    draft = actions.save_page(
        page=page, version=walk.draft.version("information"), by=walk.user, at=timezone.now(), judge=False
    )
    assert InformationPage.accepts_saved_answers(draft)
    return draft


class TestInformation:
    def test_each_sentence_of_page_two_can_be_chosen(self, s01: Scene) -> None:
        rows = InformationPage(s01.at("information").draft).groups[0].rows
        assert [(row["kind"].value(), row["text"].value()) for row in rows] == [
            ("fact", "Bruise to the left cheek at registration."),
            ("fact", "Second bruise in three weeks."),
            ("opinion", "The bruise does not fit a fall from a bunk bed."),
            ("child_words", "He got cross and hit me."),
        ]
        assert [row.fields["gets"].label for row in rows] == [row["text"].value() for row in rows]
        assert [row["gets"].value() for row in rows] == [None] * 4

    def test_only_what_is_ticked_is_asked_about(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        page = answered(draft, **{"item-1-gets": "share"})
        assert page.is_valid()
        assert [row.cleaned_data.get("text") for row in page.groups[0].rows] == [
            None, "Second bruise in three weeks.", None, None,
        ]  # fmt: skip

    def test_words_changed_under_a_sentence_not_ticked_are_not_dropped(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        page = InformationPage(
            draft, post(InformationPage(draft), **{"item-0-gets": "share", "item-1-text": "Another bruise."})
        )
        assert "Choose whether to share it or withhold it" in errors_of(page)

    def test_a_sentence_of_spaces_is_no_sentence(self, s01: Scene) -> None:
        """Nobody sends one by hand; a tick without words beside it would have no name."""
        draft = s01.at("information").draft
        page = InformationPage(draft, post(InformationPage(draft), **{"item-1-sentence": "   "}))
        assert not page.groups[0].rows[1].suggested

    def test_nothing_ticked_is_a_message(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        assert "Choose at least one sentence, or add an item" in errors_of(
            InformationPage(draft, post(InformationPage(draft)))
        )

    def test_a_sentence_that_is_an_item_is_not_offered_again(self, s01: Scene) -> None:
        walk = s01.at("information")
        saved(walk, answered(walk.draft, **{"item-1-gets": "share"}))
        rows = InformationPage(walk.draft).groups[0].rows
        assert [row["text"].value() for row in rows] == [
            "Second bruise in three weeks.", "Bruise to the left cheek at registration.",
            "The bruise does not fit a fall from a bunk bed.", "He got cross and hit me.",
        ]  # fmt: skip
        assert not rows[0].suggested

    def test_a_row_keeps_its_sentence_whatever_has_changed_on_page_two(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        data = answered(draft, **{"item-1-gets": "share"}).data
        draft.decision.facts = "Something else altogether."
        page = InformationPage(draft, data)
        assert page.is_valid()
        assert page.groups[0].rows[1].cleaned_data["text"] == "Second bruise in three weeks."

    @pytest.mark.parametrize(("text", "pieces"), [
        ("x" * 1000, 1),
        ("x" * 1001, 2),
        ("One bruise. Another? Yes! “He said so.” Then, e.g. at home, about 8 a.m. on Monday.", 5),
        ("a\tb  c" + " word" * 799, 5),
        ("On the way\nAt school\r\n\r\nAt home", 3),
    ])  # fmt: skip
    def test_a_long_account_is_offered_in_pieces(self, text: str, pieces: int) -> None:
        """Every word of it: left out without a word it would look as if it were given."""
        parted = sentences(text, 1000)
        assert "".join("".join(parted).split()) == "".join(text.split())
        assert all(len(piece) <= 1000 for piece in parted)
        assert len(parted) == pieces

    @given(st.text(max_size=300))
    def test_no_word_is_lost_between_sentences(self, text: str) -> None:
        assert "".join("".join(sentences(text, 50)).split()) == "".join(text.split())

    def test_sentences_said_twice_are_offered_once(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        draft.decision.facts = "One bruise. One bruise."
        assert [row["text"].value() for row in InformationPage(draft).groups[0].rows][:2] == [
            "One bruise.", "The bruise does not fit a fall from a bunk bed.",
        ]  # fmt: skip

    @pytest.mark.parametrize("rows", ["0", "", "x"])
    def test_no_item_at_all_is_a_message(self, s01: Scene, rows: str) -> None:
        data = QueryDict(mutable=True)
        data["item-rows"] = rows
        assert "Enter at least one piece of information" in errors_of(
            InformationPage(s01.at("information").draft, data)
        )


class TestWhatItIncludes:
    @pytest.mark.parametrize("gets", ["share", "withhold"])
    def test_it_is_always_answered(self, s01: Scene, gets: str) -> None:
        draft = s01.at("information").draft
        typed = {"item-0-gets": gets, "item-0-why": "Not needed." if gets == "withhold" else ""}
        assert errors_of(answered(draft, includes=(), **typed)) == [UNANSWERED]

    @pytest.mark.parametrize("more", [("health",), ("offences", "religion"), ("sex_life",)])
    def test_none_of_these_and_something_is_refused(self, s01: Scene, more: tuple[str, ...]) -> None:
        page = answered(s01.at("information").draft, includes=("none", *more), **{"item-0-gets": "share"})
        assert errors_of(page) == ["Untick “None of these”, or untick the others"]

    @pytest.mark.in_turn(3)
    @pytest.mark.parametrize("kind", [kind for kind in Includes if kind != Includes.NONE])
    def test_with_one_shared_item_it_is_in_that(self, s01: Scene, kind: Includes) -> None:
        walk = s01.at("information")
        typed = {"item-1-gets": "share", "item-2-gets": "withhold", "item-2-why": "It is a guess."}
        facts = facts_of(saved(walk, answered(walk.draft, includes=(kind.value,), **typed)).decision)
        assert facts.includes == (kind.value,)
        assert [item.sensitivities for item in facts.items] == [(kind.value,), ()]

    @pytest.mark.parametrize("kind", [Includes.HEALTH, Includes.ETHNICITY, Includes.SPECIAL])
    def test_of_several_it_is_named_in_which(self, s01: Scene, kind: Includes) -> None:
        walk = s01.at("information")
        both = {"item-0-gets": "share", "item-3-gets": "share"}
        page = answered(walk.draft, includes=(kind.value,), **both)
        assert errors_of(page) == [f"Tick which of what you share includes “{kind.label}”"]
        page = answered(walk.draft, includes=(kind.value,), **{f"includes-in_{kind}": ["3"]}, **both)
        assert [item.sensitivities for item in facts_of(saved(walk, page).decision).items] == [(), (kind.value,)]

    @pytest.mark.parametrize("kind", [Includes.HEALTH, Includes.OFFENCES, Includes.RELIGION])
    def test_an_item_of_a_kind_that_is_denied_is_a_contradiction(self, s01: Scene, kind: Includes) -> None:
        typed = {"item-0-gets": "share", "item-3-gets": "share", f"includes-in_{kind}": ["0"]}
        page = answered(s01.at("information").draft, includes=("sex_life",), **{"includes-in_sex_life": ["3"]}, **typed)
        assert any(kind.label in error for error in errors_of(page))

    def test_a_kind_in_something_withheld_alone_is_not_shared(self, s01: Scene) -> None:
        typed = {"item-0-gets": "share", "item-1-gets": "share", "item-3-gets": "withhold", "item-3-why": "Not needed."}
        page = answered(s01.at("information").draft, includes=("health",), **{"includes-in_health": ["3"]}, **typed)
        assert errors_of(page) == ["Tick which of what you share includes “Health”"]

    def test_harm_and_a_suspected_source_are_said_where_it_is_asked(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        assert f"{PARTNER} may be its source" in InformationPage(draft).includes.fields["includes"].help_text
        draft.decision.level = "none_or_early"
        assert not InformationPage(draft).includes.fields["includes"].help_text


class TestWhoItIsAbout:
    def test_it_is_asked_for_at_the_top_and_counts_for_all(self, s01: Scene) -> None:
        walk = s01.at("information")
        typed = {
            "item-0-gets": "share",
            "item-1-gets": "share",
            "item-3-gets": "share",
            "item-3-about": keys(walk.draft, CHILD, PARTNER),
        }
        draft = saved(walk, answered(walk.draft, **typed))
        about = [set(item.about) for item in facts_of(draft.decision).items]
        assert about == [{*keys(draft, CHILD)}, {*keys(draft, CHILD)}, {*keys(draft, CHILD, PARTNER)}]
        again = InformationPage(draft)
        assert again.main["about"].value() == keys(draft, CHILD)
        assert [row["about"].value() for row in again.rows][:3] == [[], [], keys(draft, CHILD, PARTNER)]

    def test_nobody_is_an_error_unless_each_item_says_who(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        assert errors_of(answered(draft, about=(), **{"item-0-gets": "share"})) == ["Tick who this is about"]
        own = {"item-0-gets": "share", "item-0-about": keys(draft, MOTHER)}
        assert errors_of(answered(draft, about=(), **own)) == []
        assert errors_of(answered(draft, about=(), **own, **{"item-1-gets": "share"})) == ["Tick who this is about"]

    def test_with_one_person_it_is_answered_by_itself(self, s01: Scene) -> None:
        walk = s01.at("information")
        with ledger.recording(actor=walk.user, at=timezone.now()):
            for person in walk.draft.people[1:]:
                person.delete()
        page = InformationPage(walk.draft)
        assert "about" not in page.main.fields
        assert not any("about" in row.fields for row in page.rows)
        page = InformationPage(walk.draft, post(page, **{"item-0-gets": "share", "includes-includes": ["none"]}))
        [item] = facts_of(saved(walk, page).decision).items
        assert list(item.about) == keys(walk.draft, CHILD)


@pytest.fixture(scope="module")
def s03(cast: Cast, now: datetime) -> Scene:
    return filled_to("information", cases.S03, cases.s03(now), cast, now)


class TestSharingAll:
    def test_every_sentence_goes_to_every_recipient(self, s03: Scene) -> None:
        walk = s03.at("information")
        page = answered(
            walk.draft, about=(), **{"information-about": [str(walk.draft.people[0].pk)], "information-share_all": "on"}
        )
        items = facts_of(saved(walk, page).decision).items
        assert len(items) == len(page.sentences)
        assert all(len(item.given_to) == 2 for item in items)

    def test_but_not_what_is_withheld_or_left_out(self, s01: Scene) -> None:
        walk = s01.at("information")
        typed = {"item-1-gets": "withhold", "item-1-why": "It is not certain.", "item-2-gets": "leave"}
        items = facts_of(saved(walk, answered(walk.draft, **{"information-share_all": "on"}, **typed)).decision).items
        assert [bool(item.given_to) for item in items] == [True, False, True]
        assert not any("bunk bed" in item.text for item in items)

    def test_what_is_written_here_goes_with_the_rest(self, s01: Scene) -> None:
        walk = s01.at("information")
        typed = {"item-rows": "5", "item-4-text": "Attendance", "item-4-kind": "fact"}
        asked = answered(walk.draft, **{"item-0-gets": "share"}, **typed)
        assert "Choose whether to share it or withhold it" in errors_of(asked)
        items = facts_of(saved(walk, answered(walk.draft, **{"information-share_all": "on"}, **typed)).decision).items
        assert items[-1].text == "Attendance"
        assert items[-1].given_to

    def test_it_is_not_offered_where_there_is_no_sentence(self, s01: Scene) -> None:
        walk = s01.at("information")
        draft = saved(walk, answered(walk.draft, **{"information-share_all": "on"}))
        assert "share_all" not in InformationPage(draft).main.fields


class TestWithholding:
    def test_one_reason_counts_for_those_after_it(self, s01: Scene) -> None:
        walk = s01.at("information")
        typed = {f"item-{number}-gets": "withhold" for number in (0, 1, 3)}
        typed |= {"item-0-why": "They have it already.", "item-3-why": "It is his secret.", "item-2-gets": "share"}
        items = facts_of(saved(walk, answered(walk.draft, **typed)).decision).items
        whys = [next(iter(item.withheld_from.values()), "") for item in items]
        assert whys == ["They have it already.", "They have it already.", "", "It is his secret."]

    def test_the_first_has_a_reason(self, s01: Scene) -> None:
        typed = {"item-0-gets": "withhold", "item-1-gets": "withhold", "item-1-why": "Not needed."}
        assert errors_of(answered(s01.at("information").draft, **typed)) == ["Enter why it is withheld"]

    def test_each_recipient_is_asked_about_only_where_they_differ(self, s03: Scene) -> None:
        walk = s03.at("information")
        first, second = walk.draft.recipients
        who = {"information-about": [str(walk.draft.people[0].pk)]}
        assert errors_of(answered(walk.draft, about=(), **who, **{"item-0-gets": "some"})) == [
            f"Choose whether {first.name} gets it", f"Choose whether {second.name} gets it",
        ]  # fmt: skip
        some = {"item-0-gets": "some", f"item-0-to_{first.pk}": "share", f"item-0-to_{second.pk}": "withhold"}
        page = answered(walk.draft, about=(), **who, **some, **{f"item-0-why_{second.pk}": "They need the risk only."})
        [item] = facts_of(saved(walk, page).decision).items
        assert (item.given_to, dict(item.withheld_from)) == (
            (str(first.pk),),
            {str(second.pk): "They need the risk only."},
        )

    def test_with_one_recipient_there_is_no_grid(self, s01: Scene) -> None:
        row = InformationPage(s01.at("information").draft).rows[0]
        gets: Any = row.fields["gets"]
        assert [value for value, _ in gets.choices] == ["share", "withhold", "leave"]
        assert not [name for name in row.fields if name.startswith(("to_", "why_"))]


def test_an_item_asks_three_things_at_most_before_its_details_are_opened(s01: Scene, s03: Scene) -> None:
    for scene in (s01, s03):
        draft = scene.at("information").draft
        data = post(InformationPage(draft), **{"item-rows": str(len(InformationPage(draft).rows) + 1)})
        for row in InformationPage(draft, data).rows:
            assert len(row.shown_fields) <= 3
            assert {"sensitivities", "not_disclosed_to", "handling"} <= {field.name for field in row.detail_fields}
            assert not row.details_open


class TestMoreThanAPageSends:
    def test_more_sentences_than_rows_wait_for_the_next_saving(self, s01: Scene) -> None:
        draft = s01.at("information").draft
        draft.decision.facts = " ".join(f"Sentence number {number}." for number in range(100))
        group = InformationPage(draft).groups[0]
        assert group.count == MOST_ROWS
        assert "There are more" in group.hint

    def test_no_rows_at_all_is_a_message(self, s01: Scene) -> None:
        walk = s01.at("information")
        saved(walk, answered(walk.draft, **{"item-1-gets": "share"}))
        none = QueryDict(mutable=True)
        none["item-rows"] = "0"
        assert not InformationPage(walk.draft, none).is_valid()
