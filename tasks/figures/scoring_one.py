"""Score one indicator at the command, or take points off it."""

from dataclasses import dataclass

from models.campaign.campaign import writing_to
from models.errors import NotFoundError, PlanError
from models.figures.pieces import pieces_by_code
from models.figures.score_faults import NewDeduction, NewScore
from models.figures.scoring import ScoreLine, score_lines
from models.figures.setting import set_scores
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.figures.decimals import exact, in_figures
from models.rules.figures.points import points_of, verdict_of
from models.rules.figures.words import ScoreKind
from tasks.figures.figures_list import unit_meant
from tasks.workbook.cells import as_code

KINDS = {kind.chinese: kind for kind in ScoreKind}
TAKE_BACK = "撤回"


@dataclass(frozen=True, slots=True)
class ScoreTyped:
    """What was typed of an indicator: its code, points or 撤回, which score, who, why."""

    code: str
    points: str
    kind: str
    by: str
    note: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DeductionTyped:
    """What was typed of a deduction: of which score how many points, why, shown by what."""

    code: str
    points: str
    kind: str
    by: str
    reason: str
    evidence: str = ""
    withdraw: bool = False


def set_one_score(slug: str | None, typed: ScoreTyped, moment: Moment) -> str:
    """Score one indicator, or a unit's part in it; return in words what it comes to."""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        line = _coded(score_lines(session, campaign_id), typed.code)
        kind = _kind(typed.kind)
        unit = unit_meant(session, campaign_id, typed.unit) if typed.unit else None
        back = typed.points.strip() == TAKE_BACK
        points = None if back else _points(line, kind, typed.points)
        new = NewScore(line.indicator_id, kind, points, typed.note or None, unit, withdraw=back)
        count = set_scores(session, campaign_id, [new], typed.by, moment)
        return _said(_coded(score_lines(session, campaign_id), typed.code), kind, count)


def set_one_deduction(slug: str | None, typed: DeductionTyped, moment: Moment) -> str:
    """Take points off one indicator's score, or take that back; return what it comes to."""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        line, kind = _coded(score_lines(session, campaign_id), typed.code), _kind(typed.kind)
        pieces, code = pieces_by_code(session, campaign_id), as_code(typed.evidence)
        if code and code not in pieces:
            raise NotFoundError(f"没有编号为“{shown(code)}”的证明材料，应为 E0003 这样的编号")
        known = {off.reason for off in line.deductions if off.kind is kind}
        if typed.withdraw and typed.reason.strip() not in known:
            raise NotFoundError(f"{line.code}{kind.chinese}没有理由为“{shown(typed.reason)}”的扣分")
        try:
            points = float(points_of(typed.points, exact(10_000)))
        except ValueError:
            said = f"扣分写的是“{shown(typed.points)}”，应为 0.5 这样的数"
            raise PlanError("扣分", [said]) from None
        new = NewDeduction(
            line.indicator_id, kind, points, typed.reason, pieces.get(code), withdraw=typed.withdraw
        )
        count = set_scores(session, campaign_id, (), typed.by, moment, [new])
        return _said(_coded(score_lines(session, campaign_id), typed.code), kind, count)


def _kind(word: str) -> ScoreKind:
    kind = KINDS.get(word.strip())
    if kind is None:
        raise NotFoundError(f"没有“{shown(word)}”这种得分，只有 {'、'.join(KINDS)}")
    return kind


def _coded(lines: list[ScoreLine], code: str) -> ScoreLine:
    line = next((one for one in lines if as_code(one.code) == as_code(code)), None)
    if line is None:
        raise NotFoundError(f"没有编号为“{shown(code)}”的指标；全部编号见 shifan scores show")
    return line


def _points(line: ScoreLine, kind: ScoreKind, written: str) -> float:
    try:
        return float(points_of(written, line.possible, line.floor))
    except ValueError as error:
        raise PlanError(f"{line.code}{kind.chinese}", [str(error)]) from None


def _said(line: ScoreLine, kind: ScoreKind, count: int) -> str:
    points = line.points(kind)
    if points is None:
        said = "未评"
    elif line.possible is None:
        said = verdict_of(points)
    else:
        said = f"{in_figures(points)} 分，分值 {in_figures(line.possible)}"
    return f"{line.code} {line.title} {kind.chinese}：{said}，{count} 处变更"
