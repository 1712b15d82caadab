"""Wherever a telephone number is kept: exactly one number can be dialled, or it is refused and shown as dialled."""

from typing import Any

import pytest

from administration.address_book import RecipientForm
from administration.organisation_forms import DutyNumberForm
from drafting.pages.other_recipient import OtherRecipientForm
from families.forms.contact import ContactForm

BOTH = "01632 960000 or 07700 900000"
BOOK = {"name": "Desk", "kind": "police", "route_kind": "phone"}
SAFE = {"kind": "text", "safe": "unknown"}


def entry(number: str, **more: str) -> Any:
    return RecipientForm({**BOOK, "route": number, **more})


def duty(number: str, **more: str) -> Any:
    return DutyNumberForm({"label": "Night team", "number": number, **more})


def other(number: str, **more: str) -> Any:
    typed = {"name": "Desk", "route_kind": "phone", "route": number, **more}
    return OtherRecipientForm(
        {f"o-{name}": answer for name, answer in typed.items()}, prefix="o", number=1, answered=False
    )


def contact(number: str, **more: str) -> Any:
    return ContactForm({**SAFE, "detail": number, **more})


FORMS = {"route": [entry, other], "number": [duty], "detail": [contact]}
CASES = [(make, name) for name, makes in FORMS.items() for make in makes]


@pytest.mark.parametrize(("make", "name"), CASES)
def test_two_numbers_are_refused_with_what_would_be_dialled(make: Any, name: str) -> None:
    assert "01632960000 or 07700900000" in str(make(BOTH).errors[name])


@pytest.mark.parametrize(("make", "name"), CASES)
def test_a_number_that_is_not_whole_is_refused(make: Any, name: str) -> None:
    assert "0163296" in str(make("01632 96").errors[name])


@pytest.mark.parametrize(("make", "name"), CASES)
@pytest.mark.parametrize("number", ["01632 960000", "020 7946 0000 ext 5", "+44 (0)7700 900000 (nights)"])
def test_one_number_is_kept(make: Any, name: str, number: str) -> None:
    assert name not in make(number).errors


def test_other_ways_are_no_telephone_numbers() -> None:
    assert "route" not in entry("1 High Street, 22 000 Northmere", route_kind="post").errors
    assert "route" not in other("1 High Street, 22 000 Northmere", route_kind="post").errors
    assert "detail" not in contact("22 Harbour Road, flat 1001", kind="letter").errors
    assert "detail" not in contact("through her sister").errors
