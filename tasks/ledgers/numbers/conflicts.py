"""Register the numbers of the other version, where a post decided that it counts."""

from collections.abc import Sequence

from sqlmodel import Session

from models.errors import ProgressError
from models.evidence.ledgers.conflicts import ConflictLine
from models.figures.goals import counted_demands
from models.figures.measuring import NewMeasurement, measure
from models.figures.pieces import pieces_by_code
from models.figures.score_faults import NewScore
from models.figures.setting import set_scores
from models.figures.standing import standing_scores
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledger_numbers import figure_named, figure_of_words, score_of_words
from models.rules.figures.points import points_of
from models.rules.figures.words import ScoreKind


def register_offered(
    session: Session,
    campaign_id: int,
    conflicts: Sequence[ConflictLine],
    by_post: str,
    moment: Moment,
) -> None:
    """Register what the other version says of figures and self scores, in the caller's transaction.

    Of two conflicts over one figure the later counts. Raises CampaignError with every reason why
    something may not be registered.
    """
    if not conflicts:
        return
    demands = {one.name: one for one in counted_demands(session, campaign_id)}
    pieces = pieces_by_code(session, campaign_id)
    lines = {one.code: one for one in standing_scores(session, campaign_id).lines.values()}
    figures: dict[tuple[int, int, str], NewMeasurement] = {}
    scores: dict[tuple[int, int], NewScore] = {}
    gone = []
    for one in conflicts:
        place, line = figure_named(one.field), lines.get(one.code)
        demand = demands.get(place[0]) if place else None
        if place and demand:
            said = figure_of_words(one.offered)
            piece = pieces.get(said.piece)
            numbers = said.above, said.below, said.source, piece
            figure = NewMeasurement(
                demand.demand_id, one.unit_id, place[1], *numbers, withdraw=said.above is None
            )
            figures[figure.key] = figure
        elif line and not place:
            written, note = score_of_words(one.offered)
            points = float(points_of(written, line.possible, line.floor)) if written else None
            scores[line.indicator_id, one.unit_id] = NewScore(
                line.indicator_id,
                ScoreKind.SELF,
                points,
                note,
                one.unit_id,
                withdraw=points is None,
            )
        else:
            gone.append(f"{one.code} 已不再填报{place[0] if place else '自评分'}")
    if gone:
        raise ProgressError("；".join(gone))
    measure(session, campaign_id, list(figures.values()), by_post, moment)
    set_scores(session, campaign_id, list(scores.values()), by_post, moment)
