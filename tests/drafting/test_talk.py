"""The page for the room in the browser's eyes: who gets it, what is on it, and what never is on the family's copy."""

from datetime import datetime
from html import unescape

import pytest
from django.urls import reverse

from audit.models import LedgerEntry
from decisions.models import Decision, DecisionPerson
from rules.explanation.versions import Version
from rules.talk import refusals
from rules.talk.phrases import needed_to_talk
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, filled_to
from tests.drafting.scenario_walk import Walk
from tests.in_turn import one_in_turn
from tests.pages import parsed
from tests.wording.test_wording import approve_all

# What is said follows from the draft, not from what keeps it.
pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)


def path(walk: Walk, name: str, page: str = "talk") -> str:
    person = DecisionPerson.objects.get(decision=walk.decision, name=name)
    return reverse(f"drafting:{page}", args=[walk.decision.public_id, person.pk])


def text(walk: Walk, name: str, page: str = "talk") -> str:
    answer = walk.client.get(path(walk, name, page))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("sending")


class TestWhereItIs:
    @pytest.mark.parametrize("page", ["consent", "sending"])
    def test_it_is_offered_where_somebody_is_about_to_be_spoken_with(self, walk: Walk, page: str) -> None:
        shown = walk.client.get(walk.path(page)).content.decode()
        assert all(path(walk, name) in shown for name in (CHILD, MOTHER, PARTNER))

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("page", ["people", "concern", "outcome", "information"])
    def test_and_nowhere_else(self, walk: Walk, page: str) -> None:
        assert path(walk, MOTHER) not in walk.client.get(walk.path(page)).content.decode()

    def test_where_nothing_is_to_be_shared_there_is_nothing_to_say(self, walk: Walk) -> None:
        outcomes = ("NOT_SHARED", "DEFERRED", "PASSED_UP", "STOPPED", "")
        offered = one_in_turn(outcomes)
        for outcome in outcomes:
            plain(Decision).filter(pk=walk.decision.pk).update(outcome=outcome)
            assert walk.client.get(path(walk, MOTHER)).status_code == 404, outcome
            if outcome in offered:
                assert path(walk, MOTHER) not in walk.client.get(walk.path("consent")).content.decode(), outcome

    @pytest.mark.parametrize("columns", [{"role": "informant"}, {"role": "professional"}, {"age": 1}])
    def test_nor_to_who_is_not_of_the_family_or_a_baby(self, walk: Walk, columns: dict[str, object]) -> None:
        if "age" in columns:
            columns = {**columns, "role": "child", "age_on": "2026-11-01", "date_of_birth": None}
        plain(DecisionPerson).filter(name=MOTHER).update(**columns)
        assert walk.client.get(path(walk, MOTHER)).status_code == 404


class TestThePractitionersPage:
    def test_it_has_what_must_not_be_said_and_the_words(self, walk: Walk) -> None:
        shown = text(walk, MOTHER)
        assert "Do not say" in shown
        assert PARTNER in shown
        assert "You have told us that you do not want this." in shown

    def test_opening_it_is_entered(self, walk: Walk) -> None:
        text(walk, MOTHER)
        entry = LedgerEntry.objects.filter(event="decision.talk_shown").last()
        person = DecisionPerson.objects.get(decision=walk.decision, name=MOTHER)
        assert entry is not None
        assert entry.additional_data == {"person": person.pk, "their_copy": False}

    def test_a_suspected_source_of_harm_is_not_to_be_talked_to_yet(self, walk: Walk) -> None:
        shown = text(walk, PARTNER)
        assert refusals.ADVICE_FIRST in shown
        assert path(walk, PARTNER, "talk_copy") not in shown


class TestTheirCopy:
    def test_it_names_neither_the_draft_nor_anybody_who_must_not_be_named(self, walk: Walk) -> None:
        shown = text(walk, MOTHER, "talk_copy")
        assert stories.SOCIAL_CARE in shown
        for kept in (PARTNER, walk.decision.reference, "Do not say", "audit log", "Safeguarding decisions"):
            assert kept not in shown, kept

    def test_it_is_entered_apart(self, walk: Walk) -> None:
        text(walk, MOTHER, "talk_copy")
        entry = LedgerEntry.objects.filter(event="decision.talk_shown").last()
        assert entry is not None
        assert entry.additional_data["their_copy"] is True

    @pytest.mark.parametrize(
        ("name", "columns"),
        [
            (PARTNER, {}),
            (MOTHER, {"source_of_harm": True}),
            (MOTHER, {"consent_state": "NOT_SOUGHT_UNSAFE"}),
            (MOTHER, {"informing_state": "DEFERRED"}),
        ],
    )
    def test_there_is_none_for_who_is_not_to_be_told(self, walk: Walk, name: str, columns: dict[str, object]) -> None:
        plain(DecisionPerson).filter(name=name).update(**columns)
        answer = walk.client.get(path(walk, name, "talk_copy"))
        assert (answer.status_code, answer.headers["Location"]) == (302, path(walk, name))
        assert answer.content == b""
        assert not LedgerEntry.objects.filter(event="decision.talk_shown").exists()

    def test_of_another_draft_there_is_none(self, walk: Walk, cast: Cast, now: datetime) -> None:
        theirs = filled_to("concern", cases.S03, cases.s03(now), cast, now)
        other = DecisionPerson.objects.filter(decision=theirs.decision).first()
        assert other is not None
        wrong = reverse("drafting:talk_copy", args=[walk.decision.public_id, other.pk])
        assert walk.client.get(wrong).status_code == 404

    def test_a_childs_is_a_few_sentences_without_headings(self, walk: Walk) -> None:
        plain(DecisionPerson).filter(name=CHILD).update(informing_state="")
        shown = text(walk, CHILD, "talk_copy")
        assert "This is a choice that adults have to make." in shown
        assert "<h2" not in shown.split("app-talk")[1].split("</main>")[0]


class TestLanguages:
    def test_none_is_offered_before_all_is_approved(self, walk: Walk) -> None:
        assert "language=cy" not in text(walk, MOTHER)

    def test_their_copy_is_in_the_language_that_was_chosen(self, walk: Walk, cast: Cast) -> None:
        approve_all(cast.officer, needed_to_talk(Version.ADULT))
        shown = text(walk, MOTHER)
        links = {link.attrs["href"]: link.text for link in parsed(shown).all("a") if "href" in link.attrs}
        assert links["?language=cy#words"] == "Welsh (Cymraeg)"
        welsh = walk.client.get(f"{path(walk, MOTHER)}?language=cy").content.decode()
        assert "is not translated" in welsh
        copy = f"{path(walk, MOTHER, 'talk_copy')}?language=cy"
        assert copy in welsh
        page = parsed(walk.client.get(copy).content.decode())
        [letter] = page.classed("app-talk")
        assert letter.attrs["lang"] == "cy"
        written = [each.text for each in page.all("h1", "h2", "p") if letter in (each.parent, each.inside("div"))]
        assert len(written) > 10
        assert [line for line in written if not line.startswith("zz ")] == []

    def test_another_is_english(self, walk: Walk) -> None:
        assert "We want to go on working with you." in walk.client.get(
            f"{path(walk, MOTHER, 'talk_copy')}?language=pl"
        ).content.decode()  # fmt: skip
