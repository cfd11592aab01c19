"""`shifan survey talks`: outlines of talks, the list of talks out and back, and what they came to."""

from cyclopts import App

from deployments.say import say_loaded, say_of, say_table
from deployments.typed.options import (
    Conclusion,
    DrillCode,
    FilledWorkbook,
    NewWorkbook,
    Now,
    OfCampaign,
)
from deployments.typed.values import Name, Post

talks = App(name="talks", help="综合访谈：领导、科室、执法人员、群众各一份提纲，登记得分和要点。")
outline = App(name="outline", help="访谈提纲：导出，改好后装回。")
talks.command(outline)


@outline.command(name="export")
def export_outline_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出访谈提纲；没有设置过的，是常用的一份。

    示例：

        shifan survey talks outline export 访谈提纲.xlsx
    """
    from tasks.surveys.talk_lists import export_outline

    say_of(campaign, f"已导出 {export_outline(campaign, file, moment)} 题到 {file}")


@outline.command(name="load")
def load_outline_(file: FilledWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回访谈提纲，以表里的为准，可反复执行。

    示例：

        shifan survey talks outline load 访谈提纲.xlsx
    """
    from tasks.surveys.talk_lists import load_outline

    say_loaded(load_outline(campaign, file, moment))


@talks.command(name="export")
def export_talks_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出访谈登记表：先在“访谈安排”里填好装回，再导出一次，“访谈记录”里就有每次访谈的问题。

    示例：

        shifan survey talks export 访谈.xlsx
    """
    from tasks.surveys.talk_lists import export_talks

    say_of(campaign, f"已导出 {export_talks(campaign, file, moment)} 次访谈到 {file}")


@talks.command(name="load")
def load_talks_(
    file: FilledWorkbook, *, drill: Name = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """装回访谈登记表；选了“列为问题”的自动成为问题，只提一次。

    示例：

        shifan survey talks load 访谈.xlsx

    Parameters
    ----------
    drill
        属于哪次模拟评估，如 M1；不写就不算在哪一次里。
    """
    from tasks.surveys.talk_lists import load_talks

    say_loaded(load_talks(campaign, file, drill.strip(), moment))


@talks.command(name="show")
def show_talks_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """看访谈结果：各类对象谈了几次、平均得分、列为问题几条。

    示例：

        shifan survey talks show
    """
    from tasks.surveys.talk_lists import ROLE_HEAD, role_cells, talk_results

    found = talk_results(campaign)
    say_table("综合访谈", ROLE_HEAD, [role_cells(one) for one in found])
    say_of(campaign, f"共 {sum(one.talks for one in found)} 次访谈")


@talks.command(name="hand-in")
def hand_in_talks_(
    drill: DrillCode,
    *,
    by: Post,
    conclusion: Conclusion = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把访谈结果报进一次模拟评估，成为它的工作底稿；由别人复核后才计分。

    示例：

        shifan survey talks hand-in M1 --by 评估测评组

    Parameters
    ----------
    by
        由谁（职务）编制。
    """
    from tasks.surveys.handing_in import HandIn, hand_in_talks

    into = HandIn(drill, by.strip(), conclusion)
    say_of(campaign, hand_in_talks(campaign, into, moment))
