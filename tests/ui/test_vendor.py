"""What is vendored carries nothing that belongs to GOV.UK alone, and asks nobody else for anything."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "static"
SHEETS = [STATIC / "vendor" / "govuk" / "govuk-frontend.min.css", STATIC / "app.css"]
SCRIPTS = [STATIC / "vendor" / "govuk" / "govuk-frontend.min.js", STATIC / "app.js", STATIC / "js-enabled.js"]


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=lambda path: path.name)
@pytest.mark.parametrize("banned", ["GDS Transport", "crown", "crest", "#1d70b8", "sourceMappingURL", "@import url"])
def test_nothing_of_gov_uk_s_own_is_left(path: Path, banned: str) -> None:
    assert banned.lower() not in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheets_fetch_nothing(path: Path) -> None:
    assert re.findall(r"url\((?!data:)", path.read_text(encoding="utf-8")) == []


def test_no_script_names_another_site() -> None:
    assert [path.name for path in SCRIPTS if re.search(r"https?://", path.read_text(encoding="utf-8"))] == []


def test_no_fonts_or_pictures_came_along() -> None:
    kinds = {path.suffix for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert kinds == {".css", ".js", ".sh"}


def test_no_template_has_anything_inline() -> None:
    bad = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = [path.name for path in (ROOT / "templates").rglob("*.html") if bad.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_template_is_too_long() -> None:
    paths = [path for path in (ROOT / "templates").rglob("*.html") if path.is_file()]
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert max(lengths.values()) <= 120, lengths


def test_licences_are_told() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    assert "govuk-frontend 6.6.0" in notices
    assert "axe-core 4.14.1" in notices
    assert 'version="6.6.0"' in SCRIPTS[0].read_text(encoding="utf-8")
