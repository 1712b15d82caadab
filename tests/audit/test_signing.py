"""The file that holds the key: made once, whole, for its owner alone; anything else is refused in one line."""

import stat
from pathlib import Path

import pytest
from django.conf import LazySettings

from audit import signing
from audit.tlog.notes import signed_by


@pytest.fixture
def key(settings: LazySettings, tmp_path: Path) -> Path:
    settings.LEDGER_KEY = tmp_path / "key"
    return tmp_path / "key"


def test_it_is_made_once_for_its_owner_alone(key: Path) -> None:
    assert signing.public_keys("a.test/1") == []
    note = signing.signed("text\n", name="a.test/1")
    text = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert signed_by(note, signing.public_keys("a.test/1")) == signing.public_keys("a.test/1")
    signing.signed("text\n", name="a.test/2")
    assert key.read_text() == text
    assert [path.name for path in key.parent.iterdir()] == ["key"]


def test_of_two_processes_that_start_at_once_the_first_ones_key_is_kept(
    key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing.private_keys()
    first = key.read_text()
    signing._write(key, "another", anew=True)
    assert key.read_text() == first
    assert [path.name for path in key.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_can_reach_is_refused(key: Path, mode: int) -> None:
    signing.private_keys()
    key.chmod(mode)
    with pytest.raises(signing.BadKey, match="chmod 600"):
        signing.private_keys()


@pytest.mark.parametrize("text", ["", "rubbish", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused(key: Path, text: str) -> None:
    key.write_text(text)
    key.chmod(0o600)
    with pytest.raises(signing.BadKey, match="does not hold an Ed25519 key") as refused:
        signing.private_keys()
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_not_there_is_named(key: Path, settings: LazySettings) -> None:
    settings.LEDGER_KEY = key.parent / "no" / "key"
    with pytest.raises(signing.BadKey, match="cannot be made"):
        signing.private_keys()


def test_a_change_that_broke_off_is_finished_and_not_begun_again(key: Path) -> None:
    signing.private_keys()
    old = signing.public_keys("a.test/1")
    signing.add_new_key()
    signing.add_new_key()
    assert len(signing.private_keys()) == 2
    assert len(signing.signed("text\n", name="a.test/1").signatures) == 2
    signing.retire_old_keys()
    signing.retire_old_keys()
    new, *retired = signing.public_keys("a.test/1")
    assert (retired, new in old) == (old, False)
    assert stat.S_IMODE((key.parent / "key.retired").stat().st_mode) == 0o600


def test_a_lost_key_still_verifies_by_its_verifier_key(key: Path) -> None:
    note = signing.signed("text\n", name="a.test/1")
    verifier = str(signing.public_keys("a.test/1")[0])
    key.unlink()
    assert signing.public_keys("a.test/1") == []
    (key.parent / "key.retired").write_text(verifier.split("+", 2)[2] + "\n")
    (key.parent / "key.retired").chmod(0o600)
    assert [str(found) for found in signed_by(note, signing.public_keys("a.test/1"))] == [verifier]


def test_a_spoilt_file_of_retired_keys_is_refused(key: Path) -> None:
    signing.private_keys()
    for text in ("rubbish", "AAAA"):
        (key.parent / "key.retired").write_text(text)
        (key.parent / "key.retired").chmod(0o600)
        with pytest.raises(signing.BadKey, match="one verifier key a line"):
            signing.public_keys("a.test/1")
