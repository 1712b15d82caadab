"""Every word typed is on the record and in the server's export; none is in an address, a title, a log line, a file name
or the export that administrators get."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actions import deactivate
from accounts.models import User
from decisions.models import Decision, UrgentRecord
from drafting.actions import start
from families.actions import add_disclosure, add_person, register_family
from families.details import DisclosureDetails, PersonDetails
from families.models import Family
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting.households import address_book, household
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_actions_urgent import completed
from tests.in_turn import one_in_turn
from tests.pages import Element, Page, PageClient, parsed

# Which page shows which words is decided in Python, from rows that every engine gives alike.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

TOKEN = re.compile(r"zq\d{5}qz")
# Parts of dates, and references of families, are not words.
NOT_WORDS = re.compile(r"(_day|_month|_year|_time|another_family)$")


class Tokens:
    """Unique words; each remembers where it was typed."""

    def __init__(self) -> None:
        self.typed: dict[str, str] = {}

    def new(self, where: str) -> str:
        token = f"zq{len(self.typed):05d}qz"
        self.typed[token] = where
        return token

    def missing_from(self, text: str) -> list[str]:
        return [where for token, where in self.typed.items() if token not in text]


class Watching(PageClient):
    """Keeps every address asked for, led to or printed, and every title."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.places: list[str] = []

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        self.places += [str(request.get("PATH_INFO")), str(request.get("QUERY_STRING"))]
        self.places += [answer.headers.get("Location", ""), answer.headers.get("Content-Disposition", "")]
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            page = parsed(answer.content.decode())
            self.places += [one.text for one in page.all("title")]
            self.places += [one.attrs[name] for one in page.elements for name in ("href", "action", "src", "id", "name")
                            if name in one.attrs]  # fmt: skip
        return answer


def watched(user: User, decision: Decision | None = None) -> Walk:
    """Signed in already."""
    walk = Walk(user, decision)
    walk.client = Watching(enforce_csrf_checks=True)
    walk.client.force_login(user)
    return walk


def boxes(page: Page, sent: QueryDict) -> Iterator[str]:
    """Names of the boxes for words that are open: asked outright, or opened by what is chosen."""
    for one in page.all("textarea", "input"):
        name = one.attrs.get("name", "")
        if one.tag == "input" and one.attrs.get("type", "text") != "text":
            continue
        if name and not NOT_WORDS.search(name) and _is_open(page, one, sent) and _is_in_a_row_sent(page, name, sent):
            yield name


def _is_in_a_row_sent(page: Page, name: str, sent: QueryDict) -> bool:
    """The page may offer more rows, such as sentences nobody chose: what is not sent of it has no words.

    Rows are numbered from 0; those of people and recipients go by key.
    """
    found = re.match(r"([a-z]+)-(\d+)-", name)
    if not found or not any(one.attrs.get("name", "").startswith(f"{found[1]}-0-") for one in page.elements):
        return True
    count = sent.get(f"{found[1]}-rows", "")
    return not count.isdecimal() or int(found[2]) < int(count)


def _is_open(page: Page, one: Element, sent: QueryDict) -> bool:
    """Whether every option it stands under is chosen."""
    parent = one.parent
    while parent is not None:
        id_ = parent.attrs.get("id", "")
        if id_.startswith("conditional-"):
            option = page.by_id(id_.removeprefix("conditional-"))
            assert option is not None
            if option.attrs.get("value", "on") not in sent.getlist(option.attrs["name"]):
                return False
        parent = parent.parent
    return True


def family_of_tokens(people: list[PersonDetails], cast: Cast, tokens: Tokens, now: datetime) -> Family:
    by = cast.practitioner
    family = register_family(name=tokens.new("family name"), teams=[cast.team], by=by, at=now)
    for person in people:
        named = PersonDetails(
            name=tokens.new(f"name of the {person.role}"), role=person.role, age=person.age, age_on=person.age_on,
            parental_responsibility=person.parental_responsibility,
            communication_need=tokens.new(f"communication need of the {person.role}"),
        )  # fmt: skip
        add_person(family=family, details=named, by=by, at=now)
    return family


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The story with the people's tokens for their names."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def walk_with_tokens(walk: Walk, story: cases.Story, tokens: Tokens) -> None:
    """Every open box of every page gets a word of its own, over the story's answers."""
    while walk.at != walk.check_path:
        key = walk.at.rstrip("/").rsplit("/", 1)[-1]
        fill_with_tokens(walk, key, story.get(key, {}), tokens)
        walk.go_on(key)


