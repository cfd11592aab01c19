"""What works once works once, whoever presses at the same time; what was withdrawn stays so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models.database import open_session
from models.window.spent import is_spent, spend
from models.window.withdrawn import EVERY_LINK, generation_of, post_scope, withdraw_scope
from tests.conftest import NOW

LATER = NOW + timedelta(days=1)


def spent_now(word: str) -> bool:
    with open_session() as session:
        return spend(session, word, LATER, NOW)


@pytest.mark.usefixtures("any_database")
def test_of_many_at_once_exactly_one_spends_a_word():
    with ThreadPoolExecutor(4) as many:
        assert sorted(many.map(spent_now, ["one"] * 6)) == [False] * 5 + [True]


@pytest.mark.usefixtures("any_database")
def test_a_word_is_kept_until_it_would_have_run_out_by_itself():
    spent_now("one")
    with open_session() as session:
        assert is_spent(session, ["other", "one"]) and not is_spent(session, ["other"])
        spend(session, "two", LATER, LATER + timedelta(seconds=1))
        assert not is_spent(session, ["one"])


@pytest.mark.usefixtures("any_database")
def test_what_is_signed_for_two_scopes_ends_with_either():
    with open_session() as session:
        stood = generation_of(session, EVERY_LINK, post_scope(12))
        withdraw_scope(session, post_scope(7), NOW)
        assert generation_of(session, EVERY_LINK, post_scope(12)) == stood == 0
        for n, scope in enumerate((post_scope(12), EVERY_LINK, EVERY_LINK), 1):
            withdraw_scope(session, scope, NOW)
            assert generation_of(session, EVERY_LINK, post_scope(12)) == n
