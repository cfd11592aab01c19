"""The demonstration: a real plan moved to today, with made-up progress; nothing of it is sent."""

from datetime import date, timedelta

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import work_calendar
from models.campaign.campaign import any_campaign, campaign_named
from models.campaign.milestone import milestones_of
from models.campaign.progress import Report, register
from models.database import open_session
from models.keys import key_of
from models.loading.plan import StoredPlan, store_plan
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind, Progress
from models.settings import moment_of
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, read_plan

PACK, SLUG = "jinchang-2025", "样例"
DAYS_BEFORE_TODAY = 50  # today is the 41st day of a second stage of 51
POST = "演示联络员"

# Made up, the same every time: work items by their number in fours, as a real campaign is half way.
BY_REST = {0: Progress.DONE, 1: Progress.STARTED, 2: Progress.STARTED, 3: Progress.OPEN}
NOT_DONE = {"S1.4", "S1.END"}  # the launch left one step behind, so that a slip can be seen


def load_demo(moment: Moment) -> StoredPlan | None:
    """Load the demonstration into an empty database; None when there is a campaign already."""
    plan = read_plan(find_plan(PACK))
    with open_session() as session:
        lock_chain(session)
        if any_campaign(session):  # one that was removed does not come back
            return None
        start = moment.today - timedelta(days=DAYS_BEFORE_TODAY)
        stored = store_plan(session, plan, slug=SLUG, start=start, moment=moment, is_demo=True)
        campaign_id = key_of(campaign_named(session, SLUG))
        for report in _made_up(session, campaign_id, moment.today):
            register(session, campaign_id, report, moment=moment)
        worked = work_calendar(session).last_workday(moment.today)
    patrol_campaign(
        SLUG, moment_of(moment.now, worked)
    )  # on a Sunday the demonstration shows Friday's stages
    return stored


def _made_up(session: Session, campaign_id: int, today: date) -> list[Report]:
    reports = []
    for milestone in milestones_of(session, campaign_id):
        if milestone.kind == MilestoneKind.WORK_ITEM:
            number = int(milestone.code.removeprefix("W"))
            state = BY_REST[number % 4]
            done_on = today - timedelta(days=number % 9) if state is Progress.DONE else None
            reports.append(Report(milestone.code, state, POST, done_on=done_on, note="演示"))
        elif milestone.due and milestone.due < today and milestone.code not in NOT_DONE:
            reports.append(Report(milestone.code, Progress.DONE, POST, done_on=milestone.due))
    return reports
