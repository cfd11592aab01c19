"""Writes a document another way without changing what it says; ``python -m tests.tools.mutations`` prints how well each is read.

Every change is mechanical and seeded; a document on which it changes nothing is left out of its score.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from tests.places import DOCUMENTS, REAL_DOCUMENTS
from tests.tools import score
from tests.tools.mutation_files import FILES, cells_of, read_as, widths_of

DIGITS = "零一二三四五六七八九"
CHAPTER, SECTION = r"^([一二三四五六七八九十]{1,3})、", r"^[（(]([一二三四五六七八九十]{1,3})[)）]"
ITEM, SUB = r"^(\d{1,2})[.、．](?!\d)", r"^[（(](\d{1,2})[)）]"
LABELS = r"(?:牵头|责任|配合|主办|协办|承办|参与)(?:单位|部门)|完成时限|完成时间"
LABELLED = re.compile(rf"[（(]((?:{LABELS})[：:](?:[^（）()]|[（(][^（）()]*[)）])*)[)）]。?")
SUFFIXED = re.compile(r"[（(]([^（）()：:]{2,60}牵头，[^（）()：:]{2,80}配合)[)）]")
Mutation = Callable[[str, dict, random.Random], str]


def spoken(number: int) -> str:
    """Return 二十一 of 21."""
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def _count(text: str) -> int:
    return next((n for n in range(1, 100) if spoken(n) == text), 0)


# --- numbers of headings -------------------------------------------------------------------------


def _body(text: str) -> tuple[str, str]:
    """Return the text before its attachments, and the attachments, whose numbers stay."""
    found = re.search(r"^[-\s]*附\s*件", text, re.M)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def renumber(*styles: str | None) -> Mutation:
    """Write chapters, sections, items and sub-items in ``styles``; None keeps a level as it is."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        body, rest = _body(text)
        if any(_is_taken(style, body) for style in styles if style):
            return text  # the document uses these numbers at another level
        lines = body.split("\n")
        for at, line in enumerate(lines):
            for expression, style in zip((CHAPTER, SECTION, ITEM, SUB), styles, strict=False):
                if style and (found := re.match(expression, line.strip())):
                    number = int(found[1]) if found[1].isdigit() else _count(found[1])
                    if number > 20 and "{o}" in style:
                        return text
                    head = style.format(n=number, c=spoken(number), o=chr(0x245F + number))
                    lines[at] = head + line.strip()[found.end() :]
                    break
        return "\n".join(lines) + rest

    return mutate


def _is_taken(style: str, body: str) -> bool:
    """Say whether numbers in ``style`` stand within lines, where they are not rewritten."""
    if "{o}" in style:
        return bool(re.search("[①-⑳]", body))
    inner = r"(?<=[。；：\u4e00-\u9fff])"
    kinds = {
        "（{n}）": r"[（(]\d{1,2}[)）]",
        "{n}.": r"(?<=[。；：])\d{1,2}[.、](?!\d)",
        "{n}、": r"(?<=[。；：])\d{1,2}[.、](?!\d)",
    }
    expression = kinds.get(style)
    return bool(expression and re.search(inner + expression, body))


# --- who does it -----------------------------------------------------------------------------------


def _parts(inside: str) -> list[tuple[str, str]]:
    found = list(re.finditer(rf"({LABELS})[：:]", inside))
    ends = [*(each.start() for each in found[1:]), len(inside)]
    return [
        (f[1], inside[f.end() : end].strip("；;，, 。")) for f, end in zip(found, ends, strict=True)
    ]


