"""The demands of an indicator: of its own rows, else of its text; each with its targets and its points."""

from collections.abc import Sequence

from models.indicators.columns import DEMAND, SCORE
from models.indicators.points import cell_points, points_apart
from models.indicators.system import SystemDemand
from models.plan.reading.outline.outline import Node
from models.plan.reading.tables.heads import TARGET
from models.plan.reading.targets.targets import find_targets
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import Target
from models.plan.vocabulary import Vocabulary
from models.rules.evidence.demands import split_demands

LONGEST = 1_000  # characters that targets are looked for in at once
NONE = r"[/—\\-\\\\]*|无"  # a cell crossed out


def demands_of(node: Node, said: Sequence[str], words: Vocabulary) -> list[SystemDemand]:
    """Return the demands of an indicator; ``said`` is its text, then that of each row of demands.

    A target or points in the row of a demand are its own; of an indicator without such rows they are
    the first demand's.
    """
    rows = [(piece.line, text) for piece, text in zip(node.said(DEMAND), said[1:], strict=True)]
    rows = [(line, text) for line, text in rows if text.strip()] or [(0, said[0])]
    goals = _by_row(node, TARGET, rows)
    points = _by_row(node, SCORE, rows) if len(node.said(SCORE)) > 1 else {}
    found: list[SystemDemand] = []
    for line, text in rows:
        goal = "，".join(goals.get(line, ()))
        demands = _split(_with_goal(squeeze(text), goal), words)
        own = [cell_points(each) for each in points.get(line, ())]
        if demands and len(own) == 1 and all(demand.score is None for demand in demands):
            demands[0].score = own[0]
        found += demands
    return found


def _by_row(node: Node, what: str, rows: Sequence[tuple[int, str]]) -> dict[int, list[str]]:
    """Return the cells of a column by the rows of demands; those of other rows are the first one's."""
    lines = [line for line, _ in rows]
    found: dict[int, list[str]] = {}
    for piece in node.said(what):
        said = squeeze(piece.text)
        if not pattern(NONE).fullmatch(said):
            found.setdefault(piece.line if piece.line in lines else lines[0], []).append(said)
    return found


def _with_goal(text: str, goal: str) -> str:
    return text if not goal or goal in text else f"{text.rstrip('。；')}：{goal}"


def _split(text: str, words: Vocabulary) -> list[SystemDemand]:
    """Return the demands of a text, each with the points that stand in brackets at its end."""
    plain, points = points_apart(text)
    numbers, at = [], 0
    for target in _targets(plain, words):
        start = plain.find(target.raw, at)
        if start >= 0 and not target.implicit:
            at = start + len(target.raw)
            numbers.append((start, at))
    found = []
    at = 0
    for part in split_demands(plain, numbers):
        end = max(plain.find(part, at), at) + len(part)
        own = [points.pop(0)[1] for place, _ in list(points) if place <= end]
        at = end
        score = sum(own) if own else None
        found.append(SystemDemand(text=part, targets=_targets(part, words), score=score))
    return found


def _targets(text: str, words: Vocabulary) -> list[Target]:
    """Return the targets of a text; a very long one is looked through in parts, so that time stays linear."""
    found: list[Target] = []
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at <= LONGEST else text.rfind("。", at, at + LONGEST) + 1
        end = end if end > at else at + LONGEST
        found += find_targets(Passage(text[at:end], ()), words)
        at = end
    return [target.model_copy(update={"source": None}) for target in found]
