"""What the author of a letter chooses and writes in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.namesakes import name_alone
from decisions.models import Decision, DecisionPerson
from decisions.presenters.people import recipient_names
from letters.models import LetterMade
from letters.routes import Route
from rules.explanation.facts import Choices, ExplanationFacts
from rules.explanation.languages import Language
from rules.explanation.may_know import Given, may_know, name_of, reader_of
from rules.explanation.versions import Layout, Version, layout_for, version_for
from rules.facts import PersonFacts
from ui import forms
from ui.fields import Checkboxes, Radios, Textarea
from wording.approved import Texts, languages_offered

READ_BY_ALL = "Everybody who may read the decision can read this. Do not write an address or a number."
OWN_WORDS, HOW_USED = "words", "used"


class OfLetter(forms.Form):
    """What is asked about every letter that explains, whether it tells of one decision or of several."""

    folded_title = "Add your own words, or change how they will use it"

    version = django_forms.ChoiceField(label="Who is it worded for?", choices=Version.choices(), widget=Radios())
    layout = django_forms.ChoiceField(label="How is it set out?", choices=Layout.choices(), widget=Radios())
    items = django_forms.MultipleChoiceField(
        label="What of this may they read that we shared?",
        required=False,
        widget=Checkboxes(),
        help_text="What must stay out of this letter is not on the list. A letter for a child has no list.",
    )
    contact = django_forms.CharField(
        label="Who can they talk to?",
        max_length=300,
        help_text="A name, and a phone number or an address they can use.",
        error_messages={"required": "Enter who they can talk to"},
    )
    format = django_forms.ChoiceField(
        label="What do you need?", choices=LetterMade.Format.choices, widget=Radios(), initial=LetterMade.Format.PDF
    )
    route = django_forms.ChoiceField(
        label="How will it reach them?",
        choices=Route.choices(),
        widget=Radios(),
        error_messages={"required": "Select how it will reach them"},
    )

    def __init__(
        self, *args: Any, decisions: Sequence[ExplanationFacts], reader: PersonFacts, need: str, contact: str,
        sent_to: Mapping[str, str], texts: Texts, route_hints: Mapping[str, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        route: Any = self.fields["route"]
        route.widget.hints = route_hints
        self.decisions, self.texts, self.sent_to = decisions, texts, sent_to
        self.how_used = {ref: words for each in decisions for ref, words in each.how_used.items()}
        self.fields["version"].initial = version_for(reader)
        self.fields["layout"].initial = layout_for(reader, need)
        self.fields["contact"].initial = contact
        self._offer_items()
        self._offer_languages()
        self._ask_of_recipients(self.sent_to)
        folded = ("why", OWN_WORDS, HOW_USED)
        self.folded_fields = tuple(name for name in self.fields if name.startswith(folded))

    def _offer_items(self) -> None:
        listed = [
            given for each in self.decisions for given in may_know(each, Choices(version=Version.ADULT)).choosable
        ]
        if not listed:
            del self.fields["items"]
            return
        items: Any = self.fields["items"]
        several = len({each.recipient.ref for each in listed}) > 1
        items.choices = [(_key(each), self._words(each) if several else each.item.text) for each in listed]
        items.initial = [_key(each) for each in listed if each.is_sure]

    def _words(self, given: Given) -> str:
        return f"{given.item.text} (to {name_of(given.recipient)})"

    def _offer_languages(self) -> None:
        """Asked only where there is more than English. Whether all of it is approved is checked later."""
        offered = {
            language for version in Version for layout in Layout
            for language in languages_offered(self.texts, version, layout)
        }  # fmt: skip
        if len(offered) > 1:
            choices = [(language.value, language.label) for language in Language if language in offered]
            language = django_forms.ChoiceField(label="Which language?", choices=choices, widget=Radios(), initial="en")
            self.add_field("language", language)

    def _ask_of_recipients(self, recipients: Mapping[str, str]) -> None:
        for ref, name in recipients.items():
            own = django_forms.CharField(
                label=f"What you told {name}, in words for this person",
                required=False, max_length=1000, widget=Textarea(rows=3),
                help_text="For what is left out, or said differently. Do not name anyone they may not read about.",
            )  # fmt: skip
            used = django_forms.CharField(
                label=f"How {name} will use it", required=False, max_length=500, widget=Textarea(rows=2),
                initial=self.how_used.get(ref, ""),
                help_text="If this is empty, the letter has a sentence for this kind of service.",
            )  # fmt: skip
            self.add_field(f"{OWN_WORDS}-{ref}", own)
            self.add_field(f"{HOW_USED}-{ref}", used)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if {"version", "layout"} <= answers.keys():
            offered = languages_offered(self.texts, answers["version"], answers["layout"])
            if answers.get("language", "en") not in offered:
                self.add_error("language", "Not all of this letter is approved in that language. Choose another one")
        return answers

    def take(self, error: ValidationError) -> None:
        """What an action refused, beside the question it is about."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"format": [error]}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else "format", errors[0])

    @property
    def language(self) -> str:
        return str(self._answers().get("language") or Language.ENGLISH)

    def choices(self) -> Choices:
        """What was chosen, or what the form suggests where nothing valid was sent."""
        answers = self._answers()
        used = {ref: self._written(answers, HOW_USED, ref) for ref in self.sent_to}
        return Choices(
            version=Version(answers["version"]),
            layout=Layout(answers["layout"]),
            contact=answers["contact"],
            # Before anything is sent, the letter lists what was surely sent, and says why it does not list the rest.
            items=frozenset(map(_pair, answers["items"])) if "items" in self.fields and self.is_bound else None,
            own_words={ref: self._written(answers, OWN_WORDS, ref) for ref in self.sent_to},
            # Unchanged, it is the address book's, which a child's letter says in words of its own.
            how_used={ref: text for ref, text in used.items() if text != self.how_used.get(ref, "")},
            why=str(answers.get("why") or ""),
        )

    def _answers(self) -> dict[str, Any]:
        """What was sent and accepted, and for every other question what the form suggests."""
        suggested = {name: field.initial if field.initial is not None else "" for name, field in self.fields.items()}
        accepted = self.cleaned_data if self.is_bound and (self.is_valid() or self.errors) else {}
        return suggested | accepted

    def _written(self, answers: dict[str, Any], kind: str, ref: str) -> str:
        return str(answers.get(f"{kind}-{ref}") or "").strip()


