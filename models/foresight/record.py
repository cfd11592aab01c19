"""What came of what was foreseen: of what was said to be likely late, how much was."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.rules.foresight.wording import record_in_words


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """Of the items said to be likely late whose day of then has passed: how many there are, how many were late."""

    said: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        """Return it in words; empty while nothing of it has come due."""
        return record_in_words(self.said, self.late)


RECORD = """
    SELECT count(*) AS said,
           count(CASE WHEN coalesce(m.state, a.state) IN ('open', 'started')
                        OR coalesce(m.done_on, a.done_on) > r.due THEN 1 END) AS late
    FROM forecast_said r
    LEFT JOIN milestone m ON r.what = 'milestone' AND m.id = r.subject_id
    LEFT JOIN assignment a ON r.what = 'assignment' AND a.id = r.subject_id
    WHERE r.campaign_id = :campaign AND r.due < :today AND r.due = coalesce(m.due, a.due)
      AND NOT coalesce(m.withdrawn, a.withdrawn) AND coalesce(m.state, a.state) <> 'dropped'"""


def forecast_record(session: Session, campaign_id: int, today: date) -> ForecastRecord:
    """Return what came of the forecasts until ``today``; what was moved, withdrawn or dropped since does not count.

    One statement.
    """
    values = {"campaign": campaign_id, "today": today}
    [found] = found_as(session, ForecastRecord, RECORD, values)
    return found
