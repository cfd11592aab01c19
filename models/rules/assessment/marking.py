"""What the marks of reviewers come to: the score of one thing, of a unit, of a whole method.

A case file: any base standard that is missed fails it (0 points), whatever of it could not be looked at; else each
section keeps what its faults leave, never below zero. Anything else: the share of what was looked at that is met, half for 基本符合. What nobody could
look at and what does not apply counts neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.rules.assessment.criteria import BASE, WHOLE, Criterion
from models.rules.assessment.words import ReviewOutcome

SETTLED = "合议"  # the reviewer whose marks stand where two differ
MACHINE = "自动检索"  # the reviewer whose marks stand until a person has looked
APART = 10.0  # points by which two reviewers may differ without 合议
WORTH: Mapping[str, float] = {
    ReviewOutcome.MET: 1.0,
    ReviewOutcome.PARTLY: 0.5,
    ReviewOutcome.MISSED: 0.0,
}


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """What one reviewer said by one criterion; ``count`` is how many faults, None where none are counted."""

    criterion: str
    outcome: str = ""
    count: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What one reviewer's marks come to: ``score`` is None until everything was marked, or nothing could be."""

    score: float | None
    vetoes: Sequence[str] = ()
    unmarked: int = 0
    counted: int = 0  # criteria that count

    @property
    def words(self) -> str:
        """Return it in words."""
        if self.unmarked:
            return f"还有 {self.unmarked} 条没有填"
        if self.vetoes:
            return f"不合格（基础标准 {'、'.join(self.vetoes)}）"
        return "没有看成" if self.score is None else f"{self.score:.2f} 分"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a thing comes to by all who marked it; ``disputed`` waits for 合议 and has no score until then."""

    score: float | None
    by_reviewer: Mapping[str, Marked]
    disputed: bool = False

    @property
    def unmarked(self) -> bool:
        """Say whether somebody is not done with it, or nobody has begun."""
        settled = self.by_reviewer.get(SETTLED)
        if settled and not settled.unmarked:
            return False
        return not self.by_reviewer or any(one.unmarked for one in self.by_reviewer.values())

    @property
    def apart(self) -> float:
        """Return by how many points the reviewers differ, 合议 left out."""
        scores = [
            one.score
            for name, one in self.by_reviewer.items()
            if name != SETTLED and one.score is not None
        ]
        return max(scores) - min(scores) if scores else 0.0


def marked(criteria: Sequence[Criterion], marks: Iterable[ReviewMark]) -> Marked:
    """Return what the marks of one reviewer come to by ``criteria``."""
    said = {one.criterion: one for one in marks}
    unmarked = sum(not _is_marked(one, said.get(one.code)) for one in criteria)
    if unmarked:
        return Marked(None, unmarked=unmarked)
    if any(one.section for one in criteria):
        return _of_file(criteria, said)
    worth = [WORTH[said[one.code].outcome] for one in criteria if said[one.code].outcome in WORTH]
    score = WHOLE * sum(worth) / len(worth) if worth else None
    return Marked(score, counted=len(worth))


def _is_marked(criterion: Criterion, mark: ReviewMark | None) -> bool:
    if mark is None:
        return False
    return mark.count is not None if criterion.is_counted else bool(mark.outcome)


def _of_file(criteria: Sequence[Criterion], said: Mapping[str, ReviewMark]) -> Marked:
    base = {one.code: said[one.code].outcome for one in criteria if one.section == BASE}
    if vetoes := [code for code, outcome in base.items() if outcome == ReviewOutcome.MISSED]:
        return Marked(0.0, vetoes, counted=len(criteria))
    if ReviewOutcome.UNSEEN in base.values():
        return Marked(None)
    lost: dict[str, float] = {}
    full: dict[str, float] = {}
    for one in criteria:
        if one.is_counted:
            full[one.section] = one.full
            off = one.points * (said[one.code].count or 0)
            lost[one.section] = lost.get(one.section, 0.0) + off
    score = sum(max(0.0, full[section] - lost[section]) for section in full)
    return Marked(score, counted=len(criteria))


def judged(criteria: Sequence[Criterion], marks: Mapping[str, Sequence[ReviewMark]]) -> Judged:
    """Return what all reviewers' marks come to: that of 合议 where there is one, else their mean.

    Two who differ on a veto, or by more than `APART` points, are in dispute. What the machine found
    counts only where nobody has looked.
    """
    people = {name: own for name, own in marks.items() if name != MACHINE}
    by_reviewer = {name: marked(criteria, own) for name, own in (people or marks).items()}
    if (settled := by_reviewer.get(SETTLED)) and not settled.unmarked:
        return Judged(settled.score, by_reviewer)
    done = [one for name, one in by_reviewer.items() if name != SETTLED and not one.unmarked]
    seen = [one for one in done if one.score is not None]
    scores = [one.score for one in seen if one.score is not None]
    vetoed = {bool(one.vetoes) for one in seen}
    disputed = len(vetoed) > 1 or (bool(scores) and max(scores) - min(scores) > APART)
    whole = sum(scores) / len(scores) if scores and not disputed else None
    return Judged(whole, by_reviewer, disputed)


def mean_of(scores: Iterable[float | None]) -> float | None:
    """Return the mean of the scores there are, None where there is none."""
    known = [one for one in scores if one is not None]
    return sum(known) / len(known) if known else None
