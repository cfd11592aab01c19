"""`shifan notices why | ack | ladder`: why somebody was told or not, who knows, and who hears when."""

from deployments.say import say, say_folded, say_json, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Day, Name, Note, Post
from models.rules.bounds import shown


def why(
    subject: Name,
    *,
    on: Day | None = None,
    campaign: OfCampaign = None,
    json: bool = False,
    moment: Now,
) -> None:
    """查一个事项在某一天为什么提醒了或没有提醒，给出唯一的原因和依据；再列出各单位的灯、由哪件事定的、要什么、报了什么、差什么、下一步。

    示例：

        shifan notices why W5 --on 2025-07-21
        shifan notices why W5/市司法局 --on 2025-07-21
        shifan notices why 市司法局

    Parameters
    ----------
    subject
        编号：W5、S2.1、S2（阶段）、指标编号；只查一个单位的部分写 W5/市司法局；只写单位名，列出它的各项。
    on
        哪一天；默认今天。
    json
        输出一个 JSON 对象：campaign、subject、on、answer、facts，供其他程序读取。
    """
    from tasks.evidence.asking import asked_about
    from tasks.notices.why import why as explain

    asked = asked_about(campaign, subject, on or moment.today)
    told = None if asked.of_unit else explain(campaign, subject, on or moment.today)
    if json:
        about = told.as_json() if told else {"subject": asked.subject}
        about = {"campaign": asked.campaign, **about}
        say_json({**about, "evidence": asked.as_json()} if asked.of_unit or asked.parts else about)
        return
    if told:
        title = shown(str(told.facts["title"]))
        say_folded(f"{asked.campaign} · {told.subject}“{title}” {told.on} {told.words}")
    elif asked.lit:
        needing = f"，{len(asked.parts)} 项要材料或报了材料" if asked.parts else ""
        say_folded(f"{asked.campaign} · {asked.subject}，共 {len(asked.lit)} 项{needing}：")
    say_folded(*asked.lines)
    if asked.of_unit and not asked.parts:
        say_folded(f"{asked.campaign} · {asked.subject}：还没有要报的证明材料")


def ack(
    subject: Name, *, by: Post, note: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """代为签收：写明是谁（职务）签收了哪个事项；有效期内不再重复提醒，也不再向上升级。

    组长级的红色预警不受签收影响。有效期过后没有进展，提醒自动恢复。

    示例：

        shifan notices ack W5/市司法局 --by 市司法局联络员

    Parameters
    ----------
    subject
        编号，如 W5、S2.1、W5/市司法局。
    by
        签收人的职务，不写姓名。
    note
        说明，可不写。
    """
    from tasks.campaign.naming import item_in_words
    from tasks.notices.acknowledging import acknowledge

    count = acknowledge(campaign, subject, by, note, moment=moment)
    item = item_in_words(campaign, subject)
    say(f"{item}：已签收 {count} 个事项" if count else f"{item}：此前已签收，没有变化")


def ladder(*, campaign: OfCampaign = None, moment: Now) -> None:
    """看现在按什么阶梯提醒：到期前后几个工作日、告诉谁、是否要签收。

    示例：

        shifan notices ladder
    """
    from tasks.office.ladder import ladder_in_force

    found = ladder_in_force(campaign)
    rows = [
        [
            r.chinese,
            "、".join(one.chinese for one in r.levels),
            "是" if r.rule in found.asking else "否",
        ]
        for r in found.rungs
    ]
    say_table("提醒阶梯（工作日）", ["何时", "告诉谁", "要求签收"], rows)
    say(
        f"{found.acknowledge_within} 个工作日无人签收再提醒一次，再过同样天数送上一级；"
        f"签收后 {found.acknowledgement_lasts} 个工作日没有进展即失效；每日报告发给{found.duty.chinese}"
    )
