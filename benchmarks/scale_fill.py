"""Fills a database with many decisions by copying a few recorded ones with SQL: every column is as an action wrote it.

Triggers are off meanwhile. What triggers keep is filled afterwards, in bulk, by the statements they would run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, models

from accounts.models import Membership, Team, User
from accounts.roles import Role
from audit import triggers
from audit.models import LedgerEntry
from benchmarks.scale_sql import (
    earlier_day,
    earlier_time,
    execute,
    indexes_dropped,
    insert,
    last,
    numbered,
    numbers,
    postgres,
    reference,
    uuid,
)
from decisions.database import decision_teams, filed_under, open_matters
from decisions.models import Decision, DecisionTeam, FiledUnder, OpenMatter
from families.models import Family, FamilyTeam, Person
from reviews.actions import record_review
from reviews.triggers import FILL as REVIEWS_FILED
from reviews.triggers import MATTERS
from tests.cast import Cast, make_cast
from tests.decisions.event_stories import SCHOOL, Story, agreed, recorded

YEARS_OF_DAYS = 1095
AUTHORS = 4
# One decision in so many is left open for ever, of each kind.
LEFT_OPEN = 100
# What the newest decisions of every team are, however many there are; all others are closed.
NEWEST = ("waiting",) * 5 + ("unsent",) * 3 + ("unanswered",) * 3
CLOSED = "closed"
SERIES = "scale_series"
# Kept by triggers.
LEFT_OUT = frozenset({"DecisionTeam", "OpenMatter", "FiledUnder"})
# Ten rows a decision that no list reads of closed ones. The decision whose page is opened has them all.
ONLY_ON_ITS_PAGE = frozenset({"GuidanceSeen", "ConsentCovers", "ItemAbout"})


@dataclass(frozen=True)
class Size:
    decisions: int

    @property
    def teams(self) -> int:
        """At least 250 decisions each, so that every list is full on the smallest site too."""
        return max(4, min(200, self.decisions // 250))


def fill(size: Size, at: datetime) -> tuple[Cast, Decision]:
    """The cast, whose practitioner is in two of the teams, and one closed decision of hers."""
    cast = make_cast()
    templates = _templates(cast, at)
    teams, authors = _teams(cast, size.teams)
    _remember(templates.values())
    triggers.drop_all(connection)
    _off()
    _families(cast, templates[CLOSED], size)
    _series(size, teams, authors, templates)
    indexes = indexes_dropped(_filled())
    # The most come last: until then a template's rows are soon found without an index.
    for name, template in reversed(templates.items()):
        for model in _with_decision():
            if name != CLOSED or model.__name__ not in ONLY_ON_ITS_PAGE:
                _copy(model, name, template, cast)
    # One in fifty takes the place of the one before it in its team.
    later = f"{_spans[Decision, templates[CLOSED].pk][2]} + 1"  # type: ignore[index]  # never empty
    execute(f"UPDATE {Decision._meta.db_table} SET supersedes_id = id + {size.teams} WHERE id >= {later} "
            f"AND (id - {later}) / {size.teams} % 50 = 20 "
            f"AND id + {size.teams} < {later} + {size.decisions}")  # fmt: skip
    _ledger()
    for index in indexes:
        execute(index)
    execute("ANALYZE")
    fill_kept()
    _on()
    triggers.make_all(connection)
    return cast, templates[CLOSED]


def _templates(cast: Cast, at: datetime) -> dict[str, Decision]:
    """Recorded through the actions, a family each: reviewed, waiting for a review, not sent, no answer yet."""
    found = {}
    for name in (CLOSED, *dict.fromkeys(NEWEST)):
        decision = found[name] = recorded(cast, _story(at, name), at)
        if name != "waiting":
            record_review(decision=decision, outcome="AGREED", comment="", by=cast.supervisor, at=at)
    return found


def _story(at: datetime, name: str) -> Story:
    story = agreed(at)
    story["request"]["recipients"] = [SCHOOL]
    story["consent"]["choices"] = {SCHOOL: {"choice": "yes"}}
    story["information"]["item"][0]["give_to"] = [SCHOOL]
    [sending] = story["sending"]["sending"]
    if name != "unanswered":
        sending["received_by"] = "The school office"
    story["sending"]["sending"] = [] if name == "unsent" else [sending]
    return story


def _teams(cast: Cast, count: int) -> tuple[list[int], list[int]]:
    """Keys of the teams, and of four authors each; the practitioner writes in the first two."""
    organisation, password = cast.organisation, make_password("scale")
    plain_teams: models.QuerySet[Team] = models.QuerySet(Team)
    made = plain_teams.bulk_create(Team(organisation=organisation, name=f"Team {n}") for n in range(2, count))
    teams = [cast.team.pk, cast.other_team_row.pk, *(team.pk for team in made)]
    plain_users: models.QuerySet[User] = models.QuerySet(User)
    users = plain_users.bulk_create(
        User(organisation=organisation, email=f"w{n}@north.test", full_name=f"Worker {n}", job_title="Social worker",
             password=password) for n in range(count * AUTHORS)
    )  # fmt: skip
    places: models.QuerySet[Membership] = models.QuerySet(Membership)
    places.bulk_create(
        Membership(organisation=organisation, user=user, team_id=teams[n // AUTHORS], role=Role.PRACTITIONER)
        for n, user in enumerate(users)
    )
    places.bulk_create([
        Membership(organisation=organisation, user=cast.practitioner, team=cast.other_team_row, role=Role.PRACTITIONER)
    ])  # fmt: skip
    authors = [user.pk for user in users]
    authors[0] = authors[AUTHORS] = cast.practitioner.pk
    return teams, authors


def _with_decision() -> Iterator[type[models.Model]]:
    """Decisions, and every table whose rows belong to one."""
    yield Decision
    for app in ("decisions", "reviews"):
        for model in apps.get_app_config(app).get_models():
            names = {field.name for field in model._meta.concrete_fields}
            if "decision" in names and model.__name__ not in LEFT_OUT:
                yield model


def _filled() -> tuple[type[models.Model], ...]:
    return (Family, Person, FamilyTeam, LedgerEntry, *_with_decision())


def _families(cast: Cast, template: Decision, size: Size) -> None:
    """Two families for five decisions, of the teams in turn; every tenth is shared with the next team."""
    count = size.decisions * 2 // 5 + size.teams
    [link] = template.decision_families.all()
    family, people = link.family_id, f"family_id = {link.family_id}"
    execute(f"CREATE TEMPORARY TABLE scale_families AS SELECT n, {last(Family)} + 1 + n AS family_id, "
             f"{last(Person)} + n * 2 AS person_base FROM ({numbers(count)}) AS numbers")  # fmt: skip
    named = {"id": "s.family_id", "public_id": uuid(), "reference": reference("F", "s.n")}
    insert(Family, named, f"src.id = {family}", "scale_families")
    first = min(Person.objects.filter(family=family).values_list("pk", flat=True))
    person = {"id": f"s.person_base + 1 + src.id - {first}", "public_id": uuid(), "family_id": "s.family_id"}
    insert(Person, person, f"src.{people}", "scale_families")
    ids = {"id": f"{last(FamilyTeam)} + 1 + s.n", "family_id": "s.family_id"}
    teams = f"(SELECT t.id FROM scale_teams t WHERE t.n = %s %% {size.teams})"
    numbered("scale_teams", [cast.team.pk, cast.other_team_row.pk, *_other_teams(cast)])
    insert(FamilyTeam, {**ids, "team_id": teams % "s.n"}, f"src.{people}", "scale_families")
    again = {"id": f"{last(FamilyTeam)} + 1 + s.n", "family_id": "s.family_id", "team_id": teams % "(s.n + 1)"}
    insert(FamilyTeam, again, f"src.{people} AND (s.n / {size.teams}) % 10 = 0", "scale_families")


def _other_teams(cast: Cast) -> list[int]:
    rows = Team.objects.filter(organisation=cast.organisation, name__startswith="Team ").order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _series(size: Size, teams: list[int], authors: list[int], templates: dict[str, Decision]) -> None:
    """One row for each decision to be made: its team, author, family, age and template."""
    numbered("scale_authors", authors)
    count = len(teams)
    kinds = list(templates)
    newest = " ".join(f"WHEN rank = {n} THEN '{kind}'" for n, kind in enumerate(NEWEST))
    forgotten = " ".join(f"WHEN rank % {LEFT_OPEN} = {50 + n} THEN '{kind}'" for n, kind in enumerate(kinds[1:]))
    placed = f"SELECT n, n % {count} AS team, n / {count} AS rank FROM ({numbers(size.decisions)}) AS numbers"
    execute(
        f"CREATE TEMPORARY TABLE {SERIES} AS SELECT p.n, t.id AS team_id, a.id AS author_id, f.family_id, "
        f"f.person_base, rank * {YEARS_OF_DAYS} / {max(1, size.decisions // count)} AS days, "
        f"CASE {newest} {forgotten} ELSE '{CLOSED}' END AS kind FROM ({placed}) AS p "
        f"JOIN scale_teams t ON t.n = p.team JOIN scale_authors a ON a.n = p.team * {AUTHORS} + rank % {AUTHORS} "
        f"JOIN scale_families f ON f.n = (rank * 2 / 5) * {count} + p.team"
    )


def _copy(model: type[models.Model], kind: str, template: Decision, cast: Cast) -> None:
    """The template's rows of one table, once for each decision of its kind."""
    key = "id" if model is Decision else "decision_id"
    span = _span(model, template)
    if span is None:
        return
    values = {field.column: _value(field, template, cast) for field in model._meta.concrete_fields}
    values["id"] = _moved(model, span, "src.id")
    if model is Decision:
        values["reference"] = reference("D", "s.n")
    insert(model, values, f"src.{key} = {template.pk} AND s.kind = '{kind}'", SERIES)


