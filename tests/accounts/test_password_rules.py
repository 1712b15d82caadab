"""What nobody may choose as a password, because others would try it first."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from accounts.password_rules import BREACHED, GUESSABLE, WORDS, NotBreached, NotOfTheOrganisation

USER = SimpleNamespace(organisation=SimpleNamespace(name="Alder Family Trust"))


@pytest.mark.parametrize("password", ["qwertyuiop123", "QWERTYUIOP123", "iloveyou1234"])
def test_one_of_a_breach_is_refused_in_any_case(password: str) -> None:
    with pytest.raises(ValidationError, match=BREACHED):
        NotBreached().validate(password)


@pytest.mark.parametrize("password", ["saltmarsh-heron-52", "short", "ünïcödé-lantern-ø"])
def test_others_pass(password: str) -> None:
    NotBreached().validate(password)


@pytest.mark.parametrize("password", ["Safeguarding2026!", "alder-family-2026", "AlderTrust-admin", "children-9876543"])
def test_words_that_others_would_try_are_refused(password: str) -> None:
    with pytest.raises(ValidationError, match=GUESSABLE):
        NotOfTheOrganisation().validate(password, USER)


@pytest.mark.parametrize("password", ["alder-lantern-herons", "saltmarsh-heron-52", "8402-7719-3345-0911"])
def test_with_a_secret_beside_them_they_pass(password: str) -> None:
    NotOfTheOrganisation().validate(password, USER)


def test_whoever_has_no_organisation_yet_is_judged_by_the_sites_words() -> None:
    NotOfTheOrganisation().validate("alder-trustee-heron", None)
    with pytest.raises(ValidationError):
        NotOfTheOrganisation().validate(f"{WORDS[0]}-1", None)
