"""A real browser: Chromium from the machine's packages, never downloaded, with axe at hand."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.devices import new_device

__all__ = ["new_device"]

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The shell without a window first: Chromium itself draws a window, with tabs, for each test.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # No page lives long enough for its scripts to be worth optimising, nor for its first rubbish to be worth sorting.
    "--js-flags=--no-opt --no-maglev --min-semi-space-size=32 --max-semi-space-size=64",
]  # fmt: skip
# govuk-frontend issue 979: radios and checkboxes that open a question carry aria-expanded. Nothing else is let off.
KNOWN = (
    ".govuk-radios__input[data-aria-controls], .govuk-radios__input[aria-controls], "
    ".govuk-checkboxes__input[aria-controls]"
)
# Rules that look at more of a page than an element, what it stands in and what it holds.
OF_THE_PAGE = [
    "aria-valid-attr-value", "bypass", "document-title", "duplicate-id-aria", "form-field-multiple-labels",
    "frame-title-unique", "label", "link-in-text-block", "target-size", "td-headers-attr",
]  # fmt: skip
# Only what is wrong crosses over to the test. Rules about sheets of style are not among WCAG's, so none is fetched.
# Rules about an element are asked of what is new, and of what that stands in and holds.
FAULTS = """async ([tags, known, ofThePage, fresh]) => {
  const all = document.querySelectorAll("*"), asked = new Set()
  for (const at of fresh) {
    for (let one = all[at]; one; one = one.parentElement) asked.add(one)
    for (const one of all[at].querySelectorAll("*")) asked.add(one)
  }
  for (const rule of axe._audit.rules.filter((one) => !ofThePage.includes(one.id))) {
    const matches = rule.asItWas ??= rule.matches
    rule.matches = function (node, ...more) { return asked.has(node) && matches.call(this, node, ...more) }
  }
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: {assets: ["media"]},
  })
  const isKnown = (rule, node) => rule === "aria-allowed-attr" && node.html.includes("aria-expanded")
    && document.querySelector(node.target[0]).matches(known)
  return found.violations.flatMap((rule) => rule.nodes
    .filter((node) => !isKnown(rule.id, node))
    .map((node) => ({id: rule.id, impact: rule.impact, html: node.html})))
}"""
# The kind of each element, as far as axe tells them apart, a line each: the width of the page, all it stands in, what
# it is, and whether it has words and a label and is seen. Not the words, numbers and addresses. The first line
# is the page's. As one text they cross over in a third of the time.
KINDS = """() => {
  const plain = (text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+/g, "0").replace(/\\s+/g, " ")
  const said = (at) => ["value", "href", "action", "datetime"].includes(at.name) ? Boolean(at.value) : plain(at.value)
  const itself = (one) => [one.tagName, ...[...one.attributes].map((at) => `${at.name}=${said(at)}`)]
  const inside = new Map([[null, innerWidth]])
  const kind = (one) => {
    const around = inside.get(one.parentElement)
    inside.set(one, `${around} ${one.tagName} ${plain(one.className.toString())}`)
    return [around, ...itself(one), one.labels?.length, Boolean(one.textContent.trim()),
      one.checkVisibility({visibilityProperty: true})].join(" ")
  }
  const page = `${plain(location.pathname)} ${Boolean(document.title)}`
  return [page, ...[...document.querySelectorAll("*")].map(kind)].join("\\n")
}"""
MISSING = "No browser found: the browser tests did not run. Install one with: apt-get install chromium"

Axe = Callable[..., list[str]]
# Kinds of elements, and pages with each kind of element on them.
_passed: set[str] = set()
_passed_pages: set[tuple[str, str]] = set()


def executable() -> str:
    found = [shutil.which(name) for name in NAMES]
    return os.environ.get("BROWSER_PATH", "") or next((path for path in found if path), "")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped browser tests must not look like a green run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(MISSING in str(report.longrepr) for report in skipped):
        terminalreporter.write_line("")
        terminalreporter.write_line(f" {MISSING} ", red=True, bold=True, invert=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = executable()
    if not path:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*sandbox, *FLAGS]}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Tests name the live server themselves; the plugin's own fixture warns on this pytest."""
    return ""


@pytest.fixture
def browser_page(page: Page) -> Iterator[Page]:
    """A page that fails its test for any message on the console: a refused script, a missing file, an error."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    # The page itself answering 4xx (a refused form, a missing page) is often what is tested.
    assert [text for text in heard if "status of 4" not in text] == []


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def axe(context: BrowserContext) -> Axe:
    """`axe(page)` lists what breaks WCAG 2.0 to 2.2, A or AA, one line each.

    A page that came before in this run is looked at again only for an element of a kind that was not on it then, and
    an element as such only if none of its kind was on any page. The browser puts axe into every page itself: sent with
    each question it takes longer than its answer.
    """
    context.add_init_script(AXE.read_text(encoding="utf-8"))

    def run(page: Page) -> list[str]:
        where, *kinds = str(page.evaluate(KINDS)).split("\n")
        on_page = {(where, kind) for kind in kinds}
        if on_page <= _passed_pages:
            return []
        fresh = [at for at, kind in enumerate(kinds) if kind not in _passed]
        found: list[dict[str, str]] = page.evaluate(FAULTS, [WCAG, KNOWN, OF_THE_PAGE, fresh])
        if not found:
            _passed.update(kinds)
            _passed_pages.update(on_page)
        return [f"{fault['id']} ({fault['impact']}): {fault['html'][:160]}" for fault in found]

    return run
