"""What --fast does not even import."""

from textwrap import dedent

import pytest

from tests.pure import is_never_pure

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
