"""Two people, recipients, colleagues, families or items of one name: on no page do two of them read the same.

Every page is looked at by the client that fetches it (tests/pages.py, `_alike`).
"""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import User
from accounts.roles import Role
from audit import ledger
from decisions.actions import add_correction, add_wrong_information
from decisions.models import Decision, DecisionRecipient
from drafting.actions import start
from drafting.steps import path
from families.actions import correct_person
from families.details import PersonDetails
from safeguarding.demo import stories
from tests import shared
from tests.cast import Cast
from tests.drafting.households import address_book, household
from tests.drafting.scenario_cases import SHARE_ROUTE
from tests.drafting.scenario_walk import Walk
from tests.pages import PageClient, faults

# Labels are made in Python from rows that every engine gives alike.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

SignIn = Callable[[User], PageClient]
CHILD, MOTHER, PARTNER = stories.BRUISE_PEOPLE
DESK = stories.SOCIAL_CARE
cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def draft(cast: Cast, now: datetime) -> Decision:
    """A filled-in draft; then the mother, her child, and his brother have one name, and so have two recipients."""
    brother = PersonDetails(name="Bo", role="child", age=4, age_on=now.date())
    address_book(DESK, "Second desk", by=cast.administrator, at=now)
    family = household([*stories.BRUISE_PEOPLE, brother], team=cast.team, by=cast.practitioner, at=now)
    walk = Walk(cast.practitioner, signed_in=True)
    walk.begin("DECIDING", family, cast.team)
    walk.skip(story(now), *SHARE_ROUTE)
    for person in family.people.exclude(name=PARTNER.name):
        known = {name: getattr(person, name) for name in PersonDetails.__dataclass_fields__}
        details = PersonDetails(**{**known, "name": "Sam Reed"})
        correct_person(
            person=person, details=details, version=person.version, why="Misheard", by=cast.practitioner, at=now
        )
    people = walk.decision.people.exclude(name=PARTNER.name)
    models.QuerySet(people.model).filter(pk__in=[row.pk for row in people]).update(name="Sam Reed", person_version=2)
    for model in (DecisionRecipient, cast.organisation.recipients.model):
        models.QuerySet(model).filter(name="Second desk").update(name=DESK)
    return walk.decision


def story(now: datetime) -> dict[str, dict[str, object]]:
    told = stories.refused_and_shared(now)
    people = {**told["people"]["people"], "Bo": {"on": "on"}}
    asked = {**told["request"], "recipients": [DESK, "Second desk"]}
    both = {DESK: {"choice": "no"}, "Second desk": {"choice": "no"}}
    consent = {**told["consent"], "choices": both}
    consent["consent"] = {**told["consent"]["consent"], "Bo": told["consent"]["consent"][CHILD.name]}
    items = [{**item, "give_to": list(both), "about": [*item["about"], "Bo"]} for item in told["information"]["item"]]
    twice = [*items, *items]
    sent = {**told["sending"], "sending": [{**told["sending"]["sending"][0], "recipient": name} for name in both] * 2}
    sent["informing"] = {**told["sending"]["informing"], "Bo": told["sending"]["informing"][CHILD.name]}
    basis = dict(told["legal_basis"])
    if "sensitive" in basis:
        basis["sensitive"] = {**basis["sensitive"], "Bo": next(iter(basis["sensitive"].values()))}
    return {
        **told, "people": {"people": people}, "request": asked,
        "consent": consent, "information": {"item": twice}, "sending": sent, "legal_basis": basis,
    }  # fmt: skip


@pytest.fixture
def walk(draft: Decision, cast: Cast) -> Walk:
    return Walk(cast.practitioner, draft, signed_in=True)


def test_every_page_of_the_form_and_check(walk: Walk) -> None:
    keys = [step.key for step in path(walk.draft)]
    for key in keys:
        walk.open(key)
    walk.get(walk.check_path)
    walk.open("information")
    legends = [legend.text for legend in walk.page.all("label")]
    assert "Sam Reed (mother)" in legends
    assert not [text for text in legends if text == "Sam Reed"]


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("key", ["people", "request", "consent", "information", "sending"])
def test_with_their_errors(walk: Walk, key: str) -> None:
    """Everything cleared: each error says whom it is about."""
    walk.open(key)
    counts = {name: walk.hidden(name) for name in walk.names_on_page() if name.endswith("-rows")}
    walk.send(walk.path(key), {**counts, "version": walk.hidden("version"), "page": walk.hidden("page")}, status=422)


