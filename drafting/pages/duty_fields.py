"""The questions that each duty asks, and the conditions of the duty to share."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from rules.codes import Trigger
from rules.duties import FGM, SHARE_DUTY
from rules.law import Provision
from rules.needs import Need, parsed
from ui.fields import Textarea

OF_A_DUTY = {FGM: ["how_discovered", "discovered_at"], SHARE_DUTY: ["duty_holds", "duty_relevant", "duty_helps"]}
CONDITIONS = OF_A_DUTY[SHARE_DUTY]
# Of a duty to answer a request: who asked, and what for.
REQUEST = {"asked_by_name": 200, "asked_for": 2000}


def answers_request(row: Provision) -> bool:
    return any(parsed(need)[0] == Need.REQUEST for need in row.needs)


class AnswersRequests:
    """A mixin for the form: a duty to answer a request asks for it. A question is revealed by one option only."""

    def questions_of(self, rows: Iterable[Provision]) -> dict[str, list[str]]:
        """The questions that each duty offered here asks."""
        questions = {row.code: OF_A_DUTY[row.code] for row in rows if row.code in OF_A_DUTY}
        return {**questions, **{row.code: self._ask(row.code) for row in rows if answers_request(row)}}

    def _ask(self, code: str) -> list[str]:
        form: Any = self
        for column, longest in REQUEST.items():
            field = django_forms.CharField(label=form.fields[column].label, max_length=longest, required=False)
            if column == "asked_for":
                field.widget = Textarea(rows=3)
            name = f"{column}_{code}"
            form.add_field(name, field)
            form.initial.setdefault(name, getattr(form.instance, column))
        return [f"{column}_{code}" for column in REQUEST]

    @property
    def request_of_the_duty(self) -> dict[str, str]:
        """Who asked and what for, where a duty to answer a request was chosen."""
        form: Any = self
        answers = form.cleaned_data
        names = {column: f"{column}_{answers.get('duty_code')}" for column in REQUEST}
        if answers.get("trigger") != Trigger.MANDATORY or not set(names.values()) <= set(form.fields):
            return {}
        return {column: str(answers.get(name) or "") for column, name in names.items()}
