"""NHS numbers and UPNs: a slip of one character, or two changed about, is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.identifiers import UPN_LETTERS, compact, is_nhs_number, is_upn, nhs_in_groups


@pytest.mark.parametrize("number", ["9434765919", "4010232137", "9990000018", "9876543210"])
def test_nhs_numbers(number: str) -> None:
    assert is_nhs_number(number)


@pytest.mark.parametrize("number", [
    "9434765918", "9434765199", "943476591", "94347659190", "943476591X", "", "0000000001", "\uff19434765919",
    "1000000010",  # its check digit would be 10
])  # fmt: skip
def test_no_nhs_numbers(number: str) -> None:
    assert not is_nhs_number(number)


@pytest.mark.parametrize("upn", ["A123456789012", "H801200001001", "Z82432180700A", "B82432180700K"])
def test_upns(upn: str) -> None:
    assert is_upn(upn)


@pytest.mark.parametrize("upn", [
    "B123456789012", "A123456789021", "A12345678901", "A1234567890123", "I123456789012", "a123456789012", "",
    "1234567890123", "A12345678901O",
])  # fmt: skip
def test_no_upns(upn: str) -> None:
    assert not is_upn(upn)


@given(st.from_regex(r"\A[0-9]{9}\Z"), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_nhs_number_is_found(nine: str, at: int, more: int) -> None:
    right = [f"{nine}{last}" for last in range(10) if is_nhs_number(f"{nine}{last}")]
    for number in right:
        wrong = f"{number[:at]}{(int(number[at]) + more) % 10}{number[at + 1 :]}"
        assert not is_nhs_number(wrong)
    assert len(right) <= 1


@given(st.from_regex(r"\A[0-9]{12}\Z"), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_of_a_upn_is_found(twelve: str, at: int, more: int) -> None:
    [upn] = [f"{letter}{twelve}" for letter in UPN_LETTERS if is_upn(f"{letter}{twelve}")]
    assert not is_upn(f"{upn[:at]}{(int(upn[at]) + more) % 10}{upn[at + 1 :]}")


@pytest.mark.parametrize(("typed", "kept"), [
    ("943 476 5919", "9434765919"), ("943-476-5919", "9434765919"), (" a123 4567 89012 ", "A123456789012"),
])  # fmt: skip
def test_spaces_and_hyphens_are_left_out(typed: str, kept: str) -> None:
    assert compact(typed) == kept


def test_it_is_printed_in_groups() -> None:
    assert nhs_in_groups("9434765919") == "943 476 5919"
    assert nhs_in_groups("") == ""
