"""Scores as they stand: per indicator what it is worth, who scored what, what was taken off and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from models.database import run
from models.rules.figures.decimals import exact, in_figures
from models.rules.figures.totals import ScoreTotal, total_of
from models.rules.figures.tree import Node, in_tree_order, scored_ids
from models.rules.figures.words import ScoreKind
from models.rules.words import words_of


@dataclass(frozen=True, slots=True)
class StandingScore:
    """A score as it stands: points after deductions, and who gave it."""

    points: Decimal
    note: str = ""
    by_post: str = ""


@dataclass(frozen=True, slots=True)
class Deducted:
    """Points that were taken off a score, with the reason and the code of what shows it."""

    id: int
    kind: ScoreKind
    points: Decimal
    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """An indicator with its scores; ``possible`` None where the office's table gives it no points.

    ``counts`` says that it is scored itself: one with scored indicators below it is only their head.
    """

    indicator_id: int
    code: str
    level: int
    title: str
    parent_id: int | None = None
    possible: Decimal | None = None
    floor: Decimal = Decimal(0)
    method: str = ""
    leads: tuple[str, ...] = ()
    counts: bool = True
    scores: Mapping[ScoreKind, StandingScore] = field(default_factory=dict)
    deductions: tuple[Deducted, ...] = ()

    def points(self, kind: ScoreKind) -> Decimal | None:
        """Return what it scored, None while it is not scored."""
        found = self.scores.get(kind)
        return found.points if found else None

    @property
    def difference(self) -> Decimal | None:
        """Return the self score less the office's; None while one of them is missing."""
        own, office = self.points(ScoreKind.SELF), self.points(ScoreKind.OFFICE)
        return None if own is None or office is None else own - office


# Sorted by a sum: by their key SQLite would read the indicators of every campaign in that order.
_INDICATORS = """
    SELECT i.id, i.code, i.level, i.parent_id, i.title, r.points, r.floor, r.method, i.campaign_id
    FROM indicator i LEFT JOIN scoring_rule r ON r.indicator_id = i.id
    WHERE i.campaign_id IN :these AND NOT i.withdrawn ORDER BY +i.id"""

_SCORES = """
    SELECT indicator_id, kind, points, note, by_post FROM score
    WHERE campaign_id IN :these AND NOT withdrawn"""

_DEDUCTIONS = """
    SELECT d.id, s.indicator_id, s.kind, d.points, d.reason, e.number
    FROM deduction d JOIN score s ON s.id = d.score_id
    LEFT JOIN evidence e ON e.id = d.evidence_id
    WHERE s.campaign_id = :campaign AND NOT d.withdrawn AND NOT s.withdrawn ORDER BY d.id"""

_LEADS = """
    SELECT a.indicator_id, u.name FROM assignment a JOIN unit u ON u.id = a.unit_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.role = 'lead'
      AND a.indicator_id IS NOT NULL ORDER BY u.id"""


def score_lines(session: Session, campaign_id: int) -> list[ScoreLine]:
    """Return every indicator of the campaign in the order of its table, by four statements."""
    one = {"campaign": campaign_id, "these": (campaign_id,)}
    kinds = {kind.value: kind for kind in ScoreKind}
    rows = {row.id: row for row in run(session, _INDICATORS, one)}
    scores: dict[int, dict[ScoreKind, StandingScore]] = {}
    for indicator, kind, points, note, by_post in run(session, _SCORES, one):
        standing = StandingScore(exact(points), note, by_post)
        scores.setdefault(indicator, {})[kinds[kind]] = standing
    taken: dict[int, list[Deducted]] = {}
    for id_, indicator, kind, points, reason, number in run(session, _DEDUCTIONS, one):
        code = f"E{number:04d}" if number else ""
        off = Deducted(id_, kinds[kind], exact(points), reason, code)
        taken.setdefault(indicator, []).append(off)
    leads: dict[int, list[str]] = {}
    for indicator, name in run(session, _LEADS, one):
        leads.setdefault(indicator, []).append(name)
    nodes = in_tree_order(_node(row) for row in rows.values())
    counting = scored_ids(nodes)
    return [
        ScoreLine(
            indicator_id=node.id,
            code=node.code,
            level=node.level,
            title=rows[node.id].title,
            parent_id=node.parent_id,
            possible=node.points,
            floor=exact(rows[node.id].floor or 0),
            method=rows[node.id].method or "",
            leads=tuple(leads.get(node.id, ())),
            counts=node.id in counting,
            scores=scores.get(node.id, {}),
            deductions=tuple(taken.get(node.id, ())),
        )
        for node in nodes
    ]


def _node(row: Any) -> Node:
    points = None if row.points is None else exact(row.points)
    return Node(row.id, row.code, row.level, row.parent_id, points)


@dataclass(slots=True)
class Scored:
    """How many indicators count in a campaign, and how many of them each kind of score was given to."""

    indicators: int = 0
    given: Counter[ScoreKind] = field(default_factory=Counter)


def how_many_scored(session: Session, campaign_ids: Sequence[int]) -> dict[int, Scored]:
    """Return how far the scoring of each campaign is; two statements for all of them."""
    found = {one: Scored() for one in campaign_ids}
    if not found:
        return found
    these = {"these": tuple(campaign_ids)}
    nodes: dict[int, list[Node]] = {}
    for row in run(session, _INDICATORS, these):
        nodes.setdefault(row.campaign_id, []).append(_node(row))
    of: dict[int, int] = {}
    for one, each in nodes.items():
        counting = scored_ids(in_tree_order(each))
        found[one].indicators = len(counting)
        of |= dict.fromkeys(counting, one)
    for row in run(session, _SCORES, these):
        if row.indicator_id in of:
            found[of[row.indicator_id]].given[ScoreKind(row.kind)] += 1
    return found


def score_totals(lines: Iterable[ScoreLine]) -> Mapping[ScoreKind, ScoreTotal]:
    """Return the total of each kind of score, with how many indicators are not scored yet."""
    counting = [line for line in lines if line.counts]
    return {
        kind: total_of([(line.possible, line.points(kind)) for line in counting])
        for kind in ScoreKind
    }


def differing(lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """Return the indicators on which unit and office do not agree, in the order of the table."""
    return [line for line in lines if line.difference]


_LEFT_BEHIND = """
    SELECT i.code, i.title, s.kind, s.points,
           (SELECT min(n.code) FROM indicator n WHERE n.campaign_id = i.campaign_id
              AND n.title = i.title AND n.level = i.level AND NOT n.withdrawn) AS now
    FROM score s JOIN indicator i ON i.id = s.indicator_id
    WHERE s.campaign_id = :campaign AND NOT s.withdrawn AND i.withdrawn ORDER BY i.id, s.kind"""


def scores_left_behind(session: Session, campaign_id: int) -> list[str]:
    """Return in words the scores of indicators that are withdrawn: they count nowhere and went nowhere.

    Where an indicator has the same words under another number now, that is named: whether it is the
    same one, a person decides.
    """
    words = words_of(ScoreKind)
    said = []
    for code, title, kind, points, now in run(session, _LEFT_BEHIND, {"campaign": campaign_id}):
        same = f"；现在的 {now} 内容相同，确是同一项的请在那里重新登记" if now else ""
        score = in_figures(exact(points))
        said.append(f"{code} {title} 已撤销，{words[kind]} {score} 没有计入{same}")
    return said
