"""What the mornings of all stages have in common: the gate first, the checklists and the page last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.forms import day_in
from flows.running.publish import show
from flows.running.step import step
from models.files.home import home
from models.rules.calendar.moment import Moment
from models.rules.words import PREVIEW, StageKind
from notifications import links
from notifications.markdown import typed
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import (
    StageRound,
    put_stale_aside,
    rounds_under_way,
    stage_page,
    write_checklists,
)


@dataclass(frozen=True, slots=True)
class Morning:
    """The stages of a kind that are under way on a day, each with its gate; ``preview`` of another day than today."""

    kind: StageKind
    rounds: Sequence[StageRound]
    moment: Moment
    preview: bool

    @property
    def without_a_stage(self) -> State:
        """Return how a run ends that has nothing to look at."""
        return Completed(message=f"目前没有进行中的“{self.kind.chinese}”阶段")


def begin(kind: StageKind, campaign: str, today: str) -> Morning:
    """Check the gate of every stage of ``kind`` under way, of one campaign or of all.

    ``today`` may name another day: then all that follows is a preview, and no file is written.
    """
    day, preview = clock.asked(day_in(today))
    rounds = step("检查推进条件", rounds_under_way)(day, kind, campaign or None, preview=preview)
    return Morning(kind, rounds, clock.moment(day), preview)


def finish(morning: Morning, *looks: Sequence[Chapter]) -> State:
    """Write the checklists and the page of each stage, with the chapters that its ``looks`` gave it.

    Ends with one line for each: how many checklists, how many obstacles, and what the chapters say shortly.
    """
    chapters = zip(*looks, strict=True)
    rounds = [replace(one, chapters=own) for one, own in zip(morning.rounds, chapters, strict=True)]
    if not morning.preview:
        step("写清单", write_all)(rounds)
    step("发布到界面", publish_rounds)(rounds, preview=morning.preview)
    lines = [line_of(one) for one in rounds]
    for line in lines:
        get_run_logger().info(line)
    return Completed(message="；".join(lines)[:500])


def line_of(one: StageRound) -> str:
    """Return what a morning came to for a stage."""
    what = f"{one.label} · {one.stage.name}：{len(one.units)} 份清单"
    mark, unwritten = (PREVIEW, "（没有写文件）") if one.preview else ("", "")
    gate = f"还有 {len(one.obstacles)} 个障碍" if one.obstacles else "推进条件已满足"
    brief = [chapter.brief for chapter in one.chapters if chapter.brief]
    return "，".join([f"{mark}{what}{unwritten}", gate, *brief])


def write_all(rounds: Sequence[StageRound]) -> int:
    """Write every checklist under the home; return how many. Those of an earlier day are put aside."""
    out = home() / "checklists"
    written = write_checklists(rounds, out)
    put_stale_aside([out / one.folder for one in rounds], written)
    return len(written)


def publish_rounds(rounds: Sequence[StageRound], *, preview: bool = False) -> None:
    """Show each stage on one page, its checklists folded; a preview on a page of its own."""
    for one in rounds:
        key = f"checklist-{one.address}-{one.stage.ordinal}"
        title = typed(f"{one.label}：{one.stage.name}清单")
        ways = [("网页", links.board(one.address))]
        show(key, stage_page(one), title, ways=ways, preview=preview)
