"""`shifan law-test candidates`, `answers`: who sits a test and what they answered, out as lists and back."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import (
    Enterer,
    FilledWorkbook,
    NewWorkbook,
    Now,
    OfCampaign,
    WhichTest,
)

candidates = App(name="candidates", help="考生人数：导出填报，装入后编出考号；只有考号，没有姓名。")
answers = App(name="answers", help="答卷：导出登记表，填好后装回，自动评分。")


@candidates.command(name="export")
def export_seats_(
    file: NewWorkbook, *, number: WhichTest = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出考生人数表，一个单位一行，执法人员和其他人员各填人数；已编的考号一并列出。

    示例：

        shifan law-test candidates export 考生人数.xlsx
    """
    from tasks.surveys.law_seats_list import export_seats

    units, people = export_seats(campaign, number, file, moment)
    say_of(campaign, f"已导出 {units} 个单位到 {file}，现有 {people} 个考号")


@candidates.command(name="load")
def load_seats_(
    file: FilledWorkbook, *, number: WhichTest = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """装回考生人数表，可反复执行：按人数编考号，已有成绩的考号不会减掉。

    示例：

        shifan law-test candidates load 考生人数.xlsx
    """
    from tasks.surveys.law_seats_list import load_seats

    say_loaded(load_seats(campaign, number, file, moment))


@answers.command(name="export")
def export_answers_(
    file: NewWorkbook, *, number: WhichTest = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出答卷登记表，一个考号一行，一题一列。

    示例：

        shifan law-test answers export 答卷.xlsx
    """
    from tasks.surveys.law_answers_list import export_answers

    rows = export_answers(campaign, number, file, moment)
    say_of(campaign, f"已导出 {rows} 个考号到 {file}")


@answers.command(name="load")
def load_answers_(
    file: FilledWorkbook,
    *,
    by: Enterer = "",
    number: WhichTest = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """装回答卷登记表，自动评分，可反复执行；一题也没有填的算没有参加。

    示例：

        shifan law-test answers load 答卷.xlsx --by 创建办
    """
    from tasks.surveys.law_answers_list import load_answers

    say_loaded(load_answers(campaign, number, file, by, moment))
