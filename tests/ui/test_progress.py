"""What hides every part of a block but its last is for work under way alone: elsewhere it would hide the page."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_only_work_under_way_hides_what_comes_before_the_last() -> None:
    css = (ROOT / "static" / "app.css").read_text()
    blocks = re.findall(r"\.([\w-]+) > :has\(\+ \*\) \{ display: none", css)
    assert blocks
    for block in blocks:
        uses = re.compile(rf'class="(?:[^"]* )?{block}[ "]')
        with_it = [path.name for path in (ROOT / "templates").rglob("*.html") if uses.search(path.read_text())]
        assert with_it == ["import_running.html"], block
