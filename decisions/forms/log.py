from typing import Any

from django import forms as django_forms
from django.db.models import Exists, F, Min, OuterRef, QuerySet

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from decisions.models import Decision, DecisionPerson, DecisionProvision
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW, authors_by_all_names
from decisions.presenters.log import CONSENT_GROUPS
from rules.codes import Outcome
from rules.law_files import load
from ui import forms
from ui.fields import Select

ANY = ("", "Any")
NOT_SENT = "not_sent"


def _authors(user: User) -> QuerySet[Decision]:
    """For everybody who wrote a decision that this user may see, one decision for each name that they had."""
    visible = Decision.objects.recorded().visible_to(user).order_by()
    first = visible.values("author", "author_name").annotate(first=Min("pk")).values("first")
    rows: QuerySet[Decision] = Decision.objects.filter(pk__in=first).only(*AUTHOR)
    return rows.annotate(author_key=F("author__public_id"), author_email=F("author__email"), **AUTHOR_NOW).order_by(
        "pk"
    )


_AUTHORS = CompiledQuery(Decision, _authors)


class LogFilter(forms.Form):
    """Codes and ids only: the filters are in the URL, where no name may appear."""

    author = django_forms.ChoiceField(label="Who decided", required=False, widget=Select())
    outcome = django_forms.ChoiceField(label="Decision", required=False, widget=Select())
    consent = django_forms.ChoiceField(label="Consent", required=False, widget=Select())
    legal_basis = django_forms.ChoiceField(label="Lawful basis", required=False, widget=Select())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: list[Any] = _AUTHORS.rows(user)
        keys = {row.author_id: str(row.author_key) for row in rows}
        self._offer("author", [(keys[author], name) for author, name in authors_by_all_names(rows).items()])
        self._offer("outcome", [*Outcome.choices(), (NOT_SENT, "Share, and not yet sent")])
        self._offer("consent", [(group.key, group.words) for group in CONSENT_GROUPS])
        bases = {row.code: row.short_name for row in load().all_provisions if row.layer == "L1"}
        self._offer("legal_basis", [*bases.items(), ("none", "None")])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def narrowed(self, decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
        """The decisions that match every valid filter."""
        if not self.is_valid():
            return decisions.none()
        chosen = self.cleaned_data
        if chosen["author"]:
            decisions = decisions.filter(author__public_id=chosen["author"])
        if chosen["outcome"] == NOT_SENT:
            decisions = decisions.not_yet_sent()  # type: ignore[attr-defined]  # of our own queryset
        elif chosen["outcome"]:
            decisions = decisions.filter(outcome=chosen["outcome"])
        if chosen["consent"]:
            [states] = [group.states for group in CONSENT_GROUPS if group.key == chosen["consent"]]
            people = DecisionPerson.objects.filter(decision=OuterRef("pk"), consent_state__in=states)
            decisions = decisions.filter(Exists(people))
        if chosen["legal_basis"]:
            rows = DecisionProvision.objects.filter(decision=OuterRef("pk"), layer="L1")
            decisions = decisions.filter(
                ~Exists(rows) if chosen["legal_basis"] == "none" else Exists(rows.filter(code=chosen["legal_basis"]))
            )
        return decisions