def _value(field: "models.Field[object, object]", template: Decision, cast: Cast) -> str:
    column = f"src.{field.column}"
    if isinstance(field, models.UUIDField):
        return uuid()
    if isinstance(field, models.DateTimeField):
        return earlier_time(column)
    if isinstance(field, models.DateField):
        return earlier_day(column)
    if not isinstance(field, models.ForeignKey):
        return column
    return _pointed(field.related_model, column, template, cast)  # type: ignore[arg-type]


def _pointed(model: type[models.Model], column: str, template: Decision, cast: Cast) -> str:
    if model is User:
        return f"CASE {column} WHEN {cast.practitioner.pk} THEN s.author_id ELSE {column} END"
    if model is Team:
        return "s.team_id"
    if model is Family:
        return "s.family_id"
    if model is Person:
        return f"s.person_base + 1 + {column} - {_first_people[template.pk]}"
    if model in set(_with_decision()) and (span := _span(model, template)):
        return _moved(model, span, column)
    return column


Span = tuple[int, int, int]
_spans: dict[tuple[type[models.Model], int], Span | None] = {}
_first_people: dict[int, int] = {}


def _remember(templates: Iterable[Decision]) -> None:
    """Where each template's rows stand, asked while the tables are small and have their indexes."""
    _spans.clear()
    for template in templates:
        [link] = template.decision_families.all()
        _first_people[template.pk] = Person.objects.filter(family=link.family_id).order_by("pk")[0].pk
        for model in _with_decision():
            name = "pk" if model is Decision else "decision"
            keys = list(model._default_manager.filter(**{name: template.pk}).values_list("pk", flat=True))
            _spans[model, template.pk] = (min(keys), max(keys), last(model)) if keys else None


