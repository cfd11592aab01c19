"""`shifan figures`: figures against their targets; the list of them out and back."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Name, Post

figures = App(name="figures", help="指标数据：导出填报、装回、对照目标值查看。")


@figures.command
def export(
    file: NewWorkbook, *, unit: Name | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出指标数据表：每项带目标值的要求、每个单位、每个期间一行；填好后用 load 装回。

    示例：

        shifan figures export 指标数据.xlsx
        shifan figures export 市司法局数据.xlsx --unit 市司法局

    Parameters
    ----------
    unit
        只导出一个单位的，用来发给该单位。
    """
    from tasks.figures.figures_list import export_figures

    rows, empty = export_figures(campaign, file, unit, moment)
    say_of(campaign, f"已导出 {rows} 行到 {file}，其中 {empty} 行还没有数据")


@figures.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的指标数据表，可反复执行：只登记有变化的行，原来的数留在记录里。

    示例：

        shifan figures load 指标数据.xlsx --by 市司法局联络员

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）登记；默认创建办。
    """
    from tasks.figures.figures_list import load_figures

    say_loaded(load_figures(campaign, file, by, moment=moment))


@figures.command
def show(*, unit: Name | None = None, campaign: OfCampaign = None, moment: Now) -> None:
    """对照目标值查看数据：数值、是否达到、差多少、比上期高低；没有数据的逐一列出，不排名。

    示例：

        shifan figures show
        shifan figures show --unit 市司法局

    Parameters
    ----------
    unit
        只看一个单位的。
    """
    from tasks.figures.view import FIGURE_HEAD, figure_view

    found = figure_view(campaign, unit, moment)
    if found.rows:
        say_table("指标数据", FIGURE_HEAD, found.rows)
        say("数值保留两位小数，四舍五入；是否达到按实际数比较，只靠四舍五入够到的不算。")
    say_of(campaign, found.line)
