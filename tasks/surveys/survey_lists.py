"""The strata and questions of a survey: out as a list each, and back."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session

from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.surveys.outlines import Asked
from models.rules.words import OFFICE
from models.surveys.survey import Survey, questions_of, strata_of, survey_numbered
from models.surveys.survey_calls import sample_lines
from models.surveys.survey_making import (
    NewStratum,
    store_strata,
    store_survey_questions,
    survey_name,
)
from tasks.lists.belonging import STRATA as STRATA_TITLE
from tasks.lists.belonging import SURVEY_ASKED
from tasks.lists.sending import Listed, send_list
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import as_name, as_names, as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book

STRATA = Sheet(
    "分层",
    (
        Column("地区", ("乡镇", "街道", "县区"), width=20),
        Column(
            "人群",
            ("对象", "类别"),
            required=False,
            width=20,
            hint="如 群众、干部、企业；不分就空着",
        ),
        Column("人口", ("总体", "人数"), kind=Kind.NUMBER, width=12),
        Column("样本", shown=True, required=False, locked=True, kind=Kind.NUMBER, width=8),
        Column("清单", shown=True, required=False, locked=True, kind=Kind.NUMBER, width=8),
    ),
    title=STRATA_TITLE,
    note="一行一层：地区和人群，以及这一层有多少人。样本按人口分配，装入后再导出就看得到；装回以表里的为准。",
    spare=60,
)
ASKED = Sheet(
    "问题",
    (
        Column("题号", kind=Kind.NUMBER, width=7),
        Column("问题", longest=LONGEST_NOTE, width=46),
        Column(
            "答案",
            many=True,
            longest=20,
            width=30,
            hint="用顿号隔开：满意、基本满意、不满意、不了解",
        ),
        Column("算满意的", many=True, longest=20, width=20),
        Column("不计入的", required=False, many=True, longest=20, width=14, hint="如 不了解"),
        Column("权重", kind=Kind.NUMBER, required=False, width=7, hint="不填即为 1"),
    ),
    title=SURVEY_ASKED,
    note="“算满意的”占全部有看法的答案的比例就是满意度；“不计入的”（如 不了解）不在分母里，但会列出有多少。装回以表里的为准。",
    spare=20,
)
LARGEST = 100_000_000  # people of a stratum
MOST_ASKED = 30


def export_strata(slug: str | None, number: int | None, path: Path, moment: Moment) -> int:
    """Write the strata of a survey with their shares of the sample; return how many."""

    def rows(session: Session, campaign_id: int) -> Listed:
        survey = survey_numbered(session, campaign_id, number)
        lines = {one.id: one for one in sample_lines(session, survey)}
        return [
            (one.area, one.people, one.population, share.sampled, share.listed)
            for one in strata_of(session, survey)
            for share in [lines[key_of(one)]]
        ], survey_name(survey)

    return send_list(slug, STRATA, path, moment, rows)


def load_strata(slug: str | None, number: int | None, path: Path, moment: Moment) -> Loaded:
    """Take the strata in, whole. Repeatable. Raises PlanError with every fault; nothing is written then."""

    def store(taken: Returned, survey: Survey) -> tuple[int, str]:
        strata = _strata(taken.book)
        taken.book.faults.stop()
        count = store_strata(taken.session, survey, strata)
        lines = sample_lines(taken.session, survey)
        people, sampled = sum(one.population for one in lines), sum(one.sampled for one in lines)
        listed = sum(one.listed for one in lines)
        return (
            count,
            f"{len(lines)} 层共 {people} 人，样本 {sampled} 人，电话清单要 {listed} 个号码",
        )

    return _taken(slug, number, (path, STRATA, moment), store)


def _taken(
    slug: str | None,
    number: int | None,
    given: tuple[Path, Sheet, Moment],
    store: Callable[[Returned, Survey], tuple[int, str]],
) -> Loaded:
    """Take a list of a survey in by ``store``, which returns how much changed and what it came to."""
    path, sheet, moment = given
    with returned(slug, path, (sheet,), moment) as taken:
        survey = survey_numbered(taken.session, taken.campaign_id, number)
        count, said = store(taken, survey)
        if count:
            taken.record("survey-loaded", {"changed": count, "made_by": OFFICE})
        return taken.loaded(count, f"{survey_name(survey)}：{count} 处变更", said)


def _strata(book: Book) -> list[NewStratum]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for row in book.rows(STRATA):
        area, people = as_name(row.cell("地区")), as_name(row.cell("人群"))
        if not area:
            row.fault("地区", "没有填写")
        row.once("地区", (area, people), first)
        held = row.whole("人口", 1, LARGEST)
        if held is not None:
            found.append(NewStratum(area, people, held))
    return found


def export_asked(slug: str | None, number: int | None, path: Path, moment: Moment) -> int:
    """Write the questions of a survey; return how many."""

    def rows(session: Session, campaign_id: int) -> Listed:
        survey = survey_numbered(session, campaign_id, number)
        return [
            (one.number, one.text, one.answers, one.good, one.aside, one.weight)
            for one in questions_of(session, survey)
        ], survey_name(survey)

    return send_list(slug, ASKED, path, moment, rows)


def load_asked(slug: str | None, number: int | None, path: Path, moment: Moment) -> Loaded:
    """Take the questions in, whole. Repeatable. Raises PlanError with every fault; nothing is written then."""

    def store(taken: Returned, survey: Survey) -> tuple[int, str]:
        asked = _asked(taken.book)
        taken.book.faults.stop()
        return store_survey_questions(taken.session, survey, asked), f"{len(asked)} 个问题"

    return _taken(slug, number, (path, ASKED, moment), store)


def _asked(book: Book) -> list[Asked]:
    first: dict[int, int] = {}
    found = []
    for row in book.rows(ASKED):
        number = row.whole("题号", 1, MOST_ASKED)
        weight = row.read("权重", as_number, "大于 0 的数字")
        if number is None:
            continue
        row.once("题号", number, first)
        answers, good, aside = (
            tuple(as_names(row.cell(one))) for one in ("答案", "算满意的", "不计入的")
        )
        weight = 1.0 if weight is None else weight
        one = Asked(number, row.text("问题"), answers, good, aside, weight)
        for column, words in one.faults:
            row.fault(column, words)
        if not one.text:
            row.fault("问题", "没有填写")
        found.append(one)
    if not found and not book.faults.lines:
        book.faults.add("问题表是空的，至少要有一个问题")
    return found
