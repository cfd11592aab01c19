"""The register of what was published: one by one at the command, or as a list out and back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.errors import ProgressError
from models.figures.pieces import pieces_by_code
from models.keys import key_of
from models.publicity.item import (
    NewPublished,
    PublishedLine,
    items_published,
    numbers_published,
    store_items,
)
from models.rules.bounds import A_DAY, LONGEST_NOTE, LONGEST_TYPED
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, page_fault
from models.rules.evidence.words import Via
from models.rules.registrar import registrar_fault
from models.rules.words import OFFICE, post_fault
from tasks.evidence.handing_in import hand_in
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.lists.belonging import ITEMS as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import unit_in, with_bodies
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import YES_NO, as_code, as_day, as_name, as_number, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

CHANNELS = (
    "报纸",
    "广播电视",
    "门户网站",
    "微信公众号",
    "微博",
    "短视频",
    "宣传栏",
    "电子显示屏",
    "横幅标语",
    "宣讲活动",
    "其他",
)
ITEMS = Sheet(
    "宣传登记",
    (
        Column("编号", required=False, locked=True, width=7, hint="新增的空着"),
        Column("单位", required=False, width=18, hint="空着是创建办自己的"),
        Column("标题", width=36, longest=LONGEST_NOTE),
        Column("渠道", width=14, hint="、".join(CHANNELS)),
        Column("发布日期", kind=Kind.DAY, width=12),
        Column("网址", required=False, width=36, longest=LONGEST_TYPED),
        Column("证明材料", required=False, width=10, hint="材料编号，如 E0003"),
        Column("说明", required=False, width=20, longest=LONGEST_NOTE),
        Column("撤销", required=False, choices=YES_NO, width=7, hint="登记错了的选 是"),
    ),
    title=TITLE,
    note="一行一件。没有照片不算缺；只作查找和引用，不统计篇数、阅读量，不排名。",
    spare=30,
    still=3,
)


@dataclass(frozen=True, slots=True)
class Published:
    """What somebody says was published, and what it proves where it proves something."""

    title: str
    channel: str
    on: date | None
    unit: str = ""
    url: str = ""
    note: str = ""
    proves: tuple[str, ...] = ()
    file: Path | None = None
    by: str = OFFICE


def register_published(slug: str | None, said: Published, moment: Moment) -> str:
    """Register one item, and hand it in as evidence where it ``proves`` something; return it in one line.

    A link that is evidence is watched like every other. Repeatable: the same item again is the same one.
    Raises ProgressError with every fault, or where the evidence was refused; nothing is registered then.
    """
    day = said.on or moment.today
    _require(said, day, moment.today)
    with looking_at(slug) as (session, campaign):
        unit_id = unit_meant(session, key_of(campaign), said.unit) if said.unit else None
        names, ids = names_and_ids(session, key_of(campaign))
        unit = next((name for name, id_ in ids.items() if id_ == unit_id), "")
    if unit and (fault := registrar_fault(said.by, {unit}, names)):
        raise ProgressError(fault)
    code = _evidence(slug, said, day, unit, moment) if said.proves else ""
    with writing_to(slug) as (session, campaign):
        piece = pieces_by_code(session, key_of(campaign)).get(code)
        new = NewPublished(
            said.title.strip(), said.channel.strip(), day, unit_id, said.url, said.note, piece
        )
        changed = store_items(session, key_of(campaign), [new], said.by.strip(), moment.now)
        if changed:
            facts = {"title": new.title, "channel": new.channel, "day": str(day)}
            entry = NewEntry(said.by.strip(), "items-registered", f"第 {changed[0]} 件", facts)
            record(session, campaign.id, moment, entry)
    proof = f"，已报为证明材料 {code}" if code else ""
    if not changed:
        return f"“{new.title}”此前已登记，没有变化{proof}"
    return f"已登记第 {changed[0]} 件：{new.title}（{new.channel}，{day}）{proof}"


def _require(said: Published, day: date, today: date) -> None:
    faults = [fault] if (fault := post_fault(said.by, "登记")) else []
    if day > today:
        faults.append(f"发布日期 {day} 还没有到")
    if said.url and (fault := page_fault(said.url)):
        faults.append(f"网址{fault}")
    if said.file and not said.proves:
        faults.append("文件只随证明材料收，请用 --item 写明它证明哪一项")
    if said.proves and not (said.url or said.file):
        faults.append("作为证明材料的，请写 --url 或 --file")
    if faults:
        raise ProgressError("；".join(faults))


def _evidence(slug: str | None, said: Published, day: date, unit: str, moment: Moment) -> str:
    """Hand the link in, then the picture or file; return the code of the first."""
    title, proves = said.title.strip(), said.proves
    pieces = []
    if said.url:
        pieces.append(NewEvidence(title, proves, url=said.url, fact_on=day, provider=unit))
    if said.file:
        called = f"{title}（{said.file.name}）" if said.url else title
        pieces.append(
            NewEvidence(
                called,
                proves,
                file_name=said.file.name,
                path=said.file,
                fact_on=day,
                provider=unit,
            )
        )
    taken = hand_in(slug, pieces, said.by.strip(), Via.COMMAND, moment)
    if refused := [one.refused for one in taken if one.refused or not one.code]:
        raise ProgressError(f"没有收为证明材料：{'；'.join(refused)}")
    return taken[0].code


def export_published(
    slug: str | None,
    path: Path,
    moment: Moment,
    since: date | None = None,
    until: date | None = None,
) -> int:
    """Write what was published from ``since`` to ``until`` (both in) as a list; return how many."""
    with looking_at(slug) as (session, campaign):
        lines = items_published(session, key_of(campaign), since, until)
        title = list_title(campaign, TITLE, moment.today)
    write_workbook(path, [ITEMS.filled([_cells(one) for one in lines], title)])
    return len(lines)


def load_published(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of items in: only rows that say something new are written. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    by = by.strip() or OFFICE
    with returned(slug, path, (ITEMS,), moment) as taken:
        reader = _ItemRows(taken, by)
        said = [new for row in taken.book.rows(ITEMS) if (new := reader.of(row))]
        taken.book.faults.stop()
        changed = store_items(taken.session, taken.campaign_id, said, by, moment.now)
        if changed:
            taken.record("items-registered", {"items": changed[:200], "amount": len(changed)})
        return taken.loaded(len(changed), f"读到 {len(said)} 行，{len(changed)} 处变更")


def _cells(one: PublishedLine) -> tuple[object, ...]:
    code = f"E{one.evidence:04d}" if one.evidence else ""
    head = (str(one.number), one.unit, one.title, one.channel, one.published_on)
    return (*head, one.url, code, one.note, "")


class _ItemRows:
    """Reads the rows of a returned list against units and evidence."""

    def __init__(self, taken: Returned, by: str) -> None:
        session: Session = taken.session
        self._names, self._ids = names_and_ids(session, taken.campaign_id)
        self._bodies = with_bodies(self._names)
        self._pieces = pieces_by_code(session, taken.campaign_id)
        self._by, self._today = by, taken.moment.today
        self._known = numbers_published(session, taken.campaign_id)
        self._keys = {one.key: number for number, one in self._known.items()}
        self._first: dict[object, int] = {}

    def of(self, row: Row) -> NewPublished | None:
        """Return what a row says; its faults stay in the book."""
        written = as_name(row.cell("单位"))
        unit = unit_in(row, "单位", written, self._bodies) if written else ""
        title, channel = row.text("标题"), row.text("渠道")
        for column, text in (("标题", title), ("渠道", channel)):
            if not text:
                row.fault(column, "没有填写")
        day = row.read("发布日期", as_day, A_DAY)
        if not row.text("发布日期"):
            row.fault("发布日期", "没有填写")
        elif day and day > self._today:
            row.fault("发布日期", f"{day} 还没有到")
        url, code = row.text("网址"), as_code(row.cell("证明材料"))
        if url and (fault := page_fault(url)):
            row.fault("网址", fault)
        if code and code not in self._pieces:
            row.fault("证明材料", f"没有编号为“{code}”的证明材料，应为 E0003 这样的编号")
        withdraw = bool(row.read("撤销", as_yes, "是或否"))
        if unit is None or not title or not channel or day is None:
            return None
        if unit and (fault := registrar_fault(self._by, {unit}, self._names)):
            row.fault("单位", fault)
        note, piece = row.text("说明"), self._pieces.get(code)
        unit_id = self._ids[unit] if unit else None
        new = NewPublished(
            title, channel, day, unit_id, url, note, piece, withdraw, self._number(row)
        )
        self._require_one(row, new)
        return new

    def _number(self, row: Row) -> int | None:
        number = row.read("编号", as_number, "整数")
        if number is not None and number not in self._known:
            row.fault("编号", f"没有第 {number:g} 件；新增的编号空着")
        return None if number is None else int(number)

    def _require_one(self, row: Row, new: NewPublished) -> None:
        """Name a row that says the same item as another, here or in the register."""
        for said in filter(None, (new.number, new.key)):
            if self._first.setdefault(said, row.number) != row.number:
                row.fault("标题", f"与第 {self._first[said]} 行是同一件")
                return
        there = self._keys.get(new.key)
        if new.number and there and there != new.number and not self._known[there].withdraw:
            row.fault("标题", f"与已登记的第 {there} 件是同一件")
