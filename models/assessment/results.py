"""Results of the methods of a drill: handed in by whoever tests, of 100, and what they come to together.

Nothing of it is ever a score of an indicator: a drill is kept apart.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.assessment.drill import Drill, MethodWeight, changeable_drill
from models.assessment.workpapers import (
    PaperWords,
    Workpaper,
    all_newest_reviewed,
    keep_workpaper,
    newest_reviewed,
)
from models.errors import CampaignError
from models.keys import key_of
from models.rules.assessment.combining import DEFAULT_WEIGHTS, Combined, Weight, combined
from models.rules.assessment.words import DRAWN, DrillState, Method, ScorePart
from models.rules.calendar.moment import Moment


@dataclass(frozen=True, slots=True)
class Result:
    """What a method came to: ``score`` of 100 over ``of`` things judged; ``basis`` says it in words."""

    kind: Method
    score: float
    of: int
    basis: str
    made_at: datetime


def hand_in_result(
    session: Session,
    campaign_id: int,
    drill: str,
    result: Result,
    words: PaperWords,
    moment: Moment,
) -> int:
    """Hand a method's result in to the drill called ``drill`` (M1); return the revision of its workpaper.

    ``words`` says who made it and whatever of aim, population, sample, procedure and evidence is known;
    what is left empty is filled with what is usual. It counts once somebody else has reviewed the
    workpaper. Repeatable: the same result again changes nothing.

    Raises NotFoundError for no such drill, CampaignError for one that is over, a result out of bounds,
    a method whose record is kept in the drill itself, or a workpaper that is locked.
    """
    found = changeable_drill(session, campaign_id, drill)
    if result.kind in DRAWN:
        raise CampaignError(
            f"{result.kind.chinese}的结果由评估记录算出，不能另外报；请运行 "
            f"shifan assessment workpaper {found.code} {result.kind.chinese}"
        )
    if not 0 <= result.score <= 100 or result.of < 0:
        raise CampaignError(f"{result.kind.chinese}的结果是 {result.score:g}，应为 0 到 100")
    whole = words.filled(result=f"{result.score:.2f} 分（{result.basis}）")
    return keep_workpaper(session, found, result.kind, whole, _scored(result), moment)


def _scored(result: Result) -> tuple[float, int, str]:
    return result.score, result.of, result.basis


def results_of(session: Session, drill_id: int) -> list[Result]:
    """Return the result of each method whose workpaper was reviewed, in the fixed order; one statement."""
    return _results(newest_reviewed(session, drill_id))


def _results(papers: Mapping[Method, Workpaper]) -> list[Result]:
    return [
        Result(method, one.score, one.judged, one.basis, one.made_at)
        for method in Method
        if (one := papers.get(method)) and one.score is not None
    ]


def weights_of(session: Session, campaign_id: int) -> Sequence[Weight]:
    """Return the office's weights in the fixed order; our sample where it has set none."""
    return _all_weights(session, [campaign_id])[campaign_id]


def _all_weights(session: Session, campaign_ids: Sequence[int]) -> dict[int, Sequence[Weight]]:
    own: dict[int, dict[str, MethodWeight]] = {}
    query = select(MethodWeight).where(col(MethodWeight.campaign_id).in_(campaign_ids))
    for row in session.exec(query) if campaign_ids else ():
        own.setdefault(row.campaign_id, {})[row.method] = row
    return {
        id: [Weight(m, ScorePart(its[m].part), its[m].points) for m in Method if m in its]
        if (its := own.get(id))
        else DEFAULT_WEIGHTS
        for id in campaign_ids
    }


def combined_of(session: Session, drill: Drill) -> Combined:
    """Return what a drill comes to: by the weights kept when it was finished, else by today's."""
    return all_combined(session, [drill])[key_of(drill)]


def all_combined(session: Session, drills: Sequence[Drill]) -> dict[int, Combined]:
    """Return what `combined_of` does of each drill; at most two statements for all of them."""
    kept = {key_of(one): kept_weights(one) for one in drills}
    todays = _all_weights(session, [one.campaign_id for one in drills if not kept[key_of(one)]])
    papers = all_newest_reviewed(session, list(kept))
    found = {}
    for drill in drills:
        id = key_of(drill)
        scores = {one.kind: one.score for one in _results(papers[id])}
        found[id] = combined(kept[id] or todays[drill.campaign_id], scores)
    return found


def last_drills(session: Session, campaign_ids: Sequence[int]) -> dict[int, Drill]:
    """Return the last drill of each campaign that finished one; one statement."""
    done = (col(Drill.campaign_id).in_(campaign_ids), Drill.state == DrillState.FINISHED)
    return {
        one.campaign_id: one
        for one in session.exec(select(Drill).where(*done).order_by(col(Drill.number)))
    }


def weights_text(weights: Sequence[Weight]) -> str:
    """Return weights as the canonical JSON that a finished drill keeps."""
    said = [[one.method.value, one.part.value, one.points] for one in weights]
    return json.dumps(said, separators=(",", ":"))


def kept_weights(drill: Drill) -> list[Weight]:
    """Return the weights that a finished drill keeps; none before that."""
    rows = json.loads(drill.weights or "[]")
    return [Weight(Method(method), ScorePart(part), points) for method, part, points in rows]
