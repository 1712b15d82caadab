"""How entries of the address book are named in a list: no two of them read the same."""

from collections.abc import Iterable

from accounts.models import Recipient
from ui.labels import Named, distinct


def entry_names(entries: Iterable[Recipient], *, with_route: bool = False) -> dict[int, str]:
    """By key: the name, and where two have one name, the service, how it is reached, or the number or address."""
    return distinct({entry.pk: _named(entry, with_route=with_route) for entry in entries})


def _named(entry: Recipient, *, with_route: bool) -> Named:
    reached = entry.get_route_kind_display().lower()
    name = f"{entry.name}, {reached}" if with_route else entry.name
    return Named(name, (entry.get_kind_display().lower(), "" if with_route else reached, entry.route))
