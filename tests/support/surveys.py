"""A survey of three strata with made-up numbers, and the answers of its callers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from models.rules.calendar.moment import Moment
from models.rules.surveys.words import SurveyKind
from models.surveys.survey_making import NewSurvey
from tasks.surveys.phone_list import load_phones
from tasks.surveys.survey_answers_list import export_survey_answers
from tasks.surveys.survey_asking import start_survey
from tasks.surveys.survey_lists import load_strata
from tests.support.sheets import HEADER, made

STRATA = (("东城街道", "群众", 6_000), ("东城街道", "干部", 400), ("河口镇", "群众", 3_600))
NAMES = tuple(f"{area}·{people}" for area, people, _ in STRATA)
SATISFIED = SurveyKind.SATISFACTION


def new_survey(**other: Any) -> NewSurvey:
    """Return a survey to be made, of ±5 points by two callers."""
    usual = {
        "kind": SATISFIED, "seed": "2026", "by": "评估测评组", "margin": 5, "confidence": 95,
        "least": 0, "keep_days": 30, "callers": 2,
    }  # fmt: skip
    return NewSurvey(**(usual | other))


def phone(stratum: int, n: int) -> str:
    """Return a made-up number that nobody else of the survey has."""
    return f"139{stratum}{n:07d}"


def phones(path: Path, each: int = 450) -> Path:
    """Return a list of so many numbers of each stratum."""
    rows = [
        (area, people, phone(k, n))
        for k, (area, people, _) in enumerate(STRATA)
        for n in range(each)
    ]
    return made(path, 电话号码=[("地区", "人群", "电话"), *rows])


def strata(path: Path) -> Path:
    """Return the list of strata."""
    return made(path, 分层=[("地区", "人群", "人口"), *STRATA])


def ready_survey(folder: Path, moment: Moment, each: int = 450, **other: Any) -> None:
    """Make a survey, its strata and its numbers."""
    start_survey(None, new_survey(**other), moment)
    load_strata(None, None, strata(folder / "分层.xlsx"), moment)
    load_phones(None, None, phones(folder / "号码.xlsx", each), "评估测评组", moment)


Said = Callable[[str, str, int], tuple[str, list[str], str]]


def answered(path: Path, moment: Moment, said: Said) -> Path:
    """Send the form out and fill in what ``said`` gives for code, stratum and row: result, answers, remark."""
    export_survey_answers(None, None, path, moment)
    book = load_workbook(path)
    page = book["答案"]
    for n, row in enumerate(range(HEADER + 1, page.max_row + 1)):
        code, stratum = page.cell(row, 1).value, page.cell(row, 2).value
        result, answers, remark = said(code, stratum, n)
        for column, value in enumerate((result, *answers), 3):
            page.cell(row, column).value = value or None
        page.cell(row, 9).value = remark or None
    copy = path.with_name(f"{path.stem}-填好.xlsx")
    book.save(copy)
    return copy
