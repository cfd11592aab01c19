"""`shifan briefing`: draft, confirm, withdraw, print and list the numbered issues."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from deployments.commands.briefing_items import items
from deployments.say import say, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Reason
from deployments.typed.values import Day, Name, Note, Number, OutFile, Post

if TYPE_CHECKING:
    from tasks.papers.briefings.issuing import PrintedIssue

briefing = App(name="briefing", help="简报：投稿、成稿、确认编期号、撤回、期目。")
briefing.command(items)

Out = Annotated[
    OutFile, Parameter(help="写到哪个文件，以 .docx 或 .pdf 结尾；同名文件会换成新的。")
]
Editors = Annotated[
    Note, Parameter(help="编校一栏印什么；写了姓名的只印在文件上，不保存；不写就空着。")
]
Year = Annotated[Number | None, Parameter(help="哪一年的；只在按年编号、几年都有这一期时要写。")]


@briefing.command(name="set")
def set_(
    *,
    title: Name | None = None,
    office: Name | None = None,
    report: Note | None = None,
    send: Note | None = None,
    issue: Note | None = None,
    copies: Number | None = None,
    start: Number | None = None,
    yearly: bool | None = None,
    weekly: bool | None = None,
    by: Post,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """设置简报的报头、报送范围、印数和编号办法；没有写的保持不变。

    示例：

        shifan briefing set --report 省委依法治省办 --issue 各责任单位 --copies 80 --by 创建办

    Parameters
    ----------
    title
        报头上的名称；默认取方案名称。
    office
        编发单位；默认是方案的发文机关。
    report
        “报：”后面写什么。
    send
        “送：”后面写什么。
    issue
        “发：”后面写什么。
    copies
        共印多少份。
    start
        这里出的第一期是第几期；以前已经出过 18 期的写 19，出过一期以后不能再改。
    yearly
        按年编号（每年从第 1 期起）；默认连续编号。
    weekly
        每周最后一个工作日自动形成一稿；不要的写 --no-weekly。
    by
        由谁（职务）设置。
    """
    from tasks.papers.briefings.settings import NewLook, look_rows, set_briefings

    new = NewLook(title, office, report, send, issue, copies, yearly, start, weekly)
    done = set_briefings(campaign, new, by, moment)
    say_table("简报设置", ["项目", "内容"], look_rows(campaign))
    say_of(campaign, "简报设置已更新" if done else "简报设置没有变化")


@briefing.command
def draft(
    *,
    out: Out,
    since: Day | None = None,
    by: Post = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """形成下一期的稿子：没有登过的投稿，和没有登过的进展；稿子没有期号。

    示例：

        shifan briefing draft --out 简报稿.docx

    Parameters
    ----------
    since
        第一期从哪一天写起；默认一周。以后各期接着上一期写。
    by
        由谁（职务）形成。
    """
    from tasks.papers.briefings.issuing import draft_briefing

    made = draft_briefing(campaign, out, by, moment, since)
    state = "已形成" if made.issue.new else "内容没有变化，仍是"
    _say_printed(campaign, f"{state}简报第 {made.issue.draft} 稿", made, out.name)
    say(f"看过后确认：shifan briefing confirm {made.issue.draft} --out 简报.docx --by 创建办")


@briefing.command
def confirm(
    number: Number,
    *,
    out: Out,
    by: Post,
    editors: Editors = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """确认一稿，编上期号，写成印发的文件；期号连续，登过的内容以后不再登。

    示例：

        shifan briefing confirm 1 --out 简报.docx --by 创建办

    Parameters
    ----------
    number
        第几稿；换过稿的，只能确认最新的一稿。
    by
        由谁（职务）确认。
    """
    from tasks.papers.briefings.issuing import confirm_briefing
    from tasks.papers.keeping import PaperOrder

    made = confirm_briefing(campaign, number, PaperOrder(out, by), moment, editors)
    state = "已编号" if made.issue.new else "早已编号"
    _say_printed(campaign, f"第 {number} 稿{state}：简报{made.issue.name}", made, out.name)


@briefing.command(name="print")
def print_(
    number: Number,
    *,
    out: Out,
    year: Year = None,
    editors: Editors = "",
    by: Post = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """再写一份已经编号的简报；撤回的在期号后写明已撤回。

    示例：

        shifan briefing print 1 --out 简报第1期.docx

    Parameters
    ----------
    number
        第几期。
    by
        由谁（职务）写出。
    """
    from tasks.papers.briefings.issuing import print_briefing
    from tasks.papers.keeping import PaperOrder

    made = print_briefing(campaign, (number, year), PaperOrder(out, by), moment, editors)
    _say_printed(campaign, f"简报{made.issue.name}", made, out.name)


@briefing.command
def withdraw(
    number: Number,
    *,
    year: Year = None,
    reason: Reason,
    by: Post,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """撤回一期：期号保留、不再使用，所登内容可以登在以后的期里。

    示例：

        shifan briefing withdraw 1 --reason 数字有误 --by 创建办

    Parameters
    ----------
    number
        第几期。
    by
        由谁（职务）撤回。
    """
    from tasks.papers.briefings.issuing import withdraw_briefing

    say_of(campaign, withdraw_briefing(campaign, (number, year), (by, reason), moment))


@briefing.command(name="list")
def list_(*, out: NewWorkbook | None = None, campaign: OfCampaign = None, moment: Now) -> None:
    """列出各期和待确认的稿子；撤回的期号留在原处。

    示例：

        shifan briefing list
        shifan briefing list --out 期目.xlsx
    """
    from tasks.papers.briefings.issues_list import ISSUE_HEAD, export_issues, issue_cells
    from tasks.papers.briefings.issuing import issue_rows

    label, found = issue_rows(campaign)
    if out:
        say_of(campaign, f"已导出 {export_issues(campaign, out, moment)} 期到 {out.name}")
        return
    if found:
        say_table(f"{label} 简报", list(ISSUE_HEAD), map(issue_cells, found))
        return
    say(f"{label}：还没有简报")


def _say_printed(campaign: str | None, line: str, made: "PrintedIssue", name: str) -> None:
    count = len(made.issue.content.articles)
    say_of(campaign, f"{line}，{count} 篇，已写到 {name}")
    if made.written:
        say(*made.written.lines)
