"""Write the drafts of papers: from facts by templates, with the list of what is still missing at the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from os.path import commonprefix

from models.papers.facts import ReportFacts
from models.papers.quoted import Dated, Missing, Run
from notifications.paper_blocks import Draft, Kind, Line, RedHead, plain
from notifications.paper_drafting import drafted
from tasks.papers.texts import Texts

# What no table knows: the office writes it, by the name of its place.
LEADERSHIP = Missing("组织领导的做法和成效", "由创建办写在文本文件里，命令加 --texts", "leadership")
SHORTCOMINGS = Missing(
    "存在问题的原因分析", "由创建办写在文本文件里，命令加 --texts", "shortcomings"
)
NEXT_STEPS = Missing("下一步打算", "由创建办写在文本文件里，命令加 --texts", "next-steps")
NO_SCORES = Missing("各项指标得分", "装入评分表并登记得分")
ADDRESSEE = Missing("主送机关", "命令加 --to 写明")
OPENING = "根据法治政府建设示范创建工作部署，我们对照{what}逐项开展了自评。"


def day_in_words(day: date) -> str:
    """Return a day as a paper signs it: no zeros before a number (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def report_draft(
    facts: ReportFacts, today: date, to: str, head: RedHead | None, texts: Texts
) -> Draft:
    """Return the self-evaluation report; what nobody registered or supplied stays a visible blank."""
    title = f"{facts.issuer}关于{aim_of(facts.campaign, facts.issuer)}自评情况的报告"
    addressee: Run = to or ADDRESSEE
    values: dict[str, object] = {
        "title": title,
        "facts": facts,
        "today": Dated(day_in_words(today)),
        "addressee": addressee,
        "opening": OPENING.format(what="指标" if facts.by_indicator else "实施方案的工作任务"),
        **{
            blank.key.replace("-", "_"): supplied_or_blank(blank, texts)
            for blank in (LEADERSHIP, SHORTCOMINGS, NEXT_STEPS)
        },
        "no_scores": NO_SCORES,
        "issuer": facts.issuer,
    }
    blocks = drafted("report", **values)
    return with_blanks(Draft(title, blocks, red_head=head, values=values))


def supplied_or_blank(blank: Missing, texts: Texts) -> Sequence[Run]:
    """Return what was supplied for a place, the blank itself where nothing was."""
    return texts.get(blank.key) or (blank,)


def aim_of(campaign: str, issuer: str) -> str:
    """Return what a campaign is for, without the place that its issuer's name says already."""
    aim = campaign.removesuffix("实施方案").removesuffix("工作方案")
    return aim.removeprefix(commonprefix([aim, issuer])) or aim


def with_blanks(draft: Draft) -> Draft:
    """Return ``draft`` with the list of its blanks behind it, where it has any."""
    missing = draft.missing()
    if not missing:
        return draft
    heads = (
        block for block in draft.blocks if isinstance(block, Line) and block.kind is Kind.TITLE
    )
    title = plain(next(heads).runs)
    added = drafted("blanks", title=title, missing=missing, count=len(missing))
    return replace(draft, blocks=[*draft.blocks, *added])
