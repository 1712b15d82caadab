"""What is said to one person before something is shared, and what is kept off their copy."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.codes import Sensitivity
from rules.explanation import may_know
from rules.explanation.facts import ExplanationFacts, LeftOut
from rules.explanation.may_know import reader_of
from rules.explanation.versions import version_for
from rules.facts import AdviceFacts, Facts, InformingFacts, ItemFacts, PersonFacts, RecipientFacts
from rules.talk import not_to_say, refusals, words
from rules.talk.phrases import needed_to_talk, speaker
from rules.talk.words import Talk, talk
from tests.agreement.complete import complete
from tests.rules.cases import basis
from tests.rules.explanation_cases import of_reader
from tests.rules.test_explanation_canaries import SEEDS, canary, decides_alone, drawn, is_grown_up, name_of, phone_of

CONTACT = "Asha Verrall, Ravensmere team"
CHILD = PersonFacts(ref="C", role="child", age=9, consent_state="NOT_COMPETENT")
MOTHER = PersonFacts(ref="M", role="mother", parental_responsibility="yes", consent_state="REFUSED")
FATHER = replace(MOTHER, ref="F", role="father", consent_state="UNKNOWN")
PARTNER = PersonFacts(ref="P", role="partner", age=40, alleged_source_of_harm=True)
TEEN = PersonFacts(ref="T", role="child", age=15, competence="COMPETENT")
NEIGHBOUR = PersonFacts(ref="N", role="informant")
SCHOOL = RecipientFacts(ref="S", organisation="Marlowe School", kind="school", choice="no")
POLICE = RecipientFacts(ref="B", organisation="Ashcombe Police", kind="police", choice="no")
NAMES = {"C": "Robin Hale", "M": "Ana Hale", "F": "Kofi Brandt", "T": "Noor Hale", "P": "Vic Stone", "N": "Mo Lund"}
LATE = ItemFacts(ref="1", text="He was late nine times", about=("C",), given_to=("S",))


def item(ref: str, text: str, *about: str, **more: object) -> ItemFacts:
    return ItemFacts(ref=ref, text=text, about=about, **{"given_to": ("S",), **more})  # type: ignore[arg-type]


def draft(*items: ItemFacts, people: tuple[PersonFacts, ...] = (CHILD, MOTHER, FATHER), **more: object) -> Facts:
    started = Facts(
        trigger="PRO", level="s47", outcome="SHARED_PART", people=people, recipients=(SCHOOL,), items=items,
        basis=basis("ART6_E"),
    )  # fmt: skip
    return replace(started, **more)  # type: ignore[arg-type]


def spoken_to(facts: Facts, reader: str = "M", *, no_choice: bool = False, **more: object) -> Talk:
    return said_of(of_reader(facts, reader, names=NAMES, **more), no_choice=no_choice)


def said_of(explained: ExplanationFacts, *, no_choice: bool = False, contact: str = CONTACT) -> Talk:
    return talk(explained, speaker(version_for(reader_of(explained)), {}), no_choice=no_choice, contact=contact)


def text_of(said: Talk) -> str:
    lines = [said.title] if said.sections else []
    for section in said.sections:
        lines.append(section.heading)
        for block in section.blocks:
            lines += [block.text, *block.items]
    return "\n".join(line for line in lines if line)


class TestWords:
    def test_who_what_why_and_what_happens_next(self) -> None:
        text = text_of(spoken_to(draft(LATE)))
        assert "We want to tell Marlowe School:\nHe was late nine times" in text
        assert "We are worried that a child could get badly hurt." in text
        assert "Marlowe School will use it to help at school" in text
        assert "We want to go on working with you." in text
        assert f"ask for: {CONTACT}" in text
        assert "We told" not in text

    def test_before_anything_is_chosen_it_names_who_and_says_so(self) -> None:
        said = spoken_to(draft())
        assert "We have not made up our minds yet about what" in text_of(said)
        assert words.WHAT_OPEN in said.to_settle

    def test_the_address_books_words_on_what_happens_next(self) -> None:
        ring = "They will ring you on Monday."
        assert ring in text_of(spoken_to(draft(LATE), how_used={"S": ring}))

    def test_a_child_is_given_a_few_sentences_and_no_list(self) -> None:
        text = text_of(spoken_to(draft(LATE), "C"))
        assert "We want to talk to Marlowe School." in text
        assert "He was late" not in text
        assert "Childline" in text
        assert "object" not in text

    @pytest.mark.parametrize(("codes", "may"), [(("ART6_E",), True), (("ART6_C",), False), ((), False)])
    def test_the_right_to_object_where_there_is_one(self, codes: tuple[str, ...], may: bool) -> None:  # noqa: FBT001
        facts = draft(LATE, basis=sum((basis(code) for code in codes), ()))
        assert ("You can object to how we use facts" in text_of(spoken_to(facts))) is may


class TestChoice:
    @pytest.mark.parametrize(
        ("choice", "state", "said", "unsaid"),
        [
            ("yes", "UNKNOWN", "You can say no to this.", "do not have a choice"),
            ("yes", "REFUSED", "That was your choice to make, so we will not tell them.", "can say no"),
            ("no", "UNKNOWN", "You do not have a choice about Marlowe School.", "can say no"),
            ("no", "REFUSED", "We have thought about what you said.", "can say no"),
            ("no", "OBJECTED", "You have told us that you do not want this.", "can say no"),
            ("", "REFUSED", "You have told us that you do not want this.", "choice about"),
        ],
    )
    def test_it_is_said_as_it_is(self, choice: str, state: str, said: str, unsaid: str) -> None:
        facts = draft(
            LATE, recipients=(replace(SCHOOL, choice=choice),), people=(CHILD, replace(MOTHER, consent_state=state))
        )
        text = text_of(spoken_to(facts))
        assert said in text
        assert unsaid not in text

    @pytest.mark.parametrize(
        ("trigger", "why"),
        [("COURT_ORDER", "A court has told us to do this."), ("MANDATORY", "The law says that we have to do this.")],
    )
    def test_none_is_offered_under_a_duty_whatever_was_answered(self, trigger: str, why: str) -> None:
        facts = draft(LATE, trigger=trigger, recipients=(replace(SCHOOL, choice="yes"),))
        text = text_of(spoken_to(facts, no_choice=True))
        assert why in text
        assert "can say no" not in text

    def test_an_open_choice_is_to_be_settled_first(self) -> None:
        facts = draft(LATE, recipients=(replace(SCHOOL, choice=""),))
        assert words.CHOICE_OPEN.format(recipient="Marlowe School") in spoken_to(facts).to_settle
        assert not spoken_to(facts, no_choice=True).to_settle

    def test_each_recipient_by_its_own_answer(self) -> None:
        both = (SCHOOL, replace(POLICE, choice="yes"))
        text = text_of(spoken_to(draft(replace(LATE, given_to=("S", "B")), recipients=both)))
        assert "do not have a choice about Marlowe School" in text
        assert "we will not tell them" in text

    def test_recipients_of_one_answer_are_named_together(self) -> None:
        three = (SCHOOL, POLICE, replace(POLICE, ref="D", organisation="Dr Okoro"))
        text = text_of(spoken_to(draft(replace(LATE, given_to=("S", "B", "D")), recipients=three)))
        assert "do not have a choice about Marlowe School and Ashcombe Police and Dr Okoro" in text


class TestNotToSay:
    @pytest.mark.parametrize(
        ("kept", "why"),
        [
            (item("2", "A neighbour heard shouting", "C", sensitivities=("source",)), may_know.SOURCE),
            (item("2", "A refuge has a room", "C", not_disclosed_to=("M",)), may_know.NOT_DISCLOSED),
            (item("2", "He drinks", "F"), may_know.OTHERS),
            (item("2", "They both shout", "C", "F"), may_know.OTHERS),
            (item("2", "Somebody saw it"), may_know.NOBODY),
        ],
    )
    def test_an_item_is_off_the_copy_and_in_the_box(self, kept: ItemFacts, why: str) -> None:
        said = spoken_to(draft(LATE, kept))
        assert kept.text not in text_of(said)
        assert LeftOut(kept.text, why) in said.not_to_say

    @pytest.mark.parametrize(
        ("person", "why"),
        [
            (FATHER, not_to_say.OTHER_ADULT),
            (PARTNER, not_to_say.SUSPECTED),
            (TEEN, not_to_say.YOUNG),
            (NEIGHBOUR, not_to_say.ITS_SOURCE),
        ],
    )
    def test_what_a_person_told_us_is_theirs(self, person: PersonFacts, why: str) -> None:
        said = spoken_to(draft(LATE, people=(CHILD, MOTHER, person)))
        assert LeftOut(NAMES[person.ref], why) in said.not_to_say
        assert NAMES[person.ref] not in text_of(said)

    @pytest.mark.parametrize("person", [CHILD, replace(TEEN, competence="NOT_COMPETENT")])
    def test_a_parent_may_hear_of_a_child_who_cannot_decide(self, person: PersonFacts) -> None:
        said = spoken_to(draft(LATE, people=(CHILD, MOTHER, person)))
        assert not [each for each in said.not_to_say if each.what == NAMES[person.ref]]

    def test_whoever_gets_only_what_may_not_be_said_is_not_named(self) -> None:
        source = item("2", "Where she is", "M", given_to=("B",), sensitivities=("source",))
        text = text_of(spoken_to(draft(LATE, source, recipients=(SCHOOL, POLICE))))
        assert "Ashcombe Police" not in text

    def test_nothing_that_may_be_said_is_no_copy(self) -> None:
        said = spoken_to(draft(item("2", "He drinks", "F")))
        assert (said.refused, said.sections) == (words.NOTHING_TO_SAY, ())


class TestRefused:
    @pytest.mark.parametrize(
        ("person", "why"),
        [
            (replace(PARTNER, ref="M"), refusals.ADVICE_FIRST),
            (replace(MOTHER, consent_state="NOT_SOUGHT_UNSAFE"), refusals.UNSAFE),
            (replace(MOTHER, informing=InformingFacts(state="DEFERRED")), refusals.LATER),
            (replace(MOTHER, informing=InformingFacts(state="NOT_TELLING")), refusals.LATER),
            (replace(MOTHER, informing=InformingFacts(closing="NEVER_BY_US")), refusals.LATER),
            (replace(NEIGHBOUR, ref="M"), refusals.NOT_OF_FAMILY),
            (replace(MOTHER, role="professional"), refusals.NOT_OF_FAMILY),
            (replace(CHILD, ref="M", age=1), refusals.NOBODY_TO_TELL),
        ],
    )
    def test_no_words_and_what_to_do_first(self, person: PersonFacts, why: str) -> None:
        said = spoken_to(draft(LATE, people=(CHILD, person)))
        assert said.refused == why
        assert said.sections == ()

    @pytest.mark.parametrize("person", [MOTHER, TEEN, FATHER])
    def test_others_are_told(self, person: PersonFacts) -> None:
        assert spoken_to(draft(item("1", "A bruise", person.ref), people=(person,)), person.ref).sections

    def test_with_advice_a_suspected_source_may_be_told_what_is_theirs(self) -> None:
        advice = (AdviceFacts(who="Sgt Pryce", role="Police", at=datetime(2026, 11, 20, tzinfo=UTC), gist="Go on"),)
        said = spoken_to(draft(item("1", "He was seen", "P"), people=(CHILD, PARTNER), advice=advice), "P")
        assert "He was seen" in text_of(said)


def test_in_another_language_it_says_only_what_was_approved_in_it() -> None:
    """A phrase that is not among those needed would be an error; an English one would be without the mark."""
    lines = 0
    for seed in range(SEEDS // 5):
        facts = complete(seed)
        for reader in facts.people:
            explained = of_reader(facts, reader.ref, names={each.ref: "" for each in facts.people})
            version = version_for(reader)
            say = speaker(version, dict.fromkeys(needed_to_talk(version), "zz {recipient}"), "cy")
            for no_choice in (False, True):
                said = talk(explained, say, no_choice=no_choice, contact="")
                texts = [block.text for section in said.sections for block in section.blocks if not block.items]
                assert [text for text in (said.title, *texts) if not text.startswith("zz ")] == []
                lines += len(texts)
    assert lines > SEEDS


def test_an_organisations_own_english_takes_its_place() -> None:
    own = {("talk.together", "adult"): "We are here for you."}
    explained = of_reader(draft(LATE), "M", names=NAMES)
    text = text_of(talk(explained, speaker("adult", own), no_choice=False, contact=CONTACT))
    assert "We are here for you." in text
    assert "We want to tell Marlowe School:" in text


def test_nothing_kept_reaches_anybody_in_random_drafts() -> None:
    """Canaries, as in the letters: a protected source, what must not be disclosed, other adults, a young person."""
    spoken = 0
    for seed in range(SEEDS):
        facts = drawn(seed)
        names = {person.ref: name_of(number) for number, person in enumerate(facts.people)}
        details = {person.ref: (phone_of(number),) for number, person in enumerate(facts.people)}
        for reader in facts.people:
            explained = of_reader(facts, reader.ref, names=names, words_of=details)
            text = text_of(said_of(explained, contact="us"))
            spoken += bool(text)
            around = [each for each in facts.people if each is not reader]
            others = {each.ref for each in around if is_grown_up(each) or decides_alone(each)}
            for each in facts.items:
                kept = Sensitivity.SOURCE in each.sensitivities or reader.ref in each.not_disclosed_to
                if kept or others & set(each.about):
                    assert canary(each) not in text
            assert not [name for ref, name in names.items() if ref in others and name in text]
            assert not [phone for ref, (phone,) in details.items() if ref in others and phone in text.replace(" ", "")]
            assert "canaryfacts" not in text
            assert reader.views not in text
    assert spoken > SEEDS
