"""The form behind 登记进展: what an item is, how it stands, and what is registered of it."""

from dataclasses import dataclass

from sqlmodel import Session

from models.audit.taking_back import last_about
from models.calendar.calendar import work_calendar
from models.campaign.at_hand import item_at_hand
from models.campaign.campaign import campaign_named
from models.campaign.subjects import subject_named
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE, shown, text_fault
from models.rules.calendar.days import read_day
from models.rules.calendar.moment import Moment
from models.rules.lights import light_days
from models.rules.progress import state_named
from models.rules.window.sight import Right
from models.rules.words import Progress
from models.units.unit import Unit
from tasks.campaign.progress import Report, register_report
from tasks.window.at_hand import Answering, HandItem, as_hand_item
from tasks.window.foreign import ForeignError
from tasks.window.taking_back import PROGRESS
from tasks.window.visitors import Visitor

NOT_YOURS = "这一项不归您登记；您的事项见“我的事”"


def form_of(
    slug: str, code: str, unit_id: int | None, visitor: Visitor, moment: Moment
) -> HandItem:
    """Return the item that a form registers: the whole, or with ``unit_id`` one unit's part.

    A unit's own part is meant where it names a whole that another leads. Reads only. Raises
    NotFoundError for what is not there, ForeignError for another's.
    """
    said = _items(slug, code, unit_id, visitor, moment)
    if not said:
        raise NotFoundError(f"没有编号为 {shown(code)} 的事项，或者方案里已经没有这一项")
    may = [one for one in said if one.answering is not Answering.NONE]
    if not may:
        raise ForeignError(NOT_YOURS)
    return may[0]


def forms_of(
    slug: str, code: str, unit_id: int | None, visitor: Visitor, moment: Moment
) -> list[HandItem]:
    """Return what ``visitor`` may register of an item: the whole, the own part, both or nothing; reads only."""
    if Right.ACT not in visitor.rights:
        return []
    said = _items(slug, code, unit_id, visitor, moment)
    return [one for one in said if one.answering in (Answering.TAP, Answering.FORM)]


def _items(
    slug: str, code: str, unit_id: int | None, visitor: Visitor, moment: Moment
) -> list[HandItem]:
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        calendar = work_calendar(session)
        days = light_days(moment.today, calendar)
        rows = [_row(session, key_of(campaign), code, unit_id)]
        if unit_id is None and visitor.unit_id:
            rows += _own_part(session, key_of(campaign), code, visitor.unit_id)
        known = [one for row in rows if row and (one := item_at_hand(session, row, days))]
        return [as_hand_item(one, campaign, visitor, calendar, moment.today) for one in known]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says of an item, as it was typed; an empty ``day`` means today for what is done."""

    state: str
    day: str = ""
    note: str = ""


def register_item(slug: str, item: HandItem, typed: Typed, by: str, moment: Moment) -> int:
    """Register what was ``typed`` of ``item`` as the post ``by``; return how many rows changed.

    Repeatable: the same again changes nothing. Raises ProgressError in one line with every fault; see
    `models.campaign.progress.register`.
    """
    state, faults = state_named(typed.state), []
    if state is None:
        faults.append("请选择进度")
    if fault := text_fault(typed.note, LONGEST_NOTE, lines=True):
        faults.append(f"说明{fault}")
    day = None
    try:
        day = read_day(typed.day) if typed.day.strip() and state is Progress.DONE else None
    except ValueError as error:
        faults.append(f"完成日期{error}")
    if faults or state is None:
        raise ProgressError("；".join(faults))
    unit = item.owner if item.is_part else None
    return register_report(slug, Report(item.code, state, by, unit, day, typed.note), moment)


def last_entry_of(slug: str, item: HandItem, by: str) -> int | None:
    """Return the number of the last registration of ``item`` by the post ``by``, None where another was later."""
    with open_session(read_only=True) as session:
        name = f"{item.code}/{item.owner}" if item.is_part else item.code
        return last_about(session, key_of(campaign_named(session, slug)), PROGRESS, name, by)


def _row(
    session: Session, campaign_id: int, code: str, unit_id: int | None
) -> tuple[str, int] | None:
    """Return the table and number of what a code names; a milestone of a unit has no part beside it."""
    unit = session.get(Unit, unit_id) if unit_id else None
    if unit_id and (unit is None or unit.campaign_id != campaign_id):
        raise NotFoundError("没有这个单位")
    name = f"{code}/{unit.name}" if unit else code
    return next(iter(subject_named(session, campaign_id, name).rows), None)


def _own_part(
    session: Session, campaign_id: int, code: str, unit_id: int
) -> list[tuple[str, int] | None]:
    try:
        return [_row(session, campaign_id, code, unit_id)]
    except NotFoundError:
        return []
