"""Whatever leaves the site as a file or a whole print asks first who is there: found from the views, no list."""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_access_matrix import addresses

LEAVES = "Content-Disposition"
# What leaves without a password, and why that is right.
WITHOUT: dict[str, str] = {
    "letters:pdf": "one letter to one person, which has its own way out and its own second person",
    "shared:pdf": "the same",
    "reflections:download": "the author's own, which no role opens (ADR 26)",
    "decisions:proof": "hashes alone: nothing of the case",
    "families:import": "the rows of the reader's own file that were refused, back to them",
}
# Whole records to print.
PRINTS = {"decisions:print", "rights:print"}


def code_of(view: Callable[..., object]) -> str:
    """Of the view itself, and of what it calls in its own module."""
    inner = inspect.unwrap(view)
    module = sys.modules[inner.__module__]
    called = [getattr(module, name, None) for name in inner.__code__.co_names]
    own = [one for one in called if inspect.isfunction(one) and one.__module__ == inner.__module__]
    return "\n".join(inspect.getsource(inspect.unwrap(one)) for one in (inner, *own))


def sends_a_file(view: Callable[..., object]) -> bool:
    module = inspect.getsourcefile(inspect.unwrap(view))
    return bool(module) and LEAVES in Path(module or "").read_text() and LEAVES in code_of(view)


FILES = {name for name, view in addresses() if sends_a_file(view)}


def test_what_sends_a_file_is_found() -> None:
    assert {"reports:export", "reports:pack_pdf", "rights:copy_pdf", "administration:ledger_export"} <= FILES
    assert set(WITHOUT) <= FILES


@pytest.mark.parametrize("name", sorted((FILES | PRINTS) - set(WITHOUT)))
def test_it_asks_first_who_is_there(name: str) -> None:
    view = dict(addresses())[name]
    assert getattr(view, "asks_again", False), f"{name}: put needs_step_up next to the view, or say in WITHOUT why not"
