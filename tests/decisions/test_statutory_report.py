"""The report to the police that the law asks for: due by the next working day first, by a month at most."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from django.utils import timezone

from decisions.models import Decision, DecisionRecipient, Sending
from decisions.presenters.statutory_report import open_reports, report

FOUND = datetime(2026, 10, 5, 10, 0, tzinfo=timezone.get_default_timezone())


class Rows(list[object]):
    """What a prefetched relation is to whoever reads it."""

    def all(self) -> list[object]:
        return self


def report_sent(
    *days: int, kind: str = "police", duty: str = "FGMA03_5B", how: str = "GIRL_TOLD", found: datetime | None = FOUND
) -> Decision:
    """S12 without a database: a girl told a teacher on Monday 5 October 2026, who told the police after `days`."""
    recipients = Rows([DecisionRecipient(pk=1, kind=kind), DecisionRecipient(pk=2, kind="social_care")])
    sendings = Rows([Sending(recipient_id=1, sent_at=FOUND + timedelta(days=after)) for after in days])
    row = SimpleNamespace(
        duty_code=duty, how_discovered=how, discovered_at=found, recipients=recipients, sendings=sendings
    )
    return cast("Decision", row)


@pytest.mark.parametrize(
    ("today", "tag", "says"),
    [
        (date(2026, 10, 5), "Not reported yet", "by the end of 6 October 2026"),
        (date(2026, 10, 6), "Not reported yet", "by the end of 6 October 2026"),
        (date(2026, 10, 7), "Overdue", "this was due by 6 October 2026"),
        (date(2026, 11, 5), "Overdue", "this was due by 6 October 2026"),
        (date(2026, 11, 6), "Overdue", "was due by 5 November 2026 at the latest"),
    ],
)
def test_until_it_is_made_it_says_by_when(today: date, tag: str, says: str) -> None:
    shown = report(report_sent(), today)
    assert shown is not None
    assert (shown.tag, says in shown.words) == (tag, True)
    assert "5 November 2026" in shown.words
    assert not shown.is_done
    assert open_reports([report_sent()], today)


@pytest.mark.parametrize(
    ("days", "tag", "done"),
    [((0,), "Reported", True), ((1,), "Reported", True), ((2,), "Reported late", True), ((31,), "Reported late", True),
     ((32,), "Late", False), ((40, 1), "Reported", True)],
)  # fmt: skip
def test_once_made_it_says_whether_in_time(days: tuple[int, ...], tag: str, *, done: bool) -> None:
    shown = report(report_sent(*days), date(2026, 12, 31))
    assert shown is not None
    assert (shown.tag, shown.is_done) == (tag, done)
    assert not open_reports([report_sent(*days)], date(2026, 12, 31))


def test_telling_somebody_else_is_no_report() -> None:
    shown = report(report_sent(0, kind="school"), date(2026, 10, 5))
    assert shown is not None
    assert shown.tag == "Not reported yet"


@pytest.mark.parametrize(
    "decision",
    [report_sent(duty="CPA26_CSA"), report_sent(duty=""), report_sent(found=None)],
    ids=["csa", "no", "when"],
)
def test_other_decisions_have_no_such_report(decision: Decision) -> None:
    assert report(decision, date(2026, 10, 5)) is None
    assert open_reports([decision], date(2026, 10, 5)) == []
