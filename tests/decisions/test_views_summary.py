"""One text for another case system: headed, whole, and without what must not be read there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision, DecisionItem, DecisionPerson, InformingEvent
from decisions.presenters.summary import HEADING, Sieve, normalised, summary
from tests.decisions import event_stories as stories
from tests.decisions import events
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, plain, twin_of
from tests.pages import PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
ACCOUNT = "His account: he got cross and hit me"


def bent(case: Case, change: Callable[[Decision], object]) -> Decision:
    """The case with a column changed past everything, as a decision that is recorded so."""
    twin = twin_of(case.decision)
    change(twin)
    plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=case.at)
    found: Decision = Decision.objects.with_parts().get(pk=twin.pk)
    return found


def first_item(decision: Decision, **changed: Any) -> None:
    first = plain(DecisionItem).filter(decision=decision).order_by("pk")[0]
    plain(DecisionItem).filter(pk=first.pk).update(**changed)


def test_it_is_headed_and_whole(closed: Case) -> None:
    text = summary(closed.again()).text
    assert text.splitlines()[0] == HEADING == "HIDE FROM ONLINE VIEW"
    for words in (
        closed.decision.reference,
        closed.cast.practitioner.full_name,
        closed.cast.organisation.name,
        CHILD,
        MOTHER,
        "Bruise to the left cheek",
        "Shared what was needed",
        "They were informed, and object",
        "Says it was an accident",
        "Where the bruises are",
        "It has nothing to do with the injury.",
        "Public task (UK GDPR Article 6(1)(e)",
        "Gave the class teacher's name too.",
        "Informed before sharing",
        "Duty manager",
        "Another assault tonight.",
    ):
        assert words in text


def test_what_must_not_be_disclosed_to_somebody_is_left_out(closed: Case) -> None:
    """Also from the texts it was drawn from: the child's own words say the same as the item."""
    made = summary(closed.again())
    assert ACCOUNT not in made.text
    assert "he got cross and hit me" not in made.text.casefold()
    assert "Must not be disclosed to" not in made.text
    assert made.left_out >= 2
    assert f"Left out: {made.left_out} things." in made.text


def test_a_protected_source_is_left_out(closed: Case) -> None:
    def protect(decision: Decision) -> None:
        first_item(decision, protected_source=True, text="Her aunt saw him at the bus stop")
        plain(Decision).filter(pk=decision.pk).update(facts="At tea time her AUNT  saw him,\nat the bus stop.")

    text = summary(bent(closed, protect)).text
    assert "aunt" not in text.casefold()
    assert "Her aunt" not in text


@pytest.mark.parametrize("column", ["protective_factors", "previous_referrals", "plan_departure"])
def test_a_source_told_of_in_other_words_is_left_out_of_what_was_before(closed: Case, column: str) -> None:
    def protect(decision: Decision) -> None:
        first_item(decision, protected_source=True, text="Her aunt saw him at the bus stop")
        plain(Decision).filter(pk=decision.pk).update(**{column: "The sister of her mother rang us last year."})

    assert "sister of her mother" not in summary(bent(closed, protect)).text
    unprotected = bent(closed, lambda one: plain(Decision).filter(pk=one.pk).update(**{column: "Rang us last year."}))
    assert "Rang us last year." in summary(unprotected).text


@pytest.mark.parametrize(
    ("item", "text", "kept"),
    [
        ("Her aunt saw him at the bus stop", "Her aunt saw him at the bus stop.", False),
        ("Her aunt saw him at the bus stop", "We know: her aunt\nsaw him at the BUS stop", False),
        ("Her aunt saw him at the bus stop", "her aunt saw him at the bus stopping", True),
        ("Her aunt saw him at the bus stop", "Somebody saw him at the bus stop", True),
        ("He ran off. Her aunt saw him at the bus stop.", "Then her aunt saw him at the bus stop!", False),
        ("All of it: her aunt saw him at the bus stop", "her aunt saw him at the bus stop", False),
        ("Kit", "Kit was there", False),
        ("Kit", "The kitchen", True),
    ],
)
def test_where_an_item_stands_in_a_text(closed: Case, item: str, text: str, *, kept: bool) -> None:
    def only(decision: Decision) -> None:
        plain(DecisionItem).filter(decision=decision).update(protected_source=False)
        first_item(decision, protected_source=True, text=item)

    sieve = Sieve(bent(closed, only))
    assert sieve.lets_through(text) is kept
    assert sieve.left_out == (not kept)


