"""The steps of a finding at the command: each says who, and most say why."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from deployments.say import say_of
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Codes, Day, Name, Note

if TYPE_CHECKING:
    from models.findings.steps import NewStep
    from models.rules.calendar.moment import Moment

Finding = Annotated[Codes, Parameter(help="编号，如 F1；几个用顿号隔开。")]
Due = Annotated[Day | None, Parameter(help="整改时限；不写的用原来的，或通常的期限。")]


def assign(
    code: Finding, *, unit: Name, by: Registrar, due: Due = None, note: Note = "",
    campaign: OfCampaign = None, moment: Now,
) -> None:  # fmt: skip
    """交给一个单位整改，或改交另一个单位；时限记入它的待办，逾期逐级提醒。

    示例：

        shifan findings assign F1 --unit 市司法局 --due 2026-06-10 --by 创建办

    Parameters
    ----------
    unit
        哪个单位。
    note
        要说明的话。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.ASSIGN, by, note, unit, due), campaign, moment)


def uphold(
    code: Finding, *, by: Registrar, reason: Reason, due: Due = None,
    campaign: OfCampaign = None, moment: Now,
) -> None:  # fmt: skip
    """单位不认领的，裁定仍由它整改。

    示例：

        shifan findings uphold F1 --by 创建办 --reason 属于该局职责
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.UPHOLD, by, reason, day=due), campaign, moment)


def promise(
    code: Finding, *, on: Day, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """登记单位承诺哪天完成；时限不因此改变，推后几次、兑现没有都看得出。

    示例：

        shifan findings promise F1 --on 2026-06-05 --by 市司法局联络员

    Parameters
    ----------
    on
        承诺完成的日期。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.PROMISE, by, day=on), campaign, moment)


def decline(
    code: Finding, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """单位不认领，写明理由；由创建办裁定，其间不再催这个单位。

    示例：

        shifan findings decline F1 --by 市司法局联络员 --reason 不是本局职责
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.DECLINE, by, reason), campaign, moment)


def move(
    code: Finding, *, due: Day, by: Registrar, reason: Reason,
    campaign: OfCampaign = None, moment: Now,
) -> None:  # fmt: skip
    """调整整改时限，写明理由；原定的日期一直保留。

    示例：

        shifan findings move F1 --due 2026-06-20 --by 创建办 --reason 等待上级文件

    Parameters
    ----------
    due
        调整到哪一天。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.MOVE, by, reason, day=due), campaign, moment)


def recur(
    code: Finding, *, by: Registrar, reason: Reason, due: Due = None,
    campaign: OfCampaign = None, moment: Now,
) -> None:  # fmt: skip
    """又发生了：还是原来的编号，从新的一轮重新整改，以前各轮都留着。

    示例：

        shifan findings recur F1 --by 督导组 --reason 又有文书没有编号
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.RECUR, by, reason, day=due), campaign, moment)


def end(
    code: Finding, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """确实不能整改的，由写明职务的人作出决定、写明理由，不再整改；清单上一直看得见。

    示例：

        shifan findings end F1 --by 分管领导 --reason 机构已撤销
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.END, by, reason), campaign, moment)


def act(codes: str, step: "NewStep", campaign: str | None, moment: "Moment") -> None:
    """Take a step for each of ``codes`` and say what came of it."""
    from tasks.findings.acting import act_on_findings, outcome_words
    from tasks.workbook.cells import as_names

    outcomes = act_on_findings(campaign, as_names(codes), step, moment)
    for line in outcome_words(outcomes, step.step):
        say_of(campaign, line)
