"""`shifan papers write annual`, `papers check`, `papers due`: the annual report, its numbers, its days."""

from typing import Annotated

from cyclopts import App, Parameter

from deployments.commands.papers_written import HowWritten, say_written
from deployments.say import say, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Name, Post, Year

OfYear = Annotated[Year | None, Parameter(help="哪一年的；默认去年。")]


def annual(
    *,
    how: HowWritten,
    year: OfYear = None,
    to: Name = "",
    texts: InFile | None = None,
    rows: NewWorkbook | None = None,
    moment: Now,
) -> None:
    """写法治政府建设年度报告：四章，取自一年登记的数据，旁列上年；点数字到文末附表，看数的是哪些。

    示例：

        shifan papers write annual --year 2026 --out 年度报告.docx

    Parameters
    ----------
    to
        主送机关；对外公开的不写。
    texts
        表里没有的文字：一个文本文件，以【第一责任人】【主要举措】【存在问题】【下一步打算】各一行开头，下面逐段写；
        【上年数据】下面一行一项，如 完成责任：12。写过一次以后各版都沿用，里面的 XX 会标出来。
    rows
        把每个数字数的全部各条另写成 Excel；附表里每项最多列 200 条。已有同名文件时不会覆盖。
    """
    from tasks.papers.annual.writing import write_annual

    of = year or moment.today.year - 1
    say_written(how, write_annual(how.campaign, how.order(to), of, moment, texts, rows))


def check(
    kind: Name,
    file: InFile,
    *,
    year: OfYear = None,
    out: NewWorkbook | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """核对改过的年度报告：逐个数字写明所在的话、登记的数据是多少，空着的（XX、【待补】）也列出。

    示例：

        shifan papers check annual 年度报告.docx --year 2026

    Parameters
    ----------
    kind
        哪种文书：annual 或 年度报告。
    file
        Word 文件（.docx）。
    out
        另存为 Excel 文件；已有同名文件时不会覆盖。
    """
    from tasks.papers.annual.checking import CHECK_HEAD, check_annual

    of = year or moment.today.year - 1
    line, found = check_annual(campaign, kind, file, of, moment, out)
    if found:
        rows = [(one.number, one.sentence, one.verdict.chinese, one.tables) for one in found]
        say_table("数字核对", list(CHECK_HEAD), rows)
    say_of(campaign, line)


def due(
    *,
    year: OfYear = None,
    by: Post,
    take_back: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把年度报告报上级（次年3月1日前）、向社会公开（次年4月1日前）排成两个节点，到期前照常提醒。

    示例：

        shifan papers due --year 2026 --by 创建办

    Parameters
    ----------
    by
        由谁（职务）安排。
    take_back
        年份写错了的，撤销这两个节点。
    """
    from tasks.papers.annual.due_days import lay_report_days, withdraw_report_days

    of = year or moment.today.year - 1
    if take_back:
        say(withdraw_report_days(campaign, of, by, moment))
        return
    lines = lay_report_days(campaign, of, by, moment)
    say_of(campaign, f"已排 {len(lines)} 个节点，办完用 shifan progress set 登记")
    say(*(f"  {line}" for line in lines))


def with_annual(papers: App, write: App) -> None:
    """Let ``papers`` have these commands."""
    write.command(annual)
    papers.command(check)
    papers.command(due)
