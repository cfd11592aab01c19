"""Recurring duties of a campaign without an end: laid out as far as somebody looks."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, select

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage
from models.campaign.milestone import Milestone
from models.keys import key_of
from models.plan import breakdown
from models.plan.duty_days import calendar_decides, duty_milestones
from models.plan.schema import Plan
from models.publicity.laying import lay_and_record, lay_submissions
from models.rules.calendar.days import days_after
from models.rules.calendar.moment import Moment
from models.rules.lights import begin_by
from models.rules.words import MilestoneKind, Progress

DUTY_POSITION = 100_000  # after everything the plan numbers; among themselves by day
ONE_DAY, DUTIES_LEFT = timedelta(days=1), timedelta(days=60)


def milestone_of(
    planned: breakdown.PlannedMilestone, campaign_id: int, begin: date | None, due: date | None
) -> Milestone:
    """Return a milestone as planned with the days that count; it stands where duties do."""
    return Milestone(
        campaign_id=campaign_id,
        kind=planned.kind.value,
        code=planned.code,
        position=DUTY_POSITION,
        title=planned.title,
        begin=begin,
        begin_by=begin_by(begin, due),
        due=due,
        original_due=planned.due,
    )


def extend_duties(session: Session, campaign: Campaign, today: date) -> int:
    """Lay out recurring duties a year ahead when less than two months of them are left, for units too.

    Returns how many occurrences were added; 0 on nearly every day, without a statement.
    """
    known = campaign.duties_until
    if known is None or today < known - DUTIES_LEFT:
        return 0
    plan = Plan.model_validate_json(campaign.plan_json)
    until = days_after(max(today, known), breakdown.DUTY_DAYS)
    shift = timedelta(days=campaign.shifted_days)
    first, last = known + ONE_DAY - shift, until - shift
    added = list(duty_milestones(plan, first, last, shift, work_calendar(session)))
    _add(session, campaign, added)
    campaign.duties_until = until
    session.flush()
    lay_submissions(session, key_of(campaign))
    return len(added)


def follow_calendar(session: Session, campaign: Campaign, by: str, moment: Moment) -> int:
    """Bring the duties whose days the calendar decides in line with it, for units too; return how many changed.

    Call it where a day came to be worked or off. A day that was moved by decision stays; what is done is not
    withdrawn. Repeatable; the caller holds the chain.
    """
    plan = Plan.model_validate_json(campaign.plan_json)
    decided = {f"D{n}" for n, duty in enumerate(plan.recurring, 1) if calendar_decides(duty)}
    first, until = breakdown.first_day(plan), campaign.duties_until
    if not decided or not first or not until:
        return 0
    shift = timedelta(days=campaign.shifted_days)
    query = select(Milestone).where(
        Milestone.campaign_id == campaign.id, Milestone.kind == MilestoneKind.DUTY
    )
    known = {row.code: row for row in session.exec(query) if row.code.split(".")[0] in decided}
    planned = duty_milestones(plan, first, until - shift, shift, work_calendar(session))
    wanted = {one.code: one for one in planned if one.code.split(".")[0] in decided}
    changed = sum(_moved(row, wanted.get(code), shift) for code, row in known.items())
    new = [one for code, one in wanted.items() if code not in known]
    _add(session, campaign, new)
    lay_and_record(session, campaign, by, moment)
    return changed + len(new)


def _add(
    session: Session, campaign: Campaign, planned: Sequence[breakdown.PlannedMilestone]
) -> None:
    shift = timedelta(days=campaign.shifted_days)
    stages = {
        s.ordinal: s for s in session.exec(select(Stage).where(Stage.campaign_id == campaign.id))
    }
    for one in planned:
        begin, due = (day + shift if day else None for day in (one.begin, one.due))
        new = milestone_of(one, key_of(campaign), begin, due)
        new.stage_id = stages[one.stage].id if one.stage in stages else None
        session.add(new)
    session.flush()


def _moved(row: Milestone, planned: breakdown.PlannedMilestone | None, shift: timedelta) -> bool:
    """Bring a duty's milestone in line with its plan, None where it is due no more; return whether it changed."""
    before = (row.due, row.begin, row.withdrawn)
    row.withdrawn = planned is None and row.state != Progress.DONE
    if planned and planned.due and row.original_due and row.due == row.original_due + shift:
        row.due, row.original_due = planned.due + shift, planned.due
        row.begin = planned.begin + shift if planned.begin else None
        row.begin_by = begin_by(row.begin, row.due)
    return (row.due, row.begin, row.withdrawn) != before
