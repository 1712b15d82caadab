"""Whatever is sent: a message that says what to do, nothing lost, nothing half saved, never a server error."""

from collections.abc import Callable
from datetime import datetime
from itertools import cycle
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from families.models import Family
from tests import shared
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting.households import address_book
from tests.drafting.scenario_cases import SHARE_ROUTE, begin_at
from tests.drafting.scenario_walk import FORM, Walk
from tests.pages import Page, PageClient
from tests.shared import undone

SignIn = Callable[[User], PageClient]
WRITTEN = [LedgerEntry.Action.CREATE, LedgerEntry.Action.UPDATE, LedgerEntry.Action.DELETE]
# One for every worker: what is collected must be the same in each.
UNKNOWN = "00000000-0000-4000-8000-000000000000"
NASTY = [
    "", "   ", "x" * 300, "x" * 5_001, "\x00", "a\x00b", "\ufffd", "-1", "0", "31", "2", "9" * 25, "\uff11\uff12",
    "1e309", "NaN", "null", "[]", "on", "yes", "<script>alert(1)</script>", "{{ 7|add:42 }}{% debug %}", "' OR 1=1 --",
    "../../x", "\r\nSet-Cookie: a=b", "\u202egnp.exe", "\U0001f9d2\U0001f3fd", "add:item", "later", UNKNOWN,
    "25:61", "NOT_SHARED",
]  # fmt: skip


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def story(now: datetime) -> cases.Story:
    return cases.s03(now)


@pytest.fixture(scope="module")
def draft(cast: Cast, now: datetime, story: cases.Story) -> Decision:
    """S03 filled in as far as the check page."""
    return begin_at("check", cases.S03, story, cast, now).decision


@pytest.fixture
def walk(draft: Decision, cast: Cast) -> Walk:
    return signed_in(cast.practitioner, draft)


@pytest.fixture
def early(draft: Decision, cast: Cast, story: cases.Story) -> Walk:
    """A second draft about the same family, as far as the concern."""
    walk = signed_in(cast.practitioner)
    walk.begin("DECIDING", Family.objects.get(), cast.team)
    walk.skip(story, "people")
    return walk


def signed_in(user: User, decision: Decision | None = None) -> Walk:
    walk = Walk(user, decision)
    walk.client.force_login(user)
    return walk


def written() -> int:
    count: int = LedgerEntry.objects.filter(action__in=WRITTEN).count()
    return count


def is_message(walk: Walk, *words: str) -> bool:
    """Beside a field, and in the summary at the head of the page."""
    summary = " ".join(one.text for one in walk.page.classed("govuk-error-summary"))
    return any(all(word in text for word in words) for text in walk.errors) and all(word in summary for word in words)


