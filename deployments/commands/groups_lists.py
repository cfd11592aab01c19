"""`shifan groups export|load|print`: the list of the groups, out as a workbook and back, and on paper."""

from deployments.commands.groups import groups
from deployments.say import say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import Day, InFile, OutFile


@groups.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出今天的名单（Excel），改好后用 shifan groups load 装回。

    示例：

        shifan groups export 名单.xlsx
    """
    from tasks.groups.lists import export_groups

    count = export_groups(campaign, file, moment.today)
    say_of(campaign, f"已导出 {count} 个席位到 {file}")


@groups.command
def load(file: InFile, *, on: Day | None = None, campaign: OfCampaign = None, moment: Now) -> None:
    """装回改好的名单，可反复执行：新写的从这一天起，删去的到前一天止；表里没有的组保持不变。

    示例：

        shifan groups load 名单.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。
    on
        从哪一天起；默认今天。
    """
    from tasks.groups.lists import load_groups

    say_loaded(load_groups(campaign, file, on or moment.today, moment))


@groups.command(name="print")
def print_(
    out: OutFile, *, on: Day | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """打印《领导小组和工作组名单》（Word 或 PDF）：组成、联系单位和主要职责。

    示例：

        shifan groups print 领导小组和工作组名单.docx

    Parameters
    ----------
    out
        写到哪个 .docx 或 .pdf 文件；同名文件会换成新的。
    on
        哪一天的名单；默认今天。
    """
    from tasks.groups.printing import print_groups

    say_of(campaign, print_groups(campaign, out, on or moment.today, moment))
