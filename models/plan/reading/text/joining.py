"""Which lines of a text are one paragraph: whether a line goes on with the line before it."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.rules.text import gap

# 责任单位： at the head of a line; within an open bracket it only goes on.
ROLE_LABEL = (
    r"(?:具体|第一|主要|共同)?(?:{角色}|{时限}|主体|完成|整改|工作|联系)(?:责任)?"
    r"(?:{单位}|{领导}|{时限}|{其他栏}|人)?[：]"
)
DATED = r"\d{1,2}[.、](?:\d{1,2}月|20\d\d年)"  # …and so does 2.12月底前完成。）
# A line that begins like this begins a paragraph. Examples beside.
OPENERS = (
    r"{章号}[、.：]",  # 一、
    r"第{一}{1,3}[，、][\u4e00-\u9fff]{2,12}[。：]",  # 第一，总体目标。
    r"{节号}",  # （一）
    r"\d{1,3}[.、](?!\d)|\d{1,2}[.、](?=20\d\d年|\d{1,2}月)",  # 1.  1、  1.2025年3月
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?[、.]?(?=[\u4e00-\u9fff“《])(?!{数后})",  # 1.2 加强
    r"\d{1,2}(?=[\u4e00-\u9fff]{2,14}$)(?![年月日个家名人次项件条时天周期场处])",  # 1 总体目标
    r"（\d{1,2}）|\d{1,2}）",  # (1)
    r"{①}",  # ①
    r"第[{一}百\d]{1,4}(?:部分|章|篇|编|节|条|阶段|步)",  # 第一阶段
    r"(?:{编号词}|{条目词})[{一}\d]{1,3}[：、.]",  # 行动一：
    r"[^，。；：（）\d]{2,10}阶段（(?:时间：)?(?:\d{4}年|\d{1,2}月|即日|自|从)",  # 总结阶段（12月）
    r"附件[{一}\d]{0,2}(?:[：]|$|[{一}\d])|附[：表]",  # 附件：
    r"(?:尾)?注\d{1,3}[：]",  # 注1：各县区，指……
    r"[-—●•*]{1,2}(?=\d{1,3}[.、]|（|附件)|[—]{2,}|{记号}",  # ——
    r"(?:组|副组|政|副政)长[：]|(?:成员|其他成员|联络员|(?:{常务}?副?)?{首长})(?:[：]|（)",
    r"(?:主要职责|工作职责|职责|职责任务)[：]",
    ROLE_LABEL,
    r"（{角色}[^（）]{0,8}[：]",
    r"【{角色}",
)
_OPENER = "|".join(f"(?:{each})" for each in OPENERS)

ENDS = r"[。！？；：…][”》）】]?$"  # the end of a sentence or of a list's head
# The bracket that says who does it ends its paragraph: …。（牵头单位：市司法局）
WHO_ENDS = r"[（【]{角色}{单位}?：[^（）]*(?:（[^（）]*）[^（）]*){0,6}[）】]$"
# A line that is whole although it has no mark at its end: a title, or 附件 alone.
WHOLE = r"^附件[{一}\d]{0,2}[：]?$|^[^。；]{6,90}(?:{整题})$"
# A heading that ends in one of these is cut.
DANGLING = r"(?:[的和与及将把从按并或以]|方可|应当)$"
LONGEST = 2000  # characters; a longer passage is cut at a sentence's end, so that time stays linear
KEPT = 500  # characters of a long passage's head and tail that decide whether the next line goes on
SHORT = 36  # a line of a heading, a title, a signature is not longer


def opens_paragraph(text: str) -> bool:
    """Say whether a line (without white space) begins like a numbered item, a role, an attachment."""
    return pattern(_OPENER).match(text) is not None


def join_lines(lines: Sequence[Line]) -> list[Passage]:
    """Join the lines of content into passages; rows of tables stay one passage each.

    A line goes on with the line before it unless it opens a paragraph, or the line before ended a
    sentence, a heading or a title.
    """
    width = _wrap_width(lines)
    passages: list[Passage] = []
    group: list[Line] = []
    before = ""
    for line, below in zip_longest(lines, lines[1:]):
        if line.cells:
            _flush(group, passages)
            passages.append(_row(line))
            continue
        if line.apart:
            _flush(group, passages)
            _flush([line], passages)
            before = ""
            continue
        text = squeeze(line.text)
        signs = _is_signature(text, squeeze(below.text) if below else "") and not before.endswith(
            CUT
        )
        if group and (signs or not _goes_on(before, squeeze(group[-1].text), text, width)):
            _flush(group, passages)
        before = text if not group else before + text
        if len(before) > 2 * KEPT:
            before = before[:KEPT] + before[-KEPT:]
        group.append(line)
    _flush(group, passages)
    return passages


CUT = tuple("，、；：的和与及")  # a line that ends so goes on, whatever the next one looks like


def _is_signature(text: str, below: str) -> bool:
    """Say whether a line is the body that signs, with the date on the line below it."""
    day = r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[一二]{〇}{3}年.{2,7}日"
    body = r"[\u4e00-\u9fff（）]{3,38}(?:{局}|{机构}|领导小组)(?:（[代章印签发]{1,3}）)?"
    return bool(pattern(body).fullmatch(text) and pattern(day).fullmatch(below))


def _row(line: Line) -> Passage:
    cells = tuple(squeeze(cell) for cell in line.cells)
    text = "|".join(cells)
    return Passage(text, ((0, line.number, line.page),), cells, line.table)


def _flush(group: list[Line], passages: list[Passage]) -> None:
    text, marks = "", []
    for line in group:
        squeezed = squeeze(line.text)
        text += gap(text, squeezed)
        marks.append((len(text), line.number, line.page))
        text += squeezed
    group.clear()
    whole = Passage(text, tuple(marks))
    start = 0
    while len(text) - start > LONGEST:
        stop = text.rfind("。", start, start + LONGEST) + 1 or start + LONGEST
        passages.append(whole.cut(start, stop))
        start = stop
    if start < len(text):
        passages.append(whole.cut(start) if start else whole)


def _wrap_width(lines: Iterable[Line]) -> int | None:
    """Return the width at which the text was wrapped, None when its lines are paragraphs."""
    sizes = sorted(len(squeeze(line.text)) for line in lines if not line.cells)
    if len(sizes) < 8:
        return None
    widest = sizes[int(len(sizes) * 0.95)]
    near = sum(1 for size in sizes if widest * 0.88 <= size <= widest * 1.1)
    return widest if 18 <= widest <= 70 and near >= len(sizes) * 0.3 else None


def _goes_on(before: str, last: str, text: str, width: int | None) -> bool:
    """Say whether line ``text`` goes on with what stands ``before`` it, whose last line is ``last``."""
    if pattern(r"\d{1,3}[.、]|{括号}|{章号}、").fullmatch(before):
        return not opens_paragraph(text)  # a number alone on its line
    if opens_paragraph(text):
        within = _open_brackets(before) and pattern(rf"{ROLE_LABEL}|{DATED}").match(text)
        return bool(within) or _is_cut_number(before, text)
    if _open_brackets(before) or pattern(rf"(?:{ROLE_LABEL})$").search(before[-16:]):
        return True
    if pattern(r"[。；]第{一}(?:步|阶段)：$").search(before[-12:]):
        return True  # the name of the stage stands on the next line
    if pattern(ENDS).search(before) or pattern(WHOLE).search(before):
        return False
    if pattern(WHO_ENDS).search(before[-300:]) and not pattern(r"^[，。；、：）]").search(text):
        return False
    if pattern(r"[，、（《“]$").search(before) or pattern(r"^[，。；、：）》”！？]").search(text):
        return True
    if pattern(r"{记号}").match(before) and pattern(LIST_ENDS).search(before[-90:]):
        return False
    if width and len(last) >= width * 0.85 and not _is_heading_end(before):
        return True
    if opens_paragraph(before):
        return _heading_goes_on(before, text)
    return len(before) > SHORT or bool(pattern(r"[，。；]").search(before))


# A list of bodies that ends with a whole name: ▲环境提升行动；牵头：市城管局
LIST_ENDS = rf"(?:{ROLE_LABEL})[^。：]{{2,60}}(?:{{局}}|{{县}}|{{机构}})$"


def _is_cut_number(before: str, text: str) -> bool:
    """Say whether the number at the line's head is the rest of one: …达到 / 95.6%, …第 / 1、2 项."""
    return bool(pattern(r"[第至到的及和于过近约达]$").search(before)) and bool(
        pattern(r"\d{1,3}、\d").match(text)
    )