class TestText:
    BOXES = [("outcome", "outcome-why_now", 4000), ("concern", "concern-facts", 4000),
             ("concern", "concern-happened", 200), ("legal_basis", "legal_basis-risk_if_not", 2000),
             ("request", "other-0-name", 200), ("information", "item-0-text", 1000)]  # fmt: skip

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize(("key", "box", "most"), BOXES)
    def test_too_long_says_how_long_it_may_be(self, walk: Walk, key: str, box: str, most: int) -> None:
        before = written()
        walk.open(key)
        sent = query(walk.shown())
        if box.startswith("other"):
            sent["other-rows"] = "1"
        sent[box] = "ä" * (most + 1)
        walk.send(walk.path(key), sent, status=422)
        assert is_message(walk, f"{most:,}")
        assert walk.lost(sent) == {}
        assert written() == before
        walk.open(key)
        assert walk.lost(sent) == {}

    def test_exactly_as_long_is_accepted(self, walk: Walk) -> None:
        walk.fill("outcome", {"why_now": "ä" * 4000})
        assert walk.draft.decision.why_now == "ä" * 4000

    def test_line_breaks_count_once(self, walk: Walk) -> None:
        walk.fill("outcome", {"why_now": "x" + "\r\n" * 3998 + "y"})
        assert len(walk.draft.decision.why_now) == 4000

    @pytest.mark.parametrize(("key", "box"), [box[:2] for box in BOXES[::2]])
    def test_nul_is_refused_and_the_rest_kept(self, walk: Walk, key: str, box: str) -> None:
        walk.open(key)
        sent = query(walk.shown())
        if box.startswith("other"):
            sent["other-rows"] = "1"
        sent[box] = "before\x00after"
        walk.send(walk.path(key), sent, status=422)
        assert is_message(walk, "cannot be kept")
        assert "before\ufffdafter" in walk.shown()[box]
        walk.open(key)
        assert "before\ufffdafter" in walk.shown()[box]

    def test_half_a_surrogate_pair_is_no_server_error(self, walk: Walk) -> None:
        walk.open("outcome")
        data = walk.filled("outcome", {"why_now": "HERE"})
        data["csrfmiddlewaretoken"] = walk.hidden("csrfmiddlewaretoken")
        body = data.urlencode().replace("HERE", "before%ED%A0%80after")
        answer = walk.client.post(walk.path("outcome"), body, content_type=FORM)
        assert answer.status_code in {302, 422}
        walk.open("outcome")
        assert walk.shown()["outcome-why_now"][0].startswith("before")

    def test_names_are_printed_as_they_are(self, walk: Walk, story: cases.Story) -> None:
        """In legends, labels and choices too, where a form library might take them for a template."""
        name = '{{ 7|floatformat }}{% debug %} <b>Mallory</b> O\'Neill & "Sons"'
        walk.fill("request", {"other": [{"name": name, "route_kind": "phone", "route": "01632 960333"}]})
        walk.open("consent")
        assert name in walk.text
        walk.skip(
            {"consent": {**story["consent"], "choices": {**story["consent"]["choices"], name: {"choice": "no"}}}},
            "consent",
        )
        for key in ("information", "request"):
            walk.open(key)
            assert name in walk.text or [name] in walk.shown().values()
        walk.get(walk.check_path)
        assert name in walk.text


class TestDates:
    PARTS = [
        ("", "3", ""), ("31", "2", "2026"), ("0", "1", "2026"), ("1", "13", "2026"), ("1", "1", "0"), ("x", "y", "z"),
        ("-1", "1", "2026"), ("1", "1", "99999"), ("1" * 30, "1", "2026"),
    ]  # fmt: skip

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize(
        ("key", "box"), [("outcome", "outcome-decided_at"), ("sending", "informing-{}-informing_review_on")]
    )
    def test_are_refused_as_typed(self, walk: Walk, key: str, box: str) -> None:
        father = next(one for one in walk.draft.people if one.source_of_harm)
        box = box.format(father.pk)
        walk.open(key)
        sent = query(walk.shown())
        for parts in self.PARTS:
            with undone():
                for part, text in zip(("day", "month", "year"), parts, strict=True):
                    sent[f"{box}_{part}"] = text
                walk.send(walk.path(key), sent, status=422)
                assert walk.errors, parts
                assert walk.lost(sent) == {}

    def test_a_decision_in_the_future_is_refused(self, walk: Walk, now: datetime) -> None:
        walk.open("outcome")
        sent = query(walk.shown())
        sent["outcome-decided_at_year"] = str(now.year + 1)
        walk.send(walk.path("outcome"), sent, status=422)
        assert is_message(walk, "must be in the past")


