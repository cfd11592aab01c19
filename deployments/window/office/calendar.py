"""The clock that a person vouches for, and the arrangement of a year's holidays, pasted as it was published."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from models.errors import UnclearError
from models.rules.bounds import LONGEST_PASSAGE, year_fault
from models.rules.calendar.arrangement_text import read_arrangement
from models.rules.calendar.days import spans_of
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.office.clock_watch import believe_clock, doubt_now
from tasks.office.holidays import DEEDS, HandedIn, set_one_day, take_in, year_rows

PASTED = "粘贴的通知原文"


def clock_page(asked: Asked) -> Page:
    """Show whether the clock is believed, and ask for the calendar's day where it is not."""
    require_offices_own(asked)
    doubt = doubt_now(asked.moment.now)
    facts = {"doubt": doubt, "note": said(asked, "note"), "fault": fault_in_words(asked)}
    return Page("office_clock.html", facts | {"may_do": may_do(asked)})


def clock_now(asked: Asked) -> Reply:
    """Believe the clock because a person wrote the calendar's day."""
    fields = Fields(asked.form)
    day, note = fields.day("today", "今天的日期"), fields.note("note", "说明")
    fields.require()
    assert day is not None
    line = believe_clock(day, asked.visitor.by, note, asked.moment.now)
    return receipt_or(asked, line, Errand.CLOCK)


def holidays_page(asked: Asked) -> Page:
    """Show what holds this year and the next, and where it comes from."""
    require_offices_own(asked)
    year = asked.moment.today.year
    rows = year_rows([year, year + 1])
    return Page(
        "office_holidays.html", {"rows": rows, "together": spans_of, "may_do": may_do(asked)}
    )


def notice_form(asked: Asked) -> Page:
    """Ask for the text of the notice."""
    typed = {name: said(asked, name) for name in ("text", "number", "year", "sure")}
    return Page("office_notice.html", {"typed": typed, "fault": fault_in_words(asked)})


def notice_now(asked: Asked) -> Reply:
    """Take a notice in, if nothing in it contradicts itself; the same again changes nothing."""
    fields = Fields(asked.form)
    text = fields.passage("text", "通知原文", LONGEST_PASSAGE)
    number = fields.name("number", "文号", needed=False)
    year, sure = fields.number("year", "年份"), fields.ticked("sure")
    fields.require()
    if year and (fault := year_fault(year)):
        raise UnclearError(fault)
    notice = HandedIn("粘贴的通知", number, PASTED, asked.visitor.by, sure)
    line = take_in(read_arrangement(text, year), notice, asked.moment)
    return receipt_or(asked, line, Errand.HOLIDAYS)


def day_form(asked: Asked) -> Page:
    """Ask for the one day that is off, or worked, whatever the year's notice says."""
    typed = {name: said(asked, name) for name in ("day", "deed", "reason")}
    facts = {"typed": typed, "deeds": list(DEEDS), "fault": fault_in_words(asked)}
    return Page("office_day.html", facts)


def day_now(asked: Asked) -> Reply:
    """Set one day; the same again changes nothing."""
    fields = Fields(asked.form)
    day, deed = fields.day("day", "哪一天"), fields.name("deed", "放假还是上班")
    reason = fields.note("reason", "理由")
    fields.require()
    assert day is not None
    line = set_one_day(day, deed, reason, asked.visitor.by, asked.moment)
    return receipt_or(asked, line, Errand.HOLIDAYS)


WAYS = (
    Way("GET", "/c/{slug}/o/clock", clock_page, Right.SEE_ALL),
    Way("POST", "/c/{slug}/o/clock", clock_now, Right.OFFICE, clock_page),
    Way("GET", "/c/{slug}/o/holidays", holidays_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/holidays/notice", notice_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/holidays/notice", notice_now, Right.OFFICE, notice_form),
    Way("GET", "/c/{slug}/o/holidays/day", day_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/holidays/day", day_now, Right.OFFICE, day_form),
)