class LetterForm(OfLetter):
    """The form for a letter about one decision."""

    why = django_forms.CharField(
        label="Why you shared it, in words for this person",
        required=False,
        max_length=1000,
        widget=Textarea(rows=3),
        help_text="The letter gives a short reason. Add to it only what they may know.",
    )

    def __init__(
        self, *args: Any, decision: Decision, person: DecisionPerson, explained: ExplanationFacts, **kwargs: Any
    ) -> None:
        contact = ", ".join(filter(None, (name_alone(decision.author_name), decision.author_job)))
        super().__init__(
            *args, decisions=[explained], reader=reader_of(explained), need=person.communication_need,
            contact=contact, sent_to=_sent_to(decision), **kwargs,
        )  # fmt: skip


class SharedLetterForm(OfLetter):
    """The form for one letter about every decision that its reader may be told of."""

    def _words(self, given: Given) -> str:
        return f"{given.item.text} (to {self.sent_to[given.recipient.ref]})"


def _sent_to(decision: Decision) -> dict[str, str]:
    """Everybody that something was sent to, by reference."""
    names: dict[int, str] = recipient_names(decision)
    keys: Iterable[int] = dict.fromkeys(sending.recipient_id for sending in decision.sendings.all())
    return {str(key): names[key] for key in keys}


def _key(given: Given) -> str:
    return f"{given.recipient.ref}-{given.item.ref}"


def _pair(key: str) -> tuple[str, str]:
    recipient, _, item = key.partition("-")
    return recipient, item


class AskToAgreeForm(forms.Form):
    """What a second person is asked to agree to."""

    route = django_forms.ChoiceField(
        label="Which way should the letter go?",
        choices=Route.choices(),
        widget=Radios(),
        error_messages={"required": "Select which way the letter should go"},
    )
    reason = django_forms.CharField(
        label="Why is there no safer way?",
        max_length=1000,
        widget=Textarea(rows=4),
        help_text=READ_BY_ALL,
        error_messages={"required": "Enter why there is no safer way"},
    )

    def __init__(self, *args: Any, refused_routes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["route"]
        field.choices = [(route.value, route.label) for route in Route if route in refused_routes]


class AgreementForm(AskToAgreeForm):
    """What a second person agrees to; or, where somebody asked, that they do not."""

    route = django_forms.ChoiceField(
        label="Which way may the letter go?",
        choices=Route.choices(),
        widget=Radios(),
        error_messages={"required": "Select which way the letter may go"},
    )
    answer = django_forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "I agree"), ("no", "I do not agree")],
        widget=Radios(reveals={"yes": ["reason"], "no": ["why_not"]}),
        error_messages={"required": "Select whether you agree"},
    )
    reason = django_forms.CharField(
        label="Why must it go this way, and what keeps them safe?",
        max_length=1000,
        widget=Textarea(rows=4),
        help_text=READ_BY_ALL,
        error_messages={"required": "Enter why it must go this way, and what keeps them safe"},
    )
    why_not = django_forms.CharField(
        label="Why do you not agree, and what should they do instead?",
        max_length=1000,
        widget=Textarea(rows=4),
        help_text=READ_BY_ALL,
        error_messages={"required": "Enter why you do not agree, and what they should do instead"},
    )
    field_order = ("route", "answer", "reason", "why_not")

    def __init__(self, *args: Any, refused_routes: Iterable[str], asked: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, refused_routes={*refused_routes, *asked}, **kwargs)
        if not asked:
            del self.fields["answer"], self.fields["why_not"]
        elif len(asked) == 1:
            self.fields["route"].initial = next(iter(asked))

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data.get("answer") != "no")
