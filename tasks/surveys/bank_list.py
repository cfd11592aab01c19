"""The bank of law questions: out as a list, and back with every fault by row and column."""

from collections.abc import Mapping
from pathlib import Path

from sqlmodel import Session

from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE
from models.rules.calendar.moment import Moment
from models.rules.surveys.bank import (
    LETTERS,
    LawItem,
    item_doubt,
    item_faults,
    judge_answer,
    letters_in,
    options_in,
    same_question,
)
from models.rules.surveys.words import Audience, QuestionKind
from models.surveys.question import store_bank, whole_bank
from tasks.lists.belonging import LAW_BANK
from tasks.lists.sending import Listed, send_list
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import YES_NO, as_name, as_number, as_text, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

BANK = Sheet(
    "题库",
    (
        Column("题号", kind=Kind.NUMBER, required=False, width=7, hint="新题空着，装入时编号"),
        Column("题型", ("类型",), choices=tuple(one.chinese for one in QuestionKind), width=8),
        Column("题目", ("题干", "试题"), longest=LONGEST_PASSAGE, width=50),
        Column(
            "选项",
            required=False,
            longest=LONGEST_PASSAGE,
            width=40,
            hint="一行一个选项，可以带 A. B. C.；判断题空着",
        ),
        Column("答案", ("正确答案",), width=9, hint="单选 B；多选 ABD；判断 对 或 错"),
        Column("科目", ("法律", "类别"), required=False, width=16, hint="如 行政处罚法"),
        Column(
            "适用",
            ("适用人员", "人员类别"),
            required=False,
            choices=tuple(one.chinese for one in Audience),
            width=11,
            hint="不填即为 都用",
        ),
        Column(
            "分值", kind=Kind.NUMBER, required=False, width=7, hint="参考；试卷上的分值由组卷方案定"
        ),
        Column("停用", required=False, choices=YES_NO, width=7, hint="不再用的题选 是"),
    ),
    title=LAW_BANK,
    note=(
        "一行一道题。题型：单选、多选、判断。选项写在一格里，一行一个；判断题不写选项，答案写 对 或 错。"
        "删去一行不会删题，不再用的题在“停用”列选 是；已经印过的试卷不受影响。"
    ),
    spare=200,
    still=3,
)
_KINDS: Mapping[str, QuestionKind] = {
    spoken: kind
    for kind in QuestionKind
    for spoken in (
        kind.chinese,
        f"{kind.chinese}题",
        f"{kind.chinese[:1]}项选择题",
        f"{kind.chinese}项",
    )
}
_AUDIENCES: Mapping[str, Audience] = {"": Audience.BOTH} | {one.chinese: one for one in Audience}


def export_bank(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the bank as it stands; return how many questions it holds."""

    def rows(session: Session, campaign_id: int) -> Listed:
        return [_cells(*one) for one in whole_bank(session, campaign_id)], ""

    return send_list(slug, BANK, path, moment, rows)


def _cells(item: LawItem, withdrawn: bool) -> tuple[str | float | None, ...]:  # noqa: FBT001
    options = "\n".join(
        f"{letter}. {text}" for letter, text in zip(LETTERS, item.options, strict=False)
    )
    points = item.points or None
    head = (item.number, item.kind.chinese, item.text, options, item.answer, item.subject)
    return (*head, item.audience.chinese, points, "是" if withdrawn else "")


def load_bank(slug: str | None, path: Path, by: str, moment: Moment) -> Loaded:
    """Take a list of questions in: new ones get numbers, known ones what the list says. Repeatable.

    A row without a number whose text the bank has is that question. Raises PlanError with every fault
    by row and column (an answer that is no option, the same question twice); nothing is written then.
    A 多选 with one answer is taken and asked about.
    """
    with returned(slug, path, (BANK,), moment) as taken:
        known = {one.number for one, _ in whole_bank(taken.session, taken.campaign_id)}
        given, doubts = _read(taken.book, known)
        taken.book.faults.stop()
        fresh, changed = store_bank(taken.session, taken.campaign_id, given)
        if fresh or changed:
            taken.record("law-bank-loaded", {"added": fresh, "changed": changed, "made_by": by})
        rest = [one for one, gone in whole_bank(taken.session, taken.campaign_id) if not gone]
        counts = "、".join(
            f"{kind.chinese} {sum(one.kind is kind for one in rest)} 道" for kind in QuestionKind
        )
        said = f"读到 {len(given)} 道题，新增 {fresh} 道，改动 {changed} 道；题库现有 {counts}"
        return taken.loaded(fresh + changed, said, notes=doubts)


def _read(book: Book, known: set[int]) -> tuple[list[tuple[LawItem, bool]], list[str]]:
    given: list[tuple[LawItem, bool]] = []
    doubts: list[str] = []
    first: dict[str | int, int] = {}
    for row in book.rows(BANK):
        item = _item(row, known)
        withdrawn = row.read("停用", as_yes, "是 或 否")
        if item is None or withdrawn is None:
            continue
        for column, words in item_faults(item):
            row.fault(column, words)
        for key, column in ((same_question(item.text), "题目"), (item.number or "", "题号")):
            if key:
                row.once(column, key, first)
        if doubt := item_doubt(item):
            doubts.append(f"表“{row.sheet}”第 {row.number} 行：{doubt}")
        given.append((item, withdrawn))
    return given, doubts


def _item(row: Row, known: set[int]) -> LawItem | None:
    """Return the question of a row; None, and its faults, where a cell cannot be read."""
    before = len(row.faults.lines)
    kind = _KINDS.get(as_name(row.cell("题型")))
    if kind is None:
        row.fault("题型", "应为 单选、多选 或 判断")
    audience = _AUDIENCES.get(as_name(row.cell("适用")))
    if audience is None:
        row.fault("适用", "应为 执法人员、其他人员 或 都用")
    number = row.read("题号", as_number, "题号，新题空着")
    if number and number not in known:
        row.fault("题号", f"题库里没有第 {number:g} 题；新题请空着，装入时编号")
    points = row.read("分值", as_number, "数字")
    read = judge_answer if kind is QuestionKind.JUDGE else letters_in
    answer = row.read("答案", lambda cell: read(as_text(cell)), "选项的字母，判断题为 对 或 错")
    subject = row.text("科目")
    if len(subject) > LONGEST_NOTE or kind is None or audience is None or answer is None:
        return None
    if len(row.faults.lines) > before:
        return None
    options = options_in(row.text("选项"))
    number = int(number or 0)
    return LawItem(
        number, kind, row.text("题目"), options, answer, subject, audience, points or 0.0
    )
