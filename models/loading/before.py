"""The plan that is loaded already: the later one is read under its numbers, and its days are known."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.campaign.work import WorkItem
from models.plan import breakdown
from models.plan.changes.aligning import Retired, renumbered_stages
from models.plan.changes.likeness import bare
from models.plan.schema import Plan

REVISED = ("修订", "修改", "调整", "变更", "补充", "更新")  # in a title that is another one now


def plan_before(campaign: Campaign) -> Plan | None:
    """Return the plan that a campaign runs on; None for one that has none yet."""
    return Plan.model_validate_json(campaign.plan_json) if campaign.plan_json else None


def retired_in(session: Session, campaign_id: int) -> Retired:
    """Return what left the plan of a campaign earlier."""
    query = select(WorkItem.ordinal, WorkItem.title).where(
        WorkItem.campaign_id == campaign_id, col(WorkItem.withdrawn).is_(True)
    )
    return Retired(dict(session.exec(query).all()))


def days_said(before: Plan, plan: Plan) -> Mapping[str, date | None]:
    """Return what ``before`` said of each day, by the codes that they have in ``plan`` (aligned)."""
    numbers = renumbered_stages(plan, before)
    there = {one.ordinal for one in plan.stages}
    stages = [
        one.model_copy(update={"ordinal": numbers.get(one.ordinal, one.ordinal)})
        for one in before.stages
        if one.ordinal in numbers or one.ordinal in there - {*numbers.values()}
    ]
    renumbered = before.model_copy(update={"stages": stages})
    starts = {f"S{one.ordinal}.START": one.start for one in stages}
    return starts | {one.code: one.due for one in breakdown.milestones(renumbered)}


def is_revision(plan: Plan, before: Plan) -> bool:
    """Say whether ``plan`` is a later document, not the same one read anew: its number, day or title says so."""
    heads = ((plan.document_number, before.document_number), (plan.issued_on, before.issued_on))
    if any(now and was and now != was for now, was in heads):
        return True
    renamed = bare(plan.title) != bare(before.title)
    return renamed and any(word in plan.title for word in REVISED)
