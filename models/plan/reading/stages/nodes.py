"""What is a stage, before its date is read: an item or paragraph of a chapter of stages, or rows of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.plan.reading.dates.lexer import VEIL, veiled
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.tables.heads import BEGIN, STAGE, TARGET, TEXT, TITLE, Table
from models.plan.reading.text.numerals import written
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

_NUMBER = "第{N}个?(?:阶段|步)"  # 第一阶段
NUMBERED = f"^{_NUMBER}[：、，—.]{{0,2}}"


@dataclass
class StageNode:
    """A stage as it stands: all its passages, the words of its steps, the texts that hold its targets.

    ``name`` and ``when`` are what the cells of a row say, ``further`` the times of the rows below that
    go on with it; of an item of text both stand somewhere in its passages.
    """

    head: Passage
    passages: list[Passage]
    steps: list[str]
    texts: list[Passage]
    name: str = ""
    when: str | None = None
    further: list[tuple[str, Passage]] = field(default_factory=list)


def stages_of_chapter(chapter: Node) -> list[StageNode]:
    """Return the items of a chapter of stages, whatever its numbering, or its paragraphs named 阶段."""
    nodes = chapter.children
    if len(nodes) == 1 and nodes[0].children and all(c.kind == "stage" for c in nodes[0].children):
        nodes = nodes[0].children
    if nodes:
        return [stage for node in nodes if node.passages for stage in _stages_of_node(node)]
    return list(_plain_stages(chapter))


def in_front_of(items: Sequence[StageNode], chapter: Node) -> Iterator[Passage]:
    """Yield the passages of a chapter up to that in which its first stage begins: they may name the year."""
    begun = [mark[1] for passage in items[0].passages for mark in passage.marks][:1]
    yield from (each for each in chapter.passages if begun and each.marks[0][1] <= begun[0])


def _stages_of_node(node: Node) -> Iterator[StageNode]:
    """Yield the stage that a node is, or those that its text tells one behind the other."""
    told = [] if node.children else stages_told(node.passages[0], is_first=node.kind == "stage")
    if len(told) > 1:
        yield from (_of_text([piece]) for piece in told[:-1])
        yield _of_text([told[-1], *node.passages[1:]])
        return
    steps = [heading_of(child) for child in node.children if heading_of(child)]
    yield _of_text(list(node.all_passages()), steps)


def _of_text(passages: list[Passage], steps: list[str] | None = None) -> StageNode:
    texts = [passage for passage in passages if not passage.cells]
    return StageNode(passages[0], passages, steps or _sentences(texts), texts)


# How a paragraph without number begins that is a stage, its times veiled. Examples beside.
_PLAIN = (
    r"[^，。；：（）]{2,14}阶段(?:[（：。，]|$)",  # 动员部署阶段：
    rf"[^，。；：（）]{{2,12}}（[^（）]{{0,4}}{VEIL}",  # 动员部署（3月）
    rf"[^\W\d]{{2,12}}[，。：]{VEIL}[^，。；]{{0,24}}[，：。]",  # 动员部署：3月，
    rf"(?:即日起|(?:自|从)?{VEIL})[^，。；]{{0,32}}(?:[：，]|为)",  # 2024年3月至5月：…
    r"一是[^，。；：（）]{2,14}阶段",
)


def begins_stage(text: str) -> bool:
    """Say whether a paragraph without number begins like a stage: 动员部署阶段（3月）。  2024年3月至5月：…"""
    forms = rf"[—{{记号}}*-]{{0,2}}(?:{'|'.join(_PLAIN)})"
    return bool(pattern(forms).match(veiled(text)))


def _plain_stages(chapter: Node) -> Iterator[StageNode]:
    current: list[Passage] = []
    for whole in chapter.passages[1:] or chapter.passages:
        told = stages_told(whole)
        for passage in told or _split_plain(whole):
            if told or begins_stage(passage.text):
                if current:
                    yield _of_text(current)
                current = [passage]
            elif current:
                current.append(passage)
    if current:
        yield _of_text(current)


def _split_plain(passage: Passage) -> Iterator[Passage]:
    """Cut 一是…阶段；二是…阶段 and several stages in one paragraph apart."""
    if passage.cells:
        return
    another = rf"(?<=[。；])(?=(?:{{N}}是)?[^，。；：（）]{{2,14}}(?:阶段)?（[^（）]{{0,4}}{VEIL})"
    starts = [found.start() for found in pattern(another).finditer(veiled(passage.text))]
    for start, end in pairwise([0, *starts, len(passage.text)]):
        piece = passage.cut(start, end)
        lead = pattern("^(?:{N}是|[—{记号}*-]{1,2})").match(piece.text)
        yield piece.cut(lead.end()) if lead else piece


def _sentences(passages: Sequence[Passage]) -> list[str]:
    """Return the sentences of a stage without numbered steps, its heading left out."""
    ends = ("。", "；", "：")
    text = "".join(p.text if p.text.endswith(ends) else p.text + "。" for p in passages)
    text = pattern(rf"^{_NUMBER}[：、，](?=[^。：（]{{1,30}}（)").sub("", text)
    text = pattern(r"^[^。：（]{0,30}(?:（[^（）]*）)?[。：]?").sub("", text, count=1)
    return [sentence for sentence in text.split("。") if len(sentence) > 1]


def stages_of_table(table: Table) -> list[StageNode]:
    """Return the stages of a table with a column for the stage and one for its time."""
    time_at = [*table.column(DEADLINE), *table.column(BEGIN)][0]
    name_at = next(iter(table.column(STAGE)), time_at)
    found: list[StageNode] = []
    for row in table.rows:
        name, when = row.cells[name_at], _when(table, row)
        told = table.said(row, TITLE, TEXT)
        steps = [step for cell in told for step in _steps(cell)]
        scheduled = name_at == time_at and bool(when)  # a schedule names no stages
        merged = not name or bool(found) and found[-1].name == name_of(name, None)
        caption = not scheduled and not merged and bool(found) and name == row.cells[time_at]
        if scheduled or not merged and not caption:
            name = "" if scheduled else name_of(_name(name, told), None)
            name = name or f"第{written(len(found) + 1)}阶段"
            found.append(StageNode(row, [], steps, [], name, when))
        elif found and merged:  # over several rows
            found[-1].steps += [step for step in steps if step not in found[-1].steps]
            found[-1].further.append((when, row))
        if found:
            found[-1].passages.append(row)
            cells = [] if caption else [*told, *table.said(row, TARGET)]
            found[-1].texts.extend(Passage(cell, row.marks[:1]) for cell in cells)
    return found


def _steps(cell: str) -> list[str]:
    return [sentence for sentence in pattern(r"[。；]").split(cell) if len(sentence) > 1]


def _name(name: str, told: Sequence[str]) -> str:
    """Return what names the stage of a row: beside a number alone its first text, where that is short."""
    numbered = not pattern(NUMBERED).sub("", name)
    return told[0] if numbered and told and len(told[0]) <= 16 else name


def _when(table: Table, row: Passage) -> str:
    """Return the words of a row's time: 开始时间 | 结束时间 in columns of their own are one period."""
    end = next(iter(table.said(row, DEADLINE)), "")
    begin = next(iter(table.said(row, BEGIN)), "")
    if not begin or begin == end:
        return end
    says_a_day = pattern("[上中下]旬|[初末底]|季度|{某月}").search(end)
    if not (says_a_day or any(map(str.isdecimal, end))):
        return f"{begin.removesuffix('起')}起，{end}".rstrip("，")  # 长期坚持
    return f"{begin.removesuffix('起')}至{end.removesuffix('前')}"


