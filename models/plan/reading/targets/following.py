"""Numbers that go on behind a target: 分别达到90%、95%; 新建公厕120座，其中城区40座、农村80座."""

from dataclasses import dataclass

from models.plan.reading.targets.numbers import Number
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import sentence_start


@dataclass(frozen=True, slots=True)
class Last:
    """The target in front of a number: where it ends, its operator and unit, and whether it is a part."""

    stop: int
    op: str
    unit: str
    is_part: bool


def is_part_of(number: Number, last: Last) -> bool:
    """Say whether it is a part of the target in front: 新建公厕120座，其中城区40座、农村80座."""
    between = number.text[last.stop : number.start]
    begins = r"[，（；]其中[，：]?{H}{1,14}"
    joins = rf"{begins}|[、，；](?!其中|共|合计|已){{H}}{{1,14}}" if last.is_part else begins
    known = number.written[:1].isdecimal() and not number.is_share and number.behind is None
    alike = (
        _measure(number.unit) == _measure(last.unit) or last.is_part
    )  # 其中造林1万亩，绿化带20公里
    return known and alike and bool(number.unit) and bool(pattern(joins).fullmatch(between))


def _measure(unit: str) -> str:
    return pattern("（").split(unit)[0]  # 条（座） is 条


def continues(number: Number, last: Last) -> bool:
    """Say whether it goes on behind 分别: 分别达到90%、95%."""
    between = number.text[last.stop : number.start]
    sentence = number.text[sentence_start(number.text, number.start) : number.start]
    return between in {"、", "和", "，", ",", "以及", "及"} and "分别" in sentence
