"""Locks of people and organisations let others write rows that belong to them, or one of the two was refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.actions.acting import lock, lock_organisation
from accounts.models import Organisation, User
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def can_be_referred_to(table: str, key: int) -> bool:
    """What PostgreSQL asks of the other row when a row with its foreign key is written."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE id = %s FOR KEY SHARE NOWAIT', [key])
            return bool(cursor.fetchall())
    finally:
        connection.close()


@pytest.mark.postgres
def test_rows_are_written_while_their_person_or_organisation_is_locked() -> None:
    cast = make_cast()
    with transaction.atomic(), ThreadPoolExecutor(1) as another:
        lock_organisation(cast.administrator)
        lock(cast.practitioner, by=cast.administrator)
        for model, key in ((Organisation, cast.organisation.pk), (User, cast.practitioner.pk)):
            assert another.submit(can_be_referred_to, model._meta.db_table, key).result(timeout=20)
