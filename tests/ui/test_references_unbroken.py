"""A reference such as D-3XNEQF in a heading is never broken at its hyphen, which looks like two words on a phone."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
REFERENCE = re.compile(r'(<span class="app-nowrap">)?\{\{ [\w.]*reference \}\}')


def test_a_reference_in_a_heading_does_not_break() -> None:
    found = [
        (path.name, match.group(1))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for heading in HEADING.findall(path.read_text(encoding="utf-8"))
        for match in REFERENCE.finditer(heading)
    ]
    assert len(found) > 5
    assert [name for name, whole in found if not whole] == []


LINK = re.compile(
    r'<a\s+class="([^"]*)"'
    r'\s+href="(?:\{%[^%]*%\}|[^"])*"\s*>(?:[A-Z]?[a-z]+\s+)?\{\{ [\w.]*reference \}\}</a>'
)


def test_a_link_that_is_a_reference_does_not_break() -> None:
    found = [
        (path.name, match.group(1).split())
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in LINK.finditer(path.read_text(encoding="utf-8"))
    ]
    links = [(name, classes) for name, classes in found if "govuk-back-link" not in classes]
    assert len(links) > 5
    assert [name for name, classes in links if "app-nowrap" not in classes] == []
