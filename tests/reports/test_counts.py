"""The middle of how long reviews took."""

import pytest

from reports.counts import middle
from reports.presenters import review_time_words


@pytest.mark.parametrize(
    ("days", "found"),
    [({}, None), ({0: 3}, 0), ({1: 1, 9: 1}, 1), ({1: 1, 4: 1, 9: 1}, 4), ({2: 1, 3: 5, 40: 5}, 3), ({0: 1, 7: 2}, 7)],
)
def test_the_fewest_days_within_which_half_were_done(days: dict[int, int], found: int | None) -> None:
    assert middle(days) == found


@pytest.mark.parametrize(
    ("days", "said"),
    [(None, "has been reviewed yet"), (0, "on the day"), (1, "1 working day."), (4, "4 working days.")],
)
def test_it_is_said_in_words(days: int | None, said: str) -> None:
    assert said in review_time_words(days)
