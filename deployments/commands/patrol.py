"""`shifan status`, `patrol`: where the campaign stands, with or without a running server."""

from pathlib import Path
from typing import TYPE_CHECKING

from deployments.say import say, say_json, say_table
from deployments.typed.options import DayToLookAt, Json, Now
from deployments.typed.values import Day, Name, OutFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.gates.checklists import StageRound
    from tasks.patrol.view import CampaignView


def status(
    *, campaign: Name | None = None, today: DayToLookAt = None, json: Json = False, moment: Now
) -> None:
    """看进展：每个创建活动的阶段、亮灯和未发出的提醒。不写入任何内容。

    示例：

        shifan status
        shifan status --json

    Parameters
    ----------
    campaign
        只看一个创建活动（简称）；默认全部。
    """
    from tasks.campaign.naming import ended_in_words, none_under_way
    from tasks.office.clock_watch import doubt_now
    from tasks.office.switches import off_in_words
    from tasks.patrol.view import as_json, campaign_slugs, view_campaign

    slugs = [campaign] if campaign else campaign_slugs()
    views = [view_campaign(slug, today or moment.today, moment.now) for slug in slugs]
    off, doubt = off_in_words(), doubt_now(moment.now)
    if json:
        listed = [as_json(view) for view in views]
        say_json({"campaigns": listed, "switched_off": off, "clock": doubt})
    elif not views:
        say(none_under_way())
    for view in views if not json else ():
        _show(view)
    say(*[*([doubt] if doubt else []), *off, *ended_in_words()] if not json else ())


def patrol(
    *, campaign: Name | None = None, today: Day | None = None, json: bool = False, moment: Now
) -> None:
    """巡查：打开到期的阶段，计算每盏灯，写下该提醒谁。同一天再跑一次不会重复。

    示例：

        shifan patrol --today 2025-07-21

    Parameters
    ----------
    campaign
        只巡查一个创建活动（简称）；默认全部。
    today
        默认今天。别的日子，过去的和将来的，都只是预览：照样计算和显示，不写入，也不发送。
    json
        输出一个 JSON 对象，供其他程序读取；有多个创建活动时，其余的在 others 里。
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
    if campaign is None and not (views[0].preview or views[0].held):
        beat(clock.moment(day), len(views))
    if json:
        first, *others = [patrol_json(view) for view in views]
        say_json({**first, "others": others} if others else first)
        return
    for view in views:
        say(summary(view))


def checklist(
    unit: Name | None = None,
    *,
    out: OutFolder = Path("checklists"),
    campaign: Name | None = None,
    today: Day | None = None,
    moment: Now,
) -> None:
    """写清单：进行中的每个阶段，每个单位一份 Markdown 和一份 Excel。

    示例：

        shifan checklist --out 清单
        shifan checklist 市司法局 --out 清单

    Parameters
    ----------
    unit
        只写这个单位的；默认全部单位。
    out
        写到哪个文件夹；没有就新建，里面每个创建活动一个文件夹，同名文件会换成新的。
    campaign
        只写一个创建活动（简称）；默认全部。
    today
        按哪一天算；默认今天。别的日子只是预览：显示在屏幕上，不写文件。
    """
    from flows.running import clock
    from tasks.gates.checklists import (
        OLD,
        put_stale_aside,
        rounds_under_way,
        stage_folders,
        write_checklists,
    )

    day, preview = clock.asked(today)
    rounds = rounds_under_way(day, campaign=campaign, preview=preview)
    if preview:
        _look(rounds, unit)
        return
    written = write_checklists(rounds, out, unit)
    if not rounds:
        say("没有进行中的阶段，没有清单可写（先运行 shifan patrol，到期的阶段会启动）")
        return
    stale = put_stale_aside(stage_folders(rounds, out), written) if unit is None else 0
    for label in dict.fromkeys(one.label for one in rounds):
        mine = [one for one in rounds if one.label == label]
        names = "、".join(one.stage.name for one in mine)
        folders = [out / one.folder for one in mine]
        count = sum(path.parent in folders for path in written)
        say(
            f"{label}：已写 {count} 份清单（{names}；每份一个 Markdown、一个 Excel）"
            f"到 {folders[0].parent}"
        )
    if stale:
        say(f"另有 {stale} 份以前的清单已不在其中，移到了“{OLD}”文件夹")


def _look(rounds: "Sequence[StageRound]", unit: str | None) -> None:
    """Show the checklists of another day: the text of one unit, else how much each has."""
    from models.rules.words import PREVIEW
    from tasks.gates.checklists import checklist as text_of
    from tasks.gates.checklists import chosen_unit

    chosen_unit(rounds, unit)
    if not rounds:
        say(f"{PREVIEW}目前没有进行中的阶段，没有清单")
    for one in rounds:
        if unit:
            say(text_of(one, unit) if unit in one.units else f"{unit} 在“{one.stage.name}”没有事项")
            continue
        say_table(
            f"{PREVIEW}{one.campaign}{one.stage.name}清单 {one.today}，没有写文件",
            ["单位", "事项"],
            [[name, str(len(items))] for name, items in one.units.items()],
        )


def _show(view: "CampaignView") -> None:
    from models.campaign.lights import lights_in_words
    from models.rules.words import PREVIEW, StageStatus
    from tasks.office.holidays import not_published
    from tasks.patrol.summary import attention, days_in_words, unsent_in_words

    say_table(
        f"{PREVIEW if view.preview else ''}{view.label} · {view.title} {view.today}",
        ["阶段", "名称", "起止", "状态"],
        [
            [str(s.ordinal), s.name, days_in_words(s), StageStatus(s.status).chinese]
            for s in view.stages
        ],
    )
    say(
        f"{view.work_items} 项工作任务，{view.board.assignments.total} 条责任分解，"
        f"共 {view.board.all.total} 个事项；{lights_in_words(view.board.all)}"
    )
    if view.open_groups:
        say(
            f"待明确成员的单位类别：{'、'.join(view.open_groups)}（用 shifan units export 填写后再 load）"
        )
    if unsent := unsent_in_words(view):
        say(unsent)
    say(*attention(view))
    if unknown := not_published(view.unknown_years):
        say(unknown)
