from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.proof import ProofStanding, due_after, fell_on

SHANGHAI = ZoneInfo("Asia/Shanghai")
RETURNED = ProofStanding(demands=2, wanted=2, whole_fell=True)


@pytest.mark.parametrize(
    ("standing", "lost", "stands"),
    [
        (RETURNED, True, False),
        # nothing was ever handed in: counted apart, and never taken back
        (ProofStanding(demands=2, wanted=2), False, False),
        # a piece for the whole part stands: the returned one was not needed
        (ProofStanding(2, 2, whole=True, fell=2), False, True),
        # each demand has a piece of its own: the returned whole one is not needed either
        (ProofStanding(2, 2, proved=2, whole_fell=True), False, True),
        (ProofStanding(2, 2, proved=1, whole_fell=True), True, False),
        # one demand of two lost its only piece
        (ProofStanding(2, 2, proved=1, fell=1), True, False),
        # an item without demands is proved by the piece for the whole part
        (ProofStanding(whole_fell=True), True, False),
        (ProofStanding(whole=True), False, True),
        # nothing is to be shown for the item (any more)
        (ProofStanding(demands=2, wanted=0, whole_fell=True), False, True),
    ],
)
def test_a_part_is_proved_as_long_as_what_it_needs_stands(standing, lost, stands):
    assert (standing.lost, standing.stands) == (lost, stands)


@pytest.mark.parametrize(
    ("due", "fell", "until"),
    [
        (date(2025, 6, 1), date(2025, 7, 1), date(2025, 7, 8)),  # five working days on
        (date(2025, 7, 8), date(2025, 7, 1), date(2025, 7, 8)),
        (date(2025, 7, 9), date(2025, 7, 1), date(2025, 7, 9)),  # its own day is later
        (None, date(2025, 7, 1), date(2025, 7, 8)),
        (date(2025, 6, 1), date(2025, 7, 5), date(2025, 7, 11)),  # a Saturday: to the Friday
    ],
)
def test_a_working_week_begins_with_the_day_on_which_the_proof_fell(due, fell, until):
    assert due_after(due, fell, WorkCalendar()) == until


def test_the_last_thing_that_fell_counts_by_the_offices_clock():
    late = datetime(2025, 7, 1, 17, 0, tzinfo=UTC)  # one in the morning of the 2nd

    assert fell_on(late, None, SHANGHAI) == date(2025, 7, 2)
    assert fell_on(late, date(2025, 7, 3), SHANGHAI) == date(2025, 7, 3)
    assert fell_on(None, None, SHANGHAI) is None
