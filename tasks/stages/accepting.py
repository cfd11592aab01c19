"""评估验收: was every activity rehearsed, was the stage signed off, and what would the assessors find today."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.assessment.drill import drills_of
from models.assessment.results import results_of
from models.campaign.campaign import Campaign, all_of, stages_of
from models.decisions.decision import Decision
from models.keys import key_of
from models.rules.assessment.words import DrillState, Method
from models.rules.decisions.answers import Answer
from models.rules.gates.table import REHEARSALS
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound
from tasks.gates.outlook import outlook
from tasks.stages.chapter import chapters_by, condition_line, conditions_of, is_left

FOUND_FIRST = 20  # of what the assessors would find, the cheapest to clear first


def rehearsals_held(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return of each of the eight activities whether it was rehearsed, and what the last drill came to."""
    return chapters_by(rounds, _rehearsals)


def _rehearsals(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    results: dict[Method, str] = {}
    for drill in drills_of(session, key_of(campaign)):
        if drill.state != DrillState.DROPPED:
            scored = results_of(session, key_of(drill))
            results |= {each.kind: f"{drill.code}：{each.score:.1f} 分" for each in scored}
    rows = []
    for id_, name in REHEARSALS:
        for _, said in conditions_of(one, f"rehearsed-{id_}"):
            rows.append((name, said, results.get(Method(id_), "")))
    left = [name for name, said, _ in rows if is_left(said)]
    line = f"还没有演练并记录的：{'、'.join(left)}" if left else "各项活动都已演练并记录"
    brief = f"{len(left)} 项活动没有演练" if left else ""
    return Chapter("演练", line, ("活动", "演练", "最近一次模拟评估"), rows, brief)


def sign_off(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return what was asked and answered of closing the stage."""
    return chapters_by(rounds, _sign_off)


def _sign_off(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    ids = {s.id for s in stages_of(session, key_of(campaign)) if s.ordinal == one.stage.ordinal}
    asked = [d for d in all_of(session, Decision, key_of(campaign)) if d.stage_id in ids]
    rows = [
        (
            d.asked_on.isoformat(),
            Answer(d.answer).chinese if d.answer else "待答复",
            d.answered_by,
            d.reason,
        )
        for d in reversed(asked)
    ]
    earlier = condition_line(one, "earlier-closed")
    line = f"{'已提请审批 ' + str(len(asked)) + ' 次' if asked else '还没有提请审批'}。{earlier}"
    return Chapter("签批", line, ("提请日期", "决定", "谁", "理由"), rows)


def assessors_view(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return what the assessors would find if they came today, over all stages, the cheapest to clear first."""
    return [_assessors(one.slug, one.today, preview=one.preview) for one in rounds]


def _assessors(slug: str, today: date, *, preview: bool) -> Chapter:
    found = outlook(slug, today, preview=preview)
    rows = [(o.text, o.owner, o.effort.chinese) for _, o in found.obstacles[:FOUND_FIRST]]
    more = len(found.obstacles) - len(rows)
    line = found.line.partition("·")[2].strip() + (
        f"；下面是最容易办的 {len(rows)} 个" if more > 0 else ""
    )
    return Chapter("如果今天验收", line, ("障碍", "责任", "要多久"), rows)
