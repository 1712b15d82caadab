"""What is suggested to be left out of what a person gets: on rows of S03, S06 and S11, and each rule alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rules.codes import NOT_INFORMED
from rules.facts import Facts, PersonFacts
from rules.facts_file.reader import facts_from
from rules.rights.called import doubt, she_or_he
from rules.rights.grounds import access_grounds, ground_words
from rules.rights.held import Asking, HeldItem
from rules.rights.suggest import BY_REASON, Suggestion, suggestions
from tests.scenarios.files import read

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAMES = {"P1": "Wilf Tanning", "P2": "Orla Tanning", "P3": "Gareth Tanning"}
DETAILS = {"P2": ("01632 960802", "14 Mill Lane, Ashcombe"), "P3": ("gareth@mail.test",)}


def scenario(key: str) -> Facts:
    return facts_from(dict(read(SCENARIOS / f"{key}.toml").facts))


def held(facts: Facts, ref: str) -> HeldItem:
    item = next(each for each in facts.items if each.ref == ref)
    return HeldItem(
        text=item.text, about=frozenset(item.about), kept_from=frozenset(item.not_disclosed_to),
        source="source" in item.sensitivities,
    )  # fmt: skip


def asks(facts: Facts, subject: str, reader: str, *, parent: bool = False, **more: Any) -> Asking:
    known: Mapping[str, Any] = {"names": NAMES, "details": DETAILS, **more}
    return Asking(people=facts.people, subject=subject, reader=reader, is_parent=parent, **known)


def found(asking: Asking, *items: HeldItem) -> list[Suggestion | None]:
    return suggestions(items, asking)


def one(asking: Asking, **item: Any) -> tuple[str, str]:
    [suggestion] = found(asking, HeldItem(**{"text": "He was away", **item}))
    return (suggestion.choice, suggestion.ground) if suggestion else ("", "")


def people(**changed: Any) -> Facts:
    """A family of three that nobody keeps anything from."""
    rows = [("P1", "child", 9), ("P2", "mother", 35), ("P3", "father", 36)]
    made = {ref: PersonFacts(ref=ref, role=role, age=age, parental_responsibility="yes") for ref, role, age in rows}
    return Facts(people=tuple({**made, **changed}.values()))


class TestS03:
    """The father asks. He is not to know, and could be dangerous."""

    @pytest.mark.parametrize(
        ("subject", "parent", "ground"), [("P3", False, "SERIOUS_HARM"), ("P1", True, "CHILD_ABUSE")]
    )
    def test_what_is_kept_from_him_is_left_out_with_its_ground(self, subject: str, parent: bool, ground: str) -> None:  # noqa: FBT001
        facts = scenario("S03")
        asking = asks(facts, subject, "P3", parent=parent)
        for item in ("I1", "I2", "I3"):
            assert [(each.choice, each.ground) for each in found(asking, held(facts, item)) if each] == [
                ("LEAVE_OUT", ground)
            ]
        assert one(asking, text="Frightened; does not want him to know.", whose="P2") == ("LEAVE_OUT", ground)

    def test_the_mother_is_given_her_own(self) -> None:
        facts = scenario("S03")
        asking = asks(facts, "P2", "P2")
        assert found(asking, held(facts, "I3")) == [None]
        assert one(asking, text="Frightened", whose="P2") == ("", "")


class TestS06:
    @pytest.mark.parametrize(("subject", "reader"), [("P2", "P2"), ("P1", "P2"), ("P1", "")])
    def test_who_informed_the_council_stays_out_of_every_family_copy(self, subject: str, reader: str) -> None:
        facts = scenario("S06")
        asking = asks(facts, subject, reader, parent=True, names={**NAMES, "P3": "Ada Pike"}, details={})
        assert [each.ground for each in found(asking, held(facts, "I2")) if each] == ["OTHERS"]
        for item in ({"whose": "P3"}, {"about": {"P3"}}, {"text": "Mrs Pike rang on Monday"}):
            assert one(asking, **item) == ("LEAVE_OUT", "OTHERS")
        assert one(asking, text="He was away on Monday") == ("", "")


class TestS11:
    def test_a_copy_for_one_parent_gives_both_views_and_not_the_others_address(self) -> None:
        facts = scenario("S11")
        asking = asks(facts, "P1", "P3", parent=True)
        assert one(asking, text="He needs the help", whose="P2") == ("", "")
        assert one(asking, text="She exaggerates", whose="P3") == ("", "")
        assert one(asking, text="Wants help at school", whose="P1") == ("", "")
        for text in ("She moved to 14 Mill Lane", "Ring her on 01632960802", "14, Mill Lane, Ashcombe"):
            assert one(asking, text=text, whose="P2") == ("LEAVE_OUT", "OTHERS")

    def test_somebody_elses_views_are_theirs(self) -> None:
        facts = scenario("S11")
        assert one(asks(facts, "P3", "P3"), text="She needs help", whose="P2") == ("LEAVE_OUT", "OTHERS"), "not for him"
        assert one(asks(facts, "P1", ""), whose="P2") == ("LEAVE_OUT", "OTHERS"), "who asks is not on the record"

    def test_a_lawyers_advice_is_seen(self) -> None:
        asking = asks(scenario("S11"), "P1", "P3", parent=True)
        assert one(asking, text="Council solicitor: keep the papers out", is_advice=True) == ("LEAVE_OUT", "LEGAL")
        assert one(asking, text="Duty manager: share now", is_advice=True) == ("", "")


class TestRules:
    @pytest.mark.parametrize("state", sorted(NOT_INFORMED))
    def test_nobody_learns_from_a_copy_what_they_are_not_to_know(self, state: str) -> None:
        facts = scenario("S11")
        father = facts.people[2]
        for reason, ground in [*BY_REASON.items(), ("RISK_CHILD", "SERIOUS_HARM"), ("DELAY", "SERIOUS_HARM")]:
            informing = type(father.informing)(state=state, reason=reason)
            kept = people(P3=PersonFacts(ref="P3", role="father", informing=informing))
            assert one(asks(kept, "P3", "P3")) == ("LEAVE_OUT", ground), reason

    def test_a_young_person_who_can_decide_is_asked_first(self) -> None:
        able = people(P1=PersonFacts(ref="P1", role="child", age=15, competence="COMPETENT"))
        for item in ({"whose": "P1"}, {"about": {"P1", "P2"}}, {}):
            assert one(asks(able, "P1", "P2", parent=True), **item) == ("LEAVE_OUT", "EXPECTATIONS")
        assert one(asks(able, "P1", "P1"), whose="P1") == ("", ""), "it is theirs"
        assert one(asks(able, "P2", "P2"), about={"P2"}) == ("", "")
        assert one(asks(people(), "P1", "P2", parent=True), whose="P1") == ("", ""), "a younger child"

    def test_another_agencys_mark_is_a_question_for_them(self) -> None:
        [marked] = found(asks(people(), "P2", "P2"), HeldItem(text="A note", handling="Police: sensitive"))
        assert marked
        assert (marked.ground, "Police: sensitive" in marked.why) == ("CRIME", True)

    @pytest.mark.parametrize(
        ("item", "choice"),
        [
            ({"about": {"P1"}}, "LEAVE_OUT"), ({"about": {"P1", "P2"}}, "PART"), ({"about": {"P2"}}, ""),
            ({"text": "Gareth was there"}, "PART"), ({"text": "Orla Tanning was there"}, ""),
            ({"text": "gareth@mail.test wrote"}, "LEAVE_OUT"), ({"text": "Ring 01632 960802"}, ""),
        ],
    )  # fmt: skip
    def test_other_peoples_information(self, item: dict[str, Any], choice: str) -> None:
        assert one(asks(people(), "P2", "P2"), **item)[0] == choice

    def test_a_childs_concern_is_not_the_mothers_alone(self) -> None:
        assert one(asks(people(), "P2", "P2"), is_concern=True)[0] == "PART"
        assert one(asks(people(), "P1", "P2", parent=True), is_concern=True) == ("", "")
        assert one(asks(people(), "P2", "P2")) == ("", "")

    def test_a_label_that_two_rows_share_hides_neither(self) -> None:
        views = [HeldItem(text="When: 20 November 2026, 7:02pm", whose=ref) for ref in ("P1", "P2")]
        assert [bool(each) for each in found(asks(people(), "P2", "P2"), *views)] == [True, False]

    def test_a_review_is_theirs_where_it_names_them(self) -> None:
        asking = asks(people(), "P2", "P2")
        assert one(asking, text="Clear reasons", is_review=True) == ("LEAVE_OUT", "NOT_THEIRS")
        assert one(asking, text="Ring Orla again", is_review=True) == ("", "")

    def test_the_words_of_what_is_left_out_are_left_out_elsewhere(self) -> None:
        asking = asks(people(), "P2", "P2")
        secret = HeldItem(text="Somebody at number nine rang us.", source=True)
        again = HeldItem(text="He is safe. Somebody at number nine rang us.")
        assert [each.choice for each in found(asking, secret, again) if each] == ["LEAVE_OUT", "LEAVE_OUT"]
        assert found(asking, HeldItem(text="Somebody at number nine rang us.")) == [None]


class TestGrounds:
    def test_each_has_its_law_its_tests_and_how_sure_it_is(self) -> None:
        for code, ground in access_grounds().items():
            assert code == ground.code
            assert ground.citation in ground_words(code)
            assert ground.tests
            assert ground.confidence in {"C", "P", "K", "N"}
            assert ground.source

    def test_every_ground_that_is_suggested_is_on_the_list(self) -> None:
        used = {*BY_REASON.values(), "OTHERS", "CRIME", "SERIOUS_HARM", "CHILD_ABUSE", "EXPECTATIONS", "LEGAL"}
        assert used <= access_grounds().keys()


class TestSomebodyWhoIsNotNamed:
    @pytest.mark.parametrize(
        ("reader", "text", "choice"),
        [
            ("P2", "Do not speak to the partner first", "PART"),
            ("P2", "Seen by his aunt on Tuesday", "PART"),
            ("P2", "A neighbour rang", "PART"),
            ("P3", "Mum was rung at once", "PART"),
            ("P2", "Mum was rung at once", ""),
            ("P2", "Partnership working with housing", ""),
            ("P2", "Child protection enquiries", ""),
        ],
    )
    def test_a_word_for_them_is_looked_at(self, reader: str, text: str, choice: str) -> None:
        assert one(asks(people(), reader, reader), text=text)[0] == choice

    def test_whose_words_it_is_may_be_called_so(self) -> None:
        asking = asks(people(), "P1", "P3", parent=True)
        assert one(asking, text="Mum says he was late", whose="P2")[0] == ""
        assert doubt(HeldItem(text="Mum says he was late", whose="P2"), asking), "but it is not ticked beforehand"
        assert not doubt(HeldItem(text="He was late", whose="P3"), asking)
        assert one(asking, text="Mum says he was late")[0] == "PART"

    @pytest.mark.parametrize(
        ("subject", "reader", "text", "word"),
        [
            ("P2", "P2", "Whether he is safe today", "he"),
            ("P2", "P2", "She was rung", ""),
            ("P3", "P3", "Her view is passed on", "her"),
            ("P1", "P2", "Whether he is safe today", ""),
            ("P1", "P1", "She was rung", ""),
        ],
    )
    def test_a_word_that_cannot_mean_them(self, subject: str, reader: str, text: str, word: str) -> None:
        assert she_or_he(HeldItem(text=text), asks(people(), subject, reader)) == word
