"""Who came in, who went, who was turned away; and no trace of an address nobody here has."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.test import Client, RequestFactory
from django.urls import reverse

from audit import ledger
from audit.models import LedgerEntry
from tests.audit.conftest import chain
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def sign_in(email: str, password: str = PASSWORD) -> bool:
    request = RequestFactory().post("/")
    return authenticate(request, email=email, password=password) is not None


def test_signing_in_and_out_are_entered(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.supervisor)
    client.logout()
    entries = chain(cast.organisation.pk)
    assert [entry.event for entry in entries] == ["account.signed_in", "account.signed_out"]
    for entry in entries:
        assert entry.actor_id == cast.supervisor.pk
        assert (entry.subject, entry.object_pk) == ("accounts.user", str(cast.supervisor.pk))


def test_signing_in_on_the_page_is_entered(cast: Cast) -> None:
    answer = Client().post(reverse("account_login"), {"login": cast.supervisor.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert "account.signed_in" in [entry.event for entry in chain(cast.organisation.pk)]


def test_signing_out_when_nobody_is_signed_in_is_no_event(cast: Cast) -> None:
    Client().logout()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("shape", [str.lower, str.upper, lambda text: f" {text} "])
def test_a_wrong_password_is_entered_in_the_persons_own_chain(cast: Cast, shape: type[str]) -> None:
    assert not sign_in(shape(cast.practitioner.email), "wrong-password-1")
    entry = chain(cast.organisation.pk)[-1]
    assert entry.event == "account.sign_in_failed"
    assert entry.actor_id is None
    assert entry.object_pk == str(cast.practitioner.pk)


@pytest.mark.parametrize("email", ["nobody@elsewhere.test", "", "a\x00b@elsewhere.test", None])
def test_an_unknown_address_leaves_no_text_anywhere(cast: Cast, email: str | None) -> None:
    user_login_failed.send(sender=__name__, credentials={"email": email}, request=None)
    [entry] = chain(ledger.SITE)
    assert entry.event == "account.sign_in_failed"
    assert "elsewhere" not in str(vars(entry))
    assert entry.object_pk is None
    assert chain(cast.organisation.pk) == []


def test_a_wrong_password_itself_is_never_kept(cast: Cast) -> None:
    sign_in(cast.practitioner.email, "wrong-password-1")
    assert "wrong-password-1" not in str(vars(chain(cast.organisation.pk)[-1]))
