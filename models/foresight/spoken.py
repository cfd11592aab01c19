"""What is said of the last forecasts in a line: how many items of the month may be late, whose, and the first of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.foresight.shown import OPEN_LINES
from models.rules.foresight.month import end_of_month
from models.rules.foresight.wording import (
    LIKELY,
    month_sentence,
    thing_in_words,
    too_little_in_words,
    unit_sentence,
)

READ = 6  # items of each campaign, one of each thing before a second of any, and of each unit


@dataclass(frozen=True, slots=True)
class SpokenItem:
    """An item due this month that is more probably late than not."""

    code: str
    title: str
    unit: str
    unit_id: int
    late: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is foreseen of a campaign's month: how many may be late, of each unit too, and the first of them."""

    day: date
    enough: bool
    known: int
    likely: int = 0
    of_units: Mapping[int, int] = field(default_factory=dict)
    first: Sequence[SpokenItem] = ()
    first_of_units: Mapping[int, Sequence[SpokenItem]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return it as whoever leads the campaign reads it; that too little is known is said."""
        if not self.enough:
            return too_little_in_words()
        named = {
            one.code: thing_in_words(one.code, one.title, one.unit) for one in self.first[::-1]
        }
        return month_sentence(self.likely, list(named.values())[::-1])

    @property
    def dated(self) -> str:
        """Return the sentence with the day that it was foreseen on."""
        return f"{self.sentence}（{self.day} 的预计）"

    @property
    def line(self) -> str:
        """Return the sentence that stands in a letter; empty where there is nothing to be said."""
        return self.sentence if self.enough and self.likely else ""

    def of_unit(self, unit_id: int | None) -> str:
        """Return the line for a unit, of its own items alone; empty where none of them may be late."""
        count = self.of_units.get(unit_id or 0, 0)
        if not (unit_id and self.enough and count):
            return ""
        codes = dict.fromkeys(one.code for one in self.first_of_units.get(unit_id, ()))
        return unit_sentence(count, list(codes))


@dataclass(frozen=True, slots=True)
class _Row:
    campaign_id: int
    day: date
    enough: bool
    known: int
    code: str | None
    title: str | None
    unit: str | None
    unit_id: int | None
    late: float | None
    of_all: int | None
    place: int | None
    of_unit: int | None
    place_of_unit: int | None


_ORDER = "ORDER BY late DESC, due, code, line_id"
_SPOKEN = f"""
    WITH latest AS (SELECT f.* FROM forecast f
                    WHERE f.campaign_id IN :these AND f.day BETWEEN :since AND :today AND NOT EXISTS (
                        SELECT 1 FROM forecast g WHERE g.campaign_id = f.campaign_id AND g.day > f.day
                          AND g.day <= :today)),
    open_line AS ({OPEN_LINES}),
    ranked AS (SELECT o.*, row_number() OVER (PARTITION BY campaign_id, code {_ORDER}) AS part
               FROM open_line o WHERE late >= :likely AND due <= :month_end),
    placed AS (SELECT r.*, count(*) OVER (PARTITION BY campaign_id) AS of_all,
                      row_number() OVER (PARTITION BY campaign_id {_ORDER.replace("BY", "BY part,")}) AS place,
                      count(*) OVER (PARTITION BY campaign_id, unit_id) AS of_unit,
                      row_number() OVER (PARTITION BY campaign_id, unit_id {_ORDER}) AS place_of_unit
               FROM ranked r)
    SELECT f.campaign_id, f.day, f.enough, f.known, p.code, p.title, p.unit, p.unit_id, p.late,
           p.of_all, p.place, p.of_unit, p.place_of_unit
    FROM latest f
    LEFT JOIN placed p ON p.campaign_id = f.campaign_id AND (p.place <= :named OR p.place_of_unit <= :named)
    ORDER BY f.campaign_id, p.place"""  # noqa: S608


def spoken_forecasts(
    session: Session, campaign_ids: Sequence[int], since: date, today: date
) -> dict[int, Spoken]:
    """Return what is foreseen of the month of ``today`` by campaign, from the last forecast of ``since`` or later.

    One statement for all campaigns; what is done, moved or overdue since is left out. A campaign without such a
    forecast is not in it.
    """
    if not campaign_ids:
        return {}
    values = {"these": tuple(campaign_ids), "since": since, "today": today, "likely": LIKELY}
    values |= {"month_end": end_of_month(today), "named": READ}
    rows: dict[int, list[_Row]] = {}
    for row in found_as(session, _Row, _SPOKEN, values):
        rows.setdefault(row.campaign_id, []).append(row)
    return {one: _spoken(found) for one, found in rows.items()}


def _spoken(rows: Sequence[_Row]) -> Spoken:
    head, likely = rows[0], [row for row in rows if row.code is not None]
    of_units: dict[int, list[SpokenItem]] = {}
    for row in likely:
        if (row.place_of_unit or 0) <= READ:
            of_units.setdefault(row.unit_id or 0, []).append(_item(row))
    return Spoken(
        head.day,
        head.enough,
        head.known,
        head.of_all or 0,
        {row.unit_id or 0: row.of_unit or 0 for row in likely},
        [_item(row) for row in likely if (row.place or 0) <= READ],
        of_units,
    )


def _item(row: _Row) -> SpokenItem:
    return SpokenItem(
        row.code or "", row.title or "", row.unit or "", row.unit_id or 0, row.late or 0.0
    )
