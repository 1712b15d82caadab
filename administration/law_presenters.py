"""Law notices, and what is in force after the latest of them."""

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
# What each notice says, before its date.
NOTICE_TEXT: dict[str, str] = {
    What.COMMENCED: "In force from",
    What.NOT_COMMENCED: "Not in force: commencement withdrawn",
    What.LOCAL: "Our own legal provision, from",
    What.RETIRED: "Retired from",
    What.NOT_RETIRED: "Retirement withdrawn",
}


@dataclass(frozen=True)
class NoticeLine:
    name: str
    code: str
    what: str
    notice: LawNotice


@dataclass(frozen=True)
class InForce:
    """A provision with a notice in force; `withdraw_url` is where the notice can be withdrawn."""

    name: str
    code: str
    what: str
    withdraw_url: str = ""


def names(said: Iterable[LawNotice]) -> dict[str, str]:
    """The short name of every provision, the organisation's own included."""
    notices = gathered(said)
    rows: Law = load().for_us(notices.commencements, notices.local_provisions)
    return {row.code: row.short_name for row in rows.all_provisions}


def notice_lines(shown: Iterable[LawNotice], said: Sequence[LawNotice]) -> list[NoticeLine]:
    known = names(said)
    return [NoticeLine(known.get(one.code, one.code), one.code, in_words(one), one) for one in shown]


def in_words(notice: LawNotice) -> str:
    return f"{NOTICE_TEXT[notice.what]} {moment(notice.on_day)}".strip()


def in_force(said: Sequence[LawNotice]) -> list[InForce]:
    """The latest notice about each provision that still has an effect; a retired local provision is included."""
    known = names(said)
    latest = {(one.code, "retired" if one.what in {What.RETIRED, What.NOT_RETIRED} else "begun"): one for one in said}
    return [
        InForce(
            known.get(one.code, one.code), one.code, in_words(one),
            "" if one.what == What.LOCAL else reverse("administration:law_withdraw", args=[one.public_id]),
        )
        for one in latest.values()
        if one.what in {What.COMMENCED, What.LOCAL, What.RETIRED}
    ]  # fmt: skip


def shipped_off(law: Law) -> list[Provision]:
    """Provisions that are enacted but not known to have commenced."""
    return [row for row in law.all_provisions if not row.on]


def provisions_to_retire(law: Law, today: date) -> list[Provision]:
    """The latest version of each provision, without those whose own end date has passed."""
    latest = {row.code: row for row in law.all_provisions}
    return [row for row in latest.values() if row.effective_to is None or row.effective_to >= today]