def test_the_record_and_its_copies(walk: Walk, cast: Cast, as_user: SignIn) -> None:
    decision = walk.record_directly()
    for name in ("detail", "print", "summary", "law"):
        walk.get(reverse(f"decisions:{name}", args=[decision.public_id]))
    for name in ("add_sending", "add_response", "add_addition", "add_wrong_information", "add_complaint"):
        walk.get(reverse(f"decisions:{name}", args=[decision.public_id]))
    for name in ("home", "decisions:log"):
        walk.get(reverse(name))
    page = walk.get(reverse("decisions:detail", args=[decision.public_id])).root.text
    assert "Sam Reed (mother)" in page
    supervisor = as_user(cast.supervisor)
    for path_ in (reverse("reviews:queue"), reverse("reviews:review", args=[decision.public_id])):
        assert supervisor.get(path_).status_code == 200


def test_two_colleagues(cast: Cast, now: datetime, walk: Walk, as_user: SignIn) -> None:
    for number, job in enumerate(("Social worker", "Nurse", "Nurse")):
        twin = accounts.invite(
            full_name="Alex Moss", email=f"alex{number}@north.test", job_title=job, by=cast.administrator, at=now
        )
        for team in (cast.team, cast.other_team_row):
            for role in (Role.PRACTITIONER, Role.SUPERVISOR):
                accounts.add_membership(user=twin, team=team, role=role, by=cast.administrator, at=now)
    administrator, supervisor = as_user(cast.administrator), as_user(cast.supervisor)
    cover = reverse("administration:cover_add", args=[cast.team.public_id])
    hand_over = reverse("drafting:hand_over", args=[walk.decision.public_id])
    walk.open("outcome")
    decision = walk.record_directly()
    pages = [administrator.get(cover), administrator.get(reverse("administration:people"))]
    pages += [supervisor.get(reverse("reviews:assign", args=[decision.public_id]))]
    texts = [answer.content.decode() for answer in pages]
    assert all("Alex Moss (alex1)" in text for text in texts)
    assert supervisor.get(hand_over).status_code == 404  # it is recorded


def test_two_families_of_one_name_on_one_decision(walk: Walk, cast: Cast, now: datetime) -> None:
    other = household([CHILD, MOTHER], team=cast.team, by=cast.practitioner, at=now)
    walk.open("people")
    sent = {name: values for name, values in walk.shown().items() if name != "people-another_family"}
    walk.send(walk.path("people"), {**{k: v[0] for k, v in sent.items()}, "people-another_family": other.reference})
    page = walk.open("people")
    legends = [legend.text for legend in page.all("legend")]
    assert len(legends) == len(set(legends))
    labels = [label.text for label in walk.get(reverse("drafting:start")).all("label")]
    same = [text for text in labels if text.startswith(f"{other.name} (F-")]
    assert len(same) >= 2
    assert all(", registered " in text for text in same)
    walk.get(reverse("families:list"))


def test_two_recipients_told_that_it_was_wrong(walk: Walk, cast: Cast, now: datetime) -> None:
    """On the page for each, among what is due, and in the timeline."""
    decision = walk.record_directly()
    wrong = add_wrong_information(
        decision=decision, item=None, answers={"found_at": now, "what_is_wrong": "Another day"}, submission_id=uuid4(),
        by=cast.practitioner, at=now,
    )  # fmt: skip
    headings = set()
    for recipient in decision.recipients.all():
        page = walk.get(reverse("decisions:add_correction", args=[decision.public_id, wrong.public_id, recipient.pk]))
        headings.add(page.all("main")[0].text)
        answers = {"notified_to": "Duty desk", "notified_at": now, "how": "By phone"}
        add_correction(
            wrong=wrong, recipient=recipient, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=now
        )
    assert len(headings) == decision.recipients.count() == 2
    walk.get(reverse("decisions:detail", args=[decision.public_id]))


