"""What --fast and PostgreSQL do not even import."""

from textwrap import dedent

import pytest

from tests.pure import is_never_pure, is_of_sqlite

ASKS = "def test_it(cast: Cast) -> None: ..."
PURE = "def test_it(word: str) -> None: ..."


@pytest.mark.parametrize(
    "text",
    [
        ASKS,
        "pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]\n" + PURE,
        """
        @pytest.fixture(scope="module")
        def draft(family: Family) -> Draft: ...

        @pytest.fixture(scope="module")
        def family(
            db: None, now: datetime,
        ) -> Family: ...

        class TestIt:
            def test_it(self, draft: Draft, key: str) -> None: ...
        """,
    ],
    ids=["by name", "marked", "through fixtures"],
)
def test_it_is_left_out(text: str) -> None:
    assert is_never_pure(dedent(text))


@pytest.mark.parametrize(
    "text",
    [
        PURE,
        f"{ASKS}\n\n\n{PURE.replace('test_it', 'test_more')}",
        "pytestmark = pytest.mark.sqlite\n" + PURE,
        "def test_it(name: cast, other: dict[str, db]) -> None: ...",
        "def called_by_tests(cast: Cast) -> None: ...\n\n\n" + PURE,
        "SCENES = {}",
    ],
    ids=["pure", "one pure", "of one engine", "an annotation", "no fixture of its", "no test"],
)
def test_it_is_imported(text: str) -> None:
    assert not is_never_pure(dedent(text))


@pytest.mark.parametrize(
    ("text", "is_left_out"),
    [
        ("pytestmark = pytest.mark.sqlite\n", True),
        ("pytestmark = [pytest.mark.browser, pytest.mark.sqlite]\n", True),
        ("pytestmark = pytest.mark.django_db\n", False),
        ("ONE = pytest.mark.sqlite\npytestmark = pytest.mark.django_db\n", False),
        ("@pytest.mark.sqlite\ndef test_it() -> None: ...\n", False),
    ],
)
def test_what_is_all_of_sqlite_is_left_to_it(text: str, *, is_left_out: bool) -> None:
    assert is_of_sqlite(text) is is_left_out
