"""What units sent for the recurring duties: registered at the command, and shown in the fixed order of units.

整治形式主义为基层减负若干规定（2024）: whether it came and when, and nothing else. No ranking, no sum per unit,
no count of articles, readers or pictures.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, begins_on, looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.files.whole_file import read_given
from models.keys import key_of
from models.publicity.duties import names_in_order
from models.publicity.submission import (
    NewReceipt,
    SubmissionLine,
    submission_lines,
    take_back_receipts,
    take_receipts,
)
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Via
from models.rules.publicity.arrival import arrival, occurrence_meant
from models.rules.publicity.words import Arrival
from models.rules.registrar import registrar_fault
from models.rules.words import post_fault
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.intake.arrived import Arrived
from tasks.intake.receiving import receive
from tasks.lists.belonging import list_title
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

LARGEST = 200_000_000  # bytes of a file
TITLE_WIDTH = 54  # of all times together, so that the title is printed whole
LONGEST_LIST = 6  # occurrences that are shown beside one another


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody registers as come: for which occurrence, of which unit, when, by which post."""

    code: str
    unit: str
    by: str
    on: date | None = None
    note: str = ""


def take_submission(slug: str | None, given: Given, file: Path | None, moment: Moment) -> str:
    """Register that a unit's submission came, with its file where there is one; return it in one line.

    A file goes through the one door and is kept in the vault. Repeatable. Raises NotFoundError for what
    is not owed, ProgressError for a day to come or a post that may not.
    """
    if fault := post_fault(given.by, "登记"):
        raise ProgressError(fault)
    arrived = given.on or moment.today
    if arrived > moment.today:
        raise ProgressError(f"收到的日期 {arrived} 还没有到")
    with looking_at(slug) as (session, campaign):
        line = _line(session, campaign, given, arrived)
        begins = begins_on(session, key_of(campaign))
    if begins and arrived < begins:
        raise ProgressError(f"收到的日期 {arrived} 早于方案开始（{begins}）")
    received = _received(slug, line, file, given, moment) if file else None
    known = line.arrived is not None and line.arrived <= arrived
    with writing_to(slug) as (session, campaign):
        new = NewReceipt(line.code, arrived, received, given.note.strip())
        news = take_receipts(session, key_of(campaign), [new], given.by.strip(), moment.now)
        if news:
            facts = {"codes": news, "day": str(arrived), "note": given.note.strip()}
            said = NewEntry(given.by.strip(), "submission-taken", line.code, facts)
            record(session, campaign.id, moment, said)
    word = arrival(line.due, arrived, moment.today).chinese
    return f"{line.unit}“{line.title}”：{arrived} 收到，{word}" + (
        "（此前已收到过）" if known else ""
    )


def take_back_submission(slug: str | None, given: Given, moment: Moment) -> str:
    """Take back what was registered as come for a unit's submission, with its reason; it is owed again."""
    if fault := post_fault(given.by, "撤回"):
        raise ProgressError(fault)
    if not given.note.strip():
        raise ProgressError("请写明撤回的理由")
    with writing_to(slug) as (session, campaign):
        line = _line(session, campaign, given, moment.today)
        by, why = given.by.strip(), given.note.strip()
        count = take_back_receipts(session, key_of(campaign), line.code, by, why)
        if count:
            facts = {"codes": [line.code], "reason": why}
            record(session, campaign.id, moment, NewEntry(by, "submission-back", line.code, facts))
    done = f"撤回 {count} 条收到的登记" if count else "没有登记过收到，没有变化"
    return f"{line.unit}“{line.title}”：{done}"


def _received(
    slug: str | None, line: SubmissionLine, file: Path, given: Given, moment: Moment
) -> int:
    """Take the file in as from the folder of its unit and occurrence; return its row."""
    content = read_given(file, LARGEST, "报送的文件")
    if not content:
        raise ProgressError(f"{file.name} 是空文件，没有登记；请换一份")
    digest = hashlib.sha256(content).hexdigest()
    name = f"{line.unit}/{line.occurrence}/{file.name}"
    at = moment.now
    if given.on and given.on != moment.today:  # the office says that it came on an earlier day
        at = datetime.combine(given.on, time(12), tzinfo=moment.zone).astimezone(UTC)
    key = f"submission:{line.code}:{digest}"
    came = Arrived(name, content, given.by.strip(), Via.COMMAND, at, key)
    *_, one = receive(slug, [came], moment)
    if one.received_id is None or one.reception.value in ("refused", "secret"):
        raise ProgressError(f"{file.name}：{'；'.join(one.lines)}")
    return one.received_id


