import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation, User
from tests.cast import Cast
from tests.pages import PageClient

GIVEN = {
    "name": "Eastmoor Trust",
    "kind": "NON",
    "sector": "youth_charity",
    "administrator_name": "Ola Penn",
    "administrator_email": "ola@east.test",
}


def run(**options: Any) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("create_organisation", **{**GIVEN, **options}, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_it_prints_a_link_that_works(db: None) -> None:
    code, said, _ = run()
    path, link = said.splitlines()[1:3]
    assert code == 0
    assert link == f"http://127.0.0.1:8000{path}"
    assert PageClient().get(path).status_code == 302
    person = User.objects.get()
    assert (person.organisation_role, person.organisation.kind) == ("administrator", "NON")


def test_the_address_of_the_site_can_be_given(db: None) -> None:
    assert "https://decisions.east.test/link/" in run(site_url="https://decisions.east.test")[1]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("name", "", "--name: Enter name of the organisation"),
        ("name", "x" * 121, "--name: Name of the organisation must be 120 characters or fewer"),
        ("name", "nul\x00", "--name: "),
        ("name", "half\udc80", "--name: "),
        ("kind", "council", "--kind: Use one of PUB, NON, LE."),
        ("sector", "", "--sector: Use one of la, "),
        ("administrator_name", " ", "--administrator-name: "),
        ("administrator_email", "nobody", "--administrator-email: Enter an email address"),
        ("site_url", "decisions.east.test", "--site-url: Give the whole address"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(db: None, option: str, value: str, said: str) -> None:
    code, printed, complaint = run(**{option: value})
    assert code == 2
    assert printed == ""
    assert complaint.startswith(said)
    assert complaint.count("\n") == 1
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("name", ["Eastmoor Trust", "EASTMOOR trust ", " eastmoor Trust"])
def test_a_second_organisation_of_the_same_name_is_asked_about(db: None, name: str) -> None:
    run()
    second = {"name": name, "administrator_email": "second@east.test"}
    code, printed, complaint = run(**second)
    assert (code, printed) == (2, "")
    assert complaint == "--name: There is an organisation of that name. To make a second, add --same-name.\n"
    assert Organisation.objects.count() == 1
    assert run(**second, same_name=True)[0] == 0
    assert Organisation.objects.count() == 2


def test_a_name_that_holds_another_is_not_the_same(db: None) -> None:
    run()
    assert run(name="Eastmoor Trust North", administrator_email="north@east.test")[0] == 0


def test_a_taken_address_makes_nothing(cast: Cast) -> None:
    code, _, complaint = run(administrator_email=cast.practitioner.email)
    assert code == 2
    assert complaint.startswith("--administrator-email: This email address cannot be used")
    assert not Organisation.objects.filter(name="Eastmoor Trust").exists()


def test_an_unknown_option_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("create_organisation", "--colour", "red")
