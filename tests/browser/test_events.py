"""After a decision is recorded, in a browser: what came of it, a withdrawal, words set beside it, and copies of it."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from tests.browser.hands import Axe, Hands, let_in
from tests.cast import Cast, make_cast
from tests.decisions import event_stories as stories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 375, "height": 800}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def agreed(cast: Cast) -> Decision:
    now = timezone.now()
    return stories.recorded(cast, stories.agreed(now), now)


@pytest.fixture
def hands(browser_page: Page, live_server: LiveServer, axe: Axe, cast: Cast) -> Hands:
    browser_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    let_in(browser_page.context, live_server.url, cast.practitioner)
    return Hands(browser_page, live_server.url, axe)


@pytest.fixture
def without_script(page_without_script: Page, live_server: LiveServer, cast: Cast) -> Hands:
    let_in(page_without_script.context, live_server.url, cast.practitioner)
    return Hands(page_without_script, live_server.url)


def open_decision(hands: Hands, decision: Decision) -> str:
    heading = f"Decision {decision.reference}"
    hands.go(f"/decisions/{decision.public_id}/")
    hands.sees(heading)
    return heading


def test_what_happened_next(hands: Hands, agreed: Decision) -> None:
    """S18: it is chased, refused, answered and taken up; then they have it after all."""
    heading = open_decision(hands, agreed)
    hands.page.get_by_role("link", name="I chased it").click()
    hands.sees("Record the outcome")
    expect(hands.within("What happened?").get_by_label("I chased it, but had no response")).to_be_checked()
    hands.type("In a few words", "Rang twice, left a message.")
    hands.press("Add to the record")
    hands.sees(heading)
    hands.follow("Record the outcome")
    hands.press("Add to the record")
    hands.is_refused("Record the outcome", "Choose what happened")
    hands.select("Which recipient is this about?", stories.SCHOOL)
    hands.choose("What happened?", "They did not accept it")
    hands.type("In a few words", "They ask for the father's consent, too.")
    hands.type("What did you answer?", "Her mother's word is enough.", hands.page.locator("#conditional-id_kind_2"))
    hands.type("Who did you escalate it to?", "The head teacher", hands.page.locator("#conditional-id_kind_2"))
    hands.press("Add to the record")
    hands.sees(heading)
    hands.reads("They did not accept it", "Her mother's word is enough.", "The head teacher")


def test_a_receipt(hands: Hands, agreed: Decision) -> None:
    heading = open_decision(hands, agreed)
    hands.page.get_by_role("button", name="Record a receipt").click()
    hands.sees("Record a receipt")
    hands.type("Who confirmed it?", "The office, by phone")
    hands.press("Add to the record")
    hands.sees(heading)
    hands.reads("Receipt confirmed:", "The office, by phone")
    expect(hands.page.get_by_role("heading", name="Has it arrived?")).to_have_count(0)


def test_a_withdrawal(hands: Hands, agreed: Decision) -> None:
    """S10: said at the top, with what can be done now; what was agreed before is still there."""
    heading = open_decision(hands, agreed)
    hands.follow(f"Record {stories.MOTHER}'s views")
    hands.sees("Record their views")
    hands.choose("What do they say now?", "Consent given, then withdrawn")
    hands.when("When did they say so?", timezone.now())
    hands.type("How?", "In writing")
    hands.press("Add to the record")
    hands.sees(heading)
    hands.reads("do not send anything more that relies on it", "Yes, please help us.", "Consent given, then withdrawn")
    expect(hands.page.get_by_role("button", name="Stop sharing")).to_be_visible()


def test_words_set_beside(hands: Hands, agreed: Decision) -> None:
    heading = open_decision(hands, agreed)
    hands.follow("Correct or add to this record")
    hands.sees("Correct or add to this record")
    hands.choose("What do you want to add?", "A person it is about says that something here is wrong")
    hands.select("Who disputes it?", stories.MOTHER)
    hands.select("Which part of the record is it about?", "Your concern")
    hands.type("What do you want to add to the record?", "We moved twice, not every few months.")
    hands.press("Add to the record")
    hands.sees(heading)
    hands.reads(f"Disputed by {stories.MOTHER}", "We moved twice", "They move house every few months.")


def test_one_line_of_a_group(hands: Hands, cast: Cast) -> None:
    now = timezone.now()
    group = stories.recorded(cast, stories.group(now, timezone.localdate(now).replace(year=now.year + 1)), now)
    heading = open_decision(hands, group)
    hands.choose("Who did you share it with?", stories.SCHOOL)
    hands.type("What?", "A good week at school.")
    hands.press("Record this")
    hands.reads("Added to the record.")
    hands.sees(heading)
    hands.reads("A good week at school.")


def test_a_summary_in_one_click(hands: Hands, agreed: Decision) -> None:
    hands.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_decision(hands, agreed)
    hands.follow("Summary for another case system")
    hands.sees("Summary for another case system")
    hands.page.get_by_role("button", name="Copy").click()
    expect(hands.page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = hands.page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == "HIDE FROM ONLINE VIEW"
    assert copied == hands.page.get_by_label("The summary").input_value()


def test_a_summary_where_the_browser_keeps_its_clipboard(hands: Hands, agreed: Decision) -> None:
    """It is selected, and the page says what to do."""
    hands.go(f"/decisions/{agreed.public_id}/summary/")
    hands.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('kept')) }")
    hands.page.evaluate("() => { document.execCommand = () => false }")
    hands.page.get_by_role("button", name="Copy").click()
    expect(hands.page.get_by_role("status").filter(has_text="All of it is selected")).to_be_visible()
    box = "document.getElementById('summary')"
    assert hands.page.evaluate(f"{box}.selectionEnd - {box}.selectionStart === {box}.value.length")


def test_without_script(without_script: Hands, agreed: Decision) -> None:
    """Nothing that needs it is shown, and everything else works."""
    without_script.go(f"/decisions/{agreed.public_id}/summary/")
    expect(without_script.page.get_by_role("button", name="Copy")).to_be_hidden()
    assert without_script.page.get_by_label("The summary").input_value().startswith("HIDE FROM ONLINE VIEW")
    without_script.go(f"/decisions/{agreed.public_id}/responses/add/")
    without_script.select("Which recipient is this about?", stories.SCHOOL)
    without_script.choose("What happened?", "They are acting on it")
    without_script.type("In a few words", "They start on Monday.")
    without_script.press("Add to the record")
    without_script.reads("They start on Monday.")


def test_a_record_on_paper(hands: Hands, agreed: Decision, tmp_path: Path) -> None:
    """Whole, without what only a screen needs, and nothing runs off the sheet."""
    page = hands.page
    hands.go(f"/decisions/{agreed.public_id}/print/")
    hands.sees(f"Record of decision {agreed.reference}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    expect(page.locator(".app-record__head")).to_be_visible()
    for gone in ("Quick leave", "Sign out", "Print"):
        expect(page.get_by_role("button", name=gone, exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation")).to_have_count(0)
    wide = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > 701).length"
    assert page.evaluate(wide) == 0
    hidden = (
        "[...document.querySelectorAll('main dd p')].filter(one => one.getBoundingClientRect().height === 0).length"
    )
    assert page.evaluate(hidden) == 0
    page.emulate_media(media="screen")
    paper = page.pdf(path=tmp_path / "record.pdf", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") >= 2


def test_the_log_as_a_file_is_saved_once_whole(
    hands: Hands, agreed: Decision, cast: Cast, live_server: LiveServer
) -> None:
    """A supervisor sees when it is complete, and can take it again."""
    let_in(hands.page.context, live_server.url, cast.supervisor)
    hands.go("/reports/log/")
    said, button = hands.page.get_by_role("status"), hands.page.get_by_role("button", name="Download", exact=True)
    with hands.page.expect_download() as taken:
        button.click()
    assert taken.value.suggested_filename == "decision-log.csv"
    assert agreed.reference in Path(taken.value.path()).read_text()
    expect(said).to_have_text("The file is complete. Decisions in it: 1.")
    expect(button).to_be_enabled()
