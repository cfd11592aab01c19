"""`shifan complaints`: what the public complains of or suggests, from the first unit to the answer."""

from cyclopts import App

from deployments.say import say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Registrar
from deployments.typed.values import Day, Name, Note

complaints = App(name="complaints", help="投诉建议：登记、首接、转办、答复；不记投诉人是谁。")


@complaints.command
def add(
    text: Note,
    *,
    by: Registrar,
    unit: Name = "",
    source: Name = "热线",
    suggestion: bool = False,
    on: Day | None = None,
    due: Day | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一件投诉或建议，交首接单位，到期前答复。里面的姓名、电话会去掉，登记前也请自己删一遍。

    示例：

        shifan complaints add 办事窗口中午没有人 --unit 市政务服务中心 --by 创建办
        shifan complaints add 建议公开收费标准 --suggestion --source 网上留言 --by 创建办

    Parameters
    ----------
    text
        投诉或建议的内容。
    unit
        首接单位；待转办的不写。
    source
        从哪里来：热线、来信来访、网上留言、其他。
    suggestion
        是建议，不是投诉。
    on
        收到的日期；默认今天。
    due
        答复期限；默认 5 个工作日，可用 shifan findings rules 改。
    """
    from models.rules.findings.words import FindingKind
    from tasks.findings.acting import TypedFinding, add_finding

    kind = FindingKind.SUGGESTION if suggestion else FindingKind.COMPLAINT
    typed = TypedFinding(text, source, by, unit, due, found_on=on, kind=kind)
    say_of(campaign, add_finding(campaign, typed, moment))


@complaints.command(name="hand-on")
def hand_on(
    code: Name,
    *,
    unit: Name,
    by: Registrar,
    note: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """转给另一个单位办理，每次转办都留痕；答复期限不因转办重新计算。

    示例：

        shifan complaints hand-on C1 --unit 市司法局 --by 创建办

    Parameters
    ----------
    code
        编号，如 C1。
    unit
        转给哪个单位。
    note
        为什么转。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep
    from tasks.findings.acting import act_on_findings

    step = NewStep(code, FindingStep.ASSIGN, by, note, unit)
    [one] = act_on_findings(campaign, [code], step, moment)
    say_of(
        campaign,
        f"{one.code} 已转{unit}办理，答复期限 {one.due}" if one.changed else f"{one.code} 没有变化",
    )


@complaints.command
def answer(
    code: Name, *, text: Note, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """登记答复的内容，办结；以后不再催。

    示例：

        shifan complaints answer C1 --text 已安排中午轮值 --by 市政务服务中心联络员

    Parameters
    ----------
    code
        编号，如 C1。
    text
        答复的内容。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep
    from tasks.findings.acting import act_on_findings

    step = NewStep(code, FindingStep.ANSWER, by, text)
    [one] = act_on_findings(campaign, [code], step, moment)
    say_of(campaign, f"{one.code} {'已答复，办结' if one.changed else '已经登记过，没有变化'}")


@complaints.command(name="raise")
def raise_(
    code: Name,
    problem: Note,
    *,
    unit: Name = "",
    due: Day | None = None,
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """从一件投诉建议里提出一个问题，交单位整改；来源写明是哪一件。

    示例：

        shifan complaints raise C1 窗口没有中午值班的安排 --unit 市政务服务中心 --by 创建办

    Parameters
    ----------
    code
        投诉建议的编号，如 C1。
    problem
        是什么问题。
    unit
        责任单位；不写就待交办。
    due
        整改时限；默认 10 个工作日。
    """
    from tasks.findings.acting import TypedFinding, add_finding
    from tasks.findings.looking import finding_shown

    finding_shown(campaign, code, moment)  # there must be such a one
    typed = TypedFinding(problem, f"complaint:{code.strip().upper()}", by, unit, due)
    say_of(campaign, add_finding(campaign, typed, moment))


@complaints.command(name="list")
def list_(
    *, unit: Name = "", overdue: bool = False, campaign: OfCampaign = None, moment: Now
) -> None:
    """列出投诉建议和办理情况。

    示例：

        shifan complaints list

    Parameters
    ----------
    unit
        只看一个单位的。
    overdue
        只看过了答复期限的。
    """
    from tasks.findings.looking import HEAD, FindingsWanted, findings_view

    found = findings_view(campaign, FindingsWanted(unit, overdue=overdue, public=True), moment)
    if found.rows:
        say_table("投诉建议", HEAD, found.rows)
    say_of(campaign, found.line)


@complaints.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出投诉建议登记表，连同首接、转办、答复的经过；里面没有投诉人的姓名和电话。

    示例：

        shifan complaints export 投诉建议.xlsx
    """
    from tasks.findings.complaints_list import export_complaints

    say_of(campaign, f"已导出 {export_complaints(campaign, file, moment)} 件到 {file}")
