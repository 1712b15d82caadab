"""What a page costs the person at it, by the keystroke-level model. Its constants and their sources: docs/effort.md."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

PAPER = Path(__file__).parents[2] / "docs" / "effort.md"
# Seconds.
TAP = 1.10
THINK = 1.35
SWIPE = 0.50
WORD = 60 / 36.2
CHARACTERS = 5  # of a word, as typing speeds count them
# A swipe moves most of what is seen, so that the reader keeps their place.
SHARE_OF_A_SCREEN = 0.8
COUNTING = """
addEventListener("pointerdown", () => sessionStorage.setItem("taps", 1 + Number(sessionStorage.getItem("taps"))), true)
"""


@dataclass(frozen=True)
class Effort:
    """Operators of one task on a phone."""

    taps: int
    characters: int
    thoughts: int
    swipes: int

    @property
    def words(self) -> float:
        return self.characters / CHARACTERS

    @property
    def seconds(self) -> float:
        return self.taps * TAP + self.words * WORD + self.thoughts * THINK + self.swipes * SWIPE

    def row(self, task: str) -> str:
        """A line of the table in docs/effort.md."""
        return f"| {task} | {self.taps} | {self.words:.0f} | {self.thoughts} | {self.swipes} | {self.seconds:.0f} s |"

    def is_no_more_than_written(self, task: str) -> bool:
        """Fonts of another machine may make a page a little shorter or longer, so swipes alone do not count."""
        line = next(one for one in PAPER.read_text().splitlines() if one.startswith(f"| {task} |"))
        taps, words, thoughts, _, seconds = (int(re.sub(r"\D", "", cell)) for cell in line.split("|")[2:7])
        within = self.taps <= taps and round(self.words) <= words and self.thoughts <= thoughts
        return within and round(self.seconds) <= seconds + 1


def count_taps(page: Page) -> None:
    """From the next page on. The script is the browser's own, so the site's policy does not stop it."""
    page.add_init_script(COUNTING)


def taps(page: Page) -> int:
    """Read on the page before the one that the last tap leads to, or on it."""
    return int(page.evaluate("Number(sessionStorage.getItem('taps'))"))


def swipes_to(page: Page, selector: str) -> int:
    """From the top of the page until that is seen, before anything is opened by an answer."""
    height = page.viewport_size["height"] if page.viewport_size else 0
    bottom = page.evaluate(
        "selector => document.querySelector(selector).getBoundingClientRect().bottom + scrollY", selector
    )
    return max(0, -int(-(bottom - height) // (height * SHARE_OF_A_SCREEN)))
