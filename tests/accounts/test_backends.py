import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.backends import Backend
from accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.sqlite


def test_who_is_signed_in_is_found_with_one_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = Backend().get_user(cast.practitioner.pk)
    assert found == cast.practitioner
    assert {field.attname for field in User._meta.concrete_fields} <= vars(found).keys()
    assert len(asked) == 1


def test_nobody_who_is_unknown_or_deactivated(cast: Cast) -> None:
    QuerySet(User).filter(pk=cast.teammate.pk).update(is_active=False)
    assert Backend().get_user(cast.teammate.pk) is None
    assert Backend().get_user(-1) is None
