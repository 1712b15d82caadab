"""Whether a text reads as if it named the place where somebody lives. Pure: a warning rests on it, never a refusal."""

import re

POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_STREETS = (
    "street", "st", "road", "rd", "lane", "avenue", "ave", "close", "drive", "court", "crescent", "terrace", "gardens",
    "grove", "way", "place", "house", "hill", "square", "row", "walk", "mews", "park",
)  # fmt: skip
STREET = re.compile(rf"\b\d{{1,4}}[a-z]? (?:[a-z'\u2019-]+ ){{1,3}}(?:{'|'.join(_STREETS)})\b", re.IGNORECASE)
SAYS_SO = re.compile(
    r"\b(?:home|new|her|his|their|the) address\b|\brefuge\b|\b(?:lives|living|staying) (?:at|in)\b", re.IGNORECASE
)


def reads_like_an_address(text: str) -> bool:
    return any(pattern.search(text) for pattern in (POSTCODE, STREET, SAYS_SO))
