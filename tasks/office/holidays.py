"""Take the State Council's notice on a year's holidays in, from text or a table, and say what holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import HolidayYear, published_days, special_days, work_calendar
from models.calendar.statutory import festival_days
from models.calendar.year import set_day, store_arrangement
from models.campaign.campaign import campaigns, looking_at
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.loading.duties import follow_calendar
from models.notices.seats import passed_over
from models.rules.calendar.arrangement import (
    Arrangement,
    Holiday,
    Reading,
    arrangement_faults,
    doubts,
)
from models.rules.calendar.arrangement_text import festival_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import post_fault

SURE = "原文确实如此的，请写明已核对（--sure，表单里勾选“已核对”）再装入一次"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How a notice came in: its name in faults, its number and source, and who takes it in.

    ``number`` is empty where the text says it. ``sure`` says that its odd make-up days stand so in the
    original.
    """

    subject: str
    number: str
    source: str
    by: str
    sure: bool = False


def take_in(read: Reading, notice: HandedIn, moment: Moment) -> str:
    """Let a notice hold in its year, if nothing in it contradicts itself; the year's earlier one is replaced.

    Return what came of it in one line. Repeatable. Raises PlanError with every fault; nothing is written then.
    """
    found, lines = read.found, list(read.faults)
    if fault := post_fault(notice.by, "装入"):
        lines.append(fault)
    if found is not None:
        found = Arrangement(found.year, notice.number or found.number, found.holidays)
        fixed = festival_days(found.year)
        lines += arrangement_faults(found, fixed)
        if not found.number:
            lines.append("没有文号，请另外写明，如 国办发明电〔2025〕7号")
        elif not notice.sure and not lines and (odd := doubts(found, fixed)):
            lines += [*odd, SURE]
    if lines or found is None:
        raise PlanError(notice.subject, lines)
    with open_session() as session:
        lock_chain(session)
        changed = store_arrangement(session, found, notice.source, notice.by.strip(), moment)
        moved = _duties_follow(session, notice.by.strip(), moment) if changed else 0
    about = f"{found.year} 年放假安排（{found.number}）"
    if changed is None:  # exactly this was known
        return f"{about}此前已装入，0 处变更"
    days = [worked for worked, _ in found.days().values()]
    counted = f"放假 {days.count(False)} 天，调休上班 {days.count(True)} 天"
    line = f"{about}已装入：{counted}，{len(changed)} 天与此前不同"
    return (f"{line}：{'、'.join(changed)}" if changed else line) + _moved(moved)


def _duties_follow(session: Session, by: str, moment: Moment) -> int:
    """Let the duties of every campaign under way follow the calendar; return how many changed their day."""
    session.flush()
    return sum(follow_calendar(session, one, by, moment) for one in campaigns(session))


def _moved(duties: int) -> str:
    return f"；{duties} 次定期报送的时限随之调整" if duties else ""


DEEDS = {"放假": False, "上班": True, "照通知": None}


def set_one_day(day: date, deed: str, reason: str, by: str, moment: Moment) -> str:
    """Let a single day be off, worked, or what the year's notice says; return what came of it.

    It does not make a year known. Raises CampaignError in one line.
    """
    if deed not in DEEDS:
        raise CampaignError(f"写的是“{deed}”，只能是{'、'.join(DEEDS)}")
    if fault := post_fault(by, "登记"):
        raise CampaignError(fault)
    if DEEDS[deed] is not None and not reason.strip():
        raise CampaignError("没有写明理由（如 当地政府通知）")
    with open_session() as session:
        lock_chain(session)
        new = set_day(session, day, DEEDS[deed], reason.strip(), by.strip(), moment)
        moved = _duties_follow(session, by.strip(), moment) if new else 0
        calendar = work_calendar(session)
        known = day.year in calendar.known_years
        works = "上班" if calendar.is_workday(day) else "休息"
    still = "" if known else f"；{not_published([day.year])}"
    if not new:
        return f"{day} 此前就是这样（{works}），0 处变更{still}"
    return f"{day} 已改为{deed}，这一天{works}{_moved(moved)}{still}"


def not_published(years: Sequence[int]) -> str:
    """Return that the arrangements of ``years`` are missing, how days are counted then, and what to do."""
    if not years:
        return ""
    named = "、".join(map(str, years))
    return (
        f"{named} 年放假安排尚未录入，先按周一至周五、减去法定节假日计算（调休未计）；"
        "国务院公布后请用 shifan holidays load 或界面上的“录入放假安排”装入"
    )


USUALLY_FROM = 11  # the month in which a year's notice is usually published: the November before


def notice_missing(calendar: WorkCalendar, today: date) -> str:
    """Return what the office reads every morning while a notice is missing; empty where none is.

    Of the next year from November on, of this year always.
    """
    last = date(today.year + (today.month >= USUALLY_FROM), 12, 31)
    return not_published(calendar.unknown_years(today, last))


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in a list: where its days come from, its holidays, and the days that the office set."""

    year: int
    basis: str
    holidays: Sequence[Holiday]
    single: Sequence[tuple[date, bool, str]]

    def as_json(self) -> dict[str, object]:
        """Return the object that ``--json`` prints."""
        return {
            "year": self.year,
            "basis": self.basis,
            "holidays": [
                {"name": one.name, "off": one.off, "worked": one.worked} for one in self.holidays
            ],
            "single_days": [
                {"day": day, "worked": worked, "reason": reason}
                for day, worked, reason in self.single
            ],
        }


def year_rows(years: Sequence[int]) -> list[YearRow]:
    """Return what holds in each of ``years``."""
    with open_session(read_only=True) as session:
        own = [(one.day, one.working, one.name) for one in special_days(session)]
        return [
            YearRow(year, *_of(session, year), [one for one in own if one[0].year == year])
            for year in years
        ]


def _of(session: Session, year: int) -> tuple[str, Sequence[Holiday]]:
    row = session.get(HolidayYear, year)
    if row is not None:
        basis = f"{row.number}，{row.taken_on} 由{row.taken_by}装入，取自 {row.source}"
        return basis, _grouped(row.each_day())
    if known := published_days(year):
        named = ((day, worked, festival_of(name) or name) for day, worked, name in known)
        return "随程序自带，是国务院公布过的", _grouped(named)
    fixed = festival_days(year)
    return "尚未录入，只有法定节假日", [
        Holiday((name,), tuple(days)) for name, days in fixed.items()
    ]


def _grouped(days: Iterable[tuple[date, bool, str]]) -> list[Holiday]:
    found: dict[str, tuple[list[date], list[date]]] = {}
    for day, worked, name in days:
        found.setdefault(name, ([], []))[worked].append(day)
    holidays = [Holiday((name,), *map(tuple, both)) for name, both in found.items()]
    return sorted(holidays, key=lambda one: one.off)


def years_ahead(slug: str | None, today: date) -> list[int]:
    """Return the years, from today to a campaign's last open day, whose arrangement is not known."""
    with looking_at(slug) as (session, campaign):
        last = passed_over(session, key_of(campaign)).last_due
        return work_calendar(session).unknown_years(today, max(today, last or today))
