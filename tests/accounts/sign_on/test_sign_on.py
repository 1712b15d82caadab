"""Signing on with each of the four, against a service that checks what we send; and every way in that is refused."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jwt
import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from accounts import actions, guesses
from accounts.models import SignOn, User
from tests import shared
from tests.accounts.entries import entered, last
from tests.accounts.sign_on.routes import asked_for, back, is_in, led_to, open_link, sign_on, visit
from tests.accounts.sign_on.service import CLIENT, KEY, SECRET, SUBJECT, Service
from tests.cast import PASSWORD, Cast
from tests.in_turn import one_in_turn
from tests.pages import PageClient

# Python reads tokens; tests/accounts/sign_on/test_bindings.py tries what the database holds.
pytestmark = pytest.mark.sqlite

cast = shared.cast
INVITE = "/administration/people/invite/"


@pytest.mark.parametrize("code", ["entra", "google", "dfe", "cis2"])
def test_by_the_link_once_and_then_by_the_subject_alone(cast: Cast, service: Service, invited: User, code: str) -> None:
    service.says = lambda claims: {**claims, "email": "other@north.test"}
    name, client = f"north-{code}", PageClient()
    page = open_link(client, invited).content.decode()
    assert f'action="/sign-on/{name}/"' in page
    answer = sign_on(client, name, link=str(invited.public_id))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    assert "created accounts.signon" in entered(cast.organisation)
    assert SignOn.objects.get().user == invited

    again = PageClient()
    answer = sign_on(again, name, next="/password/")
    assert (answer.headers["Location"], is_in(again)) == ("/password/", True)
    assert entered(cast.organisation)[-1] == "account.signed_in accounts.user"
    assert open_link(PageClient(), User.objects.get(pk=invited.pk)).status_code == 200
    assert User.objects.count() == len(cast.everybody) + len(cast.stranger.everybody) + 1


def test_the_link_works_no_more_once_it_has_bound_somebody(cast: Cast, service: Service, invited: User) -> None:
    client = PageClient()
    path = open_link(client, invited).request["PATH_INFO"]
    sign_on(client, "north-entra", link=str(invited.public_id))
    assert client.get(path).status_code == 404


def test_by_an_address_that_the_service_vouches_for(cast: Cast, service: Service, invited: User) -> None:
    client = PageClient()
    assert sign_on(client, "north-google").headers["Location"] == "/"
    assert is_in(client)
    assert SignOn.objects.get().subject == SUBJECT


def test_what_a_service_is_asked(cast: Cast, service: Service) -> None:
    first, second = (asked_for(led_to(PageClient().post("/sign-on/north-cis2/"))) for _ in range(2))
    assert first["redirect_uri"] == "http://testserver/sign-on/north-cis2/back/"
    assert (first["response_type"], first["code_challenge_method"]) == ("code", "S256")
    assert first["scope"] == "openid nationalrbacaccess selectedrole"
    assert not {"prompt", "max_age"} & set(first)
    assert all(first[key] != second[key] for key in ("state", "nonce", "code_challenge"))


# What a token says that must not count, and of which service.
Says = Callable[[dict[str, Any]], dict[str, Any]]


def but(**changed: Any) -> Says:
    return lambda claims: {**claims, **changed}


def without(name: str) -> Says:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


NOT_OURS: dict[str, tuple[str, Says, str]] = {
    "another tenant": ("entra", but(tid="9188040d-6c67-4c5b-b112-36a304b66dad"), "organisation"),
    "no tenant": ("entra", without("tid"), "organisation"),
    "a private mailbox": ("google", without("hd"), "organisation"),
    "another domain": ("google", but(hd="south.test"), "organisation"),
    "another nonce": ("entra", but(nonce="x"), "nonce"),
    "no nonce": ("entra", without("nonce"), "nonce"),
    "for another client": ("entra", but(aud="another"), "token"),
    "for two clients, nobody says whose": ("entra", but(aud=[CLIENT, "another"]), "audience"),
    "given to another client": ("entra", but(azp="another"), "audience"),
    "by another issuer": ("entra", but(iss="https://login.example.org"), "token"),
    "over": ("entra", but(exp=int(time.time()) - 60), "token"),
    "without an end": ("entra", without("exp"), "token"),
    "of nobody": ("entra", but(sub=""), "subject"),
    "of a number": ("entra", but(sub=7), "token"),
    "of too long a name": ("entra", but(sub="x" * 256), "subject"),
    "an address not verified": ("google", but(email_verified=False), "unknown"),
    "an address verified by a word": ("google", but(email_verified="true"), "unknown"),
    "an address elsewhere": ("google", but(email="new@elsewhere.test"), "unknown"),
    "an address at a service that does not verify it": ("entra", but(email="new@north.test"), "unknown"),
    "somebody with a password": ("google", but(email="practitioner@north.test"), "unknown"),
    "another school": ("dfe", but(organisation={"urn": "654321"}), "organisation"),
    "a role elsewhere": ("cis2", but(selected_roleid="444"), "organisation"),
    "no role": ("cis2", without("selected_roleid"), "organisation"),
}


def refused(cast: Cast, client: PageClient, answer: Any, why: str, *, page: bool = True) -> None:
    """Each looks the same, makes nobody, and is an entry of the service's organisation that says no more than why."""
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert not is_in(client)
    if page:
        assert "You could not be signed in with" in client.get("/sign-in/").content.decode()
    entry = last(cast.organisation)
    assert entry.event == "account.sign_on_refused"
    assert entry.additional_data["why"] == why
    written = str(entry.__dict__)
    assert not any(word in written for word in (SUBJECT, "@", "code-", "Noor"))


