"""What a chapter is about, as a choice: each reading with its score, and a doubt where two are close.

The heading decides (`models.plan.reading.whole.chapters`); what stands below it may speak for something else. Where the
reading that was taken is not ahead of another by `CLOSE`, and the other would have made tasks or stages of
items that none were made of, a person is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.doubt import Doubt
from models.plan.reading.accounting.ground import Owners
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.persons.people import cleaned
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import HEADINGS, Role, is_stage_like
from models.plan.reading.work.levels import is_annotated
from models.rules.bounds import shown

CLOSE = 0.5
FEW = 2  # items that a chapter must have to be one of tasks or stages
LONGEST = 600  # characters of the items that are quoted
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


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading of a chapter that was taken, the best other one, and by how much it is ahead of that."""

    taken: Role
    other: Role
    margin: float
    told: float  # how much of the other reading's score its items make

    @property
    def is_close(self) -> bool:
        """Say whether another reading, which its items speak for, is as good, or nearly so."""
        return self.margin < CLOSE and self.told >= TOLD


def choose(node: Node, taken: Role, grammar: Grammar) -> Choice:
    """Weigh what a chapter may be by the words of its heading and by who and when its items name."""
    scores = dict.fromkeys(Role, 0.0)
    heading = heading_of(node)
    found = [(role, m) for role, words in HEADINGS if (m := pattern(words).search(heading))]
    for place, (role, match) in enumerate(found):
        scores[role] += FOUND + (FIRST if place == 0 else 0)
        scores[role] += LAST if match.end() == len(heading) else 0
    told = dict.fromkeys(Role, 0.0)
    if items := node.children:
        who = sum(any(is_annotated(each, grammar) for each in item.walk()) for item in items)
        told[Role.TASKS] = SAYS_WHO * who / len(items)
        told[Role.STAGES] = SAYS_WHEN * sum(map(is_stage_like, items)) / len(items)
    total = {role: scores[role] + told[role] for role in Role}
    other = max((role for role in Role if role is not taken), key=lambda role: total[role])
    return Choice(taken, other, total[taken] - total[other], told[other])


def choice_doubts(
    chapters: Sequence[tuple[Node, Role]], owners: Owners, grammar: Grammar
) -> Iterator[Doubt]:
    """Yield a doubt about each chapter that may be one of tasks or stages and gave none."""
    for node, role in chapters:
        if role in {Role.TASKS, Role.STAGES} or len(node.children) < FEW:
            continue
        choice = choose(node, role, grammar)
        kept = owners.tasks if choice.other is Role.TASKS else owners.stages
        lines = {line for passage in node.all_passages() for _, line, _ in passage.marks}
        if choice.is_close and choice.other in {Role.TASKS, Role.STAGES} and lines.isdisjoint(kept):
            heads = "；".join(cleaned(item.text[:80], ()) for item in node.children)
            why = (
                f"“{shown(heading_of(node))}”当作{WORDS[role]}来读，也可能是{WORDS[choice.other]}，"
                f"其中 {len(node.children)} 条没有收成{WORDS[choice.other]}，请核对"
            )
            line = node.passages[0].place(0)[0] if node.passages else None
            yield Doubt("text", 0, why, heads[:LONGEST], line, unread=True)
