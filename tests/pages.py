"""A client that looks at every page it fetches: what axe does not see, on all pages and not only the browser's."""

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import User
from accounts.session_store import SessionStore
from tests.elements import Element, Page

__all__ = ["Element", "Page", "PageClient", "SignedClient", "faults", "in_one_line", "is_page", "new_faults", "parsed"]

ARIA_TARGETS = frozenset({"aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "for", "list"})
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
FIELDS = frozenset({"input", "select", "textarea"})
VALUES = re.compile(r' value="[^"]*"')
_faultless: set[int] = set()


@lru_cache(maxsize=1)
def parsed(html: str) -> Page:
    """The client has looked at a page already when the test does."""
    return Page(html)


def in_one_line(answer: Any) -> str:
    """The source of a page, wherever its templates break their lines."""
    return " ".join(answer.content.decode().split())


def faults(html: str) -> list[str]:
    """Everything wrong with a page, in words; empty when nothing is."""
    page = parsed(html)
    checks = (_skeleton, _headings, _ids, _targets, _labels, _summary, _policy, _forms, _words, _alike, _leave)
    return [*page.stray, *(fault for check in checks for fault in check(page))]


def new_faults(html: str) -> list[str]:
    """No fault is a value: of pages that differ in nothing else, as in a token, a good one is looked at once."""
    kind = hash(VALUES.sub("", html))
    found = [] if kind in _faultless else faults(html)
    if not found:
        _faultless.add(kind)
    return found


def _skeleton(page: Page) -> list[str]:
    found = [] if page.doctype.lower() == "doctype html" else ["no <!DOCTYPE html>"]
    if not [element for element in page.all("html") if element.attrs.get("lang")]:
        found.append("<html> has no lang")
    if len(page.all("main")) != 1:
        found.append(f"{len(page.all('main'))} <main> elements")
    return found


def _headings(page: Page) -> list[str]:
    headings, titles = page.all("h1"), [title for title in page.all("title") if title.inside("svg") is None]
    if len(headings) != 1 or len(titles) != 1:
        return [f"{len(headings)} h1 and {len(titles)} title"]
    heading, title = headings[0].text, titles[0].text
    if not heading:
        return ["the h1 is empty"]
    refused = bool(page.classed("govuk-error-summary"))
    expected = f"Error: {heading}" if refused else heading
    return [] if title.startswith(expected) else [f"the title '{title}' does not start with '{expected}'"]


def _ids(page: Page) -> list[str]:
    ids = Counter(element.attrs["id"] for element in page.elements if "id" in element.attrs)
    return [f"id '{id_}' {count} times" for id_, count in sorted(ids.items()) if count > 1 or not id_.strip()]


def _targets(page: Page) -> list[str]:
    ids = {element.attrs.get("id") for element in page.elements}
    found = []
    for element in page.elements:
        for name in element.attrs.keys() & ARIA_TARGETS:
            targets = element.attrs.get(name, "").split()
            found += [f"{name} names '{id_}', which is nowhere" for id_ in targets if id_ not in ids]
        href = element.attrs.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            found.append(f"a link to '{href}' lands nowhere")
    return found


def _labels(page: Page) -> list[str]:
    labelled = {label.attrs.get("for") for label in page.all("label") if label.text}
    found = []
    for field in page.all(*FIELDS):
        if field.attrs.get("type") in UNLABELLED:
            continue
        named = field.attrs.get("aria-label") or field.attrs.get("aria-labelledby")
        if not (named or field.inside("label") or field.attrs.get("id") in labelled):
            found.append(f"no label: {field}")
        fieldset = field.inside("fieldset")
        if field.attrs.get("type") == "radio" and not (fieldset and _legend(fieldset)):
            found.append(f"a radio without a legend: {field}")
    return found


def _legend(fieldset: Element) -> str:
    return next((part.text for part in fieldset.texts if isinstance(part, Element) and part.tag == "legend"), "")


def _summary(page: Page) -> list[str]:
    links = [link for link in page.all("a") if _within(link, "govuk-error-summary")]
    found = []
    for link in links:
        target = page.by_id(link.attrs.get("href", "").removeprefix("#"))
        if target is None or target.tag not in FIELDS or target.attrs.get("type") == "hidden":
            found.append(f"the error '{link.text}' does not lead to an input: {link.attrs.get('href')}")
    if page.classed("govuk-error-message") and not page.classed("govuk-error-summary"):
        found.append("an error beside a field, and no error summary")
    return found


def _within(element: Element, name: str) -> bool:
    found: Element | None = element
    while found is not None and not found.has_class(name):
        found = found.parent
    return found is not None


def _policy(page: Page) -> list[str]:
    """What the content policy would refuse in a browser."""
    found = [f"inline script: {script.text[:40]}" for script in page.all("script") if not script.attrs.get("src")]
    found += ["a <style> element"] * len(page.all("style"))
    for element in page.elements:
        found += [f"{name} on {element}" for name in element.attrs if name == "style" or name.startswith("on")]
        addresses = [element.attrs[name].strip().lower() for name in element.attrs.keys() & {"href", "src", "action"}]
        found += [f"javascript: on {element}" for address in addresses if address.startswith("javascript:")]
    return found


def _forms(page: Page) -> list[str]:
    found = []
    tokens = [field.inside("form") for field in page.all("input") if field.attrs.get("name") == "csrfmiddlewaretoken"]
    for form in page.all("form"):
        if form.inside("form"):
            found.append("a form inside a form")
        if form.attrs.get("method", "get").lower() == "post" and form not in tokens:
            found.append("a POST form without its token")
    return found


def _words(page: Page) -> list[str]:
    found = [f"no words on {element}" for element in page.all("a", "button", "h1", "h2", "h3", "legend", "summary")
             if not (element.text or element.attrs.get("aria-label"))]  # fmt: skip
    found += [f"a constraint's name on {element}" for element in page.all("main") if "Constraint “" in element.text]
    return found + [f"no alt on {image}" for image in page.all("img") if "alt" not in image.attrs]


def _leave(page: Page) -> list[str]:
    """Quick leave is the first stop of the keyboard after the skip link, wherever somebody is signed in."""
    stops = [one for one in page.all("a", "button", "summary", *FIELDS) if one.attrs.get("type") != "hidden"]
    signed_in = [one for one in page.all("form") if one.attrs.get("action", "").endswith("/sign-out/")]
    first = [one.text for one in stops[:2]]
    return [f"the first stops are {first}"] if signed_in and first[1:] != ["Quick leave"] else []


def _alike(page: Page) -> list[str]:
    """What nobody could tell apart: choices, questions, headings and errors that read the same in the same place."""
    named = {label.attrs["for"]: label.text for label in page.all("label") if label.attrs.get("for")}
    selects = [(option, option.inside("select") or option) for option in page.all("option")]
    read = [("option", *_place(select), select.attrs.get("name", ""), option.text) for option, select in selects]
    fields = [field for field in page.all(*FIELDS) if field.attrs.get("type") not in UNLABELLED]
    read += [("question", *_place(one), named[one.attrs["id"]]) for one in fields if one.attrs.get("id") in named]
    read += [("legend", *_place(legend.parent), legend.text) for legend in page.all("legend") if legend.parent]
    read += [("error", link.text) for link in page.all("a") if _within(link, "govuk-error-summary")]
    read += [("key", str(id(key.inside("dl"))), key.text) for key in page.all("dt")]
    read += _under_each_other(page)
    counts = Counter(tuple(" ".join(part.casefold().split()) for part in one) for one in read)
    return [f"{count} times the same: {' > '.join(one)}" for one, count in counts.items() if count > 1]


def _place(element: Element | None) -> tuple[str, ...]:
    """The legends and names of the groups it stands in, from the outermost."""
    found: list[str] = []
    while element is not None and (element := element.parent) is not None:
        if element.tag == "fieldset":
            found.append(element.attrs.get("aria-label") or _legend(element))
        elif element.tag == "form" or element.attrs.get("id", "").startswith("conditional-"):
            # Another form, or opened by another answer.
            found.append(element.attrs.get("action") or element.attrs.get("id", ""))
    return tuple(reversed(found))


def _under_each_other(page: Page) -> list[tuple[str, ...]]:
    """Each heading with those above it."""
    open_: list[tuple[str, str]] = []
    found = []
    for heading in page.all("h1", "h2", "h3", "h4"):
        if heading.has_class("govuk-notification-banner__title"):
            continue
        open_ = [one for one in open_ if one[0] < heading.tag]
        open_.append((heading.tag, heading.text))
        found.append(("heading", *(text for _, text in open_)))
    return found


class SignedClient(Client):
    """Django's test client, which signs in with one session instead of three."""

    def _login(self, user: User, backend: str | None = None) -> None:
        """As Django's, for a client that has no session yet; signing in by hand is in tests/accounts."""
        if settings.SESSION_COOKIE_NAME in self.cookies:
            super()._login(user, backend)  # type: ignore[misc]  # not in the stubs
            return
        request = HttpRequest()
        request.session = SessionStore()
        request.session[SESSION_KEY] = str(user.pk)
        request.session[BACKEND_SESSION_KEY] = backend
        request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        user_logged_in.send(sender=type(user), request=request, user=user)
        request.session.create()
        self._set_login_cookies(request)  # type: ignore[attr-defined]  # not in the stubs


class PageClient(SignedClient):
    """A page with a fault fails the test that fetched it."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if isinstance(response, HttpResponse) and is_page(response):
            found = new_faults(response.content.decode())
            if found:
                raise AssertionError(f"{request.get('PATH_INFO')}:\n  " + "\n  ".join(found))
        return response


def is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and bool(response.content)
