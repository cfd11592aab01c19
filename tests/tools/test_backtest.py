"""The backtest measures what it says, and a forecast that is spoiled does not pass it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from models.rules.foresight.forecasting import forecast
from models.rules.foresight.values import Forecast
from tests.tools.backtest import SKILL, Cases, cases_of, table_of
from tests.tools.backtest_campaigns import KINDS, as_known_on, campaigns, published

CALENDAR = published()


@pytest.fixture(scope="module")
def few():
    return list(campaigns(2 * len(KINDS), CALENDAR))


def test_the_forecasts_are_nearer_than_the_base_rate_and_than_red_at_a_third(few):
    cases = cases_of(few, CALENDAR)

    assert cases.skill > SKILL
    assert cases.skill_over_red > SKILL
    assert cases.auc > 0.75
    assert len(table_of(cases)) > 8


def test_a_spoiled_forecast_is_found_out(few):
    def upside_down(*asked: object, **more: object) -> Forecast:
        found = forecast(*asked, **more)  # type: ignore[arg-type]
        turned: Sequence[object] = [replace(one, late=1 - one.late) for one in found.items]
        return replace(found, items=turned)

    assert cases_of(few, CALENDAR, upside_down).faults()


def test_nothing_of_what_came_later_is_known_at_a_cut(few):
    for campaign in few:
        for day in campaign.cuts:
            assert all(one.done is None or one.done <= day for one in as_known_on(campaign, day))


@pytest.mark.parametrize(
    ("said", "late", "brier", "auc"),
    [
        ([1.0, 0.0], [1.0, 0.0], 0.0, 1.0),
        ([0.0, 1.0], [1.0, 0.0], 1.0, 0.0),
        ([0.5, 0.5], [1.0, 0.0], 0.25, 0.5),
        ([0.9, 0.2, 0.2], [1.0, 1.0, 0.0], (0.01 + 0.64 + 0.04) / 3, 0.75),
    ],
)
def test_the_scores_are_those_of_the_books(said, late, brier, auc):
    cases = Cases(np.array(said), np.array(late), np.array(late))

    assert cases.brier(cases.said) == pytest.approx(brier)
    assert cases.auc == pytest.approx(auc)
