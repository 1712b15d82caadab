"""Words typed in a form and not sent yet, kept for the person who typed them and for nobody else.

No record and no part of one: no permission is asked for, and nothing of it enters the ledger (ADR 0015). What lets
words in is the token of the page they were typed on, which names the person and the page, so that they find their
owner also when the session is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import QueryDict

from accounts.models import AutosavedText, User
from ui.text import printable

FIELD = "autosave"
SALT = "accounts.autosave"
# Longer than a session can last, so that no page outlives its token while somebody is signed in.
TOKEN_AGE = timedelta(hours=14)
KEPT_FOR = timedelta(days=30)
MOST_CHARACTERS = 500_000
LONGEST_PATH = 200
# Never kept: what is no words, and what is secret.
NOT_WORDS = frozenset({"csrfmiddlewaretoken", FIELD})
SECRET = "password"  # noqa: S105  part of the names of boxes


@dataclass(frozen=True)
class Place:
    """Whose words, and on which page."""

    user: int
    path: str


def token(user: User, path: str) -> str:
    """For a page shown to that person. It opens nothing: it only lets words be put aside for them."""
    return signing.dumps([user.pk, path], salt=SALT)


def place_of(token: str) -> Place | None:
    """The page that was shown with this token, if it is one of ours and not too old."""
    try:
        user, path = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
    except (signing.BadSignature, UnicodeError, ValueError, TypeError):
        return None
    return Place(user, path)


def save(place: Place, data: QueryDict, *, at: datetime) -> bool:
    """Puts aside what was typed, over what was put aside before. False where it cannot be: too much, or nobody's."""
    typed = words(data)
    owner: User | None = User.objects.filter(pk=place.user, is_active=True).first()
    if owner is None or len(place.path) > LONGEST_PATH or _size(typed) > MOST_CHARACTERS:
        return False
    AutosavedText.objects.update_or_create(
        user=owner, path=place.path, defaults={"organisation_id": owner.organisation_id, "form_data": typed, "saved_at": at}
    )
    return True


def left(user: User, path: str) -> AutosavedText | None:
    """What that person typed on that page and never sent."""
    return AutosavedText.objects.filter(user=user, path=path).first()


def forget(user: User, path: str) -> None:
    """The form was accepted, or its text is not wanted any more."""
    AutosavedText.objects.filter(user=user, path=path).delete()


def forget_under(path: str) -> None:
    """Everybody's text of the pages that begin so: what they were about is closed."""
    AutosavedText.objects.filter(path__startswith=path).delete()


def pass_on(path: str, *, giver: int, taker: int) -> None:
    """The pages that begin so are somebody else's now, and what was typed on them goes with them."""
    AutosavedText.objects.filter(user=taker, path__startswith=path).delete()
    for row in AutosavedText.objects.filter(user=giver, path__startswith=path):
        row.user_id = taker
        row.save(update_fields=["user"])


def forget_old(at: datetime) -> None:
    AutosavedText.objects.filter(saved_at__lt=at - KEPT_FOR).delete()


def words(data: QueryDict) -> dict[str, list[str]]:
    """Everything sent, valid or not, as far as it can be stored."""
    return {
        str(printable(name)): [str(printable(text)) for text in data.getlist(name)]
        for name in data
        if name not in NOT_WORDS and SECRET not in name.lower()
    }


def as_sent(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def _size(typed: Mapping[str, Sequence[str]]) -> int:
    return sum(len(name) + sum(len(text) for text in values) for name, values in typed.items())
