"""What the board shows of the last forecast, beside the stages: one statement for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.campaign.campaign import Stage
from models.database import found_as
from models.foresight.record import RECORD, ForecastRecord
from models.rules.foresight.month import end_of_month
from models.rules.foresight.wording import LIKELY
from models.rules.words import OFFICE

SHOWN_DAYS = 7  # a forecast that is older is not shown
MOST = 5  # things that may be late, each with all its parts


@dataclass(frozen=True, slots=True)
class Days:
    """The days within which something will probably be done: as probable as not, and four times in five."""

    half_first: date | None
    half_last: date | None
    most_first: date | None
    most_last: date | None


@dataclass(frozen=True, slots=True)
class LikelyItem:
    """An open item that may be late, the most probable of the ``parts`` of its thing that may be.

    ``gain`` is by how much its completion now helps the stage ``helped``.
    """

    code: str
    title: str
    unit: str
    unit_id: int
    due: date | None
    late: float | None
    gain: float
    helped: int
    days: Days
    parts: int = 1


@dataclass(frozen=True, slots=True)
class StageForecast:
    """A stage of the last forecast, or the campaign (ordinal 0, no name)."""

    ordinal: int
    name: str
    late: float
    days: Days
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ShownForecast:
    """The last forecast as it still holds: what is done, moved or overdue since is not in it.

    ``likely`` counts the items due within the month of the day it is read on that are more probably late than not.
    """

    day: date
    enough: bool
    known: int
    likely: int
    campaign: StageForecast | None
    stages: Sequence[StageForecast]
    items: Sequence[LikelyItem]
    helps: Sequence[LikelyItem]
    record: ForecastRecord = ForecastRecord()


@dataclass(frozen=True, slots=True)
class _Row:
    what: str
    number: int
    code: str
    title: str
    unit: str
    unit_id: int
    status: str
    first_day: date | None
    last_day: date | None
    truth: bool
    late: float | None
    gain: float
    helped: int
    half_first: date | None
    half_last: date | None
    most_first: date | None
    most_last: date | None
    place: int
    said: int
    said_late: int

    @property
    def days(self) -> Days:
        return Days(self.half_first, self.half_last, self.most_first, self.most_last)


_DAYS = "{t}.half_first, {t}.half_last, {t}.most_first, {t}.most_last"
# The day, the state and the owner of an item are those of now.
OPEN_LINES = f"""
    SELECT f.campaign_id, l.id AS line_id, l.what, coalesce(m.code, {ASSIGNED_CODE}) AS code,
           coalesce(m.title, w.title, i.title) AS title, coalesce(u.name, '{OFFICE}') AS unit,
           coalesce(u.id, 0) AS unit_id, l.due, CASE WHEN l.due >= :today THEN l.late END AS late,
           l.gain, l.helped, {_DAYS.format(t="l")}
    FROM latest f
    JOIN forecast_line l ON l.forecast_id = f.id AND l.what <> 'stage'
    LEFT JOIN milestone m ON l.what = 'milestone' AND m.id = l.subject_id
    LEFT JOIN assignment a ON l.what = 'assignment' AND a.id = l.subject_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN unit u ON u.id = coalesce(m.unit_id, a.unit_id)
    WHERE coalesce(m.state, a.state) IN ('open', 'started') AND NOT coalesce(m.withdrawn, a.withdrawn)
      AND (l.due = coalesce(m.due, a.due) OR (l.due IS NULL AND coalesce(m.due, a.due) IS NULL))"""  # noqa: S608
_SHOWN = f"""
    WITH latest AS (SELECT * FROM forecast
                    WHERE campaign_id = :campaign AND day BETWEEN :since AND :today
                    ORDER BY day DESC LIMIT 1),
    open_line AS ({OPEN_LINES}),
    ranked AS (SELECT o.*, count(late) OVER (PARTITION BY code) AS parts,
                      row_number() OVER (PARTITION BY code ORDER BY coalesce(late, 0) DESC, due, unit_id, line_id) AS part
               FROM open_line o),
    placed AS (SELECT r.*, row_number() OVER (ORDER BY part, coalesce(late, 0) DESC, due, code, line_id) AS place
               FROM ranked r)
    SELECT 'stage' AS what, s.ordinal AS number, '' AS code, s.name AS title, '' AS unit, 0 AS unit_id,
           s.status AS status, s.planned_start AS first_day, s.planned_end AS last_day,
           s.open_ended AS truth, l.late AS late, coalesce(l.gain, 0.0) AS gain, 0 AS helped,
           {_DAYS.format(t="l")}, s.ordinal AS place, 0 AS said, 0 AS said_late
    FROM stage s
    LEFT JOIN forecast_line l ON l.what = 'stage' AND l.subject_id = s.ordinal
      AND l.forecast_id = (SELECT id FROM latest)
    WHERE s.campaign_id = :campaign AND s.status <> 'withdrawn'
    UNION ALL
    SELECT 'forecast', f.known, '', '', '', 0, '', f.day, f.day, f.enough, f.late, 0.0,
           (SELECT CAST(count(*) AS INTEGER) FROM open_line WHERE late >= :likely AND due <= :month_end),
           {_DAYS.format(t="f")}, 0, CAST(r.said AS INTEGER), CAST(r.late AS INTEGER)
    FROM latest f CROSS JOIN ({RECORD}) AS r
    UNION ALL
    SELECT 'item', CASE WHEN part = 1 AND place <= :most AND late IS NOT NULL THEN CAST(parts AS INTEGER) ELSE 0 END, code, title, unit, unit_id, '', due, due, true, late, gain, helped,
           {_DAYS.format(t="p")}, CAST(place AS INTEGER), 0, 0
    FROM placed p WHERE (part = 1 AND place <= :most AND late IS NOT NULL) OR gain > 0
    ORDER BY what, place"""  # noqa: S608


def stages_and_forecast(
    session: Session, campaign_id: int, today: date
) -> tuple[list[Stage], ShownForecast | None]:
    """Return the stages in the plan's order, and the last forecast as it holds on ``today``; one statement at any size.

    Without a forecast of the last `SHOWN_DAYS` there is None. The stages are values: no rows of the session.
    """
    values = {
        "campaign": campaign_id,
        "today": today,
        "since": today - timedelta(days=SHOWN_DAYS),
        "month_end": end_of_month(today),
        "likely": LIKELY,
        "most": MOST,
    }
    rows = found_as(session, _Row, _SHOWN, values)
    stages = [_stage(row) for row in rows if row.what == "stage"]
    heads = [row for row in rows if row.what == "forecast"]
    return stages, _forecast(heads[0], rows) if heads else None


def _stage(row: _Row) -> Stage:
    return Stage(
        campaign_id=0,
        ordinal=row.number,
        kind="",
        name=row.title,
        status=row.status,
        planned_start=row.first_day,
        planned_end=row.last_day,
        open_ended=row.truth,
    )


def _forecast(head: _Row, rows: Sequence[_Row]) -> ShownForecast:
    foreseen = [
        StageForecast(
            row.number if row.what == "stage" else 0,
            row.title,
            row.late,
            row.days,
            row.last_day if row.what == "stage" and not row.truth else None,
        )
        for row in rows
        if row.what != "item" and row.late is not None and row.status != "closed"
    ]
    items = [
        LikelyItem(
            row.code,
            row.title,
            row.unit,
            row.unit_id,
            row.first_day,
            row.late,
            row.gain,
            row.helped,
            row.days,
            row.number,
        )
        for row in rows
        if row.what == "item"
    ]
    assert head.first_day is not None
    return ShownForecast(
        head.first_day,
        head.truth,
        head.number,
        head.helped,
        next((one for one in foreseen if not one.ordinal), None),
        [one for one in foreseen if one.ordinal],
        [one for one in items if one.parts],
        sorted((one for one in items if one.gain > 0), key=lambda one: -one.gain),
        ForecastRecord(head.said, head.said_late),
    )
