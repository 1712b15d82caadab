from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import timezone

from accounts import actions
from accounts.models import User
from accounts.sign_on import exchange
from tests.accounts.sign_on.service import Service, serving
from tests.cast import Cast


@pytest.fixture(scope="package")
def _server() -> Iterator[Service]:
    with serving() as service:
        yield service


@pytest.fixture
def service(_server: Service, settings: LazySettings) -> Service:
    """Set up for all four, all of Northmere Council."""
    fresh = Service(base=_server.base)
    _server.__dict__.update({**fresh.__dict__, "codes": {}, "asked": []})
    exchange.forget()
    settings.SIGN_ON = tuple(_server.provider(code) for code in ("entra", "google", "dfe", "cis2"))
    return _server


@pytest.fixture
def invited(cast: Cast) -> User:
    person: User = actions.invite(
        full_name="Noor Ashdown", email="new@north.test", by=cast.administrator, at=timezone.now()
    )
    return person
