"""One letter about several decisions: nothing of one shows through another. Canaries in random pairs of decisions."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from rules.codes import Sensitivity
from rules.explanation.facts import Choices, Explanation, ExplanationFacts
from rules.explanation.phrases import speaker
from rules.explanation.several import explain_several
from rules.explanation.together import Part, together
from rules.explanation.versions import Layout, Version
from rules.facts import Facts, InformingFacts, ItemFacts, PersonFacts, RecipientFacts
from tests.agreement.complete import complete
from tests.rules.explanation_cases import CONTACT, VERSIONS, of_reader, sent_to_all, text_of
from tests.rules.test_explanation_canaries import SEEDS, decides_alone, is_grown_up

CHILD, MOTHER = "child", "mother"


def said(text: str, *, about: str = CHILD, given: str = "r1", **more: object) -> ItemFacts:
    return ItemFacts(ref=text[:12], text=text, about=(about,), given_to=(given,), **more)  # type: ignore[arg-type]


def decision(
    *items: ItemFacts, child: dict[str, object] | None = None, mother: dict[str, object] | None = None
) -> Facts:
    told = InformingFacts(state="TOLD_BEFORE")
    people = (
        PersonFacts(ref=CHILD, **{"role": "child", "age": 8, "informing": told, **(child or {})}),  # type: ignore[arg-type]
        PersonFacts(
            ref=MOTHER, role="mother", age=31, parental_responsibility="yes",
            **{"informing": told, "consent_state": "REFUSED", **(mother or {})},  # type: ignore[arg-type]
        ),
    )  # fmt: skip
    recipients = (RecipientFacts(ref="r1", name="", organisation="Northmere Services", kind="social_care"),)
    return sent_to_all(Facts(people=people, recipients=recipients, items=items, level="S17"))


def part(name: str, facts: Facts, reader: str = MOTHER, ages: dict[str, int] | None = None, **more: object) -> Part:
    who = {person.ref: f"family {person.ref}" for person in facts.people}
    return Part(name=name, explained=of_reader(facts, reader, **more), who=who, ages=ages or {})


def letter(*parts: Part, version: Version = Version.ADULT, layout: Layout = Layout.STANDARD) -> Explanation:
    choices = Choices(version=version, layout=layout, contact=CONTACT)
    return explain_several(together(parts), choices, speaker(version, layout, {}))


class TestOneThroughAnother:
    def test_each_decision_is_told_in_its_turn(self) -> None:
        text = text_of(letter(part("B", decision(said("He was late"))), part("A", decision(said("He was cold")))))
        assert text.index("He was late") < text.index("He was cold")
        assert text.count("Your rights") == text.count("How they will use it") == 1
        assert text.count("What we shared on 27 November 2026") == 1, "no two headings read the same"

    @pytest.mark.parametrize(
        "mother",
        [
            {"informing": InformingFacts(state="DEFERRED", reason="RISK_CHILD")},
            {"informing": InformingFacts(state="NOT_TELLING")},
            {"informing": InformingFacts(state="TOLD_BEFORE", closing="NEVER_BY_US")},
            {"informing": InformingFacts(), "alleged_source_of_harm": True},
        ],
    )
    def test_one_of_which_she_must_not_be_told_stays_out_without_a_gap(self, mother: dict[str, object]) -> None:
        open_one = part("Open", decision(said("He was late for school on Monday")))
        kept = part("Kept", decision(said("The police were asked about her"), mother=mother))
        both, alone = letter(open_one, kept), letter(open_one)
        assert text_of(both) == text_of(alone)
        assert [each.decision for each in both.left_out] == ["Kept"]
        assert both.left_out[0].why

    def test_nor_do_its_words_come_back_in_another(self) -> None:
        kept = decision(said("The police were asked about her"), mother={"informing": InformingFacts(state="DEFERRED")})
        other = decision(said("On Monday: The police were asked about her"), said("He was late"))
        made = letter(part("Other", other), part("Kept", kept))
        assert "police" not in text_of(made)
        assert "He was late" in text_of(made)

    def test_but_what_she_knows_by_another_in_the_same_words_stays(self) -> None:
        later: dict[str, object] = {"informing": InformingFacts(state="DEFERRED")}
        kept = decision(said("He was late for school."), said("A man was seen"), mother=later)
        text = text_of(letter(part("Open", decision(said("He was late for school"))), part("Kept", kept)))
        assert "He was late for school" in text
        assert "man" not in text

    def test_nor_what_one_says_must_not_be_disclosed_to_her(self) -> None:
        hidden = decision(said("He told his teacher about the belt", not_disclosed_to=(MOTHER,)))
        other = decision(said("He told his teacher about the belt"), said("He was late"))
        made = letter(part("Other", other), part("Hidden", hidden))
        assert "belt" not in text_of(made)

    @pytest.mark.parametrize(
        "child", [{"competence": "COMPETENT"}, {"competence": "PARTIAL"}, {"age": 18, "role": "adult"}]
    )
    def test_a_child_who_decides_since_is_in_no_parents_letter(self, child: dict[str, object]) -> None:
        then = part("Then", decision(said("He was late")))
        assert "He was late" in text_of(letter(then))
        now = part("Now", decision(said("She was late", about=MOTHER), child=child))
        text = text_of(letter(now, then))
        assert "She was late" in text
        assert "He was late" not in text

    @pytest.mark.parametrize(("age", "listed"), [(9, True), (15, True), (16, False), (18, False)])
    def test_their_age_today_counts(self, age: int, listed: bool) -> None:  # noqa: FBT001
        then = part("Then", decision(said("He was late"), said("She was ill", about=MOTHER)), ages={CHILD: age})
        assert ("He was late" in text_of(letter(then))) is listed

    def test_nobody_is_named_whom_only_another_decision_has(self) -> None:
        facts = decision(said("Ring 01632 960555 first"), said("Kofi came too"), said("He was late"))
        [alone] = together([part("A", facts)])
        assert "Kofi" in text_of(letter(alone))
        third = PersonFacts(ref="man", role="partner", age=40)
        other = replace(decision(said("She was ill", about=MOTHER)), people=(*facts.people, third))
        named = part("B", other, names={"man": "Kofi Marsh"}, words_of={"man": ("01632960555",)})
        text = text_of(letter(part("A", facts), named))
        assert "Kofi" not in text
        assert "960555" not in text
        assert "He was late" in text

    def test_nor_anybody_else_of_the_family(self) -> None:
        facts = decision(said("Her aunt Ngozi rang"), said("He was late"))
        more = {"aunt": {"Ngozi Marsh": ("01632960444",)}}
        text = text_of(explain_several(
            together([part("A", facts)], more), Choices(version=Version.ADULT), speaker(Version.ADULT, "standard", {})
        ))  # fmt: skip
        assert "Ngozi" not in text
        assert "He was late" in text


def test_what_was_passed_on_and_told_is_said_and_only_where_the_recipient_is() -> None:
    at = sent_to_all(decision(said("x"))).sendings[0].at
    facts = decision(said("He was late"), mother={"informing": InformingFacts(state="TOLD_AFTER", at=at)})
    assert at is not None
    text = text_of(letter(part("A", facts, passed_on=(("r1", at.date()), ("r9", at.date())))))
    assert text.count("We did that on 27 November 2026.") == 1
    assert "We told you about this on 27 November 2026." in text


def test_of_somebody_informed_in_part_it_is_not_said_that_they_were_told() -> None:
    at = decision(said("x")).sendings[0].at
    facts = decision(said("He was late"), mother={"informing": InformingFacts(state="PARTLY_TOLD", at=at)})
    explained = part("A", facts)
    made = explain_several(
        together([explained]), Choices(version=Version.ADULT, items=frozenset({("r1", "He was late")})),
        speaker(Version.ADULT, Layout.STANDARD, {}),
    )  # fmt: skip
    assert "He was late" in text_of(made)
    assert "We told you about this" not in text_of(made)


def test_where_nothing_may_be_told_there_is_no_letter() -> None:
    kept = decision(said("He was late"), mother={"informing": InformingFacts(state="DEFERRED")})
    nothing = replace(decision(said("He was late")), sendings=())
    assert letter(part("A", kept)).sections == ()
    assert letter(part("A", nothing)).sections == ()
    assert letter().sections == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("layout", Layout)
def test_every_version_and_layout_says_it(version: Version, layout: Layout) -> None:
    parts = [part(name, decision(said(f"He was {name}"))) for name in ("late", "cold")]
    text = text_of(letter(*parts, version=version, layout=layout))
    assert "Northmere Services" in text
    assert "27 November 2026" in text


def marked(seed: int, mark: str) -> Facts:
    facts = sent_to_all(complete(seed))
    items = tuple(replace(item, text=f"Seen canary{mark}{n}item once") for n, item in enumerate(facts.items))
    return replace(facts, items=items)


def pair(seed: int) -> Iterator[tuple[ExplanationFacts, ExplanationFacts, Part, set[str]]]:
    """Two random decisions with the same people as far as their roles are the same, for each who is on both."""
    both = [marked(seed, "a"), marked(seed + 1000, "b")]
    who = [{person.ref: f"{person.role} {n}" for n, person in enumerate(facts.people)} for facts in both]
    alone = {keys[p.ref] for facts, keys in zip(both, who, strict=True) for p in facts.people if decides_alone(p)}
    for place, person in enumerate(both[0].people):
        of_both = [next((ref for ref, key in each.items() if key == f"{person.role} {place}"), "") for each in who]
        if all(of_both):
            parts = together([
                Part(name=name, explained=of_reader(facts, ref), who=keys)
                for name, facts, ref, keys in zip("ab", both, of_both, who, strict=True)
            ])  # fmt: skip
            for one, other in ((parts[0], parts[1]), (parts[1], parts[0])):
                mine = {ref for ref, key in one.who.items() if key in alone}
                yield one.explained, other.explained, one, mine


@cache
def pairs() -> tuple[tuple[ExplanationFacts, Part, set[str], tuple[str, ...]], ...]:
    """A decision, and of its people those who decide for themselves on either; with every version of the letter."""
    found = []
    for seed in range(SEEDS):
        for one, other, own, alone in pair(seed):
            parts = [own, Part(name="other", explained=other, who={})]
            texts = tuple(
                text_of(explain_several(parts, Choices(version=version), speaker(version, "standard", {})))
                for version in VERSIONS
            )
            found.append((one, own, alone - {one.reader}, texts))
    return tuple(found)


def test_nothing_reaches_a_reader_that_is_not_theirs_in_random_pairs() -> None:
    seen = kept = refused = 0
    for one, own, alone, texts in pairs():
        for item in one.facts.items:
            canary = item.text.split()[1]
            others = {each.ref for each in one.facts.people if each.ref != one.reader and is_grown_up(each)}
            hidden = (
                bool(own.refused)
                or Sensitivity.SOURCE in item.sensitivities
                or one.reader in item.not_disclosed_to
                or bool((others | alone) & set(item.about))
            )
            refused += bool(own.refused)
            kept += hidden
            for text in texts:
                seen += canary in text
                assert not (hidden and canary in text), item
    assert seen > SEEDS / 4
    assert kept > SEEDS
    assert refused
