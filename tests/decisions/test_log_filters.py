"""Each filter of the log finds what its words say, alone and with others; each is taken away by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Recipient, User
from audit.parts import read_parts
from decisions.forms.log import LogFilter
from decisions.log_filters import OVERDUE, narrowed
from decisions.models import Decision
from decisions.presenters import due
from drafting.actions import start
from families.models import Family
from reviews.models import ReviewOutcome
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.decisions import closed, event_stories
from tests.decisions.cases import recorded_twin
from tests.drafting import scenario_cases as cases
from tests.pages import Page, PageClient, parsed
from tests.reviews.people import answer, give

SignIn = Callable[[User], PageClient]
# The ORM puts the same questions to every engine; the plans are tested where lists do not grow.
pytestmark = pytest.mark.sqlite
cast, now, decision = closed.cast, closed.now, closed.decision
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made(cast: Cast, now: datetime, decision: Decision) -> dict[str, Decision]:
    """One shared against a refusal, one not shared ten days before, and one agreed and not sent to everybody."""
    at = now - 10 * DAY
    asked = cases.set_scene(cases.S02, cast, at)
    no = start(entry_route="ASKED", team=cast.team, family=asked, by=cast.practitioner, at=at)
    record_story(decision=no, story=cases.s02(at), by=cast.practitioner, at=at)
    agreed = event_stories.recorded(cast, event_stories.agreed(now), now)
    rows = {"shared": decision, "declined": no, "agreed": agreed}
    return {name: Decision.objects.get(pk=row.pk) for name, row in rows.items()}


def found(user: User, made: dict[str, Decision], **asked: str) -> set[str]:
    form = LogFilter(asked, user=user)
    keys = set(form.narrowed(Decision.objects.recorded().visible_to(user)).values_list("pk", flat=True))
    assert form.is_valid(), form.errors
    return {name for name, row in made.items() if row.pk in keys}


def child_of(decision: Decision) -> str:
    return str(decision.people.filter(role="child")[0].person.public_id)


def family_of(decision: Decision) -> Family:
    found: Family = decision.decision_families.get().family
    return found


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def test_by_day(cast: Cast, now: datetime, made: dict[str, Decision]) -> None:
    today, then = (timezone.localdate(at) for at in (now, made["declined"].decided_at))
    since = min(timezone.localdate(made[name].decided_at) for name in ("shared", "agreed"))  # before midnight, perhaps
    expected = [
        (day("decided_from", since), {"shared", "agreed"}),
        (day("decided_to", then), {"declined"}),
        (day("decided_from", then) | day("decided_to", today), set(made)),
        (day("decided_from", then + DAY) | day("decided_to", since - DAY), set()),
    ]
    for asked, names in expected:
        assert found(cast.practitioner, made, **asked) == names, asked


def test_the_last_day_is_not_before_the_first(cast: Cast, now: datetime) -> None:
    today = timezone.localdate(now)
    form = LogFilter(day("decided_from", today) | day("decided_to", today - DAY), user=cast.practitioner)
    assert list(form.errors) == ["decided_to"]
    assert not form.narrowed(Decision.objects.all()).exists()


@pytest.mark.parametrize("name", ["shared", "declined", "agreed"])
def test_by_child_and_family(cast: Cast, made: dict[str, Decision], name: str) -> None:
    child, family = child_of(made[name]), family_of(made[name])
    assert found(cast.practitioner, made, child=child) == {name}
    assert found(cast.supervisor, made, family=str(family.public_id)) == {name}
    assert found(cast.practitioner, made, child=child, family=str(family.public_id)) == {name}


@pytest.mark.parametrize("name", ["child", "family"])
def test_what_may_not_be_seen_is_as_unknown_as_what_is_not_there(
    cast: Cast, made: dict[str, Decision], name: str
) -> None:
    asked = {"child": child_of(made["shared"]), "family": str(family_of(made["shared"]).public_id)}[name]
    for user in (cast.other_team, cast.stranger.practitioner):
        form = LogFilter({name: asked}, user=user)
        unknown = LogFilter({name: "00000000-0000-4000-8000-000000000000"}, user=user)
        assert form.errors == unknown.errors != {}


def test_by_outcome_consent_and_basis(cast: Cast, made: dict[str, Decision]) -> None:
    expected: list[tuple[dict[str, str], set[str]]] = [
        ({"outcome": "NOT_SHARED"}, {"declined"}),
        ({"outcome": "SHARED_ALL_NECESSARY"}, {"shared", "agreed"}),
        ({"outcome": "not_sent"}, {"agreed"}),
        ({"outcome": "DEFERRED"}, set()),
        ({"consent": "no"}, {"declined", "shared"}),
        ({"consent": "not_asked"}, {"shared"}),
        ({"consent": "agreed"}, {"agreed"}),
        ({"legal_basis": "none"}, {"declined"}),
        ({"legal_basis": "ART6_E"}, {"shared"}),
        ({"legal_basis": "ART6_A"}, {"agreed"}),
        ({"legal_basis": "none", "consent": "no", "outcome": "NOT_SHARED"}, {"declined"}),
        ({"legal_basis": "none", "outcome": "SHARED_ALL_NECESSARY"}, set()),
        ({}, set(made)),
    ]
    for asked, names in expected:
        assert found(cast.practitioner, made, **asked) == names, asked


def test_by_recipient(cast: Cast, made: dict[str, Decision]) -> None:
    for name in ("shared", "agreed"):
        for row in made[name].recipients.exclude(recipient=None):
            recipient = Recipient.objects.get(pk=row.recipient_id or 0)
            assert name in found(cast.practitioner, made, recipient=str(recipient.public_id))
            assert "declined" not in found(cast.practitioner, made, recipient=str(recipient.public_id))
    unlisted = {name for name, row in made.items() if row.recipients.filter(recipient=None).exists()}
    assert found(cast.practitioner, made, recipient="other") == unlisted


def test_by_team(cast: Cast, made: dict[str, Decision]) -> None:
    assert found(cast.practitioner, made, team=str(cast.team.public_id)) == set(made)
    assert found(cast.practitioner, made, team="other") == set()


def test_by_review_as_the_line_says_it(cast: Cast, now: datetime, made: dict[str, Decision]) -> None:
    assert found(cast.supervisor, made, review="waiting") == set(made)
    give(made["shared"], cast.supervisor, ReviewOutcome.AGREED, 1, now)
    asked = give(made["agreed"], cast.supervisor, ReviewOutcome.RETURNED, 1, now)
    by_state = {"waiting": {"declined"}, "AGREED": {"shared"}, "RETURNED": {"agreed"}, "DISAGREED": set()}
    assert {state: found(cast.practitioner, made, review=state) for state in by_state} == by_state
    answer(asked, now)
    assert found(cast.practitioner, made, review="waiting") == {"declined", "agreed"}
    assert found(cast.practitioner, made, review="RETURNED") == set()


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("days", [0, 1, 3, 30, 400])
def test_overdue_is_what_the_lines_say(cast: Cast, now: datetime, made: dict[str, Decision], days: int) -> None:
    """Each kind but the answer of a recipient, which a line does not show."""
    today = timezone.localdate(now)
    recorded_twin(made["declined"], at=now - 10 * DAY, look_again_on=today - DAY)
    visible = Decision.objects.recorded().visible_to(cast.practitioner).with_sendings()
    when = today + days * DAY
    rows = list(visible)
    read_parts(rows, due.PARTS)
    said = {row.pk for row in rows if (first := due.due_first(row, when)) and first.is_overdue}
    kinds = [kind for kind in OVERDUE if kind != "reply"]
    by_kind = [narrowed(visible, {"overdue": kind}, cast.practitioner, when) for kind in kinds]
    assert {row.pk for kind in by_kind for row in kind} == said
    anything = {row.pk for row in narrowed(visible, {"overdue": "anything"}, cast.practitioner, when)}
    replies = {row.pk for row in narrowed(visible, {"overdue": "reply"}, cast.practitioner, when)}
    assert anything == said | replies
    assert bool(said) is True


def log(client: PageClient, query: str = "") -> Page:
    answered = client.get(f"{reverse('decisions:log')}{query}")
    assert answered.status_code == 200
    return parsed(answered.content.decode())


def tags(page: Page) -> dict[str, str]:
    """What each says, and where it leads."""
    return {one.text.removesuffix("✕").strip(): one.attrs["href"] for one in page.classed("app-tags__tag")}


def test_tags_say_what_is_in_use_and_each_goes_alone(
    cast: Cast, now: datetime, made: dict[str, Decision], as_user: SignIn
) -> None:
    client, child = as_user(cast.practitioner), child_of(made["shared"])
    today = timezone.localdate(now)
    asked = {"child": child, "outcome": "SHARED_ALL_NECESSARY", "consent": "", **day("decided_to", today), "page": "1"}
    page = parsed(client.get(reverse("decisions:log"), asked).content.decode())
    assert made["shared"].reference in page.root.text
    found_tags = tags(page)
    assert min(found_tags) == "Remove the filter Child: Tomos A."
    assert len(found_tags) == 3
    for words, address in found_tags.items():
        left = parse_qs(address.removeprefix("?"))
        assert "page" not in left
        assert "consent" not in left
        rest = tags(log(client, address))
        assert set(rest) == set(found_tags) - {words}
    [clear] = [one.attrs["href"] for one in page.all("a") if one.text == "Clear all filters"]
    assert tags(log(client, clear)) == {}


def test_no_name_stands_in_an_address(cast: Cast, made: dict[str, Decision], as_user: SignIn) -> None:
    """The lines offer their children and families by ids; a family's page leads here by its own."""
    client, family = as_user(cast.practitioner), family_of(made["shared"])
    page = log(client)
    offered = {one.attrs["value"]: one.text for one in page.all("option")}
    assert offered[child_of(made["shared"])] == "Tomos A."
    assert offered[str(family.public_id)] == f"Tomos A. ({family.reference})"
    for words in ("Tomos", "Ashdown", "Noor", "Pellworth"):
        assert not [value for value in offered if words in value]
    answered = client.get(reverse("families:detail", args=[family.public_id])).content.decode()
    [link] = [one.attrs["href"] for one in parsed(answered).all("a") if "in the decision log" in one.text]
    assert link == f"{reverse('decisions:log')}?family={family.public_id}"
    assert f"Remove the filter Family: Tomos A. ({family.reference})" in tags(log(client, f"?{link.partition('?')[2]}"))
