"""Date fields in a form: what is read, what is said, what is shown again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ui import fields, forms
from ui.errors import error_links

PARTS = ("day", "month", "year", "time")


class When(forms.Form):
    on = fields.DateField(required=False)
    at = fields.DateTimeField(required=False)


class Past(forms.Form):
    on = fields.DateField(when="past")
    at = fields.DateTimeField(when="past")


class Future(forms.Form):
    on = fields.DateField(when="future")
    at = fields.DateTimeField(when="future")


def sent(name: str, *texts: str) -> dict[str, str]:
    return {f"{name}_{part}": text for part, text in zip(PARTS, texts, strict=False)}


def moment(name: str, when: datetime) -> dict[str, str]:
    local = timezone.localtime(when)
    return sent(name, str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")


def test_nothing_typed_is_none_where_nothing_is_needed() -> None:
    form = When({})
    assert form.is_valid()
    assert form.cleaned_data == {"on": None, "at": None}


def test_a_date_and_a_moment_are_read() -> None:
    form = When({**sent("on", "27", "3", "2026"), **sent("at", "1", "july", "2026", "2.30pm")})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 3, 27)
    assert form.cleaned_data["at"] == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    assert timezone.is_aware(form.cleaned_data["at"])


def test_half_a_date_is_refused_even_where_none_is_needed() -> None:
    form = When(sent("on", "27"))
    assert error_links(form) == [("#id_on_month", "The date must include a month and a year, such as 27 3 2026")]


def test_a_time_is_asked_for() -> None:
    form = When(sent("at", "27", "3", "2026"))
    assert error_links(form) == [("#id_at_time", "Enter a time, such as 2:30pm or 14:30")]


def test_the_wrong_part_is_marked_and_each_text_kept() -> None:
    html = When(sent("on", "31", "<b>", "26"))["on"].as_field_group()
    assert 'value="31"' in html
    assert 'value="&lt;b&gt;"' in html
    assert 'value="26"' in html
    assert html.count('aria-invalid="true"') == 1
    assert html.count("govuk-input--error") == 1


def test_missing_and_needed_says_what_to_do() -> None:
    assert [message for _, message in error_links(Past({}))] == [
        "Enter a day, month and year, such as 27 3 2026",
        "Enter a day, month, year and time, such as 27 3 2026 and 2:30pm",
    ]


def test_an_author_may_say_it_better() -> None:
    class Revealed(forms.Form):
        on = fields.DateField(error_messages={"required": "Enter when the school told you"})

    assert error_links(Revealed({})) == [("#id_on_day", "Enter when the school told you")]


def test_past_and_future_are_kept_apart() -> None:
    now = timezone.now()
    later, earlier = now + timedelta(days=2), now - timedelta(days=2)
    assert Past({**moment("on", earlier), **moment("at", earlier)}).is_valid()
    assert Future({**moment("on", later), **moment("at", later)}).is_valid()
    assert [text for _, text in error_links(Past({**moment("on", later), **moment("at", later)}))] == [
        "The date must be today or in the past",
        "The date and time must be in the past",
    ]
    assert [text for _, text in error_links(Future({**moment("on", earlier), **moment("at", earlier)}))] == [
        "The date must be today or in the future",
        "The date and time must be in the future",
    ]


def test_today_is_past_and_future_enough() -> None:
    today = moment("on", timezone.now())
    assert "on" not in Past(today).errors
    assert "on" not in Future(today).errors


def test_what_is_stored_is_shown_in_parts() -> None:
    form = When(initial={"on": date(2026, 3, 27), "at": datetime(2026, 7, 1, 13, 30, tzinfo=UTC)})
    assert [part["value"] for part in form["on"].date_parts] == ["27", "3", "2026"]  # type: ignore[attr-defined]
    assert [part["value"] for part in form["at"].date_parts] == ["1", "7", "2026", "2:30pm"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("initial", "changed"),
    [
        (datetime(2026, 7, 1, 13, 30, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 13, 31, tzinfo=UTC), True),
        (None, True),
    ],
)
def test_seconds_nobody_sees_are_no_change(initial: Any, changed: bool) -> None:  # noqa: FBT001  a parameter of the table
    form = When(sent("at", "1", "7", "2026", "2:30pm"), initial={"at": initial})
    assert form.has_changed() is changed


def test_what_cannot_be_read_is_a_change() -> None:
    assert When(sent("on", "x"), initial={"on": None}).has_changed()
    assert not When({}, initial={"on": None}).has_changed()


def test_the_night_the_clocks_change_is_no_fault() -> None:
    assert error_links(When(sent("at", "29", "3", "2026", "1:30am")))[0][0] == "#id_at_time"
    assert "came twice" in str(When(sent("at", "25", "10", "2026", "1:30am")).errors)
    assert When(sent("at", "25", "10", "2026", "1:30am GMT")).is_valid()


@given(st.lists(st.text(st.characters()), min_size=4, max_size=4))
def test_whatever_is_typed_the_form_answers_and_prints(texts: list[str]) -> None:
    form = When({**sent("on", *texts[:3]), **sent("at", *texts)})
    form.is_valid()
    str(form).encode()


# Before 1972 the clocks of the war years and of British Standard Time had hours that no form here has to tell apart.
@given(st.datetimes(datetime(1972, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  hypothesis wants naive bounds
def test_a_moment_shown_and_sent_back_is_the_same_minute(when: datetime) -> None:
    shown = When(initial={"at": when})["at"].date_parts  # type: ignore[attr-defined]
    form = When({part["name"]: part["value"] for part in shown})
    assert form.is_valid()
    assert form.cleaned_data["at"].astimezone(UTC) == when.replace(second=0, microsecond=0)
