"""The law of a reading: every line and cell ends in a field, a doubt or a mention, and is said beside it."""

from collections.abc import Iterable, Sequence

from models.indicators.columns import DEMAND, EVIDENCE, METHOD, RULE, SCORE
from models.indicators.forest import AGAIN, BODY, Forest
from models.indicators.system import IndicatorSystem, LineRead
from models.plan.reading.accounting.told import DoubtTold, Mention
from models.plan.reading.outline.outline import TEXT, Field
from models.plan.reading.roles.roles import LEAD, RESPONSIBLE
from models.plan.reading.tables.heads import NUMBER, TARGET
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import squeeze

UNREAD = "这里的字没有读成指标，请核对"
FIELD_WORDS = {
    TEXT: "指标内容", BODY: "指标内容", AGAIN: "指标内容", NUMBER: "编号", SCORE: "分值",
    RULE: "评分办法", METHOD: "测评方法", EVIDENCE: "佐证材料", LEAD: "牵头单位",
    RESPONSIBLE: "责任单位", DEMAND: "要求", TARGET: "目标值",
}  # fmt: skip
KIND_WORDS = {
    "header": "表头", "title": "标题", "preamble": "前言", "note": "附注", "sum": "合计行",
    "page": "页码", "chapter": "不是指标的章", "overview": "总述", "result": "得分栏",
    "number": "行号", "annotation": "括注", "deadline": "时限", "person": "人员",
    "other": "其他栏", "other table": "别的表",
}  # fmt: skip
IN_DOUBT = "疑点"
LONGEST_SHOWN = 200  # characters

Place = tuple[int, int | None]


def account(
    system: IndicatorSystem, lines: Sequence[Line], forest: Forest, checks: Iterable[DoubtTold]
) -> None:
    """Write into ``system`` what became of every line, and what is in doubt, in the order of the text."""
    became = _fields(system, forest)
    left: dict[Place, list[tuple[Field, str]]] = {}
    for one in forest.left:
        left.setdefault((one[0].line, one[0].column), []).append(one)
    found = list(checks)
    above: dict[int, tuple[str, str]] = {}
    for line in lines:
        whole = ""  # what was said of the line as a whole, beside its first cell
        for at, cell in enumerate(line.cells or (line.text,)):
            if not cell.strip():
                continue
            place: Place = (line.number, at if line.cells else None)
            told = became.get(place, "") or became.get((line.number, None), "")
            others = [*left.pop(place, ()), *(of_line := left.pop((line.number, None), []))]
            if not told and not others:
                told = _repeated(line, at, above) or whole
            words = [told] if told else []
            words += [_left(system, found, *one) for one in others]
            if of_line:
                whole = words[-1]
            if not words:
                words.append(IN_DOUBT)
                found.append(_doubt(line.number, cell, UNREAD))
            said = "；".join(words)
            if line.cells:
                above[at] = (squeeze(cell), said)
            shown = cell.strip()[:LONGEST_SHOWN]
            system.lines.append(LineRead(line=line.number, page=line.page, text=shown, became=said))
    for one in (one for several in left.values() for one in several):
        _left(system, found, *one)
    system.doubts = sorted(found, key=lambda doubt: (doubt.line is None, doubt.line or 0))


def _fields(system: IndicatorSystem, forest: Forest) -> dict[Place, str]:
    """Return of each place which fields of which indicator it became."""
    became: dict[Place, dict[str, None]] = {}
    for node, one in zip(forest.nodes(), system.indicators, strict=True):
        for cell in node.cells:
            if cell.meaning in FIELD_WORDS:
                told = f"{one.code} {FIELD_WORDS[cell.meaning]}"
                became.setdefault((cell.line, cell.column), {})[told] = None
        if one.line and all(cell.line != one.line for cell in node.cells):
            became.setdefault((one.line, None), {})[f"{one.code} 编号"] = None
    return {place: "、".join(words) for place, words in became.items()}


def _repeated(line: Line, at: int, above: dict[int, tuple[str, str]]) -> str:
    """Return what a cell became that says the same as the one to its left or above: merged, or said again."""
    cell = squeeze(line.cells[at]) if line.cells else ""
    if at and line.cells and squeeze(line.cells[at - 1]) == cell:
        return above.get(at - 1, ("", ""))[1]
    text, told = above.get(at, ("", ""))
    return told if cell and text == cell else ""


def _left(system: IndicatorSystem, found: list[DoubtTold], words: Field, reason: str) -> str:
    """Keep words that are no part of an indicator as a doubt or a mention, and return which."""
    if reason:
        found.append(_doubt(words.line, words.text, reason))
        return IN_DOUBT
    system.mentions.append(Mention(words.line, words.text.strip(), words.meaning))
    return KIND_WORDS.get(words.meaning, words.meaning)


def _doubt(line: int, text: str, reason: str) -> DoubtTold:
    return DoubtTold(where="lines", line=line, text=text.strip()[:LONGEST_SHOWN], reason=reason)
