"""One-time codes: how they look, how they are typed, how they are kept."""

import secrets

import pytest

from models.rules.decisions import codes
from models.rules.decisions.codes import ALPHABET, LENGTH, hash_code, make_code, matches, normal
from tests.conftest import REAL_COST

SALT = "00" * 16


def test_a_code_has_six_characters_none_of_which_looks_like_another():
    code = make_code(secrets.choice)

    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0OQ1IL2Z5S8BUVoil")
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["ACD347", "acd347", " acd 347 ", "ACD-347", "ACD347", "\tACD347\n"]
)
def test_a_code_may_be_typed_as_people_type(typed):
    assert normal(typed) == "ACD347"
    assert matches(typed, SALT, hash_code("ACD347", SALT))


@pytest.mark.parametrize("typed", ["", "ACD346", "ACD34", "ACD3477", "组长"])
def test_another_code_does_not_match(typed):
    assert not matches(typed, SALT, hash_code("ACD347", SALT))


def test_the_same_code_with_another_salt_is_another_hash():
    assert hash_code("ACD347", SALT) != hash_code("ACD347", "01" * 16)
    assert "ACD347" not in hash_code("ACD347", SALT)


def test_trying_out_a_stolen_table_takes_its_time(monkeypatch):
    quick = hash_code("ACD347", SALT)
    monkeypatch.setattr(codes, "COST", REAL_COST)

    assert REAL_COST >= 2**14
    assert hash_code("ACD347", SALT) != quick  # the cost is part of the hash
    assert matches("ACD347", SALT, hash_code("ACD347", SALT))
