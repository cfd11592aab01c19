"""By when a group's document is needed: as the plan's stages say, or by nothing that the plan says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.words import StageKind

# What a document is about, by a word of its title; and the words of the stage that works by it. The first that
# fits counts: a plan of mock assessment is no plan of satisfaction.
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("分解表", ("分解表", "责任分解")),
    ("迎检", ("迎检",)),
    ("督导", ("督导",)),
    ("满意度", ("满意度模拟", "模拟测评", "测评")),
    ("模拟评估", ("模拟评估", "评估专班", "模拟测评")),
    ("评估", ("评估",)),
    ("宣传", ("宣传",)),
    ("整改", ("整改",)),
    ("培训", ("培训", "能力提升")),
)
_MAKES = re.compile("制定|制订|编制|印发|出台|拟定|拟订")
_KINDS = ("分解表", "方案", "清单", "预案", "细则", "办法", "计划")


@dataclass(frozen=True, slots=True)
class NeededAt:
    """A stage as far as it says what is needed: its number, name, kind, days and steps."""

    ordinal: int
    name: str
    kind: str
    start: date | None
    end: date | None
    steps: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """By when, for which stage, and why."""

    due: date | None
    stage: int
    why: str


def need_of(title: str, stages: Sequence[NeededAt]) -> Need | None:
    """Return by when the document ``title`` is needed; None where no stage speaks of what it is about.

    A stage whose own step is to make it is done with it at its end. Any other stage works by it, so it is
    there when that stage begins; the launch, which makes such papers, has until its own end.
    """
    words = next((words for topic, words in TOPICS if topic in title), ())
    kind = next((one for one in _KINDS if title.endswith(one)), title)
    for stage in stages:
        for step in stage.steps:
            if _MAKES.search(step) and kind in step and any(word in step for word in words):
                return Need(stage.end, stage.ordinal, f"第 {stage.ordinal} 阶段的步骤是“{step}”")
    named = [(one, one.name) for one in stages] + [(one, s) for one in stages for s in one.steps]
    for stage, said in named:
        if any(word in said for word in words):
            return _used_in(stage, said)
    return None


def _used_in(stage: NeededAt, said: str) -> Need:
    number = stage.ordinal
    if stage.kind == StageKind.LAUNCH:
        return Need(stage.end, number, f"第 {number} 阶段就要用（“{said}”）")
    return Need(stage.start or stage.end, number, f"第 {number} 阶段开始时要用（“{said}”）")
