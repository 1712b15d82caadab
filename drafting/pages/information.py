from datetime import datetime
from typing import Any

from accounts.models import User
from decisions.facts.decision import COLUMNS, sensitivities_of
from decisions.models import Decision, DecisionItem, DecisionRecipient, ItemAbout, ItemNotDisclosedTo, ItemRecipient
from drafting.pages.base import MOST_ROWS, Page, Rows
from drafting.pages.how_used import how_used_rows
from drafting.pages.information_all import AllForm, IncludesForm, about_of, most_common_about
from drafting.pages.information_item import OF_ITEM, SHARE, SOME, WITHHOLD, ItemForm, named_fields
from drafting.rows import filled, set_columns, sync_rows
from drafting.sentences import sentences
from rules.codes import ItemKind
from rules.included import Includes

CHOOSE = "Choose what you share and what you withhold. Whatever you leave unanswered is not shared."
WHO = "Tick who this is about"


class InformationPage(Page):
    key = "information"
    lead = "Share only what is necessary, and only with those who need it. Record what you withhold as well, and why."

    def build(self) -> None:
        self.sentences = self._sentences()
        self.named = named_fields(self.draft)
        self.all_shared = self.data is not None and bool(self.data.get("information-share_all"))
        self.common_about = most_common_about(self.draft.items)
        saved = {item.text for item in self.draft.items}
        offered = [] if self.submitted is not None else [piece for piece in self.sentences if piece not in saved]
        # At most as many rows as a page submits: the other sentences are offered once these are saved.
        self.offered = offered[: max(0, MOST_ROWS - len(self.draft.items))]
        count = len(self.draft.items) + len(self.offered)
        least = 0 if count and self.submitted is None else 1
        self.rows = [self._row(index) for index in range(self.rows_typed("item", count, least=least))]
        hint = (
            CHOOSE
            if len(offered) == len(self.offered)
            else f"{CHOOSE} There are more: they are shown when you have saved these."
        )
        self._ask_once()
        self.groups = [
            Rows("item", "What to share and what to withhold", self.rows, hint=hint, add="Add another item"),
            Rows("includes", "What it includes", [self.includes]),
            how_used_rows(self.draft, self.data),
        ]

    def _ask_once(self) -> None:
        decision = self.draft.decision
        self.main = AllForm(
            self.data, instance=decision, prefix="information", initial={"about": self.common_about}, draft=self.draft,
            offers=any(row.suggested for row in self.rows),
        )  # fmt: skip
        self.includes = IncludesForm(self.data, instance=decision, prefix="includes", draft=self.draft, rows=self.rows)

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
        if self.submitted is not None:
            return self.submitted.get(f"item-{index}-sentence", "").strip()
        number = index - len(self.draft.items)
        return self.offered[number] if 0 <= number < len(self.offered) else ""

    def _row(self, index: int) -> ItemForm:
        items = self.draft.items
        item = items[index] if index < len(items) else None
        initial: dict[str, Any] = {}
        if item:
            initial = self._saved_answers(item)
        elif sentence := self._offer(index):
            kind = self.sentences.get(sentence, ItemKind.FACT)
            initial = {"sentence": sentence, "text": sentence, "kind": kind}
        return ItemForm(
            self.data, instance=item, prefix=f"item-{index}", initial=initial, draft=self.draft, number=index + 1,
            named=self.named, empty_permitted=item is None, all_shared=self.all_shared,
        )  # fmt: skip

    def _saved_answers(self, item: DecisionItem) -> dict[str, Any]:
        grid, about = list(item.grid.all()), about_of(item)
        return {
            "pk": item.pk,
            "gets": self._who_gets_it(grid),
            "why": next((row.why_withheld for row in grid if not row.given), ""),
            "about": [] if about == self.common_about else about,
            "not_disclosed_to": [str(row.person_id) for row in item.not_disclosed_to.all()],
            "sensitivities": [code for code in sensitivities_of(item) if code in OF_ITEM],
            **{f"to_{row.recipient_id}": SHARE if row.given else WITHHOLD for row in grid},
            **{f"why_{row.recipient_id}": row.why_withheld for row in grid},
        }

    def _who_gets_it(self, grid: list[ItemRecipient]) -> str:
        """Nothing where no recipient was asked about yet; a recipient added since is still to be answered."""
        given = {row.given for row in grid}
        if len(given) > 1 or (given and len(grid) < len(self.draft.recipients)):
            return SOME
        return "" if not given else SHARE if True in given else WITHHOLD

    def is_valid(self) -> bool:
        """What is asked once is checked together with the items, so that nobody corrects the page twice."""
        valid = [form.is_valid() for form in self.forms]
        if all(row.is_valid() for row in self.rows):
            self.check()
        return all(valid) and not any(form.errors for form in self.forms)

    def check(self) -> None:
        used = filled(self.rows)
        if not used:
            self._nothing_chosen()
            return
        same_reason = ""
        for row in used:
            same_reason = row.check_reasons(same_reason)
        asked_once = "about" in self.main.fields and not self.main.cleaned_data.get("about")
        if asked_once and any(not row.cleaned_data["about"] for row in used):
            self.main.add_error("about", WHO)
        if not self.includes.errors:
            self.includes.check()

    def _nothing_chosen(self) -> None:
        first = next((row for row in self.rows if row.suggested), None)
        if first:
            # The error is about the page, though it stands at the first sentence.
            first.error_prefix = ""
            first.add_error("gets", "Choose at least one sentence, or add an item")
        else:
            self.rows[0].add_error("text", "Enter at least one piece of information")

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        answer = self.includes.cleaned_data["includes"]
        columns = {f"includes_{kind}": kind in answer for kind in Includes}
        set_columns(decision, columns, columns)
        for form in self.groups[-1].rows:
            form.save_answer()
        recipients = list(decision.recipients.all())
        existing = {row.pk: row for row in decision.items.all()}
        pairs: list[tuple[Any, DecisionItem]] = sync_rows(decision, DecisionItem, self.rows, existing)
        for form, item in pairs:
            answers = form.cleaned_data
            kinds = {*(answers.get("sensitivities") or []), *self.includes.kinds(form.number - 1)}
            set_columns(item, {column: code in kinds for code, column in COLUMNS.items()}, COLUMNS.values())
            _people_rows(item, ItemAbout, item.about, self._about(form))
            _people_rows(item, ItemNotDisclosedTo, item.not_disclosed_to, answers.get("not_disclosed_to") or [])
            _grid(item, recipients, form)

    def _about(self, row: ItemForm) -> list[str]:
        """Whom an item is about: its own answer, the answer for all of them, or the one person there is."""
        if "about" not in self.main.fields:
            return [str(person.pk) for person in self.draft.people]
        everything: list[str] = self.main.cleaned_data["about"]
        return row.cleaned_data["about"] or everything


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
    whys = form.why_withheld
    # A recipient added in another tab meanwhile was not asked about: the page is then incomplete.
    for recipient in [recipient for recipient in recipients if recipient.pk in form.recipients]:
        row = here.get(recipient.pk) or ItemRecipient(
            organisation_id=item.organisation_id, decision=item.decision, item=item, recipient=recipient, given=False
        )
        choice = {"given": form.gives(recipient.pk), "why_withheld": whys.get(recipient.pk, "")}
        set_columns(row, choice, ["given", "why_withheld"])
