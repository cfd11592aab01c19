"""When the indicators are due: they stand in no plan's list of tasks."""

from datetime import date

import pytest

from models.plan.breakdown import Span, indicator_days

LAUNCH = Span("launch", date(2025, 6, 1), date(2025, 6, 20))
FIRST = Span("implementation", date(2025, 6, 11), date(2025, 7, 31))
SECOND = Span("implementation", date(2025, 8, 1), date(2025, 9, 30))
OPEN = Span("implementation", date(2025, 8, 1), None)
LAST = Span("acceptance", date(2025, 11, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([LAUNCH, FIRST, LAST], (date(2025, 6, 11), date(2025, 7, 31))),
        ([FIRST, SECOND], (date(2025, 6, 11), date(2025, 9, 30))),  # the last of its kind
        ([FIRST, OPEN], (date(2025, 6, 11), date(2025, 7, 31))),  # an open end is no day
        ([LAUNCH, OPEN, LAST], (date(2025, 8, 1), date(2025, 12, 31))),  # the last dated stage
        ([LAUNCH, LAST], (date(2025, 6, 1), date(2025, 12, 31))),  # no implementation
        ([Span("acceptance", None, None)], (None, None)),
        ([], (None, None)),
    ],
)
def test_indicators_are_due_when_the_implementation_ends(spans, days):
    assert indicator_days(spans) == days
