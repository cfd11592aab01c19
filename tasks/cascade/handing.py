"""Hand an item down and take it back, from the city's side; say which unit does it, from the county's."""

from models.campaign.campaign import campaign_named, writing_to
from models.campaign.campaign import open_campaign as open_one
from models.cascade.handing import give_to_unit, hand_down, take_back
from models.errors import ProgressError
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE, post_fault


def hand_item_down(slug: str | None, code: str, to: str, by: str, moment: Moment) -> str:
    """Hand the item ``code`` down to the campaign ``to``; return it in words. Repeatable."""
    if fault := post_fault(by, "交办"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        child = open_one(session, to)
        row = hand_down(session, campaign, child, code, (by.strip(), moment))
        due = f"，{row.due} 前" if row.due else "，没有时限"
        return (
            f"{campaign.label}：{code.strip().upper()} 已交办给“{child.label}”，在那里是 {row.code}{due}；"
            "办到哪一步由下级登记，本级的这一项由本级自己登记"
        )


def take_item_back(
    slug: str | None, code: str, child: str, by: str, reason: str, moment: Moment
) -> str:
    """Take an item back from the campaign ``child``; return it in words."""
    faults = [post_fault(by, "收回"), "" if reason.strip() else "没有写明理由（--reason）"]
    if any(faults):
        raise ProgressError("；".join(filter(None, faults)))
    with writing_to(slug) as (session, campaign):
        below = campaign_named(session, child)
        row = take_back(session, campaign, below, code, (by.strip(), reason.strip(), moment))
        return (
            f"{campaign.label}：{code.strip().upper()} 已从“{below.label}”收回，"
            f"那里的 {row.code} 不再提醒；登记过的都留着，再交办就接着办"
        )


def give_item(slug: str | None, code: str, unit: str, by: str, moment: Moment) -> str:
    """Let a unit answer for an item from above, the office again without one; return it in words. Repeatable."""
    if fault := post_fault(by, "安排"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        row, new = give_to_unit(session, campaign, code, unit.strip(), (by.strip(), moment))
        who = unit.strip() or OFFICE
        done = f"由{who}负责" if new else f"本来就由{who}负责，没有变动"
        return f"{campaign.label}：{row.code} {row.title}，{done}"
