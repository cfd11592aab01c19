"""The drafts of a test: question papers, answer sheets, and the key that only the office has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.rules.surveys.bank import LETTERS, LawItem
from models.rules.surveys.words import QuestionKind
from models.surveys.law_papers import PaperVersion
from models.surveys.law_test import LawTest
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.papers.word.columns import breadth

ACROSS = 28  # characters of a line of options
IN_A_ROW = 10  # answers beside one another on the answer sheet
_SECTIONS = {
    QuestionKind.SINGLE: ("单选题", "每题只有一个正确答案"),
    QuestionKind.MULTIPLE: ("多选题", "每题有两个或两个以上正确答案"),
    QuestionKind.JUDGE: ("判断题", "对的写“对”，错的写“错”"),
}


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question as it is printed: its number in the paper, its text, its options in lines."""

    number: int
    text: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """The questions of one kind: what it is called, how many of how many points, and their numbers in rows."""

    name: str
    about: str
    how: str
    questions: tuple[PrintedQuestion, ...]
    rows: tuple[tuple[int | str, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """The right answer of a question."""

    number: int
    kind: str
    answer: str
    points: str
    subject: str


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The right answers of one version."""

    staff: str
    version: str
    total: str
    rows: tuple[KeyRow, ...]


def law_paper_draft(test: LawTest, paper: PaperVersion) -> Draft:
    """Return the question paper: no answer stands in it."""
    values = {
        "title": "法律知识测试试卷" + ("（补考）" if test.repeat_of else ""),
        "staff": paper.audience.chinese,
        "version": paper.version,
        "minutes": test.minutes,
        "total": _figure(paper.total),
        "pass_mark": _figure(paper.total * test.pass_mark / 100),
        "sections": list(_sections(paper.items)),
    }
    return _paper("law_paper", values)


def answer_sheet_draft(test: LawTest, paper: PaperVersion) -> Draft:
    """Return the sheet that a candidate of this staff writes his answers on; the same for every version."""
    values = {
        "title": "法律知识测试答题卡" + ("（补考）" if test.repeat_of else ""),
        "staff": paper.audience.chinese,
        "partial": "少选得一半分，选错不得分" if test.partial else "全部选对才得分",
        "sections": list(_sections(paper.items)),
    }
    return _paper("law_sheet", values)


def key_draft(test: LawTest, papers: Sequence[PaperVersion]) -> Draft:
    """Return the right answers of every version."""
    tables = [
        KeyTable(one.audience.chinese, one.version, _figure(one.total), tuple(_key_rows(one.items)))
        for one in papers
    ]
    return _paper("law_key", {"title": f"第 {test.number} 次法律知识测试答案", "papers": tables})


def _paper(template: str, values: Mapping[str, object]) -> Draft:
    return Draft(str(values["title"]), drafted(template, **values), values=values)


def _sections(items: Sequence[LawItem]) -> Iterator[PaperSection]:
    numbered = list(enumerate(items, 1))
    for kind, (name, how) in _SECTIONS.items():
        own = [(n, one) for n, one in numbered if one.kind is kind]
        if not own:
            continue
        worth = sorted({one.points for _, one in own})
        each = f"每题 {_figure(worth[0])} 分" if len(worth) == 1 else "分值见各题"
        total = _figure(sum(one.points for _, one in own))
        questions = tuple(
            PrintedQuestion(n, _text(one, each=len(worth) == 1), tuple(_option_lines(one.options)))
            for n, one in own
        )
        numbers = [n for n, _ in own]
        padded: list[int | str] = [*numbers, *[""] * (-len(numbers) % IN_A_ROW)]
        rows = tuple(tuple(padded[at : at + IN_A_ROW]) for at in range(0, len(padded), IN_A_ROW))
        about = f"共 {len(own)} 题，{each}，计 {total} 分"
        yield PaperSection(name, about, how, questions, rows)


def _text(item: LawItem, *, each: bool) -> str:
    return item.text if each else f"（{_figure(item.points)} 分）{item.text}"


def _option_lines(options: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the options with their letters: all in one line where they are short, else two, else one."""
    said = [f"{letter}. {text}" for letter, text in zip(LETTERS, options, strict=False)]
    whole = sum(map(breadth, said)) + 2 * (len(said) - 1)
    widest = max(map(breadth, said), default=0)
    together = len(said) if whole <= ACROSS else 2 if 2 * widest + 2 <= ACROSS else 1
    for at in range(0, len(said), max(1, together)):
        yield tuple(said[at : at + together])


def _key_rows(items: Sequence[LawItem]) -> Iterator[KeyRow]:
    for n, one in enumerate(items, 1):
        subject = f"{one.subject}（{one.number}）" if one.subject else f"（{one.number}）"
        yield KeyRow(n, one.kind.chinese, one.answer, _figure(one.points), subject)


def _figure(number: float) -> str:
    return f"{number:g}"
