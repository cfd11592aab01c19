"""Hold a law test on another day, or not at all."""

from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.errors import CampaignError
from models.rules.calendar.moment import Moment
from models.surveys.due_days import call_off, lay_due
from models.surveys.law_test import LawTest, candidates_of


def move_law_test(
    session: Session, test: LawTest, day: date, said: tuple[str, str], moment: Moment
) -> None:
    """Hold a test on another day, its milestone with it; ``said`` is by whom and why. Repeatable.

    Raises CampaignError once somebody has sat it.
    """
    _require_unsat(session, test, "不能再改日期")
    if test.held_on == day:
        return
    by, reason = said
    test.held_on = day
    session.add(test)
    lay_due(session, test.campaign_id, test.code, test.title, day)
    facts = {"day": day.isoformat(), "reason": reason}
    record(session, test.campaign_id, moment, NewEntry(by, "law-test-moved", test.title, facts))


def call_off_law_test(
    session: Session, test: LawTest, said: tuple[str, str], moment: Moment
) -> None:
    """Call a test off; ``said`` is by whom and why. What was registered stays.

    Raises CampaignError once somebody has sat it, and for a repeat, of which a test has only one.
    """
    _require_unsat(session, test, "不能取消")
    if test.repeat_of is not None:
        raise CampaignError("一次测试只有一次补考，不能取消；要改日期的，用 shifan law-test move")
    by, reason = said
    call_off(session, test.campaign_id, test.code, test.title, moment.today)
    entry = NewEntry(by, "law-test-called-off", test.title, {"reason": reason})
    record(session, test.campaign_id, moment, entry)


def _require_unsat(session: Session, test: LawTest, so: str) -> None:
    if any(one.mark is not None for one in candidates_of(session, test)):
        raise CampaignError(f"第 {test.number} 次测试已有成绩，{so}")