@pytest.mark.parametrize("what", NOT_OURS)
def test_a_token_that_does_not_count(cast: Cast, service: Service, invited: User, what: str) -> None:
    code, service.says, why = NOT_OURS[what]
    client, people = PageClient(), User.objects.count()
    if why != "unknown":  # somebody whom nothing else keeps out
        actions.bind_sign_on(user=invited, issuer=f"{service.base}/{code}", subject=SUBJECT, at=timezone.now())
    bound = SignOn.objects.count()
    refused(cast, client, sign_on(client, f"north-{code}"), why, page=what in one_in_turn(NOT_OURS))
    assert (User.objects.count(), SignOn.objects.count()) == (people, bound)


def changed_afterwards(claims: dict[str, Any]) -> str:
    head, _, signature = Service().signs(claims).split(".")
    return ".".join([head, Service().signs({**claims, "sub": "another"}).split(".")[1], signature])


FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "not signed": lambda claims: jwt.encode(claims, "", algorithm="none", headers={"kid": KEY}),
    "with the secret": lambda claims: jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": KEY}),
    "changed afterwards": changed_afterwards,
    "no token": lambda _: "x",
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_the_service_did_not_sign(cast: Cast, service: Service, invited: User, how: str) -> None:
    service.signs = FORGED[how]
    client = PageClient()
    refused(cast, client, sign_on(client, "north-google"), "token")


def deactivated(cast: Cast, service: Service, settings: LazySettings, person: User) -> None:
    actions.deactivate(user=person, by=cast.administrator, at=timezone.now())


def of_the_next_organisation(cast: Cast, service: Service, settings: LazySettings, person: User) -> None:
    settings.SIGN_ON = (service.provider("google", "Southfold Youth Trust", name="north-google"),)


def of_a_name_that_is_unknown(cast: Cast, service: Service, settings: LazySettings, person: User) -> None:
    settings.SIGN_ON = (service.provider("google", "Nowhere", name="north-google"),)


def with_another_secret(cast: Cast, service: Service, settings: LazySettings, person: User) -> None:
    settings.SIGN_ON = (service.provider("google", client_secret="wrong"),)


def of_another_person_afterwards(cast: Cast, service: Service, settings: LazySettings, person: User) -> None:
    service.says = without("hd")
    google = service.provider("google")
    settings.SIGN_ON = (replace(google, kind=replace(google.kind, userinfo=True)),)
    service.says_afterwards = lambda _: {"sub": "another", "hd": "north.test"}