def _span(model: type[models.Model], template: Decision) -> Span | None:
    """The first and last key of the template's rows, and the highest key that was there before the filling."""
    return _spans[model, template.pk]


WIDEST = 8


def _moved(model: type[models.Model], span: Span, column: str) -> str:
    first, last, top = span
    width = 1 if model is Decision else WIDEST
    if last - first >= WIDEST:
        raise ValueError(f"{model.__name__} has more rows for one decision than {WIDEST}.")
    return f"{top} + 1 + s.n * {width} + {column} - {first}"


def _ledger() -> None:
    """Two entries a decision, as long as real ones; their hashes are those of the entry they copy."""
    copied = LedgerEntry.objects.filter(organisation__gt=0).order_by("-seq").first()
    for number in range(2):
        top, seq = last(LedgerEntry), f"src.seq + 1 + s.n * 2 + {number}"
        values = {"id": f"{top} + 1 + s.n", "seq": seq, "timestamp": earlier_time('src."timestamp"')}
        insert(LedgerEntry, values, f"src.id = {copied.pk if copied else 0}", SERIES)


def fill_kept() -> None:
    """What triggers keep, where this version of the site has it."""
    matters = (*open_matters.MATTERS, *MATTERS)
    for model in (DecisionTeam, OpenMatter, FiledUnder):
        execute(f"DELETE FROM {model._meta.db_table}")
    dropped = indexes_dropped((FiledUnder,))
    opened = (open_matters.found(matter) for matter in matters)
    for statement in (*decision_teams.FILL, *opened, *filed_under.FILL, REVIEWS_FILED, *dropped):
        execute(statement)


def _off() -> None:
    execute("SET session_replication_role = replica" if postgres() else "PRAGMA foreign_keys = OFF")


def _on() -> None:
    execute("SET session_replication_role = DEFAULT" if postgres() else "PRAGMA foreign_keys = ON")
    if postgres():
        for model in _filled():
            table = model._meta.db_table
            execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")
    execute("ANALYZE")
