import re
import textwrap
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import User
from decisions.facts.decision import COLUMNS, sensitivities_of
from decisions.forms.part_form import PartForm
from decisions.models import Decision, DecisionItem, DecisionRecipient, ItemAbout, ItemNotDisclosedTo, ItemRecipient
from drafting.draft import Draft
from drafting.pages.base import MOST_ROWS, Page, Rows
from drafting.rows import filled, set_columns, sync_rows
from rules.codes import ItemKind, Outcome, Sensitivity, Trigger
from ui.base_fields import copied
from ui.fields import Checkbox, Checkboxes, Radios, Textarea

SHARE, WITHHOLD = "share", "withhold"
# Asked when an order covers only some days.
DAYS = ["dated_from", "dated_to"]


class ItemForm(PartForm[DecisionItem]):
    """One item of information, and for each recipient share or withhold. Sentences already written can be ticked."""

    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    sentence = django_forms.CharField(required=False, max_length=4000, widget=django_forms.HiddenInput)
    use = django_forms.BooleanField(required=False, widget=Checkbox())
    about = django_forms.MultipleChoiceField(
        label="Who is it about?", required=False, widget=Checkboxes(inline=True, small=True)
    )
    sensitivities = django_forms.MultipleChoiceField(
        label="Does it include any of these?", required=False, choices=Sensitivity.choices(),
        widget=Checkboxes(small=True, reveals={Sensitivity.PROCEEDINGS: ["proceedings_permission"]}),
    )  # fmt: skip
    not_disclosed_to = django_forms.MultipleChoiceField(
        label="Must not be disclosed to", required=False, widget=Checkboxes(inline=True, small=True)
    )
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    always_optional = ("not_disclosed_to", "handling")

    class Meta:
        model = DecisionItem
        fields = ["text", "kind", *DAYS, "proceedings_permission", "handling"]
        labels = {
            "text": "What is it? One piece of information",
            "kind": "What kind is it?",
            "dated_from": "Which day is it about, or the first of them?",
            "dated_to": "And the last day, if it is about more than one?",
            "proceedings_permission": "Which court permission or rule allows you to share it?",
            "handling": "A label that must go with it",
        }
        help_texts = {"handling": "Such as “Not for the online record” or “Do not disclose to the father”."}
        widgets = {"text": Textarea(rows=2), "kind": Radios(inline=True, small=True)}
        error_messages = {
            "text": {"required": "Enter one piece of information"},
            "kind": {"required": "Choose what kind of information it is"},
        }

    def __init__(
        self, *args: Any, draft: Draft, number: int, named: Mapping[str, django_forms.Field], **kwargs: Any
    ) -> None:
        """`named` are the fields that name the people and the recipients, the same in every row: `named_fields`."""
        super().__init__(*args, **kwargs)
        for name in ("about", "not_disclosed_to"):
            del self.fields[name]
        self.fields.update({name: copied(field) for name, field in named.items()})
        if draft.decision.trigger != Trigger.COURT_ORDER or not (draft.decision.order_from or draft.decision.order_to):
            for name in DAYS:
                del self.fields[name]
        self.recipients = {recipient.pk: recipient.name for recipient in draft.recipients}
        # After the labels are set: a bound field keeps the label it had when it was first read.
        self._in_order(number)
        self._keep_remove_only_if_used()

    def _in_order(self, number: int) -> None:
        """A ticked sentence reveals its questions; an item written here always shows them."""
        self.named = f"Sentence {number}"
        self.error_prefix = self.named if self.suggested else f"Item {number}"
        grid = [name for key in self.recipients for name in (f"to_{key}", f"why_{key}")]
        names = [
            "text",
            "kind",
            *DAYS,
            "about",
            *grid,
            "sensitivities",
            "proceedings_permission",
            "not_disclosed_to",
            "handling",
        ]
        if self.suggested:
            opened = [name for name in names if name in self.fields and not name.startswith(("why_", "proceedings"))]
            use = self.fields["use"]
            use.label, use.widget = self.initial["sentence"], Checkbox(reveals=opened)
            use.help_text = ItemKind.label_of(str(self.initial.get("kind") or ""))
        else:
            self.legend = f"Item {number}"
            for name in ("use", "sentence"):
                del self.fields[name]
        self.order_fields(["pk", "sentence", "use", *names, "remove"])

    def clean_dated_to(self) -> date | None:
        last: date | None = self.cleaned_data["dated_to"]
        first = self.cleaned_data.get("dated_from")
        if first and last and last < first:
            raise ValidationError("Enter a day that is not before the first day")
        return last

    @property
    def suggested(self) -> bool:
        """Whether this is a suggested sentence, not a saved item."""
        return self.instance.pk is None and bool(self.initial.get("sentence"))

    def has_changed(self) -> bool:
        """A kind without text is still an empty row: radio buttons cannot be unticked."""
        if "use" in self.fields:
            return bool(set(self.changed_data) & {"use", "text", "handling", "proceedings_permission"})
        return bool(set(self.changed_data) - {"kind"})

    @property
    def given_to(self) -> dict[int, str]:
        """Why it is withheld, by recipient; empty for those who get it."""
        answers = self.cleaned_data
        return {key: "" if answers[f"to_{key}"] == SHARE else answers[f"why_{key}"] for key in self.recipients}

    def gives(self, key: int) -> bool:
        return bool(self.cleaned_data[f"to_{key}"] == SHARE)


