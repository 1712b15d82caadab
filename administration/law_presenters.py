"""What was said about the law, and what holds after the last of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from decisions.law_notices import gathered
from decisions.models import LawNotice
from rules.law import Law, Provision
from rules.law_files import load
from ui.moments import moment

What = LawNotice.What
# What each notice says, before its day.
SAID: dict[str, str] = {
    What.COMMENCED: "It is law from",
    What.NOT_COMMENCED: "It has not begun after all",
    What.LOCAL: "A row of our own, from",
    What.RETIRED: "Not used here from",
    What.KEPT: "Used here after all",
}


@dataclass(frozen=True)
class NoticeLine:
    name: str
    code: str
    what: str
    notice: LawNotice


@dataclass(frozen=True)
class Holding:
    """One row about which something holds; `back` leads to taking it back."""

    name: str
    code: str
    what: str
    back: str = ""


def names(said: Iterable[LawNotice]) -> dict[str, str]:
    """The short name of every row, those of the organisation's own too."""
    notices = gathered(said)
    rows: Law = load().for_us(notices.commencements, notices.local_provisions)
    return {row.code: row.short_name for row in rows.all_provisions}


def notice_lines(shown: Iterable[LawNotice], said: Sequence[LawNotice]) -> list[NoticeLine]:
    known = names(said)
    return [NoticeLine(known.get(one.code, one.code), one.code, in_words(one), one) for one in shown]


def in_words(notice: LawNotice) -> str:
    return f"{SAID[notice.what]} {moment(notice.on_day)}".strip()


def holding(said: Sequence[LawNotice]) -> list[Holding]:
    """The latest word about each row, where it still changes something. A row of our own also while it is retired."""
    known = names(said)
    latest = {(one.code, "retired" if one.what in {What.RETIRED, What.KEPT} else "begun"): one for one in said}
    return [
        Holding(
            known.get(one.code, one.code), one.code, in_words(one),
            "" if one.what == What.LOCAL else reverse("administration:law_take_back", args=[one.public_id]),
        )
        for one in latest.values()
        if one.what in {What.COMMENCED, What.LOCAL, What.RETIRED}
    ]  # fmt: skip


def shipped_off(law: Law) -> list[Provision]:
    """Made, and not known to have begun."""
    return [row for row in law.all_provisions if not row.on]


def provisions_to_retire(law: Law, today: date) -> list[Provision]:
    """The latest row of each code, but for those that ended by themselves."""
    latest = {row.code: row for row in law.all_provisions}
    return [row for row in latest.values() if row.effective_to is None or row.effective_to >= today]
