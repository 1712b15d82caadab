"""That a foreign key leads nowhere is found after every test, if not today."""

import os
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import TestCase

from tests import foreign_keys
from tests.foreign_keys import DAYS, is_its_turn


@pytest.mark.parametrize("test", ["tests/a.py::test_one", "tests/b.py::TestTwo::test_two[three-4]"])
def test_each_has_its_day(monkeypatch: pytest.MonkeyPatch, test: str) -> None:
    monkeypatch.setattr(foreign_keys, "THOROUGH", False)
    with patch("tests.foreign_keys.today", side_effect=range(DAYS)):
        assert sum(is_its_turn(test) for _ in range(DAYS)) == 1
    monkeypatch.setattr(foreign_keys, "THOROUGH", True)
    assert is_its_turn(test)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_it_is_looked_for_on_the_day_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_keys, "THOROUGH", False)
    name = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
    case, looked = TestCase(), []
    for day in range(DAYS):
        with patch("tests.foreign_keys.today", return_value=day):
            assert case._should_check_constraints(connection) is is_its_turn(name)  # type: ignore[attr-defined]
            looked.append(is_its_turn(name))
    assert looked.count(True) == 1
