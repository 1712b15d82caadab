"""Law notices, and what is in force after the latest of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from decisions.law_notices import NO_EFFECT, gathered
from decisions.models import LawNotice
from rules.law import Law, Provision
from rules.law_files import load
from ui.labels import Named, distinct
from ui.moments import moment

What = LawNotice.What
# The label of each notice, shown before its date.
NOTICE_TEXT: dict[str, str] = {
    What.PROPOSED: "To be checked by somebody else: in force from",
    What.NOT_CONFIRMED: "Checked, and not confirmed",
    What.COMMENCED: "In force from",
    What.NOT_COMMENCED: "Not in force: commencement withdrawn",
    What.LOCAL: "Our own legal provision, from",
    What.RETIRED: "Retired from",
    What.NOT_RETIRED: "Retirement withdrawn",
}


@dataclass(frozen=True)
class NoticeLine:
    name: str
    what: str
    notice: LawNotice
    by: str


@dataclass(frozen=True)
class InForce:
    """A provision with a notice in force; `withdraw_url` is where the notice can be withdrawn."""

    name: str
    code: str
    what: str
    withdraw_url: str = ""


def names(all_notices: Iterable[LawNotice]) -> dict[str, str]:
    """The short name of every provision, the organisation's own included."""
    in_use = gathered(all_notices)
    rows: Law = load().for_us(in_use.commencements, in_use.local_provisions)
    return {row.code: row.short_name for row in rows.all_provisions}


def notice_lines(shown: Iterable[LawNotice], all_notices: Sequence[LawNotice]) -> list[NoticeLine]:
    """Several notices about one provision are told apart by what each says."""
    names_by_code, notices = names(all_notices), list(shown)
    named = {notice.pk: Named(names_by_code.get(notice.code, notice.code), (in_words(notice),)) for notice in notices}
    headings = distinct(named)
    return [
        NoticeLine(
            headings[notice.pk],
            in_words(notice),
            notice,
            notice.written_by_then_and_now,
        )
        for notice in notices
    ]


def in_words(notice: LawNotice) -> str:
    return f"{NOTICE_TEXT[notice.what]} {moment(notice.on_day)}".strip()


def in_force(notices: Sequence[LawNotice]) -> list[InForce]:
    """The latest notice about each provision that still has an effect; a retired local provision is included."""
    names_by_code = names(notices)
    latest = {
        (notice.code, "retired" if notice.what in {What.RETIRED, What.NOT_RETIRED} else "begun"): notice
        for notice in notices
        if notice.what not in NO_EFFECT
    }
    shown = [notice for notice in latest.values() if notice.what in {What.COMMENCED, What.LOCAL, What.RETIRED}]
    named = {row.pk: Named(names_by_code.get(row.code, row.code), (row.code, in_words(row))) for row in shown}
    headings = distinct(named)
    return [
        InForce(
            headings[notice.pk], notice.code, in_words(notice),
            "" if notice.what == What.LOCAL else reverse("administration:law_withdraw", args=[notice.public_id]),
        )
        for notice in shown
    ]  # fmt: skip


def to_check(notices: Sequence[LawNotice]) -> list[LawNotice]:
    """The latest proposal about each law that nobody has answered."""
    latest = {notice.code: notice for notice in notices if notice.what == What.PROPOSED}
    answered = {notice.proposal_id for notice in notices}
    return [notice for notice in latest.values() if notice.pk not in answered]


def shipped_off(law: Law) -> list[Provision]:
    """Provisions that are enacted but not known to have commenced."""
    return [row for row in law.all_provisions if not row.on]


def provisions_to_retire(law: Law, today: date) -> list[Provision]:
    """The latest version of each provision, without those whose own end date has passed."""
    latest = {row.code: row for row in law.all_provisions}
    return [row for row in latest.values() if row.effective_to is None or row.effective_to >= today]
