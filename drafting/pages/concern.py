from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator

from accounts.models import User
from decisions.forms.part_form import PartForm
from decisions.models import Decision
from drafting.pages.base import Page
from drafting.rows import columns_of, set_columns
from drafting.sources import as_shown, version_seen
from families.models import Disclosure
from rules.codes import YesNoUnknown
from ui.fields import DateField, Radios, Textarea
from ui.moments import moment

NEW = "new"
# Copied from a disclosure when one is chosen.
COPIED = ["facts", "opinion", "child_words", "happened"]
SEEN_OR_SAID = ["facts", "opinion", "child_words", "known_risk"]
PLAN = ["plan_reference", "plan_on", "plan_in_line"]
BACKGROUND = ["protective_factors", "previous_referrals", *PLAN, "plan_departure"]


# How many characters of a disclosure identify it in the list.
SHOWN = 120


def _beginning(disclosure: Disclosure) -> str:
    text = disclosure.facts or disclosure.child_words or disclosure.opinion
    return Truncator(text).chars(SHOWN)


class ConcernForm(PartForm[Decision]):
    source = django_forms.ChoiceField(label="What is this decision about?", required=False)
    plan_on = DateField(label="When was it made?", when="past", required=False)

    class Meta:
        model = Decision
        fields = ["what_changed", "facts", "opinion", "child_words", "happened", "level", "known_risk", *BACKGROUND]
        labels = {
            "what_changed": "What has changed since then?",
            "facts": "What was seen or said",
            "opinion": "Your professional opinion",
            "child_words": "The child's own words",
            "happened": "When it happened",
            "level": "How serious is it, by your local levels of concern?",
            "known_risk": "Is there a known risk here?",
            "protective_factors": "What already protects the child?",
            "previous_referrals": "What was referred before, and what was the outcome?",
            "plan_reference": "Is there a risk assessment or safety plan already?",
            "plan_in_line": "Is what you plan to do in line with it?",
            "plan_departure": "Why is it not in line with it?",
        }
        help_texts = {
            "what_changed": "What is new, or why you are making a new decision.",
            "facts": "Facts only: what you or someone else saw or heard.",
            "opinion": "Your own view, kept apart from the facts.",
            "child_words": "Exactly as they were said.",
            "happened": "As exactly as you know, such as “Monday 9 March, about 8am”.",
            "known_risk": "Such as violence at home, honour-based abuse, or someone who must not find out.",
            "protective_factors": "Such as a grandparent who looks after them, or a parent who asks for help.",
            "plan_reference": "Its name or reference, and whose it is.",
        }
        widgets = {
            "happened": django_forms.TextInput(),
            "what_changed": Textarea(rows=3),
            "facts": Textarea(rows=4, count=True),
            "opinion": Textarea(rows=3, count=True),
            "child_words": Textarea(rows=3, count=True),
            **{name: Textarea(rows=2) for name in ("known_risk", "protective_factors", "previous_referrals")},
            "plan_in_line": Radios(reveals={YesNoUnknown.NO: ["plan_departure"]}),
            "plan_departure": Textarea(rows=2),
        }

    needed_if = ("facts", "level")
    field_order = ["what_changed", "source", *COPIED, "level", "known_risk", *BACKGROUND]
    folded_fields = ("protective_factors", "previous_referrals", *PLAN)
    folded_title = "More about this: what protects the child, earlier referrals, plans"

    def __init__(self, *args: Any, disclosures: list[Disclosure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].required = True
        self._ask_what_changed()
        self.disclosures = {str(disclosure.public_id): disclosure for disclosure in disclosures}
        if not disclosures:
            del self.fields["source"]
            return
        self.fields["level"].required = False
        self.fields["level"].help_text = "Leave this empty if the level of concern has not changed since then."
        choices = [(key, self.describe(disclosure)) for key, disclosure in self.disclosures.items()]
        source = self.fields["source"]
        source.required = True
        hints = {key: _beginning(disclosure) for key, disclosure in self.disclosures.items()}
        source.widget = Radios(hints=hints, reveals={NEW: COPIED}, dividers={NEW: "or"})
        source.choices = [*choices, (NEW, "Something new: I will write it here")]  # type: ignore[attr-defined]

    def _ask_what_changed(self) -> None:
        """Asked only where this decision supersedes an earlier one."""
        previous = self.instance.supersedes
        if previous is None:
            del self.fields["what_changed"]
            return
        field = self.fields["what_changed"]
        field.required = True
        field.label = f"What has changed since decision {previous.reference}?"
        field.error_messages["required"] = f"Enter what has changed since decision {previous.reference}"

    @staticmethod
    def describe(disclosure: Disclosure) -> str:
        return f"{disclosure.reference}, told or seen on {moment(disclosure.received_at)}"

    @property
    def chosen(self) -> Disclosure | None:
        return self.disclosures.get(self.cleaned_data.get("source") or NEW)

    def known_words(self, bound: BoundField) -> list[Any]:
        """The author's own text is not replaced by that of a disclosure unless it was cleared first."""
        own = bound.name in COPIED and not self.instance.disclosure_id
        return [] if own else super().known_words(bound)

    def clean(self) -> None:
        answers = self.cleaned_data
        if not answers.get("level") and "level" not in self.errors:
            if self.chosen:
                answers["level"] = self.chosen.level
            else:
                self.add_error("level", self.fields["level"].error_messages["required"])
        written = [answers.get(name) for name in ("facts", "opinion", "child_words")]
        if answers.get("source", NEW) == NEW and not any(written) and not self.errors:
            self.add_error("facts", "Enter what was seen or said, your professional opinion, or the child's own words")


class ConcernPage(Page):
    key = "concern"
    lead = "Facts, opinion and the child's own words go in separate boxes, so that a later reader can tell them apart."

    def build(self) -> None:
        decision = self.draft.decision
        disclosures = self.draft.possible_disclosures
        # A disclosure whose family can no longer be seen is not offered; its words as saved here remain.
        chosen = decision.disclosure if decision.disclosure in disclosures else None
        initial = {"source": str(chosen.public_id) if chosen else NEW}
        if self.fresh and disclosures:
            initial["source"] = ""
        self.main = ConcernForm(
            self.data, instance=decision, prefix="concern", initial=initial, disclosures=disclosures
        )

    @property
    def sources(self) -> str:
        return as_shown(self.draft.possible_disclosures)

    @property
    def source_changed(self) -> bool:
        return self.draft.changed_disclosure is not None

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        form = self.main
        answers = dict(form.cleaned_data)
        disclosure = form.chosen
        if disclosure:
            for name in COPIED:
                answers[name] = getattr(disclosure, name)
            answers["disclosure_version"] = version_seen(disclosure, self.sources_sent)
        answers["disclosure"] = disclosure
        columns = ["disclosure", *(["disclosure_version"] if disclosure else []), *columns_of(form)]
        if any((answers.get(name) or "") != getattr(decision, name) for name in SEEN_OR_SAID):
            # Something new may raise the level of concern, whoever has said no.
            answers["level_at_refusal"] = ""
            columns.append("level_at_refusal")
        set_columns(decision, answers, columns)
