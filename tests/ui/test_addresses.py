"""A link in a template leads where reverse() says, whatever it was asked for before."""

from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from ui.addresses import address_of

ONE, OTHER = UUID(int=1), UUID("0f8b7c1e-4a55-4f0e-9d61-6a2f3c4b5d6e")
LINKS = (
    ("decisions:detail", (ONE,)),
    ("decisions:add_statement_passed_on", (OTHER, ONE, 41)),
    ("decisions:add_not_sent", (ONE, 0)),
    ("letters:letter", (OTHER, 12)),
    ("drafting:page", (ONE, "people")),
    ("reviews:queue", ()),
)


@pytest.mark.parametrize(("name", "args"), LINKS, ids=[name for name, _ in LINKS])
def test_an_address_is_that_of_reverse(name: str, args: tuple[UUID | int | str, ...]) -> None:
    for _ in range(2):
        assert address_of(name, args) == reverse(name, args=args)
        other = tuple(uuid4() if isinstance(arg, UUID) else arg for arg in args)
        assert address_of(name, other) == reverse(name, args=other)


@pytest.mark.parametrize("args", [(), (None,), ("",), (-1,), (ONE, ONE), (ONE, "no such page", 1)])
def test_what_is_no_address_is_refused_as_reverse_does(args: tuple[object, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address_of("decisions:add_not_sent", args)


def test_another_set_of_addresses_is_another_address() -> None:
    assert address_of("decisions:detail", [ONE]).startswith("/decisions/")
    with override_settings(ROOT_URLCONF="accounts.urls"), pytest.raises(NoReverseMatch):
        address_of("decisions:detail", [ONE])


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('{% url "decisions:detail" key %}', reverse("decisions:detail", args=[OTHER])),
        ('{% url "decisions:detail" key as link %}[{{ link }}]', f"[{reverse('decisions:detail', args=[OTHER])}]"),
        ('{% url "no:such" key as link %}[{{ link }}]', "[]"),
        ('{% url "decisions:detail" public_id=key %}', reverse("decisions:detail", args=[OTHER])),
        ('{% url "drafting:page" key "people" %}', reverse("drafting:page", args=[OTHER, "people"])),
    ],
)
def test_a_template_links_in_every_way_that_django_knows(link: str, shown: str) -> None:
    assert Template(link).render(Context({"key": OTHER})) == shown
