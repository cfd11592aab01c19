"""Numbers lie in a file of their own that proves what it held and says when it goes."""

from datetime import date
from hashlib import sha256

import pytest

from models.errors import NotFoundError
from models.surveys.numbers import (
    digest_in,
    empty_numbers,
    file_of,
    files_due,
    keep_numbers,
    kept_numbers,
)

NUMBERS = {1: ["13900000001", "13900000002"], 7: ["09358212345"]}
UNTIL = date(2025, 8, 1)

pytestmark = pytest.mark.usefixtures("home_of_ours")


@pytest.fixture
def home_of_ours(tmp_path, monkeypatch):
    """An empty home."""
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))


def test_what_was_kept_is_read_again_and_its_digest_is_the_files():
    digest = keep_numbers(NUMBERS, UNTIL)

    path = file_of(digest, UNTIL)
    assert kept_numbers(digest, UNTIL) == NUMBERS
    assert digest_in(path) == digest == sha256(path.read_bytes()).hexdigest()


def test_the_same_numbers_give_another_digest_each_time_so_none_can_be_guessed_by_it():
    assert keep_numbers(NUMBERS, UNTIL) != keep_numbers(NUMBERS, UNTIL)


@pytest.mark.parametrize(("day", "due"), [(UNTIL, 0), (date(2025, 8, 2), 1), (date(2026, 1, 1), 1)])
def test_a_file_is_due_once_its_day_has_passed(day, due):
    keep_numbers(NUMBERS, UNTIL)

    assert len(files_due(day)) == due


def test_emptied_or_gone_numbers_are_said_to_be_gone():
    digest = keep_numbers(NUMBERS, UNTIL)
    empty_numbers(file_of(digest, UNTIL))

    with pytest.raises(NotFoundError, match="已经删除"):
        kept_numbers(digest, UNTIL)
    empty_numbers(file_of("0" * 64, UNTIL))  # nothing there is nothing to do


def test_no_file_of_another_name_is_ever_due(tmp_path):
    keep_numbers(NUMBERS, UNTIL)
    (file_of("", UNTIL).parent / "说明.txt").write_text("别的")

    assert len(files_due(date(2030, 1, 1))) == 1
