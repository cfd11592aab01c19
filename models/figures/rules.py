"""The office's scoring table: what each indicator is worth, by which method, down to which floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, lock_chain, record
from models.errors import PlanError
from models.figures.score import ScoringRule
from models.figures.score_faults import NewScore
from models.figures.scoring import ScoreLine, score_lines
from models.figures.setting import set_scores
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.figures.decimals import exact, in_figures
from models.rules.figures.points import score_fault, worth_fault
from models.rules.figures.tree import Node, tree_doubts
from models.rules.words import post_fault


@dataclass(frozen=True, slots=True)
class NewRule:
    """What the table says of an indicator; ``points`` None takes its points away."""

    indicator_id: int
    points: float | None
    method: str = ""
    floor: float = 0.0


def store_rules(
    session: Session, campaign_id: int, rules: Sequence[NewRule], by_post: str, moment: Moment
) -> int:
    """Make ``rules`` what the indicators named in them are worth; return how many changed.

    Scores that deductions make are reckoned anew. Repeatable; a constant number of statements. Raises
    PlanError with every fault (a score above the new points among them); nothing is written then.
    """
    lock_chain(session)
    lines = {line.indicator_id: line for line in score_lines(session, campaign_id)}
    if faults := _rule_faults(rules, lines, by_post):
        raise PlanError("评分标准", faults)
    query = select(ScoringRule).where(ScoringRule.campaign_id == campaign_id)
    standing = {rule.indicator_id: rule for rule in session.exec(query)}
    fresh: list[Mapping[str, Any]] = []
    changed: list[Mapping[str, Any]] = []
    gone: list[int] = []
    codes: list[str] = []
    for rule in rules:
        old, own = standing.get(rule.indicator_id), {"points": rule.points, "floor": rule.floor}
        row = own | {"method": rule.method.strip()}
        if rule.points is None:
            if old is None:
                continue
            gone.append(old.id or 0)
        elif old is None:
            keys = {"campaign_id": campaign_id, "indicator_id": rule.indicator_id}
            fresh.append({**keys, **row, "set_by": by_post.strip()})
        elif row != {name: getattr(old, name) for name in row}:
            changed.append({"row": old.id, **row, "set_by": by_post.strip()})
        else:
            continue
        codes.append(lines[rule.indicator_id].code)
    if fresh:
        session.connection().execute(insert(ScoringRule), fresh)
    write_rows(session, ScoringRule, changed)
    if gone:
        session.connection().execute(delete(ScoringRule).where(col(ScoringRule.id).in_(gone)))
    if codes:
        facts = {"changed": codes}
        record(
            session,
            campaign_id,
            moment,
            NewEntry(by_post.strip(), "scoring-loaded", "评分标准", facts),
        )
        session.expire_all()
        _reckon(session, campaign_id, {rule.indicator_id for rule in rules}, by_post, moment)
    return len(codes)


def _reckon(
    session: Session, campaign_id: int, indicators: set[int], by_post: str, moment: Moment
) -> None:
    """Bring the scores that deductions make in line with what the indicators are worth now."""
    again = [
        NewScore(line.indicator_id, kind, None)
        for line in score_lines(session, campaign_id)
        if line.indicator_id in indicators
        for kind in dict.fromkeys(off.kind for off in line.deductions)
    ]
    if again:
        set_scores(session, campaign_id, again, by_post, moment)


def _rule_faults(
    rules: Sequence[NewRule], lines: Mapping[int, ScoreLine], by_post: str
) -> list[str]:
    faults = [fault] if (fault := post_fault(by_post, "装入")) else []
    for rule in rules:
        line = lines.get(rule.indicator_id)
        if line is None:
            faults.append("没有这项指标，或已经撤销")
            continue
        faults += [f"{line.code}：{fault}" for fault in rule_faults(line, rule)]
    return faults


def rule_faults(line: ScoreLine, rule: NewRule) -> list[str]:
    """Return what is wrong with what the table says of the indicator of ``line``, in words."""
    floor = exact(rule.floor)
    if rule.points is None:
        if line.deductions:
            return ["已有扣分，分值不能清空"]
        possible = None
    else:
        possible = exact(rule.points)
        if fault := worth_fault(possible, floor):
            return [fault]
    made = {off.kind for off in line.deductions}
    return [
        f"已有{kind.chinese} {in_figures(score.points)} 分，与新的分值不符：{fault}"
        for kind, score in line.scores.items()
        if kind not in made and line.counts
        if (fault := score_fault(score.points, possible, floor))
    ]


def table_doubts(
    lines: Sequence[ScoreLine], total: Decimal = Decimal(100), counts: Sequence[int] = ()
) -> list[str]:
    """Return what does not add up in the scoring table as it stands."""
    nodes = [
        Node(line.indicator_id, line.code, line.level, line.parent_id, line.possible)
        for line in lines
    ]
    return tree_doubts(nodes, total, counts)
