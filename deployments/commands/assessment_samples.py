"""`shifan assessment seed`, `draw`, `redraw`, `search`, `population`: what is looked at, and what the net says."""

from deployments.say import counting, say, say_of, say_table
from deployments.typed.options import (
    DrillCode,
    MethodName,
    NewWorkbook,
    Now,
    OfCampaign,
    Reason,
    Registrar,
)
from deployments.typed.values import InFile, Name, Number

SAMPLE_HEAD = ("样本", "单位", "地域", "类别", "内容")


def population(
    method: MethodName, file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出抽样名单：案卷评查、实地核验、网络检索各一种，已登记的列在里面；填好后用 seed --file 公布。

    示例：

        shifan assessment population 案卷评查 案卷名单.xlsx
    """
    from tasks.assessment.population_lists import export_population
    from tasks.assessment.seeding import asked_method

    rows = export_population(campaign, asked_method(method), file, moment)
    say_of(campaign, f"已导出 {rows} 行到 {file}，补齐后用 seed --file 公布")


def seed(
    drill: DrillCode,
    method: MethodName,
    *,
    size: Number | None = None,
    file: InFile | None = None,
    value: Name = "",
    by: Registrar,
    reason: Reason = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """先公布：把名单的指纹、抽取数和种子写进记录链，还不抽取；种子不由人挑。

    示例：

        shifan assessment seed M1 资料核查 --size 30 --by 评估测评组
        shifan assessment seed M1 案卷评查 --file 案卷名单.xlsx --size 30 --by 评估测评组

    Parameters
    ----------
    size
        抽几个；不写就是全部。
    file
        抽样名单；案卷评查必需，实地核验、网络检索不写就用已登记的。
    value
        当众摇出的号等；不写就由记录链算出，谁也挑不了。
    reason
        再抽一次的理由；原来的留着。
    """
    from tasks.assessment.seeding import SampleOrder, asked_method, seed_sample

    order = SampleOrder(drill, asked_method(method), size or 0, file, value, reason)
    found = seed_sample(campaign, order, by, moment)
    say_of(
        campaign,
        f"{found.line}；已写入记录链，接着运行 shifan assessment draw {found.drill} {found.method}",
    )


def draw(
    drill: DrillCode, method: MethodName, *, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """按公布的种子抽取，不漏地域、不掉行业、不丢部门；样本容不下的逐个写明。重复运行，结果一样。

    示例：

        shifan assessment draw M1 资料核查 --by 评估测评组
    """
    from tasks.assessment.seeding import asked_method, draw_published

    found = draw_published(campaign, drill, asked_method(method), by, moment)
    say_table(f"{found.drill} {found.method}的样本", SAMPLE_HEAD, found.rows)
    if found.left_out:
        say(f"样本容不下、没有抽到的：{found.left_out}")
    say_of(campaign, found.line)


def redraw(
    drill: DrillCode, method: MethodName, *, campaign: OfCampaign = None, moment: Now
) -> None:
    """任何人都可以按留存的名单和公布的种子重抽一遍，看与登记的样本是否相同；不写入。

    示例：

        shifan assessment redraw M1 资料核查
    """
    from tasks.assessment.seeding import asked_method
    from tasks.assessment.seeding import redraw as redraw_

    found = redraw_(campaign, drill, asked_method(method))
    say_table(f"{found.drill} {found.method}重抽的样本", SAMPLE_HEAD, found.rows)
    say(
        "次序：对种子、半角冒号、编号连成的文字取 SHA-256，小的在前；先取能补上地域、行业、部门的（这样取不全的，从最少见的起逐个试出取得全的一组），再按各单位的份额补足。"
    )
    say_of(campaign, f"{found.line}；与登记的样本相同")


def search(drill: DrillCode, *, by: Registrar, campaign: OfCampaign = None, moment: Now) -> None:
    """网络检索：逐项访问登记的网址，看能否打开、有没有这项内容；没有看成的不算问题。

    示例：

        shifan assessment search M1 --by 评估测评组
    """
    from tasks.assessment.searching import search_items

    with counting("正在检索") as told:
        found = search_items(campaign, drill, by, moment, told=told)
    if found.rows:
        say_table("需要看的", ("编号", "事项", "结果", "情况"), found.rows)
    say_of(campaign, found.line)
