"""Make tests and their one repeat, and say what they came to."""

from datetime import date
from pathlib import Path

from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.surveys.law_days import call_off_law_test, move_law_test
from models.surveys.law_making import NewLawTest, make_law_test
from models.surveys.law_results import LawOutcome, LawResult, law_outcome
from models.surveys.law_test import LawTest, law_test_numbered
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.writing import write_workbook

LAW_HEAD = ("单位", "人员类别", "应考", "参考", "一次通过", "通过（含补考）", "通过率")
FEWEST_FOR_A_RATE = 5  # people; of fewer a rate would point at one of them
_RESULTS = Sheet(
    "测试结果",
    (
        *(Column(name, width=16 if name == "单位" else 11) for name in LAW_HEAD[:2]),
        *(Column(name, kind=Kind.NUMBER, width=9) for name in LAW_HEAD[2:6]),
        Column(LAW_HEAD[6], width=10),
        Column("还没有参加的考号", width=40),
    ),
    title="法律知识测试结果",
    note="按单位的固定次序排列，不排名。通过率是通过人数占应考人数的比例，缺考的算没有通过；人数少的不算比例。",
)


def make_test(slug: str | None, new: NewLawTest, moment: Moment) -> str:
    """Make a test; its seed stands in the chain before any paper is drawn from it."""
    _require_new(new, moment)
    with writing_to(slug) as (session, campaign):
        test = make_law_test(session, key_of(campaign), new, moment)
        return f"已安排第 {test.number} 次法律知识测试（{_day(test.held_on)}），抽题种子 {test.seed} 已写入记录链"


def make_repeat(slug: str | None, number: int | None, new: NewLawTest, moment: Moment) -> str:
    """Make the one repeat of a test, for who did not pass it or did not sit it. Raises CampaignError for a second."""
    _require_new(new, moment)
    with writing_to(slug) as (session, campaign):
        first = law_test_numbered(session, key_of(campaign), number)
        test = make_law_test(session, key_of(campaign), new, moment, first)
        return (
            f"已安排第 {first.number} 次测试的补考（第 {test.number} 次，{_day(test.held_on)}），"
            f"没有通过和没有参加的沿用原考号；抽题种子 {test.seed} 已写入记录链，用另一套题"
        )


def move_test(
    slug: str | None, number: int | None, day: date, said: tuple[str, str], moment: Moment
) -> str:
    """Hold a test on another day; ``said`` is by whom and why. Repeatable. Raises CampaignError once it has marks."""
    by, reason = _said(said, "改日期")
    _require_day(day, moment)
    with writing_to(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        move_law_test(session, test, day, (by, reason), moment)
        return f"第 {test.number} 次测试改在 {_day(day)}"


def cancel_test(slug: str | None, number: int | None, said: tuple[str, str], moment: Moment) -> str:
    """Call a test off; ``said`` is by whom and why. Raises CampaignError once it has marks, and for a repeat."""
    by, reason = _said(said, "取消")
    with writing_to(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        call_off_law_test(session, test, (by, reason), moment)
        return f"第 {test.number} 次测试已取消"


def _said(said: tuple[str, str], deed: str) -> tuple[str, str]:
    by, reason = (one.strip() for one in said)
    if fault := post_fault(by, deed) or ("" if reason else f"没有写明为什么{deed}"):
        raise CampaignError(fault)
    return by, reason


def _require_new(new: NewLawTest, moment: Moment) -> None:
    if fault := post_fault(new.by, "安排测试"):
        raise CampaignError(fault)
    _require_day(new.held_on, moment)


def _require_day(day: date, moment: Moment) -> None:
    if day < moment.today:
        raise CampaignError(f"测试日期 {day} 已经过去，今天是 {moment.today}")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def law_results(slug: str | None, number: int | None) -> LawOutcome:
    """Return what a test came to: units in their fixed order; a repeat asked for by number is told by its first."""
    with looking_at(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        first = session.get(LawTest, test.repeat_of) if test.repeat_of else None
        return law_outcome(session, first or test)


def result_cells(one: LawResult) -> tuple[str | int, ...]:
    """Return the cells of a unit's line; the rate only where it points at nobody."""
    rate = one.rate
    if rate is None or one.due < FEWEST_FOR_A_RATE:
        said = "人数少" if one.due else "—"
    else:
        said = f"{rate:.1%}"
    head = (one.unit, one.staff.chinese if one.unit != "合计" else "")
    return (*head, one.due, one.sat, one.at_once, one.passed, said)


def write_law_results(slug: str | None, number: int | None, path: Path) -> LawOutcome:
    """Write what a test came to as a workbook; return it."""
    found = law_results(slug, number)
    rows = [(*result_cells(one), "、".join(one.absent)) for one in (*found.lines, found.total)]
    write_workbook(path, [_RESULTS.filled(rows)])
    return found


def outcome_in_words(found: LawOutcome) -> str:
    """Return in one line what a test came to."""
    total = found.total
    if not total.due:
        return f"第 {found.number} 次测试还没有考生"
    mean = f"，平均 {found.mean:.1f} 分（百分制）" if found.mean is not None else ""
    again = "（含补考）" if found.repeated else ""
    return (
        f"第 {found.number} 次测试：应考 {total.due} 人，参考 {total.sat} 人{mean}，"
        f"通过 {total.passed} 人{again}，通过率 {total.passed / total.due:.1%}；"
        f"还没有参加的 {len(total.absent)} 人"
    )