REFUSED = {
    deactivated: ("north", "unknown"),
    of_the_next_organisation: ("south", "unknown"),
    of_a_name_that_is_unknown: ("site", "settings"),
    with_another_secret: ("north", "no answer"),
    of_another_person_afterwards: ("north", "userinfo"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_person_who_may_not(cast: Cast, service: Service, settings: LazySettings, invited: User, what: Any) -> None:
    """Somebody bound before, to whom this happens; in the chain of the organisation whose service it is."""
    sign_on(PageClient(), "north-google")
    what(cast, service, settings, invited)
    chain, why = REFUSED[what]
    client = PageClient()
    answer = sign_on(client, "north-google")
    assert (answer.headers["Location"], is_in(client)) == ("/sign-in/", False)
    organisation = {"north": cast.organisation, "south": cast.stranger.organisation, "site": None}[chain]
    assert entered(organisation)[-1] == "account.sign_on_refused"
    if organisation:
        assert last(organisation).additional_data["why"] == why
    assert SignOn.objects.count() == 1


def test_an_answer_counts_once_and_in_the_browser_that_asked(cast: Cast, service: Service, invited: User) -> None:
    asking, other = PageClient(), PageClient()
    location = visit(led_to(asking.post("/sign-on/north-google/")))
    refused(cast, other, back(other, location), "state")
    assert back(asking, location).headers["Location"] == "/"
    asking.post("/sign-out/")
    service.says = without("nonce")
    location = visit(led_to(asking.post("/sign-on/north-google/")))
    for why in ("nonce", "state"):
        refused(cast, asking, back(asking, location), why)


def test_an_answer_is_not_taken_by_another_service_or_too_late(
    cast: Cast, service: Service, invited: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = PageClient()
    for wrong in ("north-entra", "north-dfe"):
        location = visit(led_to(client.post("/sign-on/north-google/")))
        refused(cast, client, back(client, location.replace("north-google", wrong)), "state")
    location = visit(led_to(client.post("/sign-on/north-google/")))
    monkeypatch.setattr("accounts.sign_on.pending.SECONDS", 0)
    refused(cast, client, back(client, location), "state")


@pytest.mark.parametrize("query", ["error=access_denied", "code=guessed", "code="])
def test_without_a_code_of_theirs(cast: Cast, service: Service, query: str) -> None:
    client = PageClient()
    state = asked_for(led_to(client.post("/sign-on/north-google/")))["state"]
    answer = client.get(f"/sign-on/north-google/back/?{query}&state={state}")
    refused(cast, client, answer, "no answer" if "guessed" in query else "no code")


def test_a_service_that_does_not_answer(cast: Cast, service: Service, settings: LazySettings) -> None:
    settings.SIGN_ON = (service.provider("google", issuer="http://127.0.0.1:9/google"),)
    client = PageClient()
    refused(cast, client, client.post("/sign-on/north-google/"), "no answer")


def test_a_link_that_was_not_opened_here_binds_nobody(cast: Cast, service: Service, invited: User) -> None:
    for link in (str(invited.public_id), "x", str(cast.practitioner.public_id)):
        client = PageClient()
        refused(cast, client, sign_on(client, "north-entra", link=link), "unknown")


def test_a_name_that_is_not_set_up_is_not_there(cast: Cast, service: Service) -> None:
    assert PageClient().post("/sign-on/north-nhs/").status_code == 404
    assert PageClient().get("/sign-on/north-nhs/back/").status_code == 404


def test_too_many_answers_from_one_place(cast: Cast, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.guesses.of_address", lambda here, kind, **_: guesses.Limit(kind, here, 2))
    client = PageClient()
    answers = [client.get("/sign-on/north-google/back/?code=x&state=y").status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert [client.post("/sign-on/north-google/").status_code for _ in range(3)] == [200, 200, 429]


def test_with_sign_on_only_no_password_is_looked_at(cast: Cast, service: Service, settings: LazySettings) -> None:
    settings.SIGN_ON_ONLY = True
    client = PageClient()
    page = client.get("/sign-in/").content.decode()
    assert "Sign in with Microsoft" in page
    assert "password" not in page.lower()
    client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD})
    assert not is_in(client)


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("code", ["entra", "google", "dfe", "cis2"])
def test_a_second_factor_of_the_service_counts_where_it_says_so(
    cast: Cast, service: Service, settings: LazySettings, invited: User, code: str
) -> None:
    service.says = lambda claims: {**claims, **({"amr": ["pwd", "mfa"]} if code == "entra" else {})}
    client = PageClient()
    open_link(client, invited)
    sign_on(client, f"north-{code}", link=str(invited.public_id))
    assert has_second_factor(client) is (code in {"entra", "cis2"})
    settings.SIGN_ON = (service.provider(code, always_second_factor=True),)
    again = PageClient()
    sign_on(again, f"north-{code}")
    assert has_second_factor(again)


def has_second_factor(client: PageClient) -> bool:
    records = client.session.get("account_authentication_methods", [])
    return any(record.get("second_factor") for record in records)


def asks_again(client: PageClient) -> bool:
    answer = client.get(INVITE)
    assert answer.status_code in {200, 302}
    return bool(answer.status_code == 302)


@pytest.fixture
def officer(cast: Cast, service: Service) -> PageClient:
    """An administrator who signed on, and showed the service who they are an hour ago."""
    actions.withdraw_password(user=cast.administrator, by=cast.officer, at=timezone.now())
    person = User.objects.get(pk=cast.administrator.pk)
    service.says = but(auth_time=int(time.time()) - 3600)
    client = PageClient()
    open_link(client, person)
    assert sign_on(client, "north-entra", link=str(person.public_id)).headers["Location"] == "/"
    return client


def test_an_open_session_at_the_service_is_no_step_up(officer: PageClient, service: Service) -> None:
    assert asks_again(officer)
    page = officer.get("/password/again/", {"next": INVITE}).content.decode()
    assert "Sign in with Microsoft" in page
    assert "Your password" not in page
    asked = led_to(officer.post("/sign-on/north-entra/", {"next": INVITE}))
    assert {key: asked_for(asked)[key] for key in ("prompt", "max_age")} == {"prompt": "login", "max_age": "0"}
    assert back(officer, visit(asked)).headers["Location"] == "/password/again/"
    assert asks_again(officer)
    service.says = but(auth_time=int(time.time()))
    assert sign_on(officer, "north-entra", next=INVITE).headers["Location"] == INVITE
    assert not asks_again(officer)


def test_what_is_no_step_up_either(officer: PageClient, service: Service) -> None:
    for says in (without("auth_time"), but(sub="another"), but(auth_time=int(time.time()) + 3600)):
        service.says = says
        assert sign_on(officer, "north-entra", next=INVITE).headers["Location"] == "/password/again/"
        assert asks_again(officer)
        assert is_in(officer)


def test_a_form_that_came_too_late_is_still_there(officer: PageClient, service: Service, cast: Cast) -> None:
    """The service is opened in another tab; then what was typed is sent as it was."""
    typed = {"full_name": "Ada Marsh", "email": "ada@north.test", "job_title": "", "organisation_role": ""}
    page = officer.post(INVITE, typed).content.decode()
    assert 'target="_blank"' in page
    assert 'value="Ada Marsh"' in page
    service.says = but(auth_time=int(time.time()))
    assert "go back to it" in officer.get(sign_on(officer, "north-entra").headers["Location"]).content.decode()
    assert officer.post(INVITE, typed).status_code == 200
    assert User.objects.filter(email="ada@north.test").exists()


def test_whoever_has_no_second_factor_can_set_one_up(
    officer: PageClient, service: Service, settings: LazySettings
) -> None:
    """Also where the service never says when it last asked who they are, and then does nothing else."""
    settings.SECOND_FACTOR = True
    assert officer.get(INVITE).headers["Location"] == reverse("your_sign_in")
    assert officer.get(reverse("add_app")).status_code == 200
