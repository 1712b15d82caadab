from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.compiled_queries import CompiledQuery
from accounts.models import Recipient, Team, User
from accounts.queries import recipients_visible_to
from accounts.roles import Role
from decisions import log_filters
from decisions.authors_seen import first_of_each_name
from decisions.disposed import Gone, gone_from, of_team
from decisions.log_scans import Scan, scan, whole
from decisions.models import Decision
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW, authors_by_all_names
from decisions.presenters.log import CONSENT_GROUPS, REVIEWS, TO_BE_REVIEWED
from decisions.presenters.log_options import Choice, child_chosen, children_and_families, family_chosen, named_once
from rules.codes import Outcome
from rules.law_files import load
from ui import forms
from ui.fields import DateField, Select

ANY = ("", "Any")
OVERDUE = [
    (log_filters.ANYTHING, "Anything"),
    ("sending", "Sending it"),
    ("informing", "Informing someone"),
    ("reply", "An answer from a recipient"),
    ("review_date", "Review date"),
    ("group", "A new decision for a group"),
]


def _authors(user: User) -> list[Any]:
    """For everybody who wrote a decision that this user may see, one decision for each name that they had."""
    rows = Decision.objects.filter(pk__in=first_of_each_name(user)).only(*AUTHOR)
    named = rows.annotate(author_key=F("author__public_id"), author_email=F("author__email"), **AUTHOR_NOW)
    return list(named.order_by("pk"))


_RECIPIENTS = CompiledQuery(
    Recipient, lambda user: recipients_visible_to(user).only("public_id", "name", "kind").order_by("name", "pk")
)


_TEAMS = CompiledQuery(
    Team,
    lambda user: Team.objects.filter(pk__in=user.team_ids()).annotate(has_disposed=of_team()).order_by("name", "pk"),
)


class LogFilter(forms.Form):
    """Codes and ids only: the filters are in the URL, where no name may appear.

    Children and families are too many to list them all. `offer_people` offers those of the decisions that are shown.
    """

    decided_from = DateField(label="Decided on or after", required=False)
    decided_to = DateField(label="Decided on or before", required=False)
    child = django_forms.ChoiceField(label="Child", required=False, widget=Select())
    family = django_forms.ChoiceField(label="Family", required=False, widget=Select())
    recipient = django_forms.ChoiceField(label="Recipient, or who asked", required=False, widget=Select())
    author = django_forms.ChoiceField(label="Who decided", required=False, widget=Select())
    team = django_forms.ChoiceField(label="Team", required=False, widget=Select())
    outcome = django_forms.ChoiceField(label="Decision", required=False, widget=Select())
    consent = django_forms.ChoiceField(label="Consent", required=False, widget=Select())
    legal_basis = django_forms.ChoiceField(label="Lawful basis", required=False, widget=Select())
    review = django_forms.ChoiceField(label="Review", required=False, widget=Select())
    overdue = django_forms.ChoiceField(label="Overdue", required=False, widget=Select())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        rows = _authors(user)
        keys = {row.author_id: str(row.author_key) for row in rows}
        self._offer("author", [(keys[author], name) for author, name in authors_by_all_names(rows).items()])
        self._offer("outcome", [*Outcome.choices(), (log_filters.NOT_SENT, "Share, and not yet sent")])
        self._offer("consent", [(group.key, group.words) for group in CONSENT_GROUPS])
        bases = {row.code: row.short_name for row in load().all_provisions if row.layer == "L1"}
        self._offer("legal_basis", [*bases.items(), (log_filters.NO_BASIS, "None")])
        self._offer("recipient", [*_recipients(user), (log_filters.NOT_IN_ADDRESS_BOOK, "Not in the address book")])
        teams = _TEAMS.rows(user)
        self._offer("team", [*_teams(user, teams), (log_filters.OTHER_TEAMS, "Other teams")])
        self._has_disposed = any(team.has_disposed for team in teams)  # type: ignore[attr-defined]  # annotated
        self._offer("review", [(log_filters.WAITING, TO_BE_REVIEWED), *REVIEWS.items()])
        self._offer("overdue", OVERDUE)
        self._offer("child", child_chosen(self.data.get("child", ""), user))
        self._offer("family", family_chosen(self.data.get("family", ""), user))

    def _offer(self, name: str, choices: Iterable[Choice]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def offer_people(self, decisions: Iterable[Decision]) -> None:
        """Besides those chosen. Of decisions whose people are read."""
        for name, offered in zip(("child", "family"), children_and_families(decisions), strict=True):
            chosen = dict(self.fields[name].choices[1:])  # type: ignore[attr-defined]
            self._offer(name, sorted((chosen | dict(offered)).items(), key=lambda choice: choice[1].casefold()))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        first, last = chosen.get("decided_from"), chosen.get("decided_to")
        if first and last and last < first:
            self.add_error("decided_to", ValidationError("Enter a date that is the same as the first date, or later"))
        return chosen

    def narrowed(self, decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
        """The decisions that match every valid filter."""
        if not self.is_valid():
            return decisions.none()
        states = {group.key: group.states for group in CONSENT_GROUPS}
        chosen = {**self.cleaned_data, "consent": states.get(self.cleaned_data["consent"])}
        return log_filters.narrowed(decisions, chosen, self._user, timezone.localdate())

    def scan(self) -> Scan:
        """Where the decisions that match are looked for."""
        return scan(self.cleaned_data, self._user) if self.is_valid() else whole(self._user)

    def gone(self) -> Gone | None:
        """What was disposed of and would stand in the log. Asks nothing where nothing was, or the filters are wrong."""
        if not self._has_disposed or (self.has_changed() and not self.is_valid()):
            return None
        return gone_from(self._user, self.cleaned_data if self.has_changed() else {})


def _recipients(user: User) -> list[Choice]:
    """The whole address book, retired entries too: what was sent to them is still in the log."""
    rows = {str(row.public_id): row for row in _RECIPIENTS.rows(user)}
    return named_once({key: row.name for key, row in rows.items()}, lambda key: (rows[key].get_kind_display(),))


def _teams(user: User, rows: Iterable[Team]) -> list[Choice]:
    teams = [(str(row.public_id), row.name) for row in rows]
    several = len(user.team_ids(Role.SUPERVISOR)) > 1
    return [*teams, (log_filters.SUPERVISED, "All teams you supervise")] if several else teams
