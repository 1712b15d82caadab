"""Times on one page of the form that cannot be so together, as errors beside their fields."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from decisions.facts.people import local
from decisions.forms.informing import TIME_FIELDS, InformingForm
from drafting.draft import Draft
from rules.facts import InformingFacts, SendingFacts
from rules.times import in_order


def refuse_informing_times(draft: Draft, sendings: Sequence[Any], informing: Sequence[InformingForm]) -> None:
    """Whether each person was told before or after what was sent, and when that is reviewed, by what is typed."""
    forms = {str(form.instance.pk): form for form in informing}
    people = [
        replace(person, informing=_informing(forms[person.ref])) for person in draft.facts.people if person.ref in forms
    ]
    sent = [
        SendingFacts(recipient_ref=form.cleaned_data["recipient"], at=local(form.cleaned_data["sent_at"]))
        for form in sendings
    ]
    for finding in in_order(replace(draft.facts, people=tuple(people), sendings=tuple(sent))):
        field = TIME_FIELDS.get(finding.code)
        if field and field in forms[finding.person].fields:
            forms[finding.person].add_error(field, finding.message)


def _informing(form: InformingForm) -> InformingFacts:
    answers = form.cleaned_data
    return InformingFacts(
        state=form.state, at=local(answers.get("informed_at")), review_on=answers.get("informing_review_on")
    )
