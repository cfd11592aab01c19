"""A campaign and an item in words, as results name them: 金昌 2025 · W5 加大简政放权力度."""

from models.campaign.campaign import Campaign, campaigns, kinds_in_words, looking_at
from models.campaign.subjects import owners_of, subject_named
from models.database import open_session
from models.decisions.decision import Decision
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.words import OFFICE, CampaignState


def campaign_in_words(slug: str | None) -> str:
    """Return what the campaign that ``slug`` names is called."""
    with looking_at(slug) as (_, campaign):
        return campaign.label


def item_for_form(slug: str | None, code: str, unit: str = "") -> str:
    """Return what a form shows of an item so that nobody takes another for it: title, owner, due day.

    Raises NotFoundError for one that is none.
    """
    with looking_at(slug) as (session, campaign):
        subject = f"{code}/{unit}" if unit else code
        found = subject_named(session, key_of(campaign), subject)
        owner = unit or "、".join(owners_of(session, found)) or OFFICE
        due = f"{found.due.isoformat()} 前" if found.due else "没有时限"
        return f"{shown(found.title)}（{owner}，{due}）"


def item_in_words(slug: str | None, subject: str) -> str:
    """Return the campaign, code and title of an item; raises NotFoundError for one that is none."""
    with looking_at(slug) as (session, campaign):
        found = subject_named(session, key_of(campaign), subject)
        return f"{campaign.label} · {found.name} {found.title}"


def campaign_of_decision(number: int) -> str:
    """Return what the campaign is called that question ``number`` is about; empty for none."""
    with open_session(read_only=True) as session:
        decision = session.get(Decision, number)
        return session.get_one(Campaign, decision.campaign_id).label if decision else ""


def ended_in_words() -> list[str]:
    """Return a line that names the closed campaigns, which are not shown unasked; empty for none."""
    with open_session(read_only=True) as session:
        closed = [c for c in campaigns(session, ended=True) if c.state == CampaignState.CLOSED]
        kinds, names = kinds_in_words(closed), "、".join(one.label for one in closed)
    return [f"已结束的{kinds}：{names}（用 --campaign 查看）"] if closed else []


def none_under_way() -> str:
    """Return what to say where no campaign is under way: none was loaded, or all have ended."""
    with open_session(read_only=True) as session:
        if campaigns(session, ended=True):
            return "没有进行中的创建活动或工作计划，已结束的见 shifan campaign list"
    return "还没有创建活动或工作计划，请先运行 shifan plan load 文件或方案包"
