import pytest

from tests.cast import Cast
from tests.families.household import Household, household


@pytest.fixture
def home(cast: Cast) -> Household:
    """A family of the cast's own team."""
    return household(cast.practitioner, cast.team)
