"""The strata and questions of a survey: out as a list each, and back."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.surveys.outlines import Asked
from models.rules.words import OFFICE
from models.surveys.survey import questions_of, strata_of, survey_numbered
from models.surveys.survey_making import (
    NewStratum,
    store_strata,
    store_survey_questions,
    survey_name,
)
from tasks.lists.belonging import STRATA as STRATA_TITLE
from tasks.lists.belonging import SURVEY_ASKED, list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name, as_names, as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

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
    from models.surveys.survey_calls import sample_lines

    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        title = list_title(campaign, STRATA_TITLE, moment.today, survey_name(survey))
        lines = {one.id: one for one in sample_lines(session, survey)}
        rows = [
            (
                one.area,
                one.people,
                one.population,
                lines[key_of(one)].sampled,
                lines[key_of(one)].listed,
            )
            for one in strata_of(session, survey)
        ]
    write_workbook(path, [STRATA.filled(rows, title)])
    return len(rows)


def load_strata(slug: str | None, number: int | None, path: Path, moment: Moment) -> Loaded:
    """Take the strata in, whole. Repeatable. Raises PlanError with every fault; nothing is written then."""
    from models.surveys.survey_calls import sample_lines

    with returned(slug, path, (STRATA,), moment) as taken:
        survey = survey_numbered(taken.session, taken.campaign_id, number)
        strata = _strata(taken.book)
        taken.book.faults.stop()
        count = store_strata(taken.session, survey, strata)
        if count:
            taken.record("survey-loaded", {"changed": count, "made_by": OFFICE})
        lines = sample_lines(taken.session, survey)
        people, sampled = sum(one.population for one in lines), sum(one.sampled for one in lines)
        said = f"{len(lines)} 层共 {people} 人，样本 {sampled} 人，电话清单要 {sum(one.listed for one in lines)} 个号码"
        return taken.loaded(count, f"{survey_name(survey)}：{count} 处变更", said)


def _strata(book: Book) -> list[NewStratum]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for row in book.rows(STRATA):
        area, people = as_name(row.cell("地区")), as_name(row.cell("人群"))
        if not area:
            row.fault("地区", "没有填写")
        if first.setdefault((area, people), row.number) != row.number:
            row.fault("地区", f"与第 {first[area, people]} 行重复")
        held = _whole(row, "人口", 1, LARGEST)
        if held is not None:
            found.append(NewStratum(area, people, held))
    return found


def _whole(row: Row, column: str, least: int, most: int) -> int | None:
    """Return the whole number of a cell; a fault, and None, for anything else."""
    before = len(row.faults.lines)
    count = row.read(column, as_number, f"{least} 到 {most} 的整数")
    if len(row.faults.lines) > before:
        return None
    if count is None or count != int(count) or not least <= count <= most:
        row.fault(column, f"应为 {least} 到 {most} 的整数")
        return None
    return int(count)


def export_asked(slug: str | None, number: int | None, path: Path, moment: Moment) -> int:
    """Write the questions of a survey; return how many."""
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        title = list_title(campaign, SURVEY_ASKED, moment.today, survey_name(survey))
        rows = [
            (one.number, one.text, one.answers, one.good, one.aside, one.weight)
            for one in questions_of(session, survey)
        ]
    write_workbook(path, [ASKED.filled(rows, title)])
    return len(rows)


def load_asked(slug: str | None, number: int | None, path: Path, moment: Moment) -> Loaded:
    """Take the questions in, whole. Repeatable. Raises PlanError with every fault; nothing is written then."""
    with returned(slug, path, (ASKED,), moment) as taken:
        survey = survey_numbered(taken.session, taken.campaign_id, number)
        asked = _asked(taken.book)
        taken.book.faults.stop()
        count = store_survey_questions(taken.session, survey, asked)
        if count:
            taken.record("survey-loaded", {"changed": count, "made_by": OFFICE})
        return taken.loaded(count, f"{survey_name(survey)}：{len(asked)} 个问题，{count} 处变更")


def _asked(book: Book) -> list[Asked]:
    first: dict[int, int] = {}
    found = []
    for row in book.rows(ASKED):
        number = _whole(row, "题号", 1, MOST_ASKED)
        weight = row.read("权重", as_number, "大于 0 的数字")
        if number is None:
            continue
        if first.setdefault(number, row.number) != row.number:
            row.fault("题号", f"与第 {first[number]} 行重复")
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
