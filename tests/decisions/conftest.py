"""One decision for a whole module, where making it takes longer than the tests.

It is made inside a transaction that ends with the module; each test still has Django's own rollback inside that.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.decisions.cases import Case, complete_case, recorded_case


@pytest.fixture(scope="module")
def _transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django closes the connection after each test, which would end the module's transaction with it."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "close", lambda: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _complete(_transaction: None) -> Case:
    return complete_case()


@pytest.fixture(scope="module")
def _closed(_transaction: None) -> Case:
    return recorded_case()


@pytest.fixture
def complete(_complete: Case, db: None) -> Case:
    """S01 on its check page: everything answered, nothing recorded. For a module that asks for nothing else."""
    return _complete


@pytest.fixture
def closed(_closed: Case, db: None) -> Case:
    """S01 recorded. For a module that asks for nothing else."""
    return _closed
