"""Make the days of the annual report milestones, where an office wants them."""

from collections.abc import Sequence

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.campaign.own_milestones import (
    OwnMilestone,
    lay_milestones,
    standing_codes,
    withdraw_milestones,
)
from models.errors import CampaignError
from models.keys import key_of
from models.rules.annual.deadlines import report_days
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind, post_fault


def withdraw_report_days(slug: str | None, year: int, by_post: str, moment: Moment) -> str:
    """Take the two days of the report of ``year`` back, laid for a wrong year; return it in words. Repeatable."""
    if fault := post_fault(by_post, "撤销"):
        raise CampaignError(fault)
    codes = [code for code, _, _ in report_days(year)]
    with writing_to(slug) as (session, campaign):
        if not withdraw_milestones(session, key_of(campaign), codes):
            return f"{campaign.label}：没有排 {year} 年年度报告的节点，没有变动"
        entry = NewEntry(
            by_post.strip(), "report-days-withdrawn", f"{year} 年年度报告", {"codes": codes}
        )
        record(session, key_of(campaign), moment, entry)
        return f"{campaign.label}：已撤销 {'、'.join(codes)}，不再提醒；再排一次就接着算"


def lay_report_days(slug: str | None, year: int, by_post: str, moment: Moment) -> Sequence[str]:
    """Lay the two days of the report of ``year``; return them in words. Repeatable: laid twice they are the same."""
    if fault := post_fault(by_post, "安排"):
        raise CampaignError(fault)
    days = report_days(year)
    with writing_to(slug) as (session, campaign):
        wanted = [
            OwnMilestone(MilestoneKind.DOCUMENT, code, title, due) for code, title, due in days
        ]
        codes = [code for code, _, _ in days]
        if set(codes) - standing_codes(session, key_of(campaign), codes):
            lay_milestones(session, key_of(campaign), wanted)
            entry = NewEntry(
                by_post.strip(), "report-days-laid", f"{year} 年年度报告", {"codes": codes}
            )
            record(session, key_of(campaign), moment, entry)
    return [f"{code} {title}：不晚于 {due}" for code, title, due in days]
