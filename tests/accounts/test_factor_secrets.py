"""What a second factor is made of is encrypted; a new key is put before the old ones."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import InvalidToken

from accounts.factor_secrets import FactorAdapter, is_readable
from safeguarding import environment

OLD, NEW = "old-" + "o" * 50, "new-" + "n" * 50


@pytest.mark.parametrize("secret", ["JBSWY3DPEHPK3PXP", "a" * 80, "é"])
def test_a_secret_comes_back_and_is_not_in_what_is_stored(secret: str) -> None:
    stored = FactorAdapter().encrypt(secret)
    assert secret not in stored
    assert FactorAdapter().encrypt(secret) != stored, "the same secret of two people does not look the same"
    assert FactorAdapter().decrypt(stored) == secret


def test_an_old_key_opens_what_it_closed_and_closes_nothing_more(settings: Any) -> None:
    settings.SECOND_FACTOR_KEYS = [OLD]
    before = FactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    after = FactorAdapter().encrypt("KRSXG5CTMVRXEZLU")
    assert FactorAdapter().decrypt(before) == "JBSWY3DPEHPK3PXP"
    settings.SECOND_FACTOR_KEYS = [NEW]
    assert (is_readable(after), is_readable(before)) == (True, False)
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(before)


def test_keys_are_given_newest_first_or_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECOND_FACTOR_KEYS", f"{NEW}, {OLD}")
    assert environment.second_factor_keys(tmp_path) == [NEW, OLD]
    monkeypatch.delenv("SECOND_FACTOR_KEYS")
    [made] = environment.second_factor_keys(tmp_path)
    kept = tmp_path / "second_factor_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text(f"{NEW}\n{made}\n")
    assert environment.second_factor_keys(tmp_path) == [NEW, made]
