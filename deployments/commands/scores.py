"""`shifan scores`: the office's scoring table, scores and deductions; lists out and back."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Name, Note, Number, Post

scores = App(name="scores", help="得分：评分表、自评分、初审分、模拟分、扣分。")
rules = App(name="rules", help="评分表：导出，填好分值和评分办法后装回。")
scores.command(rules)


@rules.command(name="export")
def export_rules_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出评分标准表，一项指标一行；照本级评分表填好后用 load 装回。

    示例：

        shifan scores rules export 评分标准.xlsx
    """
    from tasks.figures.rules_list import export_rules

    indicators, worth = export_rules(campaign, file, moment)
    say_of(campaign, f"已导出 {indicators} 项指标到 {file}，其中 {worth} 项有分值")


@rules.command(name="load")
def load_rules_(
    file: InFile,
    *,
    by: Post = "",
    total: Number = 100,
    counts: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """装回评分标准表，可反复执行；下级加不出上级、合计不是满分、编号有缺、正文里另写有分值的，逐条提示。

    示例：

        shifan scores rules load 评分标准.xlsx --by 创建办 --counts 10/34/104

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）装入；默认创建办。
    total
        满分，默认 100。
    counts
        一、二、三级指标各应有几项，如 10/34/104；不写就不核对。
    """
    from models.errors import PlanError
    from tasks.figures.rules_list import counts_of, load_rules

    try:
        stated = counts_of(counts)
    except ValueError:
        line = "--counts 应为 10/34/104 这样的三个数"
        raise PlanError("命令", [line]) from None
    say_loaded(load_rules(campaign, file, by, (total, stated), moment=moment))


@scores.command
def export(
    file: NewWorkbook, *, unit: Name | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出得分表：一张得分，一张扣分；写明 --unit 时是发给该单位的自评表。填好后用 load 装回。

    示例：

        shifan scores export 得分.xlsx
        shifan scores export 市司法局自评.xlsx --unit 市司法局

    Parameters
    ----------
    unit
        只导出这个单位承担的指标，由它自评。
    """
    from tasks.figures.scores_list import export_scores, export_self_scores

    if unit:
        own = export_self_scores(campaign, file, unit, moment)
        say_of(campaign, f"已导出 {unit} 承担的 {own} 项指标到 {file}")
        return
    indicators, taken = export_scores(campaign, file, moment)
    say_of(campaign, f"已导出 {indicators} 项指标、{taken} 条扣分到 {file}")


@scores.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回得分表，可反复执行：只登记有变化的格，原来的得分留在记录里。

    示例：

        shifan scores load 得分.xlsx --by 创建办

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）评分；默认创建办。
    """
    from tasks.figures.scores_list import load_scores

    say_loaded(load_scores(campaign, file, by, moment=moment))


@scores.command(name="set")
def set_(
    code: Name,
    points: Name,
    *,
    kind: Name = "初审分",
    by: Post,
    note: Note = "",
    unit: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一项指标的得分，各单位的部分随之登记；写明 --unit 时登记该单位的自评分。

    示例：

        shifan scores set 1.1.2 2.5 --kind 初审分 --by 创建办
        shifan scores set 1.1.2 达到 --kind 自评分 --unit 市司法局 --by 市司法局联络员

    Parameters
    ----------
    code
        指标编号。
    points
        得分；没有分值的指标写 达到、基本达到、没有达到；要撤回的写 撤回。
    kind
        自评分、初审分、模拟分。
    by
        由谁（职务）评分。
    note
        说明。
    unit
        这个单位给自己的部分评的分；牵头单位的就是这项指标的自评分。
    """
    from tasks.figures.scoring_one import ScoreTyped, set_one_score

    say_of(
        campaign, set_one_score(campaign, ScoreTyped(code, points, kind, by, note, unit), moment)
    )


@scores.command
def deduct(
    code: Name,
    points: Name,
    *,
    reason: Note,
    kind: Name = "初审分",
    by: Post,
    evidence: Name = "",
    withdraw: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """扣分并写明理由；得分随之算出，扣到最低分为止。同一理由再扣一次是更正，加 --withdraw 是撤销。

    示例：

        shifan scores deduct 1.1.2 0.5 --reason 两份文件没有公开发布 --evidence E0003 --by 创建办

    Parameters
    ----------
    code
        指标编号。
    points
        扣多少分。
    reason
        理由：哪一件、差在哪里。
    kind
        自评分、初审分、模拟分。
    by
        由谁（职务）扣分。
    evidence
        证明材料的编号，如 E0003。
    withdraw
        撤销这条扣分。
    """
    from tasks.figures.scoring_one import DeductionTyped, set_one_deduction

    typed = DeductionTyped(code, points, kind, by, reason, evidence, withdraw)
    say_of(campaign, set_one_deduction(campaign, typed, moment))


@scores.command
def show(*, campaign: OfCampaign = None, moment: Now) -> None:
    """查看各项得分、扣分、自评与初审的差异和总分；还没有评的逐项写明，不排名。

    示例：

        shifan scores show
    """
    from tasks.figures.view import SCORE_HEAD, score_view

    found = score_view(campaign)
    if found.rows:
        say_table("得分", SCORE_HEAD, found.rows)
    if found.differences:
        say(f"自评与初审不同的 {len(found.differences)} 项：")
        say(*(f"  {line}" for line in found.differences))
    if found.doubts:
        say("需要核对：")
        say(*(f"  {line}" for line in found.doubts))
    for line in found.totals:
        say_of(campaign, line)
