"""Each rule of access is taken away in turn, and the access matrix turns red: with THOROUGH=1, some minutes.

A rule is what a view declares, or what says which rows somebody sees: every `visible_to` and its relatives, and what
asks the same of one row. They are found by themselves, so a new one is tried too. What closes and opens records in a
state of its own, such as a conflict or an inspection, is named below: the table of those states turns red.
"""

import inspect
import os
import types
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from typing import Any, cast
from unittest.mock import PropertyMock, patch

import pytest
from django.apps import apps

from accounts import queries
from accounts.access import require
from accounts.compiled_queries import CompiledQuery
from accounts.models import Inspection, Recipient, RoleAgreement, Team, User
from accounts.roles import Permission, Standing
from emergencies.queries import OpeningQuerySet
from tests.access_states import STATES, words_shown
from tests.test_access_matrix import (
    PEOPLE,
    Row,
    Scene,
    asked,
    page_drawn,
    rows,
    signed_in,
    views,
    whole_scene,
)
from tests.test_access_matrix import ask as asks
from tests.test_access_states import differing, of_no_record

Removed = Callable[[], AbstractContextManager[object]]

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(os.environ.get("THOROUGH") != "1", reason="some minutes: THOROUGH=1"),
]
OF_ONE_ROW = (
    "families.queries.is_visible_to", "families.queries.is_editable_by", "decisions.queries.may_see",
    "decisions.queries.may_add_to", "decisions.queries.is_draft_of", "decisions.queries.is_supervised_by",
    "decisions.queries.may_see_who_looked_at", "decisions.queries.may_supersede", "reviews.queries.is_reviewable_by",
    "incidents.queries.may_report", "incidents.queries.may_report_urgent", "incidents.queries.may_add_events",
)  # fmt: skip
OF_ACCOUNTS: dict[str, Any] = {
    "people_visible_to": User, "teams_visible_to": Team, "recipients_visible_to": Recipient,
    "role_agreements_visible_to": RoleAgreement, "inspections_visible_to": Inspection,
}  # fmt: skip
NEAR = {
    "accounts": ("administration",), "decisions": ("decisions", "drafting", "letters", "reviews", "administration"),
    "families": ("families", "shared", "drafting"), "letters": ("letters", "shared"),
}  # fmt: skip
# Two rules stand before the same row, so the matrix turns red once both are taken away.
SECOND_RULES = {
    "families.queries.is_editable_by": "families.queries.is_visible_to",
    "decisions.queries.may_supersede": "decisions.queries.may_see",
    "reviews.queries.is_reviewable_by": "decisions.queries.is_supervised_by",
    "incidents.queries.may_report_urgent": "decisions.urgent_queries.UrgentQuerySet.visible_to",
    "incidents.queries.may_add_events": "incidents.queries.IncidentQuerySet.visible_to",
}
# Of lists alone: one decision is asked for by `may_see`, and a phrase by no key. Their own tests turn red.
OF_LISTS = {
    "decisions.queries.DecisionQuerySet.visible_to": "tests/decisions/test_queries.py",
    "wording.queries.PhraseQuerySet.visible_to": "tests/wording",
}


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture(autouse=True)
def _nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQL that was composed with a rule would still have it."""
    monkeypatch.setattr(CompiledQuery, "rows", lambda self, user, *values: list(self._build(user, *values)))
    monkeypatch.setattr(CompiledQuery, "count", lambda self, user, *values: self._build(user, *values).count())
    monkeypatch.setattr(
        CompiledQuery, "between", lambda self, first, end, user, *values: list(self._build(user, *values)[first:end])
    )


def guard_of(view: Any) -> Any:
    """The function that asks the rule, below decorators of methods."""
    while view is not None and "rule" not in getattr(getattr(view, "__code__", None), "co_freevars", ()):
        view = getattr(view, "__wrapped__", None)
    return view


@contextmanager
def without_permission(view: Any) -> Iterator[None]:
    """Whoever is signed in is let in."""
    guard = guard_of(view)
    cell = guard.__closure__[guard.__code__.co_freevars.index("rule")]
    rule, cell.cell_contents = cell.cell_contents, Standing.SIGNED_IN
    try:
        yield
    finally:
        cell.cell_contents = rule


@contextmanager
def answering(function: types.FunctionType, answer: Any) -> Iterator[None]:
    """Under each name by which anybody imported it."""

    def other(*args: Any, **_: Any) -> Any:
        return answer_of(*args)  # type: ignore[name-defined]  # noqa: F821 - named and set below

    # Two rules of one module may be away at once.
    own, name = function.__globals__, f"answer_of_{function.__name__}"
    code, own[name] = function.__code__, answer
    function.__code__ = other.__code__.replace(co_names=(name,))
    try:
        yield
    finally:
        function.__code__ = code
        del own[name]


def red(scene: Scene, table: list[Row], refusals: str) -> str:
    """The first answer of these rows that is not the table's, where it refuses."""
    users = dict(zip(PEOPLE, scene.people(), strict=True))
    clients: dict[str, Any] = {}
    for row in table:
        for method, name, wanted in asked(row):
            if wanted not in refusals or name in {"nobody", "deactivated"}:
                continue
            client = clients.setdefault(name, signed_in(users[name]))
            with page_drawn(row, method, name):
                got = asks(scene.path(row), method, client)
            if got != wanted:
                return f"{method} {row} as {name}: {got}, not {wanted}"
    return ""


def declared() -> list[str]:
    """One of several addresses of one view is enough."""
    return sorted(name for name, view in views().items() if isinstance(getattr(view, "rule", None), Permission))


