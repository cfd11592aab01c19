"""What was mended, and what others say of it: rectification, verification, closure, look-back."""

from deployments.commands.finding_steps import Finding, act
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import InFile, Name, Note


def rectify(
    code: Name,
    *files: InFile,
    measure: Note,
    evidence: Name = "",
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """报整改措施和结果，附证明材料：材料库里已有的写编号，没有的附上文件，一并收进材料库。

    示例：

        shifan findings rectify F1 整改通知.pdf --measure 文书已统一编号 --by 市司法局联络员
        shifan findings rectify F1 --evidence E0003、E0005 --measure 文书已统一编号 --by 市司法局联络员

    Parameters
    ----------
    code
        编号，如 F1。
    files
        证明整改的文件，可以几个。
    measure
        整改措施和结果。
    evidence
        材料编号，几份用顿号隔开。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep
    from tasks.findings.proofs import proofs_from_files
    from tasks.workbook.cells import as_names

    pieces = (*as_names(evidence), *proofs_from_files(campaign, code, files, by, moment))
    step = NewStep("", FindingStep.RECTIFY, by, measure, pieces=pieces)
    act(code, step, campaign, moment)


def refuse(
    code: Finding, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """核实没有通过，写明原因，退回单位继续整改；不能由报整改的人登记。

    示例：

        shifan findings refuse F1 --by 督导组 --reason 只改了一部分
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.REFUSE, by, reason), campaign, moment)


def verify(
    code: Finding, *, by: Registrar, note: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """核实整改属实，进入观察期；不能由报整改的人登记。

    示例：

        shifan findings verify F1 --by 督导组

    Parameters
    ----------
    note
        怎样核实的。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.VERIFY, by, note), campaign, moment)


def close(
    code: Finding, *, by: Registrar, note: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """销号：观察期已过、材料还算数的才能销；销号以后不再催任何人。

    示例：

        shifan findings close F1 --by 创建办

    Parameters
    ----------
    note
        要说明的话。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.CLOSE, by, note), campaign, moment)


def take_back(
    code: Finding, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """点错了：撤回上一步（承诺、报整改、核实通过、销号、回头看、另行决定、答复），回到那以前；经过都留着。

    示例：

        shifan findings take-back F1 --by 创建办 --reason 核实的是另一个问题
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.TAKE_BACK, by, reason), campaign, moment)


def look_back(
    code: Finding, *, by: Registrar, note: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """登记销号以后回头看过、没有反弹；又发生的用 recur。

    示例：

        shifan findings look-back F1 --by 督导组

    Parameters
    ----------
    note
        看了什么。
    """
    from models.findings.steps import NewStep
    from models.rules.findings.words import FindingStep

    act(code, NewStep("", FindingStep.LOOK, by, note), campaign, moment)
