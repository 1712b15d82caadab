"""Components printed from data."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import mark_safe

from tests.pages import Page
from ui.rows import Event, Row, Task

BAD = '<img src=x onerror="alert(1)">'


def printed(source: str, **context: object) -> Page:
    return Page(Template("{% load ui %}" + source).render(Context(context)))


def test_a_summary_list_says_what_a_link_changes() -> None:
    page = printed("{% summary_list rows %}", rows=[Row("Child", "Ada", "/c/", "the child"), Row("Age", "7", "/a/")])
    assert [link.text for link in page.all("a")] == ["Change the child", "Change Age"]
    assert [value.text for value in page.all("dd") if value.has_class("govuk-summary-list__value")] == ["Ada", "7"]


def test_a_row_may_have_several_lines_and_no_link() -> None:
    page = printed("{% summary_list rows %}", rows=[Row("To", ["Police", "School"]), Row("Why", "a\nb", "/w/")])
    assert [line.text for line in page.all("p")] == ["Police", "School", "ab"]
    assert len(page.all("br")) == 1
    assert len(page.classed("govuk-summary-list__row--no-actions")) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_a_line_is_kept(end: str) -> None:
    page = printed("{% summary_list rows %}", rows=[Row("Why", f"a{end}b")])
    assert [len(page.all("br")), page.all("p")[0].text] == [1, "ab"]


def test_an_empty_summary_list_is_empty() -> None:
    assert printed("{% summary_list rows %}", rows=[]).all("div") == []


@pytest.mark.parametrize(
    ("source", "context"),
    [
        ("{% summary_list rows %}", {"rows": [Row(BAD, BAD, BAD, BAD), Row(BAD, [BAD, BAD])]}),
        ("{% status_tag bad 'red' %}", {"bad": BAD}),
        ("{% banner bad bad %}", {"bad": BAD}),
        ("{% timeline items %}", {"items": [Event(BAD, BAD, BAD, BAD, BAD), Event(BAD, date(2026, 1, 1))]}),
        ("{% task_list tasks %}", {"tasks": [Task(BAD, BAD, BAD, BAD, "red"), Task(BAD, BAD)]}),
        ("{% details bad %}{{ bad }}{% enddetails %}", {"bad": BAD}),
    ],
)
def test_nothing_a_component_is_given_is_alive(source: str, context: dict[str, object]) -> None:
    page = printed(source, **context)
    assert page.all("img") == []
    assert [element for element in page.elements if "onerror" in element.attrs] == []
    assert page.stray == []


def test_what_python_marked_safe_is_kept() -> None:
    assert printed("{% summary_list rows %}", rows=[Row("Tag", mark_safe("<em>x</em>"))]).all("em")


def test_a_status_tag_has_a_known_colour() -> None:
    assert printed("{% status_tag 'Draft' 'yellow' %}").all("strong")[0].has_class("govuk-tag--yellow")
    with pytest.raises(ValueError, match="no colour of a tag"):
        printed("{% status_tag 'Draft' 'beige' %}")


@pytest.mark.parametrize(
    ("kind", "title", "role"),
    [
        ("success", "Done", "alert"),
        ("error", "There is a problem", "alert"),
        ("warning", "Important", "region"),
        ("info", "Information", "region"),
        ("", "Information", "region"),
    ],
)
def test_a_banner_is_named_by_its_kind(kind: str, title: str, role: str) -> None:
    banner = printed("{% banner kind 'It was kept' %}", kind=kind).classed("govuk-notification-banner")[0]
    assert (banner.attrs["aria-label"], banner.attrs["role"]) == (title, role)
    assert "It was kept" in banner.text


def test_a_timeline_writes_days_and_times_in_local_time() -> None:
    items = [
        Event("Sent", datetime(2026, 7, 1, 13, 5, tzinfo=UTC), by="Sam Rivers", url="/s/"),
        Event("Born", date(2019, 5, 1), text="At home\nin the night"),
        Event("Told", "in spring"),
    ]
    page = printed("{% timeline items %}", items=items)
    assert [when.text for when in page.classed("app-timeline__when")] == [
        "1 July 2026, 2:05pm, Sam Rivers", "1 May 2019", "in spring",
    ]  # fmt: skip
    assert [time.attrs["datetime"] for time in page.all("time")] == ["2026-07-01T14:05:00+01:00", "2019-05-01"]


def test_a_task_list_ties_each_link_to_its_status() -> None:
    page = printed(
        "{% task_list tasks %}{% task_list tasks 'other' %}",
        tasks=[Task("Who", "Done", "/w/"), Task("Worry", "To do", "/x/", "Facts", "blue"), Task("Check", "Not yet")],
    )
    described = [link.attrs["aria-describedby"] for link in page.all("a")]
    assert described == ["task-1-status", "task-2-hint task-2-status", "other-1-status", "other-2-hint other-2-status"]
    assert all(page.by_id(id_) for ids in described for id_ in ids.split())


def test_one_page_needs_no_pagination() -> None:
    assert printed("{% pagination page %}", page=Paginator([1, 2], 10).page(1)).elements == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, ["?page=1", "?page=2", "?page=9", "?page=2"]),
        (9, ["?page=8", "?page=1", "?page=8", "?page=9"]),
    ],
)
def test_the_first_and_last_page_have_one_neighbour(number: int, expected: list[str]) -> None:
    page = printed("{% pagination page %}", page=Paginator(range(90), 10).page(number))
    assert [link.attrs["href"] for link in page.all("a")] == expected
    assert [link.text for link in page.all("a") if link.attrs.get("aria-current")] == [str(number)]


def test_details_hide_what_they_hold() -> None:
    page = printed("{% details 'Why this?' %}<p>Because {{ x }}</p>{% enddetails %}", x="<b>")
    assert page.all("summary")[0].text == "Why this?"
    assert page.all("p")[0].text == "Because <b>"
    assert "open" not in page.all("details")[0].attrs
