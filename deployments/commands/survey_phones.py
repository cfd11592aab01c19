"""`shifan survey numbers`, `calls`: telephone numbers in, the call list out, and their deletion."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign, WhichSurvey
from deployments.typed.values import InFile, OutFile, Post

numbers = App(name="numbers", help="电话号码：另外存放，只有本机用户能读，期满自动删除并留下证明。")


@numbers.command
def template(file: NewWorkbook, *, moment: Now) -> None:
    """生成电话号码的空表：只要地区、人群和电话，不要姓名和住址。

    示例：

        shifan survey numbers template 号码.xlsx
    """
    from tasks.surveys.phone_list import phones_template

    phones_template(file)
    say(f"空表已写到 {file}")


@numbers.command
def load(
    file: InFile,
    *,
    by: Post,
    number: WhichSurvey = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """装入电话号码；号码不进数据库、记录链和备份，别处都显示成 138****1234。再装一次以后装的为准。

    示例：

        shifan survey numbers load 号码.xlsx --by 评估测评组

    Parameters
    ----------
    file
        填好的 Excel 文件；装入后请删除。
    by
        由谁（职务）装入。
    """
    from tasks.surveys.phone_list import load_phones

    say_loaded(load_phones(campaign, number, file, by.strip(), moment))
    say(f"号码已另外存放；{file} 里还有一份，不再需要的请删除")


@numbers.command
def forget(
    *, by: Post, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """不等期满，现在就删除一次测评的电话号码，删了几个、按什么删的写入记录链。

    示例：

        shifan survey numbers forget --by 评估测评组

    Parameters
    ----------
    by
        由谁（职务）删除。
    """
    from tasks.surveys.forgetting import forget_numbers

    say_of(campaign, forget_numbers(campaign, number, by.strip(), moment))


def calls_(
    out: OutFile,
    *,
    by: Post,
    number: WhichSurvey = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """抽取电话清单，写成 Excel，一名话务员一张表；只有这里是完整号码，用完请删除。再抽还是同一份。

    示例：

        shifan survey calls 电话清单.xlsx --by 评估测评组

    Parameters
    ----------
    out
        要生成的 Excel 文件；已有同名文件时不会覆盖。
    by
        由谁（职务）抽取。
    """
    from tasks.surveys.phone_list import write_calls

    say_of(campaign, write_calls(campaign, number, out, by.strip(), moment))
