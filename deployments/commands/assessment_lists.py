"""`shifan assessment tables` and `records`: the office's own tables, and what reviewers fill in."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import (
    DrillCode,
    FilledWorkbook,
    MethodName,
    NewWorkbook,
    Now,
    OfCampaign,
    Reason,
    Registrar,
)
from deployments.typed.values import Name, Post

lists = App(name="tables", help="本级的表：案卷评查标准、评估权重，导出和装回。")
sheets = App(name="sheets", help="案卷评查标准：许可、处罚、强制各一套。")
weights = App(name="weights", help="评估权重：书面、实地、满意度。")
records = App(name="records", help="评估记录：导出给评查人或单位，填好后装回。")
lists.command(sheets)
lists.command(weights)


@sheets.command(name="export")
def export_sheets(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出案卷评查标准；没有装入本级标准以前导出的是示例，不是官方标准。

    示例：

        shifan assessment tables sheets export 评查标准.xlsx
    """
    from tasks.assessment.office_tables import export_case_sheets

    rows, own = export_case_sheets(campaign, file, moment)
    said = "本级的标准" if own else "示例，不是官方标准，请换成本级的"
    say_of(campaign, f"已导出 {rows} 条到 {file}（{said}）")


@sheets.command(name="load")
def load_sheets(
    file: FilledWorkbook, *, by: Post = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """装回案卷评查标准，可反复执行；已经抽取的样本仍用抽取时的标准。

    示例：

        shifan assessment tables sheets load 评查标准.xlsx --by 创建办

    Parameters
    ----------
    by
        由谁（职务）装入；默认创建办。
    """
    from tasks.assessment.office_tables import load_case_sheets

    say_loaded(load_case_sheets(campaign, file, by, moment=moment))


@weights.command(name="export")
def export_weights_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出评估权重；没有装入本级权重以前导出的是示例。

    示例：

        shifan assessment tables weights export 权重.xlsx
    """
    from tasks.assessment.office_tables import export_weights

    say_of(campaign, f"已导出 {export_weights(campaign, file, moment)} 行到 {file}")


@weights.command(name="load")
def load_weights_(
    file: FilledWorkbook, *, by: Post = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """装回评估权重，合计应为 100；已办结的模拟评估仍用当时的权重。

    示例：

        shifan assessment tables weights load 权重.xlsx --by 创建办

    Parameters
    ----------
    by
        由谁（职务）装入；默认创建办。
    """
    from tasks.assessment.office_tables import load_weights

    say_loaded(load_weights(campaign, file, by, moment=moment))


@records.command(name="export")
def export_records(
    drill: DrillCode,
    method: MethodName,
    file: NewWorkbook,
    *,
    unit: Name = "",
    reviewer: Post = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """导出一种方式的评估记录表：抽中的逐条列出看什么、问什么；一名评查人或一个单位一份。

    示例：

        shifan assessment records export M1 资料核查 记录.xlsx
        shifan assessment records export M1 案卷评查 市司法局.xlsx --unit 市司法局

    Parameters
    ----------
    unit
        只要这个单位的样本。
    reviewer
        带上这名评查人（岗位）已经填的。
    """
    from tasks.assessment.records import export_record
    from tasks.assessment.seeding import asked_method

    said = (unit, reviewer, moment)
    rows = export_record(campaign, drill, asked_method(method), file, said)
    say_of(campaign, f"已导出 {rows} 行到 {file}")


@records.command(name="load")
def load_records(
    file: FilledWorkbook, *, by: Post, campaign: OfCampaign = None, moment: Now
) -> None:
    """装回填好的评估记录表，可反复执行；由谁评查写在 --by，意见不同要合议的，以 --by 合议 登记。

    示例：

        shifan assessment records load 记录.xlsx --by 评查一组

    Parameters
    ----------
    by
        评查人（岗位，不写姓名）。
    """
    from tasks.assessment.records import load_record

    say_loaded(load_record(campaign, file, by, moment=moment))


@records.command(name="take-back")
def take_back_record_(
    drill: DrillCode,
    method: MethodName,
    reviewer: Post,
    *,
    by: Registrar,
    reason: Reason,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """撤回一名评查人登记的全部记录（如装入时写错了评查人）；登记过什么，记录链里留着。

    示例：

        shifan assessment records take-back M1 资料核查 评查二组 --by 创建办 --reason 写错了评查人

    Parameters
    ----------
    reviewer
        评查人（岗位），与登记时写的一致。
    """
    from tasks.assessment.records import take_back_record
    from tasks.assessment.seeding import asked_method

    said = (by, reason, moment)
    say_of(campaign, take_back_record(campaign, drill, asked_method(method), reviewer, said))
