"""`shifan intake`: what came in, what became of it, and who has sent nothing."""

from cyclopts import App

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Day, Name, Number, OutFile, Post

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
    """列出收到的每个文件和结果，还没有台账写到的材料、不知道是哪个创建活动的文件，以及还没有交回台账的单位。

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
    if found.of_none:
        say_table(
            "不知道是哪个创建活动的文件", ["编号", "收到", "来自", "文件", "结果"], found.of_none
        )
    if found.silent:
        say_table("还没有交回台账的单位", ["单位", "台账", "发出"], found.silent)
    say_of(campaign, found.line)


@intake.command
def place(*numbers: Number, by: Post = "创建办", campaign: OfCampaign = None, moment: Now) -> None:
    """把收到时不知道是哪个创建活动的文件归入一个创建活动。

    编号见 shifan intake list 的“不知道是哪个创建活动的文件”。归入后，有台账在等的自动挂上；已归入别的创建活动的不改。可以重复运行。

    示例：

        shifan intake place 12 13 --campaign jc

    Parameters
    ----------
    numbers
        文件的编号，可以写几个。
    by
        由谁归入，写职务。
    """
    from tasks.intake.placing import place_files_in

    say_of(campaign, place_files_in(campaign, numbers, by, moment).line)
