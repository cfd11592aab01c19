"""`shifan inspection`: teams, rounds, the plan of visits, checklists out and results back."""

from typing import TYPE_CHECKING

from cyclopts import App

from deployments.commands.inspection_results import results
from deployments.commands.inspection_setup import round_, teams
from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Day, Name, Note, Number, OutFolder, Post

if TYPE_CHECKING:  # tables are heavy, and help needs none
    from models.inspection.laying import LaidRound

inspection = App(name="inspection", help="督导：督导组、轮次、走访安排、检查清单和结果。")
inspection.command(teams)
inspection.command(round_)
inspection.command(results)


@inspection.command
def plan(
    number: Number | None = None, *, by: Post = "创建办", campaign: OfCampaign = None, moment: Now
) -> None:
    """排定走访：每个单位每轮一次，各组、各天均衡，同片区尽量同组同天，只在工作日，不由自己人去。

    可反复执行：排好以后再运行，只动不得不动的（单位增减、督导组不在、放假调整）；排不出来时说明缺什么。

    示例：

        shifan inspection plan
        shifan inspection plan 1

    Parameters
    ----------
    number
        只排这一轮；默认没有结束的各轮。
    by
        由谁（职务）排定。
    """
    from tasks.inspection.planning import plan_visits

    for one in plan_visits(campaign, number, by, moment):
        say_of(campaign, f"第 {one.number} 轮走访 {one.visits} 次，{_changed(one)}")


def _changed(one: "LaidRound") -> str:
    parts = (("新排", one.added), ("改期", one.moved), ("取消", one.dropped))
    said = [
        f"{word} {len(codes)} 次" + (f"（{'、'.join(codes)}）" if word != "新排" else "")
        for word, codes in parts
        if codes
    ]
    return "；".join(said) or "没有变化"


@inspection.command
def show(
    number: Number | None = None, *, unit: Name = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """查看走访安排：哪天、哪个组、去哪个单位，结果如何，还有哪些单位没有排到。

    示例：

        shifan inspection show
        shifan inspection show 1 --unit 市司法局

    Parameters
    ----------
    number
        只看这一轮。
    unit
        只看这一个单位的。
    """
    from tasks.inspection.view import VISIT_HEAD, inspection_view

    found = inspection_view(campaign, number, unit, moment)
    for one in found.rounds:
        if one.rows:
            say_table(one.title, VISIT_HEAD, one.rows)
        else:
            say(one.title)
        say(*one.lines)
    for line in found.lines:
        say_of(campaign, line)


@inspection.command
def move(
    code: Name,
    *,
    day: Day | None = None,
    team: Name = "",
    by: Registrar,
    reason: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把一次走访改到另一天（或改由另一个组去），并定下来不再变动；其他走访尽量不动。

    示例：

        shifan inspection move V1.1 --day 2026-06-05 --by 创建办 --reason 单位当天有会

    Parameters
    ----------
    code
        走访的编号，如 V1.1。
    day
        改到哪一天，应为这一轮的工作日。
    team
        改由哪个组去。
    reason
        理由；可不写。
    """
    from tasks.inspection.planning import WordOfMove, move_visit

    said = WordOfMove(code, day, team, by, reason)
    moved, outcome = move_visit(campaign, said, moment)
    others = [one for one in outcome.moved if one != moved.upper()]
    also = f"，因此改期的还有 {'、'.join(others)}" if others else "，其他走访不变"
    say_of(campaign, f"{moved} 已定{also if outcome.moved else '，没有变化'}")


@inspection.command
def checklist(
    code: Name = "",
    *,
    out: OutFolder,
    number: Number | None = None,
    team: Name = "",
    by: Post = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """写走访要带的检查清单：每次走访一份 Word、一份填结果的 Excel；整轮的另有一份督导安排。

    清单有专班人员必谈、关键资料必查、固定场所必看，上次发现的问题，和本单位的事项（没做完、缺材料的在前）。

    示例：

        shifan inspection checklist --out 督导清单
        shifan inspection checklist V1.1 --out 督导清单

    Parameters
    ----------
    code
        只要这一次走访的，如 V1.1。
    out
        放在哪个文件夹；里面已有的 Excel 不会覆盖。
    number
        第几轮；默认还没有走访完的第一轮。
    team
        只要这一个督导组的。
    by
        由谁（职务）形成。
    """
    from tasks.inspection.checklists import ChecklistOrder, write_visit_checklists

    order = ChecklistOrder(out, code, number, team, by)
    written = write_visit_checklists(campaign, order, moment)
    left = f"；已有的 {written.left} 份 Excel 没有动" if written.left else ""
    also = f"，另有《{written.schedule}》" if written.schedule else ""
    say_of(campaign, f"已写好 {written.visits} 次走访的清单，放在 {out}{also}{left}")


@inspection.command
def away(
    team: Name,
    *,
    start: Day,
    end: Day | None = None,
    back: bool = False,
    by: Registrar,
    reason: Reason = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一个督导组哪几天不在，那几天的走访改期或换组，其他走访尽量不动。

    示例：

        shifan inspection away 第一督导组 --start 2026-06-03 --by 创建办 --reason 参加会议

    Parameters
    ----------
    team
        督导组。
    start
        从哪一天起。
    end
        到哪一天止；默认只是那一天。
    back
        撤回：这几天又能去了。
    """
    from tasks.inspection.planning import WordOfAbsence, team_away

    said = WordOfAbsence(team, start, end or start, by, reason, back)
    days, rounds = team_away(campaign, said, moment)
    what = "又能去" if back else "不在"
    say_of(campaign, f"{team}{what}的日子登记了 {days} 天")
    for one in rounds:
        say_of(campaign, f"第 {one.number} 轮{_changed(one)}")
