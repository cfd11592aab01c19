"""`shifan units`: the list of units and groups, out as a workbook and back."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Registrar
from deployments.typed.values import InFile, Name, Note

units = App(name="units", help="单位名册和单位类别：导出 Excel，填好后装回。")


@units.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出单位名册和单位类别（市直有关部门单位等）的成员表，填好后用 load 装回。

    示例：

        shifan units export 单位名册.xlsx
    """
    from tasks.lists.units import export_units

    found, groups = export_units(campaign, file, moment.today)
    say_of(campaign, f"已导出 {found} 个单位、{groups} 个单位类别到 {file}")


@units.command
def load(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的单位名册，可反复执行：内容没变就是 0 处变更。单位类别有了成员，任务随即落到各单位。

    示例：

        shifan units load 单位名册.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。单位改名时填新名，把旧名写进别名。
    """
    from tasks.lists.units import load_units

    say_loaded(load_units(campaign, file, moment=moment))


@units.command
def succeed(
    unit: Name,
    *,
    to: Name,
    by: Registrar,
    reason: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """移交：一个单位停用（或岗位全部空缺）以后，把它没办完的事项交给接手单位，办完的仍记在原单位名下。

    以后方案、指标表里的原单位即指接手单位；可反复执行。

    示例：

        shifan units succeed 市旅游局 --to 市文化和旅游局 --by 创建办 --reason 机构改革

    Parameters
    ----------
    unit
        原单位。
    to
        接手单位。
    reason
        理由；可不写。
    """
    from tasks.campaign.succession import hand_over

    say(hand_over(campaign, unit, to, by, reason, moment))