def test_safe_ways_to_reach_people_are_left_out(closed: Case) -> None:
    safe = "Alone at the clinic on Mondays"

    def keep(decision: Decision) -> None:
        plain(DecisionPerson).filter(decision=decision, name=MOTHER).update(
            safe_contact=safe, not_asked_text=f"She can be met: {safe.lower()}."
        )

    decision = bent(closed, keep)
    mother = decision.people.get(name=MOTHER)
    plain(InformingEvent).bulk_create(
        [
            InformingEvent(
                organisation=decision.organisation,
                decision=decision,
                person=mother,
                written_at=closed.at,
                written_by=closed.cast.practitioner,
                written_by_name="Asha Verrall",
                informing_state="TOLD_AFTER",
                safe_contact="Phone",
            )
        ]
    )
    text = summary(Decision.objects.with_parts().get(pk=decision.pk)).text
    assert "clinic" not in text
    assert "Reached safely" not in text


def test_who_told_us_is_not_named(closed: Case) -> None:
    def disclosed(decision: Decision) -> None:
        plain(DecisionPerson).filter(decision=decision, name=PARTNER).update(role="informant", name="Ivor Penhale")

    assert "Ivor Penhale" not in summary(bent(closed, disclosed)).text


def test_a_line_that_may_name_who_told_us_is_shown_and_marked(closed: Case) -> None:
    def disclosed(decision: Decision) -> None:
        plain(DecisionPerson).filter(decision=decision, name=PARTNER).update(role="informant", name="Ivor Penhale")
        plain(Decision).filter(pk=decision.pk).update(why_now="Because P\u00e9nhale rang again.")

    made = summary(bent(closed, disclosed))
    assert "CHECK THIS LINE, it may name or place somebody who is protected: Because P\u00e9nhale rang" in made.text
    assert made.marked == 1


def test_what_came_since_is_in_it_and_sifted(closed: Case) -> None:
    events.addition(closed)
    events.addition(closed, text=f"What he said: {ACCOUNT}.", why="Copied")
    events.response(closed)
    text = summary(closed.again()).text
    for words in ("It was the right cheek.", "I mixed them up.", "A social worker will visit."):
        assert words in text
    assert ACCOUNT not in text


def test_nothing_is_left_out_or_marked_where_nobody_is_protected_and_that_is_said(closed: Case) -> None:
    agreed = stories.recorded(closed.cast, stories.agreed(closed.at), closed.at)
    made = summary(Decision.objects.with_parts().get(pk=agreed.pk))
    assert (made.left_out, made.left_out_lines, made.marked) == (0, (), 0)
    assert made.text.endswith("Nothing was left out.")


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [
        ("A  b,\nC!", "a b c"),
        ("Straße", "strasse"),
        ("", ""),
        ("…", ""),
    ],
)
def test_words_alone(text: str, plain_text: str) -> None:
    assert normalised(text) == plain_text


class TestPage:
    @pytest.fixture
    def path(self, closed: Case) -> str:
        return reverse("decisions:summary", args=[closed.decision.public_id])

    def test_it_is_entered_and_shown_as_text(self, closed: Case, path: str, as_user: SignIn) -> None:
        answer = as_user(closed.cast.supervisor).get(path)
        page = parsed(answer.content.decode())
        box = page.by_id("summary")
        assert box is not None
        assert (box.tag, "readonly" in box.attrs) == ("textarea", True)
        assert box.raw_text.lstrip("\n").startswith(HEADING)
        (entry,) = LedgerEntry.objects.filter(event="decision.summarised")
        assert (entry.actor_id, entry.object_repr) == (closed.cast.supervisor.pk, closed.decision.reference)
        titles = [one.text for one in page.all("title")]
        assert not any(name in title for title in titles for name in (CHILD, MOTHER, PARTNER))

    @pytest.mark.parametrize("who", ["other_team", "administrator", "officer"])
    def test_others_get_nothing_and_nothing_is_entered(
        self, closed: Case, path: str, as_user: SignIn, who: str
    ) -> None:
        assert as_user(getattr(closed.cast, who)).get(path).status_code in {403, 404}
        assert as_user(closed.cast.stranger.practitioner).get(path).status_code == 404
        assert not LedgerEntry.objects.filter(event="decision.summarised").exists()

    def test_a_draft_has_none(self, closed: Case, as_user: SignIn) -> None:
        path = reverse("decisions:summary", args=[twin_of(closed.decision).public_id])
        assert as_user(closed.cast.practitioner).get(path).status_code == 404

    def test_it_costs_the_same_for_any_size(
        self, closed: Case, path: str, as_user: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        client = as_user(closed.cast.practitioner)
        for number in range(20):
            events.response(closed, text=f"Answer {number}")
        with django_assert_max_num_queries(60):
            client.get(path)


def test_the_same_record_gives_the_same_text(closed: Case) -> None:
    assert summary(closed.again()) == summary(closed.again())
