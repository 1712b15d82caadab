"""How long the database takes to find words among many decisions, on the engine of `DATABASE_URL`.

    DATABASE_URL=postgresql://... python -m benchmarks.search [how many, 1000000]

For an empty database that is thrown away afterwards: rows of words alone are written in bulk, with the foreign keys
switched off, which takes a superuser on PostgreSQL. Each has 40 words of 20,000, the common ones often, one of 200
teams, and a word so long that the row is stored as that of a decision with a few hundred words is.
"""

import os
import random
import statistics
import sys
import time
from typing import Any

ROUNDS, TEAMS, WORDS_EACH, VOCABULARY = 30, 200, 40, 20_000
AT_ONCE = 1000
POSTGRES = (
    "SET session_replication_role = replica",
    "SET maintenance_work_mem = '2GB'",
    "DROP INDEX IF EXISTS search_words",
    "TRUNCATE search_searchrow",
    """INSERT INTO search_searchrow (organisation_id, decision_id, words)
       SELECT 1, n, array_to_tsvector(ARRAY(
           SELECT 'd' || (n %% %(teams)s + 1) || ':' || n / %(stride)s || ':w'
               || floor(%(words)s * power(random(), 3) + n * 0)::int
           FROM generate_series(1, %(each)s)) || repeat('long', 510))
       FROM generate_series(1, %(rows)s) AS n""",
    "CREATE INDEX search_words ON search_searchrow USING gin (words) WITH (fastupdate = off)",
    "ANALYZE search_searchrow",
)
# A word of most decisions, two words, a beginning that all decisions have, a rare word, one that is nowhere.
SEARCHES = ("w0", "w1 w20", "w1", "w19999", "zebedee", "w3 w5 w7")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    import django  # noqa: PLC0415  (settings first)

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from search.index import Kind, find  # noqa: PLC0415
    from search.wanted import wanted  # noqa: PLC0415

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with connection.cursor() as cursor:
        _fill_postgres(cursor, rows) if connection.vendor == "postgresql" else _fill_sqlite(cursor, rows)
    sys.stdout.write("search | teams | found | best ms | median ms | slowest ms\n")
    for typed in SEARCHES:
        for teams in ([7], [7, 8, 9]):
            taken = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                found = find(Kind.DECISION, wanted(typed), teams)
                taken.append((time.perf_counter() - begun) * 1000)
            figures = " | ".join(f"{one:.1f}" for one in (min(taken), statistics.median(taken), max(taken)))
            sys.stdout.write(f"{typed} | {len(teams)} | {len(found)} | {figures}\n")
    return 0


def _fill_postgres(cursor: Any, rows: int) -> None:
    from search.index import STRIDE  # noqa: PLC0415

    values = {"teams": TEAMS, "words": VOCABULARY, "each": WORDS_EACH, "rows": rows, "stride": STRIDE}
    for statement in POSTGRES:
        begun = time.perf_counter()
        cursor.execute(statement, values if "%(" in statement else None)
        sys.stdout.write(f"{statement.split()[0]}: {time.perf_counter() - begun:.0f} s\n")


def _fill_sqlite(cursor: Any, rows: int) -> None:
    begun = time.perf_counter()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("DELETE FROM search_searchrow")
    for first in range(1, rows + 1, AT_ONCE):
        keys = range(first, min(first + AT_ONCE, rows + 1))
        row = "INSERT INTO search_searchrow (id, organisation_id, decision_id) VALUES (%s, 1, %s)"
        cursor.execute("BEGIN")
        cursor.executemany(row, [(key, key) for key in keys])
        words = "INSERT INTO search_words (rowid, words) VALUES (%s, %s)"
        cursor.executemany(words, [(key, _words(key)) for key in keys])
        cursor.execute("COMMIT")
    sys.stdout.write(f"INSERT: {time.perf_counter() - begun:.0f} s\n")


def _words(key: int) -> str:
    from search.index import STRIDE  # noqa: PLC0415

    scope = f"d{key % TEAMS + 1}:{key // STRIDE}"
    chosen = {int(VOCABULARY * random.random() ** 3) for _ in range(WORDS_EACH)}  # noqa: S311  (no secret)
    return " ".join(f"{scope}:w{number}" for number in sorted(chosen))


if __name__ == "__main__":
    sys.exit(main())
