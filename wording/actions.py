"""Approving the wording of letters and talks. Each approval is a new row."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.acting import acting, lock_organisation
from accounts.models import User
from accounts.roles import Permission
from rules.explanation.languages import Language
from rules.explanation.phrases import wrong_placeholders
from wording.approved import phrases_in
from wording.models import ApprovedPhrase

__all__ = ["approve_phrase"]


def approve_phrase(*, language: str, phrase_id: str, variant: str, text: str, by: User, at: datetime) -> ApprovedPhrase:
    """Approve an organisation's own text of a phrase. Approving the same text twice makes one row."""
    known, words = phrases_in(language).get(phrase_id), text.strip()
    if known is None or variant not in known.texts or language not in frozenset(Language):
        raise Http404
    if wrong_placeholders(known, variant, words):
        places = ", ".join(sorted(f"{{{name}}}" for name in known.placeholders))
        raise ValidationError({"text": f"Keep the words in curly brackets as they are: {places}" if places else (
            "Take out the curly brackets: this sentence has nothing to fill in")})  # fmt: skip
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        organisation = lock_organisation(actor)
        rows = ApprovedPhrase.objects.visible_to(actor).filter(language=language, phrase=phrase_id, variant=variant)
        latest: ApprovedPhrase | None = rows.last()
        if latest and (latest.text, latest.phrase_version) == (words, known.version):
            return latest
        row = ApprovedPhrase(
            organisation=organisation, language=language, phrase=phrase_id, variant=variant, text=words,
            phrase_version=known.version, written_by=actor, written_at=at,
        )  # fmt: skip
        row.save()
        return row
