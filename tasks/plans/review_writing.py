"""A plan into the review workbook: the reading beside its sentence, doubts marked, for correction in Excel."""

from collections.abc import Iterator, Sequence
from typing import Any

from models.plan.doubt import Doubt
from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.ground import Ground
from models.plan.reading.doubts.unread import ASKED, place_of
from models.plan.schema import Plan
from models.rules.bounds import shown
from tasks.plans.doubt_sheet import AskedAbout
from tasks.plans.review_cells import show_where
from tasks.plans.review_sheets import FIELDS, HIDDEN, INFO, SHEETS, TARGETS, UNREAD, PlanSheet, get
from tasks.plans.text_sheet import text_sheet
from tasks.workbook.declaring import Filled, FilledForm, Kept
from tasks.workbook.writing import workbook_bytes

EXPLAIN = (
    "先看“请看一眼”：有疑点的句子按原文的先后列在那里，在“处理”一列选“采纳”“改为”或“不是任务”，不选就照读出的收。",
    "“全文”一表是原文每一句话收成了什么，空着的是没有收的，黄色的有疑点。",
    "请逐表核对：左边是读出的内容，右边“原文”是它在文件里的那句话。黄色的行有疑点，原因写在“疑点”列。",
    "可以改、增、删行；“来源”列请勿改动，新增的行留空。改好后保存，再用 shifan plan load 装入本表。",
)

_Placed = tuple[str, Any, str]  # origin, item, what it belongs to


def review_bytes(
    plan: Plan,
    doubts: Sequence[Doubt],
    grounds: Sequence[Ground] = (),
    settled: Sequence[Settled] = (),
) -> bytes:
    """Return the workbook as a file's bytes; reading it back unchanged gives the same plan.

    Without the ``grounds`` of a document it does not show its text.
    """
    asked = AskedAbout.of(plan, doubts, grounds)
    head = [column.of(get(plan, column.field)) for column in FIELDS]
    facts = [*EXPLAIN, f"共有疑点 {len(doubts)} 处。", *_elsewhere(plan, doubts)]
    if plan.truncated:
        facts.append("原文在句子中间断开，只读到断开处。")
    return workbook_bytes(
        [
            FilledForm(INFO, head, facts, plan.title),
            asked.filled(),
            *(_filled(sheet, plan, doubts) for sheet in SHEETS),
            *([text_sheet(plan, grounds, settled, asked)] if grounds else []),
            *_unread(plan),
            Kept(HIDDEN, asked.kept()),
        ]
    )


def _filled(sheet: PlanSheet, plan: Plan, doubts: Sequence[Doubt]) -> Filled:
    rows: list[list[Any]] = []
    asked = set()
    for at, (origin, item, belongs) in enumerate(_items(sheet, plan)):
        values = [c.of(get(item, c.field) if c.field else belongs) for c in sheet.fields]
        sentence = item.source.sentence if item.source else ""
        reasons = _reasons(sheet, _number(item, at), doubts)
        if reasons:
            asked.add(len(rows))
        rows.append([*values, place_of(item.source), sentence, "；".join(reasons), origin])
    if sheet is TARGETS:
        for doubt in doubts:
            if _may_be_a_target(doubt):
                asked.add(len(rows))
                rows.append([*("" for _ in sheet.fields), "", doubt.sentence, doubt.reason, ""])
    return sheet.filled(rows, plan.title, frozenset(asked))


def _may_be_a_target(doubt: Doubt) -> bool:
    """Say whether a doubt is about a number that was not read; it gets a row to be filled in."""
    unread = doubt.unread and doubt.field in {"targets", "other_targets"}
    return unread or (doubt.about == TARGETS.about and not doubt.ordinal)


def _elsewhere(plan: Plan, doubts: Sequence[Doubt]) -> Iterator[str]:
    """Yield the doubts that stand in no row of any sheet, so that each is seen somewhere."""
    rows = {(TARGETS.about, 0), ("text", 0)}  # of the text there is a sheet
    for sheet in SHEETS:
        items = getattr(plan, sheet.items) if sheet.items else ()
        rows |= {(sheet.about, _number(item, at)) for at, item in enumerate(items)}
    for doubt in doubts:
        if (doubt.about, doubt.ordinal) not in rows:
            beside = f"（原文：{shown(doubt.sentence)}）" if doubt.sentence else ""
            yield f"疑点：{doubt.reason}{beside}"


def _number(item: Any, at: int) -> int:
    """Return by which number doubts speak of an item: its own, else its place in the plan, from 1."""
    return int(getattr(item, "ordinal", at + 1))


def _unread(plan: Plan) -> Iterator[Filled]:
    """Yield the sheet of what of the file is in no other, where there is something."""
    if plan.not_read:
        rows = [
            [each.why, place_of(each), each.letters, each.words, ASKED.get(each.why, "")]
            for each in plan.not_read
        ]
        lost = frozenset(at for at, each in enumerate(plan.not_read) if each.why in ASKED)
        yield UNREAD.filled(rows, plan.title, lost)


def _items(sheet: PlanSheet, plan: Plan) -> Iterator[_Placed]:
    """Yield the items of a sheet with where each comes from (t3-1: task 3, its target 1, from 0)."""
    if sheet is not TARGETS:
        yield from ((f"{at}", item, "") for at, item in enumerate(getattr(plan, sheet.items)))
        return
    for at, task in enumerate(plan.tasks):
        for i, target in enumerate(task.targets):
            yield f"t{at}-{i}", target, f"任务{task.ordinal}"
    for at, stage in enumerate(plan.stages):
        for i, target in enumerate(stage.targets):
            yield f"s{at}-{i}", target, f"阶段{stage.ordinal}"
    for at, target in enumerate(plan.other_targets):
        yield f"o{at}", target, show_where(target.where)


def _reasons(sheet: PlanSheet, number: int, doubts: Sequence[Doubt]) -> list[str]:
    same = (d for d in doubts if d.about == sheet.about and d.ordinal == number)
    return [d.reason for d in same if sheet is not TARGETS]
