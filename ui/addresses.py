"""The address of a page, as reverse() writes it, composed once for each kind of page (ADR 0023).

A decision's page links to thirty others, and Django looks each of them up among all addresses of the site anew.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse

# What an address is composed with: no page has such a key.
PLACEHOLDER_UUID, PLACEHOLDER_NUMBER = 2**128 - 1, 10**18


def address_of(name: str, args: Sequence[Any]) -> str:
    """`reverse(name, args=args)`. Quick for keys, whose form says nothing about which address it is."""
    kinds = tuple(type(arg) for arg in args)
    if not all(kind is UUID or (kind is int and arg >= 0) for kind, arg in zip(kinds, args, strict=True)):
        return reverse(name, args=args)
    return _composed(name, kinds, settings.ROOT_URLCONF, get_script_prefix()) % tuple(args)


@cache
def _composed(name: str, kinds: tuple[type, ...], _urls: str, _prefix: str) -> str:
    """With %s for each key. The address differs where the site has other addresses, or stands in another place."""
    keys = [_placeholder(kind, number) for number, kind in enumerate(kinds)]
    found = reverse(name, args=keys).replace("%", "%%")
    for key in keys:
        found = found.replace(str(key), "%s", 1)
    return found


def _placeholder(kind: type, number: int) -> UUID | int:
    return UUID(int=PLACEHOLDER_UUID - number) if kind is UUID else PLACEHOLDER_NUMBER + number
