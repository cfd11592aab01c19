"""What papers are made of (组卷方案): out as a list, and back; and how tests are held."""

from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at, writing_to
from models.errors import PlanError
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.surveys.composing import VERSIONS, PaperPart, total_points
from models.rules.surveys.words import STAFF, Audience, QuestionKind
from models.rules.words import post_fault
from models.surveys.law_making import LawSettings, set_law_settings, store_parts
from models.surveys.law_test import LawSetting, law_setting_of, parts_of
from tasks.lists.belonging import LAW_RULES
from tasks.lists.sending import Listed, send_list
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name, as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

PARTS = Sheet(
    "组卷方案",
    (
        Column("人员类别", choices=tuple(one.chinese for one in STAFF), width=12),
        Column("题型", choices=tuple(one.chinese for one in QuestionKind), width=8),
        Column("科目", required=False, width=20, hint="不填即为不限科目"),
        Column("题数", kind=Kind.NUMBER, width=8),
        Column("每题分值", ("分值",), kind=Kind.NUMBER, width=9),
    ),
    title=LAW_RULES,
    note="执法人员和其他人员各用各的试卷。一行写一种题型（可以限定科目）出几道、每道几分；各人员类别合计以 100 分为宜。",
    spare=20,
)
MOST = 200  # questions of a part
_STAFF = {one.chinese: one for one in STAFF}
_KINDS = {one.chinese: one for one in QuestionKind}
RULES_OF_PARTIAL = {"全对才得分": False, "少选得一半": True}


def export_parts(slug: str | None, path: Path, moment: Moment) -> int:
    """Write what papers are made of; return how many rows."""

    def rows(session: Session, campaign_id: int) -> Listed:
        parts = [one for one in parts_of(session, campaign_id) if one.count]
        return [
            (one.audience.chinese, one.kind.chinese, one.subject, one.count, one.points)
            for one in parts
        ], ""

    return send_list(slug, PARTS, path, moment, rows)


def load_parts(slug: str | None, path: Path, by: str, moment: Moment) -> Loaded:
    """Take the list in as the whole of what papers are made of from now on. Repeatable.

    Tests that are made keep theirs. Raises PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (PARTS,), moment) as taken:
        parts = _read_parts(taken.book)
        taken.book.faults.stop()
        count = store_parts(taken.session, taken.campaign_id, parts)
        if count:
            taken.record("law-rules-loaded", {"changed": count, "made_by": by})
        totals = {one: total_points(parts, one) for one in STAFF}
        said = "，".join(f"{one.chinese} {points:g} 分" for one, points in totals.items())
        doubts = [
            f"{one.chinese}的试卷合计 {points:g} 分，不是 100 分；及格线按满分的百分比算"
            for one, points in totals.items()
            if points not in (0, 100)
        ]
        return taken.loaded(count, f"{count} 处变更", said, notes=doubts)


def _read_parts(book: Book) -> list[PaperPart]:
    found: dict[tuple[Audience, QuestionKind, str], int] = {}
    parts = []
    for row in book.rows(PARTS):
        part = _part(row)
        if part is None:
            continue
        key = (part.audience, part.kind, part.subject)
        row.once("题型", key, found)
        parts.append(part)
    if not parts and not book.faults.lines:
        book.faults.add("组卷方案是空的，至少要有一行")
    return parts


def _part(row: Row) -> PaperPart | None:
    staff, kind = _STAFF.get(as_name(row.cell("人员类别"))), _KINDS.get(as_name(row.cell("题型")))
    if staff is None:
        row.fault("人员类别", f"应为 {'、'.join(_STAFF)}")
    if kind is None:
        row.fault("题型", f"应为 {'、'.join(_KINDS)}")
    count = row.whole("题数", 1, MOST)
    points = row.read("每题分值", as_number, "大于 0 的数字")
    if points is None or not 0 < points <= 100:
        row.fault("每题分值", "应为大于 0、不超过 100 的数字")
        return None
    if staff is None or kind is None or count is None:
        return None
    return PaperPart(staff, kind, row.text("科目"), count, points)


def set_law_rules(slug: str | None, given: LawSettings, by: str, moment: Moment) -> str:
    """Set how tests are held from now on, and return in words how they are. Repeatable."""
    faults = [fault for fault in (*_setting_faults(given), post_fault(by, "设置")) if fault]
    if faults:
        raise PlanError("测试规定", faults)
    with writing_to(slug) as (session, campaign):
        return rules_in_words(set_law_settings(session, key_of(campaign), given, by, moment))


def _setting_faults(given: LawSettings) -> list[str]:
    bounds = (
        ("考试时间", given.minutes, 5, 600),
        ("及格线", given.pass_mark, 1, 100),
        ("补考次数", given.repeats, 0, 1),
        ("卷数", given.versions, 1, len(VERSIONS)),
    )
    return [
        f"{name}写的是 {value:g}，应为 {least} 到 {most}"
        for name, value, least, most in bounds
        if value is not None and not least <= value <= most
    ]


def law_rules_in_words(slug: str | None) -> str:
    """Return in words how tests are held."""
    with looking_at(slug) as (session, campaign):
        return rules_in_words(law_setting_of(session, key_of(campaign)))


def rules_in_words(one: LawSetting) -> str:
    """Return in words how tests are held by these settings."""
    many = "少选得一半，选错不得分" if one.partial else "全对才得分"
    again = f"可以补考 {one.repeats} 次" if one.repeats else "不补考"
    versions = "、".join(VERSIONS[: one.versions])
    return f"考试 {one.minutes} 分钟，{one.pass_mark:g} 分及格（按百分计），多选题{many}，{again}，同场分 {versions} 卷"


def settings_typed(
    numbers: tuple[int | None, int | None, int | None], multiple: str, repeats: str
) -> LawSettings | None:
    """Return what was typed of minutes, pass mark and versions, of 多选, of repeats; None where nothing was.

    Raises PlanError for a word that is none.
    """
    minutes, pass_mark, versions = numbers
    faults = []
    if multiple.strip() not in ("", *RULES_OF_PARTIAL):
        known = " 或 ".join(RULES_OF_PARTIAL)
        faults.append(f"多选题的给分写的是“{shown(multiple)}”，应为 {known}")
    if repeats.strip() not in ("", "0", "1"):
        faults.append(f"补考次数写的是“{shown(repeats)}”，应为 0 或 1")
    if faults:
        raise PlanError("测试规定", faults)
    partial = RULES_OF_PARTIAL.get(multiple.strip())
    again = int(repeats) if repeats.strip() else None
    if all(one is None for one in (*numbers, partial, again)):
        return None
    return LawSettings(minutes, pass_mark, partial, again, versions)
