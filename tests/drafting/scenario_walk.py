"""A person at a browser: fetches pages, fills what is on them, presses buttons, goes where the site leads."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from decisions.models import Decision
from drafting import actions
from drafting.draft import Draft, load
from drafting.steps import step_on_path
from families.models import Family
from safeguarding.demo.filling import filled_page
from tests.cast import PASSWORD
from tests.pages import Element, Page, PageClient, parsed

Answers = Mapping[str, Any]
FORM = "application/x-www-form-urlencoded"
# Hidden, and different each time a page is opened.
MADE_ANEW = frozenset({"opened", "autosave"})
# Rows that are not on the page until "add another" is pressed.
MORE = re.compile(r"(?P<group>[a-z]+)-\d+-")


class Walk:
    """One person on one device. `Walk(user, decision)` is the same person coming back on another, not yet signed in."""

    def __init__(self, user: User, decision: Decision | None = None, *, signed_in: bool = False) -> None:
        self.user = user
        self.at = ""
        self._decision = decision
        self._signed_in = signed_in

    @cached_property
    def client(self) -> PageClient:
        client = PageClient(enforce_csrf_checks=True)
        if self._signed_in:  # without the sign-in page
            client.force_login(self.user)
        return client

    @property
    def decision(self) -> Decision:
        assert self._decision is not None, "nothing was started"
        return self._decision

    @property
    def draft(self) -> Draft:
        return load(self.decision, self.user)

    def sign_in(self, to: str = "") -> "Walk":
        path = reverse("account_login") + (f"?{urlencode({'next': to})}" if to else "")
        self.get(path)
        self.send(path, {"login": self.user.email, "password": PASSWORD, "next": to}, then_at=to or reverse("home"))
        return self

    def get(self, path: str, status: int = 200) -> Page:
        self.answer = self.client.get(path)
        assert self.answer.status_code == status, f"GET {path}: {self.answer.status_code}"
        self.page = parsed(self.answer.content.decode())
        return self.page

    def send(self, path: str, data: Mapping[str, Any] | QueryDict, *, then_at: str = "", status: int = 302) -> None:
        """Posts with the token of the page that is open."""
        query = data.copy() if isinstance(data, QueryDict) else _query(data)
        query["csrfmiddlewaretoken"] = self.hidden("csrfmiddlewaretoken")
        self.answer = self.client.post(path, query.urlencode(), content_type=FORM)
        got = self.answer.status_code
        assert got == status, f"POST {path}: {got} {self.errors if got == 422 else ''}"
        if status == 302:
            self.at = self.answer.headers["Location"]
            assert not then_at or self.at == then_at, f"led to {self.at}, not to {then_at}"
        else:
            self.page = parsed(self.answer.content.decode())

    def hidden(self, name: str) -> str:
        inputs = [one for one in self.page.all("input") if one.attrs.get("name") == name]
        return inputs[0].attrs.get("value", "") if inputs else ""

    @property
    def html(self) -> str:
        return str(self.answer.content.decode())

    @property
    def text(self) -> str:
        """The words on the page, typed ones too, each space once."""
        return self.page.root.text

    @property
    def errors(self) -> list[str]:
        page = parsed(self.answer.content.decode())
        return [one.text for one in page.classed("govuk-error-message")]

    def names_on_page(self) -> set[str]:
        return {one.attrs["name"] for one in self.page.all("input", "select", "textarea") if one.attrs.get("name")}

    def names_typed(self) -> set[str]:
        """Of the questions answered in words."""
        boxes = [one for one in self.page.all("input", "textarea") if one.attrs.get("type", "text") == "text"]
        return {one.attrs["name"] for one in boxes if one.attrs.get("name")}

    def shown(self) -> dict[str, list[str]]:
        """What the page would send as it stands: words in boxes, what is ticked, what is chosen."""
        found: dict[str, list[str]] = {}
        for one in self.page.all("input", "textarea", "option"):
            name = (one.inside("select") or one).attrs.get("name", "") if one.tag == "option" else one.attrs.get("name")
            if name and name not in MADE_ANEW and (value := _value(one)):
                found.setdefault(name, []).append(value)
        return found

    def lost(self, sent: QueryDict) -> dict[str, list[str]]:
        """Answers that were sent and do not stand on the page."""
        shown, own = self.shown(), {"csrfmiddlewaretoken", "version", "page", "seen", "then", *MADE_ANEW}
        given = {name: [one for one in sent.getlist(name) if one] for name in sent if name not in own}
        return {name: values for name, values in given.items() if sorted(values) != sorted(shown.get(name, []))}

    # the guided form

    def start(self, entry_route: str, family: Family, team: Team) -> "Walk":
        path = reverse("drafting:start")
        self.get(path)
        self.send(path, {"entry_route": entry_route, "family": family.reference, "team": str(team.public_id)})
        self._decision = Decision.objects.get(author=self.user, public_id=self.at.split("/")[2])
        return self

    def begin(self, entry_route: str, family: Family, team: Team) -> None:
        """The same without the page."""
        self._decision = actions.start(
            entry_route=entry_route, team=team, family=family, by=self.user, at=timezone.now()
        )

    def path(self, key: str) -> str:
        return reverse("drafting:page", args=[self.decision.public_id, key])

    @property
    def check_path(self) -> str:
        return reverse("drafting:check", args=[self.decision.public_id])

    @property
    def record_path(self) -> str:
        return reverse("drafting:record", args=[self.decision.public_id])

    @property
    def detail_path(self) -> str:
        return reverse("decisions:detail", args=[self.decision.public_id])

    def open(self, key: str) -> Page:
        return self.get(self.path(key))

    def filled(self, key: str, answers: Answers) -> QueryDict:
        data = filled_page(self.draft, key, answers)
        data["version"], data["page"] = self.hidden("version"), self.hidden("page")
        return data

    def fill(self, key: str, answers: Answers, *, then: str = "", status: int = 302) -> None:
        """Opens the page, adds as many rows as the answers need, types, and presses a button."""
        self.open(key)
        data = self.filled(key, answers)
        while missing := {name for name in data if data.getlist(name) and name not in self.names_on_page()}:
            if any(MORE.match(name) for name in missing):
                self._add_a_row(key, data, missing)
            else:
                self._bring_up(key, data, missing)
            data = self.filled(key, answers)
        data["then"] = then
        self.send(self.path(key), data, status=status)

    def _bring_up(self, key: str, data: QueryDict, missing: set[str]) -> None:
        """A question that only an answer on the page brings comes once that is sent, and then stands there."""
        shown = data.copy()
        for name in missing:
            del shown[name]
        self.send(self.path(key), shown, status=422)
        assert missing <= self.names_on_page(), f"{key} has no field {sorted(missing)}"

    def _add_a_row(self, key: str, data: QueryDict, missing: set[str]) -> None:
        """Nothing can be sent that is not on the page: rows are asked for with the button."""
        found = next(found for name in sorted(missing) if (found := MORE.match(name)))
        group = found["group"]
        assert f"add:{group}" in [one.attrs.get("value") for one in self.page.all("button")], (
            f"no button adds {missing}"
        )
        before = self.names_on_page()
        shown = QueryDict(mutable=True)
        for name in set(data) & before:
            shown.setlist(name, data.getlist(name))
        shown[f"{group}-rows"] = self.hidden(f"{group}-rows")
        shown["then"] = f"add:{group}"
        self.send(self.path(key), shown)
        assert self.at.partition("#")[0] == self.path(key)
        self.get(self.at)
        assert self.names_on_page() - before, f"{key}: the button added no row"

    def follow(self, story: Mapping[str, Answers]) -> list[str]:
        """Page after page, always the one the site leads to. Gives the keys in the order they came."""
        came = []
        while self.at != self.check_path:
            key = self.at.rstrip("/").rsplit("/", 1)[-1]
            assert self.at == self.path(key), self.at
            assert key not in came, f"{key} came twice"
            came.append(key)
            self.fill(key, story.get(key, {}))
            self.go_on(key)
        return came

    def go_on(self, key: str) -> None:
        """A page that was saved may have something to say first: it is sent again as it stands."""
        if self.at == self.path(key):
            self.open(key)
            data = QueryDict(mutable=True)
            for name, values in self.shown().items():
                data.setlist(name, values)
            self.send(self.path(key), data)

    def skip(self, story: Mapping[str, Answers], *keys: str) -> None:
        """Pages that are not what a test is about: the same forms and actions, without the requests between.

        Judged once, after the last of them.
        """
        draft = self.draft
        for key in keys:
            step = step_on_path(draft, key)
            assert step is not None, f"{key} is not on the path"
            page = step.page(draft, filled_page(draft, key, story.get(key, {})))
            assert page.is_valid(), [form.errors for form in page.forms]
            version, judge = draft.version(step.page.key), key == keys[-1]
            draft = actions.save_page(page=page, version=version, by=self.user, at=timezone.now(), judge=judge)

    def record(self) -> Decision:
        self.get(self.check_path)
        self.send(self.record_path, {}, then_at=self.detail_path)
        return self.recorded

    def record_directly(self) -> Decision:
        """The same without the pages."""
        actions.record(decision=self.decision, by=self.user, at=timezone.now())
        return self.recorded

    @property
    def recorded(self) -> Decision:
        found: Decision = Decision.objects.recorded().get(pk=self.decision.pk)
        return found


def _value(one: Element) -> str:
    if one.tag == "textarea":
        return one.raw_text.removeprefix("\n")
    chosen = "selected" if one.tag == "option" else "checked"
    ticked = one.tag == "option" or one.attrs.get("type") in {"radio", "checkbox"}
    if ticked:
        return one.attrs.get("value", "on") if chosen in one.attrs else ""
    return one.attrs.get("value", "")


def _query(data: Mapping[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(data)
    return query
