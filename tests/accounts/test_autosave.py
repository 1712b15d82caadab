"""Words typed and not sent: kept for whoever typed them, shown to nobody else, gone when they are accepted."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts import autosave
from accounts.models import AutosavedText, User
from audit.models import AuditedModel, LedgerEntry
from tests import shared
from tests.cast import Cast

cast = shared.cast

PAGE = "/families/register/"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def put(user: User, text: str, at: datetime, path: str = PAGE) -> bool:
    return autosave.save_text(autosave.PageKey(user.pk, path), QueryDict(f"name={text}"), at=at)


class TestSaving:
    def test_the_latest_stands(self, cast: Cast, now: datetime) -> None:
        assert put(cast.practitioner, "One", now)
        assert put(cast.practitioner, "Two", now + timedelta(seconds=5))
        row = autosave.saved_text(cast.practitioner, PAGE)
        assert row
        assert (row.form_data, row.saved_at, row.organisation) == (
            {"name": ["Two"]}, now + timedelta(seconds=5), cast.organisation,
        )  # fmt: skip
        assert AutosavedText.objects.count() == 1

    def test_each_page_and_each_person_has_its_own(self, cast: Cast, now: datetime) -> None:
        put(cast.practitioner, "Mine", now)
        put(cast.practitioner, "Elsewhere", now, "/families/")
        put(cast.teammate, "Theirs", now)
        row = autosave.saved_text(cast.practitioner, PAGE)
        assert row
        assert row.form_data == {"name": ["Mine"]}
        assert autosave.saved_text(cast.other_team, PAGE) is None
        assert autosave.saved_text(cast.stranger.practitioner, PAGE) is None

    def test_what_is_secret_or_no_words_is_left_out(self) -> None:
        data = QueryDict("a=x&a=y&csrfmiddlewaretoken=t&autosave=k&password=p&new_password1=q&b=")
        assert autosave.form_data(data) == {"a": ["x", "y"], "b": [""]}
        assert autosave.to_querydict(autosave.form_data(data)) == QueryDict("a=x&a=y&b=")

    def test_what_cannot_be_stored_is_replaced(self, cast: Cast, now: datetime) -> None:
        data = QueryDict(mutable=True)
        data["a\x00"], data["b"] = "x\x00y", "half \ud83d a face"
        assert autosave.save_text(autosave.PageKey(cast.practitioner.pk, PAGE), data, at=now)
        row = autosave.saved_text(cast.practitioner, PAGE)
        assert row
        assert row.form_data == {"a\ufffd": ["x\ufffdy"], "b": ["half \ufffd a face"]}

    def test_more_than_anybody_types_is_not_kept(self, cast: Cast, now: datetime) -> None:
        assert not put(cast.practitioner, "x" * (autosave.MOST_CHARACTERS + 1), now)
        assert not put(cast.practitioner, "x", now, "/" + "x" * autosave.LONGEST_PATH)
        assert put(cast.practitioner, "x" * (autosave.MOST_CHARACTERS - 10), now)

    def test_nothing_is_kept_for_somebody_deactivated(self, cast: Cast, now: datetime) -> None:
        assert not autosave.save_text(autosave.PageKey(0, PAGE), QueryDict("a=x"), at=now)
        QuerySet(User).filter(pk=cast.practitioner.pk).update(is_active=False)
        assert not put(cast.practitioner, "x", now)


class TestForgetting:
    def test_one_page_of_one_person(self, cast: Cast, now: datetime) -> None:
        put(cast.practitioner, "Mine", now)
        put(cast.teammate, "Theirs", now)
        autosave.discard(cast.practitioner, PAGE)
        assert autosave.saved_text(cast.practitioner, PAGE) is None
        assert autosave.saved_text(cast.teammate, PAGE)

    def test_everything_under_an_address(self, cast: Cast, now: datetime) -> None:
        put(cast.practitioner, "One", now, "/decisions/a/draft/people/")
        put(cast.practitioner, "Two", now, "/decisions/ab/draft/people/")
        autosave.discard_under("/decisions/a/")
        assert [row.path for row in AutosavedText.objects.all()] == ["/decisions/ab/draft/people/"]

    def test_what_is_older_than_thirty_days(self, cast: Cast, now: datetime) -> None:
        put(cast.practitioner, "Old", now - timedelta(days=30, seconds=1), "/old/")
        put(cast.teammate, "Young", now - timedelta(days=29), "/young/")
        autosave.delete_expired(now)
        assert [row.path for row in AutosavedText.objects.all()] == ["/young/"]


class TestToken:
    def test_names_the_person_and_the_page(self, cast: Cast) -> None:
        token = autosave.token(cast.practitioner, PAGE)
        assert autosave.read_token(token) == autosave.PageKey(cast.practitioner.pk, PAGE)

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "\ud83d", "x" * 10_000, "WzEsIi8iXQ:1:x"])
    def test_nonsense_names_nobody(self, token: str) -> None:
        assert autosave.read_token(token) is None

    def test_one_that_was_changed_or_is_for_something_else(self, cast: Cast) -> None:
        token = autosave.token(cast.practitioner, PAGE)
        assert autosave.read_token(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
        assert autosave.read_token(signing.dumps([cast.practitioner.pk, PAGE], salt="another")) is None
        assert autosave.read_token(signing.dumps("no pair", salt=autosave.SALT)) is None

    def test_outlives_a_session_and_no_more(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        token, now = autosave.token(cast.practitioner, PAGE), timezone.now().timestamp()
        for hours, good in ((13.9, True), (14.1, False)):
            monkeypatch.setattr("django.core.signing.time.time", lambda hours=hours: now + hours * 3600)
            assert bool(autosave.read_token(token)) is good


def test_it_is_no_audited_model_and_leaves_no_entry(cast: Cast, now: datetime) -> None:
    assert not issubclass(apps.get_model("accounts", "AutosavedText"), AuditedModel)
    before = LedgerEntry.objects.count()
    put(cast.practitioner, "zq00001qz", now)
    put(cast.practitioner, "zq00002qz", now)
    autosave.discard(cast.practitioner, PAGE)
    assert LedgerEntry.objects.count() == before
