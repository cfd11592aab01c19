"""A bank of law questions as a clerk fills it in, and a test that was drawn from it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from models.campaign.campaign import writing_to
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.bank import LawItem, options_in
from models.rules.surveys.words import Audience, QuestionKind
from models.surveys.law_making import NewLawTest
from models.surveys.law_papers import draw_papers
from models.surveys.law_test import law_test_numbered
from models.surveys.question import store_bank
from tasks.surveys.bank_list import export_bank
from tasks.surveys.law_seats_list import export_seats, load_seats
from tasks.surveys.law_testing import make_test
from tests.support.sheets import HEADER, edited, place

KINDS = ("单选", "多选", "判断")
OPTIONS = "A. 甲\nB. 乙\nC. 丙\nD. 丁"


def question(kind: str, number: int) -> tuple[Any, ...]:
    """Return a row of the list of questions: number, kind, text, options, answer, subject, audience."""
    answer = {
        "单选": "ABCD"[number % 4],
        "多选": ("AB", "ACD")[number % 2],
        "判断": "对错"[number % 2],
    }
    audience = ("执法人员", "其他人员", "都用")[number % 3]
    options = "" if kind == "判断" else OPTIONS
    return (None, kind, f"{kind}第{number}问", options, answer[kind], "宪法", audience)


def fill_bank(path: Path, moment: Moment, each: int = 70) -> Path:
    """Send the empty bank out and fill in so many questions of each kind."""
    export_bank(None, path, moment)
    rows = [question(kind, n) for kind in KINDS for n in range(each)]
    return edited(path, lambda book: put(book["题库"], rows), f"{path.stem}-填好.xlsx")


def put(page: Any, rows: list[tuple[Any, ...]]) -> None:
    """Write ``rows`` under the header of a list."""
    for n, row in enumerate(rows, HEADER + 1):
        for column, value in enumerate(row, 1):
            page.cell(n, column).value = value


def kept_bank(each: int = 70) -> list[tuple[LawItem, bool]]:
    """Return the questions of `fill_bank` as the bank holds them, none withdrawn."""
    rows = [question(kind, n) for kind in KINDS for n in range(each)]
    kinds = {one.chinese: one for one in QuestionKind}
    staff = {one.chinese: one for one in Audience}
    return [
        (LawItem(0, kinds[kind], text, options_in(said), answer, subject, staff[who]), False)
        for _, kind, text, said, answer, subject, who in rows
    ]


def drawn_test(folder: Path, moment: Moment, on: date, seats: dict[str, tuple[int, int]]) -> None:
    """Make a test of a filled bank with so many people of each unit, and draw its papers."""
    with writing_to(None) as (session, campaign):
        store_bank(session, key_of(campaign), kept_bank())
    make_test(None, NewLawTest(on, "2026", "创建办"), moment)
    seat(folder / "人数.xlsx", moment, seats)
    with writing_to(None) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), None)
        draw_papers(session, test, "创建办", moment)


def seat(path: Path, moment: Moment, seats: dict[str, tuple[int, int]]) -> Path:
    """Fill in how many people of each unit sit the last test, and load it."""
    export_seats(None, None, path, moment)

    def fill(book: Any) -> None:
        page = book["考生人数"]
        for unit, counts in seats.items():
            for column, count in zip(("执法人员", "其他人员"), counts, strict=True):
                place(page, column, 单位=unit).value = count

    filled = edited(path, fill, f"{path.stem}-填好.xlsx")
    load_seats(None, None, filled, moment)
    return filled


def answer(path: Path, given: Callable[[str, int], str]) -> Path:
    """Return a copy of the list of answers with ``given`` (number of the candidate, of the question) filled in."""
    book = load_workbook(path)
    page = book["答卷"]
    for row in range(HEADER + 1, page.max_row + 1):
        number = page.cell(row, 1).value
        for column in range(6, page.max_column + 1):
            if number and (said := given(number, column - 5)):
                page.cell(row, column).value = said
    copy = path.with_name(f"{path.stem}-填好.xlsx")
    book.save(copy)
    return copy
