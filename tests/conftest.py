"""Fixtures of every test. Others' come in by import lines."""

import functools
import gc
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings
from hypothesis.internal.conjecture import providers
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from reviews import warning_counts
from tests import idle_fixtures, in_turn, shared
from tests.brief_workers import pytest_plugin_registered
from tests.cast import Cast, make_cast
from tests.decisions.agreed import _agreed
from tests.decisions.cases import Case, complete_case, recorded_case
from tests.flush import kept_as_made, let_tests_flush
from tests.foreign_keys import look_in_turn
from tests.pages import PageClient
from tests.pure import is_never_pure, is_of_sqlite
from tests.quicker import make_quicker
from tests.shared import _module_transaction
from tests.tables import believe_migrated

__all__ = ["_agreed", "_module_transaction", "pytest_plugin_registered"]

# The browser's own loop runs in the test's thread; the project itself is never async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# ./run check looks longer than ./run test: THOROUGH=1 (tests/engines.py).
THOROUGH = os.environ.get("THOROUGH") == "1"
IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
hypothesis_settings.register_profile("suite", deadline=None, derandomize=False, max_examples=50 if THOROUGH else 10)
hypothesis_settings.register_profile("fast", deadline=None, derandomize=False, max_examples=5)
hypothesis_settings.load_profile("suite")

# Little of what is imported and collected goes again: to look for it takes a quarter of the collecting.
gc.disable()
let_tests_flush()
make_quicker()
look_in_turn()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Tests of the other engine are deselected, not skipped; --fast keeps the pure ones.

    What is left is in the order that keeps every core busy: long tests early, and the quick pure ones at the end.
    """
    for item in items:
        if shared.TRANSACTION in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
    yield
    with_pure = {module_of(item): item.path for item in items if is_pure(item)}
    wrong = [module for module, path in with_pure.items() if is_never_pure(path.read_text())]
    if wrong:
        raise pytest.UsageError(f"tests/pure.py thinks that no test is pure in {', '.join(wrong)}")
    other = "postgres" if IS_SQLITE else "sqlite"
    later = in_turn.not_in_turn(items) | in_turn.swept_another_day(item for item in items if not is_pure(item))
    dropped = [item for item in items if item in later or item.get_closest_marker(other) or is_left_out(config, item)]
    kept = set(items) - set(dropped)
    a_module = Counter(module_of(item) for item in items)
    ordered = sorted((item for item in items if item in kept), key=lambda item: turn(item, a_module[module_of(item)]))
    items[:] = [item for _, same in groupby(ordered, is_browser) for item in dealt(list(same))]
    idle_fixtures.leave_out(items)
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """--fast imports no file without a pure test, and PostgreSQL none that is SQLite's. None leaves it to others."""
    if not (collection_path.name.startswith("test_") and collection_path.suffix == ".py"):
        return None
    leaves_out = is_never_pure if config.getoption("--fast") else is_of_sqlite if not IS_SQLITE else None
    return True if leaves_out and leaves_out(collection_path.read_text()) else None


def pytest_configure(config: pytest.Config) -> None:
    in_turn.keep(**(getattr(config, "workerinput", {}).get("in_turn") or of_run(config)))
    if config.getoption("--fast"):
        hypothesis_settings.load_profile("fast")
        # Of so few examples none is drawn from the constants of our own modules: to read them all takes longer.
        providers._get_local_constants = lambda: providers._local_constants


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Of pytest-xdist, for each worker."""
    node.workerinput["in_turn"] = of_run(node.config)


def of_run(config: pytest.Config) -> dict[str, int]:
    return {"day": in_turn.today(), "is_whole": config.args_source is not pytest.Config.ArgsSource.ARGS}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only tests that need no database and no other program")
    parser.addoption("--no-pure", action="store_true", help="none of those that --fast runs: another engine ran them")


def turn(item: pytest.Item, of_its_module: int) -> tuple[int, int]:
    """Tests in a browser come before the pure ones, and first of them those of a module that has few, long ones."""
    if is_browser(item):
        return 1, of_its_module
    return (2 if is_pure(item) else 0), 0


def dealt(items: list[pytest.Item]) -> list[pytest.Item]:
    """Those of a browser as hands of cards: each worker starts with a stretch of the list, and with long ones."""
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) if is_browser(items[0]) else 1
    return [item for at in range(hands) for item in items[at::hands]]


def module_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    # Pages and forms leave few cycles: to look for them less often saves a thirtieth of the time.
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


def is_left_out(config: pytest.Config, item: pytest.Item) -> bool:
    if config.getoption("--fast"):
        return not is_pure(item)
    return bool(config.getoption("--no-pure")) and is_pure(item)


def is_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


@functools.cache
def is_pure(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "browser", "slow"))
    return not marked and not asked & {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    value = yield
    if fixturedef.scope == "module" and shared.TRANSACTION in request.fixturenames:
        shared.remember(value)
    return value


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, Any, Any]:
    result = yield
    shared.put_back()
    return result


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tables come from the models (tests/settings.py); `migrate` must believe that it made them."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            believe_migrated()
            stack.enter_context(kept_as_made(connection))
        yield


@pytest.fixture(autouse=True)
def _no_earlier_guesses() -> None:
    """Counts of wrong passwords live in the cache and must not outlive a test, nor may mail or what a queue counted."""
    mail.outbox.clear()
    cache.clear()
    warning_counts.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_user() -> Callable[[User], PageClient]:
    """A client signed in as that person, without the sign-in page."""

    def sign_in(user: User) -> PageClient:
        client = PageClient()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="module")
def _complete(_module_transaction: None) -> Case:
    return complete_case()


@pytest.fixture(scope="module")
def _closed(_module_transaction: None) -> Case:
    return recorded_case()


@pytest.fixture
def complete(_complete: Case, db: None) -> Case:
    """S01 on its check page: everything answered, nothing recorded. For a module that asks for nothing else."""
    return _complete


@pytest.fixture
def closed(_closed: Case, db: None) -> Case:
    """S01 recorded. For a module that asks for nothing else."""
    return _closed
