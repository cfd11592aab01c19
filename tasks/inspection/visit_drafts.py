"""The drafts of the papers of inspection: the checklist of a visit, the schedule of a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.inspection.visit import VisitLine
from models.inspection.visit_round import VisitRound
from models.papers.quoted import Dated
from models.rules.visits.words import CheckKind
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.inspection.result_sheets import VisitSheet
from tasks.papers.drafts import day_in_words

ORDER = (
    CheckKind.TALK,
    CheckKind.PAPERS,
    CheckKind.PLACES,
    CheckKind.BEFORE,
    CheckKind.POINT,
)


@dataclass(frozen=True, slots=True)
class CheckHead:
    """The lines of a checklist under one head."""

    kind: str
    title: str
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TeamSchedule:
    """A team, what it is made of, and where it goes."""

    name: str
    bodies: str
    visits: Sequence[VisitLine]


def visit_checklist_draft(one: VisitSheet) -> Draft:
    """Return the checklist of a visit: what every unit is asked, what was found before, its own items."""
    heads = []
    for kind in ORDER:
        rows = [_row(kind, row.text, row.standing) for row in one.rows if row.kind is kind]
        if rows:
            heads.append(CheckHead(kind.value, kind.chinese, rows))
    values = {"visit": one.visit, "day": Dated(day_in_words(one.visit.day)), "heads": heads}
    title = f"督导检查清单（{one.visit.code} {one.visit.unit}）"
    return Draft(title, drafted("visit_checklist", **values), values=values)


def _row(kind: CheckKind, text: str, standing: str) -> Mapping[str, str]:
    code, _, title = text.partition(" ") if kind is CheckKind.POINT else ("", "", text)
    return {"code": code, "title": title, "text": text, "standing": standing}


def visit_schedule_draft(
    one: VisitRound, visits: Sequence[VisitLine], bodies: Mapping[int, str]
) -> Draft:
    """Return the schedule of a round, team by team and day by day."""
    by_team = sorted(visits, key=lambda each: (each.team_id, each.day, each.number))
    teams = []
    for team_id, own in groupby(by_team, key=lambda each: each.team_id):
        mine = list(own)
        teams.append(TeamSchedule(mine[0].team, bodies.get(team_id, ""), mine))
    values = {
        "number": one.number,
        "first": Dated(day_in_words(one.first)),
        "last": Dated(day_in_words(one.last)),
        "visits": visits,
        "teams": teams,
    }
    title = f"第 {one.number} 轮督导安排"
    return Draft(title, drafted("visit_schedule", **values), values=values)
