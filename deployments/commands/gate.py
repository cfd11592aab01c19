"""`shifan gate`: what still stands between today and acceptance."""

from datetime import date

from cyclopts import App

from deployments.say import say, say_json, say_table


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(gate)


def gate(
    stage: int | None = None,
    *,
    campaign: str | None = None,
    today: date | None = None,
    rules: bool = False,
    json: bool = False,
) -> None:
    """推进条件:从今天到验收还差什么、由谁办,最容易办的在前。不写入任何内容。

    示例:

        shifan gate
        shifan gate 2 --today 2025-07-21
        shifan gate --rules

    Parameters
    ----------
    stage
        只看第几阶段;默认看所有没有结束的阶段。
    campaign
        哪个创建活动(简称);只有一个时不必写。
    today
        按哪一天算;默认今天。
    rules
        列出全部推进条件的名称,供方案里 gates: 一节引用。
    json
        输出一个 JSON 对象,供其他程序读取。
    """
    from flows import clock
    from models.schema import ensure_schema
    from tasks.acceptance import outlook, outlook_json, rule_rows

    if rules:
        say_table("推进条件", ["阶段", "名称", "要求", "可设数量", "可登记确认"], rule_rows())
        return
    ensure_schema(clock.now())
    found = outlook(campaign, today or clock.today(), stage)
    if json:
        say_json(outlook_json(found))
        return
    if found.obstacles:
        say_table(
            f"{found.title} {found.today}",
            ["阶段", "障碍", "责任", "时限", "难易"],
            [
                [
                    f"{s.ordinal} {s.name}",
                    one.text,
                    one.owner,
                    one.due.isoformat() if one.due else "未定",
                    one.effort.chinese,
                ]
                for s, one in found.obstacles
            ],
        )
    for s, one in found.unmeasured:
        say(f"{s.ordinal} {s.name}:{one.text}")
    for s in found.stages:
        left = f",还剩 {s.workdays_left} 个工作日" if s.workdays_left else ""
        state = f"还差 {len(s.obstacles)} 项" if s.obstacles else "推进条件已满足"
        say(f"第 {s.ordinal} 阶段“{s.name}”:{state}{left}")
    say(found.line)
