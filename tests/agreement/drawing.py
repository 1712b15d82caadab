"""Answers drawn at random: mostly words that say something, some that do not, some left out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

One = TypeVar("One")

HERE = ZoneInfo("Europe/London")
# Long enough ago that every moment near it is past, on a working day, and after the newest law.
RECORDED = datetime(2026, 11, 18, 15, 0, tzinfo=HERE)
NO_REASONS = ("see notes", "N/A", "as above")
PHRASES = (
    "He was seen with a bruise on his cheek on Monday.",
    "She said that she does not want her father to know.",
    "The school rang twice and nobody answered.",
    "It is the least that will keep them safe tonight.",
    "Nobody else knows of it yet, and waiting would cost a week.",
    "They asked for help with the rent & the children's meals.",
    "“Please don't tell mum”: her own words.",
    "The health visitor agrees; she has known them since 2019.",
    "Trust may suffer, and so we shall ring them straight after.",
    "Another night like that could end badly.",
    "Mae'r plentyn yn ofni mynd adref.",
    "Two lines:\nthe first is what was seen, the second what it may mean.",
)


def chance(rng: Random, of: float) -> bool:
    return rng.random() < of


def some(rng: Random, choices: Sequence[One], most: int, *, least: int = 0) -> tuple[One, ...]:
    """A few of them, each once, in their own order."""
    most = min(most, len(choices))
    picked = set(rng.sample(range(len(choices)), rng.randint(min(least, most), most)))
    return tuple(one for number, one in enumerate(choices) if number in picked)


def reason(rng: Random) -> str:
    """What passes as a reason."""
    return rng.choice(PHRASES)


def line(rng: Random) -> str:
    """The same in one line, as short boxes take it."""
    return reason(rng).replace("\n", " ")


def said(rng: Random) -> str:
    """Something, be it "see notes"."""
    return rng.choice(NO_REASONS) if chance(rng, 0.06) else reason(rng)


def optional(rng: Random, of: float = 0.75) -> str:
    """Something in one line, or nothing."""
    return said(rng).replace("\n", " ") if chance(rng, of) else ""


def before(moment: datetime, *, days: int = 0, minutes: int = 0) -> datetime:
    """The same time of day that many days earlier, and some minutes before."""
    wall = moment.astimezone(HERE) - timedelta(days=days)
    return (wall.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(HERE)


def day_near(rng: Random, moment: datetime, first: int, last: int) -> date:
    return moment.date() + timedelta(days=rng.randint(first, last))


def moment_before(rng: Random, moment: datetime) -> datetime:
    """Some time on the same day or a few days earlier, never at night: an hour there may come twice."""
    return before(moment, days=rng.choice((0, 0, 0, 1, 4)), minutes=rng.randint(0, 240))
