"""The data protection officer's pages of the law: who may, what is refused, and what is shown afterwards."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from administration.law_presenters import in_force, notice_lines, provisions_to_retire, shipped_off
from administration.law_views import PER_PAGE
from audit.models import LedgerEntry
from decisions.models import LawNotice
from rules.law_files import load
from tests import shared
from tests.accounts.entries import entered, last
from tests.administration.pages import SignIn, without_what_changes
from tests.cast import Cast, Company
from tests.decisions.law_said import SHARE_DUTY, SOURCE, commenced, local, retired, taken_back
from tests.pages import Page, PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

cast = shared.cast
NAMES = ["law", "law_commence", "law_add", "law_retire", "law_withdraw"]
every = pytest.mark.parametrize("name", NAMES)
COMMENCED = {"code": SHARE_DUTY, "on_day_day": "30", "on_day_month": "9", "on_day_year": "2026", "source": SOURCE,
             "source_title": "Commencement Regulations 2026", "looked_up_on_day": "1", "looked_up_on_month": "11",
             "looked_up_on_year": "2026"}  # fmt: skip
RETIRED = {"code": "ART6_B", "on_day_day": "1", "on_day_month": "12", "on_day_year": "2026", "why": "Never fits",
           "source": "Our lawyer"}  # fmt: skip
BACK = {"why": "The order was withdrawn", "source": "SI 2026/1300"}
LOCAL = {
    "name": "health protocol", "layer": "L3", "kind": "power", "short_name": "Northmere health protocol",
    "plain_english": "Health visitors and we may tell each other.", "citation": "Protocol, part 4", "who": "ANY",
    "tests": "Is the child under five?\r\n\r\n Does it  matter? ", "refused_ok": "yes", "jurisdiction": "E",
    "effective_from_day": "1", "effective_from_month": "1", "effective_from_year": "2024", "source": "The protocol",
    "confidence": "C", "checked_on_day": "1", "checked_on_month": "11", "checked_on_year": "2026",
}  # fmt: skip
POSTS = {"law_commence": COMMENCED, "law_add": LOCAL, "law_retire": RETIRED, "law_withdraw": BACK}
posting = pytest.mark.parametrize("name", POSTS)


def address(company: Company, name: str) -> str:
    """The last one takes back a retirement, which is made for it."""
    if name != "law_withdraw":
        return reverse(f"administration:{name}")
    said = company.organisation.law_notices.first() or retired(company.officer)
    return reverse(f"administration:{name}", args=[said.public_id])


def plain(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    page = parsed(answer.content.decode())
    return page.all("main")[0].text


def errors(answer: Any) -> str:
    return " ".join(one.text for one in parsed(answer.content.decode()).classed("govuk-error-message"))


class TestWhoMay:
    @every
    def test_signed_out_goes_to_sign_in(self, cast: Cast, name: str) -> None:
        path = address(cast, name)
        for answer in (PageClient().get(path), PageClient().post(path, POSTS.get(name, {}))):
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={path}")

    @every
    def test_the_officer_sees_it(self, cast: Cast, as_user: SignIn, name: str) -> None:
        path, before = address(cast, name), LedgerEntry.objects.count()
        assert as_user(cast.officer).get(path).status_code == 200
        assert LedgerEntry.objects.count() in {before, before + 1}

    @pytest.mark.in_turn(3)
    @every
    @pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "supervisor", "administrator"])
    def test_the_wrong_role_is_refused_and_entered(self, cast: Cast, name: str, who: str) -> None:
        path = address(cast, name)
        before, client = LawNotice.objects.count(), plain(getattr(cast, who))
        for answer in (client.get(path), client.post(path, POSTS.get(name, {}))):
            assert answer.status_code == 403
            assert last(cast.organisation).event == "refused"
        assert LawNotice.objects.count() == before

    def test_another_organisations_notice_is_not_found(self, cast: Cast) -> None:
        client, path = plain(cast.officer), address(cast.stranger, "law_withdraw")
        before = entered(cast.stranger.organisation)
        assert client.get(path).status_code == 404
        assert client.post(path, BACK).status_code == 404
        assert entered(cast.stranger.organisation) == before

    def test_nor_is_one_that_is_not_there_and_they_look_alike(self, cast: Cast) -> None:
        client, theirs = plain(cast.officer), address(cast.stranger, "law_withdraw")
        unknown = reverse("administration:law_withdraw", args=[uuid4()])
        bodies = {without_what_changes(client.get(path).content) for path in (theirs, unknown)}
        assert len(bodies) == 1
        assert client.post(unknown, BACK).status_code == 404

    def test_a_row_of_ones_own_is_not_taken_back(self, cast: Cast) -> None:
        path = reverse("administration:law_withdraw", args=[local(cast.officer).public_id])
        assert plain(cast.officer).get(path).status_code == 404

    @pytest.mark.in_turn(2)
    @every
    def test_only_the_methods_it_knows(self, cast: Cast, name: str) -> None:
        client, path = plain(cast.officer), address(cast, name)
        assert (client.delete(path).status_code, client.put(path).status_code) == (405, 405)
        assert client.post(path, {}).status_code == (405 if name == "law" else 422)

    @pytest.mark.in_turn(2)
    @posting
    def test_without_its_token_nothing_is_said(self, cast: Cast, name: str) -> None:
        path = address(cast, name)
        client, before = Client(enforce_csrf_checks=True), LawNotice.objects.count()
        client.force_login(cast.officer)
        assert client.post(path, POSTS[name]).status_code == 403
        assert LawNotice.objects.count() == before

    def test_every_page_of_the_law_is_tried(self) -> None:
        resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "administration/")
        found = {one.name for one in resolver.url_patterns if str(one.pattern).startswith("law/")}  # type: ignore[union-attr]
        assert found == {*NAMES, "law_check"}, "the last is another person's: test_law_second_person.py"


class TestSaying:
    @posting
    def test_it_is_said_once_and_entered(self, cast: Cast, as_user: SignIn, name: str) -> None:
        path, client = address(cast, name), as_user(cast.officer)
        before = LawNotice.objects.count()
        for _ in range(2):
            answer = client.post(path, POSTS[name])
            assert (answer.status_code, answer.headers["Location"]) == (302, reverse("administration:law"))
        assert LawNotice.objects.count() == before + 1
        written = [event for event in entered(cast.organisation) if event == "created decisions.lawnotice"]
        assert len(written) == before + 1

    @posting
    def test_sent_empty_says_what_is_missing_and_keeps_the_rest(self, cast: Cast, as_user: SignIn, name: str) -> None:
        path, client = address(cast, name), as_user(cast.officer)
        before = LawNotice.objects.count()
        assert errors(client.post(path, {}))
        typed = {**POSTS[name], "source": ""}
        answer = client.post(path, typed)
        assert answer.status_code == 422
        assert re.search("Enter source|Where can it be read", errors(answer))
        for value in (one for key, one in typed.items() if one and key in {"why", "short_name", "citation"}):
            assert value in answer.content.decode()
        assert LawNotice.objects.count() == before

    @pytest.mark.in_turn(2)
    @posting
    @pytest.mark.parametrize("value", ["a\x00b", "x" * 501])
    def test_text_that_cannot_be_kept(self, cast: Cast, as_user: SignIn, name: str, value: str) -> None:
        answer = as_user(cast.officer).post(address(cast, name), {**POSTS[name], "source": value})
        assert answer.status_code == 422
        assert re.search(r"cannot be kept|cannot be added|must be 500 characters or fewer", errors(answer))

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("name", ["law_commence", "law_retire"])
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"code": "FORGED"}, "from the list"), ({"code": "\x00"}, "from the list|cannot be kept"),
            ({"on_day_year": "2015"}, "Enter a day from"), ({"on_day_year": "2099"}, "Enter a day from"),
            ({"on_day_month": "13"}, "month|date"), ({"on_day_day": "", "on_day_year": ""}, "must include a day"),
        ],
        ids=str,
    )  # fmt: skip
    def test_bad_answers(self, cast: Cast, as_user: SignIn, name: str, change: dict[str, str], said: str) -> None:
        answer = as_user(cast.officer).post(address(cast, name), {**POSTS[name], **change})
        assert answer.status_code == 422
        assert re.search(said, errors(answer)), errors(answer)
        assert parsed(answer.content.decode()).classed("govuk-error-summary")
        assert not LawNotice.objects.exists()

    def test_taken_back_in_other_words_meanwhile(self, cast: Cast, as_user: SignIn) -> None:
        path = address(cast, "law_withdraw")
        taken_back(LawNotice.objects.get(), cast.officer)
        answer = as_user(cast.officer).post(path, BACK)
        assert answer.status_code == 422
        assert "There is a later notice about this provision" in errors(answer)


class TestLocalRow:
    def kept(self, cast: Cast, as_user: SignIn, **change: Any) -> dict[str, Any]:
        answer = as_user(cast.officer).post(reverse("administration:law_add"), {**LOCAL, **change})
        assert answer.status_code == 302, errors(answer)
        found: dict[str, Any] = LawNotice.objects.get().provision
        return found

    def test_questions_are_lines(self, cast: Cast, as_user: SignIn) -> None:
        row = self.kept(cast, as_user)
        assert row["tests"] == ["Is the child under five?", "Does it matter?"]
        assert (row["code"], row["kind"], row["effective_from"]) == ("LOCAL_HEALTH_PROTOCOL", "power", "2024-01-01")

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize(
        ("layer", "kind"),
        [("L1", "basis"), ("ANNEX1", "basis"), ("L2", "basis"), ("SCHEDULE1", "basis"), ("SCHEDULE8", "basis"),
         ("L4", "confidence")],
    )  # fmt: skip
    def test_only_a_power_is_asked_its_kind(self, cast: Cast, as_user: SignIn, layer: str, kind: str) -> None:
        row = self.kept(cast, as_user, layer=layer, kind="must_disclose")
        assert (row["layer"], row["kind"]) == (layer, kind)

    def test_a_condition_may_need_a_policy_document(self, cast: Cast, as_user: SignIn) -> None:
        assert self.kept(cast, as_user, layer="SCHEDULE1", needs_policy_document="on")["needs_policy_document"] is True

    def test_the_question_on_a_no_joins_the_others(self, cast: Cast, as_user: SignIn) -> None:
        row = self.kept(cast, as_user, refused_ok="if", refused_test="Why does it outweigh that?")
        assert row["tests"][-1] == row["refused_test"] == "Why does it outweigh that?"
        assert len(row["tests"]) == 3

    def test_one_of_the_others_is_not_asked_twice(self, cast: Cast, as_user: SignIn) -> None:
        row = self.kept(cast, as_user, refused_ok="if", refused_test="Does it matter?")
        assert row["tests"] == ["Is the child under five?", "Does it matter?"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"name": "é"}, "Use letters, digits, spaces"), ({"name": "x" * 25}, "24 characters at most"),
            ({"layer": "L5"}, "from the list"), ({"kind": ""}, "Choose what kind"),
            ({"kind": "must_disclose", "refused_ok": "no"}, "does not go with its kind"),
            ({"refused_ok": "if"}, "Answer the question: Which question must be"),
            ({"refused_ok": ""}, "Choose whether it still applies"),
            ({"who": "X"}, "from the list"), ({"tests": " \r\n "}, "Answer the question: What should people"),
            ({"tests": "\n".join(f"Question {n}?" for n in range(9))}, "There are 9 questions"),
            ({"tests": "x" * 201}, "Each question must be 200"), ({"confidence": ""}, "Choose how sure"),
            ({"effective_from_year": "2017"}, "from 25 May 2018"), ({"checked_on_year": "2099"}, "in the past"),
            ({"plain_english": "x" * 501}, "must be 500 characters"), ({"jurisdiction": "F"}, "from the list"),
        ],
        ids=lambda one: str(one)[:40],
    )  # fmt: skip
    def test_bad_answers(self, cast: Cast, as_user: SignIn, change: dict[str, str], said: str) -> None:
        answer = as_user(cast.officer).post(reverse("administration:law_add"), {**LOCAL, **change})
        assert answer.status_code == 422
        assert said in errors(answer)
        assert not LawNotice.objects.exists()

    def test_a_second_with_its_name(self, cast: Cast, as_user: SignIn) -> None:
        self.kept(cast, as_user)
        answer = as_user(cast.officer).post(reverse("administration:law_add"), {**LOCAL, "citation": "Another"})
        assert answer.status_code == 422
        assert "There is already a provision with this name" in errors(answer)

    def test_what_is_typed_is_printed_as_it_is(self, cast: Cast, as_user: SignIn) -> None:
        self.kept(cast, as_user, short_name="<b>{{ 7 }}</b>")
        for user, name in ((cast.officer, "administration:law"), (cast.practitioner, "law")):
            assert "<b>{{ 7 }}</b>" in text(as_user(user).get(reverse(name)))


class TestPage:
    def test_what_holds_and_all_that_was_said(self, cast: Cast, as_user: SignIn) -> None:
        begun = commenced(cast.officer)
        local(cast.officer)
        taken_back(begun, cast.officer, why="The order was withdrawn")
        retired(cast.officer, why="It never fits")
        answer = as_user(cast.officer).get(reverse("administration:law"))
        shown = text(answer)
        for words in (
            "In force from 30 September 2026", "Not in force: commencement withdrawn", "Why: The order was withdrawn",
            "Our own legal provision, from 1 January 2024",
            "Why: It never fits", SOURCE, cast.officer.full_name,
        ):  # fmt: skip
            assert words in shown
        back = [one for one in parsed(answer.content.decode()).all("a") if one.text.startswith("Withdraw")]
        assert [one.text for one in back] == ["Withdraw the notice about Contract"]

    def test_nothing_was_said_yet(self, cast: Cast, as_user: SignIn) -> None:
        assert "You use the standard list" in text(as_user(cast.officer).get(reverse("administration:law")))

    def test_another_organisations_words_are_not_there(self, cast: Cast, as_user: SignIn) -> None:
        local(cast.stranger.officer)
        shown = text(as_user(cast.officer).get(reverse("administration:law")))
        assert "protocol" not in shown

    def test_many_are_on_several_pages(self, cast: Cast, as_user: SignIn) -> None:
        for number in range(PER_PAGE + 1):
            retired(cast.officer, why=f"Reason {number}", code="ART6_B" if number % 2 else "ART6_A")
        client, path = as_user(cast.officer), reverse("administration:law")
        assert "Reason 0" not in text(client.get(path))
        assert "Reason 0" in text(client.get(path, {"page": "2"}))
        assert client.get(path, {"page": "nonsense"}).status_code == 200

    def test_the_organisations_page_leads_there_for_the_officer_only(self, cast: Cast, as_user: SignIn) -> None:
        path, link = reverse("administration:organisation"), reverse("administration:law")
        assert f'href="{link}"' in as_user(cast.officer).get(path).content.decode()
        assert f'href="{link}"' not in as_user(cast.administrator).get(path).content.decode()

    def test_no_words_in_addresses_and_titles(self, cast: Cast, as_user: SignIn) -> None:
        local(cast.officer, short_name="Zebra protocol", name="zebra")
        retired(cast.officer, code="LOCAL_ZEBRA")
        for name in ("law", "law_retire"):
            html = as_user(cast.officer).get(address(cast, name)).content.decode()
            places = [Page(html).all("title")[0].text, *re.findall(r'(?:href|action)="([^"]*)"', html)]
            assert not [place for place in places if "zebra" in place.lower()]


class TestPresenters:
    def test_what_holds(self, cast: Cast) -> None:
        by = cast.officer
        begun, own, away = commenced(by), local(by), retired(by)
        said = list(LawNotice.objects.all())
        assert [(one.code, bool(one.withdraw_url)) for one in in_force(said)] == [
            (begun.code, True), (own.code, False), (away.code, True),
        ]  # fmt: skip
        taken_back(away, by)
        retired(by, code=own.code)
        held = in_force(list(LawNotice.objects.all()))
        assert [one.what.split(" from")[0] for one in held] == ["In force", "Our own legal provision,", "Retired"]

    def test_a_row_that_is_never_used_still_has_its_name(self, cast: Cast) -> None:
        own = local(cast.officer)
        gone = retired(cast.officer, code=own.code, on_day=own.on_day)
        (line,) = notice_lines([gone], list(LawNotice.objects.all()))
        assert (line.name, line.what) == ("Northmere health protocol", "Retired from 1 January 2024")

    def test_what_came_switched_off(self) -> None:
        assert {row.code for row in shipped_off(load())} == {"CA04_16LA", "CA04_16LC", "CPA26_CSA"}

    def test_what_can_be_retired(self) -> None:
        codes = [row.code for row in provisions_to_retire(load(), timezone.localdate())]
        assert len(codes) == len(set(codes)) > 80
        assert "CA04_12" not in codes
