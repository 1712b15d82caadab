"""Papers that disagree with the code are worse than none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
# "never tamper-proof" is the opposite of a boast.
BOASTS = [r"(?<!never )(?<!not )tamper-?proof", "fully compliant", "gdpr[- ]compliant", "unhackable"]
READ_IN_SETTINGS = re.compile(r"environment\.(?:flag|words|whole_number)\(\s*\"([A-Z_]+)\"")
READ_FROM_ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
# Set by our own scripts for their own children, or by Django.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "TALLY"}


def variables() -> set[str]:
    code = [
        *(ROOT / "safeguarding").glob("*.py"),
        *(ROOT / "tests").glob("*.py"),
        *(ROOT / "tests/browser").glob("*.py"),
    ]
    found = {
        name
        for path in code
        if not path.name.startswith("test_")
        for pattern in (READ_IN_SETTINGS, READ_FROM_ENVIRONMENT)
        for name in pattern.findall(path.read_text())
    }
    return found - INTERNAL


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(paper: Path) -> None:
    targets = [target for target in LINK.findall(paper.read_text()) if "://" not in target]
    assert [target for target in targets if not (paper.parent / target).exists()] == []


def test_every_variable_that_is_read_is_explained() -> None:
    found = variables()
    assert {"DATABASE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "TRUSTED_PROXIES"} <= found
    readme = (ROOT / "README.md").read_text()
    assert sorted(name for name in found if f"`{name}`" not in readme) == []


def test_every_decision_is_in_the_index_under_its_own_title() -> None:
    index = (ROOT / "docs/README.md").read_text()
    for decision in sorted(ROOT.glob("docs/adr/*.md")):
        title = decision.read_text().splitlines()[0].lstrip("# ")
        assert f"[{title}](adr/{decision.name})" in index


def test_decisions_have_each_their_own_number() -> None:
    numbers = [path.name[:4] for path in ROOT.glob("docs/adr/*.md")]
    assert all(number.isdecimal() for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize("boast", BOASTS)
def test_nothing_is_promised_that_nobody_can_keep(paper: Path, boast: str) -> None:
    assert not re.search(boast, paper.read_text().lower())


def test_readme_names_every_demo_role_and_command() -> None:
    readme = (ROOT / "README.md").read_text()
    for name in ("practitioner", "practitioner2", "supervisor", "administrator", "dpo"):
        assert f"`{name}@demo.test`" in readme
    for command in ("./run", "./run test", "./run check", "create_organisation", "verify_ledger", "export_ledger"):
        assert command in readme


def test_every_picture_is_shown_described_and_small() -> None:
    shown = dict(re.findall(r"!\[([^\]]*)\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text()))
    sizes = {str(path.relative_to(ROOT)): path.stat().st_size for path in ROOT.glob("docs/pictures/*")}
    assert set(shown.values()) == set(sizes)
    assert all(len(words.split()) >= 5 for words in shown)
    assert max(sizes.values()) <= 120_000
    assert sum(sizes.values()) <= 700_000