def _meant(given: Given, lines: Sequence[SubmissionLine], arrived: date) -> SubmissionLine | None:
    """Return what is owed under a code: of a duty without a day, what the day of arrival is for."""
    code = given.code.strip().upper()
    if of_duty := [one for one in lines if code == f"D{one.duty}"]:
        meant = occurrence_meant("", [one.owed for one in of_duty], arrived)
        code = meant.code if meant else code
    return next((o for o in lines if code in (o.occurrence, o.code, f"D{o.duty}.{o.due}")), None)


def _line(session: Session, campaign: Campaign, given: Given, arrived: date) -> SubmissionLine:
    campaign_id = key_of(campaign)
    unit_id = unit_meant(session, campaign_id, given.unit)
    names, _ = names_and_ids(session, campaign_id)
    order = names_in_order(session, campaign_id)
    if fault := registrar_fault(given.by, {order[unit_id]}, names):
        raise ProgressError(fault)
    lines = submission_lines(session, campaign_id, order, {unit_id})
    found = _meant(given, lines, arrived)
    if found is None:
        some = "、".join(one.occurrence for one in lines[:3])
        known = f"它要报的如 {some}" if some else "它没有要报的；先用 shifan publicity owe 分给单位"
        raise NotFoundError(f"{order[unit_id]} 没有编号为 {given.code} 的报送，{known}")
    return found


@dataclass(frozen=True, slots=True)
class SubmissionTable:
    """Who sent what when: a row for each unit in the fixed order, a column for each occurrence."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[str]  # one for each occurrence: how many of how many, and who is missing


def submission_table(
    slug: str | None,
    code: str,
    moment: Moment,
    since: date | None = None,
    until: date | None = None,
) -> SubmissionTable:
    """Return what came for a duty (the first without ``code``), those that sent nothing included.

    From ``since`` to ``until`` by due day; without them the last six occurrences up to the one that is
    due next. Units stand in their fixed order, whatever they sent. Raises NotFoundError where nobody
    owes anything.
    """
    with looking_at(slug) as (session, campaign):
        names = names_in_order(session, key_of(campaign))
        lines = submission_lines(session, key_of(campaign), names)
        title = list_title(campaign, "定期报送情况", moment.today)
    duty = code.strip().upper().partition(".")[0] or "D1"
    own = [one for one in lines if f"D{one.duty}" == duty]
    if not own:
        raise NotFoundError(f"还没有单位报送 {duty}；先用 shifan publicity owe {duty} 分给单位")
    codes = _occurrences(own, moment.today, since, until)
    units = [names[unit_id] for unit_id in names if any(one.unit_id == unit_id for one in own)]
    cells = {(one.unit, one.occurrence): _cell(one, moment.today) for one in own}
    head = ("单位", *(f"{one.due} 前" for one in codes))
    rows = [(unit, *(cells.get((unit, one.occurrence), "—") for one in codes)) for unit in units]
    told = [
        _said([o for o in own if o.occurrence == one.occurrence], moment.today) for one in codes
    ]
    return SubmissionTable(title, head, rows, told)


def write_submission_table(found: SubmissionTable, path: Path) -> None:
    """Write the table as a workbook; an existing file is never overwritten."""
    units, *times = found.head
    width = max(18, TITLE_WIDTH // max(len(times), 1))
    sheet = Sheet(
        "报送情况",
        (Column(units, width=26), *(Column(name, width=width) for name in times)),
        title="定期报送情况",
        note="只看是否报送、何时收到。单位按固定顺序排列，不排名，不按篇数、阅读量或图片计分。",
    )
    write_workbook(path, [sheet.filled(found.rows, found.title)])


def _occurrences(
    own: Sequence[SubmissionLine], today: date, since: date | None, until: date | None
) -> list[SubmissionLine]:
    """Return one line of each occurrence that is shown, oldest first."""
    by_code = {one.occurrence: one for one in own}
    ordered = sorted(by_code.values(), key=lambda one: (one.due, one.code))
    if since or until:
        return [o for o in ordered if (since or o.due) <= o.due <= (until or o.due)]
    past = [one for one in ordered if one.due < today]
    ahead = [one for one in ordered if one.due >= today][:1]
    return [*past, *ahead][-LONGEST_LIST:]


def _cell(one: SubmissionLine, today: date) -> str:
    word = arrival(one.due, one.arrived, today).chinese
    return f"{word}（{one.arrived}）" if one.arrived else word


def _said(own: Sequence[SubmissionLine], today: date) -> str:
    """Return one occurrence in a line: how many came in time and late, and by name who sent nothing."""
    words = [arrival(one.due, one.arrived, today) for one in own]
    first = own[0]
    counts = [f"{word.chinese} {words.count(word)} 个" for word in Arrival if words.count(word)]
    waits = [o.unit for o, word in zip(own, words, strict=True) if word is Arrival.MISSING]
    missing = f"；还没有收到：{'、'.join(waits)}" if waits else ""
    return f"{first.occurrence} {first.title}（{first.due} 前）：{'，'.join(counts)}{missing}"