class TestForgedChoices:
    @pytest.mark.parametrize(
        ("key", "box"),
        [
            ("concern", "concern-level"),
            ("request", "request-trigger"),
            ("outcome", "outcome-outcome"),
            ("legal_basis", "legal_basis-l1"),
        ],
    )
    def test_are_refused(self, walk: Walk, key: str, box: str) -> None:
        walk.open(key)
        sent = query(walk.shown())
        for value in ("FORGED", "x" * 5000, "\x00"):
            with undone():
                before = written()
                sent[box] = value
                walk.send(walk.path(key), sent, status=422)
                assert walk.errors, value
                assert written() == before

    def test_another_organisations_address_book(self, walk: Walk, cast: Cast, now: datetime) -> None:
        next_door = cast.stranger
        address_book("Their front door", by=next_door.administrator, at=now)
        theirs = next_door.organisation.recipients.get()
        walk.open("request")
        sent = query(walk.shown())
        sent.setlist("request-recipients", [str(theirs.public_id)])
        walk.send(walk.path("request"), sent, status=422)
        assert "Their front door" not in walk.text
        assert len(walk.draft.recipients) == 2

    def test_another_decisions_rows(self, walk: Walk, cast: Cast, story: cases.Story) -> None:
        """Keys of another decision's people, recipients and items are not choices here, and are not touched."""
        family = Family.objects.get()
        second = signed_in(cast.practitioner)
        second.begin("DECIDING", family, cast.team)
        second.skip(story, *SHARE_ROUTE[:5])
        theirs = walk.draft
        second.open("information")
        sent = second.filled("information", {"item": [{"text": "Mine", "kind": "fact"}]})
        mine = {"item-rows": "1", "item-0-text": "Mine", "item-0-kind": "fact", "item-0-pk": str(theirs.items[0].pk)}
        for name, value in mine.items():
            sent[name] = value
        own = second.draft.recipients
        for one in own:
            sent[f"item-0-to_{one.pk}"], sent[f"item-0-why_{one.pk}"] = "", ""
        sent["item-0-gets"], sent["item-0-why"] = "withhold", "Because it is theirs"
        sent["information-about"] = str(second.draft.people[0].pk)
        for box, key in (("about", theirs.people[0].pk), ("gets", theirs.recipients[0].pk)):
            forged = sent.copy()
            forged[f"item-0-{box}"] = str(key)
            second.send(second.path("information"), forged, status=422)
            second.open("information")
            sent["version"] = second.hidden("version")
        sent[f"item-0-to_{theirs.recipients[0].pk}"] = "share"
        second.send(second.path("information"), sent)
        assert [item.text for item in second.draft.items] == ["Mine"]
        assert [item.text for item in walk.draft.items] == [item["text"] for item in story["information"]["item"]]

    def test_people_of_another_family_cannot_be_put_on(self, early: Walk) -> None:
        before = {person.pk for person in early.draft.people}
        early.open("people")
        sent = query(early.shown())
        sent["person-999999-on"] = "on"
        early.send(early.path("people"), sent)
        assert {person.pk for person in early.draft.people} == before

    def test_a_family_nobody_of_the_team_works_with(self, early: Walk, cast: Cast, now: datetime) -> None:
        theirs = cases.set_scene(cases.S02, cast.stranger, now)
        for reference in (theirs.reference, "F-NOTHING", "\x00", "x" * 50):
            early.open("people")
            sent = query(early.shown())
            sent["people-another_family"] = reference
            early.send(early.path("people"), sent, status=422)
            assert theirs.name not in early.text.replace("Add people", "")


class TestRowCounts:
    COUNTS = ["99999999", "-1", "\uff11\uff12", "9" * 5000, "", "abc", "1.5", "0"]

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("group", ["other", "item", "sending", "advice"])
    def test_never_fail_and_never_fill_the_page(self, walk: Walk, story: cases.Story, group: str) -> None:
        key = {"other": "request", "item": "information"}.get(group, "sending")
        walk.open(key)
        sent = query(walk.shown())
        # The same few lines read the count of every group.
        for count in self.COUNTS if group == "item" else self.COUNTS[:3]:
            with undone():
                sent[f"{group}-rows"] = count
                sent["then"] = f"add:{group}"
                walk.send(walk.path(key), sent)
                walk.get(walk.at)
                assert int(walk.hidden(f"{group}-rows")) <= 61, count
                assert len(walk.draft.items) == len(story["information"]["item"]), "adding a row takes none away"

    def test_people_are_counted_by_the_site_alone(self, early: Walk) -> None:
        for count in ("99999999", "-1", "0", "\uff11"):
            early.open("people")
            sent = query(early.shown())
            sent["people-rows"] = count
            early.send(early.path("people"), sent)
            assert len(early.draft.people) == 3


class TestSize:
    def test_a_thousand_fields_are_read(self, walk: Walk) -> None:
        walk.open("outcome")
        sent = walk.filled("outcome", {"why_now": "Among a thousand"})
        for number in range(1000):
            sent[f"more-{number}"] = "x"
        walk.send(walk.path("outcome"), sent)
        assert walk.draft.decision.why_now == "Among a thousand"

    def test_too_much_is_not_half_saved(self, walk: Walk, story: cases.Story) -> None:
        walk.open("outcome")
        sent = walk.filled("outcome", {"why_now": "Too much"})
        for number in range(3100):
            sent[f"more-{number}"] = "x"
        walk.send(walk.path("outcome"), sent, status=413)
        assert walk.draft.decision.why_now == story["outcome"]["why_now"]

    @pytest.mark.parametrize(
        "content_type", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"]
    )
    def test_broken_multipart(self, cast: Cast, as_user: SignIn, content_type: str) -> None:
        answer = as_user(cast.practitioner).post(
            reverse("drafting:start"), b"--x\r\nContent-Disposition: form-data; na", content_type=content_type
        )
        assert answer.status_code in {400, 403, 422}

    def test_json_is_not_an_answer(self, cast: Cast, as_user: SignIn) -> None:
        answer = as_user(cast.practitioner).post(
            reverse("drafting:start"), {"entry_route": "ASKED"}, "application/json"
        )
        assert answer.status_code == 422


