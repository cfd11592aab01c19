"""`shifan inspection results`: what came of visits, by the team's workbook or one by one."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Day, InFile, Name, Note

results = App(name="results", help="走访结果：装入督导组填好的表，或逐次登记。")


@results.command(name="load")
def load_results_(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装入督导组填好的结果表，可反复执行；有一行不对就都不收，标红退回。

    每次走访都要列出问题，或写明“未发现问题”。

    示例：

        shifan inspection results load V1.1-市司法局-督导结果.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件，一次走访一份，或几次走访合在一份里。
    """
    from tasks.inspection.results import load_results

    say_loaded(load_results(campaign, file, moment=moment))


@results.command(name="set")
def set_result_(
    code: Name,
    *,
    on: Day,
    by: Registrar,
    problems: Note = "",
    item: Name = "",
    due: Day | None = None,
    nothing: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一次走访的结果：列出的问题，或用 --nothing 写明未发现问题。

    示例：

        shifan inspection results set V1.2 --on 2026-05-20 --by 第一督导组组长 --nothing

    Parameters
    ----------
    code
        走访的编号，如 V1.2。
    on
        实际走访的日期。
    problems
        列出的问题，几个问题用分号隔开。
    item
        这些问题涉及的任务或指标编号，如 W5。
    due
        建议整改期限。
    nothing
        未发现问题。
    """
    from models.rules.visits.results import problems_in
    from tasks.inspection.results import SaidOfVisit, set_result

    said = SaidOfVisit(code, on, by, nothing, problems_in(problems), item, due)
    outcome = set_result(campaign, said, moment)
    new = "已登记" if outcome.changes else "没有变化"
    say_of(campaign, f"{outcome.code} {outcome.found}，{new}")


@results.command(name="take-back")
def take_back_result_(
    code: Name, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """撤回登记错了的一次走访结果，它重新等待走访；列过问题的不能撤回，问题已经交办。

    示例：

        shifan inspection results take-back V1.2 --by 创建办 --reason 登记错了走访

    Parameters
    ----------
    code
        走访的编号，如 V1.2。
    """
    from tasks.inspection.results import take_back_result

    new = take_back_result(campaign, code, by, reason, moment)
    say_of(campaign, f"{code} {'的结果已撤回，等待走访' if new else '没有登记过结果，没有变化'}")
