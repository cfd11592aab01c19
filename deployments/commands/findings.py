"""`shifan findings`: problems from when they are found to their closure and look-back; lists out and back."""

from cyclopts import App

from deployments.commands.finding_dispatches import dispatches
from deployments.commands.finding_steps import (
    assign,
    decline,
    end,
    move,
    promise,
    recur,
    uphold,
)
from deployments.commands.finding_verdicts import (
    close,
    look_back,
    rectify,
    refuse,
    take_back,
    verify,
)
from deployments.say import say, say_loaded, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Registrar
from deployments.typed.values import Day, InFile, Name, Note, Number, Post

findings = App(name="findings", help="问题：提出、交办、整改、核实、销号、回头看，督办单。")
for word in (assign, uphold, promise, decline, move, rectify, refuse, verify, close, recur, end):
    findings.command(word)
findings.command(look_back, name="look-back")
findings.command(take_back, name="take-back")
findings.command(dispatches)


@findings.command
def add(
    problem: Note,
    *,
    by: Registrar,
    source: Name = "自查",
    unit: Name = "",
    due: Day | None = None,
    advice: Note = "",
    item: Name = "",
    on: Day | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一个问题；写明责任单位的当即交办。同样的话再登记一次什么也不变；销号以后再次发现的，还是原来的编号。

    示例：

        shifan findings add 执法文书没有编号 --unit 市司法局 --source 自查 --by 创建办
        shifan findings add 窗口没有公示收费标准 --unit 市政务服务中心 --source "督导检查 V1.12" --due 2026-06-10 --by 督导组

    Parameters
    ----------
    problem
        看到什么写什么。
    source
        来源：督导检查、自查、模拟评估、网上核查、回头看、投诉建议、其他；后面可写明哪一次。
    unit
        责任单位；待交办的不写。
    due
        整改时限；默认 10 个工作日。
    advice
        整改建议。
    item
        对应的工作任务或指标，如 W5、1.1.3。
    on
        发现日期；默认今天。
    """
    from tasks.findings.acting import TypedFinding, add_finding

    typed = TypedFinding(problem, source, by, unit, due, advice, item, on)
    say_of(campaign, add_finding(campaign, typed, moment))


@findings.command(name="list")
def list_(
    *,
    unit: Name = "",
    state: Name = "",
    source: Name = "",
    overdue: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """列出登记的问题、投诉和建议，按提出的次序，不排名。

    示例：

        shifan findings list
        shifan findings list --unit 市司法局 --overdue

    Parameters
    ----------
    unit
        只看一个单位的。
    state
        只看一种情况的：待交办、整改中、待核实、观察期、已销号……
    source
        只看一种来源的，如 自查、督导检查 V1.12。
    overdue
        只看逾期的。
    """
    from tasks.findings.looking import HEAD, FindingsWanted, findings_view

    found = findings_view(campaign, FindingsWanted(unit, state, source, overdue), moment)
    if found.rows:
        say_table("问题", HEAD, found.rows)
    say_of(campaign, found.line)


@findings.command
def show(code: Name, *, campaign: OfCampaign = None, moment: Now) -> None:
    """一个问题的来龙去脉：每一轮、每一步由谁在哪天办的，材料和督办单。

    示例：

        shifan findings show F1

    Parameters
    ----------
    code
        编号，如 F1；全部编号见 shifan findings list。
    """
    from tasks.findings.looking import finding_shown

    say(*finding_shown(campaign, code, moment))


@findings.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出问题清单；新问题填在空行里，用 load 装回，一次可以很多个。

    示例：

        shifan findings export 问题清单.xlsx
    """
    from tasks.findings.findings_list import export_findings

    say_of(campaign, f"已导出 {export_findings(campaign, file, moment)} 个到 {file}")


@findings.command
def ledger(unit: Name, file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出一个单位的整改台账，发给它填承诺日期、整改措施和证明材料；填好后用 load 装回。

    示例：

        shifan findings ledger 市司法局 市司法局整改台账.xlsx

    Parameters
    ----------
    unit
        哪个单位。
    """
    from tasks.findings.findings_list import export_rectification

    count = export_rectification(campaign, file, unit, moment)
    say_of(campaign, f"已导出 {unit} 的 {count} 个问题到 {file}")


@findings.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回问题清单或单位的整改台账，可反复执行；台账里写的文件与它放在一起，一并收进材料库。

    示例：

        shifan findings load 问题清单.xlsx --by 创建办
        shifan findings load 市司法局整改台账.xlsx --by 市司法局联络员

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）登记；默认创建办。
    """
    from tasks.findings.findings_list import load_findings

    say_loaded(load_findings(campaign, file, by, moment=moment))


@findings.command(name="rules")
def rules_(
    *,
    watch_days: Number | None = None,
    answer_workdays: Number | None = None,
    dispatch_number: Name = "",
    by: Post = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """看或设观察期、答复期限和督办单的编号样式；什么都不写就只看。

    示例：

        shifan findings rules
        shifan findings rules --watch-days 20 --by 创建办
        shifan findings rules --dispatch-number "金创办督〔{year}〕{number}号" --by 创建办

    Parameters
    ----------
    watch_days
        整改核实以后观察多少天才能销号；默认 14 天。
    answer_workdays
        投诉建议几个工作日内答复；默认 5 个。
    dispatch_number
        督办单的编号样式，{year} 是年份，{number} 是序号；默认 督办〔{year}〕{number}号。
    by
        由谁（职务）设置。
    """
    from dataclasses import replace

    from tasks.findings.acting import rules_of_findings, set_rules_of_findings

    old = rules_of_findings(campaign)
    new = replace(
        old,
        watch_days=watch_days or old.watch_days,
        answer_workdays=answer_workdays or old.answer_workdays,
        dispatch_number=dispatch_number.strip() or old.dispatch_number,
    )
    changed = new != old and set_rules_of_findings(campaign, new, by, moment)
    say_of(campaign, f"{'已设为' if changed else '现在'}：{new.words}")
