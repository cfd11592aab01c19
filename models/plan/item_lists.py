"""Work items as a list: 同上 filled in, rows of a table joined with the items of the text."""

from collections.abc import Sequence

from models.plan.patterns import pattern
from models.plan.work_items import (
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
    """Add the rows of a table; a row with the title of an item gives it its units instead."""
    by_title = {pattern(r"[^\u4e00-\u9fff\w]").sub("", item.title): item for item in items}
    for row in rows:
        same = by_title.get(pattern(r"[^\u4e00-\u9fff\w]").sub("", row.title))
        if same is None:
            items = [*items, row]
        elif not same.roles:
            same.roles = row.roles
    return items
