"""`shifan publicity slogans`: the list of slogans out and back, and which venue shows which in which week."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import Day, InFile, Number, OutFile

slogans = App(name="slogans", help="宣传标语：导出、装回，按周轮换。")


@slogans.command(name="export")
def export_slogans_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出宣传标语，方案附件里的都在；可以增删、调整次序，再用 load 装回。

    示例：

        shifan publicity slogans export 标语.xlsx
    """
    from tasks.publicity.wordings_list import export_slogans, slogans_lost

    say_of(campaign, f"已导出 {export_slogans(campaign, file, moment)} 条标语到 {file}")
    if lost := slogans_lost(campaign):
        say(lost)


@slogans.command(name="load")
def load_slogans_(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回宣传标语，可反复执行；按表里的次序轮换。

    示例：

        shifan publicity slogans load 标语.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。
    """
    from tasks.publicity.wordings_list import load_slogans

    say_loaded(load_slogans(campaign, file, moment=moment))


@slogans.command
def rotate(
    file: OutFile,
    *,
    since: Day | None = None,
    weeks: Number = 4,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """写出标语轮换表：每个场所每周展示哪一条；同样的标语、场所和日子，表总是一样的。

    示例：

        shifan publicity slogans rotate 标语轮换.docx --weeks 8

    Parameters
    ----------
    file
        .xlsx、.docx 或 .pdf。
    since
        从哪天所在的一周起；默认本周。
    weeks
        几周，最多 53；默认 4。
    """
    from tasks.publicity.rotating import rotation_list, write_rotation

    found = rotation_list(campaign, moment, since, weeks)
    said = write_rotation(found, file, moment)
    say_of(campaign, f"已写出 {len(found.shown)} 行标语轮换到 {file}{said and f'；{said}'}")
