"""Which venue shows which slogan in which week: as a workbook, or as Word or PDF for printing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.files.whole_file import write_whole
from models.keys import key_of
from models.publicity.slogan import slogans_shown
from models.publicity.venue import venue_lines
from models.rules.calendar.days import days_after
from models.rules.calendar.moment import Moment
from models.rules.publicity.rotation import rotation
from models.rules.words import OFFICE, Progress
from notifications.paper_blocks import Block, Draft, Grid, Kind, Line
from tasks.papers.pdf import pdf_of
from tasks.papers.word.document import word_file
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

MOST_WEEKS = 53
ROTATION = Sheet(
    "标语轮换",
    (
        Column("周", width=25),
        Column("单位", width=20),
        Column("场所", width=24),
        Column("标语序号", width=9),
        Column("标语", width=60),
    ),
    title="宣传标语轮换表",
    note="按周轮换：同一周各场所依次错开，每个场所每周往下轮一条，轮完从头再来。",
    still=3,
)


@dataclass(frozen=True, slots=True)
class ShownThere:
    """What a venue shows in a week; ``number`` is the slogan's, from 1."""

    week: str
    unit: str
    venue: str
    number: int
    slogan: str

    @property
    def row(self) -> tuple[str, ...]:
        """Return it as a row of the list."""
        return self.week, self.unit, self.venue, str(self.number), self.slogan


@dataclass(frozen=True, slots=True)
class RotationList:
    """What every venue shows, week by week, in the fixed order of units and venues."""

    title: str
    shown: Sequence[ShownThere]


def rotation_list(
    slug: str | None, moment: Moment, first: date | None = None, weeks: int = 4
) -> RotationList:
    """Return what each venue shows in ``weeks`` weeks (at most 53) from that of ``first`` (today) on.

    The same slogans, venues and days always give the same. Raises NotFoundError where there are no
    slogans or no venues.
    """
    with looking_at(slug) as (session, campaign):
        slogans = slogans_shown(session, key_of(campaign))
        venues = [
            (one.unit, one.name)
            for one in venue_lines(session, key_of(campaign))
            if one.state is not Progress.DROPPED
        ]
        label = campaign.label
    if not slogans:
        raise NotFoundError(
            "还没有标语，先用 shifan publicity slogans export 导出，填好后 load 装入"
        )
    if not venues:
        raise NotFoundError(
            "还没有宣传场所，先用 shifan publicity venues export 导出，填好后 load 装入"
        )
    shown = [
        ShownThere(_week(one.monday), *venues[one.venue], one.slogan + 1, slogans[one.slogan])
        for one in rotation(
            len(venues), len(slogans), first or moment.today, min(weeks, MOST_WEEKS)
        )
    ]
    return RotationList(f"{label}：宣传标语轮换表", shown)


def write_rotation(found: RotationList, path: Path, moment: Moment) -> str:
    """Write the list as Word or PDF where ``path`` ends so, else as a workbook; return what to know of it."""
    if path.suffix.lower() not in (".docx", ".pdf"):
        write_workbook(path, [ROTATION.filled([one.row for one in found.shown], found.title)])
        return ""
    draft = _draft(found)
    content, said = word_file(draft, moment.now, OFFICE), ""
    if path.suffix.lower() == ".pdf":
        content, said = pdf_of(content, draft, draft.title, moment.now)
    write_whole(path, content)
    return said


def _draft(found: RotationList) -> Draft:
    blocks: list[Block] = [Line(Kind.TITLE, (found.title.rpartition("：")[2],))]
    for week, of_week in groupby(found.shown, key=lambda one: one.week):
        rows = tuple(
            ((one.unit,), (one.venue,), (f"{one.number}. {one.slogan}",)) for one in of_week
        )
        blocks.append(Line(Kind.HEADING_2, (week,)))
        blocks.append(Grid(("单位", "场所", "标语"), rows, (5, 6, 13)))
    return Draft(found.title, blocks, wide=True)


def _week(monday: date) -> str:
    sunday = days_after(monday, 6)
    return f"{monday.year}年{monday.month}月{monday.day}日至{sunday.month}月{sunday.day}日"
