"""Results of the methods of a drill: handed in by whoever tests, of 100, and what they come to together.

Nothing of it is ever a score of an indicator: a drill is kept apart.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models.assessment.drill import Drill, MethodWeight, changeable_drill, drills_of
from models.assessment.workpapers import PaperWords, keep_workpaper, newest_reviewed
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
    papers = newest_reviewed(session, drill_id)
    return [
        Result(method, papers[method].score or 0.0, one.judged, one.basis, one.made_at)
        for method in Method
        if (one := papers.get(method)) and one.score is not None
    ]


def weights_of(session: Session, campaign_id: int) -> Sequence[Weight]:
    """Return the office's weights in the fixed order; our sample where it has set none."""
    query = select(MethodWeight).where(MethodWeight.campaign_id == campaign_id)
    own = {one.method: one for one in session.exec(query)}
    if not own:
        return DEFAULT_WEIGHTS
    return [Weight(one, ScorePart(own[one].part), own[one].points) for one in Method if one in own]


def combined_of(session: Session, drill: Drill) -> Combined:
    """Return what a drill comes to: by the weights kept when it was finished, else by today's."""
    weights = kept_weights(drill) or weights_of(session, drill.campaign_id)
    scores = {one.kind: one.score for one in results_of(session, key_of(drill))}
    return combined(weights, scores)


def last_drill(session: Session, campaign_id: int) -> Drill | None:
    """Return the last drill that was finished, None where none was; one statement."""
    found = [one for one in drills_of(session, campaign_id) if one.state == DrillState.FINISHED]
    return found[-1] if found else None


def weights_text(weights: Sequence[Weight]) -> str:
    """Return weights as the canonical JSON that a finished drill keeps."""
    said = [[one.method.value, one.part.value, one.points] for one in weights]
    return json.dumps(said, separators=(",", ":"))


def kept_weights(drill: Drill) -> list[Weight]:
    """Return the weights that a finished drill keeps; none before that."""
    rows = json.loads(drill.weights or "[]")
    return [Weight(Method(method), ScorePart(part), points) for method, part, points in rows]
