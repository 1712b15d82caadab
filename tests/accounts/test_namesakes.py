"""Colleagues of one name: each has the smallest difference, in every list and in the names that records keep."""

import pytest

from accounts.models import Membership, Organisation, Team, User
from accounts.namesakes import MOST_OF_A_NAME, colleague_names, difference, name_alone, names_of_colleagues
from accounts.roles import Role
from tests import shared
from tests.cast import Cast
from tests.decisions.cases import plain

# Labels are made in Python from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite
cast = shared.cast
NAME = "Alex Moss"


def join(organisation: Organisation, email: str, job: str = "", team: Team | None = None, name: str = NAME) -> User:
    """A colleague, made past the ledger."""
    row = User(organisation=organisation, email=email, full_name=name, job_title=job)
    plain(User).bulk_create([row])
    if team:
        held = Membership(organisation=organisation, user=row, team=team, role=Role.PRACTITIONER)
        plain(Membership).bulk_create([held])
    return User.objects.get(email=email)


def three(cast: Cast, jobs: tuple[str, str, str]) -> list[User]:
    return [join(cast.organisation, f"{key}@north.test", job) for key, job in zip("abc", jobs, strict=True)]


def test_nobody_else_of_that_name(cast: Cast) -> None:
    one = join(cast.organisation, "a@north.test", "Nurse")
    join(cast.stranger.organisation, "b@south.test", "Nurse")
    assert (one.name_on_record, colleague_names([one])[one.pk]) == (NAME, NAME)


@pytest.mark.parametrize("name", [NAME, NAME.upper(), "alex moss"])
def test_the_job_first(cast: Cast, name: str) -> None:
    one, two = (
        join(cast.organisation, "a@north.test", "Nurse"),
        join(cast.organisation, "b@north.test", "Head", name=name),
    )
    assert [one.name_on_record, two.name_on_record] == [f"{NAME} (Nurse)", f"{name} (Head)"]


def test_then_the_teams(cast: Cast) -> None:
    one = join(cast.organisation, "a@north.test", "Nurse", cast.team)
    two = join(cast.organisation, "b@north.test", "Nurse", cast.other_team_row)
    assert [one.name_on_record, two.name_on_record] == [f"{NAME} (Harbour)", f"{NAME} (Quarry)"]


def test_then_what_stands_before_the_at(cast: Cast) -> None:
    one = join(cast.organisation, "a@north.test", "Nurse", cast.team)
    two = join(cast.organisation, "b@north.test", "Nurse", cast.team)
    assert [one.name_on_record, two.name_on_record] == [f"{NAME} (a)", f"{NAME} (b)"]


def test_then_the_whole_address(cast: Cast) -> None:
    one, two = join(cast.organisation, "a@north.test"), join(cast.organisation, "a@fen.test")
    assert [one.name_on_record, two.name_on_record] == [f"{NAME} (a@north.test)", f"{NAME} (a@fen.test)"]


def test_whoever_has_left_counts(cast: Cast) -> None:
    one, two = join(cast.organisation, "a@north.test", "Nurse"), join(cast.organisation, "b@north.test", "Head")
    plain(User).filter(pk=two.pk).update(is_active=False)
    assert one.name_on_record == f"{NAME} (Nurse)"


def test_each_way_says_the_same(cast: Cast) -> None:
    """Also where only one of them is on the list, and where rows are not read yet."""
    everybody = [
        join(cast.organisation, f"{key}@north.test", job) for key, job in zip("abc", ("Nurse", "Head", ""), strict=True)
    ]
    whole = {row.pk: row.name_on_record for row in everybody}
    assert len(set(whole.values())) == 3
    assert colleague_names(everybody) == names_of_colleagues(whole) == whole
    for row in everybody:
        assert colleague_names([row]) == names_of_colleagues([row.pk]) == {row.pk: whole[row.pk]}
    assert names_of_colleagues([]) == colleague_names([]) == {}


def test_with_every_job(cast: Cast) -> None:
    rows = [
        join(cast.organisation, f"{key}@north.test", job)
        for key, job in zip("abc", ("Nurse", "Head", "Head"), strict=True)
    ]
    assert list(colleague_names(rows, with_job=True).values()) == [
        f"{NAME}, Nurse", f"{NAME}, Head (b)", f"{NAME}, Head (c)",
    ]  # fmt: skip


def test_the_longest_fits_its_column(cast: Cast) -> None:
    name, job = "N" * 120, "J" * 119
    one = join(cast.organisation, "a@north.test", f"{job}1", name=name)
    join(cast.organisation, "b@north.test", f"{job}2", name=name)
    assert len(name) < len(one.name_on_record) < MOST_OF_A_NAME


def test_it_is_worked_out_again_when_the_row_is_read_again(cast: Cast) -> None:
    one = join(cast.organisation, "a@north.test", "Nurse")
    assert one.name_on_record == NAME
    join(cast.organisation, "b@north.test", "Head")
    one.refresh_from_db()
    assert one.name_on_record == f"{NAME} (Nurse)"


@pytest.mark.parametrize(
    ("label", "name", "more"),
    [
        ("Lee", "Lee", ""), ("Lee (Nurse)", "Lee", "Nurse"), ("Lee (Nurse (school))", "Lee", "Nurse (school)"),
        ("Sam (Sammy) Lee", "Sam (Sammy) Lee", ""), ("Sam (Sammy) Lee (Head)", "Sam (Sammy) Lee", "Head"),
        ("Lee(Head)", "Lee(Head)", ""), ("(Head)", "(Head)", ""), ("Lee Head)", "Lee Head)", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_a_kept_name_without_its_difference(label: str, name: str, more: str) -> None:
    assert (name_alone(label), difference(label)) == (name, more)
