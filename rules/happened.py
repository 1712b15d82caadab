"""When it happened is free text: its day, where the text leaves no doubt about it."""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_NAMES}|sept)\.?,?\s+(?P<year>\d{{4}})\b"
    r"|\b(?P<year2>\d{4})-(?P<month2>\d{1,2})-(?P<day2>\d{1,2})\b"
    r"|\b(?P<day3>\d{1,2})[/.](?P<month3>\d{1,2})[/.](?P<year3>\d{4})\b",
    re.IGNORECASE,
)
# Words by which a date is no day on which it happened, or one that is still to come.
_DOUBT = re.compile(
    r"\b(?:before|by|until|till|not|never|or|maybe|perhaps|possibly|born|birth|planned|plans|booked|due|will|going|"
    r"expected|next|if|future|upcoming)\b",
    re.IGNORECASE,
)
FIRST_DAY_THAT_IS_NO_MONTH = 13


def day_read(text: str) -> date | None:
    """The only date in the text, with its year. None where there is any doubt, such as 3/4/2026."""
    found = list(_days(text))
    return found[0] if len(found) == 1 and not _DOUBT.search(text) else None


def _days(text: str) -> Iterator[date | None]:
    for match in _DATE.finditer(text):
        if match["name"]:
            month = [name[:3] for name in MONTHS].index(match["name"].lower()[:3]) + 1
            yield _day(match["year"], month, match["day"])
        elif match["year2"]:
            yield _day(match["year2"], int(match["month2"]), match["day2"])
        else:
            sure = int(match["day3"]) >= FIRST_DAY_THAT_IS_NO_MONTH or match["day3"] == match["month3"]
            yield _day(match["year3"], int(match["month3"]), match["day3"]) if sure else None


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
