"""Rules of the house that no tool checks, read from the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.sources import nodes_of, parsed, statements_of, text_of

ROOT = Path(__file__).resolve().parents[1]
APPS = (
    "accounts",
    "audit",
    "decisions",
    "drafting",
    "emergencies",
    "families",
    "incidents",
    "letters",
    "administration",
    "reflections",
    "reminders",
    "reports",
    "reviews",
    "retention",
    "rights",
    "rules",
    "safeguarding",
    "search",
    "ui",
    "wording",
)
NAMELESS = {"utils", "helpers", "common", "core", "services", "misc", "util", "helper"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SKIPPED = {".venv", "var", "vendor", "node_modules", ".git", "migrations"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 50, 120
# A template is formatted to 120 columns; a tag of Django's cannot be broken, and some hold a sentence.
WIDEST_TEMPLATE = 200
# Boasts and places that must not be named. Put together here, so that this file does not hold them.
BOASTS = ("tamper" + "-proof", "tamper" + "proof", "compli" + "ant")
ELSEWHERE = (".." + "/shared", "/wo" + "rk/")
# Whoever receives a bundle is given one file, and should be able to read all of it.
ONE_FILE = {"audit/evidence/verify.py"}
# Data written as a function: long, and with nothing in it to get lost in.
TABLES = {"decisions/facts/decision.py", "safeguarding/demo/stories.py"}


def sources(*apps: str) -> list[Path]:
    found = [path for app in apps or APPS for path in (ROOT / app).rglob("*.py")]
    return sorted(path for path in found if not SKIPPED & set(path.parts))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def everything() -> Iterator[Path]:
    """Every text of the project that people read: code, tests, templates, papers, scripts."""
    for path in sorted(ROOT.rglob("*")):
        inside = set(path.relative_to(ROOT).parts)
        hidden = any(part.startswith(".") and part != ".ci" for part in inside)
        kind = path.suffix in {".py", ".md", ".html", ".toml", ".txt", ".css", ".js", ".sh"} or path.name == "run"
        if path.is_file() and kind and not hidden and not inside & (SKIPPED - {"migrations"}):
            yield path


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Calls of methods whose names begin so. A file without such a word need not be read as Python would."""
    if any(f".{name}" in text_of(path) for name in names):
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith(names):
                yield node


BEGINS = re.compile(r"^( *)(def|class|@)", re.MULTILINE)


def may_hold_a_long_function(path: Path) -> bool:
    """By the lines from each `def` to the next thing that begins no further in. Else Python need not read the file."""
    text = text_of(path)
    begun = [(len(found[1]), found[2], text.count("\n", 0, found.start())) for found in BEGINS.finditer(text)]
    ends = [*begun, (0, "", text.count("\n"))]
    return any(
        next(end for further, _, end in ends[number + 1 :] if further <= within) - line > LONGEST_FUNCTION
        for number, (within, what, line) in enumerate(begun)
        if what == "def"
    )


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in statements_of(parsed(path)) if isinstance(node, ast.FunctionDef))


def test_nothing_is_changed_past_the_ledger() -> None:
    """Only the ledger itself writes in bulk. `update` with names for values is a queryset's; a dict's has none."""
    found = []
    for path in sources(*(app for app in APPS if app != "audit")):
        for call in calls(path, "bulk_", "_raw_delete", "aupdate", "in_bulk_update", "update"):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            in_bulk = name.startswith("bulk_") or name in {"_raw_delete", "aupdate", "in_bulk_update"}
            if in_bulk or (name == "update" and call.keywords):
                found.append(f"{name_of(path)}:{call.lineno} {name}")
    assert found == []


def test_nothing_goes_round_the_audited_manager() -> None:
    # Keys alone, found along indexes in ways for which Django has no query (ADR 0031).
    allowed = {
        "decisions/authors_seen.py: RawSQL(",
        "accounts/union_first_rows.py: RawSQL(",
        "safeguarding/moving.py: _base_manager",
    }
    found = [
        f"{name_of(path)}: {word}"
        for path in sources(*(app for app in APPS if app != "audit"))
        for word in ("_base_manager", "models.QuerySet(", "objects.raw(", "RawSQL(")
        if word in text_of(path)
    ]
    assert set(found) <= allowed


def test_sql_is_written_by_hand_only_where_triggers_and_grants_are() -> None:
    # What accounts/compiled_*.py and audit/statements.py run was composed by Django (ADR 0023).
    # accounts/guesses.py makes a row that others may make at the same moment, and never asks first whether it is there.
    # search/index.py has words in each engine's own full-text language (ADR 0032).
    allowed = {
        "safeguarding/database_log.py",
        "safeguarding/grants.py",
        "safeguarding/backups/trying.py",
        "safeguarding/moving.py",
        "accounts/compiled_figures.py",
        "accounts/compiled_queries.py",
        "accounts/guesses.py",
        "search/engines.py",
        "search/index.py",
    }
    found = {
        name_of(path)
        for path in sources(*(app for app in APPS if app != "audit"))
        for call in calls(path, "execute", "executemany")
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"execute", "executemany"}
    }
    assert found <= allowed


