"""Template tags that show letters on the decision's pages, so that no app below has to import this one."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from audit.statements import rows_where
from decisions.facts.informing import informing_now
from decisions.facts.people import person_facts
from decisions.models import Decision
from decisions.presenters.people import person_names, recipient_names
from decisions.queries import is_supervised_by, may_add_to
from letters.agreements import agreement_lines
from letters.models import LetterMade, RouteAgreement
from letters.routes import Route
from rules.explanation.refusals import why_not_to

register = template.Library()


@register.inclusion_tag("letters/_letters.html")
def letters_made(decision: Decision, user: User, *, printed: bool = False) -> dict[str, Any]:
    """Every letter as it was given, and links to write one. Of a decision read with its parts and its letters."""
    names, recipients = person_names(decision), recipient_names(decision)
    may_explain = decision.is_shared and not printed and bool(decision.sendings.all())
    may_write = may_add_to(decision, user) and decision.is_shared and not printed
    may_agree = is_supervised_by(decision, user) and decision.author_id != user.pk
    given = {cell.recipient_id for item in decision.items.all() for cell in item.grid.all() if cell.given}
    made = decision.letters_made.all()
    return {
        "decision": decision,
        "printed": printed,
        "may_open": user.has(Permission.SEE_DECISIONS),
        "letters": [(row, names.get(row.person_id or 0, ""), Route.label_of(row.route)) for row in made],
        "agreements": agreement_lines(decision, list(decision.route_agreements.all()), made, timezone.now()),
        "people": _readers(decision, names) if may_write and may_explain else [],
        "agreeable": _readers(decision, names) if may_agree and may_explain else [],
        "referrals": [(key, name) for key, name in recipients.items() if key in given] if may_write else [],
    }


def _readers(decision: Decision, names: Mapping[int, str]) -> list[tuple[int, str]]:
    """Those who may be written to, as far as it is known now."""
    now = informing_now(decision)
    people = [person_facts(decision, person, now.get(person.pk)) for person in decision.people.all()]
    return [(int(person.ref), names[int(person.ref)]) for person in people if not why_not_to(person)]


@register.inclusion_tag("letters/_agreements.html")
def route_agreements(decision: Decision) -> dict[str, Any]:
    """Ways for letters that were not known to be safe, and who agreed to them. Of a decision read with its parts."""
    rows = rows_where(RouteAgreement, "decision", [decision.pk])
    letters = rows_where(LetterMade, "decision", [decision.pk]) if rows else []
    return {"agreements": agreement_lines(decision, rows, letters, timezone.now())}
