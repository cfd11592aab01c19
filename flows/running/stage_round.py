"""The morning round of a stage, the same for every kind: look at the gate, write the checklists."""

from prefect import Flow, get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.forms import Campaign, Day, day_in
from flows.running.missed import once_for_all_missed
from flows.running.publish import show
from flows.running.step import shown, step
from models.files.home import home
from models.rules.words import PREVIEW, StageKind
from notifications.markdown import typed
from tasks.gates.checklists import (
    StageRound,
    put_stale_aside,
    rounds_under_way,
    stage_page,
    write_checklists,
)


def stage_flow(kind: StageKind, module: str) -> Flow[..., State]:
    """Return the flow of the stages of ``kind``; a worker finds it in ``module``, by that one's name."""

    def every_morning(campaign: Campaign = "", today: Day = "") -> State:
        """Every unit has its checklist of each such stage under way, and the obstacles are shown.

        May be repeated: checklists are replaced by today's, nothing else is written.
        """
        return stage_round(kind, campaign, today)

    every_morning.__module__ = module
    every_morning.__name__ = every_morning.__qualname__ = module.rpartition(".")[2]
    says = f"{kind.chinese}阶段进行中时，每天写清单、查推进条件。"
    return shown(kind.chinese, says)(once_for_all_missed(every_morning))


def stage_round(kind: StageKind, campaign: str, today: str) -> State:
    """Check the gate of every stage of ``kind`` under way and write its checklists.

    ``today`` may name another day: then its page is a preview, and no file is written.

    Ends with one line: how many checklists, how many obstacles. With no such stage it says so.
    """
    day, preview = clock.asked(day_in(today))
    rounds = step("检查推进条件", rounds_under_way)(day, kind, campaign or None, preview=preview)
    if not rounds:
        return Completed(message=f"目前没有进行中的“{kind.chinese}”阶段")
    if not preview:
        step("写清单", write_all)(rounds)
    step("发布到界面", publish_rounds)(rounds, preview=preview)
    lines = [
        f"{PREVIEW if preview else ''}{one.label} · {one.stage.name}：{len(one.units)} 份清单"
        f"{'（没有写文件）' if preview else ''}，"
        + (f"还有 {len(one.obstacles)} 个障碍" if one.obstacles else "推进条件已满足")
        for one in rounds
    ]
    for line in lines:
        get_run_logger().info(line)
    return Completed(message="；".join(lines)[:500])


def write_all(rounds: list[StageRound]) -> int:
    """Write every checklist under the home; return how many. Those of an earlier day are put aside."""
    out = home() / "checklists"
    written = write_checklists(rounds, out)
    put_stale_aside([out / one.folder for one in rounds], written)
    return len(written)


def publish_rounds(rounds: list[StageRound], *, preview: bool = False) -> None:
    """Show each stage's checklists on one page, each unit folded; a preview on a page of its own."""
    for one in rounds:
        key = f"checklist-{one.address}-{one.stage.ordinal}"
        title = typed(f"{one.label}：{one.stage.name}清单")
        show(key, stage_page(one), title, preview=preview)