def name_of(head: str, phrase: str | None) -> str:
    """Return the words of a heading without its number and date: 第一阶段：动员部署 -> 动员部署."""
    name = pattern(NUMBERED).sub("", head)
    name = pattern("（[^（）]*(?:{某时}|时间|{角色}|天)[^（）]*）?").sub("", name)
    if phrase:
        front, _, behind = name.partition(phrase)
        ends = pattern(r"(?:阶段|期)$").search(front)  # 启动期　5月至6月　印制海报
        name = front if ends else name.replace(phrase, "")
    name = pattern("^(?:阶段|步骤){N}[：、.]").sub("", name)
    if told := pattern(r"^[为是]([^，。；：（）]{2,14}阶段)[，：]").match(name):
        name = told[1]  # 第一阶段为动员部署阶段，开展…
    name = pattern(r"^[为是](?={H}{2,14}阶段$)|，(?:起止)?时间[为是]$").sub("", name)
    name = pattern(r"^[为是]?[，：]?主要[是为](?={H}{2})").sub("", name)
    name = pattern(r"^[：，。、—.\-]+|[：，。；、—.\-（]+$").sub("", name)
    name = pattern(r"[。：]").split(name)[0]
    return name if len(name) <= 30 else pattern(r"[，；]").split(name)[0][:30]


