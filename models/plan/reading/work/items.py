"""What a work item says, be it a numbered item of text or a row of a table: one reading of one kind of node."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.outline.outline import CATEGORY, Field, Node, heading_of
from models.plan.reading.outline.titles import title_of
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.roles import DEADLINE, POST, Grammar, Roles
from models.plan.reading.roles.sentences import read_duty_holder, read_heading_above, read_inline
from models.plan.reading.tables.heads import DOERS
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.work.body_cells import read_bodies


@dataclass
class WorkItem:
    """A work item as read: its number, its text without annotations, and the annotations' roles."""

    number: str
    value: int  # 0: its number is none that others count on
    section: str
    source: Passage
    title: str = ""
    roles: Roles = field(default_factory=Roles)
    texts: list[Passage] = field(default_factory=list)  # where targets and duties are looked for
    unread: list[str] = field(default_factory=list)  # words of its cells of bodies that are no body
    differs: list[str] = field(default_factory=list)  # what a table says otherwise of the same item
    said: str = ""  # the words that say who does it and until when, as printed
    places: list[Passage] = field(default_factory=list)  # all of it, and the headings above

    @property
    def line(self) -> int:
        """Return the line on which it begins, 0 where nobody knows."""
        return self.source.line


def read_item(node: Node, grammar: Grammar) -> WorkItem:
    """Return the work item that ``node`` is: who does it and until when, and what is left to be read."""
    item = WorkItem(_printed(node), node.number, _section(node), node.passages[0])
    said = [words for each in node.fields() for words in _read_field(each, item, grammar)]
    item.said = "；".join([*(part.rstrip("；;") for part in said[:-1]), *said[-1:]])
    item.title = title_of(_without_annotations(node.head, grammar) or node.text)
    roles = item.roles
    if not roles:
        for passage in item.texts:
            read_inline(passage.text, grammar, roles)
    read_duty_holder(node.text, grammar, roles)
    if not roles.lead:
        read_heading_above(node, grammar, roles)
    roles.responsible = [name for name in roles.responsible if name not in roles.lead]
    item.places = [*node.all_passages(), *node.headings_above()]
    return item


def without(passage: Passage, spans: Sequence[tuple[int, int]]) -> list[Passage]:
    """Return the parts of a passage that stand beside ``spans`` of it."""
    parts, at = [], 0
    for start, end in [*spans, (len(passage.text), len(passage.text))]:
        if start > at:
            parts.append(passage.cut(at, start))
        at = end
    return parts


def _read_field(part: Field, item: WorkItem, grammar: Grammar) -> list[str]:
    """Read a field into ``item``; return the annotations within its text, as printed."""
    text = part.text
    if part.meaning in DOERS:
        item.unread += read_bodies(text, part.meaning, grammar, item.roles)
    elif part.meaning == POST:
        item.roles.add(POST, [text])
    elif part.meaning == DEADLINE:
        item.roles.due(text)
    else:
        spans = find_annotations(text, grammar)
        item.texts += without(part.passage, spans)
        said = [text[start:end] for start, end in spans]
        for words in said:
            read_annotation(words, grammar, item.roles)
        return said
    return []


def _without_annotations(head: Passage, grammar: Grammar) -> str:
    return "".join(part.text for part in without(head, find_annotations(head.text, grammar)))


def _printed(node: Node) -> str:
    return pattern(r"^[-—{记号}*]+|[、.：—，]+$").sub("", node.printed)


def _section(node: Node) -> str:
    above = node.parent
    while above is not None and above.kind != "root":
        if heading := above.text if above.kind == CATEGORY else heading_of(above):
            return heading
        above = above.parent
    return ""
