"""`shifan intake`: what came in, what became of it, and who has sent nothing."""

from cyclopts import App

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Day, Name, OutFile

intake = App(name="intake", help="收件：收到了什么，结果如何，谁还没有交。")


@intake.command(name="list")
def list_(
    *,
    unit: Name = "",
    since: Day | None = None,
    until: Day | None = None,
    out: OutFile | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """列出收到的每个文件和结果，还没有台账写到的材料，以及还没有交回台账的单位。

    示例：

        shifan intake list
        shifan intake list --unit 市司法局 --since 2026-05-01 --until 2026-05-31
        shifan intake list --out 收件登记.xlsx

    Parameters
    ----------
    unit
        只看这一个单位的。
    since
        只看从哪一天起收到的。
    until
        只看到哪一天为止收到的，当天也算。
    out
        另存为 Excel 文件；已有同名文件时不会覆盖。
    """
    from tasks.intake.listing import intake_list, write_intake_list

    found = intake_list(campaign, moment, unit=unit, since=since, until=until)
    if out is not None:
        write_intake_list(found, out)
        say_of(campaign, f"{found.line}；已写入 {out}")
        return
    if found.rows:
        say("收到的文件", *found.files)
    if found.silent:
        say_table("还没有交回台账的单位", ["单位", "台账", "发出"], found.silent)
    say_of(campaign, found.line)
