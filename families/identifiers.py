"""Numbers that tell one child from another, and whether one is written without a slip. Pure.

UPN: the first letter stands for modulus 23 of the twelve characters after it. Confirmed in the UK Government Data
Standards Catalogue, "Unique Pupil Number", version 2.0 (2004); the Department for Education's own guide was not seen.
NHS number: the tenth digit is modulus 11 of the others. The NHS Data Dictionary was not seen: published programs and
accounts of its four steps agree with each other and with what is here.
"""

import re

# Without I, O and S, in the order of what they stand for.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NHS_MESSAGE = "Check the NHS number: it has 10 digits, such as 943 476 5919, and one of these digits is wrong"
UPN_MESSAGE = (
    "Check the UPN: it has a letter and 12 digits, such as A123456789012, and one of these is wrong. "
    "The last digit of a temporary one is a letter"
)
NHS = re.compile(r"[0-9]{10}")
UPN = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")


def compact(text: str) -> str:
    """Without the spaces and hyphens that people write in numbers, letters as capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_nhs_number(number: str) -> bool:
    if not NHS.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(number[-1])


def is_upn(upn: str) -> bool:
    if not UPN.fullmatch(upn):
        return False
    total = sum(_value(character) * weight for weight, character in enumerate(upn[1:], start=2))
    return UPN_LETTERS[total % 23] == upn[0]


def _value(character: str) -> int:
    return int(character) if character.isdecimal() else UPN_LETTERS.index(character)


def nhs_in_groups(number: str) -> str:
    """As it is printed on letters: 943 476 5919."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
