"""The words by which a supplement changes a plan: what is meant, what is done to it, and with what."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.plan.changes.likeness import bare, likeness
from models.plan.reading.text.numerals import read_number
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan, PlanGroup, PlanStage, PlanTask

# In a title: what only adds to a plan or moves something in it.
SUPPLEMENT = r"补充{补充件}|(?:调整|修改|变更|延长|顺延|修订|完善|更正|增补)[^。]{0,60}的?(?:通知|决定|函|说明)(?:（[^（）]{0,12}）)?$"
BECOMES = r"(?:调整|修改|变更|更改|更正|修订|改)(?:为|成|到|至)"
MOVES = r"(?:延长|延期|推迟|顺延|延后|提前|延|宽限)(?:为|到|至)"
ADDS = r"(?:增加|新增|增补|增列|补充|增设)"
DROPS = r"(?:取消|删除|删去|减少|去掉|不再(?:实施|执行|开展|列入|保留)?|予以(?:取消|删除))"
# Without a day behind it: by how much.
SHIFTS = (
    r"(?P<shift>延长|延期|推迟|顺延|延后|提前)(?:半(?P<half>个月|年)|(?P<count>{N})(?P<of>{时长}))"
)
VERB = rf"{BECOMES}|{MOVES}|{ADDS}|{DROPS}|不再|延长|延期|推迟|顺延|延后|提前|缩短|更名"
QUOTED = r"“([^“”]{2,400})”"

_STAGE = r"第(?P<stage>{N})(?:个)?阶段"
_TASK = r"第(?P<task>{N})(?:项|条|款)|(?:工作|重点)?任务(?P<tagged>\d{1,3})(?!\d|[个项条])"


@dataclass(frozen=True, slots=True)
class Meant:
    """What of the plan a sentence speaks of, and where its mention ends."""

    item: PlanStage | PlanTask | PlanGroup
    end: int


def is_supplement_titled(*titles: str) -> bool:
    """Say whether a title says that a document only changes something in another."""
    return any(pattern(SUPPLEMENT).search(title) for title in titles if title)


def meant_in(text: str, plan: Plan) -> Iterator[Meant]:
    """Yield the stages, work items and groups of ``plan`` that ``text`` names, as they stand in it."""
    stages = {one.ordinal: one for one in plan.stages}
    tasks = {one.ordinal: one for one in plan.tasks}
    for found in pattern(rf"{_STAGE}|{_TASK}|{QUOTED}").finditer(text):
        number = found["stage"] or found["task"] or found["tagged"]
        value = read_number(number) if number else None
        item: PlanStage | PlanTask | PlanGroup | None
        if number:
            known: dict[int, PlanStage] | dict[int, PlanTask] = stages if found["stage"] else tasks
            item = known.get(int(value)) if value is not None else None
        else:
            item = _quoted(found[4], plan)
        if item is not None:
            yield Meant(item, found.end())
    named: list[tuple[str, PlanStage | PlanGroup]] = [
        *((one.name.removesuffix("阶段"), one) for one in plan.stages),
        *((one.name, one) for one in plan.groups),
    ]
    for name, each in named:
        at = text.find(name) if len(name) > 1 else -1
        if at >= 0:
            yield Meant(each, at + len(name))


def _quoted(words: str, plan: Plan) -> PlanStage | PlanTask | None:
    """Return the stage or work item that is called by ``words``, or nearly so."""
    for stage in plan.stages:
        if bare(stage.name).removesuffix("阶段") == bare(words).removesuffix("阶段"):
            return stage
    near = [(likeness(one.title, words), one.ordinal, one) for one in plan.tasks]
    best = max(near, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= 0.8 else None
