from typing import Any

import pytest
from django.urls import reverse

from accounts.models import DutyNumber, Organisation
from tests import shared
from tests.accounts.entries import last
from tests.administration.pages import SignIn
from tests.cast import Cast

cast = shared.cast
DETAILS = {
    "name": "Northmere Council",
    "kind": "PUB",
    "sector": "la",
    "in_scope_16la": "on",
    "policy_document_on_day": "5",
    "policy_document_on_month": "1",
    "policy_document_on_year": "2026",
    "policy_document_link": "https://www.north.test/policy",
}


def at(name: str) -> str:
    return reverse(f"administration:{name}")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_changing_it(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    answer = client.post(at("organisation_change"), DETAILS)
    assert answer.headers["Location"] == at("organisation")
    page = text(client.get(at("organisation")))
    assert "5 January 2026" in page
    assert "https://www.north.test/policy" in page
    assert set(last(cast.organisation).changes) == {"policy_document_on", "policy_document_link"}


def test_checkpoints_are_emailed_to_who_wishes_it(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    assert "Not emailed" in text(client.get(at("organisation")))
    client.post(at("organisation_change"), {**DETAILS, "mail_checkpoints": "on"})
    assert "Emailed to data protection officers each day" in text(client.get(at("organisation")))
    assert last(cast.organisation).changes["mail_checkpoints"] == [False, True]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter name of the organisation"),
        ({"name": "x" * 121}, "must be 120 characters or fewer"),
        ({"name": "a\x00"}, "cannot be kept"),
        ({"kind": "XX"}, "Select an answer from the list"),
        ({"sector": ""}, "Select sector"),
        ({"policy_document_on_year": "2099"}, "must be today or in the past"),
        ({"policy_document_on_day": "32"}, "There is a problem"),
        ({"policy_document_link": "javascript:alert(1)"}, "Enter a web address that starts with"),
        ({"policy_document_link": "ftp://north.test/policy"}, "Enter a web address that starts with"),
        ({"policy_document_link": "www.north.test"}, "Enter a web address that starts with"),
        ({"policy_document_link": "https://north.test/" + "x" * 500}, "must be 500 characters or fewer"),
    ],
)
def test_bad_input(cast: Cast, as_user: SignIn, changes: dict[str, str], said: str) -> None:
    answer = as_user(cast.administrator).post(at("organisation_change"), {**DETAILS, **changes})
    assert answer.status_code == 422
    assert said in text(answer)
    assert Organisation.objects.get(pk=cast.organisation.pk).policy_document_link == ""


def rows(*numbers: tuple[str, str], initial: int = 0, **more: str) -> dict[str, str]:
    posted = {"rows-TOTAL_FORMS": str(len(numbers)), "rows-INITIAL_FORMS": str(initial)}
    for place, (label, number) in enumerate(numbers):
        posted |= {f"rows-{place}-label": label, f"rows-{place}-number": number}
    return posted | more


def kept(cast: Cast) -> list[tuple[str, str]]:
    return list(DutyNumber.objects.filter(organisation=cast.organisation).values_list("label", "number"))


def test_duty_numbers(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    client.post(at("duty_numbers"), rows(("Day", "0300 000 0001"), ("Night", "0300 000 0002")))
    assert kept(cast) == [("Day", "0300 000 0001"), ("Night", "0300 000 0002")]
    page = text(client.get(at("duty_numbers")))
    assert page.count("<legend") == 4
    client.post(at("duty_numbers"), rows(("", ""), ("Night", "0300 000 0003"), ("", ""), initial=2))
    assert kept(cast) == [("Night", "0300 000 0003")]
    assert "Night: 0300 000 0003" in text(client.get(at("organisation")))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (("Day", ""), "Line 1: Enter the telephone number"),
        (("", "0300 000 0003"), "Line 1: Enter who answers this number"),
        (("Day", "ask Jo"), "Line 1: Enter a telephone number"),
        (("x" * 81, "0300"), "must be 80 characters or fewer"),
        (("Day\x00", "0300"), "cannot be kept"),
    ],
)
def test_bad_numbers_keep_every_line(cast: Cast, as_user: SignIn, number: tuple[str, str], said: str) -> None:
    answer = as_user(cast.administrator).post(at("duty_numbers"), rows(number, ("Night", "0300 000 0002")))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Night"' in text(answer)
    assert kept(cast) == []


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999"])
def test_a_broken_count_is_no_crash(cast: Cast, as_user: SignIn, total: str) -> None:
    posted = {"rows-TOTAL_FORMS": total, "rows-INITIAL_FORMS": "0"}
    assert as_user(cast.administrator).post(at("duty_numbers"), posted).status_code == 422
    assert as_user(cast.administrator).post(at("duty_numbers"), {}).status_code == 422


def test_ten_numbers_are_enough(cast: Cast, as_user: SignIn) -> None:
    many = [(f"Desk {place}", "0300") for place in range(11)]
    answer = as_user(cast.administrator).post(at("duty_numbers"), rows(*many))
    assert answer.status_code == 422
    assert kept(cast) == []
