"""Which campaign a list belongs to: it says so in its title, and comes back to no other."""

import re
from contextlib import suppress
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import (
    Campaign,
    campaign_named,
    campaigns,
    kinds_in_words,
    open_campaign,
)
from models.errors import NotFoundError, PlanError
from models.rules.campaign_names import DEMO, folded
from tasks.workbook.cells import as_text
from tasks.workbook.reading import Book

VENUES, ITEMS, WORDINGS, SLOGANS = "宣传场所表", "宣传登记表", "用语清单", "宣传标语表"
PROGRESS, UNITS, MEMBERS, POSTS = "进展登记表", "单位名册", "单位类别的成员", "联系岗位"
RECEIPTS, LEDGER = "上传登记表", "单位台账"
FIGURES, RULES, SCORES = "指标数据表", "评分标准表", "指标得分表"
DEMANDS, EVIDENCE = "要求清单", "证明材料清单"
FINDINGS, RECTIFICATION = "问题清单", "整改台账"
GROUPS = "领导小组和工作组名单"
DRAWN_FROM, ASSESSED, CASE_SHEETS, WEIGHTS = (
    "抽样名单",
    "评估记录表",
    "案卷评查标准表",
    "评估权重表",
)
LAW_BANK, LAW_RULES, LAW_SEATS, LAW_ANSWERS = (
    "法律知识题库",
    "组卷方案表",
    "考生人数表",
    "答卷登记表",
)
STRATA, SURVEY_ASKED, PHONES = "测评分层表", "测评问题表", "电话号码表"
SURVEY_ANSWERS, OUTLINE, TALKS = "测评答案登记表", "访谈提纲表", "访谈登记表"
BRIEFING_ITEMS, BRIEFING_ISSUES = "简报投稿表", "简报期目"
CHECKED_NUMBERS = "年度报告数字核对"
INSPECTION, VISIT_RESULTS = "督导安排表", "督导结果表"
TITLE_WITHIN = 3  # rows
_LISTS = (
    VENUES,
    ITEMS,
    WORDINGS,
    SLOGANS,
    PROGRESS,
    UNITS,
    MEMBERS,
    POSTS,
    RECEIPTS,
    LEDGER,
    FIGURES,
    RULES,
    SCORES,
    DEMANDS,
    EVIDENCE,
    FINDINGS,
    RECTIFICATION,
    GROUPS,
    DRAWN_FROM,
    ASSESSED,
    CASE_SHEETS,
    WEIGHTS,
    LAW_BANK,
    LAW_RULES,
    LAW_SEATS,
    LAW_ANSWERS,
    STRATA,
    SURVEY_ASKED,
    PHONES,
    SURVEY_ANSWERS,
    OUTLINE,
    TALKS,
    BRIEFING_ITEMS,
    BRIEFING_ISSUES,
    CHECKED_NUMBERS,
    INSPECTION,
    VISIT_RESULTS,
)
_TITLE = re.compile(f"(.+?)[：:](?:{'|'.join(_LISTS)})")


def list_title(campaign: Campaign, what: str, today: date | None, unit: str = "") -> str:
    """Return the title of a list: its campaign first, for whom and from which day behind."""
    more = "，".join(part for part in (unit, f"{today} 导出" if today else "") if part)
    return f"{campaign.label}：{what}" + (f"（{more}）" if more else "")


def campaign_of_book(session: Session, slug: str | None, book: Book) -> Campaign:
    """Return the campaign that a returned list is taken into: the named one, else the one it names.

    A list without a title of ours belongs to whichever is meant. Raises PlanError for the list of
    another campaign, and whatever `open_campaign` does.
    """
    owners = {owner: _named(session, owner) for owner in _owners(book)}
    one = next((found[0] for found in owners.values() if len(found) == 1), None)
    target = open_campaign(session, slug or (one.slug if one else None))
    for owner, found in owners.items():
        if target.id not in [each.id for each in found]:
            raise PlanError(
                book.name,
                [
                    f"这是{kinds_in_words(found)}“{found[0].label if found else owner}”的表，不能装入"
                    f"“{target.label}”；装错了活动的，用 --campaign 写明是哪一个；"
                    "确是它的表，请删去第一行的标题再装入"
                ],
            )
    return target


def _owners(book: Book) -> list[str]:
    """Return the names in the titles of a book's sheets."""
    cells = (
        as_text(cell)
        for page in book.pages
        for line in page.grid[:TITLE_WITHIN]
        for cell in line[:1]
    )
    return [found.group(1).removesuffix(DEMO) for cell in cells if (found := _TITLE.match(cell))]


def _named(session: Session, owner: str) -> list[Campaign]:
    """Return the campaigns of that name; lists of earlier versions bear the plan's title instead."""
    with suppress(NotFoundError):
        return [campaign_named(session, owner)]
    known = campaigns(session, ended=True)
    return [one for one in known if folded(one.title) == folded(owner)]
