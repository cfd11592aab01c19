"""What the plan quotes of a work item: its place, its first sentence, and who does it."""

from collections.abc import Sequence

from models.plan.reading.persons.people import cleaned
from models.plan.reading.work.items import WorkItem
from models.plan.schema import Source


def source_of(item: WorkItem, people: Sequence[str]) -> Source | None:
    """Return the place of an item, its first sentence, and the words that say who does it."""
    if item.source is None:
        return None
    source = item.source.source()
    if item.said and item.said not in source.sentence:
        source.sentence = f"{source.sentence}…{item.said}"[:600]
    source.sentence = cleaned(source.sentence, people) if people else source.sentence
    return source
