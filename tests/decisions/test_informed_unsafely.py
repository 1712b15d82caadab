"""What was done is recorded, however unsafe it was; the supervisor is warned, and the record says it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.actions import add_informing
from decisions.facts.decision import assessed
from decisions.models import InformingEvent
from families.actions import add_safe_contact, set_safe_contact
from families.details import ContactDetails
from families.models import SafeContact
from tests.decisions.cases import MOTHER, PARTNER, Case, copy, refused
from tests.decisions.test_triggers_closed import insert
from tests.letters.ways import reached
from tests.pages import PageClient
from tests.shared import undone

pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
WARNING = "This person was informed in a way that may not be safe"
SAID = "Recorded as not safe for them"
WAYS = {
    "text": "By text, to a phone that he reads",
    "letter": "By a letter to the home",
    "email": "By email, to an account they share",
    "phone": "On the phone, while he was in the room",
    "in_person": "At the door, with him beside her",
}


def marked_unsafe(case: Case, name: str, kind: str) -> None:
    details = ContactDetails(kind=kind, detail="Zed", safe="no", why="She says", checked_on=case.at.date())
    person = case.family.people.get(name=name)
    add_safe_contact(person=person, details=details, by=case.cast.practitioner, at=case.at)


@pytest.mark.in_turn(5)
@pytest.mark.parametrize(("name", "answer"), [(MOTHER, "no"), (MOTHER, "unknown"), (PARTNER, "no")])
@pytest.mark.parametrize("kind", WAYS)
def test_it_is_recorded_by_the_page_and_warned_of(
    closed: Case, as_user: SignIn, kind: str, answer: str, name: str
) -> None:
    marked_unsafe(closed, name, kind)
    person = closed.decision.people.get(name=name)
    # Whoever was to be informed later is asked first whether it is safe now, or whether they know already.
    told = {
        "safe_now": "yes", "informed": "yes", "informed_state": "TOLD_AFTER", "informed_how": WAYS[kind],
        "informed_safely": answer,
    }  # fmt: skip
    path = reverse("decisions:add_informing", args=[closed.decision.public_id, person.pk])
    assert as_user(closed.cast.practitioner).post(path, told).status_code == 302
    assert [row.informed_how for row in InformingEvent.objects.filter(person=person)][-1] == WAYS[kind]
    args = [closed.decision.public_id]
    supervisor = as_user(closed.cast.supervisor)
    assert WARNING in supervisor.get(reverse("reviews:review", args=args)).content.decode()
    assert WAYS[kind] in supervisor.get(reverse("decisions:detail", args=args)).content.decode()


def test_the_page_says_which_ways_are_recorded_as_not_safe(closed: Case, as_user: SignIn) -> None:
    client = as_user(closed.cast.practitioner)
    person = closed.decision.people.get(name=MOTHER)
    path = reverse("decisions:add_informing", args=[closed.decision.public_id, person.pk])
    assert SAID not in client.get(path).content.decode()
    for kind in ("text", "text", "letter"):
        marked_unsafe(closed, MOTHER, kind)
    marked_unsafe(closed, PARTNER, "email")
    assert f"{SAID}: text message, letter to the home." in client.get(path).content.decode()


class TestAgainstTheRecord:
    """The author says that the way was safe; it was recorded as not safe when they wrote that."""

    AGAINST = "informed by a way that was recorded as not safe"

    def informed(self, case: Case, how: str) -> InformingEvent:
        person = case.decision.people.get(name=MOTHER)
        answers = {"informing_state": "TOLD_AFTER", "informed_at": case.at, "informed_how": how}
        return add_informing(
            decision=case.decision, person=person, answers={**answers, "informed_safely": "yes"},
            submission_id=uuid4(), by=case.cast.practitioner, at=case.at,
        )  # fmt: skip

    @pytest.mark.in_turn(5)
    @pytest.mark.parametrize("kind", WAYS)
    def test_the_supervisor_is_warned_and_a_later_correction_changes_nothing(
        self, closed: Case, as_user: SignIn, kind: str
    ) -> None:
        marked_unsafe(closed, MOTHER, kind)
        assert self.informed(closed, WAYS[kind]).way_known == "no"
        for way in SafeContact.objects.all():
            details = ContactDetails(kind=kind, detail="Zed", safe="yes", why="Asked", checked_on=closed.at.date())
            set_safe_contact(
                contact=way, details=details, version=way.version, why="Asked", by=closed.cast.practitioner,
                at=closed.at,
            )  # fmt: skip
        review = reverse("reviews:review", args=[closed.decision.public_id])
        page = as_user(closed.cast.supervisor).get(review).content.decode()
        assert self.AGAINST in page
        assert "Recorded as not safe for them" in page

    @pytest.mark.parametrize(
        ("how", "known"),
        [("By text to her own phone", "no"), ("By email", "stale"), ("A visit", ""), ("She knows", ""), ("", "")],
    )
    def test_what_was_known_of_the_way_that_is_named(self, closed: Case, how: str, known: str) -> None:
        marked_unsafe(closed, MOTHER, "text")
        marked_unsafe(closed, PARTNER, "in_person")
        reached(closed, MOTHER, "email", "old")
        assert self.informed(closed, how).way_known == known
        warned = {(found.code, found.person) for found in assessed(closed.again()).warnings}
        mother = closed.decision.people.get(name=MOTHER)
        assert (("INFORMING_WAY_UNSAFE", str(mother.pk)) in warned) is (known == "no")

    def test_each_way_is_known_by_its_words(self, closed: Case) -> None:
        for kind, how in WAYS.items():
            with undone():
                marked_unsafe(closed, MOTHER, kind)
                assert self.informed(closed, how).way_known == "no"

    def test_a_code_that_nobody_knows_is_refused(self, closed: Case) -> None:
        with refused("way_known"):
            insert(copy(self.informed(closed, "By text"), way_known="perhaps"))
