"""Telephone numbers in, and the one call list out: nowhere else does a number stand whole.

What is said of a list of numbers (faults, what was not taken) passes through a mask.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, PlanError
from models.files.whole_file import write_whole
from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE, shown
from models.rules.calendar.moment import Moment
from models.rules.surveys.phones import masked_line, masked_phone, phone_of
from models.rules.words import OFFICE, post_fault
from models.surveys.forgetting import FOR_OTHERS
from models.surveys.numbers import file_of
from models.surveys.survey import numbers_row, questions_of, strata_of, survey_numbered
from models.surveys.survey_calls import draw_calls, take_numbers
from models.surveys.survey_making import survey_name
from tasks.lists.belonging import PHONES as PHONES_TITLE
from tasks.lists.taking import Loaded, returned
from tasks.surveys.forgetting import forget_file
from tasks.surveys.masking import masked_faults, masked_loaded
from tasks.workbook.cells import as_name
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import workbook_bytes, write_workbook

PHONES = Sheet(
    "电话号码",
    (
        Column("地区", ("乡镇", "街道", "县区"), width=20),
        Column("人群", ("对象", "类别"), required=False, width=20),
        Column("电话", ("电话号码", "手机", "手机号", "联系电话"), width=18, longest=0),
    ),
    title=PHONES_TITLE,
    note="一行一个号码，只要地区、人群和电话，不要姓名和住址。座机写区号。",
    spare=200,
)
CALLS_NOTE = (
    "只供话务员拨打，用完删除，不得转发、另存。第一句先问年龄：满 {age} 周岁、在本地居住的才往下问，否则记 不符合条件。"
    "答案登记在另一张表里，那张表没有号码。"
)
CALL_COLUMNS = (
    Column("编号", locked=True, width=9),
    Column("地区·人群", locked=True, width=24),
    Column("电话", locked=True, width=16),
)

TO_ASK = Sheet(
    "问题",
    (
        Column("题号", locked=True, kind=Kind.NUMBER, width=7),
        Column("问题", locked=True, longest=LONGEST_NOTE, width=56),
        Column("答案", locked=True, many=True, width=36),
    ),
    "电话清单",
    "照着问，从答案里选；结果登记在另一张表里。",
)


def phones_template(path: Path) -> None:
    """Write an empty list of numbers."""
    write_workbook(path, [PHONES.filled([])])


def load_phones(
    slug: str | None, number: int | None, path: Path, by: str, moment: Moment
) -> Loaded:
    """Take telephone numbers in, apart from everything else, until their day. The last list counts.

    Numbers taken in before are deleted, with their proof. Raises PlanError with every fault, the
    numbers masked; nothing is kept then. Killed before the entry is written, the file that nobody
    knows goes on its day like any other; killed after, the former file does.
    """
    if fault := post_fault(by, "装入"):
        raise CampaignError(fault)
    with masked_faults(), returned(slug, path, (PHONES,), moment) as taken:
        session = taken.session
        survey = survey_numbered(session, taken.campaign_id, number)
        strata = {(one.area, one.people): key_of(one) for one in strata_of(session, survey)}
        rows = _PhoneRows(taken.book, strata)
        numbers = rows.numbers()
        taken.book.faults.stop()
        if not numbers:
            raise PlanError(taken.book.name, ["一个号码也没有"])
        former = numbers_row(session, survey)
        row = take_numbers(session, survey, numbers, by, moment)
        said = (
            f"{survey_name(survey)}：装入 {row.count} 个号码，保存到 {row.keep_until}，期满自动删除"
        )
        more = f"重复的 {rows.twice} 个只收一次" if rows.twice else ""
        loaded = taken.loaded(row.count, said, more)
        old = former if former is not None and former.deleted_at is None else None
        left = file_of(old.digest, old.keep_until) if old else None
    if left is not None:
        forget_file(left, FOR_OTHERS, by, moment)
    return masked_loaded(loaded)


class _PhoneRows:
    """Reads rows of numbers against the strata they belong to."""

    def __init__(self, book: Book, strata: Mapping[tuple[str, str], int]) -> None:
        self._book, self._strata = book, strata
        self.twice = 0

    def numbers(self) -> dict[int, list[str]]:
        """Return the numbers of each stratum, each once; one in two strata is a fault."""
        found: dict[int, list[str]] = {}
        of: dict[str, tuple[int, int]] = {}
        for row in self._book.rows(PHONES):
            stratum, number = self._stratum(row), self._number(row)
            if stratum is None or not number:
                continue
            before, line = of.setdefault(number, (stratum, row.number))
            if before != stratum:
                words = f"{masked_phone(number)} 在第 {line} 行属于另一层，一个号码只能在一层"
                row.fault("电话", words)
            elif line != row.number:
                self.twice += 1
            else:
                found.setdefault(stratum, []).append(number)
        return found

    def _stratum(self, row: Row) -> int | None:
        area, people = as_name(row.cell("地区")), as_name(row.cell("人群"))
        found = self._strata.get((area, people))
        if found is None:
            said = masked_line(f"{area}·{people}" if people else area)
            row.fault("地区", f"分层表里没有“{shown(said)}”这一层" if said else "没有填写")
        return found

    def _number(self, row: Row) -> str:
        written = row.text("电话")
        number = phone_of(written)
        if not number:
            said = "不是 11 位手机号，也不是带区号的座机号" if written else "没有填写"
            row.fault("电话", said)
        return number


def write_calls(slug: str | None, number: int | None, out: Path, by: str, moment: Moment) -> str:
    """Draw the call list by the seed and write it: a sheet for each caller. The only place where numbers stand whole.

    Repeatable: the same list each time. That it was made, by whom and how many numbers, stands in the
    chain before the file is there; of the numbers only the digest of the file does.
    """
    if fault := post_fault(by, "抽取清单"):
        raise CampaignError(fault)
    if out.suffix.lower() != ".xlsx" or out.exists():
        raise PlanError(out.name, ["应是一个还没有的 .xlsx 文件，已有的不会覆盖"])
    with writing_to(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        calls = draw_calls(session, survey, by, moment)
        names = {key_of(one): one.name for one in strata_of(session, survey)}
        note = CALLS_NOTE.format(age=survey.adult_age)
        parts = [
            Sheet(f"话务员{caller}", CALL_COLUMNS, "电话清单", note, still=1).filled(
                [
                    (one.code, names[one.stratum_id], one.number)
                    for one in calls
                    if one.caller == caller
                ]
            )
            for caller in dict.fromkeys(one.caller for one in calls)
        ]
        asked = [(one.number, one.text, one.answers) for one in questions_of(session, survey)]
        content = workbook_bytes([*parts, TO_ASK.filled(asked)])
        facts = {"rows": len(calls), "sha256": sha256(content).hexdigest()}
        entry = NewEntry(by, "exported", f"{survey_name(survey)}的电话清单", facts)
        record(session, key_of(campaign), moment, entry)
        said = f"{survey_name(survey)}：{len(calls)} 个号码、{len(parts)} 名话务员的电话清单已写到 {out}"
    write_whole(out, content)
    return f"{said}；里面是完整号码，只给话务员，用完请删除"


def drawn_codes(slug: str | None, number: int | None, moment: Moment) -> list[tuple[str, str]]:
    """Return the codes of a call list with their strata, without the numbers.

    Raises CampaignError before the list is drawn, NotFoundError once the numbers are deleted.
    """
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        if survey.drawn_at is None:
            raise CampaignError(
                f"{survey_name(survey)}还没有抽取电话清单，请先运行 shifan survey calls"
            )
        names = {key_of(one): one.name for one in strata_of(session, survey)}
        calls = draw_calls(session, survey, OFFICE, moment)
    return [(one.code, names[one.stratum_id]) for one in calls]
