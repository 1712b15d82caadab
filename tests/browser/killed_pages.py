"""Pages to type on, in a database of their own: a draft for each page of the guided form, and other forms."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from families.models import Family
from tests.cast import Cast, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_cases import SHARE_ROUTE
from tests.drafting.scenario_walk import Walk


def pages() -> dict[str, str]:
    cast, now = make_cast(), timezone.now()
    family = cases.set_scene(cases.S01, cast, now)
    found = {"email": cast.practitioner.email, **guided_pages(family, cast, now)}
    found["register"] = reverse("families:register")
    found["urgent"] = reverse("drafting:urgent")
    for name in ("person_add", "disclosure_add"):
        found[name] = reverse(f"families:{name}", args=[family.public_id])
    return found


def guided_pages(family: Family, cast: Cast, now: datetime) -> dict[str, str]:
    """Each in a draft of its own that is filled as far: words typed on one page change which others there are."""
    found = {}
    for number, key in enumerate(SHARE_ROUTE):
        walk = Walk(cast.practitioner)
        walk.begin(cases.S01.entry_route, family, cast.team)
        walk.skip(cases.s01(now), *SHARE_ROUTE[:number])
        found[key] = walk.path(key)
    return found
