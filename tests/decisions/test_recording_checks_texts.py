"""What is no reason: the database and the rules read every text alike."""

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.database.recording_checks import empty_reason_sql
from decisions.database.recording_checks import squashed as squashed_sql
from rules.empty_reasons import NON_REASONS, SQUASHED_CHARACTERS, is_empty_reason, squashed
from tests.decisions.cases import Case, dialect
from tests.in_turn import THOROUGH

# In ./run check three times as often as elsewhere: 150.
OFTEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=(3 if THOROUGH else 1) * settings().max_examples,
    deadline=None,
)


def asked(expression: str, texts: list[str]) -> list[object]:
    """What the database makes of each text."""
    cast = "CAST(%s AS text)" if connection.vendor == "postgresql" else "%s"
    rows = " UNION ALL ".join(f"SELECT {cast} AS x, {number} AS n" for number in range(len(texts)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression} FROM ({rows}) t ORDER BY t.n", texts)
        return [row[0] for row in cursor.fetchall()]


@st.composite
def storable(draw: st.DrawFn) -> str:
    """Any text a database column can hold: no lone surrogate, and on PostgreSQL no NUL."""
    without = "\x00" if connection.vendor == "postgresql" else ""
    return draw(st.text(st.characters(codec="utf-8", exclude_characters=without), max_size=30))


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A non-reason as people type it: in capitals, with dots, dashes and odd spaces between the letters."""
    text = draw(st.sampled_from(NON_REASONS))
    between = st.text(st.sampled_from(SQUASHED_CHARACTERS), max_size=3)
    letters = [letter.upper() if draw(st.booleans()) else letter for letter in text]
    return draw(between) + "".join(letter + draw(between) for letter in letters)


# Letters that some other lower() would fold, look-alikes, marks, and texts next to a non-reason.
CURIOUS = [
    "N\u0338o", "\u212aNOTES", "S\u0130EE NOTES", "\u017fee notes", "\uff4e\uff0f\uff41", "\u0430s above", "no\u0301",
    "\u00c9", "NOT KNOWN AT ALL", "\U0001f937", "n\u034fa", "\u180ena", "see\u2063notes", "n/a n/a", "\x1fnone\x1c",
    "\x85", "na\u0300", "T\u2024B\u2024C", "N\u0002A", "'", "''", "\\", "%s", "%", "no'; --",
]  # fmt: skip


def test_every_non_reason_is_one_on_both_sides(closed: Case) -> None:
    texts = [*NON_REASONS, *SQUASHED_CHARACTERS, *CURIOUS]
    answers = asked(empty_reason_sql("t.x", dialect()), texts)
    assert [bool(answer) for answer in answers] == [is_empty_reason(text) for text in texts]


@OFTEN
@given(texts=st.lists(storable() | disguised(), min_size=1, max_size=20))
def test_the_database_and_the_rules_read_text_alike(closed: Case, texts: list[str]) -> None:
    with transaction.atomic():
        assert asked(squashed_sql("t.x", dialect()), texts) == [squashed(text) for text in texts]
        answers = asked(empty_reason_sql("t.x", dialect()), texts)
    assert [bool(answer) for answer in answers] == [is_empty_reason(text) for text in texts]


@OFTEN
@given(text=disguised())
def test_no_disguise_helps(closed: Case, text: str) -> None:
    assert is_empty_reason(text)
