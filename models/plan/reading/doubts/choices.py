"""What was a near thing: a chapter that may be about something else, a line that may be joined otherwise.

The heading of a chapter decides (`models.plan.reading.whole.chapters`); what stands below it may speak for something
else. Where the reading that was taken is not ahead of another by `CLOSE`, and the other would have made tasks or
stages of items that none were made of, a person is asked. Lines are asked about in chapters only.
"""

from collections.abc import Iterable, Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.accounting.ground import Owners
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.persons.people import cleaned
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.choice import Near, choose
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import HEADINGS, Role, is_stage_like
from models.plan.reading.work.levels import is_annotated
from models.rules.bounds import shown

CLOSE = 0.5
FEW = 2  # items that a chapter must have to be one of tasks or stages
WORK = {Role.TASKS, Role.STAGES}
LONGEST = 600  # characters that are quoted
WORDS = {
    Role.BACKGROUND: "背景",
    Role.GOALS: "目标、要求",
    Role.SCOPE: "范围、对象",
    Role.STAGES: "步骤、阶段",
    Role.TASKS: "任务",
    Role.GROUPS: "机构、职责",
    Role.MEASURES: "保障、要求",
    Role.OPEN: "一般文字",
}
FOUND, FIRST, LAST = 0.6, 1.2, 0.5  # a heading's word, the one that decides, the one that ends it
SAYS_WHO, SAYS_WHEN = 2.0, 2.0  # times the share of the items that do
TOLD = 0.6  # of it at least, so that items speak at all for what they are


def _of_heading(heading: str) -> Iterator[tuple[Role, float]]:
    found = [(role, m) for role, words in HEADINGS if (m := pattern(words).search(heading))]
    for place, (role, match) in enumerate(found):
        yield role, FOUND + (FIRST if place == 0 else 0)
        yield role, LAST if match.end() == len(heading) else 0


def _of_items(items: Sequence[Node], grammar: Grammar) -> Iterator[tuple[Role, float]]:
    if items:
        who = sum(any(is_annotated(each, grammar) for each in item.walk()) for item in items)
        yield Role.TASKS, SAYS_WHO * who / len(items)
        yield Role.STAGES, SAYS_WHEN * sum(map(is_stage_like, items)) / len(items)


def chapter_doubts(
    chapters: Sequence[tuple[Node, Role]], owners: Owners, grammar: Grammar
) -> Iterator[Doubt]:
    """Yield a doubt about each chapter that may be one of tasks or stages and gave none."""
    for node, role in chapters:
        if role in WORK or len(node.children) < FEW:
            continue
        by_items = [*_of_items(node.children, grammar)]
        choice = choose(Role, [*_of_heading(heading_of(node)), *by_items], role)
        other = choice.other
        told = sum(weight for each, weight in by_items if each is other)
        if not choice.is_close(CLOSE) or told < TOLD or other not in WORK:
            continue
        kept = owners.tasks if other is Role.TASKS else owners.stages
        if _lines_of(node).isdisjoint(kept):
            heads = "；".join(cleaned(item.text[:80], ()) for item in node.children)
            why = (
                f"“{shown(heading_of(node))}”当作{WORDS[role]}来读，也可能是{WORDS[other]}，"
                f"其中 {len(node.children)} 条没有收成{WORDS[other]}，请核对"
            )
            line = node.passages[0].place(0)[0] if node.passages else None
            yield Doubt("text", 0, why, heads[:LONGEST], line, unread=True)


def line_doubts(near: Iterable[Near], chapters: Sequence[tuple[Node, Role]]) -> Iterator[Doubt]:
    """Yield a doubt about each line of a chapter of which it was a near thing what it is."""
    lines = {line for node, _ in chapters for line in _lines_of(node)}
    for each in near:
        if each.line in lines:
            text = cleaned(each.text, ())
            why = (
                f"“{shown(text)}”这一行当作{each.choice.taken}来读，也可能是{each.choice.other}"
                f"（上一行是“{shown(cleaned(each.above, ()))}”），请核对"
            )
            yield Doubt("text", 0, why, text[:LONGEST], each.line)


def _lines_of(node: Node) -> set[int]:
    return {line for passage in node.all_passages() for _, line, _ in passage.marks}
