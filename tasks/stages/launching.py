"""部署启动: was the meeting held and the task force founded, and what has each unit of its own."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.rules.words import MilestoneKind
from models.stages.due_things import due_things
from models.stages.readiness import UnitReadiness, units_readiness
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound
from tasks.stages.chapter import chapters_by, conditions_of, day_or_open, is_left, named_units

FOUNDED = ("plan-issued", "mobilised", "task-force", "trained", "children-ready")
MARKS = {True: "有", False: "没有"}
NO_UNITS = "名册里还没有单位，查不了，请先补全名单（shifan units export，填好再 load）"


def founding(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return how the meeting, the task force, the training and the plan stand, and the groups' documents."""
    return chapters_by(rounds, _founding)


def _founding(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    rows: list[tuple[str, ...]] = [*conditions_of(one, *FOUNDED)]
    documents = due_things(session, key_of(campaign), [MilestoneKind.DOCUMENT])
    rows += [
        (f"{d.code} {d.title}（{d.owner}）", f"{d.state.chinese}，{day_or_open(d.due)} 前")
        for d in documents
        if not d.state.is_over
    ]
    left = [demand for demand, said in conditions_of(one, *FOUNDED) if is_left(said)]
    line = f"还没有办或没有登记的 {len(left)} 项" if left else "会议、专班、培训、方案都已落实"
    brief = f"动员部署还差 {len(left)} 项" if left else ""
    return Chapter("动员部署", line, ("要求", "情况"), rows, brief)


def units_ready(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return which units lack a plan of their own, a ledger or a liaison."""
    return chapters_by(rounds, _units)


def _units(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    units = units_readiness(session, key_of(campaign))
    lacking = [u for u in units if not (u.plan and u.ledger_out and u.liaison)]
    lacks = (
        ("没有交自己的方案", [u.name for u in units if not u.plan]),
        ("没有领到台账", [u.name for u in units if not u.ledger_out]),
        ("没有联络员", [u.name for u in units if not u.liaison]),
    )
    said = [f"{what}的 {len(n)} 家：{named_units(n)}" for what, n in lacks if n]
    if not units:
        line, brief = NO_UNITS, "名册里没有单位"
    else:
        line = f"共 {len(units)} 家单位；" + ("；".join(said) or "方案、台账、联络员都齐了")
        brief = f"{len(lacking)} 家单位还没有备齐" if lacking else ""
    head = ("单位", "自己的方案", "台账", "联络员")
    note = "方案看装入的下级方案，和交来的材料名称里有没有“方案”。"
    return Chapter(
        "各单位的方案、台账和联络员", f"{line}。{note}", head, list(map(_row, lacking)), brief
    )


def _row(unit: UnitReadiness) -> tuple[str, ...]:
    back = "，已交回" if unit.ledger_back else ""
    ledger = f"已发{back}" if unit.ledger_out else "没有发"
    return unit.name, MARKS[unit.plan], ledger, MARKS[unit.liaison]
