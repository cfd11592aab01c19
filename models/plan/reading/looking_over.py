"""What of a plan a person should look at, once all of it is read: every kind of doubt, in one order."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.plan.doubt import Doubt
from models.plan.reading.doubts.dates import date_doubts
from models.plan.reading.doubts.doubts import number_doubts, row_doubts, unit_doubts
from models.plan.reading.doubts.names import half_masked, name_doubts
from models.plan.reading.doubts.plain_heads import plain_head_doubts
from models.plan.reading.doubts.seen import lacking
from models.plan.reading.doubts.unused_tables import unused_table_doubts
from models.plan.reading.masking import masked_text
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import Table
from models.plan.reading.targets.measured_cells import unread_amounts
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.passages import Passage
from models.plan.schema import Plan


@dataclass(frozen=True)
class LookedAt:
    """A plan with what it was read from: the document, its lines of content and passages, its tables."""

    plan: Plan
    document: Document
    lines: Sequence[Line]
    passages: Sequence[Passage]  # of all of them
    tables: Sequence[Table]
    strays: Sequence[Passage]  # rows that stand under no head
    of_groups: Collection[int]  # tables whose rows are people
    searched: Sequence[Passage]  # for targets


def doubts_about(seen: LookedAt, grammar: Grammar) -> Iterator[Doubt]:
    """Yield what the plan lacks and what of it is unsure, whatever was said while it was read."""
    plan, words = seen.plan, grammar.words
    for why in lacking(plan, seen.document):
        yield Doubt("plan", 0, masked_text(why, grammar))
    yield from row_doubts(seen.tables)
    yield from unused_table_doubts(seen.tables, seen.strays, plan, seen.of_groups)
    yield from plain_head_doubts(seen.lines)
    yield from date_doubts(plan, seen.document.lines)
    yield from unit_doubts(plan, words)
    yield from name_doubts(plan, words)
    yield from half_masked(plan, seen.document, seen.lines, seen.passages)
    targets = [*plan.other_targets, *(t for task in plan.tasks for t in task.targets)]
    yield from number_doubts(seen.searched, targets, words)
    yield from unread_amounts(seen.tables, targets)
