"""Lay out what units owe: each occurrence of a duty and each unit that owes it is a milestone of the unit.

The office's own milestone of such an occurrence is set aside: who owes it is asked once, and by one of them.
"""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.campaign.own_milestones import OwnMilestone, lay_milestones, withdraw_milestones
from models.keys import key_of
from models.plan.schema import Plan
from models.publicity.duties import Owner, owners_now
from models.publicity.slogan import follow_slogans
from models.publicity.submission import submissions_standing
from models.publicity.venue import follow_measures
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind, Progress

GIVEN_OUT = "已分给各单位分别报送，不再单独提醒创建办"


def follow_plan(session: Session, campaign: Campaign, plan: Plan) -> int:
    """Bring venues, slogans and submissions in line with ``plan``; return how many rows changed. Repeatable."""
    campaign_id = key_of(campaign)
    changed = follow_measures(session, campaign_id, plan)
    return (
        changed + follow_slogans(session, campaign_id, plan) + lay_submissions(session, campaign_id)
    )


def lay_submissions(session: Session, campaign_id: int) -> int:
    """Make what units owe as milestones, one for each occurrence and unit; return how many changed.

    Only occurrences that fall due from the day on which the unit began to owe them. What nobody owes any
    more is withdrawn, unless it came. Nothing for a campaign in which no unit owes anything: one statement
    then, six otherwise, whatever their number. Repeatable.
    """
    owners = owners_now(session, campaign_id)
    standing = {one.code: one for one in submissions_standing(session, campaign_id)}
    if not owners and not standing:
        return 0
    occurrences = _occurrences(session, campaign_id)
    wanted = {one.code: one for one in _wanted(owners, occurrences)}
    new = [one for one in wanted.values() if _differs(one, standing.get(one.code))]
    gone = [
        code
        for code, row in standing.items()
        if code not in wanted and row.state in (Progress.OPEN, Progress.STARTED)
    ]
    lay_milestones(session, campaign_id, new)
    withdraw_milestones(session, campaign_id, gone)
    given = {code.rpartition(".")[0] for code in wanted} | {
        code.rpartition(".")[0] for code in standing if code not in gone
    }
    return len(new) + len(gone) + _set_aside(occurrences, given)


def _occurrences(session: Session, campaign_id: int) -> list[Milestone]:
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        Milestone.kind == MilestoneKind.DUTY,
        col(Milestone.withdrawn).is_(False),
    )
    return list(session.exec(query.order_by(col(Milestone.due), col(Milestone.code))))


def _wanted(owners: list[Owner], occurrences: list[Milestone]) -> list[OwnMilestone]:
    by_duty: dict[int, list[Owner]] = defaultdict(list)
    for one in owners:
        by_duty[one.duty].append(one)
    return [
        OwnMilestone(
            MilestoneKind.SUBMISSION,
            f"{row.code}.{owner.number}",
            row.title,
            row.due,
            owner.unit_id,
            row.begin,
            row.stage_id,
        )
        for row in occurrences
        for owner in by_duty.get(int(row.code.split(".")[0][1:]), ())
        if row.due is not None and row.due >= owner.begins
    ]


def _differs(one: OwnMilestone, row: Milestone | None) -> bool:
    return row is None or (row.title, row.due, row.begin, row.unit_id, row.stage_id) != (
        one.title,
        one.due,
        one.begin,
        one.unit_id,
        one.stage_id,
    )


def _set_aside(occurrences: list[Milestone], given: set[str]) -> int:
    """Set aside the office's own milestones of what is given out, and bring back those that are not any more."""
    changed = 0
    for row in occurrences:
        ours = row.state == Progress.DROPPED and row.note == GIVEN_OUT
        if row.code in given and row.state in (Progress.OPEN, Progress.STARTED):
            row.state, row.note = Progress.DROPPED.value, GIVEN_OUT
        elif ours and row.code not in given:
            row.state, row.note = Progress.OPEN.value, ""
        else:
            continue
        changed += 1
    return changed


def lay_and_record(session: Session, campaign: Campaign, by: str, moment: Moment) -> int:
    """Lay out what units owe and say so in the chain where anything changed; return how many did."""
    changed = lay_submissions(session, key_of(campaign))
    if changed:
        session.flush()
        facts = {"changes": changed, "until": str(campaign.duties_until or date.max)}
        said = NewEntry(by, "submissions-laid", campaign.label, facts)
        record(session, campaign.id, moment, said)
    return changed
