"""One code, one wording: the rules know nothing of models, so what both list is compared here."""

import pytest
from django.db.models import TextChoices

from families.models import Level, PersonRole, YesNoUnknown
from rules import codes


@pytest.mark.parametrize(
    ("of_the_rules", "of_the_families"),
    [(codes.Level, Level), (codes.PersonRole, PersonRole), (codes.YesNoUnknown, YesNoUnknown)],
    ids=["level", "role", "answer"],
)
def test_rules_and_families_say_the_same(of_the_rules: type[codes.Code], of_the_families: type[TextChoices]) -> None:
    assert of_the_rules.choices() == [(str(code), str(words)) for code, words in of_the_families.choices]
