"""The work items of a document: those of its text, then the rows of its tables that are no item of it."""

from collections.abc import Sequence

from models.plan.reading.outline.outline import ROW, Node
from models.plan.reading.roles.roles import Grammar, Roles
from models.plan.reading.tables.heads import Table
from models.plan.reading.tables.tree import tree_of
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role
from models.plan.reading.work.by_body import items_by_body
from models.plan.reading.work.items import WorkItem, read_item
from models.plan.reading.work.levels import (
    is_annotated,
    items_of_chapter,
    items_of_open,
    says_itself,
)

_NOT = {Role.BACKGROUND, Role.GOALS, Role.SCOPE, Role.MEASURES}  # chapters that give no items


def work_items(
    chapters: Sequence[tuple[Node, Role]],
    front: Sequence[Passage],
    tables: Sequence[Table],
    grammar: Grammar,
    staged: bool,
) -> list[WorkItem]:
    """Return the work items in reading order, those of the text first, 同上 filled in.

    A chapter whose heading says nothing gives some where its items say who does them, or where
    nothing else does and the plan is not ``staged``. Where there are none at all, what one body after the
    other has to do counts, in a chapter of duties or in ``front`` of all chapters.
    """
    nodes = [n for c, role in chapters if role is Role.TASKS for n in items_of_chapter(c, grammar)]
    alone = not nodes and not staged  # 工作要点: every chapter is of tasks, and none says so
    items_themselves = {id(c) for c, role in chapters if role in _NOT and says_itself(c, grammar)}
    for chapter in [c for c, role in chapters if role is Role.OPEN or id(c) in items_themselves]:
        carries = any(is_annotated(each, grammar) for each in chapter.walk())
        if carries or (alone and chapter.children):
            nodes += items_of_open(chapter, grammar)
    items = sorted((read_item(node, grammar) for node in nodes), key=lambda item: item.line)
    for table in (table for table in tables if table.gives_tasks):
        rows = (node for node in tree_of(table, grammar).walk() if node.kind == ROW)
        items = _merged(items, [read_item(row, grammar) for row in rows])
    items = items or items_by_body(chapters, front, grammar)
    _repeat_same(items)
    return items


def _repeat_same(items: Sequence[WorkItem]) -> None:
    """Put the units of the item before in place of 同上."""
    for before, item in zip(items, items[1:], strict=False):
        for own, other in (
            (item.roles.lead, before.roles.lead),
            (item.roles.responsible, before.roles.responsible),
        ):
            if own in (["同上"], ["同前"]):
                own[:] = other
                item.roles.lead = item.roles.lead or list(before.roles.lead)


def _merged(items: Sequence[WorkItem], rows: Sequence[WorkItem]) -> list[WorkItem]:
    """Add the rows of a table; a row with the title of an item gives it what it lacks instead.

    What the row says otherwise is kept in the item's ``differs``.
    """
    every = list(items)
    by_title = {_plain(item.title): item for item in items}
    for row in rows:
        same = by_title.get(_plain(row.title))
        if same is None:
            every.append(row)
            continue
        same.places += row.places
        if not same.roles:
            if same.roles.deadline:
                row.roles.due(same.roles.deadline)
            same.roles = row.roles
        else:
            _complete(same, row.roles)
    return every


def _plain(title: str) -> str:
    return pattern(r"[^\u4e00-\u9fff\w]").sub("", title)


def _complete(item: WorkItem, said: Roles) -> None:
    own = item.roles
    known = {*own.lead, *own.responsible}
    own.lead = own.lead or [name for name in said.lead if name not in own.responsible]
    if not own.responsible:
        own.responsible = [name for name in said.responsible if name not in own.lead]
        own.cooperating = own.cooperating or list(said.cooperating)
    own.posts = own.posts or list(said.posts)
    if said.deadline and not own.deadline:
        own.deadline = said.deadline
    elif said.deadline and _plain(said.deadline) != _plain(own.deadline or ""):
        item.differs.append(said.deadline)
    more = [name for name in (*said.lead, *said.responsible) if name not in known]
    kept = {*own.lead, *own.responsible}
    item.differs += [name for name in more if name not in kept]
    item.differs += [name for name in said.lead if name not in own.lead and name in known]
