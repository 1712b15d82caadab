"""One person's letter: what it says of the sharing, of their choice and of their rights, and what it leaves out."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rules.explanation import may_know
from rules.explanation.facts import ExplanationFacts, LeftOut
from rules.explanation.refusals import (
    ASK_FIRST,
    LATER,
    NOBODY_TO_READ,
    NOT_BY_US,
    NOT_INFORMED,
    NOT_OF_FAMILY,
    NOTHING_SENT,
    why_no_letter,
)
from rules.explanation.versions import Layout, Version, layout_for, version_for
from rules.facts import Facts, InformingFacts, ItemFacts, PersonFacts, RecipientFacts, SendingFacts
from rules.facts_after_recording import FollowUpFacts, LaterConsentFacts
from tests.rules import more_scenarios, scenarios
from tests.rules.cases import basis
from tests.rules.explanation_cases import SENT_AT, letter_of, of_reader, sent_to_all, text_of

CHILD = PersonFacts(ref="C", role="child", age=9, consent_state="NOT_COMPETENT")
MOTHER = PersonFacts(
    ref="M", role="mother", parental_responsibility="yes", consent_state="REFUSED",
    informing=InformingFacts(state="TOLD_BEFORE"),
)  # fmt: skip
FATHER = replace(MOTHER, ref="F", role="father")
TEEN = PersonFacts(ref="T", role="child", age=15, competence="COMPETENT", consent_state="REFUSED")
SCHOOL = RecipientFacts(ref="S", organisation="Marlowe School", kind="school", choice="no")
POLICE = RecipientFacts(ref="P", organisation="Ashcombe Police", kind="police", choice="no")
NAMES = {"C": "Robin Hale", "M": "Ana Hale", "F": "Kofi Brandt", "T": "Noor Hale"}


def item(ref: str, text: str, *about: str, **more: object) -> ItemFacts:
    return ItemFacts(ref=ref, text=text, about=about, **{"given_to": ("S",), **more})  # type: ignore[arg-type]


def decision(*items: ItemFacts, people: tuple[PersonFacts, ...] = (CHILD, MOTHER, FATHER), **more: object) -> Facts:
    started = Facts(
        trigger="PRO", level="s17", outcome="SHARED_PART", people=people, recipients=(SCHOOL, POLICE), items=items,
        basis=basis("ART6_E"),
    )  # fmt: skip
    return replace(sent_to_all(started), **more)  # type: ignore[arg-type]


def read_by(ref: str, facts: Facts, **more: object) -> ExplanationFacts:
    return of_reader(facts, ref, names=NAMES, **more)


def reasons(facts: Facts, reader: str = "M", **more: object) -> set[LeftOut]:
    return set(letter_of(read_by(reader, facts, **more)).left_out)


LATE = item("1", "He was late nine times", "C")


class TestWhatWasSent:
    def test_to_whom_what_and_when(self) -> None:
        text = text_of(letter_of(read_by("M", decision(LATE))))
        assert "On 27 November 2026, we told Marlowe School:\nHe was late nine times" in text
        assert "29 November 2026" in text
        assert "Dear Ana Hale," in text
        assert "Ashcombe Police" not in text

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            ((27, 27), "On 27 November 2026, we"),
            ((27, 28), "On 27 November 2026 and on 28 November 2026, we"),
            ((3, 14, 28), "From 3 November 2026 to 28 November 2026, we"),
        ],
    )
    def test_every_day_on_which_it_was_sent(self, days: tuple[int, ...], words: str) -> None:
        sendings = tuple(SendingFacts(recipient_ref="S", at=datetime(2026, 11, day, 9, tzinfo=UTC)) for day in days)
        assert words in text_of(letter_of(read_by("M", decision(LATE, sendings=sendings))))

    def test_where_something_else_was_said_nothing_is_listed_until_it_is_chosen(self) -> None:
        facts = decision(LATE, sendings=(SendingFacts(recipient_ref="S", at=SENT_AT, said="He limps"),))
        silent = letter_of(read_by("M", facts))
        assert silent.sections == ()
        assert {LeftOut("He limps", may_know.OTHERWISE), LeftOut(LATE.text, may_know.NOT_SURE)} <= set(silent.left_out)
        written = text_of(letter_of(read_by("M", facts), own_words={"S": "We said that he limps."}))
        assert "We said that he limps." in written
        assert "late nine times" not in written
        chosen = text_of(letter_of(read_by("M", facts), items=frozenset({("S", "1")})))
        assert "late nine times" in chosen

    def test_a_second_sending_without_other_words_was_of_the_items(self) -> None:
        sendings = (
            SendingFacts(recipient_ref="S", at=SENT_AT, said="He limps"), SendingFacts(recipient_ref="S", at=SENT_AT),
        )  # fmt: skip
        assert "late nine times" in text_of(letter_of(read_by("M", decision(LATE, sendings=sendings))))

    def test_what_was_wrong_is_said_to_be_wrong(self) -> None:
        explained = read_by("M", decision(LATE), wrong_items=frozenset({"1"}))
        text = text_of(letter_of(explained))
        assert "this part was wrong: He was late nine times" in text
        assert "We have told Marlowe School" not in text
        notified = replace(explained, corrected_with=frozenset({("1", "S")}))
        assert "We have told Marlowe School that it was wrong." in text_of(letter_of(notified))

    def test_how_it_is_used_by_the_author_the_address_book_or_the_kind(self) -> None:
        explained = read_by("M", decision(LATE))
        assert "Marlowe School will use it to help at school" in text_of(letter_of(explained))
        book = replace(explained, how_used={"S": "They will move his seat."})
        assert "They will move his seat." in text_of(letter_of(book))
        changed = text_of(letter_of(book, how_used={"S": "They will ring you."}))
        assert "They will ring you." in changed
        assert "They will move his seat." not in changed


class TestLeftOut:
    @pytest.mark.parametrize(
        ("left_out", "why"),
        [
            (item("2", "Pat saw it", "C", sensitivities=("source",)), may_know.SOURCE),
            (item("2", "She has a plan", "M", not_disclosed_to=("M",)), may_know.NOT_DISCLOSED),
            (item("2", "He drinks", "F"), may_know.OTHERS),
            (item("2", "They shout", "M", "F"), may_know.OTHERS),
            (item("2", "Somebody shouts"), may_know.NOBODY),
            (item("2", "Kofi collects him", "C"), may_know.NAMES.format(name="Kofi Brandt")),
        ],
    )
    def test_an_item_and_why(self, left_out: ItemFacts, why: str) -> None:
        facts = decision(LATE, left_out)
        assert reasons(facts) == {LeftOut(left_out.text, why)}
        assert left_out.text not in text_of(letter_of(read_by("M", facts)))

    def test_a_surname_that_is_theirs_as_well_names_nobody_else(self) -> None:
        assert reasons(decision(item("1", "Robin Hale was late", "C"))) == set()

    def test_a_phone_number_of_somebody_else_however_it_is_spaced(self) -> None:
        facts = decision(LATE, item("2", "Call 01632 960 777", "C"))
        assert LeftOut("Call 01632 960 777", may_know.NAMES.format(name="Kofi Brandt")) in reasons(
            facts, words_of={"F": ("01632960777",)}
        )

    def test_the_same_words_in_another_item(self) -> None:
        hidden = item("2", "The neighbour at the corner saw him fall.", "C", sensitivities=("source",))
        copy = item("3", "He fell. The neighbour at the corner saw him fall.", "C")
        assert LeftOut(copy.text, may_know.SAME_WORDS) in reasons(decision(LATE, hidden, copy))

    def test_a_recipient_who_was_given_nothing_they_may_know(self) -> None:
        facts = decision(LATE, item("2", "He drinks", "F", given_to=("P",)))
        assert LeftOut("Ashcombe Police", may_know.ALL_LEFT_OUT) in reasons(facts)
        assert "Ashcombe Police" not in text_of(letter_of(read_by("M", facts)))

    def test_a_recipient_who_speaks_for_somebody_else(self) -> None:
        lawyer = RecipientFacts(ref="S", organisation="Brandt and Sons", people=("F",))
        facts = replace(decision(LATE), recipients=(lawyer,))
        assert letter_of(read_by("M", facts)).sections == ()

    def test_a_young_person_who_decides_is_in_no_parents_letter(self) -> None:
        facts = decision(LATE, item("2", "She cuts herself", "T"), people=(CHILD, TEEN, MOTHER))
        assert LeftOut("She cuts herself", may_know.OWN_DECISION) in reasons(facts)
        assert "She cuts herself" in text_of(letter_of(read_by("T", facts)))

    def test_a_wish_of_a_young_person_keeps_every_child_out_of_it(self) -> None:
        mother = replace(MOTHER, not_asked_reason="COMPETENT_CHILD_WISH")
        facts = decision(LATE, people=(CHILD, mother))
        assert letter_of(read_by("M", facts)).sections == ()

    def test_whoever_has_no_parental_responsibility_reads_nothing_about_the_child(self) -> None:
        partner = replace(MOTHER, parental_responsibility="no", role="partner")
        assert letter_of(read_by("M", decision(LATE, people=(CHILD, partner)))).sections == ()

    def test_of_somebody_informed_in_part_nothing_is_listed_until_it_is_chosen(self) -> None:
        mother = replace(MOTHER, informing=InformingFacts(state="PARTLY_TOLD"))
        facts = decision(LATE, item("2", "He limps", "C"), people=(CHILD, mother))
        assert letter_of(read_by("M", facts)).sections == ()
        chosen = text_of(letter_of(read_by("M", facts), items=frozenset({("S", "2")})))
        assert "He limps" in chosen
        assert "late nine times" not in chosen

    @pytest.mark.parametrize(
        ("informing", "chosen"),
        [
            (InformingFacts(state="PARTLY_TOLD", exemption="CRIME"), False),
            (InformingFacts(state="PARTLY_TOLD", reason="EVIDENCE_LOSS"), False),
            (InformingFacts(state="PARTLY_TOLD", reason="RISK_CHILD"), True),
            (InformingFacts(state="TOLD_AFTER"), True),
        ],
    )
    def test_an_offence_where_the_law_on_crime_stands_against_informing(
        self,
        informing: InformingFacts,
        chosen: bool,  # noqa: FBT001
    ) -> None:
        mother = replace(MOTHER, informing=informing)
        facts = decision(item("1", "He took a car", "C", sensitivities=("offences",)), people=(CHILD, mother))
        letter = letter_of(read_by("M", facts), items=frozenset({("S", "1")}))
        assert ("He took a car" in text_of(letter)) == chosen
        assert (LeftOut("He took a car", may_know.EXEMPT) in letter.left_out) != chosen

    def test_what_its_author_wrote_is_flagged_and_stays(self) -> None:
        hidden = item("2", "The neighbour at the corner saw it.", "C", sensitivities=("source",))
        letter = letter_of(read_by("M", decision(LATE, hidden)), why="Kofi asked. The neighbour at the corner saw it.")
        assert len(letter.doubts) == 2
        assert "Kofi asked." in text_of(letter)


CHOICES = {
    "GIVEN": "You told us that you were happy", "AGREED_NOT_BASIS": "You told us that you were happy",
    "GIVEN_PARTIAL": "yes to some of this", "REFUSED": "you did not want this", "OBJECTED": "you did not want this",
    "WITHDRAWN": "Then you changed your mind", "NOT_SOUGHT_DELAY": "There was no time",
    "NOT_SOUGHT_NO_CHOICE": "We did not ask you", "NOT_CONTACTABLE": "We tried to reach you",
    "NO_RESPONSE": "We did not hear back", "LACKS_CAPACITY": "could not make this choice",
}  # fmt: skip
NO_CHOICE_AT_ALL = ("You could choose", "You can change your mind")


class TestChoice:
    @pytest.mark.parametrize(("state", "words"), CHOICES.items())
    def test_no_choice_is_given_that_there_was_not(self, state: str, words: str) -> None:
        facts = decision(LATE, people=(CHILD, replace(MOTHER, consent_state=state)))
        text = text_of(letter_of(read_by("M", facts)))
        assert words in text
        assert "The law lets us do this" in text
        assert not [each for each in NO_CHOICE_AT_ALL if each in text]

    @pytest.mark.parametrize("trigger", ["COURT_ORDER", "MANDATORY"])
    def test_an_order_or_a_duty_leaves_none(self, trigger: str) -> None:
        mother = replace(MOTHER, consent_state="GIVEN")
        facts = decision(LATE, people=(CHILD, mother), trigger=trigger, recipients=(replace(SCHOOL, choice="yes"),))
        text = text_of(letter_of(read_by("M", facts)))
        assert "You did not have a choice in this" in text
        assert not [each for each in NO_CHOICE_AT_ALL if each in text]

    def test_consent_that_counts_can_be_withdrawn(self) -> None:
        facts = decision(
            LATE, people=(CHILD, replace(MOTHER, consent_state="GIVEN")), basis=basis("ART6_A"),
            recipients=(replace(SCHOOL, choice="yes"),),
        )  # fmt: skip
        text = text_of(letter_of(read_by("M", facts)))
        assert "You could choose if we told Marlowe School. You said yes." in text
        assert "You can change your mind at any time." in text
        assert "The law lets us" not in text
        assert "You can object" not in text

    def test_a_choice_about_one_recipient_is_none_about_the_other(self) -> None:
        facts = decision(
            replace(LATE, given_to=("S", "P")), people=(CHILD, replace(MOTHER, consent_state="GIVEN")),
        )  # fmt: skip
        facts = replace(facts, recipients=(replace(SCHOOL, choice="yes"), POLICE))
        text = text_of(letter_of(read_by("M", facts)))
        assert "You could choose if we told Marlowe School." in text
        assert "You could not choose if we told Ashcombe Police." in text

    def test_a_no_since_then_is_said_too(self) -> None:
        later = LaterConsentFacts(person_ref="M", state="OBJECTED", at=SENT_AT)
        facts = decision(
            LATE, people=(CHILD, replace(MOTHER, consent_state="GIVEN")), follow_up=FollowUpFacts(consent=(later,))
        )
        assert "Since then you have told us that you do not agree." in text_of(letter_of(read_by("M", facts)))
        consented = text_of(letter_of(read_by("M", replace(facts, basis=basis("ART6_A")))))
        assert "Since then you have told us that you do not agree." in consented
        assert "You can change your mind" not in consented


@pytest.mark.parametrize(
    ("code", "may_object"),
    [("ART6_E", True), ("ART6_EA", True), ("ART6_F", True), ("ART6_C", False), ("ART6_D", False)],
)
def test_they_are_told_of_objecting_where_they_may(code: str, may_object: bool) -> None:  # noqa: FBT001
    explained = read_by("M", decision(LATE, basis=basis(code)), lawful_basis={code: "Plain name (UK GDPR)"})
    text = text_of(letter_of(explained))
    assert ("You can object" in text) == may_object
    assert "You can ask to see" in text
    assert "ICO" in text
    assert "Plain name (UK GDPR)" in text


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"informing": InformingFacts(state="NOT_TELLING")}, NOT_INFORMED),
            ({"informing": InformingFacts(state="DEFERRED", review_on=date(2026, 12, 1))}, LATER),
            ({"informing": InformingFacts(state="NOT_TELLING", closing="HANDED_OVER")}, NOT_BY_US),
            ({"informing": InformingFacts(), "alleged_source_of_harm": True}, ASK_FIRST),
            ({"informing": InformingFacts(), "consent_state": "NOT_SOUGHT_UNSAFE"}, ASK_FIRST),
            ({"role": "informant"}, NOT_OF_FAMILY),
            ({"role": "professional"}, NOT_OF_FAMILY),
            ({"role": "unborn"}, NOBODY_TO_READ),
            ({"role": "child", "age": 0.8}, NOBODY_TO_READ),
            ({}, ""),
            ({"informing": InformingFacts(state="TOLD_AFTER"), "alleged_source_of_harm": True}, ""),
        ],
    )
    def test_by_what_was_recorded_of_informing(self, changes: dict[str, object], why: str) -> None:
        facts = decision(LATE, people=(CHILD, replace(MOTHER, **changes)))  # type: ignore[arg-type]
        assert why_no_letter(read_by("M", facts)) == why

    def test_nothing_sent(self) -> None:
        assert why_no_letter(read_by("M", decision(LATE, sendings=()))) == NOTHING_SENT


class TestWhatFits:
    @pytest.mark.parametrize(
        ("person", "version"),
        [
            (MOTHER, Version.ADULT), (CHILD, Version.CHILD), (TEEN, Version.YOUNG),
            (replace(TEEN, age=18), Version.ADULT),
            (replace(TEEN, competence="NOT_COMPETENT"), Version.CHILD), (replace(CHILD, age=13), Version.YOUNG),
            (replace(CHILD, age=11, competence="COMPETENT"), Version.YOUNG), (PersonFacts(role="child"), Version.YOUNG),
        ],
    )  # fmt: skip
    def test_by_age_and_competence(self, person: PersonFacts, version: Version) -> None:
        assert version_for(person) == version

    @pytest.mark.parametrize(
        ("need", "layout"),
        [
            ("Needs large print", Layout.LARGE), ("Partially sighted", Layout.LARGE),
            ("Learning disability", Layout.EASY),
            ("Cannot read well", Layout.EASY), ("Polish interpreter", Layout.STANDARD), ("", Layout.STANDARD),
        ],
    )  # fmt: skip
    def test_by_communication_need(self, need: str, layout: Layout) -> None:
        assert layout_for(MOTHER, need) == layout

    def test_a_childs_letter_is_a_few_short_sentences(self) -> None:
        text = text_of(letter_of(read_by("C", decision(LATE)), version=Version.CHILD))
        assert "We told Marlowe School some things about you." in text
        assert "late nine times" not in text
        assert len(text.split()) < 90


SCENARIOS = {
    "S03": scenarios.s03, "S04": more_scenarios.s04, "S08": more_scenarios.s08, "S11": more_scenarios.s11,
    "S12": more_scenarios.s12, "S19": more_scenarios.s19,
}  # fmt: skip
NOTHING_FOR_THEM: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("scenario", "reader", "refused", "says", "never"),
    [
        # The mother's account names the father as well: nothing of it goes on paper by itself.
        ("S03", "P2", "", NOTHING_FOR_THEM, ("Her account", "Risk indicators", "MARAC")),
        ("S03", "P3", NOT_INFORMED, NOTHING_FOR_THEM, ("Her account", "Her new number")),
        ("S04", "P1", "", ("Risk this week", "You told us that you did not want this."), ("whom she loves",)),
        ("S04", "P2", LATER, NOTHING_FOR_THEM, ("Risk this week", "Crisis team")),
        ("S08", "P2", "", ("Child protection file", "A child is moving to a new school."), ("You could choose",)),
        ("S11", "P2", "", ("His wishes", "You told us that you were happy"), ("What each parent said", "NameP3")),
        ("S11", "P3", "", ("His wishes", "You told us that you did not want this."), ("each parent said", "NameP2")),
        ("S12", "P2", LATER, NOTHING_FOR_THEM, ("What she said", "Police")),
        ("S19", "P2", "", NOTHING_FOR_THEM, ("NameP3", "Obstetric history")),
        ("S19", "P3", NOT_BY_US, NOTHING_FOR_THEM, ("Injuries at booking", "Wendlebury")),
    ],
)
def test_scenarios(scenario: str, reader: str, refused: str, says: tuple[str, ...], never: tuple[str, ...]) -> None:
    facts = sent_to_all(SCENARIOS[scenario]())
    explained = of_reader(facts, reader, names={person.ref: f"Name{person.ref}" for person in facts.people})
    assert why_no_letter(explained) == refused
    text = text_of(letter_of(explained))
    assert [words for words in says if words not in text] == []
    assert [words for words in never if words in text] == []


def test_a_girl_is_told_that_the_law_asks_for_it_once_its_author_says_what_was_shared() -> None:
    """S12: her account names her mother, so it is not listed."""
    explained = of_reader(sent_to_all(more_scenarios.s12()), "P1", names={"P1": "Zara"})
    assert letter_of(explained).sections == ()
    text = text_of(letter_of(explained, own_words={"R1": "We told them what you said to us."}))
    assert "we told Police:\nWe told them what you said to us." in text
    assert "The law says that we have to tell people about this." in text
    assert "What she said" not in text
