from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.leaving import has_left
from accounts.models import User
from accounts.roles import Permission
from accounts.second_factor import is_missing

# The sections of the site and who may open them; each URL is the prefix of the section's pages.
ROOMS: tuple[tuple[str, str, Permission], ...] = (
    ("Families", "families:list", Permission.SEE_FAMILIES),
    ("Decision log", "decisions:log", Permission.READ_DECISIONS),
    ("Reviews", "reviews:queue", Permission.REVIEW_DECISIONS),
    ("Reports", "reports:dashboard", Permission.SEE_REPORTS),
    ("Requests", "rights:list", Permission.ANSWER_REQUESTS),
    ("Incidents", "incidents:list", Permission.REPORT_INCIDENTS),
    ("People", "administration:people", Permission.MANAGE_PEOPLE),
    ("Organisation", "administration:organisation", Permission.MANAGE_ORGANISATION),
    ("Law", "administration:law", Permission.CONFIRM_LAW),
    ("Audit log", "administration:ledger", Permission.SEE_LEDGER),
)

# Pages that belong to a section without its prefix.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "administration:people": ("administration:teams", "administration:inspections"),
    "administration:organisation": ("administration:address_book",),
}


def site(request: HttpRequest) -> dict[str, object]:
    if has_left(request):
        return {"neutral": True}
    user = getattr(request, "user", None)
    return {
        "demo": settings.DEMO, "service_name": "Safeguarding decisions",
        "inspection": getattr(user, "inspection", None),
        # Where only the pages to set up a second factor open, the menu leads nowhere else.
        **(_menu_of_set_up() if is_missing(request) else _menu(request)),
    }  # fmt: skip


def _menu_of_set_up() -> dict[str, object]:
    return {"navigation": [("Your sign-in", reverse("your_sign_in"), True)]}


def _menu(request: HttpRequest) -> dict[str, object]:
    return {"navigation": navigation(request), "search_address": search_address(request)}


def search_address(request: HttpRequest) -> str:
    """Where the search box of the header is sent: for those who may search. The page of results has its own box."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.has(Permission.SEE_DECISIONS):
        return ""
    address = reverse("search")
    return address if request.path != address else ""


def navigation(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(label, URL, whether this page is in it) of the sections that this user may open."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    rooms = [("Home", reverse("home"), request.path == "/")]
    for label, name, permission in ROOMS:
        if user.has(permission):
            address = reverse(name)
            rooms.append((label, address, _is_inside(request.path, name)))
    return rooms


def _is_inside(path: str, name: str) -> bool:
    return path.startswith(tuple(reverse(each) for each in (name, *ELSEWHERE.get(name, ()))))
