"""Where each engine keeps the words: made after every migrate, as the triggers are."""

from django.db import connections
from django.db.utils import OperationalError

# Without fast updates: a search would read the words that wait for the index one by one.
POSTGRES = (
    "ALTER TABLE search_searchrow ADD COLUMN IF NOT EXISTS words tsvector NOT NULL DEFAULT ''::tsvector",
    # Words stand apart from the rows, so that a search that has found a thousand rows reads few pages. The planner
    # takes a beginning for more than it is: to start workers for it takes a hundred times as long as to look.
    "ALTER TABLE search_searchrow SET (toast_tuple_target = 128, parallel_workers = 0)",
    "CREATE INDEX IF NOT EXISTS search_words ON search_searchrow USING gin (words) WITH (fastupdate = off)",
)
# One word is one term, as search/folding.py wrote it: letters, numbers and marks of any script.
TOKENS = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc Me' tokenchars ':~'"
SQLITE = (f'CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(words, tokenize = "{TOKENS}")',)
NO_FTS5 = "This SQLite cannot search text: use one that is built with FTS5, as Python's own and Debian's are."


def keep_words(using: str) -> None:
    connection = connections[using]
    if "search_searchrow" not in connection.introspection.table_names():
        return
    try:
        with connection.cursor() as cursor:
            for statement in POSTGRES if connection.vendor == "postgresql" else SQLITE:
                cursor.execute(statement)
    except OperationalError as error:
        if "fts5" in str(error):
            raise OperationalError(NO_FTS5) from error
        raise