def fill_with_tokens(walk: Walk, key: str, answers: Mapping[str, Any], tokens: Tokens) -> None:
    """One page. Rows that it does not show yet are saved first, so that they are on it."""
    walk.open(key)
    data = walk.filled(key, answers)
    if any(data.getlist(name) and name not in walk.names_on_page() for name in data):
        walk.skip({key: answers}, key)
        walk.open(key)
        data = walk.filled(key, answers)
    for box in boxes(walk.page, data):
        if box.endswith("read_back_by") and not _read_back(data, box.removesuffix("read_back_by"), key, tokens):
            continue
        data[box] = f"Because {tokens.new(f'{key} {box}')}"
        if box.endswith("planned_how"):  # a way to have contact has a day
            data.update(day_typed(box.replace("planned_how", "planned_on"), timezone.localdate()))
    walk.send(walk.path(key), data)


def _read_back(data: QueryDict, person: str, key: str, tokens: Tokens) -> bool:
    """Only words that somebody said are read back to them; here they correct them."""
    if not data.get(f"{person}views") and not data.get(f"{person}child_views"):
        return False
    data[f"{person}read_back"] = "CORRECTED"
    data[f"{person}corrected_to"] = f"Because {tokens.new(f'{key} {person}corrected_to')}"
    if not data.get(f"{person}consent_at_day"):
        data.update({**day_typed(f"{person}read_back_at", timezone.localdate()), f"{person}read_back_at_time": "00:00"})
    return True


def day_typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def share(cast: Cast, now: datetime) -> tuple[cases.Case, cases.Story]:
    story = cases.s03(now)
    late = {
        "decided_at": now - timedelta(days=2),
        "late_reason": "It was half-term.",
        "outcome": "SHARED_WHOLE_FILE",
        "whole_file_reason": "All of it is asked for.",
    }
    return cases.S03, {**story, "outcome": {**story["outcome"], **late}}


def not_share(cast: Cast, now: datetime) -> tuple[cases.Case, cases.Story]:
    return cases.S02, cases.s02(now)


def court_order(cast: Cast, now: datetime) -> tuple[cases.Case, cases.Story]:
    story = cases.s03(now)
    asked = {**story["request"], "trigger": "COURT_ORDER", "order_made_on": (now - timedelta(days=5)).date()}
    return cases.S03, {**_without_a_choice(story), "request": asked}


def duty(cast: Cast, now: datetime) -> tuple[cases.Case, cases.Story]:
    story = cases.s03(now)
    asked = {**story["request"], "trigger": "MANDATORY", "duty_code": "OTHER"}
    return cases.S03, {**_without_a_choice(story), "request": asked}


def _without_a_choice(story: cases.Story) -> cases.Story:
    """Where the law leaves none, nobody is asked about one."""
    return {**story, "consent": {name: said for name, said in story["consent"].items() if name != "choices"}}


# What only that route asks, by the name of its box.
ASKED_THERE = {
    "court_order": {"request request-court", "request request-order_scope"},
    "duty": {"request request-duty"},
}
# Boxes whose words may stay out of a summary: a safe way to reach somebody, and what is said of an item held from it.
SIFTED = re.compile(r"^(information item-\d+-|sending informing-\d+-safe_contact$)")


@pytest.mark.parametrize("route", [court_order, duty], ids=lambda route: route.__name__)
def test_every_word_that_only_such_a_route_asks_is_kept(cast: Cast, tmp_path: Path, route: Any) -> None:
    """All on one page; the others ask what they ask when the choice is one's own."""
    now, tokens = timezone.now(), Tokens()
    case, story = route(cast, now)
    walk = watched(cast.practitioner)
    walk.begin(case.entry_route, cases.set_scene(case, cast, now), cast.team)
    at = cases.SHARE_ROUTE.index("request")
    walk.skip(story, *cases.SHARE_ROUTE[:at])
    fill_with_tokens(walk, "request", story["request"], tokens)
    walk.skip(story, *cases.SHARE_ROUTE[at + 1 :])
    assert ASKED_THERE[route.__name__] <= set(tokens.typed.values())
    walk.get(walk.check_path)
    assert tokens.missing_from(walk.html) == []
    walk.record_directly()
    assert isinstance(walk.client, Watching)
    for page in ("detail", "print", "summary"):
        assert tokens.missing_from(text_of(walk.client, page, walk.decision)) == [], page
    exported(tokens, tmp_path)


