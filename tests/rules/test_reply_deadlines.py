"""Days on which an answer is due: weekends and bank holidays do not count, and nothing is overdue on its day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reply_deadlines import overdue_if_sent_before, reply_due, transfer

DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


@pytest.mark.parametrize(("sent", "due"), [
    (date(2026, 11, 18), date(2026, 11, 19)),  # a Wednesday
    (date(2026, 11, 20), date(2026, 11, 23)),  # a Friday
    (date(2026, 11, 21), date(2026, 11, 23)),
    (date(2026, 12, 24), date(2026, 12, 29)),  # Christmas, Boxing Day's substitute on Monday
    (date(2026, 4, 2), date(2026, 4, 7)),  # before Good Friday
])  # fmt: skip
def test_an_answer_is_due_by_the_end_of_the_next_working_day(sent: date, due: date) -> None:
    assert reply_due(sent, due).day == due
    assert not reply_due(sent, due).overdue
    assert reply_due(sent, due + timedelta(days=1)).overdue


def test_a_transfer_takes_five_working_days() -> None:
    """S08: decided on Thursday 3 September, sent on Monday the 7th."""
    decided = date(2026, 9, 3)
    due = transfer(decided, date(2026, 9, 7))
    assert (due.day, due.left, due.overdue) == (date(2026, 9, 10), 3, False)
    assert transfer(decided, date(2026, 9, 10)).left == 0
    late = transfer(decided, date(2026, 9, 11))
    assert (late.left, late.overdue) == (0, True)


@given(sent=DAYS, today=DAYS)
def test_the_query_and_the_page_agree(sent: date, today: date) -> None:
    """What is asked of the database for many is what each page says of one."""
    assert reply_due(sent, today).overdue is (sent < overdue_if_sent_before(today))
