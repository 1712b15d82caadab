"""How colleagues and entries of the address book are named in a list: no two of them read the same."""

from collections.abc import Iterable

from accounts.models import Recipient, User
from ui.labels import Named, distinct


def colleague_names(users: Iterable[User], *, with_job: bool = False) -> dict[int, str]:
    """By key: the full name, and where two have one name, the job title or the address they sign in with."""
    return distinct({user.pk: _colleague(user, with_job=with_job) for user in users})


def _colleague(user: User, *, with_job: bool) -> Named:
    if with_job and user.job_title:
        return Named(f"{user.full_name}, {user.job_title}", (user.email,))
    return Named(user.full_name, (user.job_title, user.email))


def entry_names(entries: Iterable[Recipient], *, with_route: bool = False) -> dict[int, str]:
    """By key: the name, and where two have one name, the service, how it is reached, or the number or address."""
    return distinct({entry.pk: _named(entry, with_route=with_route) for entry in entries})


def _named(entry: Recipient, *, with_route: bool) -> Named:
    reached = entry.get_route_kind_display().lower()
    name = f"{entry.name}, {reached}" if with_route else entry.name
    return Named(name, (entry.get_kind_display().lower(), "" if with_route else reached, entry.route))
