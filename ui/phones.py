"""Telephone numbers as people write them."""

import re

FEWEST = 3
NUMBER = re.compile(r"\+?\(?\d[\d\s.-]*(?:\)[\d\s.-]*)?", re.ASCII)


def dialled(number: str) -> str:
    """01632 960 111 (open 24 hours) is dialled 01632960111: the first number in it. Nothing is nothing."""
    found = (re.sub(r"[^\d+]", "", text) for text in NUMBER.findall(number.replace("(0)", "")))
    return next((text for text in found if len(text.lstrip("+")) >= FEWEST), "")
