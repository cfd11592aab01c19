"""Set what an office's briefings look like, and say what is set."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.papers.briefings.settings import (
    BriefingSetting,
    change_setting,
    office_of,
    setting_of,
    title_of,
)
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault


@dataclass(frozen=True, slots=True)
class NewLook:
    """What an office says of its briefings; None for what stays as it is."""

    title: str | None = None
    office: str | None = None
    report_to: str | None = None
    send_to: str | None = None
    issue_to: str | None = None
    copies: int | None = None
    yearly: bool | None = None
    starts_at: int | None = None
    weekly: bool | None = None


def set_briefings(slug: str | None, new: NewLook, by_post: str, moment: Moment) -> bool:
    """Let what ``new`` says count from now on; False where it is set already. Repeatable.

    Raises CampaignError where issues would come to bear a number twice.
    """
    if fault := post_fault(by_post, "设置"):
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        old = setting_of(session, campaign)
        said = {name: getattr(new, name) for name in NewLook.__slots__}
        kept = {
            name: getattr(old, name) if value is None else value for name, value in said.items()
        }
        wanted = BriefingSetting(
            campaign_id=old.campaign_id, set_at=moment.now, set_by=by_post.strip(), **kept
        )
        return change_setting(session, campaign, wanted, moment)


def look_rows(slug: str | None) -> Sequence[tuple[str, str]]:
    """Return what is set, in words, a row each."""
    with looking_at(slug) as (session, campaign):
        one = setting_of(session, campaign)
        return _rows(one, title_of(one, campaign), office_of(one, campaign))


def _rows(one: BriefingSetting, title: str, office: str) -> Sequence[tuple[str, str]]:
    sent = (("报", one.report_to), ("送", one.send_to), ("发", one.issue_to))
    counted = "按年编号" if one.yearly else f"连续编号，从第 {one.starts_at} 期起"
    return [
        ("名称", title),
        ("编发单位", office),
        *((word, value or "（没有设）") for word, value in sent),
        ("共印", f"{one.copies} 份" if one.copies else "（没有设）"),
        ("编号", counted),
        ("每周出稿", "是，每周最后一个工作日" if one.weekly else "否"),
    ]
