"""Work items as a list: 同上 filled in, rows of a table joined with the items of the text."""

from collections.abc import Sequence

from models.plan.reading.roles.roles import Roles
from models.plan.reading.text.patterns import pattern
from models.plan.reading.work.items import (
    WorkItem,
)


def repeat_same(items: Sequence[WorkItem]) -> None:
    """Put the units of the item before in place of 同上."""
    for before, item in zip(items, items[1:], strict=False):
        for own, other in (
            (item.roles.lead, before.roles.lead),
            (item.roles.responsible, before.roles.responsible),
        ):
            if own in (["同上"], ["同前"]):
                own[:] = other
                item.roles.lead = item.roles.lead or list(before.roles.lead)


def merge_items(items: list[WorkItem], rows: Sequence[WorkItem]) -> list[WorkItem]:
    """Add the rows of a table; a row with the title of an item gives it what it lacks instead.

    What the row says otherwise is kept in the item's ``differs``.
    """
    by_title = {_plain(item.title): item for item in items}
    for row in rows:
        same = by_title.get(_plain(row.title))
        if same is None:
            items = [*items, row]
            continue
        same.places += row.places
        if not same.roles:
            if same.roles.deadline:
                row.roles.due(same.roles.deadline)
            same.roles = row.roles
        else:
            _complete(same, row.roles)
    return items


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
