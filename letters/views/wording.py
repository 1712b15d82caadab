"""The wording of letters, which an organisation approves sentence by sentence. Each approval is a new row."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from letters import actions
from letters.forms import PhraseForm
from letters.models import ApprovedPhrase
from letters.wording import approved_texts
from rules.explanation.languages import Language
from rules.explanation.phrases import Phrase, is_whole, phrase, shipped
from rules.explanation.versions import Layout, Version

VARIANTS = {"adult": "Adult", "young": "Young person", "child": "Child", "easy": "Easy read heading"}


@dataclass(frozen=True)
class LanguageLine:
    language: Language
    approved: int
    needed: int
    whole: tuple[str, ...]  # the versions that can be offered


@dataclass(frozen=True)
class PhraseLine:
    phrase: Phrase
    variant: str
    variant_words: str
    text: str
    approved: ApprovedPhrase | None
    is_old: bool  # its English text has changed since


@allow(Permission.MANAGE_ORGANISATION)
@require_safe
def languages(request: SignedInRequest) -> HttpResponseBase:
    texts = approved_texts(request.user.organisation_id)
    everything = {(each.id, variant) for each in shipped().phrases for variant in each.texts}
    lines = [
        LanguageLine(language, len(texts[language]), len(everything), _whole(language, texts[language]))
        for language in Language
    ]
    return render(request, "letters/languages.html", {"lines": lines, "shipped": shipped()})


def _whole(language: str, texts: object) -> tuple[str, ...]:
    if language == Language.ENGLISH:
        return tuple(VARIANTS[version] for version in Version)
    return tuple(
        VARIANTS[version]
        for version in Version
        if is_whole(texts, version, Layout.STANDARD)  # type: ignore[arg-type]
    )


@allow(Permission.MANAGE_ORGANISATION)
@require_safe
def phrases(request: SignedInRequest, language: str) -> HttpResponseBase:
    if language not in frozenset(Language):
        raise Http404
    latest = _latest(request, language)
    lines = [
        PhraseLine(each, variant, VARIANTS[variant], text, row, row is not None and row.phrase_version != each.version)
        for each in shipped().phrases
        for variant, text in each.texts.items()
        for row in [latest.get((each.id, variant))]
    ]
    return render(request, "letters/phrases.html", {"lines": lines, "language": Language(language)})


@allow(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, language: str, phrase_id: str, variant: str) -> HttpResponseBase:
    found = phrase(phrase_id)
    if found is None or variant not in found.texts or language not in frozenset(Language):
        raise Http404
    own = _latest(request, language).get((phrase_id, variant))
    english = found.texts[variant] if language == Language.ENGLISH else ""
    form = PhraseForm(
        request.POST if request.method == "POST" else None, initial={"text": own.text if own else english}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve_phrase(
                language=language, phrase_id=phrase_id, variant=variant, text=form.cleaned_data["text"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("text", error.messages[0])
        else:
            messages.success(request, "The wording has been approved.")
            return redirect("wording:phrases", language)
    context = {
        "form": form, "language": Language(language), "english": found.texts[variant],
        "variant_words": VARIANTS[variant], "places": sorted(found.placeholders),
    }  # fmt: skip
    return render(request, "letters/approve.html", context, status=422 if form.errors else 200)


def _latest(request: SignedInRequest, language: str) -> dict[tuple[str, str], ApprovedPhrase]:
    rows = ApprovedPhrase.objects.visible_to(request.user).filter(language=language)
    return {(row.phrase, row.variant): row for row in rows}