@pytest.mark.parametrize("route", [share, not_share], ids=lambda route: route.__name__)
def test_every_word_is_kept_and_none_gets_out(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture, route: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    case, story = route(cast, now)
    address_book(*case.recipients, by=cast.administrator, at=now)
    family = family_of_tokens(case.people, cast, tokens, now)
    names = {person.name: row.name for person, row in zip(case.people, family.people.order_by("pk"), strict=True)}
    walk = Walk(cast.practitioner)
    walk.client = Watching(enforce_csrf_checks=True)
    walk.sign_in().start(case.entry_route, family, cast.team)
    walk_with_tokens(walk, renamed(story, names), tokens)
    walk.get(walk.check_path)
    on_decision = Tokens()
    on_decision.typed = {token: where for token, where in tokens.typed.items() if where != "family name"}
    assert len(on_decision.typed) > 25
    assert on_decision.missing_from(walk.html) == []
    walk.record()
    stands_on_the_record(on_decision, walk)
    for name in ("home", "decisions:log", "families:list"):
        walk.get(reverse(name))
    walk.get(reverse("families:detail", args=[family.public_id]))
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def test_a_disclosure_used_is_copied_word_for_word(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
    family = family_of_tokens(stories.BRUISE_PEOPLE, cast, tokens, now)
    words = {name: tokens.new(f"disclosure {name}") for name in ("facts", "opinion", "child_words", "happened")}
    details = DisclosureDetails(
        said_by="The child", said_to="Form tutor", received_at=now, facts=words["facts"], opinion=words["opinion"],
        child_words=words["child_words"], happened=words["happened"],
    )  # fmt: skip
    disclosure = add_disclosure(family=family, details=details, by=cast.practitioner, at=now)
    story = cases.s01(now)
    rows = family.people.order_by("pk")
    names = {person.name: row.name for person, row in zip(stories.BRUISE_PEOPLE, rows, strict=True)}
    told = {**renamed(story, names), "concern": {"source": str(disclosure.public_id), "level": "s47"}}
    walk = watched(cast.practitioner)
    walk.begin("DECIDING", family, cast.team)
    walk.skip(told, "people")
    walk.fill("concern", told["concern"])
    walk.skip(told, *cases.SHARE_ROUTE[2:])
    walk.record()
    walk.get(walk.detail_path)
    assert [name for name, word in words.items() if word not in walk.html] == []
    assert disclosure.reference in walk.text
    walk.get(reverse("families:disclosure", args=[disclosure.public_id]))
    assert [name for name, word in words.items() if word not in walk.html] == []
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def test_the_six_stand_on_their_page_and_on_the_decision_that_says_the_rest(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    walk = watched(cast.practitioner)
    walk.get(reverse("drafting:urgent"))
    shown = {name: values[-1] for name, values in walk.shown().items()}
    chosen = {"recipient": "other", "when": "now", "how": "other"}
    words = {name: f"Because {tokens.new(f'the six {name}')}"
             for name in ("who", "information", "recipient_other", "why", "how_other")}  # fmt: skip
    walk.send(reverse("drafting:urgent"), {**shown, **chosen, **words})
    walk.get(walk.at)
    assert tokens.missing_from(walk.html) == []
    urgent = UrgentRecord.objects.get()
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    decision = completed(cast, family, urgent, timezone.now())
    walk.get(reverse("decisions:detail", args=[decision.public_id]))
    assert tokens.missing_from(walk.html) == []
    recipient = words["recipient_other"].removeprefix("Because ")
    for name in ("home", "decisions:log", "drafting:start"):
        walk.get(reverse(name))
        # Of the decision, to whom it is; of the urgent record that it completes, nothing.
        assert set(TOKEN.findall(walk.html)) <= {recipient}, name
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def text_of(client: Watching, name: str, decision: Decision) -> str:
    answer = client.get(reverse(f"decisions:{name}", args=[decision.public_id]))
    [main] = parsed(answer.content.decode()).all("main")
    return main.text


def stands_on_the_record(tokens: Tokens, walk: Walk) -> None:
    """Every word on its page and on paper, and in a summary unless it is protected."""
    client = walk.client
    assert isinstance(client, Watching)
    for page in ("detail", "print"):
        assert tokens.missing_from(text_of(client, page, walk.decision)) == [], page
    left_out = tokens.missing_from(text_of(client, "summary", walk.decision))
    assert [where for where in left_out if not SIFTED.match(where)] == []
    assert any(where.endswith("safe_contact") for where in left_out)


def nowhere(walk: Walk, caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(walk.client, Watching)
    assert [place for place in walk.client.places if TOKEN.search(place)] == []
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [line for line in lines if TOKEN.search(line)] == []


def exported(tokens: Tokens, folder: Path) -> None:
    for kind in ("jsonl", "csv"):
        path = folder / f"export.{kind}"
        call_command("export_ledger", "--format", kind, "--output", str(path))
        assert tokens.missing_from(path.read_text()) == []


def kept_from_administrators(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Either of them, and either kind, on two days: for both it is one file."""
    for user in one_in_turn((cast.administrator, cast.officer)):
        client = Watching()
        client.force_login(user)
        for kind in one_in_turn(("jsonl", "csv")):
            answer = client.post(reverse("administration:ledger_export"), {"format": kind})
            assert isinstance(answer, StreamingHttpResponse)
            text = b"".join(answer).decode()
            assert "decision.recorded" in text
            assert TOKEN.findall(text) == []
        shown = client.get(reverse("administration:ledger")).content.decode()
        assert TOKEN.findall(shown) == []
        assert [place for place in client.places if TOKEN.search(place)] == []


def test_what_is_said_about_a_decision_is_kept_too(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The review's comment and its reply stand together; why it was asked of somebody stands in the ledger."""
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now(), Tokens()
    decision = cases.begin_at("check", cases.S01, cases.s01(now), cast, now).record_directly()
    asked = {"to": str(cast.supervisor.public_id), "reason": tokens.new("reason of an assignment")}
    said = Tokens()
    said.typed = {f"zq{number:05d}qz": where for number, where in ((90001, "comment"), (90002, "reply"))}
    comment, answer = said.typed
    tokens.typed |= said.typed
    supervisor, author = watched(cast.supervisor, decision), watched(cast.practitioner, decision)
    for name, data in (("assign", asked), ("review", {"outcome": "RETURNED", "comment": comment, "number": "1"})):
        path = reverse(f"reviews:{name}", args=[decision.public_id])
        supervisor.get(path)
        supervisor.send(path, data)
    path = reverse("reviews:reply", args=[decision.reviews.get().public_id])
    author.get(path)
    assert comment in author.html
    author.send(path, {"text": answer})
    author.get(author.detail_path)
    assert said.missing_from(author.html) == []
    supervisor.get(reverse("reviews:review", args=[decision.public_id]))
    assert said.missing_from(supervisor.html) == []
    for walk in (supervisor, author):
        walk.get(reverse("home"))
        nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def test_an_authors_second_look_is_kept_too(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    now, tokens = timezone.now() - timedelta(days=9), Tokens()
    decision = recorded_alone(cast, now)
    word = tokens.new("second look")
    walk = watched(cast.practitioner, decision)
    walk.get(path := reverse("reviews:second_look", args=[decision.public_id]))
    walk.send(path, {"text": word})
    walk.get(walk.detail_path)
    assert word in walk.html
    nowhere(walk, caplog)
    exported(tokens, tmp_path)
    kept_from_administrators(cast, caplog)


def recorded_alone(cast: Cast, at: datetime) -> Decision:
    """Recorded days ago in a team whose only supervisor has left."""
    family = cases.set_scene(cases.S01, cast, at)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=at)
    story = stories.refused_and_shared(at)
    made = record_story(decision=draft, story=story, by=cast.practitioner, at=at)
    deactivate(user=cast.supervisor, by=cast.administrator, at=timezone.now())
    return made


def test_a_draft_leaves_no_word_in_the_ledger(cast: Cast, tmp_path: Path) -> None:
    """What is typed and thrown away was never anybody's record."""
    now, tokens = timezone.now(), Tokens()
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
    family = cases.set_scene(cases.S02, cast, now)
    walk = Walk(cast.practitioner).sign_in().start("ASKED", family, cast.team)
    walk_with_tokens(walk, cases.s02(now), tokens)
    walk.get(discard := reverse("drafting:delete", args=[walk.decision.public_id]))
    walk.send(discard, {})
    path = tmp_path / "export.jsonl"
    call_command("export_ledger", "--format", "jsonl", "--output", str(path))
    assert len(tokens.typed) > 15
    assert TOKEN.findall(path.read_text()) == []
