"""The figures of personal numbers hold on seeds of the tests' own."""

from tests.tools.bench_numbers import number_figures


def test_personal_numbers_reach_their_goals_on_other_seeds():
    assert [one for one in number_figures(7_000) if one.margin < 0] == []
