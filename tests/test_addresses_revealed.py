"""No page shows a number or an address of somebody without an entry of who saw it, and no title names anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import DecisionRecipient
from families.actions import add_safe_contact
from families.details import ContactDetails
from families.models import Person, SafeContact
from tests.in_turn import in_turn
from tests.test_access_matrix import PEOPLE, THOROUGH, Row, Scene, rows, signed_in, whole_scene

pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

# Two of each kind, for every person: where one name would not tell them apart, no page may use the address for that.
DETAILS = ("01632 960801", "01632 960802", "zed1@zedmail.test", "zed2@zedmail.test", "1 Zedquarry", "2 Zedquarry")
KINDS = ("phone", "phone", "email", "email", "letter", "letter")
# Pages with addresses, each of which enters that it was opened.
REVEALING = {"families:contacts", "families:contact_correct", "families:person_history"}


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    scene = whole_scene()
    now, by = timezone.now(), scene.cast.practitioner
    for person in scene.family.people.all():
        for kind, detail in zip(KINDS, DETAILS, strict=True):
            details = ContactDetails(kind=kind, detail=detail, safe="yes", why="She says", checked_on=now.date())
            add_safe_contact(person=person, details=details, by=by, at=now)
    scene.contact = SafeContact.objects.get(person=scene.person, detail=DETAILS[0])
    return scene


def asked(scene: Scene) -> Iterator[tuple[Row, str, User]]:
    """Each page in turn as the first of those who get it opens it; and what comes back where something is missing.

    That is the same page again, and asked for with THOROUGH=1 alone, but for a page that shows an address.
    """
    people = dict(zip(PEOPLE, scene.people(), strict=True))
    revealing = [row for row in rows() if row.name in REVEALING]
    for row in [*revealing, *in_turn(row for row in rows() if row.name not in REVEALING)]:
        sent = [("POST", row.post, "u")] if THOROUGH or row.name in REVEALING else []
        for method, answers, wanted in (("GET", row.get, "."), *sent):
            users = [people[name] for name, answer in zip(PEOPLE, answers, strict=True) if answer == wanted]
            yield from ((row, method, user) for user in [one for one in users if one][:1])


@dataclass(frozen=True)
class Shown:
    """Whether an answer shows one of them, whether it was entered that they were seen, and what the tab is called."""

    name: str
    address: bool
    entered: bool
    title: str


def shown_by(name: str, path: str, method: str, client: Client) -> Shown:
    opened = LedgerEntry.objects.filter(event="contacts.opened")
    with transaction.atomic():
        before = opened.count()
        answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        body = answer.content.decode(errors="replace")
        entered = opened.count() > before
        transaction.set_rollback(True)
    title = unescape(body.partition("<title>")[2].partition("</title>")[0])
    return Shown(name, any(detail in body for detail in DETAILS), entered, title)


@pytest.fixture(scope="module")
def answers(scene: Scene) -> list[Shown]:
    of_user: dict[int, Client] = {}
    answers = []
    for row, method, user in asked(scene):
        if user.pk not in of_user:
            of_user[user.pk] = signed_in(user)
        answers.append(shown_by(row.name, scene.path(row), method, of_user[user.pk]))
    return answers


def test_every_page_that_shows_one_enters_who_saw_it(answers: list[Shown]) -> None:
    assert {shown.name for shown in answers if shown.address} == REVEALING
    assert [shown.name for shown in answers if shown.address and not shown.entered] == []


def test_no_title_names_anybody(answers: list[Shown], scene: Scene) -> None:
    """A title stands in the tab, in the browser's history and on the task bar."""
    names = {scene.family.name, *Person.objects.values_list("name", flat=True)}
    names |= set(DecisionRecipient.objects.values_list("name", flat=True))
    assert len({shown.title for shown in answers}) > 50
    assert [shown for shown in answers if any(name in shown.title for name in names)] == []
