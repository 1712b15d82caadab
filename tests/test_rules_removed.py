"""Each rule of access is taken away in turn, and the access matrix turns red: with THOROUGH=1, some minutes.

A rule is what a view declares, or what says which rows somebody sees: every `visible_to` and its relatives, and what
asks the same of one row. They are found by themselves, so a new one is tried too.
"""

import inspect
import os
import types
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

import pytest
from django.apps import apps

from accounts import queries
from accounts.access import require
from accounts.compiled_queries import CompiledQuery
from accounts.models import Inspection, Recipient, RoleAgreement, Team, User
from accounts.roles import Permission, Standing
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
