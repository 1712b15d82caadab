from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.utils import timezone

from accounts.models import User
from decisions.forms.informing import ANSWERS, LATER, SPOKEN_WITH, SUGGESTED, TOLD, InformingForm, shared_initial
from decisions.forms.part_form import PartForm
from decisions.forms.sending import SendingForm
from decisions.models import Advice, Decision, DecisionPerson, Sending
from drafting.pages.base import Page, Rows
from drafting.pages.outcome import reason
from drafting.rows import columns_of, filled, set_columns, sync_rows
from drafting.times_typed import refuse_informing_times
from families.reaching import kinds_not_safe
from rules.codes import Informing, Outcome
from ui.fields import Checkbox, DateTimeField, Textarea


class AdviceForm(PartForm[Advice]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    given_at = DateTimeField(label="When?", when="past", required=False)
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    class Meta:
        model = Advice
        fields = ["who", "role", "given_at", "gist"]
        labels = {"who": "Who gave the advice?", "role": "Their role", "gist": "Summary of the advice"}
        widgets = {"gist": Textarea(rows=2)}

    field_order = ["pk", "who", "role", "given_at", "gist", "remove"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_remove_only_if_used()


LABELS: dict[str, dict[str, str]] = {
    Outcome.PASSED_UP: {
        "instead": "What protects the child until they decide?",
        "look_again_on": "By when must they have decided?",
    },
    Outcome.STOPPED: {"instead": "Is anyone at risk now, and what do you do instead?"},
}


class InsteadForm(PartForm[Decision]):
    class Meta:
        model = Decision
        fields = [
            "instead",
            "recipients_informed",
            "cannot_recall",
            "asker_informed",
            "neither_confirmed",
            "look_again_on",
        ]
        labels = {
            "instead": "What protects the child now, and what did you do instead?",
            "recipients_informed": "Who was told that it has stopped, and when?",
            "cannot_recall": "What was sent already, to whom, and cannot be recalled?",
            "asker_informed": "What was the person who asked told?",
            "neither_confirmed": "I neither confirmed nor denied that we hold information",
            "look_again_on": "When will you review this?",
        }
        help_texts = {
            "neither_confirmed": "You can decline in writing without saying whether there is anything: where even that "
            "could put someone at risk, this is the safe answer."
        }
        widgets = {
            "instead": Textarea(rows=3),
            **{name: Textarea(rows=2) for name in ("asker_informed", "recipients_informed", "cannot_recall")},
        }

    def __init__(self, *args: Any, was_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name != "neither_confirmed"
        outcome = self.instance.outcome
        stops = outcome == Outcome.STOPPED
        if not was_asked or stops:
            del self.fields["asker_informed"]
        if not was_asked or outcome != Outcome.NOT_SHARED:
            del self.fields["neither_confirmed"]
        # A decision to stop has no review date; no other outcome has anything to recall.
        for name in ["look_again_on"] if stops else ["recipients_informed", "cannot_recall"]:
            del self.fields[name]
        for name, label in LABELS.get(outcome, {}).items():
            self.fields[name].label = label

    def clean_instead(self) -> str:
        return reason(self, "instead", "Enter what you did instead")


class AskerForm(PartForm[Decision]):
    """Asked when it is shared: the person who asked may get only part of it, and is told so."""

    needed_if = ("asker_informed",)

    class Meta:
        model = Decision
        fields = ["asker_informed"]
        labels = {"asker_informed": "What was the person who asked told?"}
        help_texts = {"asker_informed": "Needed where they get only part of what they asked for: what, and why."}
        widgets = {"asker_informed": Textarea(rows=2)}


class SendingPage(Page):
    """What was sent, who was told, and advice; where nothing is shared, what was done instead.

    A decision passed to a manager has nothing yet to tell the family.
    """

    key = "sending"
    lead = "Record what has been done so far. Add what is sent, or what the family is told, later."

    def build(self) -> None:
        if self.draft.shares:
            self.groups.append(self._sendings())
            if self.draft.was_asked:
                self.main = AskerForm(self.data, instance=self.draft.decision, prefix="asker")
        else:
            self.main = InsteadForm(
                self.data, instance=self.draft.decision, prefix="instead", was_asked=self.draft.was_asked
            )
        if self.draft.decision.outcome != Outcome.PASSED_UP:
            people = [self._informing(person) for person in self.draft.people]
            self.groups.append(Rows("informing", "What the family and others were told", people))
        self.groups.append(self._advice())

    def _sendings(self) -> Rows:
        sendings = self.draft.sendings
        choices = [(str(key), name) for key, name in self.draft.recipient_names.items()]
        rows = []
        sent_to = {sending.recipient_id for sending in sendings}
        waiting = [str(recipient.pk) for recipient in self.draft.recipients if recipient.pk not in sent_to]
        least = max(1, len(waiting)) if self.fresh and self.submitted is None else 0
        for index in range(self.rows_typed("sending", len(sendings), least=least)):
            sending = sendings[index] if index < len(sendings) else None
            initial: dict[str, Any] = {"recipient": next(iter(waiting[index - len(sendings) :]), "")}
            if sending:
                initial = {"pk": sending.pk, "recipient": str(sending.recipient_id)}
            form = SendingForm(
                self.data, instance=sending, prefix=f"sending-{index}", initial=initial, choices=choices,
                empty_permitted=sending is None, error_prefix=f"Sending {index + 1}",
            )  # fmt: skip
            form.legend = f"Sending {index + 1}"
            rows.append(form)
        hint = "Each time you sent it or told someone. Leave a row empty if nothing has been sent yet."
        return Rows("sending", "What was sent", rows, hint=hint, add="Record that you sent it")

    @cached_property
    def _not_safe(self) -> dict[int, list[str]]:
        return kinds_not_safe([person.person_id for person in self.draft.people], timezone.localdate())

    def _informing(self, person: DecisionPerson) -> InformingForm:
        state = person.informing_state
        initial = {
            "informed": ANSWERS.get(state, ""),
            "informed_state": state if state in TOLD else "",
            "not_informed_state": state if state in LATER else "",
            **shared_initial(person),
        }
        offered = None if state or person.informing_review_on else timezone.localdate() + SUGGESTED
        if offered:
            initial["informing_review_on"] = offered
        if self.fresh and not state:
            initial |= self._suggested(person)
        form = InformingForm(
            self.data,
            instance=person,
            prefix=f"informing-{person.pk}",
            initial=initial,
            error_prefix=self.draft.person_names[person.pk],
        )
        form.offered_review_on = offered
        form.words_suggested = self._suggested(person)
        form.warn_of(self.draft.people)
        form.say_not_safe(self._not_safe.get(person.person_id, []))
        if self.draft.shares and len(self.draft.recipients) == 1:
            form.fields["informed_at"].help_text = "If that was as you sent it, leave this empty."
        if not self.draft.shares:
            form.ask_of_the_decision()
        return form

    def _suggested(self, person: DecisionPerson) -> dict[str, Any]:
        """Somebody spoken to about consent was informed then; a suspected source of harm is not informed yet."""
        if self.draft.shares and person.consent_state in SPOKEN_WITH and person.consent_at:
            return {
                "informed": "yes",
                "informed_state": Informing.TOLD_BEFORE,
                "informed_at": person.consent_at,
                "informed_how": person.consent_how,
            }
        if not person.source_of_harm:
            return {}
        return {
            "informed": "no",
            "not_informed_state": Informing.DEFERRED,
            "informing_reason": person.not_asked_reason,
            "informing_text": person.not_asked_text,
            "informing_agreed_with": person.not_asked_agreed_with,
        }

    def _advice(self) -> Rows:
        advice = self.draft.advice
        rows = []
        for index in range(self.rows_typed("advice", len(advice))):
            saved = advice[index] if index < len(advice) else None
            form = AdviceForm(
                self.data, instance=saved, prefix=f"advice-{index}", initial={"pk": saved.pk if saved else None},
                empty_permitted=saved is None, error_prefix=f"Advice {index + 1}",
            )  # fmt: skip
            form.legend = f"Advice {index + 1}"
            rows.append(form)
        hint = (
            "From your safeguarding lead, a manager, children's social care, "
            "or a data protection or Caldicott colleague."
        )
        return Rows("advice", "Advice, if you took any", rows, hint=hint, add="Add advice")

    def check(self) -> None:
        rows = {group.name: list(group.rows) for group in self.groups}
        refuse_informing_times(self.draft, filled(rows.get("sending", [])), rows.get("informing", []))

    def _sent_at(self, state: str) -> datetime | None:
        """Whoever was told at the time was told when it was sent, where that was once: it is not asked for again."""
        rows = [row for group in self.groups if group.name == "sending" for row in filled(group.rows)]
        times = {row.cleaned_data["sent_at"] for row in rows}
        return times.pop() if state == Informing.TOLD_AT_TIME and len(times) == 1 else None

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:
        self.save_main(decision)
        groups = {group.name: group for group in self.groups}
        if "sending" in groups:
            existing = {row.pk: row for row in decision.sendings.all()}
            sync_rows(decision, Sending, groups["sending"].rows, existing, written_at=at, written_by=by)
        for form in groups["informing"].rows if "informing" in groups else ():
            answers = form.columns()
            answers["informed_at"] = answers["informed_at"] or self._sent_at(form.state)
            set_columns(form.instance, answers, ["informing_state", "informed_no_choice", *columns_of(form)])
        # Advice that was added on another page since this one was opened is not among its rows, and stays.
        shown = {form.cleaned_data.get("pk") for form in groups["advice"].rows}
        existing_advice = {row.pk: row for row in decision.advice.all() if row.pk in shown}
        sync_rows(decision, Advice, groups["advice"].rows, existing_advice)


class InsteadPage(SendingPage):
    """The same URL where nothing is shared, with a form_data row of its own."""

    key = "instead"
    lead = "Record what has been done so far. You can add what the family is told later."
