"""What a chain is called outside: the site's host and the organisation's public id. It is in every checkpoint."""

from collections.abc import Callable, Mapping

from django.conf import settings

from audit.models import Checkpoint

SITE = "site"
_public_ids: list[Callable[[], Mapping[int, str]]] = []


def named_by(public_ids: Callable[[], Mapping[int, str]]) -> None:
    """The app that knows organisations says how each is called outside."""
    _public_ids[:] = [public_ids]


def names() -> dict[int, str]:
    """Chain 0 is the site's own. An organisation that is not there any more goes by its number."""
    found = {0: SITE}
    for known in _public_ids:
        found |= known()
    return found


def origin(organisation: int) -> str:
    """As in its earlier checkpoints, if it has any: a site that moves to another host goes on with the same log."""
    earlier = Checkpoint.objects.filter(organisation=organisation).order_by("size").values_list("note", flat=True)
    for note in earlier[:1]:
        return str(note).partition("\n")[0]
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    return f"{host}/{names().get(organisation, organisation)}"


def chain_of(origin_line: str) -> int | None:
    """The chain that this is the origin of, whatever the host is called by now."""
    name = origin_line.rpartition("/")[2]
    found = next((organisation for organisation, called in names().items() if called == name), None)
    return int(name) if found is None and name.isdecimal() else found
