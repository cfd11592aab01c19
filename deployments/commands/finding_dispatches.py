"""`shifan findings dispatches`: the dispatches that went out, what came back, and a person's word on it."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from deployments.say import say_of, say_table
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Codes, Day, InFile, Name, Note

if TYPE_CHECKING:
    from models.rules.calendar.moment import Moment

dispatches = App(name="dispatches", help="督办单：发出的编号、级别和事项，扫描的回件和确认。")

Numbered = Annotated[Name, Parameter(help="督办单的编号，如 督办〔2026〕3号，或 2026-3。")]


@dispatches.command(name="list")
def list_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出发出的督办单：编号不断号，作废的也列出；每份督办了哪些事项和问题，回件收到没有。

    示例：

        shifan findings dispatches list
    """
    from tasks.findings.returns import DISPATCH_HEAD, dispatch_view

    rows, line = dispatch_view(campaign)
    if rows:
        say_table("督办单", DISPATCH_HEAD, rows)
    say_of(campaign, line)


@dispatches.command
def returned(
    file: InFile,
    *,
    number: Name = "",
    by: Registrar = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """收下扫描的回件，等人确认；也可以把文件名里写着编号的扫描件放进收件文件夹。手机拍的照片不收。

    示例：

        shifan findings dispatches returned 督办2026-3.pdf

    Parameters
    ----------
    file
        扫描件。
    number
        督办单的编号；文件名里写着的不必写。
    """
    from tasks.findings.returns import ReturnedDispatch
    from tasks.findings.scanning import take_return

    came = ReturnedDispatch(file, number, by)
    say_of(campaign, take_return(campaign, came, moment))


@dispatches.command
def confirm(
    number: Numbered, *, by: Registrar, done: Codes = "", until: Day | None = None,
    note: Note = "", campaign: OfCampaign = None, moment: Now,
) -> None:  # fmt: skip
    """看过回件，确认这份督办单已办结；里面督办的问题按回执报整改，等另外的人核实。不能由收到督办单的单位确认。

    示例：

        shifan findings dispatches confirm 督办〔2026〕3号 --by 创建办
        shifan findings dispatches confirm 督办〔2026〕3号 --done F1 --until 2026-12-20 --by 创建办

    Parameters
    ----------
    done
        回执写明已办结的是哪几个问题，几个用顿号隔开；--done 和 --until 都不写，就是全部已办结。
    until
        其余的，回执写明哪天完成；登记为承诺日期。
    note
        要说明的话；投诉建议写答复的内容。
    """
    from models.findings.answering import SlipSaid
    from models.rules.findings.dispatch_words import DispatchVerdict, DispatchWord
    from tasks.findings.answering import say_of_dispatch
    from tasks.workbook.cells import as_names

    said = DispatchVerdict(DispatchWord.ANSWERED, by, note)
    slip = SlipSaid(as_names(done), until)
    for line in say_of_dispatch(campaign, number, said, moment, slip):
        say_of(campaign, line)


@dispatches.command
def refuse(
    number: Numbered, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """回件不作数（没有盖章、扫错了），写明理由，等重新扫描。

    示例：

        shifan findings dispatches refuse 督办〔2026〕3号 --by 创建办 --reason 没有盖章
    """
    _settle(number, ("REFUSED", by, reason), campaign, moment)


@dispatches.command
def void(
    number: Numbered, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """作废一份督办单，写明理由；编号不再用，清单里一直看得见。

    示例：

        shifan findings dispatches void 督办〔2026〕3号 --by 创建办 --reason 发错了单位
    """
    _settle(number, ("VOID", by, reason), campaign, moment)


@dispatches.command(name="take-back")
def take_back(
    number: Numbered, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """点错了：撤回对一份督办单的确认、不作数或作废；确认时报的整改和承诺一并撤回，经过都留着。

    示例：

        shifan findings dispatches take-back 督办〔2026〕3号 --by 创建办 --reason 看错了一份
    """
    _settle(number, ("TAKEN_BACK", by, reason), campaign, moment)


def _settle(
    number: str, said: tuple[str, str, str], campaign: str | None, moment: "Moment"
) -> None:
    from models.rules.findings.dispatch_words import DispatchVerdict, DispatchWord
    from tasks.findings.answering import say_of_dispatch

    what, by, reason = said
    verdict = DispatchVerdict(DispatchWord[what], by, reason)
    for line in say_of_dispatch(campaign, number, verdict, moment):
        say_of(campaign, line)
