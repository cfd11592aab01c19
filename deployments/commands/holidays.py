"""`shifan holidays`: the State Council's arrangement of a year's holidays, taken in, corrected, listed."""

from collections.abc import Sequence
from datetime import date

from cyclopts import App

from deployments.say import say, say_json, say_notes, say_table
from deployments.typed.options import Json, Now, Registrar
from deployments.typed.values import Day, InFile, Name, Note, Number, Post
from models.rules.calendar.days import spans_of

holidays = App(name="holidays", help="放假安排：装入国务院通知，查看，改正。")


@holidays.command
def load(
    file: InFile,
    *,
    by: Post = "创建办",
    number: Name | None = None,
    source: Name | None = None,
    year: Number | None = None,
    sure: bool = False,
    moment: Now,
) -> None:
    """装入一年的放假安排：国务院通知的原文，或一张表。同一年再装一次就换成新的，改了哪几天会逐一列出。

    文件可以是公文（.txt .docx .pdf .html 等，同 plan compile），也可以是表（.xlsx .csv 等），表头为：节日、开始、结束、天数、调休上班。
    星期、天数、法定假日和调休上班日会互相核对，有不一致就什么都不写入。

    示例：

        shifan holidays load 放假通知.txt
        shifan holidays load 放假表.xlsx --number 国办发明电〔2025〕7号

    Parameters
    ----------
    file
        通知或表。
    by
        由谁（职务）装入。
    number
        文号；默认取文中的。
    source
        取自哪里，如网址；默认文件名。
    year
        哪一年；默认取文中的。
    sure
        调休上班的天数与放假对不上，而原文确实如此时写上。
    """
    from tasks.lists.holidays import read_holidays
    from tasks.office.holidays import HandedIn, take_in

    read = read_holidays(file, year)
    notice = HandedIn(file.name, number or "", source or file.name, by, sure)
    say(take_in(read, notice, moment))
    say_notes(read.notes)


@holidays.command(name="set")
def set_(day: Day, deed: Name, *, by: Registrar = "创建办", reason: Note = "", moment: Now) -> None:
    """改一天：放假、上班，或照通知（取消单独的改动）。只改这一天，不算录入了这一年的放假安排。

    示例：

        shifan holidays set 2026-09-03 放假 --by 创建办 --reason 国务院临时通知
        shifan holidays set 2026-09-03 照通知 --by 创建办

    Parameters
    ----------
    day
        哪一天。
    deed
        放假、上班，或照通知。
    reason
        理由；照通知时可不写。
    """
    from tasks.office.holidays import set_one_day

    say(set_one_day(day, deed, reason, by, moment))


@holidays.command(name="list")
def list_(*, year: Number | None = None, json: Json = False, moment: Now) -> None:
    """列出放假安排和它的依据；不写年份就是今年和明年。

    示例：

        shifan holidays list
        shifan holidays list --year 2026

    Parameters
    ----------
    year
        哪一年。
    """
    from models.errors import CampaignError
    from models.rules.bounds import year_fault
    from tasks.office.holidays import year_rows

    this = moment.today.year
    if year and (fault := year_fault(year)):
        raise CampaignError(fault)
    rows = year_rows([year] if year else [this, this + 1])
    if json:
        say_json({"years": [row.as_json() for row in rows]})
        return
    for row in rows:
        say_table(
            f"{row.year} 年：{row.basis}",
            ["节日", "放假", "调休上班"],
            [[one.name, _days(one.off), _days(one.worked)] for one in row.holidays],
        )
        for day, worked, reason in row.single:
            say(f"另外：{day} {'上班' if worked else '放假'}（{reason}）")


def _days(days: Sequence[date]) -> str:
    """Return days as a clerk writes them; those that follow one another as a span."""
    return "、".join(
        f"{first:%m-%d} 至 {last:%m-%d}（{count} 天）" if count > 1 else f"{first:%m-%d}"
        for first, last, count in spans_of(days)
    )
