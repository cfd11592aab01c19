"""What was foreseen (预计) of a campaign, day by day: tables, and the one writer of them.

A forecast is no fact: it is made anew every morning, seals nothing into the chain and moves nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, delete, insert
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit.chain import lock_chain
from models.database import as_day, run
from models.rules.foresight.values import DaySpan, Forecast, Foreseen
from models.rules.foresight.wording import LIKELY

KEPT_FROM = 0.2  # the least chance to be late that a line is kept for
MILESTONE, ASSIGNMENT, STAGE = "milestone", "assignment", "stage"


class ForecastMade(SQLModel, table=True):
    """A campaign's forecast of a day, one a day; without ``enough`` too little was known, and nothing else is said.

    ``late`` and the days are the campaign's own; None where no end is known.
    """

    __tablename__ = "forecast"
    __table_args__ = (UniqueConstraint("campaign_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    day: date
    made_at: datetime
    enough: bool
    known: int
    late: float | None = None
    half_first: date | None = None
    half_last: date | None = None
    most_first: date | None = None
    most_last: date | None = None


class ForecastLine(SQLModel, table=True):
    """One milestone, assignment or stage (by its ordinal) of a campaign's last forecast; replaced as a whole.

    ``late`` is None of an item that is only named for what it helps: ``gain`` is by how much its completion
    within the week raises the chance of the stage ``helped``. ``due`` is the day that it was foreseen against.
    """

    __tablename__ = "forecast_line"
    __table_args__ = (Index("forecast_line_of", "forecast_id", "what", "late"),)

    id: int | None = Field(default=None, primary_key=True)
    forecast_id: int = Field(foreign_key="forecast.id")
    what: str
    subject_id: int
    due: date | None = None
    late: float | None = None
    gain: float = 0.0
    helped: int = 0
    half_first: date | None = None
    half_last: date | None = None
    most_first: date | None = None
    most_last: date | None = None


class ForecastSaid(SQLModel, table=True):
    """That an item was said to be likely late, for the first time on ``day``, against its day of then.

    By these the forecasts are held to what came of them.
    """

    __tablename__ = "forecast_said"
    __table_args__ = (UniqueConstraint("campaign_id", "what", "subject_id", "due"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    what: str
    subject_id: int
    due: date
    day: date
    late: float


# The day of each item, by whether it is a part, and its id.
Dues = Mapping[tuple[bool, int], date | None]


def keep_forecast(
    session: Session, campaign_id: int, made: Forecast, dues: Dues, now: datetime
) -> None:
    """Keep ``made`` as the campaign's last forecast, in the place of one of the same day.

    As many statements whatever the number of items. Lines of older forecasts go; that they were made, and what
    was likely, stays. A forecast of an earlier day than the last one is kept without lines.
    """
    lock_chain(session)  # two at once would both replace
    connection = session.connection()
    here = select(ForecastMade.id).where(ForecastMade.campaign_id == campaign_id)
    later = session.exec(here.where(ForecastMade.day > made.day).limit(1)).first()
    if not later:
        connection.execute(delete(ForecastLine).where(col(ForecastLine.forecast_id).in_(here)))
    same = delete(ForecastMade).where(
        col(ForecastMade.campaign_id) == campaign_id, col(ForecastMade.day) == made.day
    )
    connection.execute(same)
    said = {"day": made.day, "enough": made.enough, "known": made.known}
    whole = _foreseen(made.campaign) if made.campaign else {}
    row = ForecastMade.model_validate({"campaign_id": campaign_id, "made_at": now, **said, **whole})
    session.add(row)
    session.flush()
    if later:
        return
    if lines := [{**_BLANK, **line, "forecast_id": row.id} for line in _lines(made, dues)]:
        connection.execute(insert(ForecastLine), lines)
    _remember(session, campaign_id, made, dues)


def _remember(session: Session, campaign_id: int, made: Forecast, dues: Dues) -> None:
    """Write down which items are likely late for the first time."""
    likely = {
        (_what(one.part), one.id, due): one.late
        for one in made.items
        if one.late >= LIKELY and (due := dues.get((one.part, one.id)))
    }
    if not likely:
        return
    said = "SELECT what, subject_id, due FROM forecast_said WHERE campaign_id = :campaign"
    for what, subject, due in run(session, said, {"campaign": campaign_id}):
        if day := as_day(due):
            likely.pop((what, subject, day), None)
    rows = [
        {
            "campaign_id": campaign_id,
            "what": what,
            "subject_id": id,
            "due": due,
            "day": made.day,
            "late": late,
        }
        for (what, id, due), late in likely.items()
    ]
    if rows:
        session.connection().execute(insert(ForecastSaid), rows)


_BLANK: Mapping[str, object] = dict.fromkeys(
    ("due", "late", "half_first", "half_last", "most_first", "most_last")
) | {"gain": 0.0, "helped": 0}


def _lines(made: Forecast, dues: Dues) -> Iterator[Mapping[str, object]]:
    """Yield what is kept of each stage, of each item that may be late, and of what helps."""
    for stage in made.stages:
        yield {"what": STAGE, "subject_id": stage.id, **_foreseen(stage)}
    helps = {(one.part, one.id): one for one in made.helps}
    for one in made.items:
        key = (one.part, one.id)
        help_ = helps.pop(key, None)
        if one.late < KEPT_FROM and help_ is None:
            continue
        gain = {"gain": help_.gain, "helped": help_.stage} if help_ else {}
        about = {"what": _what(one.part), "subject_id": one.id, "due": dues.get(key)}
        yield {**about, **_foreseen(one), **gain}
    for key, help_ in helps.items():  # without a day, or past it
        about = {"what": _what(help_.part), "subject_id": help_.id, "due": dues.get(key)}
        yield {**about, "gain": help_.gain, "helped": help_.stage}


def _what(part: bool) -> str:
    return ASSIGNMENT if part else MILESTONE


def _foreseen(one: Foreseen) -> Mapping[str, object]:
    return {"late": one.late, **_days(one.half, one.most)}


def _days(half: DaySpan, most: DaySpan) -> dict[str, date | None]:
    return {
        "half_first": half.first,
        "half_last": half.last,
        "most_first": most.first,
        "most_last": most.last,
    }
