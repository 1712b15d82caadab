"""What is asked when something went wrong: people's safety first."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Team, User
from accounts.queries import teams_visible_to
from accounts.roles import Permission
from decisions.forms.events import set_required_messages
from decisions.models import Decision, DecisionItem, DecisionRecipient
from decisions.presenters.people import recipient_names
from incidents.models import Incident
from incidents.queries import may_report
from rules.codes import YesNoUnknown
from rules.incidents.clock import limit_of
from rules.incidents.codes import IncidentKind
from ui import forms
from ui.fields import Checkboxes, DateTimeField, Radios, Textarea

FIELDS = ["danger", "address_at_risk", "kind", "what_happened", "what_other", "went_to", "who_harmed", "noticed_at",
          "noticed_by"]  # fmt: skip
NOTHING = "Choose or enter what went out"
NOT_A_DECISION = "Check these references: {}. Enter only decisions of your teams, such as D-7K2M9Q"
NO_TEAM = "none"


class ReportForm(forms.ModelForm[Incident]):
    """Without a decision, `team` asks those who are in several teams for which it is."""

    noticed_at = DateTimeField(label="When did somebody here first know of it?", when="past")
    further = django_forms.CharField(
        label="Which other decisions is it about? (optional)", required=False, max_length=400,
        help_text="Their references, such as D-7K2M9Q, with a space between.",
    )  # fmt: skip

    class Meta:
        model = Incident
        fields = FIELDS
        labels = {
            "danger": "Is somebody in danger now?",
            "address_at_risk": "Could it show where somebody lives who must not be found?",
            "kind": "What went wrong?",
            "what_happened": "What happened?",
            "what_other": "What information was it?",
            "went_to": "Who has it, or where is it? (optional)",
            "who_harmed": "Who could be harmed, and how?",
            "noticed_by": "Who noticed it?",
        }
        help_texts = {
            "danger": "If somebody may be, call 999 before you fill this in.",
            "address_at_risk": "Such as a home, a refuge, a school or a route they take.",
            "what_happened": "Say what you know now. You can add more later.",
            "went_to": "Such as a name, an email address or a street, as far as you know it.",
            "noticed_by": "Name and role.",
        }
        widgets = {
            "danger": Radios(),
            "address_at_risk": Radios(),
            "kind": Radios(),
            "what_happened": Textarea(rows=4),
            "what_other": Textarea(rows=3),
            "went_to": Textarea(rows=2),
            "who_harmed": Textarea(rows=3),
        }

    def __init__(
        self, *args: Any, user: User, decision: Decision | None = None, asks_team: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._decision = user, decision
        self.items: dict[str, DecisionItem] = {}
        self.recipients: dict[str, DecisionRecipient] = {}
        self.teams: dict[str, Team] = {}
        self.only_team = NO_TEAM
        for name in ("danger", "address_at_risk"):
            self.fields[name].choices = YesNoUnknown.choices()  # type: ignore[attr-defined]
        self.fields["kind"].choices = IncidentKind.choices()  # type: ignore[attr-defined]
        hours = limit_of(user.organisation.kind).hours
        self.fields["noticed_at"].help_text = f"The law counts {hours} hours from then."
        set_required_messages(
            self, danger="Choose whether somebody is in danger", kind="Choose what went wrong",
            address_at_risk="Choose whether it could show where they live", what_happened="Enter what happened",
            who_harmed="Enter who could be harmed, and how", noticed_by="Enter who noticed it",
        )  # fmt: skip
        if decision is not None:
            self._ask_what_and_who(decision)
        elif asks_team:
            self._ask_team(user)
        order = ["danger", "address_at_risk", "kind", "what_happened", "chosen_items", "what_other",
                 "chosen_recipients", "went_to", "further"]  # fmt: skip
        self.order_fields(order)

    def _ask_team(self, user: User) -> None:
        self.teams = {str(team.public_id): team for team in teams_visible_to(user).filter(pk__in=user.team_ids())}
        choices = [(key, team.name) for key, team in self.teams.items()]
        if user.has(Permission.FOLLOW_INCIDENTS):
            choices.append((NO_TEAM, "None of my teams"))
        if len(choices) > 1:
            asked = django_forms.ChoiceField(
                label="For which of your teams?", choices=choices, widget=Radios(),
                error_messages={"required": "Choose for which of your teams"},
            )  # fmt: skip
            self.add_field("team", asked)
        self.only_team = choices[0][0] if choices else NO_TEAM

    def _ask_what_and_who(self, decision: Decision) -> None:
        self.items = {str(item.pk): item for item in decision.items.all()}
        names = recipient_names(decision)
        self.recipients = {str(row.pk): row for row in decision.recipients.all()}
        self._offer("chosen_items", "What went out from this decision? (optional)",
                    {key: item.text for key, item in self.items.items()})  # fmt: skip
        self._offer("chosen_recipients", "Who of these has it? (optional)",
                    {key: names[row.pk] for key, row in self.recipients.items()})  # fmt: skip
        if self.items:
            self.fields["what_other"].label = "What other information was it? (optional)"
        if self.recipients:
            self.fields["went_to"].label = "Who else has it, or where is it? (optional)"

    def _offer(self, name: str, label: str, choices: Mapping[str, str]) -> None:
        if choices:
            self.add_field(name, django_forms.MultipleChoiceField(
                label=label, choices=list(choices.items()), widget=Checkboxes(), required=False
            ))  # fmt: skip

    def clean_what_other(self) -> str:
        found: str = self.cleaned_data["what_other"]
        if not found and not self.cleaned_data.get("chosen_items"):
            raise ValidationError(NOTHING)
        return found

    def clean_further(self) -> list[Decision]:
        """Each of them one that this person could report by itself, and not the one it starts from."""
        wanted = list(dict.fromkeys(self.cleaned_data["further"].upper().replace(",", " ").split()))
        rows = Decision.objects.recorded().visible_to(self._user).filter(reference__in=wanted)
        found = {row.reference: row for row in rows if may_report(row, self._user)}
        if unknown := [each for each in wanted if each not in found]:
            raise ValidationError(NOT_A_DECISION.format(", ".join(unknown)))
        return [row for row in found.values() if row != self._decision]

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def team(self) -> Team | None:
        return self.teams.get(str(self.cleaned_data.get("team") or self.only_team))

    @property
    def chosen(self) -> dict[str, list[Any]]:
        """What was ticked, for the action."""
        cleaned = self.cleaned_data
        return {
            "items": [self.items[key] for key in cleaned.get("chosen_items", ())],
            "further": cleaned.get("further") or [],
            "recipients": [self.recipients[key] for key in cleaned.get("chosen_recipients", ())],
        }