def named_fields(draft: Draft) -> dict[str, django_forms.Field]:
    """Whom an item is about and must not reach, and for each recipient whether it is shared, and why not."""
    people = [(str(person.pk), person.person.name) for person in draft.people]
    prepared: dict[str, Any] = deepcopy(ItemForm.base_fields)
    fields = {name: prepared[name] for name in ("about", "not_disclosed_to") if people}
    for field in fields.values():
        field.choices = people
    for recipient in draft.recipients:
        fields |= _share_or_withhold(recipient.pk, recipient.name)
    return fields


def _share_or_withhold(key: int, recipient: str) -> dict[str, Any]:
    choice = django_forms.ChoiceField(
        label=f"{recipient}: share or withhold?", choices=[(SHARE, "Share"), (WITHHOLD, "Withhold")],
        widget=Radios(small=True, reveals={WITHHOLD: [f"why_{key}"]}),
        error_messages={"required": f"Choose whether {recipient} gets it"},
    )  # fmt: skip
    why = django_forms.CharField(
        label="Why is it withheld?", max_length=500, error_messages={"required": "Enter why it is withheld"}
    )
    return {f"to_{key}": choice, f"why_{key}": why}


# The end of a sentence: . ! or ?, also before a closing quotation mark, followed by space and no lower-case letter.
# A new line ends a sentence too.
NEXT = r"\s+(?=[^a-z])"
SENTENCE = re.compile(rf"(?<=[.!?]){NEXT}|(?<=[.!?][\"'\u201d\u2019)]){NEXT}|\s*\n\s*")


def sentences(text: str, most: int) -> list[str]:
    """The text split into sentences; one longer than an item may be is split between words."""
    parted: list[str] = []
    for sentence in filter(None, (part.strip() for part in SENTENCE.split(text))):
        if len(sentence) <= most:
            parted.append(sentence)
        else:
            parted += textwrap.wrap(sentence, most, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)
    return parted


TICK = "Tick the sentences you would share or withhold. Nothing else you wrote is shared."


