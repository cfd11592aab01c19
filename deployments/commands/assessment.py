"""`shifan assessment`: mock assessments, from their arrangement to what they come to."""

from cyclopts import App

from deployments.commands.assessment_lists import lists, records
from deployments.commands.assessment_samples import draw, population, redraw, search, seed
from deployments.say import say, say_of, say_table
from deployments.typed.options import DrillCode, MethodName, Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Day, Name, Note, Post

assessment = App(
    name="assessment", help="模拟评估：安排、抽样、评查记录、工作底稿、合成结果；与正式得分分开。"
)
for word in (seed, draw, redraw, search, population):
    assessment.command(word)
assessment.command(lists)
assessment.command(records)


@assessment.command
def make(
    title: Name,
    *,
    begin: Day,
    end: Day,
    assessor: Post = "评估测评组",
    third_party: bool = False,
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """安排一次模拟评估，编号 M1、M2……，结束日列为节点，照样亮灯和提醒。

    示例：

        shifan assessment make 第一次模拟评估 --begin 2026-05-20 --end 2026-05-29 --by 创建办

    Parameters
    ----------
    title
        名称。
    begin
        开始日。
    end
        结束日。
    assessor
        由谁评估（岗位或机构，不写姓名）。
    third_party
        是第三方评估。
    """
    from models.assessment.drills import NewDrill
    from tasks.assessment.arranging import arrange_drill

    new = NewDrill(title, begin, end, assessor, third_party)
    say_of(campaign, arrange_drill(campaign, new, by, moment))


@assessment.command(name="list")
def list_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出各次模拟评估和结果。

    示例：

        shifan assessment list
    """
    from tasks.assessment.view import DRILL_HEAD, drill_rows

    rows = drill_rows(campaign)
    if rows:
        say_table("模拟评估", DRILL_HEAD, rows)
    say_of(campaign, f"共 {len(rows)} 次模拟评估" if rows else "还没有安排模拟评估")


@assessment.command
def show(
    drill: DrillCode, method: Name | None = None, *, campaign: OfCampaign = None, moment: Now
) -> None:
    """看一次模拟评估各种方式的进展和合成结果；写明方式时，逐个样本、逐个单位看。

    示例：

        shifan assessment show M1
        shifan assessment show M1 案卷评查

    Parameters
    ----------
    method
        方式，如 案卷评查；不写就看全部。
    """
    from tasks.assessment.seeding import asked_method
    from tasks.assessment.view import ITEM_HEAD, METHOD_HEAD, UNIT_HEAD, drill_view, item_view

    if method is not None:
        items = item_view(campaign, drill, asked_method(method))
        say_table(items.head, ITEM_HEAD, items.rows)
        say_table("各单位（方案中的次序，不是名次）", UNIT_HEAD, items.units)
        return
    found = drill_view(campaign, drill)
    if found.rows:
        say_table(found.head, METHOD_HEAD, found.rows)
    say(*(one.words for one in found.combined.parts))
    say_of(campaign, "；".join(filter(None, (found.combined.words, found.combined.weak_words))))


@assessment.command
def workpaper(
    drill: DrillCode,
    method: MethodName,
    *,
    by: Registrar,
    conclusion: Note = "",
    aim: Note = "",
    procedure: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """按评估记录编制一种方式的工作底稿：目的、总体、样本、程序、依据、结果、结论；复核以前可以反复编制。

    示例：

        shifan assessment workpaper M1 案卷评查 --by 评估测评组 --conclusion 总体规范，个别案卷送达不规范

    Parameters
    ----------
    conclusion
        结论；不写的沿用已写的。
    aim
        目的；默认用通常的写法。
    procedure
        程序；默认用通常的写法。
    """
    from models.assessment.workpapers import PaperWords
    from tasks.assessment.seeding import asked_method
    from tasks.assessment.writing_down import write_workpaper

    words = PaperWords(by, aim, procedure=procedure, conclusion=conclusion)
    say_of(campaign, write_workpaper(campaign, drill, asked_method(method), words, moment))


@assessment.command
def review(
    drill: DrillCode, method: MethodName, *, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """复核一种方式的工作底稿并锁定；复核的岗位与编制的不能是同一个。

    示例：

        shifan assessment review M1 案卷评查 --by 创建办审核岗
    """
    from tasks.assessment.seeding import asked_method
    from tasks.assessment.writing_down import review as review_

    say_of(campaign, review_(campaign, drill, asked_method(method), by, moment))


@assessment.command
def revise(
    drill: DrillCode,
    method: MethodName,
    *,
    by: Registrar,
    reason: Reason,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """锁定的工作底稿要改，另开新的一版；原来的留着，新的复核以前仍以原来的为准。

    示例：

        shifan assessment revise M1 案卷评查 --by 评估测评组 --reason 漏评一卷
    """
    from tasks.assessment.seeding import asked_method
    from tasks.assessment.writing_down import revise as revise_

    say_of(campaign, revise_(campaign, drill, asked_method(method), (by, reason), moment))


@assessment.command
def findings(drill: DrillCode, *, by: Registrar, campaign: OfCampaign = None, moment: Now) -> None:
    """把复核过的底稿里低于 60 分的样本列为问题，交给责任单位整改；重复运行不会重复列。

    示例：

        shifan assessment findings M1 --by 创建办
    """
    from tasks.assessment.finding_out import raise_weak_items

    say_of(campaign, raise_weak_items(campaign, drill, by, moment))


@assessment.command
def finish(drill: DrillCode, *, by: Registrar, campaign: OfCampaign = None, moment: Now) -> None:
    """办结一次模拟评估：做过的方式都要有复核过的工作底稿；按本级权重合成，计入验收的推进条件。

    示例：

        shifan assessment finish M1 --by 创建办
    """
    from tasks.assessment.arranging import close_drill

    code, found = close_drill(campaign, drill, by, moment)
    say(*(one.words for one in found.parts))
    said = "；".join(filter(None, (found.words, found.weak_words)))
    say_of(campaign, f"{code} 已办结：{said}")


@assessment.command
def drop(
    drill: DrillCode, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """取消一次不做了的模拟评估；登记过的都留着。

    示例：

        shifan assessment drop M2 --by 创建办 --reason 改由第三方评估
    """
    from tasks.assessment.arranging import cancel_drill

    say_of(campaign, f"{cancel_drill(campaign, drill, by, reason, moment)} 已取消")
