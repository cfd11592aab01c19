"""`shifan campaign`: list the campaigns; set the evaluation period; rename, close, archive, remove one."""

from typing import Annotated

from cyclopts import App, Parameter

from deployments.say import say, say_json, say_table
from deployments.typed.options import Json, Now, OfCampaign, Reason, Slug
from deployments.typed.values import Day, Name, Note, OutFile, Post
from models.errors import ProgressError

NONE = "没有创建活动或工作计划，请先运行 shifan plan load 文件或方案包"

campaign = App(
    name="campaign", help="创建活动和工作计划：列出、设评估期、改简称、结束、恢复、归档、移除。"
)


@campaign.command(name="list")
def list_(*, all: bool = False, json: Json = False, moment: Now) -> None:
    """列出创建活动和工作计划：简称、方案标题、进行中还是已结束，归档在哪个文件里，以后能做什么。

    示例：

        shifan campaign list
        shifan campaign list --all

    Parameters
    ----------
    all
        已归档的也列出。
    """
    from models.rules.run_kinds import runs_together
    from tasks.campaign.life import campaign_rows

    rows = campaign_rows(archived=all)
    if json:
        say_json({"campaigns": [row.as_json() for row in rows]})
    elif not rows:
        say("已归档的见 shifan campaign list --all" if campaign_rows(archived=True) else NONE)
    else:
        say_table(
            runs_together(row.label for row in rows),
            ["简称", "方案", "状态", "以后"],
            [[row.label, row.title, row.state_in_words, row.what_next] for row in rows],
        )
        say(*filter(None, (row.hash_line for row in rows)))


@campaign.command
def rename(name: Name, new: Name, *, by: Post = "操作员", moment: Now) -> None:
    """改简称；此前发出的表格仍可装回。

    示例：

        shifan campaign rename jc "金昌 2025" --by 创建办

    Parameters
    ----------
    name
        现在的简称。
    new
        新的简称：汉字、字母、数字和中间的空格、短横线。
    by
        由谁（职务）改。
    """
    from tasks.campaign.life import rename_campaign

    say(rename_campaign(name, new, by, moment))


@campaign.command
def close(
    name: Slug,
    *,
    by: Post,
    reason: Reason,
    archive: bool = False,
    dry_run: bool = False,
    moment: Now,
) -> None:
    """结束一个创建活动或工作计划：不再巡查、请求审批和发送任何消息，待决定的审批失效；仍可查看，可以恢复。

    示例：

        shifan campaign close "金昌 2025" --by 创建办 --reason 已获命名 --dry-run
        shifan campaign close "金昌 2025" --by 创建办 --reason 已获命名

    Parameters
    ----------
    by
        由谁（职务）结束。
    archive
        结束以后接着归档，存在数据目录的 archives 文件夹里。
    dry_run
        只说会怎样：什么留下、什么停下、能不能撤销；不改动任何东西。
    """
    from tasks.archive.archiving import archive_campaign
    from tasks.campaign.foreseen import foresee_close
    from tasks.campaign.life import archive_next, close_campaign

    if dry_run:
        say(*foresee_close(name))
        return
    say(close_campaign(name, by, reason, moment))
    say(archive_campaign(name, None, by, reason, moment) if archive else archive_next(name, by))


@campaign.command
def reopen(name: Slug, *, by: Post, reason: Reason, moment: Now) -> None:
    """恢复已结束或已归档的创建活动、工作计划：没有发出的提醒重新等待发送，下一次巡查重新请求审批。

    示例：

        shifan campaign reopen "金昌 2025" --by 创建办 --reason 点错了

    Parameters
    ----------
    by
        由谁（职务）恢复。
    """
    from tasks.campaign.life import reopen_campaign

    say(reopen_campaign(name, by, reason, moment))


@campaign.command
def period(
    *,
    begin: Annotated[Day | None, Parameter(name="--from")] = None,
    until: Day | None = None,
    open: bool = False,
    by: Post = "操作员",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """评估期：事实发生在这段日子里的材料才算；不写日期时，说现在设的是哪段、方案里写的是哪段。

    已报的材料按新的评估期再核对一遍，人已经认定的标记不变。

    示例：

        shifan campaign period
        shifan campaign period --from 2023-01-01 --until 2025-12-31 --by 创建办

    Parameters
    ----------
    begin
        第一天。
    until
        最后一天（含当天）；不写就没有最后一天。
    open
        不再设评估期。
    by
        由谁（职务）设置。
    """
    from tasks.evidence.period import change_period, evaluation_period, period_in_words

    if begin or until or open:
        if open and (begin or until):
            raise ProgressError("--open 是不设评估期，不能同时写 --from 或 --until")
        say(change_period(campaign, (begin, until), by, moment))
    else:
        say(*period_in_words(evaluation_period(campaign)))


@campaign.command
def archive(
    name: Slug,
    *,
    by: Post,
    reason: Note = "归档",
    out: OutFile | None = None,
    dry_run: bool = False,
    moment: Now,
) -> None:
    """归档已结束的创建活动、工作计划：全部表、材料、文书和记录链存成一个不用 Shifan 也能看的文件，以后默认不再列出。

    归档不是备份，不能装回；备份见 shifan db backup。

    示例：

        shifan campaign archive "金昌 2025" --by 创建办 --dry-run
        shifan campaign archive "金昌 2025" --by 创建办

    Parameters
    ----------
    by
        由谁（职务）归档。
    reason
        理由，可不写。
    out
        存成哪个 .zip 文件；默认在数据目录的 archives 文件夹里。
    dry_run
        只说会怎样：什么留下、什么停下、能不能撤销；不改动任何东西。
    """
    from tasks.archive.archiving import archive_campaign
    from tasks.campaign.foreseen import foresee_archive

    if dry_run:
        say(*foresee_archive(name))
        return
    say(archive_campaign(name, out, by, reason, moment))


@campaign.command
def remove(name: Slug, *, by: Post, reason: Reason, dry_run: bool = False, moment: Now) -> None:
    """移除演示活动，或装错了、还没有巡查过的创建活动、工作计划；其余的只能结束、归档。不能恢复，可以重新装入。

    示例：

        shifan campaign remove 样例 --by 创建办 --reason 已有自己的方案

    Parameters
    ----------
    by
        由谁（职务）移除。
    dry_run
        只说会怎样：什么留下、什么停下、能不能撤销；不改动任何东西。
    """
    from tasks.campaign.foreseen import foresee_removal
    from tasks.campaign.life import remove_campaign

    if dry_run:
        say(*foresee_removal(name))
        return
    say(remove_campaign(name, by, reason, moment))