def test_two_wordings_of_one_provision(walk: Walk, cast: Cast, now: datetime) -> None:
    """Before the day of the decision is entered, either could count."""
    family = household([CHILD], team=cast.team, by=cast.practitioner, at=now)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    page = walk.get(reverse("decisions:law", args=[draft.public_id]))
    headings = [heading.text for heading in page.all("h3")]
    assert len([text for text in headings if text.startswith("Public task (")]) == 2


def test_two_entries_of_the_address_book(walk: Walk, cast: Cast, now: datetime, as_user: SignIn) -> None:
    for route in ("01632 960333", "01632 960444"):
        accounts.add_recipient(
            name="Health hub", kind="health", route_kind="phone", route=route, checked_on=None, by=cast.administrator,
            at=now,
        )  # fmt: skip
    page = as_user(cast.administrator).get(reverse("administration:address_book")).content.decode()
    assert "Health hub (01632 960333)" in page
    walk.get(reverse("drafting:urgent"))
    walk.open("request")
    assert "Health hub, telephone (01632 960444)" in walk.text


class TestAskedAndTicked:
    def ask(self, walk: Walk, *ticked: str, name: str = DESK) -> None:
        walk.open("request")
        entries = {label.text: label.attrs["for"] for label in walk.page.all("label")}
        keys = [walk.page.by_id(entries[text]) for text in ticked]
        sent = {
            "version": walk.hidden("version"), "page": "request", "other-rows": "0", "request-trigger": "REQ",
            "request-asked_by_name": "Lee", "request-asked_by_organisation": name, "request-asked_for": "School notes",
            "request-take_out": "on", "request-recipients": [key.attrs["value"] for key in keys if key],
        }  # fmt: skip
        query = "&".join(f"{k}={v}" for k, vs in sent.items() for v in (vs if isinstance(vs, list) else [vs]))
        answer = walk.client.post(
            walk.path("request"), f"{query}&csrfmiddlewaretoken={walk.hidden('csrfmiddlewaretoken')}",
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.status_code == 302

    def rows(self, walk: Walk) -> list[tuple[str, bool, bool]]:
        return [(row.name, row.is_asker, row.recipient_id is not None) for row in walk.draft.recipients]

    def first(self, walk: Walk) -> str:
        walk.open("request")
        return next(label.text for label in walk.page.all("label") if label.text.startswith(DESK))

    def test_is_one_recipient(self, walk: Walk) -> None:
        self.ask(walk, self.first(walk), name=f" {DESK.upper()}")
        assert [row[1:] for row in self.rows(walk)] == [(True, True)]

    def test_not_ticked_is_one_without_the_entry(self, walk: Walk) -> None:
        self.ask(walk, self.first(walk))
        self.ask(walk)
        assert [row[1:] for row in self.rows(walk)] == [(True, False)]

    def test_somebody_else_who_asked_is_another(self, walk: Walk) -> None:
        self.ask(walk, self.first(walk), name="Youth club")
        assert sorted(row[1:] for row in self.rows(walk)) == [(False, True), (True, False)]


def test_one_entry_twice_is_refused_by_the_database(draft: Decision, cast: Cast, now: datetime) -> None:
    row = draft.recipients.exclude(recipient=None)[0]
    again = DecisionRecipient(
        organisation_id=row.organisation_id, decision=draft, recipient_id=row.recipient_id, name="Desk"
    )
    with pytest.raises(IntegrityError), transaction.atomic(), ledger.recording(actor=cast.practitioner, at=now):
        again.save()


ALIKE = """<!DOCTYPE html><html lang="en"><head><title>A</title></head><body><main><h1>A</h1>
<label for="s">Who?</label><select id="s" name="s"><option value="1">Sam</option><option value="2">{}</option></select>
<dl><dt>Sent</dt><dd>x</dd><dt>{}</dt><dd>y</dd></dl><h2>Desk</h2><h2>{}</h2></main></body></html>"""


@pytest.mark.parametrize(("other", "found"), [(("Lou", "Told", "Hub"), 0), (("sam", "Told", "Hub"), 1),
                                             (("Lou", "Sent", "Hub"), 1), (("Lou", "Told", " desk"), 1)])  # fmt: skip
def test_the_client_sees_what_reads_the_same(other: tuple[str, ...], found: int) -> None:
    assert len([fault for fault in faults(ALIKE.format(*other)) if "the same" in fault]) == found
