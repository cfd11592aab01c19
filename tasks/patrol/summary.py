"""A patrol in one line, and as the object that other programs read."""

from collections.abc import Mapping
from typing import Any

from models.campaign.lights import lights_in_words
from models.rules.notices.rule_words import NO_WAY
from models.rules.words import PREVIEW
from tasks.cascade.seeing import late_children
from tasks.office.holidays import not_published
from tasks.office.reach import Unreachable, unreachable
from tasks.patrol.view import CampaignView, StageView, as_json


def days_in_words(stage: StageView) -> str:
    """Return a stage's days as a clerk writes them; what the plan leaves open is said to be."""
    start = stage.planned_start.isoformat() if stage.planned_start else "未定"
    if stage.planned_end:
        return f"{start} 至 {stage.planned_end.isoformat()}"
    return f"{start} 起，无结束日" if stage.open_ended else f"{start} 起，结束日未定"


def lost_of(view: CampaignView) -> Unreachable:
    """Return the notices of a campaign that have nowhere to go; a demonstration sends nothing."""
    if view.is_demo:
        return Unreachable(sum(view.unsent.values()), NO_WAY["demo"])
    return unreachable(view.unsent)


def unsent_in_words(view: CampaignView) -> str:
    """Return how many notices nobody received and why; an empty string when all went out."""
    lost = lost_of(view)
    return f"{lost.count} 条提醒没有发出：{lost.reason}" if lost.count else ""


def facts(view: CampaignView) -> list[str]:
    """Return what stands in a campaign on its day, in words: the same numbers wherever they are shown."""
    parts = [
        f"检查 {view.work_items} 项任务、{len(view.board.units)} 个单位、{view.board.all.total} 个事项",
        lights_in_words(view.board.all),
    ]
    parts += view.evidence.lines
    if unsent := unsent_in_words(view):
        parts.append(unsent)
    parts += attention(view)
    if said := not_published(view.unknown_years):
        parts.append(said)
    if view.preview:
        parts.append("只是预览，没有写入，也没有发送")
    return parts


def standing(view: CampaignView) -> str:
    """Return how a campaign stands, in one line for a page that is made anew with every change."""
    day_off = "" if view.working_day else "（休息日）"
    return f"{view.today}{day_off}：" + "；".join(facts(view))


def summary(view: CampaignView) -> str:
    """Return what a patrol came to, in one line for the run list; of a preview, what it would come to."""
    name = f"{PREVIEW if view.preview else ''}{view.label} ·"  # two may have the same title
    would = "将" if view.preview else ""
    if not view.working_day:
        return f"{name} {view.today} 是休息日，{'那' if view.preview else '今'}天不巡查"
    checked, lights, *more = facts(view)
    opened = f"{would}启动阶段：{'、'.join(stage.name for stage in view.opened)}"
    new = f"{would}新增提醒 {view.notices_created} 条"
    parts = [checked, lights, new, *view.decisions, *more]
    return f"{name} {view.today}：" + "；".join([opened, *parts] if view.opened else parts)


def attention(view: CampaignView) -> list[str]:
    """Return what somebody must look at: posts passed over, work of nobody, letters that died."""
    over, said = view.passed_over, [view.clock] if view.clock else []
    if over.vacant or over.unreachable:
        said.append(
            f"岗位空缺 {over.vacant} 个、没有通道 {over.unreachable} 个，它们的提醒已改送上一级"
        )
    if over.ownerless:
        said.append(
            f"{over.gone_units} 个单位已停用或岗位全部空缺，名下 {over.ownerless} 项没有人负责，"
            "请指定接手单位（shifan units succeed）"
        )
    said += late_children(view.children)
    if view.dead_letters:
        said.append(f"有 {view.dead_letters} 条消息没有送达（死信），请看 shifan notices dead")
    return said


def patrol_json(view: CampaignView) -> Mapping[str, Any]:
    """Return the object that ``shifan patrol --json`` prints for a campaign."""
    return {
        **as_json(view),
        "notices_created": view.notices_created,
        "notices_unsendable": lost_of(view).count,
        "summary": summary(view),
        "clock_held": view.held,
    }
