"""`shifan status`, `patrol`: where the campaign stands, with or without a running server."""

from typing import TYPE_CHECKING

from deployments.say import say, say_folded, say_json, say_table
from deployments.typed.options import DayToLookAt, Json, Now
from deployments.typed.values import Day, Name

if TYPE_CHECKING:
    from tasks.patrol.view import CampaignView


def status(
    *, campaign: Name | None = None, today: DayToLookAt = None, json: Json = False, moment: Now
) -> None:
    """看进展：每个创建活动、工作计划的阶段、亮灯和未发出的提醒。不写入任何内容。

    示例：

        shifan status
        shifan status --json

    Parameters
    ----------
    campaign
        只看一个创建活动或工作计划（简称）；默认全部。
    """
    from tasks.campaign.naming import ended_in_words, none_under_way
    from tasks.foresight.saying import spoken_json, spoken_of
    from tasks.office.clock_watch import doubt_now
    from tasks.office.switches import off_in_words
    from tasks.patrol.view import as_json, campaign_slugs, view_campaigns

    slugs = [campaign] if campaign else campaign_slugs()
    views = view_campaigns(slugs, today or moment.today, moment.now)
    off, doubt = off_in_words(), doubt_now(moment.now)
    foreseen = spoken_of([view.slug for view in views], today or moment.today)
    if json:
        listed = [
            {**as_json(view), "forecast": spoken_json(foreseen.get(view.slug))} for view in views
        ]
        say_json({"campaigns": listed, "switched_off": off, "clock": doubt})
        return
    if not views:
        say_folded(none_under_way())
    for view in views:
        _show(view)
        if view.slug in foreseen:
            say_folded(foreseen[view.slug].dated)
    say_folded(*filter(None, [doubt]), *off, *ended_in_words())


def patrol(
    *, campaign: Name | None = None, today: Day | None = None, json: bool = False, moment: Now
) -> None:
    """巡查：打开到期的阶段，计算每盏灯，写下该提醒谁。同一天再跑一次不会重复。

    示例：

        shifan patrol --today 2025-07-21

    Parameters
    ----------
    campaign
        只巡查一个创建活动或工作计划（简称）；默认全部。
    today
        默认今天。别的日子，过去的和将来的，都只是预览：照样计算和显示，不写入，也不发送。
    json
        输出一个 JSON 对象，供其他程序读取；有多个时，其余的在 others 里。
    """
    from flows.running import clock
    from models.errors import NotFoundError
    from tasks.campaign.naming import none_under_way
    from tasks.patrol.heartbeat import beat
    from tasks.patrol.patrol import patrol_all
    from tasks.patrol.summary import patrol_json, summary

    day = today or moment.today
    views = patrol_all(campaign, day, moment.now)
    if not views:
        raise NotFoundError(none_under_way())
    beat(clock.moment(day), campaign, views)
    if json:
        first, *others = [patrol_json(view) for view in views]
        say_json({**first, "others": others} if others else first)
        return
    for view in views:
        say(summary(view))


def _show(view: "CampaignView") -> None:
    from models.campaign.lights import lights_in_words
    from models.rules.words import PREVIEW, StageStatus
    from tasks.office.holidays import not_published
    from tasks.patrol.summary import attention, days_in_words, unsent_in_words

    say_table(
        f"{PREVIEW if view.preview else ''}{view.label} · {view.title} {view.today}",
        ["阶段", "名称", "起止", "状态"],
        [(s.ordinal, s.name, days_in_words(s), StageStatus(s.status).chinese) for s in view.stages],
    )
    say_folded(
        f"{view.work_items} 项工作任务，{view.board.assignments.total} 条责任分解，"
        f"共 {view.board.all.total} 个事项；{lights_in_words(view.board.all)}"
    )
    if view.approval_number:
        say_folded(f"批准文号：{view.approval_number}")
    for line in view.evidence.lines:
        say_folded(line)
    if view.open_groups:
        say_folded(
            f"待明确成员的单位类别：{'、'.join(view.open_groups)}（用 shifan units export 填写后再 load）"
        )
    if unsent := unsent_in_words(view):
        say_folded(unsent)
    say_folded(*attention(view))
    if unknown := not_published(view.unknown_years):
        say_folded(unknown)