class InformationPage(Page):
    key = "information"
    lead = (
        "One item at a time. Share only what is necessary, and only with those who need it. Record what you withhold "
        "as well, and why."
    )

    def build(self) -> None:
        self.sentences = self._sentences()
        self.named = named_fields(self.draft)
        saved = {item.text for item in self.draft.items}
        offered = [] if self.data is not None else [piece for piece in self.sentences if piece not in saved]
        # At most as many rows as a page submits: the other sentences are offered once these are saved.
        self.offered = offered[: max(0, MOST_ROWS - len(self.draft.items))]
        count = len(self.draft.items) + len(self.offered)
        least = 0 if count and self.data is None else 1
        rows = [self._row(index) for index in range(self.rows_typed("item", count, least=least))]
        hint = (
            TICK
            if len(offered) == len(self.offered)
            else f"{TICK} There are more: they are shown when you have saved these."
        )
        self.groups = [Rows("item", "What to share and what to withhold", rows, hint=hint, add="Add another item")]

    def _sentences(self) -> dict[str, str]:
        """Each sentence of the concern page with its kind, so that nothing is typed twice."""
        decision = self.draft.decision
        written = [
            (ItemKind.FACT, decision.facts),
            (ItemKind.OPINION, decision.opinion),
            (ItemKind.CHILD_WORDS, decision.child_words),
        ]
        most = DecisionItem._meta.get_field("text").max_length or 0
        kinds: dict[str, str] = {}
        for kind, text in written:
            for piece in sentences(text, most):
                kinds.setdefault(piece, kind.value)
        return kinds

    def _offer(self, index: int) -> str:
        """The sentence of a row: the one it was submitted with, or the next that is not an item yet."""
        if self.data is not None:
            return self.data.get(f"item-{index}-sentence", "").strip()
        number = index - len(self.draft.items)
        return self.offered[number] if 0 <= number < len(self.offered) else ""

    def _row(self, index: int) -> ItemForm:
        items = self.draft.items
        item = items[index] if index < len(items) else None
        initial: dict[str, Any] = {}
        if item:
            grid = list(item.grid.all())
            initial = {
                "pk": item.pk,
                "about": [str(row.person_id) for row in item.about.all()],
                "not_disclosed_to": [str(row.person_id) for row in item.not_disclosed_to.all()],
                "sensitivities": sensitivities_of(item),
                **{f"to_{row.recipient_id}": SHARE if row.given else WITHHOLD for row in grid},
                **{f"why_{row.recipient_id}": row.why_withheld for row in grid},
            }
        elif sentence := self._offer(index):
            kind = self.sentences.get(sentence, ItemKind.FACT)
            initial = {"sentence": sentence, "text": sentence, "kind": kind, **self._simple()}
        return ItemForm(
            self.data, instance=item, prefix=f"item-{index}", initial=initial, draft=self.draft, number=index + 1,
            named=self.named, empty_permitted=item is None,
        )  # fmt: skip

    def _simple(self) -> dict[str, str]:
        """With one recipient and everything necessary shared, a ticked sentence is shared with them."""
        alone = len(self.draft.recipients) == 1 and self.draft.decision.outcome == Outcome.SHARED_ALL_NECESSARY
        return {f"to_{self.draft.recipients[0].pk}": SHARE} if alone else {}

    def check(self) -> None:
        rows = self.groups[0].rows
        if not filled(rows):
            first = next((row for row in rows if "use" in row.fields), None)
            if first:
                # The error is about the page, though it stands at the first sentence.
                first.error_prefix = ""
                first.add_error("use", "Tick at least one sentence, or add an item")
            else:
                rows[0].add_error("text", "Enter at least one piece of information")

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        recipients = list(decision.recipients.all())
        existing = {row.pk: row for row in decision.items.all()}
        for form, item in sync_rows(decision, DecisionItem, self.groups[0].rows, existing):
            answers = form.cleaned_data
            ticked = answers.get("sensitivities") or []
            set_columns(item, {column: code in ticked for code, column in COLUMNS.items()}, COLUMNS.values())
            _people_rows(item, ItemAbout, item.about, answers.get("about") or [])
            _people_rows(item, ItemNotDisclosedTo, item.not_disclosed_to, answers.get("not_disclosed_to") or [])
            _grid(item, recipients, form)


def _people_rows(item: DecisionItem, model: type[Any], related: Any, wanted: list[str]) -> None:
    here = {str(row.person_id): row for row in related.all()}
    for key in wanted:
        if key not in here:
            model(organisation_id=item.organisation_id, decision=item.decision, item=item, person_id=int(key)).save()
    for key, row in here.items():
        if key not in wanted:
            row.delete()


def _grid(item: DecisionItem, recipients: list[DecisionRecipient], form: Any) -> None:
    here = {row.recipient_id: row for row in item.grid.all()}
    # A recipient added in another tab meanwhile was not asked about: the page is then incomplete.
    for recipient in [recipient for recipient in recipients if recipient.pk in form.recipients]:
        row = here.get(recipient.pk) or ItemRecipient(
            organisation_id=item.organisation_id, decision=item.decision, item=item, recipient=recipient, given=False
        )
        choice = {"given": form.gives(recipient.pk), "why_withheld": form.given_to[recipient.pk]}
        set_columns(row, choice, ["given", "why_withheld"])