def annotate(write: Callable[[list[tuple[str, str]]], str]) -> Mutation:
    """Write every labelled bracket as ``write`` says."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        return LABELLED.sub(lambda found: write(_parts(_flat(found[1]))), text)

    return mutate


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _suffix(parts: list[tuple[str, str]]) -> str:
    kinds = dict(parts)
    if "牵头单位" not in kinds:
        return "（" + "；".join(f"{k}：{v}" for k, v in parts) + "）"
    said = [f"{kinds['牵头单位']}牵头"]
    helpers = kinds.get("责任单位") or kinds.get("配合单位")
    said += [f"{helpers}配合"] if helpers else []
    when = kinds.get("完成时限")
    return "（" + "，".join(said) + (f"；{when}" if when else "") + "）"


def _sentence(parts: list[tuple[str, str]]) -> str:
    bracket = _suffix(parts)
    if "牵头，" not in bracket or "；" in bracket:
        return "（" + "；".join(f"{k}：{v}" for k, v in parts) + "）"
    return "由" + bracket[1:-1] + "。"


def _lead_in_list(parts: list[tuple[str, str]]) -> str:
    kinds = dict(parts)
    if not {"牵头单位", "责任单位"} <= set(kinds) or "、" in kinds["牵头单位"]:
        return "（" + "；".join(f"{k}：{v}" for k, v in parts) + "）"
    return f"（责任单位：{kinds['牵头单位']}（牵头）、{kinds['责任单位']}）"


def reword(*pairs: tuple[str, str]) -> Mutation:
    """Put other words in place of the role words."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        for old, new in pairs:
            text = re.sub(rf"(?<![同头合]){old}(?=\s*[：:|])|(?<=[|\s]){old}(?=\s*\|)", new, text)
        return text

    return mutate


def reword_suffix(lead: str, helps: str) -> Mutation:
    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        return SUFFIXED.sub(
            lambda f: f[0].replace("牵头，", f"{lead}，").replace("配合", helps), text
        )

    return mutate


def relist(separator: str) -> Mutation:
    """Part the names within annotations otherwise."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        def one(found: re.Match[str]) -> str:
            depth, out = 0, []
            for char in _flat(found[1]):
                depth += (char in "（(") - (char in ")）")
                out.append(separator if char == "、" and not depth else char)
            return "（" + "".join(out) + "）"

        return LABELLED.sub(one, text)

    return mutate


def bracket_before_stop(text: str, truth: dict, chance: random.Random) -> str:
    return re.sub(rf"。\s*({LABELLED.pattern[:-2]})(?=\n|$)", r"\1。", text)


def bracket_behind_title(text: str, truth: dict, chance: random.Random) -> str:
    """1.题目。正文。（牵头单位：…） becomes 1.题目（牵头单位：…）。正文。"""
    expression = rf"^(\d{{1,2}}[.、][^。：\n（(]{{3,36}})。([^\n]*?)({LABELLED.pattern[:-2]})$"
    return re.sub(expression, r"\1\3。\2", text, flags=re.M)


# --- stages ------------------------------------------------------------------------------------------


def restage(form: str) -> Mutation:
    """Write the head of every stage as ``form``: {mark} its number, {name}, {raw} its date, {n} its place."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        heads = list(_stage_heads(text, truth))
        if len(heads) != len(truth["stages"]) or not heads:
            return text
        if not all(mark.strip() for *_, mark, _, _ in heads) and "{mark}" in form:
            return text
        if any(not re.search(r"[\u4e00-\u9fff]", name) for *_, name, _ in heads):
            return text
        for ordinal, (start, end, mark, name, raw) in reversed(list(enumerate(heads, 1))):
            head = form.format(
                mark=mark, name=name, raw=raw, n=spoken(ordinal), d=ordinal,
                short=name.removesuffix("阶段"),
            )  # fmt: skip
            text = text[:start] + head + text[end:].lstrip("。：:")
        return text

    return mutate


def _stage_heads(text: str, truth: dict) -> Iterator[tuple[int, int, str, str, str]]:
    at = 0
    for stage in truth["stages"]:
        if not stage.get("raw"):
            return
        spaced = r"\s*".join(map(re.escape, stage["raw"]))
        found = re.compile(
            rf"^([（(]?[一二三四五六七八九十\d]{{1,2}}[)）、.]|第.阶段[：:])\s*([^\n（(：:。]{{2,20}}?)[（(]{spaced}[)）][。：:]?",
            re.M,
        ).search(text, at)
        if not found:
            return
        at = found.end()
        yield found.start(), found.end(), found[1], found[2], stage["raw"]


