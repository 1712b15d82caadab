"""The wording of letters and talks, which an organisation approves sentence by sentence. Each approval is a new row."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from rules.explanation.languages import Language
from rules.explanation.phrases import ENGLISH, Key, Phrase, shipped
from rules.explanation.versions import Layout, Version
from rules.rights.phrases import copy_phrases
from rules.talk.phrases import talk_phrases
from wording import actions
from wording.approved import approved_texts, languages_offered, languages_to_talk_in, phrases_in
from wording.forms import PhraseForm
from wording.models import ApprovedPhrase

VARIANTS = {"adult": "Adult", "young": "Young person", "child": "Child", "easy": "Easy read heading"}


@dataclass(frozen=True)
class LanguageLine:
    language: Language
    approved: int
    needed: int
    letters: tuple[str, ...]  # for whom letters can be
    talks: tuple[str, ...]


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
    needed = {each: sum(len(known.texts) for known in phrases_in(each).values()) for each in Language}
    letters = {each: languages_offered(texts, each, Layout.STANDARD) for each in Version}
    talks = {each: languages_to_talk_in(texts, each) for each in Version}
    lines = [
        LanguageLine(each, len(texts[each]), needed[each], _for_whom(letters, each), _for_whom(talks, each))
        for each in Language
    ]
    return render(request, "wording/languages.html", {"lines": lines})


def _for_whom(offered: Mapping[Version, list[Language]], language: Language) -> tuple[str, ...]:
    return tuple(VARIANTS[version] for version, those in offered.items() if language in those)


@allow(Permission.MANAGE_ORGANISATION)
@require_safe
def phrases(request: SignedInRequest, language: str) -> HttpResponseBase:
    if language not in frozenset(Language):
        raise Http404
    latest = _latest(request, language)
    groups = [
        ("Letters", "letters", _lines(shipped(), latest)),
        ("Talks before sharing", "talks", _lines(talk_phrases(), latest)),
    ]
    if language == ENGLISH:
        groups.append(("Copies of what you hold", "copies", _lines(copy_phrases(), latest)))
    context = {"groups": groups, "language": Language(language), "is_english": language == ENGLISH}
    return render(request, "wording/phrases.html", context)


def _lines(phrases: tuple[Phrase, ...], latest: Mapping[Key, ApprovedPhrase]) -> list[PhraseLine]:
    return [
        PhraseLine(each, variant, VARIANTS[variant], text, row, row is not None and row.phrase_version != each.version)
        for each in phrases
        for variant, text in each.texts.items()
        for row in [latest.get((each.id, variant))]
    ]


@allow(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, language: str, phrase_id: str, variant: str) -> HttpResponseBase:
    found = phrases_in(language).get(phrase_id)
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
        "form": form, "language": Language(language), "phrase": found, "english": found.texts[variant],
        "variant_words": VARIANTS[variant], "places": sorted(found.placeholders),
    }  # fmt: skip
    return render(request, "wording/approve.html", context, status=422 if form.errors else 200)


def _latest(request: SignedInRequest, language: str) -> dict[Key, ApprovedPhrase]:
    rows = ApprovedPhrase.objects.visible_to(request.user).filter(language=language)
    return {(row.phrase, row.variant): row for row in rows}
