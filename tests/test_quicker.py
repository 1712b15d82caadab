"""What is done once for all queries of a run says the same as what Django does each time."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import translation

from tests.quicker import convert_query

pytestmark = pytest.mark.sqlite

CURSOR: Any = None  # nothing but the query is looked at


@pytest.mark.parametrize(
    ("query", "written"),
    [("SELECT %s, %s", "SELECT ?, ?"), ("SELECT '%%' || %s", "SELECT '%' || ?"), ("SELECT 1", "SELECT 1")],
)
def test_a_query_is_written_as_sqlite_reads_it(query: str, written: str) -> None:
    assert convert_query(CURSOR, query) == convert_query(CURSOR, query) == written


def test_a_named_parameter_keeps_its_name() -> None:
    assert convert_query(CURSOR, "SELECT %(a)s", param_names=["a"]) == "SELECT :a"


def test_a_thread_has_a_connection_and_a_language_of_its_own() -> None:
    found: list[object] = []
    with translation.override("cy"):
        thread = Thread(target=lambda: found.extend((connections["default"], translation.get_language())))
        thread.start()
        thread.join()
        assert translation.get_language() == "cy"
    assert found[0] is not connections["default"]
    assert found[1] == "en-gb"
    assert connection.vendor == connections["default"].vendor
