"""The law of a reading: every line and cell ends in a field, a doubt or a mention, and is said beside it."""

from collections.abc import Iterable, Sequence

from models.indicators.columns import (
    DEMAND,
    EVIDENCE,
    HELPED,
    LED,
    METHOD,
    RULE,
    SCORE,
    TARGET,
)
from models.indicators.nodes import Forest, LeftOver
from models.indicators.system import (
    IndicatorSystem,
    LineRead,
    SystemDoubt,
    SystemMention,
)
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import squeeze

UNREAD = "这里的字没有读成指标，请核对"
FIELD_WORDS = {
    "text": "指标内容",
    "body": "指标内容",
    "again": "指标内容",  # a cell merged over several rows, or said again
    "number": "编号",
    SCORE: "分值",
    RULE: "评分办法",
    METHOD: "测评方法",
    EVIDENCE: "佐证材料",
    LED: "牵头单位",
    HELPED: "责任单位",
    DEMAND: "要求",
    TARGET: "目标值",
}
KIND_WORDS = {
    "header": "表头", "title": "标题", "preamble": "前言", "note": "附注", "sum": "合计行",
    "page": "页码", "chapter": "不是指标的章", "overview": "总述", "result": "得分栏",
    "number": "行号",
    "annotation": "括注",
    "deadline": "时限", "person": "人员", "other": "其他栏", "other table": "别的表",
}  # fmt: skip
LONGEST_SHOWN = 200  # characters

Place = tuple[int, int | None]


def account(
    system: IndicatorSystem, lines: Sequence[Line], forest: Forest, checks: Iterable[SystemDoubt]
) -> None:
    """Write into ``system`` what became of every line, and what is in doubt, in the order of the text."""
    became = _fields(system, forest)
    said: dict[Place, list[LeftOver]] = {}
    for one in forest.said:
        said.setdefault((one.line, one.cell), []).append(one)
    found = list(checks)
    above: dict[int, tuple[str, str]] = {}
    seen: dict[int, str] = {}  # what was said of a line as a whole
    for line in lines:
        cells = line.cells or (line.text,)
        for at, cell in enumerate(cells):
            if not cell.strip():
                continue
            place: Place = (line.number, at if line.cells else None)
            whole: Place = (line.number, None)
            told = became.get(place, "") or became.get(whole, "")
            of_row = said.pop(whole, [])  # said once, beside the first cell
            others = [*(said.pop(place, []) if place != whole else ()), *of_row]
            if not told and not others:
                told = _repeated(line, at, above) or seen.get(line.number, "")
            words = [told] if told else []
            words += [_of(system, found, one) for one in others]
            if of_row:
                seen[line.number] = words[-1]
            if not words:
                words.append("疑点")
                found.append(_doubt(line.number, cell, UNREAD))
            if line.cells:
                above[at] = (squeeze(cell), "；".join(words))
            system.lines.append(
                LineRead(
                    line=line.number,
                    page=line.page,
                    text=cell.strip()[:LONGEST_SHOWN],
                    became="；".join(words),
                )
            )
    for one in (one for left in said.values() for one in left):
        _of(system, found, one)
    system.doubts = sorted(found, key=lambda doubt: (doubt.line is None, doubt.line or 0))


def _fields(system: IndicatorSystem, forest: Forest) -> dict[Place, str]:
    """Return of each place which fields of which indicator it became."""
    became: dict[Place, list[str]] = {}
    for node, one in zip(forest.walk(), system.indicators, strict=True):
        for what, pieces in node.fields.items():
            for piece in pieces:
                if what in FIELD_WORDS:
                    told = f"{one.code} {FIELD_WORDS[what]}"
                    listed = became.setdefault((piece.line, piece.cell), [])
                    if told not in listed:
                        listed.append(told)
        if node.line and not any(line == node.line for line, _ in became):
            became.setdefault((node.line, None), []).append(f"{one.code} 编号")
    return {place: "、".join(words) for place, words in became.items()}


def _repeated(line: Line, at: int, above: dict[int, tuple[str, str]]) -> str:
    """Return what a cell became that says the same as the one to its left or above: merged, or said again."""
    cell = squeeze(line.cells[at]) if line.cells else ""
    if at and line.cells and squeeze(line.cells[at - 1]) == cell:
        return above.get(at - 1, ("", ""))[1]
    text, told = above.get(at, ("", ""))
    return told if cell and text == cell else ""


def _of(system: IndicatorSystem, found: list[SystemDoubt], one: LeftOver) -> str:
    if one.reason:
        found.append(_doubt(one.line, one.text, one.reason))
        return "疑点"
    system.mentions.append(SystemMention(line=one.line, text=one.text.strip(), kind=one.kind))
    return KIND_WORDS.get(one.kind, one.kind)


def _doubt(line: int, text: str, reason: str) -> SystemDoubt:
    return SystemDoubt(where="lines", line=line, text=text.strip()[:LONGEST_SHOWN], reason=reason)
