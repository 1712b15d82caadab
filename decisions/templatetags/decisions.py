"""Template tags that other apps' pages use to show decisions, so that lower apps need not import this one."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.roles import Permission
from audit.parts import read_parts
from decisions.models import Decision, UrgentRecord
from decisions.presenters import urgent as urgent_words
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW, author_and_job, author_names
from decisions.presenters.family_contact import ContactLine, contact_in_family
from decisions.presenters.law_tables import ProvisionShown
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import PARTS as LISTED
from decisions.presenters.people_on_lists import who
from decisions.restricted_queries import Record, restriction_of
from families.models import Family
from ui.moments import moment

register = template.Library()
MOST_URGENT = 50
MOST_OF_FAMILY = 50


def _urgent_records(user: User) -> "QuerySet[UrgentRecord]":
    rows: QuerySet[UrgentRecord] = UrgentRecord.objects.visible_to(user).to_be_completed()
    shown = rows.only("public_id", "reference", *AUTHOR, "shared_at", "complete_by")
    return shown.annotate(**AUTHOR_NOW).order_by("complete_by", "pk")[: MOST_URGENT + 1]


def _of_family(user: User, family: int) -> "QuerySet[Decision]":
    visible: QuerySet[Decision] = Decision.objects.recorded().each_visible_to(user).with_sendings()
    about = visible.filter(decision_families__family_id=family)
    shown = about.only("public_id", "reference", "state", "outcome", "decided_at", "standing_until")
    return shown.order_by("-decided_at", "-pk")[:MOST_OF_FAMILY]


_OF_FAMILY = CompiledQuery(Decision, _of_family)
_URGENT = CompiledQuery(UrgentRecord, _urgent_records)


register.filter("author", author_and_job)


@register.filter
def recorded_after(decision: Decision) -> str:
    """How long after the decision it was recorded, or an empty string."""
    return urgent_words.recorded_after(decision)


@register.inclusion_tag("decisions/_restricted.html")
def restricted_to(record: Record, user: User) -> dict[str, Any]:
    """That only named people read it; for a supervisor, how to restrict it. Asks nothing where nothing ever was."""
    found = restriction_of(record, user)
    return {
        "restriction": found,
        "record": record,
        "may_restrict": found is None and user.has(Permission.RESTRICT_RECORDS),
    }


@register.inclusion_tag("decisions/_urgent_answers.html")
def urgent_record(urgent: UrgentRecord) -> dict[str, Any]:
    """The urgent record as it was made."""
    return {"urgent": urgent, "rows": urgent_words.urgent_record(urgent), "written": urgent_words.written(urgent)}


@register.inclusion_tag("decisions/_urgent_to_complete.html")
def urgent_to_complete(user: User) -> dict[str, Any]:
    """Urgent records to be completed, the longest overdue first, without their text."""
    shown = _URGENT.rows(user)
    authors = author_names(shown)
    return {
        "waiting": [(urgent, authors[urgent.pk]) for urgent in shown[:MOST_URGENT]],
        "more": len(shown) > MOST_URGENT,
        "most": MOST_URGENT,
        "today": timezone.localdate(),
    }


@register.inclusion_tag("decisions/_caption.html")
def decision_caption(decision: Decision, *, named_below: bool = False) -> dict[str, Any]:
    """Above the heading of a page about one recorded decision, for those who may see it: whom it is about.

    `named_below`: the heading has the reference already.
    """
    read_parts([decision], LISTED)
    return {"reference": "" if named_below else decision.reference, "words": who([decision])[decision.pk].words}


@register.inclusion_tag("decisions/_of_family.html")
def decisions_of(family: Family, user: User) -> dict[str, Any]:
    """Recorded decisions about a family that this user may see, newest first, and contact about them."""
    decisions = _OF_FAMILY.rows(user, family.pk)
    urls = {row.public_id: reverse("decisions:detail", args=[row.public_id]) for row in decisions}
    return {
        "decisions": [(row, urls[row.public_id], outcome_words(row)) for row in decisions],
        "contact": contact_in_family(decisions, family.people.all()),
        "urls": urls,
        "log": f"{reverse('decisions:log')}?family={family.public_id}",
    }


@register.simple_tag
def contact_lines(lines: Iterable[ContactLine], urls: Mapping[UUID, str]) -> str:
    """The items of a list of contact, in Python: a family has sixty of them, and a loop of a template costs more.

    `urls` are the decisions' pages, each found once.
    """
    item = (
        '<li><span class="app-contact__when">{}</span>\n'
        '<span>{} (<a class="govuk-link app-nowrap" href="{}#contact">{}</a>)</span></li>\n'
    )
    shown = ((moment(line.when), line.title, urls[line.public_id], line.reference) for line in lines)
    return format_html_join("", item, shown)


@register.simple_tag
def provision_article(provision: ProvisionShown) -> str:
    """One provision of the law tables. What is the same for everybody is rendered once per process."""
    return _published(provision) if provision.as_published else _article(provision)


def _article(provision: ProvisionShown) -> str:
    return render_to_string("decisions/_provision.html", {"provision": provision})


_published = lru_cache(maxsize=512)(_article)
