"""The answers of a survey: a form without numbers goes to the callers and comes back; only counts are kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import CampaignError
from models.files.whole_file import read_given
from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.surveys.outlines import Asked
from models.rules.surveys.phones import masked_line
from models.rules.surveys.words import CallResult
from models.rules.words import OFFICE, post_fault
from models.surveys.due_days import settle_due
from models.surveys.survey import (
    CALLS,
    Survey,
    SurveyStratum,
    questions_of,
    strata_of,
    survey_numbered,
)
from models.surveys.survey_answers import (
    Place,
    SpokenRemark,
    standing_calls,
    store_counts,
    survey_outcome,
)
from models.surveys.survey_calls import CALLERS
from models.surveys.survey_making import survey_name
from tasks.lists.belonging import SURVEY_ANSWERS, list_title
from tasks.lists.taking import Loaded, returned
from tasks.surveys.masking import masked_faults, masked_loaded, masked_remark
from tasks.surveys.phone_list import drawn_codes
from tasks.workbook.cells import as_code, as_name, as_text
from tasks.workbook.declaring import Column, Filled, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

RESULTS = {one.chinese: one for one in CallResult}
LARGEST = 40_000_000  # bytes of a list


def survey_answers_sheet(asked: Sequence[Asked]) -> Sheet:
    """Return the form for the answers to ``asked``."""
    return Sheet(
        "答案",
        (
            Column("编号", locked=True, width=9),
            Column("地区·人群", locked=True, width=24),
            Column("通话结果", required=False, choices=tuple(RESULTS), width=12),
            *(
                Column(
                    f"第{one.number}题",
                    required=False,
                    choices=one.answers,
                    hint=one.text[:200],
                    width=11,
                )
                for one in asked
            ),
            Column(
                "意见", required=False, longest=LONGEST_NOTE, width=40, hint="不写姓名、电话、住址"
            ),
        ),
        title=SURVEY_ANSWERS,
        note="按电话清单的编号登记，不写号码和姓名。没有拨打的行空着；通话结果选“完成”的，各题都要有答案。",
        still=2,
    )


def export_survey_answers(slug: str | None, number: int | None, path: Path, moment: Moment) -> int:
    """Write a row for each code of the call list, without its number; return how many.

    Raises CampaignError before the list is drawn.
    """
    codes = drawn_codes(slug, number, moment)
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        asked = [one.asked for one in questions_of(session, survey)]
        title = list_title(campaign, SURVEY_ANSWERS, moment.today, survey_name(survey))
    rows = [(code, stratum, "", *[""] * len(asked), "") for code, stratum in codes]
    write_workbook(path, [Filled(survey_answers_sheet(asked), rows, title)])
    return len(rows)


def load_survey_answers(
    slug: str | None, number: int | None, path: Path, by: str, moment: Moment
) -> Loaded:
    """Take answers in as counts by stratum; remarks are masked. Repeatable.

    A list is whole for the callers whose codes stand in it: what it says takes the place of what an
    earlier list of theirs said; other callers' stay. Raises PlanError with every fault; nothing is
    written then. Neither code nor row is kept, so no answer leads back to a number.
    """
    by = by.strip() or OFFICE
    if fault := post_fault(by, "登记"):
        raise CampaignError(fault)
    digest = sha256(read_given(path, LARGEST, "答案登记表")).hexdigest()
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        sheet = survey_answers_sheet([one.asked for one in questions_of(session, survey)])
    with masked_faults(), returned(slug, path, (sheet,), moment) as taken:
        survey = survey_numbered(taken.session, taken.campaign_id, number)
        rows = _AnsweredRows(taken.book, sheet, survey, strata_of(taken.session, survey))
        rows.read([one.asked for one in questions_of(taken.session, survey)])
        taken.book.faults.stop()
        before = standing_calls(taken.session, survey)
        count = store_counts(taken.session, survey, rows.counts, rows.remarks)
        if count:
            facts = {"changed": count, "rows": rows.calls.total(), "sha256": digest, "made_by": by}
            taken.record("survey-answers-taken", facts, masked_line(taken.book.name))
        found = survey_outcome(taken.session, survey)
        got = (found.answered, found.sampled)
        settle_due(taken.session, taken.campaign_id, survey.code, got, (by, moment))
        fewer = [
            f"话务员{caller}原来登记了 {before[caller]} 通，这张表只有 {n} 通，以这张表为准"
            for caller, n in rows.calls.items()
            if n < before.get(caller, 0)
        ]
        masked = [f"有 {rows.masked} 条意见带号码，已遮盖"] if rows.masked else []
        said = f"{survey_name(survey)}：读到 {rows.calls.total()} 通，完成 {rows.answered} 份，{count} 处变更"
        loaded = taken.loaded(count, said, notes=[*masked, *fewer])
    return masked_loaded(loaded)


class _AnsweredRows:
    """Reads rows of answers into counts; what they came to is in ``counts``, ``remarks`` and ``calls``."""

    def __init__(
        self, book: Book, sheet: Sheet, survey: Survey, strata: Sequence[SurveyStratum]
    ) -> None:
        self._book, self._sheet, self._survey = book, sheet, survey
        self._strata: Mapping[str, int] = {as_name(one.name): key_of(one) for one in strata}
        self.counts: Counter[Place] = Counter()
        self.remarks: list[SpokenRemark] = []
        self.calls: Counter[str] = Counter()
        self.answered = self.masked = 0

    def read(self, asked: Sequence[Asked]) -> None:
        """Read every row; a code twice, a stratum that is none and an answer that is none are faults."""
        first: dict[str, int] = {}
        for row in self._book.rows(self._sheet):
            code = as_code(row.cell("编号"))
            caller = code[:1]
            if caller not in CALLERS[: self._survey.callers] or not code[1:].isdecimal():
                row.fault("编号", "应为电话清单上的编号，如 A0001")
            row.once("编号", code, first, code)
            stratum = self._strata.get(as_name(row.cell("地区·人群")))
            if stratum is None:
                row.fault("地区·人群", "不是这次测评的层，灰色列请勿改动")
            elif result := self._result(row, asked):
                self._count(row, asked, (stratum, caller), result)

    def _result(self, row: Row, asked: Sequence[Asked]) -> CallResult | None:
        word = as_name(row.cell("通话结果"))
        answers = [row.text(f"第{one.number}题") for one in asked]
        if not word:
            if any(answers) or row.text("意见"):
                row.fault("通话结果", "有答案或意见，没有选通话结果")
            return None
        if word not in RESULTS:
            row.fault("通话结果", f"应为 {'、'.join(RESULTS)}")
            return None
        if RESULTS[word] is not CallResult.ANSWERED and any(answers):
            row.fault("通话结果", f"选了 {word}，不应有答案；没有问完的不算")
            return None
        return RESULTS[word]

    def _count(
        self, row: Row, asked: Sequence[Asked], place: tuple[int, str], result: CallResult
    ) -> None:
        stratum, caller = place
        self.counts[stratum, caller, CALLS, result.value] += 1
        self.calls[caller] += 1
        if remark := row.text("意见"):
            said = masked_remark(remark)
            self.masked += said != remark
            self.remarks.append(SpokenRemark(stratum, caller, said))
        if result is not CallResult.ANSWERED:
            return
        self.answered += 1
        for one in asked:
            said = as_name(as_text(row.cell(f"第{one.number}题")))
            if said not in one.answers:
                words = f"应为 {'、'.join(one.answers)}" if said else "没有答案"
                row.fault(f"第{one.number}题", words)
            self.counts[stratum, caller, one.number, said] += 1
