"""What may be said of an indicator's score, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.evidence.evidence import Evidence
from models.figures.standing import RowOfDeduction, Standing, leads_in
from models.rules.bounds import LONGEST_NOTE, text_fault
from models.rules.figures.decimals import exact, in_figures
from models.rules.figures.points import after_deductions, deduction_fault, score_fault
from models.rules.figures.words import ScoreKind
from models.rules.words import post_fault

Key = tuple[int, ScoreKind]  # indicator, kind


@dataclass(frozen=True, slots=True)
class NewScore:
    """What somebody scored an indicator; with ``unit_id`` what that unit scored its own part of it.

    ``points`` None leaves it to the deductions, ``note`` None leaves the note; ``withdraw`` takes the
    score back. ``by_post`` is who said it, where that is not whoever registers all of them.
    """

    indicator_id: int
    kind: ScoreKind
    points: float | None
    note: str | None = None
    unit_id: int | None = None
    withdraw: bool = False
    by_post: str = ""


@dataclass(frozen=True, slots=True)
class NewDeduction:
    """Points taken off a score, with the reason, by which it is known, and what shows it.

    ``id`` names the deduction that is meant where its reason is put in other words; ``withdraw``
    takes it back.
    """

    indicator_id: int
    kind: ScoreKind
    points: float
    reason: str
    evidence_id: int | None = None
    id: int | None = None
    withdraw: bool = False

    @property
    def facts(self) -> dict[str, object]:
        """Return its columns."""
        return {
            "points": self.points,
            "reason": self.reason.strip(),
            "evidence_id": self.evidence_id,
            "withdrawn": self.withdraw,
        }


def says_new(standing: Standing, offs: Iterable[NewDeduction]) -> list[NewDeduction]:
    """Return the deductions that are not there yet as they are said; one taken back that never was is none."""
    found = []
    for off in offs:
        row = row_of(standing, off)
        same = off.withdraw if row is None else off.facts == row.facts
        if not same:
            found.append(off)
    return found


def left_of(standing: Standing, key: Key, offs: Sequence[NewDeduction]) -> float | None:
    """Return what deductions leave of an indicator's points, with ``offs`` among them; None without any."""
    line = standing.lines[key[0]]
    points = {row.id: row.points for row in standing.deductions.get(key, ()) if not row.withdrawn}
    new: list[float] = []
    for off in offs:
        row = row_of(standing, off)
        if row:
            points.pop(row.id, None)
        if not off.withdraw:
            new.append(off.points)
    taken = [*points.values(), *new]
    if not taken or line.possible is None:
        return None
    return float(after_deductions(line.possible, line.floor, taken))


def row_of(standing: Standing, off: NewDeduction) -> RowOfDeduction | None:
    """Return the row that a deduction is a new word on: the one it names, else the one of the same reason."""
    rows = standing.deductions.get((off.indicator_id, off.kind), [])
    if off.id is not None:
        return next((row for row in rows if row.id == off.id), None)
    return next((row for row in rows if row.reason == off.reason.strip()), None)


Asked = tuple[Sequence[NewScore], Sequence[NewDeduction], str]


def score_faults(session: Session, campaign_id: int, standing: Standing, asked: Asked) -> list[str]:
    """Return everything that is wrong with what is to be registered, a line each."""
    scores, deductions, by_post = asked
    faults = [fault] if (fault := post_fault(by_post, "评分")) else []
    seen: set[tuple[object, ...]] = set()
    offs: dict[Key, list[NewDeduction]] = {}
    for off in deductions:
        offs.setdefault((off.indicator_id, off.kind), []).append(off)
    for one in scores:
        place = _place(standing, one.indicator_id, one.kind)
        key = (one.indicator_id, one.kind, one.unit_id)
        own = [*_of_score(standing, one, key in seen)]
        own = own or [*_beside_deductions(standing, one, offs.get(key[:2], ()))]
        faults += [f"{place}：{fault}" for fault in own]
        seen.add(key)
    for off in deductions:
        place = _place(standing, off.indicator_id, off.kind)
        reason = (off.indicator_id, off.kind, off.reason.strip())
        faults += [f"{place}：{fault}" for fault in _of_deduction(standing, off, reason in seen)]
        seen.add(reason)
    pieces = {off.evidence_id for off in deductions if off.evidence_id is not None}
    query = select(Evidence.id).where(
        Evidence.campaign_id == campaign_id, col(Evidence.withdrawn).is_(False)
    )
    if pieces and pieces - set(session.exec(query)):
        faults.append("引用的证明材料不属于这个方案，或已经撤回")
    return faults


def _place(standing: Standing, indicator_id: int, kind: ScoreKind) -> str:
    line = standing.lines.get(indicator_id)
    return f"{line.code if line else '未知的指标'}{kind.chinese}"


def _of_score(standing: Standing, new: NewScore, again: bool) -> Iterator[str]:
    line = standing.lines.get(new.indicator_id)
    if line is None:
        yield "没有这项指标，或已经撤销"
        return
    if not line.counts:
        yield "这一级不单独评分，由下级指标合计"
        return
    if again:
        yield "写了两次"
    if new.unit_id is not None:
        if new.kind is not ScoreKind.SELF:
            yield "单位只能填自评分"
        parts = standing.parts.get(new.indicator_id, ())
        if all(part.unit_id != new.unit_id for part in parts):
            yield "这项指标没有分给这个单位"
    if fault := text_fault(new.note or "", LONGEST_NOTE, lines=True):
        yield f"说明{fault}"
    if new.points is not None and not new.withdraw:
        fault = score_fault(exact(new.points), line.possible, line.floor)
        if fault:
            yield fault
    elif not new.withdraw and new.unit_id is not None:
        yield "没有填得分"


def _of_deduction(standing: Standing, off: NewDeduction, again: bool) -> Iterator[str]:
    line = standing.lines.get(off.indicator_id)
    if line is None or not line.counts:
        yield "没有这项指标，或这一级不单独评分，不能扣分"
        return
    if again:
        yield f"理由“{off.reason.strip()}”写了两次；是两件事的，请写明各是哪一件"
    if fault := deduction_fault(exact(off.points), off.reason, line.possible):
        yield fault
    if fault := text_fault(off.reason, LONGEST_NOTE, lines=True):
        yield f"理由{fault}"


def _beside_deductions(
    standing: Standing, new: NewScore, offs: Sequence[NewDeduction]
) -> Iterator[str]:
    """Yield what is wrong with a score that deductions make already."""
    line, parts = standing.lines[new.indicator_id], standing.parts.get(new.indicator_id, [])
    if new.unit_id is not None and not any(
        part.unit_id == new.unit_id and leads_in(part, parts) for part in parts
    ):
        return
    left = left_of(standing, (new.indicator_id, new.kind), offs)
    if left is None or line.possible is None:
        if new.points is None and not new.withdraw:
            yield "没有填得分"
        return
    if new.withdraw:
        yield "还有扣分，请先撤销扣分"
    elif new.points is not None and new.points != left:
        yield (
            f"写的是 {in_figures(exact(new.points))} 分，分值 {in_figures(line.possible)} 分"
            f"减去各条扣分应得 {in_figures(exact(left))} 分；请改得分或改扣分"
        )
