"""Colleagues of one name: what tells each from the others, in lists and in the names that records keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from audit.statements import rows_of
from ui.labels import distinct_names

if TYPE_CHECKING:
    from accounts.models import User

# How long a name with its difference may be: a name of 120 characters and an address of 254, in brackets.
MOST_OF_A_NAME = 400
LONGEST_DIFFERENCE = 254


def colleague_names(users: Iterable[User], *, with_job: bool = False) -> dict[int, str]:
    """By key: the full name, or with the smallest difference where anybody of the organisation has the same one.

    Those who have left count too: their records keep their name. The difference is the job title, else the teams,
    else the part of the e-mail address before the @. `with_job` shows the job title of everybody.
    """
    listed = list(users)
    labels = _labels([*listed, *_namesakes(listed)], with_job=with_job)
    return {user.pk: labels[user.pk] for user in listed}


def names_of_colleagues(keys: Iterable[int]) -> dict[int, str]:
    """The same for those whose rows are not read yet, in one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    everybody = get_user_model().objects.annotate(small=Lower("full_name"))
    own = everybody.filter(pk__in=wanted)
    same = everybody.filter(small__in=own.values("small"), organisation__in=own.values("organisation"))
    labels = _labels(same)
    return {key: labels[key] for key in wanted}


def _labels(users: Iterable[User], *, with_job: bool = False) -> dict[int, str]:
    everybody = {user.pk: user for user in users}
    job = {key: f", {user.job_title}" if with_job and user.job_title else "" for key, user in everybody.items()}
    names = {key: f"{user.full_name}{job[key] or inspector(user)}" for key, user in everybody.items()}
    return distinct_names(names, _differences(everybody))


def inspector(user: User) -> str:
    """Behind the name of somebody from outside, wherever it stands."""
    return ", inspector" if user.is_inspector else ""


def is_renamed(then: str, now: str) -> bool:
    """Whether the name that a record keeps, with or without a difference, is no longer the name."""
    return now not in {then, name_alone(then)}


def with_name_now(then: str, now: str) -> str:
    """The name that a record keeps, and beside it what the user is called now if that is something else."""
    return f"{then} (now called {now})" if is_renamed(then, now) else then


def name_alone(label: str) -> str:
    """A kept name without its difference: for letters to people outside, who are told no more than the name."""
    return label[: _bracket(label)].rstrip()


def difference(label: str) -> str:
    """What a kept name has in brackets at its end, or an empty text."""
    return label[_bracket(label) + 1 : -1]


def _bracket(label: str) -> int:
    """Where the last pair of brackets opens: a job may have brackets of its own. The end where there is none."""
    depth = 0
    for place in range(len(label) - 1 if label.endswith(")") else -1, 0, -1):
        depth += {")": 1, "(": -1}.get(label[place], 0)
        if not depth:
            return place if label[place - 1] == " " else len(label)
    return len(label)


def _namesakes(users: Sequence[User]) -> Iterable[User]:
    """Colleagues with one of these names, in one query, and none where there is nobody."""
    names = sorted({user.full_name for user in users})
    organisations = sorted({user.organisation_id for user in users})
    small = sorted({name.lower() for name in names})
    found: Iterable[User] = rows_of(get_user_model(), _of_name, names, small, organisations)
    known = {user.pk for user in users}
    return [user for user in found if user.pk not in known]


def _of_name(names: Sequence[str], small: Sequence[str], organisations: Sequence[int]) -> QuerySet[User]:
    same = Q(full_name__in=names) | Q(small__in=small)
    found: QuerySet[User] = get_user_model().objects.alias(small=Lower("full_name")).filter(same)
    return found.filter(organisation_id__in=organisations)


def _differences(users: dict[int, User]) -> Callable[[int], tuple[str, ...]]:
    @cache
    def teams() -> dict[int, str]:
        """Read only where two have one name."""
        names: dict[int, list[str]] = {}
        membership = next(iter(users.values())).memberships.model
        rows = membership.objects.filter(user_id__in=list(users)).values_list("user_id", "team__name")
        for user, team in rows.distinct().order_by("team__name", "team"):
            names.setdefault(user, []).append(team)
        return {user: ", ".join(held) for user, held in names.items()}

    def of(key: int) -> tuple[str, ...]:
        user = users[key]
        known = (user.job_title, teams().get(key, ""), user.email.partition("@")[0], user.email)
        return tuple(text if len(text) <= LONGEST_DIFFERENCE else "" for text in known)

    return of
