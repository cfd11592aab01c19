"""The list of what units sent for the briefing: out, edited by the office, and back; new rows are new items."""

from collections.abc import Mapping
from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.papers.briefings.items import (
    LONGEST_ITEM,
    LONGEST_TITLE,
    ItemChange,
    ItemLine,
    NewItem,
    add_items,
    change_items,
    item_lines,
)
from models.rules.briefings.numbering import issue_in_words
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.figures.figures_list import names_and_ids
from tasks.lists.belonging import BRIEFING_ITEMS, list_title
from tasks.lists.names import unit_in, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name, as_number, as_text
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

NEXT, LATER, NEVER = "登", "下期", "不登"
MOST_PLACES, LARGEST_NUMBER = 999, 1_000_000
ITEMS = Sheet(
    "简报投稿",
    (
        Column("编号", required=False, locked=True, width=7, hint="新增的空着"),
        Column("单位", required=False, width=16, hint="创建办自己写的空着"),
        Column("标题", longest=LONGEST_TITLE, width=28),
        Column("正文", longest=LONGEST_ITEM, width=60, hint="一段一行（Alt+回车换行）"),
        Column("次序", kind=Kind.NUMBER, required=False, width=7, hint="1 最先；不填按收到的先后"),
        Column("采用", required=False, choices=(NEXT, LATER, NEVER), width=8),
        Column("收到日期", locked=True, shown=True, width=11),
        Column("已登", locked=True, shown=True, width=14),
    ),
    title=BRIEFING_ITEMS,
    note=(
        "标题、正文、次序可以改；采用一栏：登（不填也是）、下期、不登。已登在某一期里的不能再改。在下面的空行可以添新的投稿，编号空着。"
    ),
    spare=15,
    still=1,
)


def export_items(slug: str | None, path: Path, moment: Moment) -> tuple[int, int]:
    """Write every item to ``path``; return how many there are and how many the next issue takes."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, BRIEFING_ITEMS, moment.today)
        lines = item_lines(session, key_of(campaign))
    write_workbook(path, [ITEMS.filled([_cells(one) for one in lines], title)])
    return len(lines), sum(one.waits for one in lines)


def load_items(slug: str | None, path: Path, by_post: str, *, moment: Moment) -> Loaded:
    """Take the edited list in: only rows that say something new are written. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    by_post = by_post.strip() or OFFICE
    with returned(slug, path, (ITEMS,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        known = {one.number: one for one in item_lines(session, campaign_id)}
        reader = _Reader(known, names_and_ids(session, campaign_id))
        for row in taken.book.rows(ITEMS):
            reader.read(row)
        taken.book.faults.stop()
        changed = change_items(session, campaign_id, reader.changes, by_post, moment)
        new = [NewItem(unit, title, body, by_post) for unit, title, body in reader.new]
        numbers = add_items(session, campaign_id, new, moment)
        added = len(set(numbers) - known.keys())
        return taken.loaded(changed + added, f"改了 {changed} 条，新收 {added} 条")


def _cells(one: ItemLine) -> tuple[object, ...]:
    taken = NEVER if one.withdrawn else LATER if one.held else NEXT
    printed = "" if one.issue is None else issue_in_words(one.series or 0, one.issue)
    head = (one.number, one.unit, one.title, one.body, one.place or None, taken)
    return (*head, one.came_on, printed)


class _Reader:
    """Reads the rows of a returned list: which items change, and which are new."""

    def __init__(
        self, known: Mapping[int, ItemLine], units: tuple[Mapping[str, str], Mapping[str, int]]
    ) -> None:
        names, self._ids = units
        self._known, self._bodies = known, with_bodies(names)
        self._first: dict[int, int] = {}
        self.changes: list[ItemChange] = []
        self.new: list[tuple[int | None, str, str]] = []

    def read(self, row: Row) -> None:
        title, body = row.text("标题").strip(), row.text("正文").strip()
        if not title or not body:
            row.fault("标题" if not title else "正文", "没有填写")
            return
        place, number = _whole(row, "次序"), _whole(row, "编号")
        word = row.text("采用") or NEXT
        if word not in (NEXT, LATER, NEVER):
            row.fault("采用", f"写的是“{word}”，应为 {NEXT}、{LATER}、{NEVER}")
            return
        if number:
            said = ItemChange(number, title, body, place, word == LATER, word == NEVER)
            self._change(row, said)
        elif word != NEXT or place:
            row.fault("采用" if word != NEXT else "次序", "新增的投稿先收下，编了号再改")
        else:
            unit = self._unit(row)
            self.new.append((self._ids[unit] if unit else None, title, body))

    def _unit(self, row: Row) -> str:
        written = as_name(row.cell("单位"))
        return (unit_in(row, "单位", written, self._bodies) or "") if written else ""

    def _change(self, row: Row, new: ItemChange) -> None:
        old = self._known.get(new.number)
        if old is None:
            row.fault("编号", f"没有编号为 {new.number} 的投稿；新增的编号空着")
            return
        if self._first.setdefault(new.number, row.number) != row.number:
            row.fault("编号", f"与第 {self._first[new.number]} 行重复；新增的编号空着")
        # A unit that was succeeded since is not looked for: its item says its name.
        if old.unit not in (as_name(row.cell("单位")), self._unit(row)):
            row.fault(
                "单位", f"是{old.unit or '创建办'}的投稿，不能改单位；请选 {NEVER}，另起一行重报"
            )
        if old.issue is None:
            self.changes.append(new)
        elif _told(new) != _told(old):
            row.fault("标题", f"已登在{issue_in_words(old.series or 0, old.issue)}，不能再改")


def _told(one: ItemLine | ItemChange) -> tuple[object, ...]:
    return one.title, one.body.split(), one.place, one.held, one.withdrawn


def _whole(row: Row, column: str) -> int:
    """Return the whole number of a column, 0 for an empty one; another is a fault of the row."""
    expected = f" 1 到 {MOST_PLACES} 的整数" if column == "次序" else "整数"
    number = row.read(column, as_number, expected)
    if number is None:
        return 0
    most = MOST_PLACES if column == "次序" else LARGEST_NUMBER
    if number.is_integer() and 1 <= number <= most:
        return int(number)
    row.fault(column, f"写的是“{as_text(row.cell(column))}”，应为{expected}")
    return 0
