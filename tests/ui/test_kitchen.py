"""Every component together, through the client that looks at its pages."""

from urllib.parse import urlencode

import pytest

from tests.pages import Page, PageClient
from tests.ui.kitchen import GOOD, HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.kitchen")]


def test_a_fresh_page_has_no_fault() -> None:
    assert PageClient().get("/").status_code == 200


def test_an_empty_form_is_refused_with_a_link_for_each_error() -> None:
    response = PageClient().post("/", {"p1-said": ""})
    page = Page(response.content.decode())
    assert response.status_code == 422
    links = [link for link in page.all("a") if link.attrs.get("href", "").startswith("#id_")]
    said = [link.text for link in links]
    assert said == [
        "Enter your full name",
        "Enter what was seen or said",
        "Answer the question: How serious is it?",
        "Answer the question: Have you spoken with her?",
        "Answer the question: What help is there?",
        "Enter a day, month and year, such as 27 3 2026",
        "Enter a day, month, year and time, such as 27 3 2026 and 2:30pm",
        "Select how it was sent",
        "Enter age in years",
        "Enter email address",
        "Tick the box: She agreed",
        "Mother (P1): Enter what she said",
        "Mother (P1): Select her answer",
        "Mother (P2): Enter what she said",
        "Mother (P2): Select her answer",
    ]
    assert [link.attrs["href"] for link in links][2:8] == [
        "#id_level_0", "#id_spoken_0", "#id_needs_0", "#id_told_on_day", "#id_happened_at_day", "#id_route",
    ]  # fmt: skip


def test_a_complete_form_is_taken() -> None:
    assert PageClient().post("/", GOOD).status_code == 200


def test_what_was_typed_is_still_there_when_refused() -> None:
    typed = {**GOOD, "seen": "b" * 2105, "told_on_day": "31", "told_on_month": "2", "age": "seven"}
    page = Page(PageClient().post("/", typed).content.decode())
    values = {field.attrs.get("name"): field.attrs.get("value") for field in page.all("input")}
    assert (values["told_on_day"], values["told_on_month"], values["age"]) == ("31", "2", "seven")
    assert [field.text for field in page.all("textarea") if field.attrs["name"] == "seen"] == ["b" * 2105]
    said = [error.text for error in page.classed("govuk-error-message")]
    assert "Error: What was seen or said must be 2,000 characters or fewer. You have typed 2,105." in said
    assert "Error: There is no 31 February in 2026. Check the day and the month" in said


def test_an_opened_question_counts_only_while_open() -> None:
    page = Page(PageClient().post("/", {**GOOD, "level": "other", "p2-answer": "no"}).content.decode())
    links = [link.attrs["href"] for link in page.all("a") if link.attrs.get("href", "").startswith("#id")]
    assert links == ["#id_level_other", "#id_p2-why"]


def test_nothing_of_a_hostile_text_is_alive() -> None:
    html = PageClient().get("/?messages=1").content.decode()
    assert HOSTILE not in html
    assert html.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;") == 4


def test_messages_are_banners() -> None:
    page = Page(PageClient().get("/?messages=1").content.decode())
    assert [banner.attrs["aria-label"] for banner in page.classed("govuk-notification-banner")] == ["Done", "Important"]


def test_a_label_can_be_the_page_heading() -> None:
    page = Page(PageClient().get("/question/").content.decode())
    assert page.all("h1")[0].inside("legend") is not None
    refused = PageClient().post("/question/", {"level": "nonsense"})
    assert refused.status_code == 422
    assert "Select an answer from the list" in refused.content.decode()


def test_quick_leave_is_the_first_stop_after_the_skip_link() -> None:
    page = Page(PageClient().get("/").content.decode())
    stops = [
        element for element in page.all("a", "button", "input", "summary") if element.attrs.get("type") != "hidden"
    ]
    assert [stop.text for stop in stops[:2]] == ["Skip to main content", "Quick leave"]
    form = stops[1].inside("form")
    assert form is not None
    assert (form.attrs["method"], form.attrs["action"]) == ("post", "/left/")


def test_nobody_signed_in_sees_no_quick_leave() -> None:
    page = Page(PageClient().get("/left/").content.decode())
    assert [button.text for button in page.all("button")] == []


def test_navigation_says_where_one_is() -> None:
    page = Page(PageClient().get("/").content.decode())
    current = [link.text for link in page.all("a") if link.attrs.get("aria-current") == "page" and link.inside("nav")]
    assert current[0] == "Decisions"


def test_pages_keep_what_the_address_asks_for() -> None:
    page = Page(PageClient().get("/?page=5&level=high").content.decode())
    pages = [link.attrs["href"] for link in page.all("a") if link.has_class("govuk-pagination__link")]
    assert pages == [f"?page={number}&level=high" for number in (4, 1, 4, 5, 6, 10, 6)]


def test_a_filter_that_is_set_is_said_above_it_and_goes_alone() -> None:
    page = Page(PageClient().get("/?page=5&level=high").content.decode())
    [tag] = page.classed("app-tags__tag")
    assert tag.text.startswith("Remove the filter ")
    assert tag.attrs["href"] == "?"
    assert not [element for element in page.all("details") if "open" in element.attrs]
    assert [box.attrs["value"] for box in page.all("input") if "checked" in box.attrs] == ["high"]


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("value", ["\ud800", "a\x00b", "x" * 50_000, "\u202egnp", "👩‍👩‍👧", "<b>", "%s", "{{ x }}"])
def test_no_text_in_any_field_breaks_the_page(value: str) -> None:
    sent = value.encode("utf-8", "surrogatepass")
    typed = dict.fromkeys(GOOD, sent) | {"level": b"other", "level_other": sent, "note": sent}
    body = urlencode(typed)
    response = PageClient().post("/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
