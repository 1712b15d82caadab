from datetime import date, datetime
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from decisions.forms.part_form import OptionalBoundField, PartForm
from decisions.models import Decision, DecisionPerson
from decisions.presenters.people import age_words
from drafting import dependent_answers
from drafting.pages.base import Page, Rows
from drafting.pages.limits import MOST_PEOPLE, check_count
from drafting.pages.person_identifier import (
    IDENTIFIER_FIELDS,
    KIND,
    IdentifierAnswers,
    identifier_fields,
    initial_identifier,
    is_asked,
)
from drafting.record_copies import copy_person
from drafting.rows import add_family, filled, set_columns
from drafting.sources import as_shown, version_seen
from families.actions import add_person, open_family
from families.ages import youngest_age
from families.asked_of import is_asked as is_asked_of
from families.forms.person import MORE
from families.forms.person import PersonForm as PersonDetailsForm
from families.models import Family, Person
from families.names import names_of
from rules.codes import PersonRole
from rules.identifiers import IdentifierKind
from ui import forms
from ui.fields import Checkbox, Radios, Select


class AnotherFamilyForm(forms.Form):
    bound_field_class = OptionalBoundField

    another_family = django_forms.CharField(
        label="Is anyone from another family part of this?",
        required=False,
        max_length=10,
        help_text="Enter that family's reference, such as F-7K2M9Q. Its people are then shown here to tick.",
    )

    def __init__(self, *args: Any, page: "PeoplePage", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.family: Family | None = None

    def clean_another_family(self) -> str:
        reference = str(self.cleaned_data["another_family"]).strip().upper()
        if reference:
            draft = self.page.draft
            visible = Family.objects.visible_to(draft.user).of_team(draft.decision.team_id)
            self.family = visible.filter(reference=reference).first()
            if self.family is None:
                raise ValidationError(f"Check the reference: no family of {draft.decision.team.name} has it")
        return reference


HARM = (
    "Also tick anyone who is an alleged or suspected source of harm. It is not a finding about them: it reminds you to "
    "take advice before anyone contacts them."
)


class PersonForm(IdentifierAnswers, PartForm[DecisionPerson]):
    on = django_forms.BooleanField(label="Part of this decision", required=False, widget=Checkbox())
    source_of_harm = django_forms.BooleanField(
        label="Alleged or suspected source of harm", required=False, widget=Checkbox(),
    )  # fmt: skip

    take_out = django_forms.BooleanField(required=False, widget=Checkbox())

    class Meta:
        model = DecisionPerson
        fields = ["source_of_harm"]

    field_order = ["on", "take_out", "source_of_harm"]

    def __init__(self, *args: Any, person: Person, answered: bool, identified: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        age = youngest_age(person, timezone.localdate())
        if not is_asked_of("source_of_harm", person.role, age) and not self.initial.get("source_of_harm"):
            del self.fields["source_of_harm"]
        if identified:
            self.on_demand = (KIND,)
            chosen = self.initial.get(KIND) == IdentifierKind.UPN
            has_upn = chosen or is_asked_of("upn", person.role, age)
            for name, field in identifier_fields(has_upn=has_upn).items():
                self.add_field(name, field)
        self.fields["take_out"].label = f"Remove {self.error_prefix}, with everything written about them"
        if not (answered and self.is_bound and not self["on"].data):
            del self.fields["take_out"]
        self.legend = self.error_prefix
        self.lead = ", ".join(filter(None, [person.get_role_display(), age_words(person), person.family.reference]))

    def clean(self) -> None:
        """Of whoever is no part of the decision, nothing is checked."""
        if not self.cleaned_data.get("on"):
            for name in IDENTIFIER_FIELDS:
                self.errors.pop(name, None)

    def clean_take_out(self) -> bool:
        if not self.cleaned_data["take_out"]:
            raise ValidationError(
                f"There are answers about {self.error_prefix} on other pages. Tick this to remove them with those "
                "answers, or tick “Part of this decision” to keep them"
            )
        return True


class NewPersonForm(PersonDetailsForm):
    """A person without a record yet: added to the family and to the decision in one step."""

    refuses_concealed = True
    source_of_harm = django_forms.BooleanField(
        label="Alleged or suspected source of harm", required=False, widget=Checkbox()
    )
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    field_order = ["name", "role", "age_kind", "date_of_birth", "age", "age_on", "due_on", "source_of_harm"]
    folded_fields = ("source_of_harm", "parental_responsibility", "communication_need")
    folded_title = "More about them: suspected source of harm, parental responsibility, needs"
    lead = ""
    warning = ""

    def __init__(self, *args: Any, families: list[Family], legend: str, **kwargs: Any) -> None:
        super().__init__(*args, error_prefix=legend, **kwargs)
        self.legend = legend
        self.families = {family.reference: family for family in families}
        role: Any = self.fields["role"]
        role.widget = Select()
        role.choices = [("", "---------"), *PersonRole.choices()]
        self.fields["parental_responsibility"].help_text = ""
        self._take_today_as_the_day()
        for name in MORE:  # for the family's own page: this one is to be short
            del self.fields[name]
        if len(families) > 1:
            choices = [(family.reference, f"{family.name} ({family.reference})") for family in families]
            field = django_forms.ChoiceField(label="Of which family?", choices=choices, widget=Radios())
            self.add_field("of_family", field)
        if not (self.is_bound and self.has_changed()):
            del self.fields["remove"]

    def _take_today_as_the_day(self) -> None:
        """Somebody who is added while it is written down is as old as that now."""
        age_on = self.fields["age_on"]
        age_on.required = False
        age_on.help_text = "If it is not their age today. For example, 3 11 2026"

    def clean_age_on(self) -> date | None:
        day: date | None = self.cleaned_data["age_on"]
        return day or (timezone.localdate() if self.cleaned_data.get("age") is not None else None)

    def _post_clean(self) -> None:
        """A row marked for removal is not validated."""
        if self.is_bound and self.cleaned_data.get("remove"):
            self.errors.clear()

    @property
    def family(self) -> Family:
        return self.families[self.cleaned_data.get("of_family") or next(iter(self.families))]


LEAD = "Tick the child or children, including unborn children, and the people around them."
ABOUT_STAFF = (
    f"{LEAD} Add the person the concern is about, too. The LADO is told within one working day of anybody who may have "
    "harmed a child, committed a crime against one, or be a risk to children. Add the LADO as a recipient. Do not tell "
    "the person until the LADO has advised you how."
)


class PeoplePage(Page):
    """The people whose information this is about, and the people around them."""

    key = "people"
    main_last = True
    lead = LEAD + (
        " A concern about somebody who works here starts elsewhere: choose it on the page “Record a decision”."
    )

    def build(self) -> None:
        if self.draft.decision.about_staff:
            self.lead = ABOUT_STAFF
        chosen = {row.person_id: row for row in self.draft.people}
        self.names = names_of((person.pk, person) for person in self.draft.possible_people)
        rows = [self._row(person, chosen.get(person.pk)) for person in self.draft.possible_people]
        self.groups = [Rows("people", "People", rows, hint=HARM)] if rows else []
        families = self.draft.families_to_add_to
        if families:
            least = 0 if rows else 1
            new = [self._new(index, families) for index in range(self.rows_typed("new", 0, least=least))]
            self.groups.append(Rows("new", "Add a person", new, add="Add a person"))
        self.main = AnotherFamilyForm(self.data, prefix="people", page=self)

    def _row(self, person: Person, chosen: DecisionPerson | None) -> PersonForm:
        initial = {"on": chosen is not None, "source_of_harm": bool(chosen and chosen.source_of_harm)}
        identified = is_asked(self.draft.decision, person.role)
        if identified:
            initial |= initial_identifier(person, chosen)
        return PersonForm(
            self.data, prefix=f"person-{person.pk}", person=person, initial=initial, error_prefix=self.names[person.pk],
            answered=chosen is not None and dependent_answers.about(self.draft, chosen), identified=identified,
        )  # fmt: skip

    def _new(self, index: int, families: list[Family]) -> NewPersonForm:
        return NewPersonForm(
            self.data, prefix=f"new-{index}", families=families, empty_permitted=True, legend=f"New person {index + 1}",
        )  # fmt: skip

    @property
    def people(self) -> list[PersonForm]:
        return [row for row in self.forms if isinstance(row, PersonForm)]

    @property
    def new_people(self) -> list[NewPersonForm]:
        return [row for row in self.forms if isinstance(row, NewPersonForm)]

    def check(self) -> None:
        chosen = sum(bool(row.cleaned_data.get("on")) for row in self.people) + len(filled(self.new_people))
        if chosen or self.main.cleaned_data["another_family"]:
            check_count(self.main, "another_family", chosen, MOST_PEOPLE, "people")
            return
        if self.people:
            self.people[0].error_prefix = ""
            self.people[0].add_error("on", "Tick at least one person this is about")
        elif self.new_people:
            self.new_people[0].add_error("name", "Enter the child this is about")
        else:
            self.main.add_error("another_family", "Tick at least one person this is about")

    @property
    def sources(self) -> str:
        return as_shown(self.draft.possible_people)

    @property
    def source_changed(self) -> bool:
        return bool(self.draft.changed_people)

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:
        family = getattr(self.main, "family", None)
        if family:
            open_family(family=family, by=by, at=at)
            add_family(decision, family)
        chosen = {row.person_id: row for row in decision.people.all()}
        for form in self.people:
            row = chosen.get(form.person.pk)
            if not form.cleaned_data["on"]:
                if row:
                    row.delete()
                continue
            if row is None:
                row = DecisionPerson(organisation_id=decision.organisation_id, decision=decision, person=form.person)
                copy_person(row, form.person)
            seen = version_seen(form.person, self.sources_sent)
            answers = {
                "source_of_harm": form.cleaned_data.get("source_of_harm", False),
                "person_version": seen,
                **form.identifier,
            }
            set_columns(row, answers, answers)
        for new in filled(self.new_people):
            _new_person(new, decision, by, at)


def _new_person(form: NewPersonForm, decision: Decision, by: User, at: datetime) -> None:
    person = add_person(family=form.family, details=form.details(), by=by, at=at)
    row = DecisionPerson(organisation_id=decision.organisation_id, decision=decision, person=person)
    copy_person(row, person)
    set_columns(row, form.cleaned_data, ["source_of_harm"])
