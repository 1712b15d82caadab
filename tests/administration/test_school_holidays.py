"""The days a school is closed, which are no school days for a file on its way to another school."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import SchoolHoliday
from accounts.queries import closed_days, school_holidays_visible_to
from administration.holiday_forms import HolidaysForm, line_of
from tests.accounts.entries import last
from tests.administration.pages import SignIn
from tests.administration.test_organisation import at, text
from tests.cast import Cast

CHRISTMAS = (date(2026, 12, 21), date(2027, 1, 1))
INSET = (date(2026, 10, 23), date(2026, 10, 23))


def kept(cast: Cast) -> list[tuple[date, date]]:
    rows = SchoolHoliday.objects.filter(organisation=cast.organisation)
    return [(row.first_day, row.last_day) for row in rows]


def test_they_are_kept_shown_and_sent_again_as_they_were_shown(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    typed = "21 December 2026 to 1 January 2027\n\n23/10/2026"
    assert client.post(at("school_holidays"), {"holidays": typed}).headers["Location"] == at("organisation")
    assert kept(cast) == [INSET, CHRISTMAS]
    shown = text(client.get(at("organisation")))
    assert "21 December 2026 to 1 January 2027" in shown
    assert "23 October 2026" in shown
    rows = [row.pk for row in SchoolHoliday.objects.all()]
    again = "\n".join(line_of(*days) for days in kept(cast))
    assert f">\n{again}</textarea>" in text(client.get(at("school_holidays")))
    client.post(at("school_holidays"), {"holidays": again})
    assert [row.pk for row in SchoolHoliday.objects.all()] == rows
    client.post(at("school_holidays"), {"holidays": ""})
    assert kept(cast) == []


def test_each_change_is_an_entry(cast: Cast, as_user: SignIn) -> None:
    as_user(cast.administrator).post(at("school_holidays"), {"holidays": "23 10 2026"})
    entry = last(cast.organisation)
    assert (entry.actor_id, entry.changes["first_day"][1]) == (cast.administrator.pk, "2026-10-23")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Christmas", "Line 1: enter the first and the last day"),
        ("23 10 2026\n31 2 2027", "Line 2: enter the first and the last day"),
        ("1 1 2027 to 21 12 2026", "Line 1: the last day must not be before the first"),
        ("21 12 2026 to 1 1 2028", "Line 1: this is longer than any school holiday"),
        ("21 12 26 to 1 1 27", "Line 1: enter the first and the last day"),
        ("1 1 2027 to 2 1 2027 to 3 1 2027", "Line 1: enter the first and the last day"),
        ("23 10 2026\n" * 61, "Enter 60 lines or fewer"),
        ("23 10 2026 " * 400, "characters or fewer"),
        ("23 10 2026\x00", "cannot be kept"),
    ],
    ids=["words", "no such day", "backwards", "too long", "short year", "three", "lines", "length", "nul"],
)
def test_what_is_no_holiday_is_told_and_kept_on_the_page(cast: Cast, as_user: SignIn, typed: str, said: str) -> None:
    actions.change_school_holidays(holidays=[INSET], by=cast.administrator, at=timezone.now())
    answer = as_user(cast.administrator).post(at("school_holidays"), {"holidays": typed})
    assert answer.status_code == 422
    assert said in text(answer)
    assert kept(cast) == [INSET]


def test_half_a_page_clears_nothing(cast: Cast, as_user: SignIn) -> None:
    actions.change_school_holidays(holidays=[INSET], by=cast.administrator, at=timezone.now())
    answer = as_user(cast.administrator).post(at("school_holidays"), {})
    assert answer.status_code == 422
    assert kept(cast) == [INSET]


@pytest.mark.parametrize(
    "typed",
    ["21 December 2026 to 1 January 2027", "21 dec 2026 - 1 jan 2027", "21/12/2026 until 01/01/2027",
     "2026-12-21 to 2027-01-01", "  21  12  2026   to  1 1 2027 ", "21 12 2026 \u2013 1 1 2027"],
)  # fmt: skip
def test_days_may_be_written_as_people_write_them(typed: str) -> None:
    form = HolidaysForm({"holidays": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["holidays"] == [CHRISTMAS]


def test_every_day_of_a_holiday_is_closed(cast: Cast) -> None:
    holiday = SchoolHoliday(first_day=date(2026, 12, 30), last_day=date(2027, 1, 1))
    assert closed_days([holiday]) == {date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)}
    actions.change_school_holidays(holidays=[INSET], by=cast.administrator, at=timezone.now())
    assert not school_holidays_visible_to(cast.stranger.administrator).exists()


@pytest.mark.django_db
def test_the_database_refuses_one_that_ends_before_it_begins(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_schoolholiday (organisation_id, public_id, first_day, last_day) "
            "VALUES (%s, %s, '2026-12-21', '2026-12-20')",
            [cast.organisation.pk, "0" * 32],
        )
