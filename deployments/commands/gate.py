"""`shifan gate`: what still stands between today and acceptance, and what the office vouches for."""

from cyclopts import App

from deployments.say import say, say_json, say_of, say_table
from deployments.typed.options import DayToLookAt, Json, Now, OfCampaign, open_tables
from deployments.typed.values import Day, Name, Note, Number, Post

gate = App(name="gate", help="推进条件：还差什么；登记或撤回办公室的确认。")

# What the office runs; the obstacles themselves are read by leaders too, who have no commands.
HOW = {
    "evidence-reviewed": "证明材料缺项清单：shifan evidence missing",
    "report-complete": "形成自评报告：shifan papers write report",
}


@gate.default
def show(
    stage: Number | None = None,
    *,
    campaign: OfCampaign = None,
    today: DayToLookAt = None,
    rules: bool = False,
    json: Json = False,
) -> None:
    """推进条件：从今天到验收还差什么、由谁办，最容易办的在前。不写入任何内容。

    示例：

        shifan gate
        shifan gate 2 --today 2025-07-21
        shifan gate --rules

    Parameters
    ----------
    stage
        只看第几阶段；默认看所有没有结束的阶段。
    rules
        列出全部推进条件的名称，供方案里 gates: 一节引用。
    """
    from flows.running import clock
    from models.rules.words import PREVIEW
    from tasks.gates.outlook import outlook, rule_rows

    if rules:
        say_table(
            "推进条件", ["阶段", "要求", "数量", "可确认", "名称（写进方案和命令）"], rule_rows()
        )
        return
    open_tables()
    day, preview = clock.asked(today)
    found = outlook(campaign, day, stage, preview=preview)
    if json:
        say_json(found.as_json())
        return
    if found.obstacles:
        say_table(
            f"{PREVIEW if found.preview else ''}{found.title} {found.today}",
            ["阶段", "障碍", "责任", "时限", "难易"],
            [
                (
                    f"{s.ordinal} {s.name}",
                    one.text,
                    one.owner,
                    one.due or "未定",
                    one.effort.chinese,
                )
                for s, one in found.obstacles
            ],
        )
    for rule in dict.fromkeys(one.rule for _, one in found.obstacles if one.rule in HOW):
        say(HOW[rule])
    for s, one in found.unmeasured:
        say(f"{s.ordinal} {s.name}：{one.text}")
    for s, said in found.confirmed:
        say(f"{s.ordinal} {s.name}：{said.text}")
    for s in found.stages:
        left = f"，还剩 {s.workdays_left} 个工作日" if s.workdays_left else ""
        if s.end and s.end <= found.today:
            left = "，今天是结束日" if s.end == found.today else f"，结束日 {s.end} 已过"
        state = "推进条件已满足" if s.report.open else f"还差 {len(s.report.obstacles)} 项"
        say(f"第 {s.ordinal} 阶段“{s.name}”：{state}{left}")
    if found.rehearsal:
        weak = f"；{found.rehearsal.weak}" if found.rehearsal.weak else ""
        say(f"最近一次模拟评估 {found.rehearsal.head}：{found.rehearsal.whole}{weak}")
    say(found.line)


@gate.command
def confirm(
    rule: Name,
    stage: Number | None = None,
    *,
    by: Post,
    on: Day | None = None,
    count: Number | None = None,
    note: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记确认：表里衡量不了的推进条件（台账已领、佐证已核、问题已销号、演练已做等），由办公室写明谁在哪天确认。

    登记的进展里还没办完的，确认了也仍算障碍。

    示例：

        shifan gate confirm ledgers-out --by 创建办 --note 已签收登记
        shifan gate confirm highlight 2 --by 创建办 --on 2025-07-18 --count 3

    Parameters
    ----------
    rule
        条件的名称或中文要求，见 shifan gate --rules 里“可确认”的各条。
    stage
        第几阶段；只有一个阶段有这一条时不必写。
    by
        确认人的职务，不写姓名。
    on
        哪一天办成的；默认今天。
    count
        办成几个，只用于数量一栏写着“至少”的条件。
    note
        说明，一句话。
    """
    from tasks.gates.confirming import Vouching, Which
    from tasks.gates.confirming import confirm as run_confirm

    which, vouching = Which(campaign, rule, stage), Vouching(by, on, count, note)
    said = run_confirm(which, vouching, moment)
    say_of(campaign, said)


@gate.command
def unconfirm(
    rule: Name,
    stage: Number | None = None,
    *,
    by: Post,
    reason: Note,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """撤回一条确认；确认和撤回都留在记录链里。

    示例：

        shifan gate unconfirm ledgers-out --by 创建办 --reason 有两个单位没有签收

    Parameters
    ----------
    rule
        条件的名称或中文要求。
    stage
        第几阶段；只有一个阶段有这一条时不必写。
    by
        撤回人的职务，不写姓名。
    reason
        为什么撤回。
    """
    from tasks.gates.confirming import Which, withdraw

    said = withdraw(Which(campaign, rule, stage), by, reason, moment)
    say_of(campaign, said)
