"""Hold an annual report that somebody edited against the tables: every number with its sentence."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.files.whole_file import read_given, shown_name
from models.keys import key_of
from models.papers.annual.goals import HEAD
from models.papers.differences import LIST_OF_BLANKS
from models.papers.versions import newest_paper
from models.rules.annual.numbers import SaidNumber, check_numbers
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from tasks.lists.belonging import CHECKED_NUMBERS, list_title
from tasks.papers.annual.writing import check_line, checked_figures, facts_of_year
from tasks.papers.listing import paper_kind
from tasks.papers.templates.filling import paper_text
from tasks.papers.texts import texts_before
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

LARGEST = 60_000_000  # bytes
APPENDIX = "数据来源"
BLANKS_HEAD = ("序号", "待补内容", "怎样补")  # of the list of blanks
CHECK_HEAD = ("数", "所在的话", "结果", "登记的数据")
CHECKED = Sheet(
    "数字核对",
    (
        Column("数", locked=True, width=10),
        Column("所在的话", locked=True, longest=0, width=60),
        Column("结果", locked=True, width=16),
        Column("登记的数据", locked=True, longest=0, width=30),
    ),
    title=CHECKED_NUMBERS,
    note="与登记不符的请改报告，或先把登记的数据改正；登记的数据里没有的，请人工核对出处。",
)


def _own_cells(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells before the tables behind the report, which are known by their heads."""
    for n in range(len(cells)):
        if any(tuple(cells[n : n + len(head)]) == head for head in (HEAD, BLANKS_HEAD)):
            return cells[:n]
    return cells


def check_annual(
    slug: str | None, kind: str, path: Path, year: int, moment: Moment, out: Path | None = None
) -> tuple[str, Sequence[SaidNumber]]:
    """Return a line, and every number and open place of the Word file with what the tables say. Writes nothing
    but, where asked, the list to ``out``.

    Raises NotFoundError for a kind that has no such check, PlanError for a file that cannot be read.
    """
    if paper_kind(kind) is not PaperKind.ANNUAL:
        raise NotFoundError(f"只有年度报告可以核对数字，写的是“{kind}”")
    name = shown_name(path)
    text = paper_text(name, read_given(path, LARGEST, "年度报告"))
    with looking_at(slug) as (session, campaign):
        last = newest_paper(session, key_of(campaign), PaperKind.ANNUAL, str(year))
        facts = facts_of_year(session, campaign, year, moment, texts_before(last))
        title = list_title(campaign, CHECKED_NUMBERS, moment.today)
    lines = list(text.lines)
    ends = [n for n, one in enumerate(lines) if one == APPENDIX or one.startswith(LIST_OF_BLANKS)]
    own = lines[: min(ends, default=len(lines))]
    found = check_numbers(own, _own_cells(text.cells), checked_figures(facts))
    if out:
        rows = [(one.number, one.sentence, one.verdict.chinese, one.tables) for one in found]
        write_workbook(out, [CHECKED.filled(rows, title)])
    return f"{name} 对照 {year} 年登记的数据，{check_line(found)}", found
