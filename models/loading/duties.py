"""Recurring duties of a campaign without an end: laid out as far as somebody looks."""

from datetime import date, timedelta

from sqlmodel import Session, select

from models.campaign.campaign import Campaign, Stage
from models.campaign.milestone import Milestone
from models.keys import key_of
from models.plan import breakdown
from models.plan.schema import Plan
from models.publicity.laying import lay_submissions
from models.rules.calendar.days import days_after
from models.rules.lights import begin_by

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
    stages = {
        s.ordinal: s for s in session.exec(select(Stage).where(Stage.campaign_id == campaign.id))
    }
    added = list(breakdown.duty_milestones(plan, first, last, shift))
    for one in added:
        begin, due = (day + shift if day else None for day in (one.begin, one.due))
        new = milestone_of(one, key_of(campaign), begin, due)
        new.stage_id = stages[one.stage].id if one.stage in stages else None
        session.add(new)
    campaign.duties_until = until
    session.flush()
    lay_submissions(session, key_of(campaign))
    return len(added)
