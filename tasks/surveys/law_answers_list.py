"""What candidates answered: a list with a row each goes out, comes back and is marked."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import CampaignError
from models.files.whole_file import shown_name
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.composing import VERSIONS
from models.rules.surveys.marking import read_answer
from models.rules.surveys.words import Audience
from models.rules.words import OFFICE, post_fault
from models.surveys.due_days import settle_due
from models.surveys.law_papers import AnswerSheet, PaperVersion, drawn_papers, take_answers
from models.surveys.law_test import LawCandidate, candidates_of, law_test_numbered
from models.units.unit import units_of
from tasks.lists.belonging import LAW_ANSWERS, list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import YES_NO, as_code, as_text, as_yes
from tasks.workbook.declaring import Column, Filled, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

MOST = 200  # questions of a paper that a list has columns for


def answers_sheet(questions: int) -> Sheet:
    """Return the list for papers of at most so many questions."""
    return Sheet(
        "答卷",
        (
            Column("考号", locked=True, width=12),
            Column("单位", locked=True, shown=True, width=20),
            Column("人员类别", locked=True, shown=True, width=10),
            Column("卷别", choices=tuple(VERSIONS), width=7, hint="实际发的是哪一卷"),
            Column("交白卷", required=False, quiet=True, choices=YES_NO, width=8),
            *(Column(_column(n), required=False, width=6) for n in range(1, questions + 1)),
        ),
        title=LAW_ANSWERS,
        note=(
            "一行一个考号，照答题卡录入：单选填字母，多选填全部字母（如 ABD），判断填 对 或 错，没有答的空着。"
            "一题也没有填的算没有参加；到场交白卷的在“交白卷”列选 是。"
        ),
        still=1,
    )


def _column(number: int) -> str:
    return f"第{number}题"


def export_answers(slug: str | None, number: int | None, path: Path, moment: Moment) -> int:
    """Write a row for each candidate, with what was entered; return how many.

    Raises CampaignError before the papers are drawn.
    """
    with looking_at(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        papers = drawn_papers(session, test)
        if not papers:
            raise CampaignError(
                f"第 {test.number} 次测试还没有组卷，请先运行 shifan law-test papers"
            )
        longest = max(len(one.items) for one in papers)
        names = {key_of(one): one.name for one in units_of(session, key_of(campaign))}
        rows = [_cells(one, names[one.unit_id], longest) for one in candidates_of(session, test)]
        title = list_title(campaign, LAW_ANSWERS, moment.today, f"第 {test.number} 次测试")
    sheet = answers_sheet(longest)
    write_workbook(path, [Filled(sheet, rows, title)])
    return len(rows)


def _cells(one: LawCandidate, unit: str, longest: int) -> tuple[str, ...]:
    given = ["" if answer == "-" else answer for answer in one.answers.split()]
    blank = "是" if given and not any(given) else ""
    head = (one.number, unit, Audience(one.audience).chinese, one.version, blank)
    return (*head, *given, *[""] * (longest - len(given)))


def load_answers(
    slug: str | None, number: int | None, path: Path, by: str, moment: Moment
) -> Loaded:
    """Take answers in and mark them; rows without an answer change nothing. Repeatable.

    Raises PlanError with every fault by row and column; nothing is written then.
    """
    by = by.strip() or OFFICE
    if fault := post_fault(by, "登记"):
        raise CampaignError(fault)
    with returned(slug, path, (answers_sheet(MOST),), moment) as taken:
        session = taken.session
        test = law_test_numbered(session, taken.campaign_id, number)
        known = {one.number: one for one in candidates_of(session, test)}
        sheets = _AnswerRows(taken.book, known, drawn_papers(session, test)).sheets()
        taken.book.faults.stop()
        fresh, changed = take_answers(session, test, sheets, by)
        if fresh or changed:
            facts = {"added": fresh, "changed": changed, "made_by": by, "file": shown_name(path)}
            taken.record("law-answers-taken", facts)
        everybody = candidates_of(session, test)
        absent = sum(one.mark is None for one in everybody)
        sat = len(everybody) - absent
        settle_due(session, taken.campaign_id, test.code, (sat, 1), (by, moment))
        said = f"读到 {len(sheets)} 份答卷，新登记 {fresh} 份，更正 {changed} 份；还没有参加的 {absent} 人"
        return taken.loaded(fresh + changed, f"第 {test.number} 次测试：{said}")


class _AnswerRows:
    """Reads rows of answers against the candidates and papers they speak of."""

    def __init__(
        self, book: Book, known: Mapping[str, LawCandidate], papers: Sequence[PaperVersion]
    ) -> None:
        self._book, self._known = book, known
        self._papers = {(one.audience.value, one.version): one for one in papers}

    @cached_property
    def _sheet(self) -> Sheet:
        return answers_sheet(MOST)

    def sheets(self) -> list[AnswerSheet]:
        """Return the answers of every row that has any."""
        found: dict[str, int] = {}
        sheets = []
        for row in self._book.rows(self._sheet):
            number = as_code(row.cell("考号"))
            if number not in self._known:
                row.fault("考号", f"没有考号“{number}”" if number else "没有填写")
                continue
            row.once("考号", number, found, number)
            if sheet := self._answers(row, self._known[number]):
                sheets.append(sheet)
        return sheets

    def _answers(self, row: Row, who: LawCandidate) -> AnswerSheet | None:
        version = as_code(row.cell("卷别"))
        paper = self._papers.get((who.audience, version))
        if paper is None:
            row.fault("卷别", f"没有 {version or '空白'} 卷")
            return None
        blank = row.read("交白卷", as_yes, "是 或 否")
        given = [self._answer(row, paper, n) for n in range(1, len(paper.items) + 1)]
        for n in range(len(paper.items) + 1, MOST + 1):
            if row.has(_column(n)) and row.text(_column(n)):
                row.fault(_column(n), f"这份试卷只有 {len(paper.items)} 题")
        if any(given) and blank:
            row.fault("交白卷", "选了 是，又填了答案")
        if not any(given) and not blank:
            return None
        return AnswerSheet(who.number, version, tuple(given))

    def _answer(self, row: Row, paper: PaperVersion, number: int) -> str:
        item, column = paper.items[number - 1], _column(number)
        if not row.has(column):
            return ""
        expected = "对 或 错" if not item.options else "选项的字母"
        answer = row.read(column, lambda cell: read_answer(item.kind, as_text(cell)), expected)
        return answer or ""
