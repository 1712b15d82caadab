"""What an administrator does with the audit log, in the browser."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from tests.browser.hands import Hands


def administer(hands: Hands, case_text: Sequence[str]) -> None:
    """Verifies, and takes both copies: neither holds a word of the case."""
    hands.sign_in("administrator@demo.test")
    hands.follow("Audit log")
    hands.sees("Audit log")
    hands.press("Verify now")
    hands.reads("every entry is as it was written")
    hands.press("Export")
    hands.is_refused("Audit log", "Choose a format")
    rows = list(csv.DictReader(io.StringIO(download(hands, "CSV, for a spreadsheet", case_text))))
    lines = [
        json.loads(line)
        for line in download(hands, "JSON Lines, for checking it with other software", case_text).splitlines()
    ]
    assert len(rows) > 20
    assert len(lines) >= len(rows)


def download(hands: Hands, kind: str, case_text: Sequence[str]) -> str:
    hands.choose("Format", kind)
    with hands.page.expect_download() as waiting:
        hands.page.get_by_role("button", name="Export", exact=True).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert [one for one in case_text if one in text] == []
    assert "decision.recorded" in text
    return text
