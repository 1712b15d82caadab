"""manage.py import_people: everybody of a file invited with team and role, or nobody; a second run changes nothing."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actions import check_people, close_team, deactivate, end_membership, import_people
from accounts.importing.rows import kinds_of, read_staff
from accounts.models import Membership, Team, User
from audit.models import LedgerEntry
from tests import shared
from tests.cast import Cast
from tests.pages import PageClient
from ui.csv_files import read_table

cast = shared.cast

FILES = {
    "one name": b"Name,Email,Team,Role\nMo Fenn,MO@north.test,Harbour,Practitioner\n"
    b"Pia Gale,pia@north.test,Mill,supervisor\n",
    "two names": b"First Name;Surname;Work Email;Job Title;Department;Access level\n"
    b"Mo;Fenn;mo@north.test;Nurse;harbour;practitioner\nPia;Gale;pia@north.test;;Mill;Supervisor\n",
    "surname first": "\ufeffStaff Name\tE-mail\tTeam name\tRole\n"
    "Fenn, Mo\tmo@north.test\tHARBOUR\tPRACTITIONER\n\"Gale, Pia\"\tpia@north.test\tMill\tsupervisor\n".encode(),
}  # fmt: skip


def run(tmp_path: Path, content: bytes, **options: Any) -> tuple[int, str]:
    path, out = tmp_path / "people.csv", io.StringIO()
    path.write_bytes(content)
    given = {"by": "administrator@north.test", "links": tmp_path / "links.csv", "make_teams": True, **options}
    try:
        call_command("import_people", str(path), stdout=out, stderr=out, **given)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_people_are_invited_with_their_teams(cast: Cast, tmp_path: Path, name: str) -> None:
    code, said = run(tmp_path, FILES[name])
    assert (code, "2 people invited, 1 teams made, 2 roles given" in said) == (0, True), said
    places = Membership.objects.filter(user__email__in=["mo@north.test", "pia@north.test"]).order_by("user__email")
    assert [(one.user.full_name, one.team.name, one.role) for one in places] == [
        ("Mo Fenn", "Harbour", "practitioner"), ("Pia Gale", "Mill", "supervisor"),
    ]  # fmt: skip


def test_each_link_works_once_and_only_the_owner_can_read_the_file(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, FILES["one name"], site_url="https://decisions.example.test")
    links = tmp_path / "links.csv"
    rows = list(csv.DictReader(io.StringIO(links.read_text("utf-8-sig"))))
    assert links.stat().st_mode & 0o777 == 0o600
    assert [row["Email"] for row in rows] == ["mo@north.test", "pia@north.test"]
    assert PageClient().get(rows[0]["Link"].removeprefix("https://decisions.example.test")).status_code == 302


def test_a_second_run_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, FILES["one name"])
    before = User.objects.count(), Team.objects.count(), Membership.objects.count()
    code, said = run(tmp_path, FILES["two names"], links=tmp_path / "more.csv")
    assert (code, "0 people invited, 0 teams made, 0 roles given; 2 rows were there already" in said) == (0, True)
    assert (User.objects.count(), Team.objects.count(), Membership.objects.count()) == before


def state() -> tuple[int, ...]:
    return User.objects.count(), Team.objects.count(), Membership.objects.count(), LedgerEntry.objects.count()


@pytest.mark.parametrize("name", FILES)
def test_a_dry_run_says_the_same_and_saves_nothing(cast: Cast, tmp_path: Path, name: str) -> None:
    before = state()
    code, said = run(tmp_path, FILES[name], dry_run=True, links=None)
    assert (code, state()) == (0, before)
    assert "nothing imported; it would be: 2 people invited, 1 teams made, 2 roles given" in said
    code, said = run(tmp_path, b"Name,Email,Team,Role\nA B,x@north.test,Harbour,Head\n", dry_run=True, links=None)
    assert (code, "row 2: Write a role" in said, state()) == (1, True, before)
    assert list(tmp_path.iterdir()) == [tmp_path / "people.csv"]


def test_a_team_that_is_not_there_is_refused_unless_it_shall_be_made(cast: Cast, tmp_path: Path) -> None:
    before = state()
    code, said = run(tmp_path, FILES["one name"], make_teams=False)
    assert (code, state()) == (1, before)
    assert "row 3: There is no team of this name" in said
    assert "row 2" not in said


def test_the_ledger_has_figures_and_no_names(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, FILES["one name"])
    entry = LedgerEntry.objects.get(event="people.imported")
    assert entry.actor_id == cast.administrator.pk
    assert "Fenn" not in str(entry.additional_data)
    assert entry.additional_data["invited"] == 2


HELD: list[tuple[bytes, str]] = [
    (b",a@north.test,Harbour,practitioner", "Add a name"),
    (b"A B,nobody,Harbour,practitioner", "email address"),
    (b"A B,a@north.test,,practitioner", "Add the team"),
    (b"A B,a@north.test,Harbour,Head", "Write a role in place of “Head”: practitioner"),
    (b"A B,a@north.test,Harbour,", "Write a role: practitioner"),
    (b",nobody,Harbour,practitioner", "row 4: Add a name; Add an email address"),
    (b"Another,mo@north.test,Harbour,supervisor", "somebody with another name"),
    (b"A B,supervisor@north.test,Harbour,practitioner", "somebody with another name"),
    (b"=A1,a@north.test,Harbour,practitioner", "formula"),
    (b"A B,practitioner@south.test,Harbour,practitioner", "cannot be used"),
    (b"A B,teammate@north.test,Harbour,practitioner", "deactivated"),
    (b"A B,practitioner@north.test,,administrator", "another role"),
    (b"A B,a@north.test,Quarry,practitioner", "closed"),
]


def test_one_row_that_cannot_be_taken_holds_back_all(cast: Cast, tmp_path: Path) -> None:
    deactivate(user=cast.teammate, by=cast.administrator, at=timezone.now())
    end_membership(
        membership=Membership.objects.get(team=cast.other_team_row), by=cast.administrator, at=timezone.now()
    )
    close_team(team=cast.other_team_row, by=cast.administrator, at=timezone.now())
    for row, why in HELD:
        code, said = run(tmp_path, FILES["one name"] + row + b"\n")
        assert code == 1, said
        assert "row 4: " in said
        assert why in said
        assert not User.objects.filter(email="mo@north.test").exists(), why
    assert not Team.objects.filter(name="Mill").exists()
    assert not LedgerEntry.objects.filter(event="people.imported").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"by": "officer@south.test"}, ""), ({"by": "supervisor@north.test"}, "--by"), ({"by": "x"}, "--by"),
        ({"site_url": "north"}, "--site-url"), ({"links": None}, "--links"),
    ],
)  # fmt: skip
def test_only_administrators_of_the_organisation(cast: Cast, tmp_path: Path, options: dict[str, Any], why: str) -> None:
    code, said = run(tmp_path, FILES["one name"], **options)
    if why:
        assert (code, said.startswith(why)) == (2, True)
    assert not User.objects.filter(organisation=cast.organisation, email="mo@north.test").exists()


def test_a_file_without_the_columns_is_refused(cast: Cast, tmp_path: Path) -> None:
    assert "needs a column with an email and a role" in run(tmp_path, b"Name,Team\nMo,Harbour\n")[1]


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_the_action_checks_again(cast: Cast, who: str) -> None:
    table = read_table(FILES["one name"], most_bytes=1_000, most_rows=10)
    rows = read_staff(table, kinds_of(table.headings))
    with pytest.raises(PermissionDenied):
        import_people(rows=rows, sha256=table.sha256, by=getattr(cast, who), at=timezone.now())
    with pytest.raises(PermissionDenied):
        check_people(rows=rows, sha256=table.sha256, by=getattr(cast, who), at=timezone.now())
