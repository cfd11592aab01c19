"""`shifan checklist`: what each unit has to do in the stages under way, as files."""

from pathlib import Path
from typing import TYPE_CHECKING

from deployments.say import say, say_table
from deployments.typed.options import Now
from deployments.typed.values import Day, Name, OutFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.gates.checklists import StageRound


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
        写到哪个文件夹；没有就新建，里面每个创建活动、工作计划一个文件夹，同名文件会换成新的。
    campaign
        只写一个创建活动或工作计划（简称）；默认全部。
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
            [(name, len(items)) for name, items in one.units.items()],
        )
