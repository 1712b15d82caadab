"""How long the database takes to find words among many decisions, on the PostgreSQL server of `DATABASE_URL`.

    DATABASE_URL=postgresql://... python -m benchmarks.search [how many, 1000000]

For an empty database that is thrown away afterwards: rows of words alone are written in bulk, with the foreign keys
switched off, which takes a superuser. Each has 40 words of 20,000, the common ones often, and one of 200 teams.
"""

import os
import statistics
import sys
import time

ROUNDS, TEAMS, WORDS_EACH, VOCABULARY = 30, 200, 40, 20_000
FILL = (
    "SET session_replication_role = replica",
    "SET maintenance_work_mem = '512MB'",
    "DROP INDEX IF EXISTS search_words",
    """INSERT INTO search_searchrow (organisation_id, decision_id, words)
       SELECT 1, n, array_to_tsvector(ARRAY(
           SELECT 'd' || (n %% %(teams)s + 1) || ':w' || floor(%(words)s * power(random(), 3) + n * 0)::int
           FROM generate_series(1, %(each)s)))
       FROM generate_series(1, %(rows)s) AS n""",
    "CREATE INDEX search_words ON search_searchrow USING gin (words) WITH (fastupdate = off)",
    "ANALYZE search_searchrow",
)
# The commonest word of the team, two words, a beginning that many words have, a rare word, one that is nowhere.
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
        for statement in FILL:
            begun = time.perf_counter()
            values = {"teams": TEAMS, "words": VOCABULARY, "each": WORDS_EACH, "rows": rows}
            cursor.execute(statement, values if "%(" in statement else None)
            sys.stdout.write(f"{statement.split()[0]}: {time.perf_counter() - begun:.0f} s\n")
    sys.stdout.write("search | teams | found | median ms | slowest ms\n")
    for typed in SEARCHES:
        for teams in ([7], [7, 8, 9]):
            taken = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                found = find(Kind.DECISION, wanted(typed), teams)
                taken.append((time.perf_counter() - begun) * 1000)
            median = statistics.median(taken)
            sys.stdout.write(f"{typed} | {len(teams)} | {len(found)} | {median:.1f} | {max(taken):.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
