from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Recipient, User
from accounts.names import entry_names
from decisions.forms.part_form import PartForm
from decisions.models import Decision, DecisionRecipient
from drafting import dependent_answers
from drafting.draft import Draft
from drafting.pages.base import Page, Rows
from drafting.pages.duty_fields import CONDITIONS, OF_A_DUTY, AnswersRequests
from drafting.pages.limits import MOST_RECIPIENTS, check_count
from drafting.pages.other_recipient import OtherRecipientForm
from drafting.pages.request_recipients import save_chosen_and_asker
from drafting.rows import columns_of, filled, set_columns, sync_rows
from rules.codes import EntryRoute, Layer, Trigger
from rules.duties import under_share_duty
from rules.law import Provision
from rules.legal_options import available_provisions
from rules.organisations import RecipientKind
from ui.fields import Checkbox, Checkboxes, DateTimeField, Radios, Textarea

REQUEST = [
    "asked_by_name", "asked_by_role", "asked_by_organisation", "asked_on", "asked_for", "asked_why",
    "identity_check", "request_reference", "reply_by",
]  # fmt: skip
ORDER = ["court", "order_made_on", "order_scope", "order_from", "order_to"]
DUTY = ["duty_code", *(name for names in OF_A_DUTY.values() for name in names), "duty"]
# The identity check is not required: a request can be declined without one.
OF_THE_POLICE = ["authorising_officer"]
NEEDED = {"asked_by_name", "asked_by_organisation", "asked_for", "court", "order_made_on", "order_scope", "duty_code",
          "duty", "how_discovered"}  # fmt: skip

BLANKS = {"discovered_at": None, "starts_on": None}


def duties(draft: Draft) -> list[Provision]:
    """This organisation's duties that leave no choice. A court order is an answer of its own."""
    available = available_provisions(Layer.L3, draft.facts, draft.law)
    sector = draft.decision.organisation.sector
    mine = [row for row in available if row.kind_for(sector) == row.kind]
    return [row for row in mine if row.hides_choice and row.code != "COURT_ORDER"]


