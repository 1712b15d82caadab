"""Papers that disagree with the code are worse than none."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.literals import comments_and_docstrings
from tests.sources import nodes_of, text_of
from tests.test_words import python_files

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
# "never tamper-proof" is the opposite of a boast.
BOASTS = [r"(?<!never )(?<!not )tamper-?proof", "fully compliant", "gdpr[- ]compliant", "unhackable"]
READ_IN_SETTINGS = re.compile(r"environment\.(?:flag|words|whole_number|path)\(\s*\"([A-Z_]+)\"")
READ_FROM_ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
# Papers about what is here now: the changelog also names what was.
CURRENT = [path for path in PAPERS if path.name != "CHANGELOG.md"]
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"var"}
FILE = re.compile(r"[\w*./-]+\.(?:py|html|js|css|toml|md|txt|json|sql|sh)")
MODULE = re.compile(r"[a-z_]+(?:\.\w+)+")
# Names with a dot that are no modules: a system check, and names of tables' columns or of ledger events.
NO_MODULE = re.compile(r"[a-z]+\.[EW]\d{3}")
# Set by our own scripts for their own children, by Django or by pytest.
INTERNAL = {
    *("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTEST_XDIST_WORKER_COUNT", "TALLY"),
    "PYTEST_CURRENT_TEST",
    *("PROMETHEUS_MULTIPROC_DIR", "PATH"),
}


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
        for name in pattern.findall(text_of(path))
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


def test_every_decision_is_in_the_index_in_order_under_its_own_title() -> None:
    decisions = sorted(ROOT.glob("docs/adr/*.md"))
    titles = {path.name: path.read_text().splitlines()[0].removeprefix("# ") for path in decisions}
    assert [title for name, title in titles.items() if not title.startswith(f"{name[:4]}. ")] == []
    index = re.findall(r"^- (\[.*\]\(adr/.*\))$", (ROOT / "docs/README.md").read_text(), re.MULTILINE)
    assert index == [f"[{title}](adr/{name})" for name, title in titles.items()]


def test_decisions_have_each_their_own_number() -> None:
    numbers = [path.name[:4] for path in ROOT.glob("docs/adr/*.md")]
    assert all(number.isdecimal() for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_promised_that_nobody_can_keep(paper: Path) -> None:
    text = text_of(paper).lower()
    assert [boast for boast in BOASTS if re.search(boast, text)] == []


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
    assert sum(sizes.values()) <= 800_000


@cache
def tracked() -> frozenset[str]:
    """Every file below the folders of the project, as a path from its root."""
    files = [path for folder in sorted(FOLDERS) if not folder.startswith(".") for path in (ROOT / folder).rglob("*")]
    return frozenset(str(path.relative_to(ROOT)) for path in [*files, *ROOT.iterdir()])


def quoted_words(text: str) -> list[str]:
    """What stands in backticks, and the words of code blocks."""
    blocks = re.findall(r"```.*?\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [word for piece in (*blocks, *inline) for word in piece.split()]


@cache
def endings() -> frozenset[str]:
    """Each tracked path, whole and without its first folders: what a text may call a file."""
    parts = (path.split("/") for path in tracked())
    return frozenset("/".join(path[at:]) for path in parts for at in range(len(path)))


@cache
def missing_path(word: str) -> bool:
    """A path into a folder of the project, or the name of a file, that is not there; `*` stands for anything."""
    if "." not in word and "/" not in word:
        return False
    name = re.sub(r"^\./|[,.:;)]+$|/$", "", word)
    if name.split("/")[0] in FOLDERS and re.fullmatch(r"[\w*./-]+", name) and "/" in name:
        return not (ROOT / name).exists() and not list(ROOT.glob(name))
    if not FILE.fullmatch(name) or name.startswith(("/", "var/")):
        return False
    return not is_tracked(name)


def is_tracked(name: str) -> bool:
    if "*" not in name:
        return name in endings()
    pattern = re.compile("(?:.*/)?" + re.escape(name).replace(r"\*", "[^/]*"))
    return any(pattern.fullmatch(path) for path in tracked())


@cache
def defined_in(path: Path) -> frozenset[str]:
    """The names of a module or class level: what it defines, assigns or imports."""
    names: set[str] = set()
    for node in nodes_of(path):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.ImportFrom(names=imported):
                names |= {alias.asname or alias.name for alias in imported}
    return frozenset(names)


def is_there(parts: list[str]) -> bool:
    """Whether a dotted name leads to a package, a module, or something that a module defines."""
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        files = [place.with_suffix(".py"), place / "__init__.py"]
        file = next((path for path in files if path.is_file()), None)
        if file is None:
            continue
        rest = parts[count:]
        models = place / "models.py"
        known = defined_in(file) | (defined_in(models) if models.is_file() else frozenset())
        return not rest or rest[0] in known
    return False


def missing_module(word: str) -> bool:
    """A dotted name that starts with one of our packages, or with a folder inside one, and leads nowhere."""
    found = MODULE.match(word)
    if not found or NO_MODULE.fullmatch(word) or FILE.fullmatch(word):
        return False
    parts = found[0].split(".")
    if parts[0] in PACKAGES:
        return not is_there(parts)
    inside = [package for package in PACKAGES if (ROOT / package / parts[0]).is_dir()]
    return bool(inside) and not any(is_there([package, *parts]) for package in inside)


@pytest.mark.parametrize("paper", CURRENT, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_and_path_that_is_named_exists(paper: Path) -> None:
    words = quoted_words(paper.read_text())
    # tests/test_reads.py compares its names, which are of pages and of entries, with the site.
    modules = set() if paper.name == "events.md" else {word for word in words if missing_module(word)}
    assert sorted(modules | {word for word in words if missing_path(word)}) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_path_that_the_code_names_exists(package: str) -> None:
    found = []
    for path in python_files(package):
        for line, text in comments_and_docstrings(text_of(path)):
            words = [word.strip("`\"'()") for word in text.split() if "." in word or "/" in word]
            found += [f"{path.relative_to(ROOT)}:{line} {word}" for word in words if missing_path(word)]
    assert found == []


@pytest.mark.parametrize(
    "word",
    ["decisions/journey/", "rules/days.py", "shortlist.py", "decisions/models/telling.py", "tests/rules/nothing_*.py"],
)
def test_a_path_that_is_gone_is_found(word: str) -> None:
    assert missing_path(word)


@pytest.mark.parametrize("word", ["drafting.draft.loaded", "audit.blocks", "decisions.since", "presenters.since"])
def test_a_module_that_is_gone_is_found(word: str) -> None:
    assert missing_module(word)


@pytest.mark.parametrize(
    "word",
    ["decisions/models/", "drafting/steps.py", "rules/finding_types_*.py", "findings.py", "/law/", "var/db.sqlite3"],
)
def test_a_path_that_is_there_is_left(word: str) -> None:
    assert not missing_path(word)


@pytest.mark.parametrize(
    "word", ["drafting.draft.load", "audit.LedgerEntry", "presenters.record.sections", "decision.printed", "audit.E001"]
)
def test_a_module_that_is_there_is_left(word: str) -> None:
    assert not missing_module(word)
