"""The client that looks at its pages: each fault it is there for is found."""

import pytest
from django.http import HttpResponse, JsonResponse

from tests.pages import Page, faults, is_page, new_faults

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>Who, Service</title></head><body>
<a href="#main">Skip</a><main id="main"><h1>Who</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="a">Name</label><input id="a" name="a" aria-describedby="h"><p id="h">As known</p>
<fieldset><legend>Which</legend><label><input type="radio" name="r" value="1"> One</label></fieldset>
<button>Go on</button></form></main></body></html>"""
ERRORS = '<div class="govuk-error-summary"><a href="#{}">Enter a name</a></div>'


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!DOCTYPE html>", "", "no <!DOCTYPE html>"),
        (' lang="en-GB"', "", "<html> has no lang"),
        ("<main", "<main></main><main", "2 <main> elements"),
        ("<h1>Who</h1>", "", "0 h1 and 1 title"),
        ("<h1>Who</h1>", "<h1>Who</h1><h1>Who</h1>", "2 h1 and 1 title"),
        ("<h1>Who</h1>", "<h1> </h1>", "the h1 is empty"),
        ("<title>Who", "<title>What", "does not start with 'Who'"),
        ("<h1>Who</h1>", ERRORS.format("a") + "<h1>Who</h1>", "does not start with 'Error: Who'"),
        ('<p id="h"', '<p id="a"', "id 'a' 2 times"),
        ('<p id="h"', "<p", "aria-describedby names 'h'"),
        ('for="a"', 'for="b"', "for names 'b'"),
        ('href="#main"', 'href="#top"', "a link to '#top' lands nowhere"),
        ('<label for="a">Name</label>', "", "no label"),
        ('<label for="a">Name</label>', '<label for="a"> </label>', "no label"),
        ("<legend>Which</legend>", "", "a radio without a legend"),
        ("<title>Who", "<title>Error: Who", "does not start with 'Who'"),
        ("<h1>", '<p class="govuk-error-message">Enter</p><h1>', "an error beside a field, and no error summary"),
        ("<h1>", "<script>alert(1)</script><h1>", "inline script"),
        ("<h1>", "<style>p {}</style><h1>", "a <style> element"),
        ('<p id="h"', '<p id="h" style="color: red"', "style on"),
        ('<p id="h"', '<p id="h" onclick="x()"', "onclick on"),
        ('href="#main"', 'href="javascript:x()"', "javascript: on"),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "", "a POST form without its token"),
        ("</form>", '<form method="get"></form></form>', "a form inside a form"),
        ("Go on", "", "no words on"),
        ("<h1>", '<img src="x.png"><h1>', "no alt on"),
        ("</fieldset>", "</div>", "</div> closes <fieldset>"),
    ],
)
def test_each_fault_is_found(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert [one for one in found if fault in one], found


@pytest.mark.parametrize("target", ["h", "nowhere", ""])
def test_an_error_link_must_lead_to_an_input(target: str) -> None:
    page = GOOD.replace("<title>", "<title>Error: ").replace("<h1>", ERRORS.format(target) + "<h1>")
    assert [one for one in faults(page) if "does not lead to an input" in one]


def test_an_error_link_to_an_input_is_good() -> None:
    assert faults(GOOD.replace("<title>", "<title>Error: ").replace("<h1>", ERRORS.format("a") + "<h1>")) == []


def test_a_fault_is_found_whatever_was_looked_at_before() -> None:
    other, faulty = GOOD.replace('value="x"', 'value="y"'), GOOD.replace('<p id="h"', '<p id="a"')
    assert [new_faults(html) for html in (GOOD, other)] == [[], []]
    for html in (faulty, faulty.replace('value="x"', 'value="y"'), faulty):
        assert any("id 'a' 2 times" in fault for fault in new_faults(html))


def test_only_pages_are_looked_at() -> None:
    assert is_page(HttpResponse("<p>"))
    assert not is_page(JsonResponse({}))
    assert not is_page(HttpResponse("", status=302))


def test_text_reads_as_on_the_screen() -> None:
    page = Page("<p>One <b>two</b><i>three</i>\n four</p>")
    assert page.all("p")[0].text == "One twothree four"
