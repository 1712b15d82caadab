"""The two pages of an import, as a browser sends them: nothing stored between, nothing imported that was not seen."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import StreamingHttpResponse
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from families.actions import importing
from families.details import PersonDetails
from families.forms.importing import MOST_BYTES, MOST_ROWS
from families.importing import likely
from families.importing.plan import NewFamily, Plan
from families.importing.rows import PersonRead
from families.models import Family
from tests.cast import Cast
from tests.families.exports import EXPORTS, SIMS, SISTER
from tests.families.household import entries, person, register
from tests.pages import Page, PageClient, faults, in_one_line, parsed

# Which page answers which file is decided in Python; tests/families/test_importing.py imports on both engines.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
URL = reverse("families:import")
LIKELY = "Is it one of these?"


def send(client: PageClient, content: bytes, name: str = "pupils.csv", **more: Any) -> Any:
    return client.post(URL, {"file": SimpleUploadedFile(name, content), **more})


def form_of(answer: Any) -> dict[str, str]:
    """What the second page would send back."""
    page: Page = parsed(answer.content.decode())
    fields = {
        one.attrs["name"]: one.attrs.get("value", "") for one in page.all("input") if one.attrs.get("type") == "hidden"
    }
    chosen = [(one.inside("select"), one.attrs["value"]) for one in page.all("option") if "selected" in one.attrs]
    answers = {select.attrs["name"]: value for select, value in chosen if select}
    return {**fields, **{one.attrs["name"]: "" for one in page.all("select")}, **answers}


def started(client: PageClient, looked: Any, **more: str) -> StreamingHttpResponse:
    answer = client.post(URL, {**form_of(looked), **more, "do": "import"})
    assert isinstance(answer, StreamingHttpResponse)
    return answer


def imported(client: PageClient, looked: Any, **more: str) -> str:
    """The whole page, as it stands when the last piece has come."""
    text = b"".join(pieces(started(client, looked, **more))).decode()
    assert faults(text) == []
    return text


def pieces(answer: StreamingHttpResponse) -> Iterator[bytes]:
    return answer.streaming_content  # type: ignore[return-value]  # the site is synchronous


def errors_of(answer: Any) -> list[str]:
    assert answer.status_code == 422
    page = parsed(answer.content.decode())
    return [one.text for one in page.classed("govuk-error-message")]


def test_a_file_is_looked_at_and_then_imported(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    looked = send(client, SIMS.content)
    text = in_one_line(looked)
    assert looked.status_code == 200
    assert "1 new family with 3 people" in text
    assert "Noa Achterberg, child or young person, born 3 November 2016, 1 contact" in text
    assert "The day comes first" in text
    assert not Family.objects.exists()
    done = imported(client, looked)
    assert "1 of 1 family" in done
    assert "Imported: 1 family with 3 people; 1 row that cannot" in done
    assert Family.objects.get().people.count() == 3
    assert LedgerEntry.objects.filter(event="families.import_checked").count() == 1


def test_a_family_that_may_be_it_is_asked_about_and_the_answer_kept(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    imported(client, send(client, SIMS.content))
    family = Family.objects.get()
    looked = send(client, SISTER)
    said = parsed(looked.content.decode()).all("main")[0].text
    assert f"add Pia Achterberg to the family Achterberg, {family.reference}" in said
    assert "In it: Noa Achterberg, Tom Achterberg, Ida Achterberg." in said
    assert "1 new family" in said
    ticked = {**form_of(looked), "join2": str(family.public_id)}
    again = client.post(URL, {**ticked, "do": "check"})
    assert [
        one.attrs.get("value") for one in parsed(again.content.decode()).all("input") if "checked" in one.attrs
    ] == [str(family.public_id)]
    assert "1 person added to families" in again.content.decode()
    assert "1 person added to families that are" in imported(client, looked, join2=str(family.public_id))
    assert family.people.count() == 4
    officer = send(
        as_user(cast.officer), SISTER.replace(b"Pia", b"Una"), team=str(cast.team.public_id)
    ).content.decode()
    assert f'to the family <span class="app-nowrap">{family.reference}</span>' in officer
    assert "Noa" not in officer


CLASS = b"Surname,First name,DOB\n" + b"".join(b"Moss%d,Ada,1/2/2015\n" % number for number in range(40))
FEW = b"\n".join(CLASS.splitlines()[:9])


def test_the_page_says_how_far_it_is_while_it_runs(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    text = imported(client, send(client, CLASS))
    assert [f"{done} of 40 families" in text for done in (0, 2, 3, 20, 40)] == [True, True, False, True, True]
    assert text.count("<progress") == 21
    assert text.index("Imported: 40 families") > text.index("40 of 40 families")
    assert LedgerEntry.objects.filter(event="families.imported").get().remote_addr == "127.0.0.1"


def test_a_browser_that_goes_away_has_registered_nobody(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    answer = started(client, send(client, FEW))
    assert any("4 of 8" in piece.decode() for piece in pieces(answer))
    assert Family.objects.exists()
    answer.close()
    assert not Family.objects.exists()
    assert not LedgerEntry.objects.filter(event="families.imported").exists()
    # Nothing is left open: the next one is whole.
    assert "Imported: 8 families" in imported(client, send(client, FEW))


def test_when_it_fails_the_page_says_that_nothing_was_imported(
    cast: Cast, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(cast.supervisor)
    looked = send(client, FEW)
    monkeypatch.setattr(importing, "_add", Mock(side_effect=[None] * 7 + [DatabaseError("value Moss7")]))
    text = imported(client, looked)
    assert "Nothing was imported" in text
    assert "Imported:" not in text
    assert "Moss7" not in text
    assert not Family.objects.exists()


def test_the_rows_left_out_come_back_with_the_reason(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    answer = client.post(URL, {**form_of(send(client, SIMS.content)), "do": "refused"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Brannock" not in answer.headers["Content-Disposition"]
    assert rows[0][:3] == ["Row", "Why", "Legal Surname"]
    assert rows[1][0] == "4"
    assert "Brannock" in rows[1]
    assert len(rows) == 2


def test_a_column_can_be_given_another_meaning_and_is_looked_at_again(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    looked = send(client, b"Person,When,Kind\nAda Moss,1/2/2015,Red\n")
    assert "0 new families" in looked.content.decode()
    sent = {**form_of(looked), "column0": "full_name", "column1": "born"}
    # Not what was looked at: shown again, and nothing imported.
    again = client.post(URL, {**sent, "do": "import"})
    assert "You changed what a column holds" in again.content.decode()
    assert not Family.objects.exists()
    imported(client, again)
    assert Family.objects.get().name == "Moss"


def test_two_columns_cannot_hold_the_same(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    sent = form_of(send(client, b"Name,Born,Other\nAda Moss,1/2/2015,x\n"))
    assert errors_of(client.post(URL, {**sent, "column2": "born", "do": "import"})) == [
        "Error: Another column holds “Date of birth” already. Leave one of the two out"
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a CSV file"), (b"PK\x03\x04", "not a CSV file"), (b"A\n1\n", "only one column"),
        (b"A,B\n" + b"1,2\n" * (MOST_ROWS + 1), "the most is 500"), (b"A,B\n" + b"1" * MOST_BYTES, "too large"),
        (b"A,B\n\x81,2\n", "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_said_beside_the_field(
    cast: Cast, as_user: SignIn, content: bytes, why: str
) -> None:
    [message] = errors_of(send(as_user(cast.supervisor), content))
    assert why in message


@pytest.mark.parametrize("content", ["", "!", "A", "QSxCCjEsMg", "\x00", "x" * 50])
def test_a_file_that_was_lost_on_the_way_is_asked_for_again(cast: Cast, as_user: SignIn, content: str) -> None:
    answer = as_user(cast.supervisor).post(URL, {"content": content, "do": "import", "column0": "born", "seen": ""})
    assert answer.status_code in {200, 422}
    assert not Family.objects.exists()


def test_an_officer_chooses_the_team_and_sees_no_family(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.officer)
    assert errors_of(send(client, SIMS.content)) == ["Error: Select a team"]
    looked = send(client, SIMS.content, team=str(cast.other_team_row.public_id))
    organisation = reverse("administration:organisation")
    assert f'href="{organisation}"' in imported(client, looked)
    assert Family.objects.get().family_teams.get().team == cast.other_team_row
    assert URL in client.get(organisation).content.decode()


def test_a_team_of_others_cannot_be_chosen(cast: Cast, as_user: SignIn) -> None:
    """The supervisor has one team and is not asked; what is sent for another changes nothing."""
    client = as_user(cast.supervisor)
    other = str(cast.other_team_row.public_id)
    imported(client, send(client, SIMS.content), team=other)
    assert Family.objects.get().family_teams.get().team == cast.team
    stranger = as_user(cast.officer)
    assert errors_of(send(stranger, SIMS.content, team=str(cast.stranger.team.public_id))) != []


def test_names_of_the_file_are_in_no_address_or_title(cast: Cast, as_user: SignIn) -> None:
    answer = send(as_user(cast.supervisor), EXPORTS["mosaic"].content, name="Jessop.csv")
    page = parsed(answer.content.decode())
    assert "Jessop" not in " ".join(one.text for one in page.all("title"))
    assert "Jessop" not in " ".join(one.attrs.get("href", "") for one in page.all("a"))


@pytest.mark.parametrize(("who", "shown"), [("supervisor", True), ("practitioner", False)])
def test_the_way_there_is_shown_to_those_who_may(cast: Cast, as_user: SignIn, who: str, *, shown: bool) -> None:
    assert (URL in as_user(getattr(cast, who)).get(reverse("families:list")).content.decode()) is shown


def test_names_like_those_of_registered_people_are_shown_and_hold_nothing_up(cast: Cast, as_user: SignIn) -> None:
    home = register(cast.practitioner, cast.team, "Achterberg")
    known = person(home, cast.practitioner, name="Noah Achterburg", known_as="Noey")
    theirs = register(cast.other_team, cast.other_team_row, "Achterberg")
    person(theirs, cast.other_team, name="Noa Achterberg")
    client = as_user(cast.supervisor)
    looked = send(client, SIMS.content)
    text = looked.content.decode()
    assert (LIKELY in text, "Row 2: Noa Achterberg" in text, "Row 3" in text) == (True, True, False)
    assert "Noah Achterburg, also known as Noey" in text
    assert theirs.reference not in text
    assert entries("people.similar_shown")[0].additional_data == {"people": str(known.pk)}
    imported(client, looked)
    assert Family.objects.count() == 3
    officer = send(as_user(cast.officer), SIMS.content, team=str(cast.team.public_id))
    assert LIKELY not in officer.content.decode()


def test_of_a_long_file_the_first_people_are_compared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    home = register(cast.practitioner, cast.team, "Umeh")
    person(home, cast.practitioner, name="Ada Umeh")
    details = PersonRead(PersonDetails(name="Adah Umeh"))
    plan = Plan(tuple(NewFamily("Umeh", (details,), (row,)) for row in range(2, 8)), (), (), (), ())
    monkeypatch.setattr(likely, "MOST_ROWS", 3)
    assert [line.row for line in likely.likely(plan, cast.supervisor)] == [2, 3, 4]
    monkeypatch.setattr(likely, "MOST_COMPARED", 2)
    assert [line.row for line in likely.likely(plan, cast.supervisor)] == [2, 3]
