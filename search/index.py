"""The words of each row, kept and searched in each engine's own way: a GIN index on PostgreSQL, FTS5 on SQLite.

Every word is stored once for each team that may see the row, as `p12:0:word`: a person of team 12, among the first
STRIDE people. A search reads only the words of the searcher's own teams, first of the newest rows and of older ones
while too little is found, so neither a common word nor the size of the organisation makes it slower (ADR 0032). This
only says where to look: who may see what was found is asked of `visible_to` afterwards.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

from django.db import connection

from audit.triggers import Trigger
from search.wanted import Term, Wanted

ROWS = "search_searchrow"
# The words of a row of which these are too many are a file pasted whole.
MOST_WORDS = 20_000
MOST_FOUND = 1000
# How many keys share a number in their words. A search begins with the two newest numbers, then takes more at once.
STRIDE = 131_072
FIRST_NUMBERS, WIDER = 2, 4
# Words of so many teams and numbers are asked for at once: an index compares each word of a query with every other.
SCOPES_AT_ONCE = 6
# With as many found, older rows are not looked for.
ENOUGH = 200

WORDS_GO_TOO = Trigger(
    name="search_words_go_too",
    table=ROWS,
    postgres_sql="",
    sqlite_sql=(
        f"CREATE TRIGGER search_words_go_too AFTER DELETE ON {ROWS} FOR EACH ROW "
        "BEGIN DELETE FROM search_words WHERE rowid = OLD.id; END"
    ),
)


class Kind(StrEnum):
    FAMILY = "family"
    PERSON = "person"
    DECISION = "decision"
    URGENT = "urgent"


def put(kind: Kind, key: int, *, organisation: int, teams: Iterable[int], words: set[str]) -> None:
    """Keep what this row is found by, instead of what was kept before."""
    _put(kind, key, organisation, _terms(kind, key, teams, words))


def add_words(kind: Kind, key: int, *, organisation: int, teams: Iterable[int], words: set[str]) -> None:
    """Let a row be found by these words too."""
    _put(kind, key, organisation, _terms(kind, key, teams, words) | set(_kept(kind, [key]).get(key, ())))


def add_team(kind: Kind, keys: Iterable[int], *, organisation: int, team: int) -> None:
    """Let a team find these rows by every word that other teams find them by."""
    for key, terms in _kept(kind, list(keys)).items():
        words = {term.rpartition(":")[2] for term in terms}
        _put(kind, key, organisation, _terms(kind, key, [team], words) | set(terms))


def _terms(kind: Kind, key: int, teams: Iterable[int], words: set[str]) -> set[str]:
    few = sorted(words)[:MOST_WORDS]
    return {f"{scope}:{word}" for scope in _scopes(kind, teams, [key // STRIDE]) for word in few}


def _put(kind: Kind, key: int, organisation: int, terms: set[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"INSERT INTO {ROWS} (organisation_id, {kind}_id, words) "
                "VALUES (%s, %s, array_to_tsvector(%s::text[])) "
                f"ON CONFLICT ({kind}_id) DO UPDATE SET words = EXCLUDED.words",
                [organisation, key, sorted(terms)],
            )
            return
        cursor.execute(
            f"INSERT INTO {ROWS} (organisation_id, {kind}_id) VALUES (%s, %s) ON CONFLICT ({kind}_id) DO NOTHING",
            [organisation, key],
        )
        cursor.execute(
            f"INSERT OR REPLACE INTO search_words (rowid, words) SELECT id, %s FROM {ROWS} WHERE {kind}_id = %s",
            [" ".join(sorted(terms)), key],
        )


def _kept(kind: Kind, keys: list[int]) -> dict[int, list[str]]:
    """The terms of each of these rows that has any."""
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT {kind}_id, tsvector_to_array(words) FROM {ROWS} WHERE {kind}_id IN ({marks})",
                keys,
            )
            return dict(cursor.fetchall())
        cursor.execute(
            f"SELECT r.{kind}_id, w.words FROM {ROWS} r JOIN search_words w ON w.rowid = r.id "
            f"WHERE r.{kind}_id IN ({marks})",
            keys,
        )
        return {key: words.split() for key, words in cursor.fetchall()}


def find(kind: Kind, wanted: Wanted, teams: Iterable[int]) -> list[int]:
    """Keys of the newest rows of this kind that have what is wanted among the words of these teams, newest first."""
    own, found = sorted(teams), list[int]()
    if not wanted or not own:
        return found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({kind}_id) FROM {ROWS}")
        [newest] = cursor.fetchone()
        for numbers in [] if newest is None else _newest_first(newest // STRIDE):
            found += _found(cursor, kind, wanted, _scopes(kind, own, numbers))
            if len(found) >= ENOUGH:
                break
    return found[:MOST_FOUND]


def _found(cursor: Any, kind: Kind, wanted: Wanted, scopes: list[str]) -> list[int]:
    """Each once, though several teams may have it."""
    keys: set[int] = set()
    for at in range(0, len(scopes), SCOPES_AT_ONCE):
        cursor.execute(*statement(kind, wanted, scopes[at : at + SCOPES_AT_ONCE]))
        keys.update(key for (key,) in cursor.fetchall())
    return sorted(keys, reverse=True)


def _newest_first(number: int) -> Iterator[range]:
    """Numbers from this one down to 0, a few at first and then more at once."""
    many = FIRST_NUMBERS
    while number >= 0:
        yield range(number, max(number - many, -1), -1)
        number, many = number - many, many * WIDER


def statement(kind: Kind, wanted: Wanted, scopes: list[str]) -> tuple[str, list[str]]:
    """The SQL that `find` runs. Sorted by an expression, so that no engine reads the newest rows one by one instead."""
    if connection.vendor == "postgresql":
        # The planner does not see the words of a query of its own: it takes many rare ones for half of the table, and
        # would read all of that.
        sql = f"SELECT {kind}_id FROM {ROWS} WHERE words @@ (SELECT %s::tsquery)"
        sql = f"{sql} ORDER BY {kind}_id + 0 DESC LIMIT {MOST_FOUND}"
        return sql, [_written(wanted, scopes, _postgres_term, " & ", " | ")]
    sql = (
        f"SELECT r.{kind}_id FROM search_words w CROSS JOIN {ROWS} r ON r.id = w.rowid "
        f"WHERE w.words MATCH %s ORDER BY r.{kind}_id + 0 DESC LIMIT {MOST_FOUND}"
    )
    return sql, [_written(wanted, scopes, _sqlite_term, " AND ", " OR ")]


def _scopes(kind: Kind, teams: Iterable[int], numbers: Iterable[int]) -> list[str]:
    return [f"{kind[0]}{team}:{number}" for team in teams for number in numbers]


def _postgres_term(scope: str, term: Term) -> str:
    return f"'{scope}:{term.word}'{':*' if term.begins else ''}"


def _sqlite_term(scope: str, term: Term) -> str:
    return f'"{scope}:{term.word}"{"*" if term.begins else ""}'


def _written(wanted: Wanted, scopes: list[str], term: Callable[[str, Term], str], both: str, either: str) -> str:
    """In the engine's language: for each scope, each alternative, as all of its sets of terms."""
    return either.join(
        "(" + both.join(f"({either.join(term(scope, word) for word in sorted(same))})" for same in alternative) + ")"
        for scope in scopes
        for alternative in wanted.alternatives
    )
