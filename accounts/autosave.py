"""Autosaved form data: what a person has typed on a page and not submitted, for that person alone.

Autosaved text is not a record, so it needs no permission and never enters the ledger (ADR 0015). It is accepted with
the signed token of the page, which names the person and the page, so it reaches its owner after the session has ended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict

from accounts.models import AutosavedText, User
from ui.text import printable

FIELD = "autosave"
SALT = "accounts.autosave"
# Longer than a session can last, so that no token expires while its user is signed in.
TOKEN_AGE = timedelta(hours=14)
RETENTION = timedelta(days=30)
MOST_CHARACTERS = 500_000
LONGEST_PATH = 200
# Never saved: tokens and passwords.
NOT_SAVED = frozenset({"csrfmiddlewaretoken", FIELD})
LEADS_ON = frozenset({HTTPStatus.FOUND, HTTPStatus.SEE_OTHER})
SECRET = "password"  # noqa: S105  part of field names


# Set on a request whose answer shows the form again, or keeps what was sent: it is not accepted yet.
_GOES_ON = "autosave_goes_on"


def goes_on(request: HttpRequest) -> None:
    """What was typed is still being worked on, though the answer is no refusal: a preview, or a password asked for."""
    setattr(request, _GOES_ON, True)


def is_accepted(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a form that was sent is done with: the answer leads on, or is a page or a file without the form."""
    if response.status_code in LEADS_ON:
        return True
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    return response.status_code == HTTPStatus.OK and not is_json and not getattr(request, _GOES_ON, False)


@dataclass(frozen=True)
class PageKey:
    """A user and the page they typed on."""

    user: int
    path: str


def token(user: User, path: str) -> str:
    """A token for a page shown to that user. It gives access to nothing: it only allows text to be saved for them."""
    return signing.dumps([user.pk, path], salt=SALT)


def read_token(token: str) -> PageKey | None:
    """The user and page of a token, or None if it is not valid or too old."""
    try:
        user, path = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
    except (signing.BadSignature, UnicodeError, ValueError, TypeError):
        return None
    return PageKey(user, path)


def save_text(key: PageKey, data: QueryDict, *, at: datetime) -> bool:
    """Save the form data over what was saved before. False if it is too long or its owner is not active."""
    saved = form_data(data)
    owner: User | None = User.objects.filter(pk=key.user, is_active=True).first()
    if owner is None or len(key.path) > LONGEST_PATH or _size(saved) > MOST_CHARACTERS:
        return False
    AutosavedText.objects.update_or_create(
        user=owner,
        path=key.path,
        defaults={"organisation_id": owner.organisation_id, "form_data": saved, "saved_at": at},
    )
    return True


def saved_text(user: User, path: str) -> AutosavedText | None:
    """What the user has typed on that page and not submitted."""
    return AutosavedText.objects.filter(user=user, path=path).first()


def discard(user: User, path: str) -> None:
    """Delete the saved text: the form was accepted, or the user starts again."""
    AutosavedText.objects.filter(user=user, path=path).delete()


def discard_under(path: str) -> None:
    """Delete everybody's saved text of the pages under this path."""
    AutosavedText.objects.filter(path__startswith=path).delete()


def hand_over(path: str, *, giver: int, taker: int) -> None:
    """Move saved text of the pages under this path from one user to another."""
    AutosavedText.objects.filter(user=taker, path__startswith=path).delete()
    for row in AutosavedText.objects.filter(user=giver, path__startswith=path):
        row.user_id = taker
        row.save(update_fields=["user"])


def delete_expired(at: datetime) -> None:
    AutosavedText.objects.filter(saved_at__lt=at - RETENTION).delete()


def form_data(data: QueryDict) -> dict[str, list[str]]:
    """Everything that was submitted, valid or not, as far as it can be stored."""
    return {
        str(printable(name)): [str(printable(text)) for text in data.getlist(name)]
        for name in data
        if name not in NOT_SAVED and SECRET not in name.lower()
    }


def to_querydict(saved: Mapping[str, Sequence[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in saved.items():
        data.setlist(name, list(values))
    return data


def _size(saved: Mapping[str, Sequence[str]]) -> int:
    return sum(len(name) + sum(len(text) for text in values) for name, values in saved.items())
