import pytest

from tests import shared
from tests.cast import Cast
from tests.families.household import Household, household

__all__ = ["cast"]

cast = shared.cast


@pytest.fixture(scope="module")
def home(cast: Cast) -> Household:
    """A family of the cast's own team."""
    return household(cast.practitioner, cast.team)
