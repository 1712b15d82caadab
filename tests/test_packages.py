"""What is installed is what is pinned, and what is pinned is all that is needed: the list of packages is whole."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = ROOT / "requirements-production.txt"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s#]+)", re.MULTILINE)
PINNED: dict[str, str] = {
    canonicalize_name(name): version for name, version in PIN.findall(PRODUCTION.read_text(encoding="utf-8"))
}
pytestmark = pytest.mark.sqlite


def needed_by(name: str, extras: tuple[str, ...] = ("",)) -> set[str]:
    """Of the package as it is installed here."""
    requirements = [Requirement(text) for text in metadata.requires(name) or []]
    return {
        canonicalize_name(one.name)
        for one in requirements
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
    }


@pytest.mark.parametrize("name", sorted(PINNED))
def test_each_package_is_the_one_that_is_pinned_and_all_it_needs_is(name: str) -> None:
    assert metadata.version(name) == PINNED[name]
    assert needed_by(name) - set(PINNED) == set()


def test_each_line_says_where_it_is_used_or_what_needs_it() -> None:
    lines = [line for line in PRODUCTION.read_text(encoding="utf-8").splitlines() if "==" in line]
    assert len(lines) == len(PINNED)
    assert [line for line in lines if not line.partition("#")[2].strip()] == []


def test_every_file_of_others_is_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    vendored = [*ROOT.glob("static/vendor/*/"), *ROOT.glob("letters/fonts/*.ttf")]
    assert vendored
    named = [str(path.relative_to(ROOT)) for path in vendored]
    assert [name for name in named if name not in notices] == []