_WHEN = rf"(?:即日起|自?本?(?:方案|通知)?印发之日起?|(?:自|从|到|至)?{VEIL}+)[^，。；：（）为是]{{0,24}}"
_NAME = r"[^，。；：（）]{2,14}"
# How each of the stages begins, behind a mark; all of one text begin alike. Examples beside.
FORMS = (
    rf"{_WHEN}[为是，：]{_NAME}(?:阶段|期)(?=[，。；：、]|$)",  # 4月上旬为动员部署阶段
    rf"{_NUMBER}[为是：，（]?(?:时间[为：])?(?={_WHEN})",  # 第一阶段4月至5月，动员部署
    rf"{_NUMBER}[为是：，]{_NAME}[，：]{_WHEN}",  # 第一阶段为动员部署阶段，自4月至5月，
    rf"{_NUMBER}[，、：为是]{_NAME}（[^（）]{{2,24}}）(?=[：，。])",  # 第一阶段，动员（3月）：
    rf"{_NAME}阶段（[^（）]{{0,4}}?{VEIL}",  # 动员部署阶段（4月）
    rf"{_NAME}（{VEIL}[^（）]{{0,24}}）(?=、|和|及|共?{{N}}个?阶段)",  # 动员（4月）、推进（5月）
)
_FRONT = r"(?:^|(?<=[，。；：、和及]))(?:其中：?|{N}是|分为?|分别[为是])?(?P<stage>"
# What may stand in front of the first of them: 创建工作分三个阶段进行：
_INTRODUCES = r"(?:阶段|步骤|步)(?:{H}{0,3}(?:进行|推进|实施|开展))?[：，。；]$|(?:分为?|其中|如下|结束|安排|时间)[：，。]?$|^$"


def stages_told(passage: Passage, *, is_first: bool = False) -> list[Passage]:
    """Return the stages that a passage tells one behind the other; empty where it tells none or one.

    ``is_first``: the passage begins behind 第一阶段, which has been taken off as its number.
    """
    if passage.cells:
        return []
    text = veiled(passage.text)
    for form in FORMS[1:2] if is_first else FORMS:
        spans = [(m.start(), m.start("stage")) for m in pattern(f"{_FRONT}{form})").finditer(text)]
        spans = [(0, 0), *spans] if is_first else spans
        front = text[: spans[0][0]] if spans else ""
        sure = form is FORMS[0] or bool(spans) and text.startswith("第", spans[0][1])
        a_stage = pattern(rf"阶段|（[^（）]{{0,4}}?{VEIL}").search(front)  # whose parts these are
        counted = sure and front.endswith(("。", "：")) and not a_stage
        if len(spans) > 1 and (counted or pattern(_INTRODUCES).search(front)):
            ends = [start for start, _ in spans[1:]] + [len(text)]
            return [passage.cut(a, b) for (_, a), b in zip(spans, ends, strict=True)]
    return []


def other_days(passage: Passage, read: str) -> str:
    """Return the first clause that begins with a day of its own, beside the words ``read``; else nothing."""
    behind = passage.text.partition(read)[2] if read else passage.text
    form = rf"(?<=[，。；：])(?={_WHEN}[，：为前后])[^，。；]{{2,24}}"
    found = None if passage.cells else pattern(form).search(veiled(behind))
    return behind[found.start() : found.end()] if found else ""
