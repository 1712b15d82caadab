"""Which test files `--fast` need not even import: by their text, because to import them all takes longer than to run
what is pure in them.

It is a guess that errs on one side: a file is left out only where every test says that it needs the database. Every
other run looks whether that was right (tests/conftest.py).
"""

import re

# Fixtures of tests/conftest.py and pytest-django that need the database.
NEED = frozenset({"db", "transactional_db", "live_server", "django_db_setup", "_module_transaction", "cast", "complete",
                  "closed"})  # fmt: skip
OF_SQLITE = re.compile(r"^pytestmark = (?:pytest\.mark\.sqlite$|\[[^\]]*\bpytest\.mark\.sqlite\b)", re.MULTILINE)
MARKED = re.compile(r"^pytestmark = .*\b(django_db|browser|slow)\b", re.MULTILINE)
FUNCTION = re.compile(r"^ *def (\w+)\(([^)]*)\)", re.MULTILINE)
ANNOTATION = re.compile(r":(?:[^,\[]|\[[^\]]*\]+)*")


def is_never_pure(text: str) -> bool:
    """Whether every test in this text of a file is marked, or asks by name for a fixture that needs the database."""
    if MARKED.search(text):
        return True
    functions = [(name, set(re.findall(r"\w+", ANNOTATION.sub("", asked)))) for name, asked in FUNCTION.findall(text)]
    fixtures = {name: asked for name, asked in functions if not name.startswith("test_")}
    need = set(NEED)
    while more := {name for name, asked in fixtures.items() if name not in need and asked & need}:
        need |= more
    tests = [asked for name, asked in functions if name.startswith("test_")]
    return bool(tests) and all(asked & need for asked in tests)


def is_of_sqlite(text: str) -> bool:
    """Whether the whole file is marked: to import it would only bring tests that PostgreSQL leaves out."""
    return bool(OF_SQLITE.search(text))
