"""`shifan inspection teams` and `round`: the arrangement as a workbook, rounds by command."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Registrar
from deployments.typed.values import Codes, Day, InFile, Name, Note, Number

teams = App(name="teams", help="督导安排：督导组、单位片区、轮次、检查内容，导出填好后装回。")
round_ = App(name="round", help="督导轮次：从哪天到哪天，一共几轮。")


@teams.command(name="export")
def export_teams_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出督导安排表：督导组、单位片区、轮次、检查内容各一张，填好后用 load 装回。

    示例：

        shifan inspection teams export 督导安排.xlsx
    """
    from tasks.inspection.arrangement import export_arrangement

    found, units, rounds = export_arrangement(campaign, file, moment)
    say_of(campaign, f"已导出 {found} 个督导组、{units} 个单位、{rounds} 轮到 {file}")


@teams.command(name="load")
def load_teams_(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的督导安排表，可反复执行：内容没变就是 0 处变更；排好的走访要再运行 plan 才变。

    示例：

        shifan inspection teams load 督导安排.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件；哪一张没有就不动哪一项。
    """
    from tasks.inspection.arrangement import load_arrangement

    say_loaded(load_arrangement(campaign, file, moment=moment))


@teams.command(name="add")
def add_team_(
    name: Name,
    *,
    units: Codes,
    areas: Note = "",
    avoids: Note = "",
    ended: bool = False,
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一个督导组；已有的改成新写的。组里有自己人的单位，不由这个组去督导。

    示例：

        shifan inspection teams add 第一督导组 --units 市司法局、市财政局 --areas 城北 --by 创建办

    Parameters
    ----------
    name
        督导组的名称。
    units
        由哪几个单位派人组成，用顿号隔开。
    areas
        最好由它去的片区，用顿号隔开。
    avoids
        组成单位以外、也不由它去的单位，用顿号隔开。
    ended
        停用这个组。
    """
    from tasks.inspection.one_team import TeamSaid, set_team

    new = set_team(campaign, TeamSaid(name, units, areas, avoids, ended), by, moment)
    say_of(campaign, f"{name}{'已登记' if new else '没有变化'}")


@round_.command(name="add")
def add_round_(
    number: Number,
    *,
    start: Day,
    end: Day,
    most: Number = 2,
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """设置一轮督导的起止日期；这一轮已经设过的，改成新的。

    示例：

        shifan inspection round add 1 --start 2026-06-01 --end 2026-06-30 --by 创建办

    Parameters
    ----------
    number
        第几轮。
    start
        开始日期。
    end
        结束日期，含这一天。
    most
        每组每天最多走访几次。
    """
    from tasks.inspection.planning import RoundSaid, set_round

    new, said = set_round(campaign, RoundSaid(number, start, end, most), by, moment)
    say_of(campaign, f"第 {number} 轮{'已设置' if new else '没有变化'}；{said}")


@round_.command(name="count")
def count_rounds_(
    count: Number, *, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """设置一共要督导几轮；默认照方案，方案没有写的是 2 轮，不能少于 2 轮。

    示例：

        shifan inspection round count 3 --by 创建办

    Parameters
    ----------
    count
        几轮。
    """
    from tasks.inspection.planning import want_rounds

    new = want_rounds(campaign, count, by, moment)
    say_of(campaign, f"督导轮数{'设为' if new else '已是'} {count} 轮")
