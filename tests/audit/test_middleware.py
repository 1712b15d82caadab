"""A block round every request that may write; refusals are entered; whose address is believed."""

import uuid

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.test import Client, RequestFactory

from audit.middleware import client_address
from audit.models import LedgerEntry
from tests.audit.conftest import chain
from tests.audit.pages import CHAIN
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.audit.pages")]


@pytest.fixture
def signed_in(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.practitioner)
    return client


def events(cast: Cast) -> list[str]:
    return [entry.event for entry in chain(cast.organisation.pk)]


def test_an_unsafe_request_is_a_block(signed_in: Client, cast: Cast) -> None:
    assert signed_in.post("/wrote/", REMOTE_ADDR="192.0.2.7").status_code == 200
    [entry] = chain(CHAIN)
    assert (entry.event, entry.actor_id, entry.remote_addr) == ("page.wrote", cast.practitioner.pk, "192.0.2.7")


def test_a_safe_request_is_none(signed_in: Client) -> None:
    assert signed_in.get("/wrote/").status_code == 500
    assert chain(CHAIN) == []


def test_the_request_id_is_ours_whatever_the_client_sends(signed_in: Client) -> None:
    for _ in range(2):
        signed_in.post("/wrote/", headers={"X-Correlation-Id": "theirs", "X-Request-Id": "theirs"})
    ids = {entry.cid for entry in chain(CHAIN)}
    assert len(ids) == 2
    assert "theirs" not in ids


@pytest.mark.parametrize("page", ["/failed/", "/fault/"])
def test_a_fault_rolls_the_block_back(signed_in: Client, page: str) -> None:
    assert signed_in.post(page).status_code >= 500
    assert chain(CHAIN) == []


def test_a_refused_write_leaves_the_refusal_and_nothing_else(signed_in: Client, cast: Cast) -> None:
    assert signed_in.post("/refused/12/").status_code == 403
    assert chain(CHAIN) == []
    entry = chain(cast.organisation.pk)[-1]
    assert entry.event == "refused"
    assert entry.actor_id == cast.practitioner.pk
    assert entry.additional_data == {"status": 403, "page": "refused", "asked.number": "12"}


def test_a_row_that_may_not_be_known_leaves_only_the_id_asked_for(signed_in: Client, cast: Cast) -> None:
    public_id = uuid.uuid4()
    assert signed_in.get(f"/hidden/{public_id}/a%00b/").status_code == 404
    entry = chain(cast.organisation.pk)[-1]
    assert entry.object_pk is None
    assert entry.additional_data == {
        "status": 404,
        "page": "hidden",
        "asked.public_id": str(public_id),
    }


def test_a_token_in_an_address_is_not_entered(signed_in: Client, cast: Cast) -> None:
    """It still opens an account; of an address only numbers and public ids are kept."""
    public_id = uuid.uuid4()
    assert signed_in.get(f"/hidden/{public_id}/cx8f2k-0123456789abcdef/").status_code == 404
    entry = chain(cast.organisation.pk)[-1]
    assert entry.additional_data == {"status": 404, "page": "hidden", "asked.public_id": str(public_id)}
    assert "0123456789abcdef" not in str(LedgerEntry.objects.filter(pk=entry.pk).values().get())


def test_an_address_that_leads_nowhere_is_not_entered(signed_in: Client, cast: Cast) -> None:
    before = events(cast)
    assert signed_in.get("/somebody-by-name/").status_code == 404
    assert events(cast) == before


def test_visitors_refusals_are_not_entered(client: Client) -> None:
    answer = client.get("/hidden/00000000-0000-0000-0000-000000000000/x/")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")
    assert not LedgerEntry.objects.exists()


class TestOwnBlocks:
    """A view that reads for long says so, and is given no block round its request."""

    def test_its_own_block_is_entered(self, signed_in: Client, cast: Cast) -> None:
        assert signed_in.post("/own/done/", REMOTE_ADDR="192.0.2.7").status_code == 200
        [entry] = chain(CHAIN)
        assert (entry.event, entry.actor_id, entry.remote_addr) == ("page.wrote", cast.practitioner.pk, "192.0.2.7")

    def test_outside_of_it_nothing_can_be_written(self, signed_in: Client) -> None:
        """The first block had ended, and stands: there is none round both."""
        assert signed_in.post("/own/outside/").status_code == 500
        assert [entry.event for entry in chain(CHAIN)] == ["page.wrote"]

    def test_a_refusal_is_entered_all_the_same(self, signed_in: Client, cast: Cast) -> None:
        assert signed_in.post("/own/refused/").status_code == 403
        assert chain(cast.organisation.pk)[-1].additional_data == {"status": 403, "page": "own"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "believed"),
    [
        (0, "", "192.0.2.7", "192.0.2.7"),
        (0, "198.51.100.1", "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (1, "10.9.9.9, 198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (2, "10.9.9.9, 198.51.100.1, 203.0.113.5", "192.0.2.7", "198.51.100.1"),
        (3, "198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (1, "", "192.0.2.7", "192.0.2.7"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (0, "", "2001:DB8:0::1", "2001:db8::1"),
        (0, "", "fe80::1%eth0", "fe80::1"),
        (1, "[2001:db8::1]", "192.0.2.7", "2001:db8::1"),
        (1, "unknown", "192.0.2.7", None),
        (0, "", "", None),
    ],
)
def test_the_address_our_own_proxies_vouch_for(
    settings: LazySettings, proxies: int, forwarded: str, remote: str, believed: str | None
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request: HttpRequest = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == believed
