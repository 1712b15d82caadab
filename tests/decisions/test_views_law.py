"""The law in plain English for everybody, and the law as one decision found it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from decisions.presenters.labels import version_words
from decisions.presenters.law_labels import CONFIDENCE, JURISDICTIONS, KINDS, ON_A_NO, WHO
from decisions.presenters.law_options import GONE
from rules.law import CONFIDENCE as CONFIDENCES
from rules.law import KINDS as ALL_KINDS
from rules.law import REFUSED_OK
from rules.law import WHO as ALL_WHO
from rules.law_files import load
from rules.legal_options import WhyNot
from tests.decisions.cases import Case, plain, twin_of
from tests.decisions.law_said import ROW, SHARE_DUTY, commenced, local, retired
from tests.pages import Element, Page, PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]


def page_of(client: PageClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    return parsed(answer.content.decode())


def tables(case: Case, as_user: SignIn, who: str = "practitioner") -> Page:
    return page_of(as_user(getattr(case.cast, who)), reverse("law"))


def looked_at(case: Case, path: str) -> Page:
    """The page as the practitioner sees it, and nothing of the looking left in the database."""
    client = PageClient()
    with transaction.atomic():
        client.force_login(case.cast.practitioner)
        page = page_of(client, path)
        transaction.set_rollback(True)
    return page


@pytest.fixture(scope="module")
def law_page(_closed: Case) -> Page:
    return looked_at(_closed, reverse("law"))


@pytest.fixture(scope="module")
def page_of_decision(_closed: Case) -> Page:
    return looked_at(_closed, reverse("decisions:law", args=[_closed.decision.public_id]))


def row_shown(page: Page, code: str) -> Element:
    """The last row of that code."""
    return [one for one in page.all("article") if one.attrs["id"].rpartition("-")[0] == code][-1]


def name_of(row: Element) -> str:
    """The name of a provision, without its tags."""
    heading = next(part for part in row.texts if isinstance(part, Element) and part.tag == "h3")
    return re.sub(r"( (Chosen|Suggested))+$", "", heading.text)


class TestTables:
    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("who", ["supervisor", "other_team", "administrator", "officer"])
    def test_everybody_may_read_every_row(self, closed: Case, law_page: Page, as_user: SignIn, who: str) -> None:
        rows = [one.text for one in tables(closed, as_user, who).all("article")]
        assert rows == [one.text for one in law_page.all("article")]

    def test_every_row_is_there_in_full(self, law_page: Page) -> None:
        page, law = law_page, load()
        assert len(page.all("article")) == len(law.all_provisions)
        for row in law.all_provisions:
            shown = row_shown(page, row.code).text
            assert row.short_name in shown
        main = page.all("main")[0].text
        for row in law.all_provisions:
            for words in (row.plain_english, row.citation, row.source, *row.tests):
                assert " ".join(words.split()) in main, row.code
        version = next(one for one in page.all("dd") if law.sha256[:12] in one.text)
        assert version_words(law.version) in version.text
        assert law.sha256[:12] in main
        assert law.sha256[:13] not in main

    @pytest.mark.usefixtures("closed")
    def test_signed_out_goes_to_sign_in(self) -> None:
        answer = PageClient().get(reverse("law"))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/law/")

    def test_it_is_read_only_and_no_entry(self, closed: Case, as_user: SignIn) -> None:
        client, before = as_user(closed.cast.practitioner), LedgerEntry.objects.count()
        for method in (client.post, client.put, client.delete):
            assert method(reverse("law")).status_code == 405
        client.get(reverse("law"))
        assert LedgerEntry.objects.count() == before

    def test_the_contents_lead_to_every_layer(self, law_page: Page) -> None:
        page = law_page
        links = [one.attrs["href"].removeprefix("#") for one in page.all("a") if "#layer-" in one.attrs.get("href", "")]
        assert links == [one.attrs["id"] for one in page.classed("app-law-layer")]
        assert len(links) == 8
        ids = [one.attrs["id"] for one in page.all("article")]
        assert len(ids) == len(set(ids))

    def test_each_row_says_what_it_is(self, law_page: Page) -> None:
        shown = row_shown(law_page, "ART6_F").text
        for words in (
            "Organisations that are not public authorities", "It applies only if you answer: Why does it outweigh",
            "All of the United Kingdom", "From 25 May 2018", "Read in a source on 31 July 2026",
            "ICO guidance on legitimate interests",
        ):  # fmt: skip
            assert words in shown

    def test_how_sure_we_are_is_said_in_words(self, law_page: Page) -> None:
        main = law_page.all("main")[0].text
        for words in ("Read in a source on", "Partly read, on", "General knowledge, not read.", "and not found"):
            assert words in main

    def test_what_is_off_says_until_when(self, law_page: Page) -> None:
        for code in ("CA04_16LA", "CA04_16LC", "CPA26_CSA"):
            shown = row_shown(law_page, code).text
            assert "Not in force until your data protection officer confirms that it has commenced." in shown

    def test_what_the_officer_said_is_seen_by_everybody_of_theirs(self, closed: Case, as_user: SignIn) -> None:
        by, tomorrow = closed.cast.officer, timezone.localdate() + timedelta(days=1)
        commenced(by)
        local(by)
        retired(by, code="ART6_B")
        retired(by, code="ART6_D", on_day=tomorrow)
        page = tables(closed, as_user)
        assert "Your organisation confirmed that it commenced on 30 September 2026." in row_shown(page, SHARE_DUTY).text
        assert "Our own" in row_shown(page, "LOCAL_HEALTH_PROTOCOL").text
        assert "Retired" in row_shown(page, "ART6_B").text
        assert "To be retired" in row_shown(page, "ART6_D").text
        assert f"from {tomorrow.day} {tomorrow:%B %Y}." in row_shown(page, "ART6_D").text
        next_door = page_of(as_user(closed.cast.stranger.practitioner), reverse("law"))
        assert not [one for one in next_door.all("article") if one.attrs["id"].startswith("LOCAL_")]
        assert "Not in force until" in row_shown(next_door, SHARE_DUTY).text

    def test_a_first_day_to_come_and_one_that_ended(self, closed: Case, as_user: SignIn) -> None:
        day = timezone.localdate() + timedelta(days=30)
        commenced(closed.cast.officer, on_day=day)
        page = tables(closed, as_user)
        assert f"It comes into force on {day.day} {day:%B %Y}." in row_shown(page, SHARE_DUTY).text
        assert "It ended on 6 August 2010." in row_shown(page, "CA04_12").text

    def test_one_retired_from_its_first_day_is_still_there(self, closed: Case, as_user: SignIn) -> None:
        notice = local(closed.cast.officer)
        retired(closed.cast.officer, code=notice.code, on_day=date(2024, 1, 1))
        assert "Retired" in row_shown(tables(closed, as_user), notice.code).text

    def test_the_policy_document(self, closed: Case, law_page: Page, as_user: SignIn) -> None:
        assert [one for one in law_page.all("a") if one.attrs["href"] == "https://policy.north.test/appropriate"]
        next_door = page_of(as_user(closed.cast.stranger.practitioner), reverse("law"))
        assert re.search("Our policy document ?Missing", next_door.all("main")[0].text)

    def test_only_the_officer_is_led_to_changing_it(self, closed: Case, law_page: Page, as_user: SignIn) -> None:
        pages = ((tables(closed, as_user, "officer"), True), (tables(closed, as_user, "administrator"), False))
        for page, led in (*pages, (law_page, False)):
            links = [one.attrs.get("href") for one in page.all("a")]
            assert (reverse("administration:law") in links) is led

    @pytest.mark.in_turn(4)
    @pytest.mark.parametrize("who", ["practitioner", "supervisor", "administrator", "officer"])
    def test_every_page_leads_there(self, closed: Case, as_user: SignIn, who: str) -> None:
        page = page_of(as_user(getattr(closed.cast, who)), reverse("home"))
        assert [one for one in page.all("a") if one.attrs.get("href") == reverse("law") and one.inside("footer")]


class TestOfDecision:
    @pytest.fixture
    def path(self, closed: Case) -> str:
        return reverse("decisions:law", args=[closed.decision.public_id])

    @pytest.fixture
    def draft(self, closed: Case) -> Decision:
        return twin_of(closed.decision)

    def test_what_was_chosen_and_for_whom(self, closed: Case, page_of_decision: Page) -> None:
        rows = [one for one in page_of_decision.classed("app-law-row") if "Chosen" in one.text]
        shown = {name_of(one): one.text for one in rows}
        chosen = list(closed.decision.provisions.select_related("person"))
        assert set(shown) == {row.details["short_name"] for row in chosen}
        for row in chosen:
            if row.person:
                assert row.person.name in shown[row.details["short_name"]]

    def test_the_day_whose_law_counts(self, closed: Case, path: str, as_user: SignIn) -> None:
        day = timezone.localdate(closed.again().decided_at)
        for who, said in (("practitioner", "You decided on"), ("supervisor", "This was decided on")):
            main = page_of(as_user(getattr(closed.cast, who)), path).all("main")[0].text
            assert f"{said} {day.day} {day:%B %Y}, so the law of that day counts." in main

    def test_why_the_rest_is_not_on_offer(self, page_of_decision: Page) -> None:
        main = page_of_decision.all("main")[0].text
        for why in (WhyNot.NOT_CONFIRMED, WhyNot.ENDED, WhyNot.OTHERS):
            assert why.label in main

    def test_every_row_is_there_once(self, page_of_decision: Page) -> None:
        names = [name_of(one) for one in page_of_decision.classed("app-law-row")]
        assert sorted(names) == sorted(row.short_name for row in load().all_provisions)

    def test_a_row_never_used_here_is_there_too(self, closed: Case, draft: Decision, as_user: SignIn) -> None:
        notice = local(closed.cast.officer)
        retired(closed.cast.officer, code=notice.code, on_day=date(2024, 1, 1))
        page = page_of(as_user(closed.cast.practitioner), reverse("decisions:law", args=[draft.public_id]))
        (row,) = [one for one in page.classed("app-law-row") if ROW["short_name"] in one.text]
        assert WhyNot.ENDED.label in row.text

    def test_chosen_and_gone_from_the_tables(self, closed: Case, draft: Decision, as_user: SignIn) -> None:
        """As the draft kept it."""
        first = draft.provisions.filter(layer="L3").first()
        assert first is not None
        plain(type(first)).filter(pk=first.pk).update(code="GONE_AWAY")
        page = page_of(as_user(closed.cast.practitioner), reverse("decisions:law", args=[draft.public_id]))
        (row,) = [one for one in page.classed("app-law-row") if GONE in one.text]
        assert first.details["short_name"] in row.text
        assert "Chosen" in row.text

    def test_chosen_though_it_may_not_be_any_more(self, closed: Case, draft: Decision, as_user: SignIn) -> None:
        first = draft.provisions.filter(layer="L1")[0]
        code, name = first.code, first.details["short_name"]
        retired(closed.cast.officer, code=code, on_day=timezone.localdate(draft.decided_at))
        page = page_of(as_user(closed.cast.practitioner), reverse("decisions:law", args=[draft.public_id]))
        rows = [one for one in page.classed("app-law-row") if name_of(one) == name and "Chosen" in one.text]
        assert [WhyNot.ENDED.label in one.text for one in rows] == [True]

    def test_a_draft_without_a_day(self, closed: Case, draft: Decision, as_user: SignIn) -> None:
        plain(Decision).filter(pk=draft.pk).update(decided_at=None)
        page = page_of(as_user(closed.cast.practitioner), reverse("decisions:law", args=[draft.public_id]))
        assert "The day of the decision is not entered yet" in page.all("main")[0].text

    def test_reading_it_is_entered_first(self, closed: Case, path: str, draft: Decision, as_user: SignIn) -> None:
        as_user(closed.cast.supervisor).get(path)
        (entry,) = LedgerEntry.objects.filter(event="decision.law_opened")
        assert (entry.actor_id, entry.object_repr) == (closed.cast.supervisor.pk, closed.decision.reference)
        as_user(closed.cast.practitioner).get(reverse("decisions:law", args=[draft.public_id]))
        entry = LedgerEntry.objects.filter(event="decision.draft_opened", object_repr=draft.reference).get()
        assert entry.additional_data["page"] == "law"

    def test_signed_out_goes_to_sign_in(self, path: str) -> None:
        assert PageClient().get(path).headers["Location"] == f"/sign-in/?next={path}"

    @pytest.mark.parametrize(("who", "status"), [("other_team", 404), ("administrator", 403), ("officer", 403)])
    def test_others_get_nothing(self, closed: Case, path: str, as_user: SignIn, who: str, status: int) -> None:
        assert as_user(getattr(closed.cast, who)).get(path).status_code == status
        assert not LedgerEntry.objects.filter(event="decision.law_opened").exists()

    def test_nor_does_another_organisation(self, closed: Case, path: str, as_user: SignIn) -> None:
        for user in (closed.cast.stranger.practitioner, closed.cast.stranger.supervisor):
            assert as_user(user).get(path).status_code == 404

    @pytest.mark.parametrize("who", ["teammate", "supervisor", "other_team"])
    def test_a_draft_is_its_authors(self, closed: Case, draft: Decision, as_user: SignIn, who: str) -> None:
        path = reverse("decisions:law", args=[draft.public_id])
        assert as_user(getattr(closed.cast, who)).get(path).status_code == 404

    def test_an_unknown_one_and_other_methods(self, closed: Case, path: str, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        assert client.get(reverse("decisions:law", args=[uuid4()])).status_code == 404
        for method in (client.post, client.put, client.delete):
            assert method(path).status_code == 405

    def test_no_names_in_its_title_and_addresses(self, closed: Case, page_of_decision: Page) -> None:
        page = page_of_decision
        places = [page.all("title")[0].text, *(one.attrs.get("href", "") for one in page.all("a"))]
        for person in closed.decision.people.all():
            assert not [place for place in places if person.name.split()[0] in place]

    def test_the_record_and_page_seven_lead_there(self, closed: Case, path: str, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        record = page_of(client, reverse("decisions:detail", args=[closed.decision.public_id]))
        assert path in [one.attrs.get("href") for one in record.all("a")]

    def test_it_costs_no_more_than_reading_the_decision(self, closed: Case, path: str, as_user: SignIn) -> None:
        client, counts = as_user(closed.cast.practitioner), []
        for address in (path, reverse("decisions:detail", args=[closed.decision.public_id])):
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len([one for one in seen.captured_queries if one["sql"].startswith("SELECT")]))
        assert counts[0] <= counts[1]


@pytest.mark.parametrize(
    ("words", "codes"), [(WHO, ALL_WHO), (ON_A_NO, REFUSED_OK), (CONFIDENCE, CONFIDENCES), (KINDS, ALL_KINDS)]
)
def test_every_code_has_its_words(words: dict[str, str], codes: frozenset[str]) -> None:
    assert set(words) == codes


def test_every_jurisdiction_has_its_words() -> None:
    assert {row.jurisdiction for row in load().all_provisions} <= set(JURISDICTIONS)
