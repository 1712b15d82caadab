"""What every letter goes through before it is kept: its wording, the gate, and the hash of its bytes."""

from datetime import datetime

from django.core.exceptions import ValidationError

from letters.leaving import MayNotLeave, leaving_of, why_it_may_not_leave
from letters.models import AnyLetter, Letter
from letters.output import bytes_of, sha256_of
from letters.pdf import NotInFont, made_with
from letters.queries import RouteAgreementQuerySet
from rules.explanation.facts import Choices
from rules.explanation.phrases import Say, speaker
from wording.approved import approved_texts, languages_offered

NOT_SAFE = "not_safe"
NOT_IN_FONT = "The PDF cannot show one of the characters in this letter. Choose a page to print instead"
NOT_OFFERED = "Not every sentence of this letter is approved in that language. Choose another language"


def let_through(row: AnyLetter, usable: RouteAgreementQuerySet, at: datetime) -> None:  # type: ignore[type-arg]
    """Raises MayNotLeave where it must not leave this way, also not by the latest of the `usable` agreements.

    An agreement is used only where the way is refused. Nothing is saved here.
    """
    refused = why_it_may_not_leave(leaving_of(row, at=at))
    if refused:
        row.agreement = usable.filter(route=row.route).last()
        refused = why_it_may_not_leave(leaving_of(row, at=at)) if row.agreement else refused
    if refused:
        raise MayNotLeave({"route": ValidationError(refused, code=NOT_SAFE)})
    try:
        row.sha256 = sha256_of(bytes_of(row.content, row.format))
    except NotInFont as error:
        raise ValidationError({"format": NOT_IN_FONT}) from error
    row.made_with = made_with() if row.format == Letter.Format.PDF else ""


def speaker_in(language: str, choices: Choices, organisation: int) -> Say:
    """Raises ValidationError where not all of such a letter is approved in that language."""
    texts = approved_texts(organisation)
    if language not in languages_offered(texts, choices.version, choices.layout):
        raise ValidationError({"language": NOT_OFFERED})
    return speaker(choices.version, choices.layout, texts[language], language)
