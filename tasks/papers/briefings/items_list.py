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
from models.rules.bounds import number_fault
from models.rules.briefings.numbering import issue_in_words
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.figures.figures_list import names_and_ids
from tasks.lists.belonging import BRIEFING_ITEMS, list_title
from tasks.lists.names import unit_in, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name, as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

NEXT, LATER, NEVER = "登", "下期", "不登"
MOST_PLACES = 999
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
        self.changes: list[ItemChange] = []
        self.new: list[tuple[int | None, str, str]] = []

    def read(self, row: Row) -> None:
        title, body = row.text("标题").strip(), row.text("正文").strip()
        if not title or not body:
            row.fault("标题" if not title else "正文", "没有填写")
            return
        place = self._place(row)
        word = row.text("采用") or NEXT
        if word not in (NEXT, LATER, NEVER):
            row.fault("采用", f"写的是“{word}”，应为 {NEXT}、{LATER}、{NEVER}")
            return
        number = row.read("编号", as_number, "数字")
        if number is None:
            unit = as_name(row.cell("单位"))
            name = unit_in(row, "单位", unit, self._bodies) if unit else None
            self.new.append((self._ids[name] if name else None, title, body))
            return
        self._change(row, ItemChange(int(number), title, body, place, word == LATER, word == NEVER))

    def _place(self, row: Row) -> int:
        place = row.read("次序", as_number, "数字") or 0
        if place and number_fault(place, 1, MOST_PLACES):
            row.fault("次序", f"应为 1 到 {MOST_PLACES}")
        return int(place)

    def _change(self, row: Row, new: ItemChange) -> None:
        old = self._known.get(new.number)
        if old is None:
            row.fault("编号", f"没有编号为 {new.number} 的投稿；新增的编号空着")
        elif old.issue is not None:
            said = (new.title, new.body.split())
            if said != (old.title, old.body.split()):
                row.fault("标题", f"已登在{issue_in_words(old.series or 0, old.issue)}，不能再改")
        else:
            self.changes.append(new)
