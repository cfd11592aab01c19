"""Put the results of a mock assessment together by the office's weights.

Source: 书面评审、实地评估、满意度测评 are added up by weight (枣庄 2022, second national round). How much each
counts is not public: the default is a **sample of ours**, to be replaced (`shifan assessment tables weights`). A method
without a result is said; it is not counted as zero, and its weight goes to no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.rules.assessment.words import Method, ScorePart

WHOLE_WEIGHT = 100
WEAK = 80.0  # below this a method is among the weak ones


@dataclass(frozen=True, slots=True)
class Weight:
    """To which part a method belongs, and how many of the 100 points it is worth."""

    method: Method
    part: ScorePart
    points: float


DEFAULT_WEIGHTS = (
    Weight(Method.SEARCH, ScorePart.PAPERS, 10),
    Weight(Method.CASE_FILES, ScorePart.PAPERS, 20),
    Weight(Method.SITE, ScorePart.SITE, 15),
    Weight(Method.PAPERS, ScorePart.PAPERS, 10),
    Weight(Method.LAW_TEST, ScorePart.SITE, 10),
    Weight(Method.INTERVIEWS, ScorePart.SITE, 5),
    Weight(Method.CALL_BACK, ScorePart.SATISFACTION, 5),
    Weight(Method.SATISFACTION, ScorePart.SATISFACTION, 25),
)


def weight_faults(weights: Sequence[Weight]) -> list[str]:
    """Return what is wrong with a table of weights: each method once, none below 0, 100 together."""
    faults = []
    for method in Method:
        own = [one for one in weights if one.method is method]
        if len(own) != 1:
            faults.append(f"{method.chinese}应有一行，现有 {len(own)} 行")
    for one in weights:
        if one.points < 0:
            faults.append(f"{one.method.chinese}的权重是 {one.points:g}，不能小于 0")
    whole = sum(one.points for one in weights)
    if abs(whole - WHOLE_WEIGHT) > 1e-9:
        faults.append(f"各项权重合计是 {whole:g}，应为 {WHOLE_WEIGHT}")
    return faults


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a part comes to: ``points`` of the ``known`` ones, of ``weight`` in all."""

    part: ScorePart
    points: float
    known: float
    weight: float

    @property
    def words(self) -> str:
        """Return it in words."""
        if not self.known:
            return f"{self.part.chinese}（{self.weight:g} 分）还没有结果"
        if self.known < self.weight:
            return f"{self.part.chinese}已得 {self.points:.2f} 分（{self.weight:g} 分中有结果的 {self.known:g} 分）"
        return f"{self.part.chinese} {self.points:.2f} 分（满分 {self.weight:g} 分）"


@dataclass(frozen=True, slots=True)
class Combined:
    """What the results come to: ``points`` of the ``known`` ones of 100; who is missing, who is weak, both in order."""

    points: float
    known: float
    parts: Sequence[PartScore]
    missing: Sequence[Method]
    weak: Sequence[tuple[Method, float]]

    @property
    def words(self) -> str:
        """Return the whole in words; where something is missing it is never called the whole."""
        if not self.known:
            return "各项都还没有结果"
        if not self.missing:
            return f"综合得分 {self.points:.2f} 分（满分 {WHOLE_WEIGHT} 分）"
        named = "、".join(one.chinese for one in self.missing)
        rest = WHOLE_WEIGHT - self.known
        return (
            f"有结果的部分共 {self.known:g} 分，得 {self.points:.2f} 分；"
            f"{named}还没有结果（{rest:g} 分），没有计入，也没有折算"
        )

    @property
    def weak_words(self) -> str:
        """Return which methods are weak, in the fixed order."""
        if not self.weak:
            return f"没有低于 {WEAK:g} 分的环节" if self.known else ""
        named = "、".join(f"{method.chinese} {score:.2f} 分" for method, score in self.weak)
        return f"低于 {WEAK:g} 分的环节：{named}"


def combined(weights: Sequence[Weight], scores: Mapping[Method, float]) -> Combined:
    """Return what ``scores`` (each of 100) come to by ``weights``; a method of no weight counts for nothing."""
    counting = [one for one in weights if one.points > 0]
    parts = []
    for part in ScorePart:
        own = [one for one in counting if one.part is part]
        if own:
            known = [one for one in own if one.method in scores]
            parts.append(
                PartScore(
                    part,
                    sum(one.points * scores[one.method] / WHOLE_WEIGHT for one in known),
                    sum(one.points for one in known),
                    sum(one.points for one in own),
                )
            )
    asked = {one.method for one in counting}
    return Combined(
        sum(one.points for one in parts),
        sum(one.known for one in parts),
        parts,
        [one for one in Method if one in asked and one not in scores],
        [(one, scores[one]) for one in Method if one in scores and scores[one] < WEAK],
    )
