"""`shifan findings dispatches`: the dispatches that went out, what came back, and a person's word on it."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from deployments.say import say_of, say_table
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import InFile, Name, Note

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
    number: Numbered, *, by: Registrar, note: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """看过回件，确认这份督办单已办结；不能由收到督办单的单位确认。

    示例：

        shifan findings dispatches confirm 督办〔2026〕3号 --by 创建办

    Parameters
    ----------
    note
        要说明的话。
    """
    _settle(number, ("dispatch-answered", by, note), "已确认办结", campaign, moment)


@dispatches.command
def refuse(
    number: Numbered, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """回件不作数（没有盖章、扫错了），写明理由，等重新扫描。

    示例：

        shifan findings dispatches refuse 督办〔2026〕3号 --by 创建办 --reason 没有盖章
    """
    _settle(number, ("dispatch-refused", by, reason), "的回件不作数", campaign, moment)


@dispatches.command
def void(
    number: Numbered, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """作废一份督办单，写明理由；编号不再用，清单里一直看得见。

    示例：

        shifan findings dispatches void 督办〔2026〕3号 --by 创建办 --reason 发错了单位
    """
    _settle(number, ("dispatch-void", by, reason), "已作废", campaign, moment)


def _settle(
    number: str, said: tuple[str, str, str], done: str, campaign: str | None, moment: "Moment"
) -> None:
    from models.findings.dispatching import DispatchVerdict
    from tasks.findings.returns import settle_dispatch_named

    name, new = settle_dispatch_named(campaign, number, DispatchVerdict(*said), moment)
    say_of(campaign, f"{name} {done}" if new else f"{name} 已经登记过，没有变化")
