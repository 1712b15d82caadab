"""The digest that the ledger holds in place of a reflection's words."""

import hashlib

import pytest

from reflections.sealing import digest_of, new_salt

SALT, WORDS = "a" * 32, {"went_well": "She listened", "next_time": ""}


def test_the_format_is_written_down() -> None:
    """Byte for byte, so that it can be checked with other software: ADR 0026."""
    text = f'["{SALT}","an-id",{{"next_time":"","went_well":"She listened"}}]'
    assert digest_of("an-id", SALT, WORDS) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("public_id", "salt", "words"),
    [
        ("an-id", "b" * 32, WORDS),
        ("another-id", SALT, WORDS),
        ("an-id", SALT, {**WORDS, "next_time": "x"}),
        ("an-id", SALT, {**WORDS, "went_well": "She listened "}),
        ("an-id", SALT, {"went_well": "", "next_time": "She listened"}),
    ],
)
def test_every_difference_shows(public_id: str, salt: str, words: dict[str, str]) -> None:
    assert digest_of(public_id, salt, words) != digest_of("an-id", SALT, WORDS)


def test_the_same_words_look_different_at_each_saving() -> None:
    """Or the ledger would tell that somebody saved twice what somebody else can guess."""
    salts = {new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {32}
    assert len({digest_of("an-id", salt, WORDS) for salt in salts}) == 50


def test_any_letter_can_be_sealed() -> None:
    odd = {"went_well": 'Zoë \N{FACE WITH TEARS OF JOY} \u202e \\ " \n'}
    assert len(digest_of("an-id", SALT, odd)) == 64
