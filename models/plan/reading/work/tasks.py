"""The tasks of a plan out of its work items: numbered, with their days, and what is doubtful of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.doubt import Doubt
from models.plan.reading.dates.points import Context
from models.plan.reading.deadlines.deadlines import read_deadline
from models.plan.reading.doubts.dates import deadline_doubts
from models.plan.reading.doubts.doubts import other_words, unread_names
from models.plan.reading.doubts.names import take_prompts
from models.plan.reading.persons.people import cleaned, posts_only
from models.plan.reading.roles.units import is_group
from models.plan.reading.text.passages import Passage
from models.plan.reading.work.items import WorkItem
from models.plan.schema import PlanStage, PlanTask, Source


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as read, the item that it was read from, and why it is doubtful."""

    task: PlanTask
    item: WorkItem
    doubts: list[Doubt]

    @property
    def when(self) -> Passage:
        """Return the words of its annotation or cell that say until when, empty where none does."""
        return Passage(self.item.roles.deadline or "", self.item.source.marks[:1])


def read_tasks(
    items: Sequence[WorkItem], context: Context, stages: Sequence[PlanStage]
) -> Iterator[ReadTask]:
    """Yield a task for each item, numbered as printed where all numbers rise, else by its place."""
    values = [item.value for item in items]
    rising = 0 not in values and values == sorted(set(values))
    for at, item in enumerate(items, start=1):
        yield _read_task(item, item.value if rising else at, context, stages)


def _read_task(
    item: WorkItem, ordinal: int, context: Context, stages: Sequence[PlanStage]
) -> ReadTask:
    roles = item.roles
    doubts = take_prompts(roles, ordinal, item.source.text[:200])
    posts, people = posts_only(roles.posts)
    lead, responsible = _bodies_and_groups(roles.lead), _bodies_and_groups(roles.responsible)
    task = PlanTask(
        ordinal=ordinal,
        number=item.number,
        section=item.section,
        title=item.title or item.number,
        lead_units=lead[0],
        lead_groups=lead[1],
        responsible_units=responsible[0],
        responsible_groups=responsible[1],
        cooperating_units=_bodies_and_groups(roles.cooperating)[0],
        lead_posts=posts,
        source=_source_of(item, people),
    )
    task.deadline, why = read_deadline(roles.deadline, item.texts, context)
    doubts += deadline_doubts(task, why, stages)
    doubts += [*unread_names(task, item.unread), *other_words(task, item.differs)]
    return ReadTask(task, item, doubts)


def _bodies_and_groups(names: Sequence[str]) -> tuple[list[str], list[str]]:
    groups = [name for name in names if is_group(name)]
    return [name for name in names if name not in groups], groups


def _source_of(item: WorkItem, people: Sequence[str]) -> Source:
    """Return the place of an item, its first sentence, and the words that say who does it."""
    source = item.source.source()
    if item.said and item.said not in source.sentence:
        source.sentence = f"{source.sentence}…{item.said}"[:600]
    source.sentence = cleaned(source.sentence, people) if people else source.sentence
    return source