def test_people_and_organisations_are_locked_without_their_keys() -> None:
    """Every row that is written refers to them: tests/accounts/test_locks.py."""
    locked = re.compile(r"(?:User|Organisation)\.objects[^\n]*select_for_update\(([^)]*\)?[^)]*)\)")
    found = [(name_of(path), keys) for path in sources(*APPS) for keys in locked.findall(text_of(path))]
    assert len(found) > 15
    assert [place for place, keys in found if "no_key=True" not in keys] == []


def test_modules_say_what_they_hold() -> None:
    found = [name_of(path) for path in sources() if {path.stem, path.parent.name} & NAMELESS]
    assert found == []


DECLARES = re.compile(r"@(?:\w+\.)*(?:require_|asks\b)")


def test_each_view_declares_its_rule() -> None:
    """Whatever answers certain methods is a view; the URLconf is looked at in the matrix of access."""
    found, seen = [], 0
    for path in sources():
        for function in functions(path) if DECLARES.search(text_of(path)) else ():
            names = {_decorator(one) for one in function.decorator_list}
            if any(name.startswith("require_") or name == "asks" for name in names):
                seen += 1
                if not any(name.startswith("allow") for name in names):
                    found.append(f"{name_of(path)}:{function.lineno} {function.name}")
    assert seen > 40
    assert found == []


def _decorator(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


CHANGES = ("save", "create", "get_or_create", "delete")


def test_views_change_nothing_themselves() -> None:
    """State changes in actions alone; a view that saves would do it without asking for permission again."""
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in sources()
        if "views" in path.stem or path.parent.name == "views"
        for call in calls(path, *CHANGES)
        if isinstance(call.func, ast.Attribute) and call.func.attr in CHANGES
    ]
    assert found == []


# Text that is not escaped, and what the content security policy refuses.
UNSAFE = re.compile(r"\|safe|autoescape off|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|<style|javascript:")


def test_templates_are_safe_and_short() -> None:
    assert TEMPLATES
    assert {name_of(path): UNSAFE.findall(text_of(path)) for path in TEMPLATES if UNSAFE.search(text_of(path))} == {}
    assert [name_of(path) for path in TEMPLATES if len(text_of(path).splitlines()) > LONGEST_TEMPLATE] == []
    assert [name_of(path) for path in TEMPLATES if max(map(len, text_of(path).splitlines())) > WIDEST_TEMPLATE] == []


def test_text_is_marked_safe_only_by_the_components() -> None:
    marks = {"mark_safe", "SafeString"}
    files = [path for path in sources() if any(name in text_of(path) for name in marks)]
    found = {name_of(path) for path in files if _names(path) & marks}
    assert {name for name in found if not name.startswith("ui/")} == set()


def _names(path: Path) -> set[str]:
    return {node.id for node in nodes_of(path) if isinstance(node, ast.Name)}


def test_nothing_boasts() -> None:
    found = []
    for path in everything():
        if path.name in {"test_source.py", "test_docs.py"}:
            continue
        text = re.sub(r"(never|not) tamper-?proof", "", text_of(path).lower())
        found += [f"{name_of(path)}: {word}" for word in BOASTS if word in text]
    assert found == []


def test_no_package_or_archive_was_left_here() -> None:
    """`pip download` run in the tree once put four wheels into a commit."""
    left = {".whl", ".zip", ".gz", ".sqlite3", ".db", ".log", ".pdf", ".key"}
    tops = [path for path in ROOT.iterdir() if path.name not in SKIPPED and not path.name.startswith(".")]
    found = [name_of(path) for top in tops for path in (top, *top.rglob("*")) if path.suffix in left]
    assert found == []


def test_the_project_stands_alone() -> None:
    found = [f"{name_of(path)}: {word}" for path in everything() for word in ELSEWHERE if word in text_of(path)]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_files_and_functions_stay_small(app: str) -> None:
    long_files = [
        name_of(path)
        for path in sources(app)
        if len(text_of(path).splitlines()) > LONGEST_FILE and name_of(path) not in ONE_FILE
    ]
    assert long_files == []
    long_functions = [
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in sources(app)
        if name_of(path) not in TABLES and may_hold_a_long_function(path)
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long_functions == []


def test_rows_with_case_data_carry_their_organisation() -> None:
    """A key can then start with it, and no query can forget whose it is."""
    without = [
        model.__name__
        for app in (
            "families",
            "decisions",
            "reviews",
            "letters",
            "reflections",
            "rights",
            "incidents",
            "emergencies",
            "retention",
            "administration",
            "reminders",
            "wording",
        )
        for model in apps.get_app_config(app).get_models()
        if "organisation" not in {field.name for field in model._meta.get_fields()}
    ]
    assert without == []


def test_a_form_adds_fields_with_their_messages() -> None:
    """A field put into `self.fields` by hand keeps Django's own words. The sign-in forms are allauth's."""
    found = {
        name_of(path)
        for path in sources()
        if re.search(r"self\.fields\[[^\]]+\] = ", text_of(path))
        and name_of(path) not in {"accounts/forms.py", "ui/forms.py"}
    }
    assert found == set()
