"""What stands on a page, what does not, and what is left in the database afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import DutyNumber, Membership, User
from audit import ledger
from families import actions
from families.models import Disclosure, Family, FamilyTeam, Person, SafeContact
from tests.cast import Cast
from tests.decisions.cases import copy, plain
from tests.families.household import NOW, Household, contact, disclosure, person, register
from tests.pages import PageClient, parsed

# The words of a page are made in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


def detail(home: Household) -> str:
    return reverse("families:detail", args=[home.family.public_id])


def test_the_family_page_shows_people_and_no_number(home: Household, client: PageClient) -> None:
    page = text(client.get(detail(home)))
    for shown in ("Tilly Ashworth", "Rosa Ashworth", home.disclosure.reference, "Harbour", "Checked on"):
        assert shown in page
    assert "07700 900123" not in page
    assert "A bruise" not in page
    assert f'app-caption">{home.family.name}</p> <h1' in " ".join(page.split())
    assert home.family.name not in page[page.index("<title>") : page.index("</title>")]


def test_the_contacts_page_shows_the_number(home: Household, client: PageClient) -> None:
    page = text(client.get(reverse("families:contacts", args=[home.mother.public_id])))
    assert "07700 900123" in page
    assert "Her own phone" in page


def test_a_supervisor_is_offered_nothing_to_change_or_to_decide(cast: Cast, home: Household, as_user: SignIn) -> None:
    page = text(as_user(cast.supervisor).get(detail(home)))
    for link in ("correct", "teams", "person_add", "disclosure_add"):
        assert reverse(f"families:{link}", args=[home.family.public_id]) not in page
    assert reverse("families:contacts", args=[home.mother.public_id]) in page
    assert "Record a decision" not in page


def test_an_empty_family_says_so(cast: Cast, client: PageClient) -> None:
    family = register(cast.practitioner, cast.team)
    page = text(client.get(reverse("families:detail", args=[family.public_id])))
    assert "No people have been added yet" in page
    assert "No disclosures have been recorded yet" in page


def test_whatever_is_stored_is_shown_as_text(cast: Cast, home: Household, client: PageClient) -> None:
    nasty = '<img src=x onerror="alert(1)">'
    somebody = person(home.family, cast.practitioner, name=nasty, communication_need=nasty)
    contact(somebody, cast.practitioner, detail=nasty, why=nasty)
    said = disclosure(home.family, cast.practitioner, facts=nasty, said_by=nasty, happened=nasty)
    actions.set_known_risks(person=somebody, notes={"other": nasty}, version=1, by=cast.practitioner, at=NOW)
    for address in (
        detail(home),
        reverse("families:contacts", args=[somebody.public_id]),
        reverse("families:risks", args=[somebody.public_id]),
        reverse("families:person_correct", args=[somebody.public_id]),
        reverse("families:disclosure", args=[said.public_id]),
        reverse("families:disclosure_correct", args=[said.public_id]),
    ):
        page = text(client.get(address))
        assert "<img" not in page
        assert "&lt;img" in page


def test_newest_disclosure_first(cast: Cast, home: Household, client: PageClient) -> None:
    newer = disclosure(home.family, cast.practitioner, received_at=NOW - timedelta(minutes=5))
    page = text(client.get(detail(home)))
    assert page.index(newer.reference) < page.index(home.disclosure.reference)


def test_danger_shows_the_numbers_to_ring(cast: Cast, home: Household, client: PageClient) -> None:
    with ledger.recording(actor=None, at=NOW):
        DutyNumber(organisation=cast.organisation, label="Front door", number="01632 960100").save()
    calm = reverse("families:disclosure", args=[home.disclosure.public_id])
    danger = disclosure(home.family, cast.practitioner, immediate_danger=True)
    assert "01632 960100" not in text(client.get(calm))
    page = text(client.get(reverse("families:disclosure", args=[danger.public_id])))
    assert "Call first, record later" in page
    assert "01632 960100" in page
    assert "01632 960100" in text(client.get(reverse("families:disclosure_add", args=[home.family.public_id])))


def test_no_other_organisations_number_is_rung(cast: Cast, home: Household, client: PageClient) -> None:
    with ledger.recording(actor=None, at=NOW):
        DutyNumber(organisation=cast.stranger.organisation, label="Theirs", number="01632 960999").save()
    assert "960999" not in text(client.get(reverse("families:disclosure_add", args=[home.family.public_id])))


def test_written_late_is_seen(cast: Cast, home: Household, client: PageClient) -> None:
    late = disclosure(home.family, cast.practitioner, received_at=NOW - timedelta(days=4))
    words = "Recorded late: 4 days after it was received"
    assert words in text(client.get(detail(home)))
    assert words in text(client.get(reverse("families:disclosure", args=[late.public_id])))


@pytest.mark.parametrize("name", ["register", "person_add", "disclosure_add"])
def test_a_worry_about_staff_is_shown_the_way(home: Household, client: PageClient, name: str) -> None:
    keys = [] if name == "register" else [home.family.public_id]
    page = text(client.get(reverse(f"families:{name}", args=keys)))
    assert "somebody who works here, or a volunteer" in page
    assert "LADO" in page


def test_registering_leads_to_the_family(cast: Cast, client: PageClient) -> None:
    answer = client.post(reverse("families:register"), {"name": "Brandt"}, follow=True)
    family = Family.objects.get(name="Brandt")
    assert f"Family {family.reference}" in text(answer)
    assert "The family is registered" in text(answer)
    assert [place.team for place in family.family_teams.all()] == [cast.team]


def test_a_person_and_another(home: Household, client: PageClient) -> None:
    address = reverse("families:person_add", args=[home.family.public_id])
    typed = {"name": "Ned", "role": "child", "age_kind": "not_known", "parental_responsibility": "unknown"}
    assert client.post(address, {**typed, "another": "yes"})["Location"] == address
    assert client.post(address, {**typed, "name": "Otto"})["Location"] == detail(home)
    assert set(Person.objects.values_list("name", flat=True)) >= {"Ned", "Otto"}


def test_a_refused_page_keeps_what_was_typed(home: Household, client: PageClient) -> None:
    address = reverse("families:disclosure_add", args=[home.family.public_id])
    answer = client.post(address, {"facts": "Everything I saw", "received_at_day": "31", "received_at_month": "2"})
    assert answer.status_code == 422
    assert "Everything I saw" in text(answer)
    assert 'value="31"' in text(answer)
    assert Disclosure.objects.count() == 1


def test_an_address_of_nothing_is_404(client: PageClient) -> None:
    nothing = "00000000-0000-4000-8000-000000000000"
    for path in (f"/families/{nothing}/", f"/families/people/{nothing}/", f"/families/disclosures/{nothing}/"):
        assert client.get(path).status_code == 404


def test_absent_and_forbidden_look_the_same(cast: Cast, home: Household, as_user: SignIn) -> None:
    client = as_user(cast.other_team)
    absent = client.get("/families/00000000-0000-4000-8000-000000000000/")
    forbidden = client.get(detail(home))
    assert _without_token(absent) == _without_token(forbidden)


def _without_token(answer: Any) -> tuple[int, list[str]]:
    """Nor with the seconds of the session that are left."""
    changing = ("csrfmiddlewaretoken", "data-left=")
    lines = text(answer).splitlines()
    return answer.status_code, [line for line in lines if not any(words in line for words in changing)]


def test_the_list_turns_over_after_25(cast: Cast, home: Household, client: PageClient) -> None:
    # Past the action: 25 of them.
    made = plain(Family).bulk_create(
        copy(
            home.family, name=f"Brandt {number}", reference=f"F-{number:06d}", registered_at=NOW + timedelta(minutes=1)
        )
        for number in range(25)
    )
    place = home.family.family_teams.get()
    plain(FamilyTeam).bulk_create(copy(place, family_id=family.pk) for family in made)
    first = text(client.get(reverse("families:list")))
    assert "Ashworth" not in first
    [older] = [link.attrs["href"] for link in parsed(first).all("a") if link.attrs.get("rel") == "next"]
    assert "Ashworth" in text(client.get(reverse("families:list") + str(older)))


def test_putting_a_team_on_and_taking_ones_own_off(cast: Cast, home: Household, client: PageClient) -> None:
    address = reverse("families:teams", args=[home.family.public_id])
    assert client.post(address, {"team": str(cast.other_team_row.public_id)}).status_code == 302
    off = reverse("families:team_remove", args=[home.family.public_id, cast.team.public_id])
    assert client.post(off)["Location"] == reverse("families:list")
    assert client.get(detail(home)).status_code == 404


def test_no_team_of_another_organisation_is_offered(cast: Cast, home: Household, client: PageClient) -> None:
    address = reverse("families:teams", args=[home.family.public_id])
    assert str(cast.stranger.team.public_id) not in text(client.get(address))
    for team in (cast.stranger.team.public_id, "", "x", "00000000-0000-4000-8000-000000000000"):
        assert client.post(address, {"team": str(team)}).status_code == 422, team


def test_the_last_team_cannot_be_taken_off(cast: Cast, home: Household, client: PageClient) -> None:
    off = reverse("families:team_remove", args=[home.family.public_id, cast.team.public_id])
    answer = client.post(off)
    assert answer.status_code == 422
    assert "Add another team first" in text(answer)


def test_in_two_teams_one_says_which(cast: Cast, as_user: SignIn) -> None:
    with ledger.recording(actor=None, at=NOW):
        Membership(
            organisation=cast.organisation, user=cast.practitioner, team=cast.other_team_row, role="practitioner"
        ).save()
    client = as_user(cast.practitioner)
    address = reverse("families:register")
    assert "Which of your teams" in text(client.get(address))
    assert client.post(address, {"name": "Brandt"}).status_code == 422
    assert client.post(address, {"name": "Brandt", "teams": [str(cast.other_team_row.public_id)]}).status_code == 302
    assert [place.team for place in Family.objects.get(name="Brandt").family_teams.all()] == [cast.other_team_row]


def test_a_way_can_be_asked_again(home: Household, client: PageClient) -> None:
    today = timezone.localdate()
    typed = {"kind": "phone", "detail": "07700 900456", "safe": "no", "why": "He has the phone now", "version": "1"}
    typed |= {"checked_on_day": str(today.day), "checked_on_month": str(today.month)}
    typed |= {"checked_on_year": str(today.year)}
    answer = client.post(reverse("families:contact_correct", args=[home.contact.public_id]), typed, follow=True)
    assert "Do not use" in text(answer)
    way = SafeContact.objects.get()
    assert (way.safe, way.version) == ("no", 2)


def test_somebody_moved_off_the_team_loses_the_page_at_once(cast: Cast, home: Household, client: PageClient) -> None:
    assert client.get(detail(home)).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_membership WHERE user_id = %s", [cast.practitioner.pk])
    assert client.get(detail(home)).status_code == 403
