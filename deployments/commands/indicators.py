"""`shifan indicators`: an empty table of indicators out, the office's own table in."""

from cyclopts import App

from deployments.say import say, say_loaded
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile

indicators = App(name="indicators", help="指标体系：生成空表，填好后装入。")


@indicators.command
def template(file: NewWorkbook) -> None:
    """生成空的指标表，附示例和填写说明。

    示例：

        shifan indicators template 指标.xlsx
    """
    from tasks.lists.indicators import write_template

    write_template(file)
    say(f"已生成空的指标表 {file}，填好后运行 shifan indicators load {file}")


@indicators.command
def load(
    file: InFile, *, campaign: OfCampaign = None, add_units: bool = False, moment: Now
) -> None:
    """装入指标表：指标、目标值和责任单位。可反复执行；表里删去的指标标为撤销，进展保留。

    示例：

        shifan indicators load 指标.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件，列名见 shifan indicators template。
    add_units
        名册里没有的单位直接新增（默认逐个指出，不装入）。
    """
    from tasks.lists.indicators import load_indicators

    say_loaded(load_indicators(campaign, file, moment=moment, may_add_units=add_units))