def _open_brackets(text: str) -> bool:
    """Say whether a bracket opened within the last characters is not closed yet."""
    depth = 0
    for char in reversed(text[-400:]):
        if char in "）)》】〕〗]":
            depth += 1
        elif char in "（(《【〔〖[":
            depth -= 1
            if depth < 0:
                return True
    return False


# A heading that ends so is whole; what follows on the next line is its text.
HEADING_ENDS = r"{标题尾}$"

# …and so is one that ends with its date: 第三阶段 总结表彰 2026年6月.
DATED_END = r"(?:阶段|步|至|—|年|到).{0,12}?(?:\d{1,2}[日月]|[上中下]旬|月[初底末]|年底)$"


def _is_heading_end(text: str) -> bool:
    return len(text) <= SHORT and opens_paragraph(text) and bool(pattern(HEADING_ENDS).search(text))


def _heading_goes_on(before: str, text: str) -> bool:
    """Decide for a heading without a mark at its end: is the next line its rest, or its text?"""
    if pattern(r"[，。；]").search(before) or len(before) > SHORT:
        return True  # not a heading but a sentence that goes on
    if _is_heading_end(before):
        return False
    if pattern(DANGLING).search(before):
        return True
    if pattern(DATED_END).search(before):
        return False
    return len(text) <= 14 and not pattern(r"[，：；]").search(text.rstrip("。"))
