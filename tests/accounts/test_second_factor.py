"""Outside the demonstration a password alone opens nothing: a code, a recovery code or a passkey is shown too."""

import json
import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import actions, second_factor
from accounts import authenticator_app as app
from accounts.access_mail import send_notices
from accounts.actions.second_factors import COPIED, LAST, TOO_MANY_CODES, WRONG_CODE
from accounts.factor_presenters import public_id
from accounts.guesses import of_code, take
from accounts.models import AccessNotice, User
from audit.models import LedgerEntry
from safeguarding.database_checks import second_factors_can_be_read
from tests import second_step, shared
from tests.accounts.entries import entered
from tests.accounts.test_step_up import stale
from tests.cast import Cast
from tests.elements import Page
from tests.pages import PageClient, in_one_line
from tests.second_step import CODE, SECRET, Phone, answer_code, code, secret_being_set_up, with_app, with_password
from tests.shared import undone
from tests.soft_passkey import SoftPasskey

SignIn = Callable[[User], PageClient]
cast = shared.cast
pytestmark = pytest.mark.sqlite
YOURS, APP, PASSKEY = reverse("your_sign_in"), reverse("add_app"), reverse("add_passkey")


@pytest.fixture(autouse=True)
def _outside_the_demonstration(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def leads_to(answer: Any) -> str:
    return str(answer.url)


def is_in(client: PageClient) -> bool:
    return client.get(reverse("account_change_password")).status_code == 200


def as_shown(client: PageClient, user: User) -> PageClient:
    """As if this session had shown a second factor."""
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    return client


def removal(row: Authenticator) -> str:
    return reverse("remove_factor", args=[public_id(row)])


def events(cast: Cast) -> list[str]:
    return [event.split()[0].removeprefix("account.") for event in entered(cast.organisation)]


class TestWithoutOne:
    def test_it_is_set_up_first_and_nothing_else_opens(self, cast: Cast) -> None:
        client = PageClient()
        assert with_password(client, cast.practitioner).status_code == 302
        for page in (reverse("home"), reverse("families:list"), reverse("account_change_password"), reverse("law")):
            assert leads_to(client.get(page)) == YOURS, page
        assert client.post(reverse("autosave")).status_code == 401
        assert "Set up an app" in (page := client.get(YOURS).content.decode())
        assert "Families" not in page
        assert client.get(APP).status_code == client.get(PASSKEY).status_code == 200
        assert client.post(reverse("quick_leave")).status_code == 303

    def test_an_app_is_set_up_with_its_code_and_opens_everything(self, cast: Cast) -> None:
        client = PageClient()
        with_password(client, cast.practitioner)
        page = client.get(APP).content.decode()
        secret = secret_being_set_up(client)
        assert secret in page.replace(" ", "")
        wrong = client.post(APP, {"digits": "000000" if code(secret=secret) != "000000" else "1"})
        assert (wrong.status_code, secret_being_set_up(client)) == (422, secret)
        codes = client.post(APP, {"digits": f" {code(secret=secret)[:3]} {code(secret=secret)[3:]}"}).content.decode()
        assert codes.count("<li>") >= 10
        assert is_in(client)
        assert events(cast)[-2:] == ["second_factor_added", "recovery_codes_made"]

    def test_whoever_has_a_session_of_before_sets_up_no_second_one_beside_it(self, cast: Cast) -> None:
        thief = PageClient()
        with_password(thief, cast.practitioner)
        with_app(cast.practitioner)
        with pytest.raises(PermissionDenied):
            actions.set_up_app(
                by=cast.practitioner, secret=SECRET, code=code(1), has_shown=False, at=timezone.now()
            )  # fmt: skip
        assert leads_to(thief.get(APP)) == reverse("account_login")
        assert "_auth_user_id" not in thief.session

    def test_a_sign_on_that_asked_for_one_is_enough(self, cast: Cast) -> None:
        request = RequestFactory().get("/")
        request.session = PageClient().session
        record_authentication(request, cast.officer, "sign_on", provider="entra")
        assert not second_factor.is_shown(request, cast.officer)
        second_factor.shown_by_sign_on(request, cast.officer, provider="entra")
        assert second_factor.is_shown(request, cast.officer)
        assert not second_factor.is_shown(request, cast.supervisor), "of somebody else it says nothing"


class TestCode:
    def test_the_password_alone_begins_no_session(self, cast: Cast) -> None:
        phone, client = with_app(cast.practitioner), PageClient()
        assert with_password(client, cast.practitioner).url == CODE
        assert client.get(CODE).status_code == 200
        assert not is_in(client)
        assert answer_code(client, "").status_code == 422
        assert answer_code(client, phone.code()).status_code == 302
        assert is_in(client)
        assert events(cast)[-2:] == ["second_factor_shown", "signed_in"]

    def test_the_page_is_nothing_without_a_password_before_it(self, cast: Cast) -> None:
        phone = with_app(cast.practitioner)
        assert answer_code(PageClient(), phone.code()).status_code == 302
        assert "signed_in" not in events(cast)

    @pytest.mark.parametrize("steps", [-2, 2, 20])
    def test_a_code_of_another_time_is_refused(self, cast: Cast, steps: int) -> None:
        with_app(cast.practitioner)
        with pytest.raises(ValidationError, match=WRONG_CODE):
            actions.show_code(user=cast.practitioner, code=code(steps), at=timezone.now())
        assert events(cast)[-1] == "second_factor_refused"

    def test_a_code_works_once_and_so_does_the_one_of_set_up(self, cast: Cast) -> None:
        now = timezone.now()
        with_app(cast.practitioner)
        later = now + timedelta(seconds=90)
        typed = app.code_of(SECRET, app.step_of(later))
        for refused in (code(), app.code_of(SECRET, app.step_of(now))):
            with pytest.raises(ValidationError, match=WRONG_CODE):
                actions.show_code(user=cast.practitioner, code=refused, at=now)
        assert actions.show_code(user=cast.practitioner, code=typed, at=later).left is None
        with pytest.raises(ValidationError, match=WRONG_CODE):
            actions.show_code(user=cast.practitioner, code=typed, at=later)

    def test_a_recovery_code_works_once_and_says_how_many_are_left(self, cast: Cast) -> None:
        phone, client = with_app(cast.practitioner), PageClient()
        for typed in phone.recovery_codes[:6]:
            actions.show_code(user=cast.practitioner, code=typed, at=timezone.now())
        with_password(client, cast.practitioner)
        assert answer_code(client, phone.recovery_codes[0]).status_code == 422
        assert answer_code(client, phone.recovery_codes[6]).status_code == 302
        home = client.get(reverse("home")).content.decode()
        assert "You have 3 left. Make new ones now" in home

    def test_ten_guesses_then_the_right_code_must_wait(self, cast: Cast) -> None:
        phone, client = with_app(cast.practitioner), PageClient()
        with_password(client, cast.practitioner)
        for _ in range(7):  # counted as the page counts them
            take(*of_code(str(cast.practitioner.public_id)))
        answers = [answer_code(client, "12345x").status_code for _ in range(3)]
        held = answer_code(client, phone.code())
        assert (set(answers), held.status_code) == ({422}, 429)
        assert TOO_MANY_CODES in held.content.decode()
        assert not is_in(client)
        assert events(cast)[-1] == "second_factor_throttled"

    def test_somebody_deactivated_meanwhile_does_not_come_in(self, cast: Cast) -> None:
        phone, client = with_app(cast.practitioner), PageClient()
        with_password(client, cast.practitioner)
        actions.deactivate(user=cast.practitioner, by=cast.administrator, at=timezone.now())
        assert answer_code(client, phone.code()).status_code == 422

    def test_a_key_that_was_lost_lets_nobody_in(self, cast: Cast, settings: Any) -> None:
        phone = with_app(cast.practitioner)
        assert second_factors_can_be_read(None, ["default"]) == []
        settings.SECOND_FACTOR_KEYS = ["another-key-" + "z" * 50]
        assert "2 of the second factors" in second_factors_can_be_read(None, ["default"])[0].msg
        for typed in (phone.code(), phone.recovery_codes[0]):
            with pytest.raises(ValidationError, match=WRONG_CODE):
                actions.show_code(user=cast.practitioner, code=typed, at=timezone.now())


def asked(page: Any) -> str:
    [form] = [one for one in Page(page.content.decode()).all("form") if "data-passkey" in one.attrs]
    return str(form.attrs["data-passkey"])


def with_password_asked(client: PageClient, user: User) -> str:
    with_password(client, user)
    return client.get(CODE).content.decode()


def sign_in_with(key: SoftPasskey, user: User) -> Any:
    """In a browser of its own; the answer to the passkey, or the page of codes where none is asked for."""
    client = PageClient()
    if "data-passkey" not in with_password_asked(client, user):
        return answer_code(client, "")
    return client.post(CODE, {"digits": "", "passkey": key.sign(asked(client.get(CODE)))})


class TestPasskey:
    def made(self, client: PageClient, user: User) -> SoftPasskey:
        key = SoftPasskey()
        with_password(client, user)
        answer = client.post(PASSKEY, {"name": "blue key", "passkey": key.make(asked(client.get(PASSKEY)))})
        assert answer.status_code == 200, answer.content.decode()
        return key

    def test_it_is_made_signs_in_and_steps_up(self, cast: Cast) -> None:
        client = PageClient()
        key = self.made(client, cast.administrator)
        assert is_in(client)
        client.post(reverse("account_logout"))
        with_password(client, cast.administrator)
        page = client.get(CODE)
        assert "from your app" not in page.content.decode(), "there is none"
        signed = key.sign(asked(page))
        assert client.post(CODE, {"digits": "", "passkey": signed}).status_code == 302
        assert is_in(client)
        grave = reverse("administration:invite")
        session = stale(client).session
        session["account_authentication_methods"] = [
            {**record, "at": record["at"] - 301} for record in session["account_authentication_methods"]
        ]
        session.save()
        page = client.get(leads_to(client.get(grave)))
        assert client.post(reverse("account_reauthenticate"), {"passkey_again": "{}"}).status_code == 422
        page = client.get(reverse("account_reauthenticate"))
        again = {"password_again": "", "passkey_again": key.sign(asked(page))}
        assert client.post(reverse("account_reauthenticate"), again).status_code == 302
        assert client.get(grave).status_code == 200
        assert events(cast)[-2:] == ["second_factor_shown", "step_up_confirmed"]

    def test_what_is_not_its_answer_to_this_page_is_refused(self, cast: Cast) -> None:
        client = PageClient()
        made = self.made(client, cast.practitioner)
        client.post(reverse("account_logout"))
        with_password(client, cast.practitioner)
        for fault in ("another key", "another site", "no finger", "another page", "broken", "twice"):
            key, page = copy(made), asked(client.get(CODE))
            if fault == "another key":
                key.key = SoftPasskey().key
            if fault == "another site":
                key.origin = "https://testserver.evil.test"
            if fault == "no finger":
                key.verifies = False
            answer = key.sign(page)
            if fault == "another page":
                asked(client.get(CODE))
            if fault == "broken":
                answer = json.dumps({**json.loads(answer), "response": {"clientDataJSON": "e30"}})
            if fault == "twice":
                assert client.post(CODE, {"passkey": answer}).status_code == 302
                client.post(reverse("account_logout"))
                with_password(client, cast.practitioner)
            refused = client.post(CODE, {"passkey": answer})
            assert refused.status_code == 422, fault
            assert "was not recognised" in refused.content.decode(), fault
            assert not is_in(client), fault

    def test_what_is_no_new_passkey_is_refused(self, cast: Cast) -> None:
        client = PageClient()
        with_password(client, cast.practitioner)
        client.get(PASSKEY)
        for answer in ("", "{}", "[]", "nul", '{"id": 1, "response": {}}', "[" * 9000):
            refused = client.post(PASSKEY, {"name": "blue key", "passkey": answer})
            assert refused.status_code == 422, answer
            assert "blue key" in refused.content.decode(), answer


@pytest.fixture(scope="class")
def made_key(cast: Cast) -> Iterator[SoftPasskey]:
    """Of the administrator, who has an app too and has signed in with it once."""
    client, key = PageClient(), SoftPasskey()
    with undone(), override_settings(SECOND_FACTOR=True):
        with_app(cast.administrator)
        with_password(client, cast.administrator)
        answer_code(client, Phone(cast.administrator, []).code())
        client.post(PASSKEY, {"name": "blue key", "passkey": key.make(asked(client.get(PASSKEY)))})
        assert sign_in_with(key, cast.administrator).status_code == 302
        yield key


class TestCopiedPasskey:
    """WebAuthn level 2, 6.1.1: a passkey that counts, and says no more than before, has signed elsewhere."""

    @pytest.fixture
    def key(self, made_key: SoftPasskey) -> SoftPasskey:
        return copy(made_key)

    @pytest.mark.parametrize("counter", ["less", "the same", "nought"])
    def test_it_is_refused_for_good_and_two_are_told(self, cast: Cast, key: SoftPasskey, counter: str) -> None:
        last = key.counter
        key.counter = {"less": last - 2, "the same": last - 1, "nought": -1}[counter]
        refused = sign_in_with(key, cast.administrator)
        assert refused.status_code == 422
        assert COPIED in unescape(refused.content.decode())
        assert "passkey_copy_suspected" in events(cast)
        assert events(cast)[-1] == "second_factor_refused"
        key.counter = last + 100
        assert sign_in_with(key, cast.administrator).status_code in {302, 422}
        assert "signed_in" not in events(cast)[-2:], "whoever has the copy may be ahead"
        told = AccessNotice.objects.filter(change="copied")
        assert {one.reader for one in told} == {cast.administrator, cast.officer}
        assert told.count() == 2
        entries = LedgerEntry.objects.filter(event="account.passkey_copy_suspected")
        assert entries.count() == 1

    def test_it_stands_in_for_no_other_and_can_be_removed(self, cast: Cast, key: SoftPasskey) -> None:
        key.counter = 0
        sign_in_with(key, cast.administrator)
        works = Authenticator.objects.get(user=cast.administrator, type="totp")
        with pytest.raises(ValidationError, match=LAST):
            actions.remove_factor(by=cast.administrator, factor=works, at=timezone.now())
        client = PageClient()
        assert "data-passkey" not in with_password_asked(client, cast.administrator)
        answer_code(client, Phone(cast.administrator, []).code())
        page = in_one_line(client.get(YOURS))
        copied = Authenticator.objects.get(user=cast.administrator, type="webauthn")
        assert "there may be a copy of it. Remove it." in page
        assert (removal(copied) in page, removal(works) in page) == (True, False)
        assert client.post(removal(copied)).status_code == 302

    def test_one_that_never_counts_always_says_nought(self, cast: Cast, key: SoftPasskey) -> None:
        row = Authenticator.objects.get(user=cast.administrator, type="webauthn")
        row.data["count"] = 0
        row.save()
        for _ in range(2):
            key.counter = -1
            assert sign_in_with(key, cast.administrator).status_code == 302


class TestChanges:
    def test_removing_one_ends_their_other_sessions_at_the_next_request(self, cast: Cast, as_user: SignIn) -> None:
        with_app(cast.practitioner)
        Authenticator.objects.create(user=cast.practitioner, type="webauthn", data={"name": "key", "credential": {}})
        here, there = (as_shown(as_user(cast.practitioner), cast.practitioner) for _ in range(2))
        assert is_in(there)
        lost = Authenticator.objects.get(user=cast.practitioner, type="totp")
        assert leads_to(here.post(removal(lost))) == YOURS
        assert "signed out everywhere else" in here.get(YOURS).content.decode()
        assert is_in(here)
        assert not is_in(there)
        [entry] = LedgerEntry.objects.filter(event="account.second_factor_removed")
        assert entry.additional_data["sessions"] == "the others ended"

    def test_no_secret_is_in_the_database_or_the_audit_log(self, cast: Cast) -> None:
        client = PageClient()
        with_password(client, cast.practitioner)
        client.get(APP)
        secret = secret_being_set_up(client)
        page = client.post(APP, {"digits": code(secret=secret)}).content.decode()
        codes = [f"{first}{last}" for first, last in re.findall(r"<li>(\d{4}) (\d{4})</li>", page)]
        assert len(codes) == 10
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            stored = str(cursor.fetchall())
        stored += str(list(LedgerEntry.objects.values())) + str(dict(client.session.items()))
        assert [one for one in (secret, *codes) if one in stored] == []

    def test_the_last_one_stays_and_another_goes(self, cast: Cast) -> None:
        with_app(cast.practitioner)
        row = Authenticator.objects.get(user=cast.practitioner, type="totp")
        with pytest.raises(ValidationError, match=LAST):
            actions.remove_factor(by=cast.practitioner, factor=row, at=timezone.now())
        Authenticator.objects.create(user=cast.practitioner, type="webauthn", data={"name": "key", "credential": {}})
        other = PageClient()
        with_password(other, cast.teammate)
        with_app(cast.teammate)
        assert as_shown(other, cast.teammate).get(removal(row)).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.remove_factor(by=cast.teammate, factor=row, at=timezone.now())
        actions.remove_factor(by=cast.practitioner, factor=row, at=timezone.now())
        assert Authenticator.objects.filter(user=cast.practitioner, type="recovery_codes").exists()
        assert events(cast)[-1] == "second_factor_removed"

    def test_new_codes_end_the_old_ones(self, cast: Cast) -> None:
        phone = with_app(cast.practitioner)
        new = actions.make_recovery_codes(by=cast.practitioner, at=timezone.now())
        with pytest.raises(ValidationError, match=WRONG_CODE):
            actions.show_code(user=cast.practitioner, code=phone.recovery_codes[0], at=timezone.now())
        assert actions.show_code(user=cast.practitioner, code=new[0], at=timezone.now()).left == 9

    def test_the_person_is_told_by_email_and_nothing_waits_for_them(self, cast: Cast, settings: Any) -> None:
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "no-reply@example.test"
        with_app(cast.practitioner)
        send_notices()
        assert [one.to for one in mail.outbox] == [[cast.practitioner.email]]
        cast.practitioner.refresh_from_db()
        assert not cast.practitioner.has_access_notices


class TestLost:
    def test_an_administrator_takes_it_away_and_sessions_end(self, cast: Cast, as_user: SignIn) -> None:
        with_app(cast.practitioner)
        theirs = as_user(cast.practitioner)
        page = reverse("administration:person_sign_in", args=[cast.practitioner.public_id])
        client = as_shown(as_user(cast.administrator), cast.administrator)
        assert client.post(page, {"reason": " "}).status_code == 422
        assert client.post(page, {"reason": "Lost on the bus. I know the voice."}).status_code == 302
        assert not Authenticator.objects.filter(user=cast.practitioner).exists()
        assert "_auth_user_id" not in theirs.session or theirs.get(YOURS).status_code == 302
        told = AccessNotice.objects.filter(change="factors").values_list("reader__full_name", flat=True)
        assert set(told) == {cast.practitioner.full_name, cast.officer.full_name}
        [entry] = LedgerEntry.objects.filter(event="account.second_factor_reset")
        assert "Lost on the bus" in str(entry.additional_data)

    def test_never_their_own_and_never_without_the_role(self, cast: Cast) -> None:
        with pytest.raises(ValidationError, match="another administrator"):
            actions.reset_factors(user=cast.administrator, reason="x", by=cast.administrator, at=timezone.now())
        for by, user in [(cast.supervisor, cast.practitioner), (cast.stranger.administrator, cast.practitioner)]:
            with pytest.raises(PermissionDenied):
                actions.reset_factors(user=user, reason="x", by=by, at=timezone.now())
        with pytest.raises(PermissionDenied):
            actions.reset_factors_by_command(user=cast.practitioner, reason="x", at=timezone.now())


def test_in_the_demonstration_it_is_offered_and_not_demanded(cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client = PageClient()
    with_password(client, cast.practitioner)
    assert is_in(client)
    phone = second_step.with_app(cast.practitioner)
    client.post(reverse("account_logout"))
    assert with_password(client, cast.practitioner).url == CODE
    assert answer_code(client, phone.code()).status_code == 302
    row = Authenticator.objects.get(user=cast.practitioner, type="totp")
    client.post(removal(row))
    assert not Authenticator.objects.filter(user=cast.practitioner).exists()
