"""What a draft took from a family's record: which version its author saw, and what has changed there since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from accounts.namesakes import with_name_now
from drafting.form_data import whole_number
from families.models import Disclosure, EarlierWording, Person, SafeContact
from families.wording import Subject
from ui.moments import moment

if TYPE_CHECKING:
    from drafting.draft import Draft

PEOPLE, CONCERN = "people", "concern"


@dataclass(frozen=True)
class SourceChange:
    """One source that has changed, on the page of the form to check again."""

    page: str
    words: str
    url: str  # of its history


def as_shown(rows: Iterable[Person | Disclosure]) -> str:
    """The versions that a page shows, for its hidden field."""
    return " ".join(f"{row.public_id}.{row.version}" for row in rows)


def version_seen(row: Person | Disclosure, sent: str) -> int:
    """The version its author saw: the one the submitted page had shown, which a correction may have followed since."""
    shown = dict(pair.partition(".")[::2] for pair in sent.split())
    return min(row.version, whole_number(shown.get(str(row.public_id), ""), otherwise=row.version))


def source_changes(draft: "Draft") -> list[SourceChange]:
    """Costs no query where nothing has changed, which is nearly always."""
    changes = [_of_person(draft, row.person) for row in draft.changed_people]
    if draft.changed_disclosure:
        changes.append(_of_disclosure(draft, draft.changed_disclosure))
    return changes


def _of_person(draft: "Draft", person: Person) -> SourceChange:
    contacts = SafeContact.objects.filter(person=person).values("pk")
    about = Q(subject=Subject.PERSON, subject_id=person.pk) | Q(subject=Subject.CONTACT, subject_id__in=contacts)
    words = f"What is known about {person.name} was changed {_last(draft, about)}. Check it again"
    return SourceChange(PEOPLE, words, reverse("families:person_history", args=[person.public_id]))


def _of_disclosure(draft: "Draft", disclosure: Disclosure) -> SourceChange:
    changed = _last(draft, Q(subject=Subject.DISCLOSURE, subject_id=disclosure.pk))
    words = f"Disclosure {disclosure.reference} was changed {changed}. Check it again, and what you share from it"
    return SourceChange(CONCERN, words, reverse("families:disclosure_history", args=[disclosure.public_id]))


def _last(draft: "Draft", about: Q) -> str:
    row: EarlierWording | None = (
        EarlierWording.objects.visible_to(draft.user).filter(about).select_related("changed_by").order_by("-pk").first()
    )
    return (
        f"on {moment(row.changed_at)} by {with_name_now(row.changed_by_name, row.changed_by.full_name)}"
        if row
        else "since"
    )