class RequestForm(AnswersRequests, PartForm[Decision]):
    recipients = django_forms.MultipleChoiceField(
        label="Who would you share it with?",
        help_text="From your organisation's address book, each with a checked way to reach them. "
        "Whoever asked is added to the list for you.",
        required=False,
        widget=Checkboxes(),
    )
    discovered_at = DateTimeField(label="When did you find out?", when="past", required=False)
    asked_by_police = django_forms.BooleanField(
        label="The police asked", required=False, widget=Checkbox(reveals=OF_THE_POLICE)
    )
    take_out = django_forms.BooleanField(required=False, widget=Checkbox())

    always_optional = ("request_reference", "authorising_officer")

    class Meta:
        model = Decision
        fields = ["trigger", *REQUEST, *OF_THE_POLICE, *ORDER, *DUTY, "starts_on"]
        labels = {
            "trigger": "How did this start?",
            "asked_by_name": "Who asked?",
            "asked_by_role": "Their role",
            "asked_by_organisation": "Their organisation",
            "asked_on": "When did they ask?",
            "asked_for": "What did they ask for?",
            "asked_why": "What do they say it is for?",
            "identity_check": "How did you check who they are?",
            "request_reference": "Their reference",
            "reply_by": "By when do they need an answer?",
            "authorising_officer": "Which officer authorised the request?",
            "court": "Which court or tribunal?",
            "order_made_on": "When was the order made?",
            "order_scope": "What exactly does the order say you must share?",
            "order_from": "What is the first day it covers, if it says?",
            "order_to": "What is the last day it covers, if it says?",
            "duty_code": "Which law says you must report it?",
            "how_discovered": "How did you find out?",
            "duty_holds": "Do you hold it?",
            "duty_relevant": "Is it relevant to the child's safety or welfare?",
            "duty_helps": "May it help them in their work?",
            "starts_on": "When does the child start at the new school?",
            "duty": "How do you know it applies?",
        }
        help_texts = {
            "identity_check": "Such as “called back on the switchboard number”.",
            "authorising_officer": "Their name and rank, as on the request.",
            "duty": "Such as what you saw or were told that means the duty applies.",
            "order_scope": "A solicitor's letter is not an order.",
            "order_from": "What it asks for must fall between these days.",
            "duty_helps": "Only as far as it may help them: share no more than that.",
        }
        error_messages = {"how_discovered": {"required": "Choose how you found out"}}
        widgets = {
            "asked_for": Textarea(rows=3),
            "asked_why": Textarea(rows=3),
            "duty_code": Radios(),
            "trigger": Radios(
                reveals={
                    Trigger.REQ: [*REQUEST, "asked_by_police"],
                    Trigger.COURT_ORDER: ORDER,
                    Trigger.MANDATORY: ["duty_code", "duty"],
                    Trigger.KCSIE_TRANSFER: ["starts_on"],
                }
            ),
        }

    def __init__(
        self,
        *args: Any,
        was_asked: bool,
        address_book: list[Recipient],
        answered: list[DecisionRecipient],
        names: Mapping[int, str],
        duties: list[Provision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trigger"].required = True
        for name in NEEDED:
            self.fields[name].required = True
        self._offer_duties(duties)
        unasked = {Trigger.PRO, Trigger.KCSIE_TRANSFER} if was_asked else set()
        self.fields["trigger"].choices = [  # type: ignore[attr-defined]
            choice for choice in Trigger.choices() if choice[0] not in unasked
        ]
        if Trigger.KCSIE_TRANSFER in unasked:
            del self.fields["starts_on"]
        self.address_book = {str(entry.public_id): entry for entry in address_book}
        labels = entry_names(address_book, with_route=True)
        choices = [(key, labels[entry.pk]) for key, entry in self.address_book.items()]
        self.fields["recipients"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["recipients"]
        self.leaving = " and ".join(names[row.pk] for row in answered if self._leaves(row))
        self.fields["take_out"].label = f"Remove {self.leaving}, with everything written about sharing with them"
        if not self.leaving:
            del self.fields["take_out"]

    def _offer_duties(self, rows: list[Provision]) -> None:
        choices = [*((row.code, row.short_name) for row in rows), ("OTHER", "Another law")]
        hints = {row.code: row.plain_english for row in rows}
        offered_here = self.questions_of(rows)
        self.fields["duty_code"].widget = Radios(hints=hints, choices=choices, reveals=offered_here)
        for code, names in OF_A_DUTY.items():
            for name in names if code not in offered_here else ():
                del self.fields[name]

    def _leaves(self, row: DecisionRecipient) -> bool:
        if not self.is_bound:
            return False
        if row.is_asker and (self["trigger"].data == Trigger.REQ or not row.recipient):
            return bool(self["trigger"].data != Trigger.REQ)
        return row.recipient is not None and str(row.recipient.public_id) not in self["recipients"].data

    def clean_order_to(self) -> date | None:
        last: date | None = self.cleaned_data["order_to"]
        first = self.cleaned_data.get("order_from")
        if first and last and last < first:
            raise ValidationError("Enter a day that is not before the first day")
        return last

    def clean_take_out(self) -> bool:
        if not self.cleaned_data["take_out"]:
            raise ValidationError(
                f"There are answers about {self.leaving} on other pages. Tick this to remove them with those "
                "answers, or choose them again above to keep them"
            )
        return True


class RequestPage(Page):
    key = "request"
    lead = "Who asked for it, if anyone did, and who would receive it."

    def build(self) -> None:
        decision = self.draft.decision
        was_asked = decision.entry_route == EntryRoute.ASKED
        chosen = [row for row in self.draft.recipients if row.recipient_id]
        initial: dict[str, Any] = {"recipients": [str(row.recipient.public_id) for row in chosen if row.recipient]}
        if self.fresh and was_asked:
            initial["trigger"] = Trigger.REQ
        initial["asked_by_police"] = any(
            row.is_asker and row.kind == RecipientKind.POLICE for row in self.draft.recipients
        )
        book = {entry.pk: entry for entry in self.draft.address_book}
        for row in chosen:
            if row.recipient:
                book.setdefault(row.recipient.pk, row.recipient)
        self.main = RequestForm(
            self.data, instance=decision, prefix="request", initial=initial, was_asked=was_asked,
            address_book=list(book.values()), answered=self._answered, names=self.draft.recipient_names,
            duties=duties(self.draft),
        )  # fmt: skip
        others = [row for row in self.draft.recipients if not row.recipient_id and not row.is_asker]
        # Without an address book there is nobody to tick, so a blank row is shown.
        least = 0 if book or was_asked else 1
        rows = [self._row(others, index) for index in range(self.rows_typed("other", len(others), least=least))]
        self.groups = [Rows("other", "Anyone else", rows, add="Add someone who is not in the address book")]

    @cached_property
    def _answered(self) -> list[DecisionRecipient]:
        return [row for row in self.draft.recipients if dependent_answers.for_recipient(self.draft, row)]

    def _row(self, others: list[DecisionRecipient], index: int) -> OtherRecipientForm:
        instance = others[index] if index < len(others) else None
        return OtherRecipientForm(
            self.data, instance=instance, prefix=f"other-{index}", initial={"pk": instance.pk if instance else None},
            empty_permitted=instance is None, number=index + 1, answered=instance in self._answered,
        )  # fmt: skip

    def check(self) -> None:
        was_asked = self.main.cleaned_data.get("trigger") == Trigger.REQ
        chosen = self.main.cleaned_data.get("recipients") or []
        if count := was_asked + len(chosen) + len(filled(self.groups[0].rows)):
            name = "recipients" if "recipients" in self.main.fields else "trigger"
            check_count(self.main, name, count, MOST_RECIPIENTS, "recipients")
            return
        if "recipients" in self.main.fields:
            self.main.add_error("recipients", "Tick who you would share it with, or add someone")
        elif self.groups[0].rows:
            self.groups[0].rows[-1].add_error("name", "Enter who you would share it with")
        else:
            self.main.add_error("trigger", "Add who you would share it with, using the button below")

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        self._save_answers(decision)
        saved = list(decision.recipients.all())
        keys = self.main.cleaned_data.get("recipients") or []
        asked_by = RecipientKind.POLICE if self.main.cleaned_data.get("asked_by_police") else ""
        save_chosen_and_asker(decision, saved, [self.main.address_book[key] for key in keys], kind=asked_by)
        others = {row.pk: row for row in saved if not row.recipient_id and not row.is_asker}
        sync_rows(decision, DecisionRecipient, self.groups[0].rows, others)

    def _save_answers(self, decision: Decision) -> None:
        """A duty that is no longer offered clears the answers it asked for.

        Its conditions are also asked on the page of reasons not to share, so they are cleared only where the duty was
        chosen here.
        """
        answers = self.main.cleaned_data
        duties = (decision.trigger, decision.duty_code), (answers.get("trigger"), answers.get("duty_code"))
        elsewhere = set() if any(under_share_duty(*duty) for duty in duties) else set(CONDITIONS)
        cleared = {name: BLANKS.get(name, "") for name in (*DUTY, "starts_on") if name not in self.main.fields}
        names = [name for name in (*columns_of(self.main), *cleared) if name not in elsewhere]
        set_columns(decision, {**answers, **cleared, **self.main.request_of_the_duty}, names)
