"""`shifan evidence`: hand evidence in, see what there is, and what became of one piece."""

from datetime import timedelta
from typing import TYPE_CHECKING

from cyclopts import App

from deployments.commands.evidence_folder import load, template
from deployments.commands.evidence_links import links
from deployments.commands.evidence_missing import missing
from deployments.commands.evidence_review import (
    accept,
    checks,
    judge,
    reconsider,
    return_,
    save,
    submit,
    withdraw,
)
from deployments.commands.evidence_suggest import suggest
from deployments.commands.masking import mask
from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Address, Day, InFile, Name, Note, Post
from models.errors import ProgressError

if TYPE_CHECKING:
    from models.rules.evidence.pieces import PieceTaken

SOON = 30  # days before a proof expires
evidence = App(name="evidence", help="证明材料：报送、查看、退回、通过、认定标记。")
evidence.command(links)
evidence.command(mask)
evidence.command(missing)
evidence.command(suggest)
for word in (template, load, submit, accept, reconsider, withdraw, judge, checks, save):
    evidence.command(word)
evidence.command(return_, name="return")


@evidence.command
def add(
    file: InFile | None = None,
    *,
    item: Name = "",
    title: Name = "",
    by: Post,
    url: Address = "",
    code: Name = "",
    caption: Note = "",
    passage: Note = "",
    on: Day | None = None,
    effective: Day | None = None,
    expires: Day | None = None,
    promised: Day | None = None,
    provider: Name = "",
    publish: bool = False,
    draft: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """报送一份证明材料：一个文件，或用 --url 写一个网址。同一份再报一次什么也不变；写明 --code 的是换新版。

    示例：

        shifan evidence add 培训通知.pdf --item W5 --title 执法人员培训通知 --on 2025-06-30 --by 市司法局联络员
        shifan evidence add 新版.pdf --code E0003 --by 市司法局联络员

    Parameters
    ----------
    file
        文件；文件夹请用 shifan evidence load。
    item
        证明哪几项：W5、1.1.3，或 1.1.3#2（这一指标的第 2 项要求）；多项用顿号隔开。
    title
        材料名称；换新版时不写就沿用原来的。
    by
        由谁（职务）报送。
    url
        网址，代替文件。
    code
        原材料编号，如 E0003：作为它的新版。
    caption
        时间、地点、人物、事由。
    passage
        能证明的那段文字。
    on
        事实发生的日期。
    effective
        生效日期。
    expires
        有效期至。
    promised
        还没有的材料，承诺哪天报。
    provider
        提供单位；默认为报送人的单位。
    publish
        将来要对外公开。
    draft
        先存草稿，不算报送。
    """
    from models.rules.evidence.words import Via
    from tasks.evidence.adding import add_one
    from tasks.evidence.links.watching import keep_new_pages
    from tasks.evidence.values import NewEvidence
    from tasks.workbook.cells import as_names

    new = NewEvidence(
        title,
        as_names(item),
        file_name=file.name if file else "",
        url=url,
        code=code,
        caption=caption,
        passage=passage,
        fact_on=on,
        effective_on=effective,
        expires_on=expires,
        promised_on=promised,
        provider=provider,
        to_publish=publish,
        path=file,
        draft=draft,
    )
    taken = add_one(campaign, new, by, Via.COMMAND, moment)
    if taken.refused:
        raise ProgressError(taken.refused)
    say_of(campaign, _in_words(taken))
    say(*_marks(taken))
    if url and taken.changed and keep_new_pages(moment, campaign):
        say("网址已看过一遍，打得开的已留存网页，见 shifan evidence links")


def _in_words(taken: "PieceTaken") -> str:
    if not taken.changed:
        return f"{taken.code} 第 {taken.revision} 版已经报过，没有变化"
    return f"已收下 {taken.code} 第 {taken.revision} 版" if taken.code else "没有收下"


def _marks(taken: "PieceTaken") -> list[str]:
    from models.rules.evidence.findings import CHECKS

    marks = [
        f"  标记：{CHECKS[one.check].name}——{one.detail}；{CHECKS[one.check].todo}"
        for one in taken.findings
    ]
    return marks + [f"  注意：{note}" for note in taken.notes]


@evidence.command(name="list")
def list_(
    *,
    unit: Name = "",
    item: Name = "",
    state: Name = "",
    marked: bool = False,
    withdrawn: bool = False,
    expiring: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """列出证明材料。

    示例：

        shifan evidence list
        shifan evidence list --unit 市司法局 --state 已报
        shifan evidence list --item W5 --marked

    Parameters
    ----------
    unit
        只看一个单位提供或引用的。
    item
        只看证明这一项的：W5、1.1.3 或 1.1.3#2。
    state
        草稿、已报、退回、通过。
    marked
        只看有待认定标记的。
    withdrawn
        已撤回的也列出。
    expiring
        只看有效期已过或 30 天内到期的。
    """
    from tasks.evidence.looking_up import EvidenceWanted, file_words, list_evidence, marks_words

    until = moment.today + timedelta(days=SOON) if expiring else None
    wanted = EvidenceWanted(unit, item, state, marked, withdrawn, until)
    lines = list_evidence(campaign, wanted)
    if lines:
        say_table(
            "证明材料",
            [
                "编号",
                "版次",
                "材料名称",
                "文件或网址",
                "状态",
                "提供单位",
                "证明",
                "事实日期",
                "标记",
            ],
            [
                (
                    line.code,
                    line.revision,
                    line.title,
                    file_words(line),
                    line.state_in_words,
                    line.unit or "创建办",
                    "、".join(line.uses),
                    line.fact_on or "",
                    line.marks or "",
                )
                for line in lines
            ],
        )
    say_of(campaign, marks_words(lines))


@evidence.command
def show(code: Name, *, campaign: OfCampaign = None, moment: Now) -> None:
    """一份材料的来龙去脉：每一版何时由谁报来，查出什么，谁怎样认定。

    示例：

        shifan evidence show E0003

    Parameters
    ----------
    code
        材料编号，如 E0003；全部编号见 shifan evidence list。
    """
    from tasks.evidence.life_words import life_in_words
    from tasks.evidence.looking_up import show_evidence
    from tasks.evidence.shared_text import passages_of
    from tasks.evidence.suggesting import suggested, suggested_words

    life = show_evidence(campaign, code)
    say(*life_in_words(life, passages_of(life)))
    if words := suggested_words(suggested(campaign, moment.today, code)):
        say(words)