def of_rows() -> dict[str, Any]:
    """What says whether there is such a row for somebody. Rules of lists alone are tried by tests/test_tokens.py."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        kind = type(model._default_manager.all())
        for name, one in vars(kind).items():
            if inspect.isfunction(one) and name in {"visible_to", "shown_to", "drafts_of"}:
                found[f"{one.__module__}.{kind.__name__}.{name}"] = one
    return found | {f"accounts.queries.{name}": getattr(queries, name) for name in OF_ACCOUNTS}


@pytest.mark.parametrize("name", declared())
def test_what_a_view_declares(scene: Scene, name: str) -> None:
    table = [row for row in rows() if row.name == name]
    with without_permission(views()[name]):
        found = red(scene, table, "f")
        if not found:
            # Its action asks for the permission again before anything is shown. Without both it turns red.
            with answering(cast("types.FunctionType", require), lambda *_: None):
                found = red(scene, table, "f")
    assert found


def rows_near(where: str) -> list[Row]:
    """Those of the apps that show such rows."""
    app = where.split(".", maxsplit=1)[0]
    spaces = NEAR.get(app, (app,))
    return [row for row in rows() if row.name.partition(":")[0] in spaces]


@contextmanager
def without(name: str) -> Iterator[None]:
    """All rows, or yes."""
    module, _, function = name.rpartition(".")
    if name in of_rows():
        model = OF_ACCOUNTS.get(function)
        with answering(of_rows()[name], lambda *args: model.objects.all() if model else args[0].all()):
            yield
    else:
        with answering(getattr(import_module(module), function), lambda *_: True):
            yield


@pytest.mark.parametrize("name", sorted({*of_rows(), *OF_ONE_ROW} - set(SECOND_RULES) - set(OF_LISTS)))
def test_what_rows_are_seen(scene: Scene, name: str) -> None:
    with without(name):
        assert red(scene, rows_near(name), "n")


@pytest.mark.parametrize("name", SECOND_RULES)
def test_two_rules_before_one_row(scene: Scene, name: str) -> None:
    with without(name), without(SECOND_RULES[name]):
        assert red(scene, rows_near(name), "n")


def of_user(name: str, value: Any = frozenset()) -> AbstractContextManager[object]:
    return patch.object(User, name, new_callable=PropertyMock, return_value=value)


@contextmanager
def of_function(name: str, answer: Any) -> Iterator[None]:
    module, _, function = name.rpartition(".")
    with answering(getattr(import_module(module), function), answer):
        yield


@contextmanager
def together(*removed: Removed) -> Iterator[None]:
    with ExitStack() as stack:
        for each in removed:
            stack.enter_context(each())
        yield


def guard() -> AbstractContextManager[None]:
    """Of every address. Most pages ask their own query as well, so the two are taken away together."""
    return of_function("safeguarding.conflicts._leads_to_closed", lambda *_: False)


def of_queries() -> AbstractContextManager[None]:
    return of_function("accounts.closed.without_closed", lambda rows, *_: rows)


def of_one_row() -> AbstractContextManager[None]:
    return of_function("decisions.queries._is_beyond", lambda *_: False)


def own_openings(openings: Any, user: User, _: Any) -> Any:
    return openings.filter(written_by=user)


OPEN_TO = cast("types.FunctionType", OpeningQuerySet.open_to)
# By what is taken away, the state in which it is missed.
OF_STATES: dict[str, tuple[str, Removed]] = {
    "families of a conflict": ("conflicted", lambda: of_user("conflict_families")),
    "decisions of a conflict": ("conflicted", lambda: of_user("conflict_decisions")),
    "families closed to an officer": ("conflicted", lambda: of_user("families_closed_on_duty")),
    "decisions closed to an officer": ("conflicted", lambda: of_user("decisions_closed_on_duty")),
    "the file of the whole log": ("conflicted", lambda: of_user("may_take_whole_log", value=True)),
    "the address and the queries of a conflict": ("conflicted", lambda: together(guard, of_queries)),
    "the address and one decision of a conflict": ("conflicted", lambda: together(guard, of_one_row)),
    "who is not named": ("restricted", lambda: of_user("_not_named_for", value=[])),
    "the address and the queries of a restriction": ("restricted", lambda: together(guard, of_queries)),
    "the address of a restriction": ("restricted", guard),
    "what an inspector opens and sends": ("let_in", lambda: of_function("accounts.inspecting._may", lambda *_: True)),
    "what an inspection lets read": ("let_in", lambda: of_user("inspection", value=None)),
    "the end of an emergency": (
        "let_in",
        lambda: answering(OPEN_TO, lambda rows, user, _: rows.filter(written_by=user)),
    ),
}


@pytest.mark.parametrize("name", OF_STATES)
def test_what_closes_and_opens_in_a_state(scene: Scene, name: str) -> None:
    """Each of them is missed somewhere in the table of tests/test_access_states.py."""
    state, removed = OF_STATES[name]
    with STATES[state](scene) as people, removed():
        assert next(differing(people, state, every=state == "let_in"), "")


# By what is taken away, who then reads a word of it in a list.
OF_LISTS_OF_STATES: dict[str, tuple[str, str, Removed]] = {
    "queries": ("conflicted", "supervisor", of_queries),
    "queries of what is restricted": ("restricted", "supervisor", of_queries),
    "lines of the audit log": (
        "conflicted", "administrator",
        lambda: of_function("administration.closed_references.closed_references", lambda *_: frozenset()),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_LISTS_OF_STATES)
def test_what_leaves_it_out_of_lists(scene: Scene, name: str) -> None:
    state, role, removed = OF_LISTS_OF_STATES[name]
    with STATES[state](scene) as people, removed():
        assert words_shown(scene, people[role].user, of_no_record())
