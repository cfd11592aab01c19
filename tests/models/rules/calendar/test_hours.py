"""When a message may go out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.calendar.hours import may_go_at
from models.rules.calendar.workdays import WorkCalendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("2025-07-21T08:30", "2025-07-21T08:30"),  # the morning begins
        ("2025-07-21T08:29", "2025-07-21T08:30"),  # a minute early waits that minute
        ("2025-07-21T17:59", "2025-07-21T17:59"),
        ("2025-07-21T18:00", "2025-07-22T08:30"),  # the evening waits for the next morning
        ("2025-07-18T20:00", "2025-07-21T08:30"),  # Friday evening for Monday
        ("2025-07-19T10:00", "2025-07-21T08:30"),  # a Saturday for Monday
    ],
)
def test_a_message_waits_for_office_hours(said, goes):
    assert may_go_at(at(said), WorkCalendar()) == at(goes)
