"""Telephone numbers as people write them, and the one number that a phone would dial."""

import re

FEWEST = 3
NUMBER = re.compile(r"\+?\(?\d[\d\s.-]*(?:\)[\d\s.-]*)?", re.ASCII)
# After the country's code the 0 is not dialled.
TRUNK_ZERO = re.compile(r"(\+\d{1,3}\s*)\(0\)", re.ASCII)
# Said to whoever answers, not dialled.
EXTENSION = re.compile(r"\b(?:extension|extn|ext|x)\.?:?\s*\d{1,6}\b", re.ASCII | re.IGNORECASE)
# Of another country; of this country with its code; short ones such as 999, 101 and 116 123.
WHOLE = re.compile(r"\+[1-9]\d{7,14}|00[1-9]\d{7,14}|0[1-9]\d{8,9}|[1-9]\d{2,5}", re.ASCII)
NONE = "Enter a telephone number, such as 01632 960000"


def dialled(text: str) -> str:
    """01632 960 111 (open 24 hours) is dialled 01632960111. Nothing where there is no number, or not exactly one."""
    found = numbers(text)
    return found[0] if len(found) == 1 and WHOLE.fullmatch(found[0]) else ""


def refusal(text: str) -> str:
    """Why a phone could not dial exactly one number, and what it would dial; empty where it can."""
    found = numbers(text)
    if not found:
        return NONE
    if len(found) > 1:
        return f"This could dial {' or '.join(found)}. Enter one number here, and the other as an entry of its own"
    if not WHOLE.fullmatch(found[0]):
        return f"This would dial {found[0]}, which is no whole number. Enter one number with its area code"
    return ""


def numbers(text: str) -> list[str]:
    """Every number in it, as it would be dialled, without extensions."""
    rest = EXTENSION.sub(" , ", TRUNK_ZERO.sub(r"\1", text))
    found = (re.sub(r"[^\d+]", "", number) for number in NUMBER.findall(rest))
    return list(dict.fromkeys(number for number in found if len(number.lstrip("+")) >= FEWEST))