def stage_table(text: str, truth: dict, chance: random.Random) -> str:
    """Lay the stages out as a table."""
    heads = list(_stage_heads(text, truth))
    if len(heads) != len(truth["stages"]) or not heads:
        return text
    last = heads[-1][1]
    stop = re.compile(r"\n\s*(?:[一二三四五六七八九十]{1,3}、|附件|—|第 ?\d)|\Z").search(text, last)
    ends = [*(start for start, *_ in heads[1:]), stop.start()]
    rows = ["阶段 | 时间 | 主要工作"]
    for (_, end, _, name, raw), until in zip(heads, ends, strict=True):
        rows.append(f"{name} | {raw} | {_flat(text[end:until])}")
    return text[: heads[0][0]] + "\n".join(rows) + "\n" + text[stop.start() :]


def redate(form: str) -> Mutation:
    """Write full dates in the stages otherwise."""

    def one(found: re.Match[str]) -> str:
        year, month, day = (int(group) for group in found.groups())
        written = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
        return form.format(y=year, m=month, d=day, cy=written, cm=spoken(month), cd=spoken(day))

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        for stage in truth["stages"]:
            raw = stage.get("raw")
            if raw and raw in text:
                text = text.replace(raw, re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", one, raw))
        return text

    return mutate


def rejoin(word: str) -> Mutation:
    """Put another word between start and end of the stages."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        for stage in truth["stages"]:
            raw = stage.get("raw")
            if raw and raw in text and re.search(r"[日旬月底末初年](?:至|—|-)\d", raw):
                text = text.replace(
                    raw, re.sub(r"(?<=[日旬月底末初年])(?:至|—|-)(?=\d)", word, raw)
                )
        return text

    return mutate


# --- headings of chapters ---------------------------------------------------------------------------

PLAIN_HEADINGS = {
    "tasks": "(?:重点|主要|工作|具体|整治|创建)(?:任务|内容|措施|举措)|任务举措|重点工作",
    "stages": "(?:实施|工作|方法|推进|整治|创建|活动|行动)?(?:步骤|时间安排|进度安排|步骤安排)|时间安排",
    "measures": "(?:工作|有关|相关)要求|(?:组织|工作)?保障(?:措施)?|组织领导",
    "goals": "(?:工作|总体|主要|创建|整治|行动)目标|总体要求",
}


def rehead(role: str, heading: str) -> Mutation:
    """Give the chapters of one role another heading, where theirs is a plain one."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        expression = rf"^((?:[一二三四五六七八九十]{{1,3}}、|第.部分[：、 ]?))(?:{PLAIN_HEADINGS[role]})[ \t]*$"
        found = re.findall(expression, text, re.M)
        if len(found) != 1 or (role == "tasks" and not truth["tasks"]):
            return text
        return re.sub(expression, rf"\g<1>{heading}", text, flags=re.M)

    return mutate


HEADINGS = {
    "tasks": "重点任务 主要任务 工作任务 主要措施 重点举措 工作内容 主要内容 重点工作 工作重点 重点任务及分工 主要任务和责任分工 任务分工 具体措施 工作措施 "
    "整治内容 整治重点 重点整治内容 创建任务 创建内容 主要创建任务 宣传内容 宣传形式和主要措施 活动内容 重点行动 主要举措 推进措施 提升行动 改革任务 改革举措 "
    "督查内容 检查内容 重点环节 攻坚任务 实施路径 行动内容 具体任务 工作事项 重点任务和工作措施 主要工作任务 重点工作任务 实施内容 建设内容 建设任务 治理措施 "
    "整改措施 活动安排及内容 工作内容及分工 任务清单 任务目标及措施 重点内容 工作举措 重点领域和任务 方法措施 主要做法 宣传重点 普法内容",
    "stages": "实施步骤 工作步骤 时间安排 进度安排 步骤安排 方法步骤 推进步骤 实施阶段 工作安排 阶段安排 时间步骤 行动步骤 工作进度 实施进度 推进计划 工作计划 "
    "时间进度 进度计划 工作阶段 阶段划分 时间节点 实施计划 步骤与安排 工作步骤及时间安排 实施步骤和时间安排 时间步骤安排 活动步骤 创建步骤 整治步骤 行动安排 活动安排 推进安排 实施安排 "
    "时序进度 工作流程 实施方法和步骤 时间要求 时间及步骤 步骤和方法",
    "measures": "工作要求 有关要求 保障措施 组织保障 组织领导 组织实施 工作保障 组织保障和工作要求 强化保障 保障机制 纪律要求 有关事项 推进机制 工作机制 "
    "工作纪律 几点要求 加强组织领导 监督考核 督导考核 组织推进 考核评价 组织保障措施 强化组织保障 支撑保障 组织领导和保障措施",
    "goals": "工作目标 总体目标 主要目标 总体要求 行动目标 创建目标 目标要求 指导思想和目标 指导思想及工作目标 总体要求和目标 总体思路 基本目标 预期目标 目标任务 年度目标 攻坚目标 目的要求 指导思想",
}
RENAMED: dict[str, Mutation] = {
    f"{role}:{heading}": rehead(role, heading)
    for role, headings in HEADINGS.items()
    for heading in headings.split()
}


# --- tables and prose ---------------------------------------------------------------------------------


def table_style(style: str) -> Mutation:
    """Print the tables of | another way: with edges, as tabs, or as HTML-like rows of Markdown."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        out = []
        if len(widths_of(text)) > 1:
            return text  # rows broken over lines
        for line in text.split("\n"):
            if line.count("|") < 3 or "索引" in line or "文号" in line:
                out.append(line)
            elif re.fullmatch(r"[-|:\s]+", line):
                out += [line] if style == "edges" else []
            elif style == "edges":
                out.append("| " + " | ".join(cells_of(line)) + " |")
            else:
                out.append("\t".join(cells_of(line)))
        return "\n".join(out)

    return mutate


def _items(truth: dict, text: str) -> list[tuple[dict, str]]:
    """Return the tasks with their own text without annotations, from the reader's places."""
    found = []
    flat = _flat(text)
    for task in truth["tasks"]:
        number = task.get("number")
        head = re.search(
            rf"(?<!\d){re.escape(str(number))}[.、．]{re.escape(_flat(task['title']))}[。：]([^\n]*?)[（(](?:牵头|责任)(?:单位|部门)[：:]",
            flat,
        )
        if not head or len(head[1]) > 600:
            return []
        found.append((task, head[1]))
    return found


COLUMNS = {
    "plain": ("序号", "工作任务", "工作内容", "牵头单位", "责任单位", "完成时限"),
    "measures": ("编号", "重点任务", "具体措施", "主办单位", "协办单位", "时限要求"),
    "section": ("任务类别", "序号", "任务名称", "主要措施", "牵头部门", "配合部门", "完成时间"),
}


def as_table(columns: str, separator: str = " | ") -> Mutation:
    """Lay the work items out as a table where their sections begin, with category rows or a column."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        items = _items(truth, text)
        if not items or len({t["number"] for t, _ in items}) != len(items):
            return text
        start = re.search(rf"^{SECTION}{re.escape(items[0][0]['section'])}", text, re.M)
        stop = start and re.compile(rf"{CHAPTER}", re.M).search(text, start.end())
        if not stop:
            return text
        heads = COLUMNS[columns]
        rows, section = [separator.join(heads)], ""
        for task, said in items:
            if task["section"] != section and columns != "section":
                rows.append(separator.join([task["section"], *[""] * (len(heads) - 1)]).rstrip())
            when = (task.get("deadline") or {}).get("raw") or ""
            cells = [
                str(task["number"]), task["title"], said,
                "、".join([*task["lead_units"], *task["lead_groups"]]),
                "、".join([*task["responsible_units"], *task["responsible_groups"]]), when,
            ]  # fmt: skip
            if columns == "section":
                cells.insert(0, task["section"] if task["section"] != section else "")
            section = task["section"]
            rows.append(separator.join(cells))
        return text[: start.start()] + "\n".join(rows) + "\n\n" + text[stop.start() :]

    return mutate


# --- the look ------------------------------------------------------------------------------------------


def wrap(width: int) -> Mutation:
    """Break every line at ``width`` characters, as a copied PDF does."""

    def mutate(text: str, truth: dict, chance: random.Random) -> str:
        lines = []
        for line in text.split("\n"):
            if "|" in line or "\t" in line or re.match(r"附\s*件|首页|索引", line.strip()):
                lines.append(line)
                continue
            lines += [line[at : at + width] for at in range(0, len(line), width)] or [""]
        return "\n".join(lines)

    return mutate


def spaced(text: str, truth: dict, chance: random.Random) -> str:
    """Drop blanks between Chinese characters at random, as OCR does."""
    return re.sub(
        r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])",
        lambda _: " " if chance.random() < 0.04 else "",
        text,
    )


def half_width(text: str, truth: dict, chance: random.Random) -> str:
    return text.translate(str.maketrans("（），：；！？", "(),:;!?"))


def full_width(text: str, truth: dict, chance: random.Random) -> str:
    digits = {ord(str(n)): chr(0xFF10 + n) for n in range(10)}
    return text.translate(digits | {ord("%"): "％", ord("("): "（", ord(")"): "）"})


def paged(text: str, truth: dict, chance: random.Random) -> str:
    """Put page numbers and a running head between and within the paragraphs."""
    lines, page = [], 1
    for line in text.split("\n"):
        middle = len(line) // 2
        if len(line) > 120 and "|" not in line and not line[middle].isdigit():
            page += 1
            lines += [line[:middle], f"- {page} -", "某某市人民政府公报", line[middle:]]
        else:
            lines.append(line)
    return "\n".join(lines)


def marked(text: str, truth: dict, chance: random.Random) -> str:
    """Write headings as Markdown does."""
    text = re.sub(r"^([一二三四五六七八九十]{1,3}、[^\n。]{2,40})$", r"## \1", text, flags=re.M)
    text = re.sub(rf"({SECTION}[^\n。]{{2,40}})$", r"### \1", text, flags=re.M)
    return re.sub(r"^(\d{1,2}\.[^\n。：]{3,36}。)", r"**\1**", text, flags=re.M)


def blank_lines(text: str, truth: dict, chance: random.Random) -> str:
    return text.replace("\n", "\n\n\u3000\u3000")


def one_heading_line(text: str, truth: dict, chance: random.Random) -> str:
    """Break the line behind the title of an item: 1.题目 / 正文."""
    return re.sub(r"^(\d{1,2}[.、][^。：\n（(，]{3,26})。(?=[^\n])", r"\1\n", text, flags=re.M)


MUTATIONS: dict[str, Mutation] = {
    "第一部分/一、/（一）/1.": renumber("第{c}部分 ", "{c}、", "（{c}）", "{n}."),
    "第一章/（一）/1.": renumber("第{c}章 "),
    "一./（一）/1）": renumber("{c}.", None, "{n}）"),
    "一、/1./（1）/①": renumber(None, "{n}.", "（{n}）", "{o}"),
    "1、/（1）/①": renumber("{n}、", "（{n}）", "{o}"),
    "（一）、1、": renumber(None, "（{c}）、", "{n}、"),
    "一、/（一）/（1）/①": renumber(None, None, "（{n}）", "{o}"),
    "一、/（一）/①": renumber(None, None, "{o}"),
    "任务1：": renumber(None, None, "任务{n}："),
    "第1项": renumber(None, None, "{n} . "),
    "单位各占一行": annotate(lambda p: "\n" + "\n".join(f"{k}：{v}" for k, v in p)),
    "单位一行分号": annotate(lambda p: "\n" + "；".join(f"{k}：{v}" for k, v in p) + "。"),
    "单位一行空格": annotate(lambda p: "\n" + "    ".join(f"{k}：{v}" for k, v in p)),
    "单位接在句后": annotate(lambda p: "；".join(f"{k}：{v}" for k, v in p) + "。"),
    "括号另起一行": annotate(lambda p: "\n（" + "；".join(f"{k}：{v}" for k, v in p) + "）"),
    "方括号": annotate(lambda p: "【" + "；".join(f"{k}：{v}" for k, v in p) + "】"),
    "各用一括号": annotate(lambda p: "".join(f"（{k}：{v}）" for k, v in p)),
    "逗号分项": annotate(lambda p: "（" + "，".join(f"{k}：{v}" for k, v in p) + "）"),
    "句号分项": annotate(lambda p: "（" + "。".join(f"{k}：{v}" for k, v in p) + "。）"),
    "倒序": annotate(lambda p: "（" + "；".join(f"{k}：{v}" for k, v in p[::-1]) + "）"),
    "A牵头，B配合": annotate(_suffix),
    "由A牵头，B配合": annotate(_sentence),
    "A（牵头）": annotate(_lead_in_list),
    "破折号": annotate(lambda p: "\n——" + "；".join(f"{k}：{v}" for k, v in p)),
    "括号在句号前": bracket_before_stop,
    "括号在题后": bracket_behind_title,
    "牵头部门": reword(("牵头单位", "牵头部门"), ("责任单位", "责任部门"), ("配合单位", "配合部门")),
    "主办协办": reword(("牵头单位", "主办单位"), ("责任单位", "承办单位"), ("配合单位", "协办单位")),
    "抓总落实": reword(("牵头单位", "抓总单位"), ("责任单位", "落实单位"), ("配合单位", "参与单位")),
    "牵头：责任：": reword(("牵头单位", "牵头"), ("责任单位", "责任"), ("配合单位", "配合")),
    "牵头责任单位": reword(("责任单位", "共同责任单位"), ("牵头单位", "牵头责任单位"), ("配合单位", "配合责任单位")),
    "主责单位": reword(("牵头单位", "主责单位"), ("责任单位", "协同单位"), ("配合单位", "支持单位")),
    "主办，协办": reword_suffix("主办", "协办"),
    "负总责，参与": reword_suffix("总牵头", "参与"),
    "牵头负责": reword_suffix("牵头负责", "按职责分工负责"),
    "单位用逗号": relist("，"),
    "单位用空格": relist(" "),
    "单位用换行": relist("、\n"),
    "阶段：日期": restage("{mark}{name}：{raw}。"),
    "日期，阶段": restage("{mark}{raw}，{name}。"),
    "日期：阶段": restage("{mark}{raw}：{name}。"),
    "第一阶段：名（日期）": restage("第{n}阶段：{short}（{raw}）。"),
    "第一阶段（日期）：名": restage("第{n}阶段（{raw}）：{short}。"),
    "第一阶段，名，日期": restage("第{n}阶段 {short}（{raw}）\n"),
    "第1步": restage("第{d}步：{short}（{raw}）。"),
    "时间另行": restage("{mark}{name}\n时间：{raw}。\n"),
    "（时间：日期）": restage("{mark}{name}（时间：{raw}）。"),
    "阶段【日期】": restage("{mark}{name}【{raw}】。"),
    "名 日期": restage("{mark}{name} {raw}\n"),
    "名，日期": restage("{mark}{name}，{raw}。"),
    "无编号": restage("{short}阶段（{raw}）。"),
    "●名（日期）": restage("●{short}阶段（{raw}）。"),
    "——名（日期）": restage("——{name}（{raw}）。"),
    "1）名": restage("{d}）{name}（{raw}）。"),
    "阶段一": restage("阶段{n}：{short}（{raw}）。"),
    "名（日期）换行": restage("{mark}{name}（{raw}）\n"),
    "（日期）名": restage("{mark}（{raw}）{name}。"),
    "阶段表": stage_table,
    "2024.3.1": redate("{y}.{m}.{d}"),
    "2024-03-01": redate("{y}-{m:02}-{d:02}"),
    "2024/3/1": redate("{y}/{m}/{d}"),
    "二〇二四年三月一日": redate("{cy}年{cm}月{cd}日"),
    "3月01日": redate("{y}年{m:02}月{d:02}日"),
    "日期到": rejoin("到"),
    "日期~": rejoin("~"),
    "日期-": rejoin("-"),
    "日期——": rejoin("——"),
    "日期起至": rejoin("起至"),
    "折行30": wrap(30),
    "折行35": wrap(35),
    "折行40": wrap(40),
    "字间空格": spaced,
    "半角": half_width,
    "全角": full_width,
    "页码页眉": paged,
    "Markdown": marked,
    "空行缩进": blank_lines,
    "题目单独成行": one_heading_line,
    "表格加边": table_style("edges"),
    "表格用制表符": table_style("tabs"),
    "任务成表": as_table("plain"),
    "任务成表，措施": as_table("measures"),
    "任务成表，类别列": as_table("section"),
    "任务成表，制表符": as_table("plain", "\t"),
    "任务成表，类别列，制表符": as_table("section", "\t"),
    **RENAMED,
}  # fmt: skip


def samples() -> list[tuple[str, str, dict]]:
    """Return (name, text, truth) of every text whose truth is known."""
    found = []
    for folder in (DOCUMENTS, REAL_DOCUMENTS):
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
            truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            found.append((path.stem, path.read_text(encoding="utf-8"), truth))
    return found


def read(text: str) -> dict:
    return json.loads(compile_plan(Document.from_text(text)).model_dump_json())


def read_mutated(name: str, text: str) -> dict:
    """Return what the reader makes of a mutated text, or of the file that the mutation is."""
    return read_as(name, text) if name in FILES else read(text)


def mutated(name: str, documents: list[tuple[str, str, dict]]) -> Iterator[tuple[str, str, dict]]:
    """Yield (document, result's text, truth) for every document that the mutation changes."""
    if name in FILES:  # rows broken over lines are no table of a file
        yield from (each for each in documents if len(widths_of(each[1])) < 2)
        return
    for stem, text, truth in documents:
        changed = MUTATIONS[name](text, truth, random.Random(f"{name}{stem}"))
        if changed != text:
            yield stem, changed, truth


def main(arguments: list[str]) -> None:
    """Print F1 of every mutation (or of those named), and with --diff what was read otherwise."""
    names = [name for name in arguments if name in MUTATIONS | FILES] or [*MUTATIONS, *FILES]
    documents = samples()
    for name in names:
        results = []
        for stem, text, truth in mutated(name, documents):
            result = score.score(truth, read_mutated(name, text))
            f1 = score.prf(score.total([result])[1])[2]
            results.append(result)
            if "--diff" in arguments and f1 < 1:
                sys.stdout.write(f"  {stem} {f1:.3f}\n")
                sys.stdout.writelines(f"      {line}\n" for line in result["diff"][:8])
        categories, micro = score.total(results)
        low = [
            f"{k} {score.prf(c)[2]:.3f}" for k, c in categories.items() if score.prf(c)[2] < 0.99
        ]
        sys.stdout.write(f"{score.prf(micro)[2]:.4f} {len(results):3d} {name}  {'  '.join(low)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
