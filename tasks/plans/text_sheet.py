"""The sheet 全文: the whole text, each sentence beside what it became, empty where nothing came of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.became import Became, became
from models.plan.reading.accounting.ground import Ground
from models.plan.reading.doubts.unread import ASKED, place_of
from models.plan.schema import NotRead, Plan, Source
from models.rules.text import squeeze
from tasks.plans.doubt_sheet import AskedAbout, shown_whole
from tasks.plans.mention_words import kind_word
from tasks.plans.place_words import is_item, plan_item_in_words, some_lines, where_in_words
from tasks.workbook.declaring import PASSAGES, Column, Filled, Sheet

MOST_LINES = 12  # of what one sentence became
LOOK = "请核对"
FIRST_WORDS = 30  # characters by which the sentence of a doubt is found on its line

TEXT = Sheet(
    "全文",
    (
        Column("位置", locked=True, shown=True, width=8),
        Column("属于", locked=True, shown=True, width=22),
        Column("原文", shown=True, width=60),
        Column("收成了什么（空着就是没有收）", shown=True, width=40),
        Column("疑点", shown=True, warning=True, width=24),
    ),
    look=PASSAGES,
)


def text_sheet(
    plan: Plan, grounds: Sequence[Ground], settled: Iterable[Settled], asked: AskedAbout
) -> Filled:
    """Return the whole text, a sentence or a row of a table in each row; those with doubts are yellow."""
    read = [
        each for each in grounds if each.passage.table >= 0
    ]  # what was dropped has its own rows
    sentences = list(became(read, settled, plan))
    reasons = _reasons(sentences, asked)
    rows: list[tuple[int, list[Any], bool]] = [
        (each.line or 0, _row(plan, each, reasons.get(at, ())), at in reasons)
        for at, each in enumerate(sentences)
    ]
    known = {(each.line, each.text) for each in sentences}
    left = [each for each in plan.not_read if (each.line, squeeze(each.words)) not in known]
    rows += [(each.line or 0, _not_read(each), each.why in ASKED) for each in left]
    rows.sort(key=lambda row: row[0])
    doubted = frozenset(at for at, row in enumerate(rows) if row[2])
    return TEXT.filled([row for _, row, _ in rows], plan.title, doubted)


def _row(plan: Plan, one: Became, reasons: Sequence[str]) -> list[Any]:
    cells = one.ground.passage.cells
    place = place_of(Source(line=one.line, page=one.page))
    text = "｜".join(cells).rstrip("｜") if cells else one.text
    return [
        place,
        _belongs(plan, one.ground),
        shown_whole(text),
        shown_whole(some_lines(list(dict.fromkeys(_came_of(plan, one))), MOST_LINES)),
        shown_whole("；".join(dict.fromkeys(reasons))),
    ]


def _not_read(piece: NotRead) -> list[Any]:
    words = (
        f"{piece.words}……（{piece.letters} 个字）"
        if piece.letters > len(piece.words)
        else piece.words
    )
    return [place_of(piece), "", words, f"没有读：{piece.why}", ASKED.get(piece.why, "")]


def _belongs(plan: Plan, ground: Ground) -> str:
    items = [("tasks", at) for at in ground.tasks if at < len(plan.tasks)]
    items += [("stages", at) for at in ground.stages if at < len(plan.stages)]
    if not items:
        return shown_whole(ground.heading)
    first = plan_item_in_words(plan, items[0])
    return f"{first}等 {len(items)} 项" if len(items) > 1 else first


def _came_of(plan: Plan, one: Became) -> Iterator[str]:
    for where, words in one.facts.items():
        place = where_in_words(plan, where, brief=True)
        yield f"{place}：{'、'.join(words)}" if words and not is_item(where) else place
    for kind, words in one.mentions.items():
        yield f"{kind_word(kind)}：{'、'.join(words)}" if words else kind_word(kind)


def _reasons(sentences: Sequence[Became], asked: AskedAbout) -> Mapping[int, Sequence[str]]:
    """Return why somebody should look at a sentence, by its place; rows may be asked about together."""
    by_line: dict[int, list[int]] = {}
    for at, one in enumerate(sentences):
        by_line.setdefault(one.line or 0, []).append(at)
    lines = sorted(by_line)
    found: dict[int, list[str]] = {}
    together: list[tuple[str, str]] = []
    for doubt, told in asked.told:
        if told.line is None or not lines:
            continue
        near = by_line[lines[max(0, bisect_right(lines, told.line) - 1)]]
        text = squeeze(told.text)
        exact = (at for at in near if text and _holds(sentences[at].text, text))
        found.setdefault(next(exact, near[0]), []).append(told.reason)
        if doubt.unread:
            together.append((text, told.reason))
    for at, one in enumerate(sentences):
        if one.doubted and at not in found:
            found[at] = [why for text, why in together if _holds(one.text, text)][:1] or [LOOK]
    return found


def _holds(sentence: str, text: str) -> bool:
    return text[:FIRST_WORDS] in sentence or sentence in text
