"""Two administrators remove each other in the same moment: one of them stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts import actions
from accounts.models import User
from tests.cast import make_cast


@pytest.mark.django_db(transaction=True)
def test_one_administrator_stays() -> None:
    cast = make_cast()
    start = Barrier(2)

    def remove(by: User, user: User) -> str:
        start.wait(timeout=20)
        try:
            actions.deactivate(user=user, by=by, at=timezone.now())
        except (PermissionDenied, ValidationError):
            return "refused"
        finally:
            connection.close()
        return "done"

    for _ in range(3):
        with ThreadPoolExecutor(2) as pool:
            tries = [
                pool.submit(remove, cast.administrator, cast.officer),
                pool.submit(remove, cast.officer, cast.administrator),
            ]
            assert sorted(one.result(timeout=60) for one in tries) == ["done", "refused"]
        (left,) = User.objects.filter(organisation=cast.organisation, is_active=True).exclude(organisation_role="")
        gone = cast.officer if left == cast.administrator else cast.administrator
        actions.reactivate(user=gone, by=left, at=timezone.now())