class TestAddresses:
    def test_wrong_ids_are_not_found(self, walk: Walk, cast: Cast, as_user: SignIn) -> None:
        decision = walk.record()
        client = as_user(cast.practitioner)
        base = f"/decisions/{decision.public_id}"
        own = [f"{base}/informing/0/add/", f"{base}/informing/{'9' * 40}/add/", f"{base}/draft/%00/"]
        none = ["not-an-id/", f"{uuid4()}/", "%ED%A0%80/"]
        for path in [*own, *(f"/decisions/{one}" for one in none), f"/families/{uuid4()}/", "/reviews/1/"]:
            assert client.get(path).status_code in {403, 404}, path

    def test_somebody_of_another_decision_cannot_be_told(
        self, walk: Walk, cast: Cast, story: cases.Story, as_user: SignIn
    ) -> None:
        first = walk.record_directly()
        second = Walk(cast.practitioner)
        second.begin("DECIDING", Family.objects.get(), cast.team)
        second.skip(story, "people")
        person = second.draft.people[0]
        path = reverse("decisions:add_informing", args=[first.public_id, person.pk])
        client = as_user(cast.practitioner)
        assert client.get(path).status_code == 404
        assert client.post(path, {"informed": "none"}).status_code == 404

    @pytest.mark.in_turn(3)
    @pytest.mark.parametrize(
        "name",
        ["author", "outcome", "consent", "legal_basis", "child", "family", "recipient", "team", "review", "overdue",
         "decided_from_day", "decided_to_year"],
    )  # fmt: skip
    def test_filters_not_understood_get_a_message(self, cast: Cast, as_user: SignIn, name: str) -> None:
        client = as_user(cast.practitioner)
        for value in ("nonsense", "\x00", "x" * 5000, "<b>", "9" * 400):
            answer = client.get(reverse("decisions:log"), {name: value})
            assert answer.status_code == 422, value
            assert Page(answer.content.decode()).classed("govuk-error-message")

    @pytest.mark.parametrize(
        "name", ["decisions:log", "families:list", "reviews:queue", "administration:ledger", "administration:law"]
    )
    def test_page_numbers_lead_to_a_page(self, cast: Cast, as_user: SignIn, name: str) -> None:
        officers = {"administration:ledger": cast.officer, "administration:law": cast.officer}
        user = {"reviews:queue": cast.supervisor, **officers}.get(name, cast.practitioner)
        client = as_user(user)
        # What reads the number is the same everywhere.
        numbers = ("", "x", "0", "-1", "9" * 30, "9" * 5000, "\x00", "1.5", "\uff12")
        for number in numbers if name == "decisions:log" else numbers[1:5:3]:
            assert client.get(f"{reverse(name)}?{urlencode({'page': number})}").status_code == 200, number

    @pytest.mark.parametrize("family", ["", "x", "\x00", "F-NOTHING", UNKNOWN])
    def test_a_family_in_the_address_of_the_first_page(self, cast: Cast, as_user: SignIn, family: str) -> None:
        assert as_user(cast.practitioner).get(reverse("drafting:start"), {"family": family}).status_code == 200


def query(page: dict[str, list[str]]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, values in page.items():
        sent.setlist(name, values)
    return sent


def test_a_recorded_decision_survives_all_of_it(walk: Walk) -> None:
    decision = walk.record_directly()
    before = Decision.objects.filter(pk=decision.pk).values().get()
    client = walk.client
    for key, text in zip(cycle(SHARE_ROUTE), NASTY, strict=False):
        client.post(walk.path(key), {"then": text, "version": text, "outcome-why_now": text})
    assert Decision.objects.filter(pk=decision.pk).values().get() == before
