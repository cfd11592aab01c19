"""`shifan demands`: what indicators and work items ask for, out as a list and back as the office words it."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Post

demands = App(name="demands", help="要求：一项指标拆成几项可以证明的要求，导出核对、装回。")


@demands.command
def export(
    file: NewWorkbook, *, doubts: bool = False, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出要求清单：每项要求一行，读得没有把握的标黄并写明疑问；改好后用 load 装回。

    示例：

        shifan demands export 要求.xlsx

    Parameters
    ----------
    doubts
        只导出有疑问的。
    """
    from tasks.evidence.demands_list import export_demands

    rows, doubted = export_demands(campaign, file, moment, doubted=doubts)
    say_of(campaign, f"已导出 {rows} 项要求到 {file}，其中 {doubted} 项请核对")


@demands.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回要求清单，可反复执行：改文字、改目标、拆开、合并。删去的要求只是撤销，挂着的材料和数据都留着。

    示例：

        shifan demands load 要求.xlsx --by 创建办

    Parameters
    ----------
    file
        改好的 Excel 文件。
    by
        由谁（职务）修改；默认创建办。
    """
    from tasks.evidence.demands_list import load_demands

    say_loaded(load_demands(campaign, file, by, moment=moment))
