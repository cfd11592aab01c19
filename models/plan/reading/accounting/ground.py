"""Where each passage of a document stands: in the title, in a chapter of which kind, in which item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import are_heads
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role
from models.plan.reading.whole.parts import Part
from models.plan.schema import NotRead


class Place(StrEnum):
    """The part of a document that a passage belongs to; the later ones are chapters by their role."""

    TITLE = "title"
    SALUTATION = "salutation"
    PREAMBLE = "preamble"
    SIGNATURE = "signature"
    CONTACT = "contact"
    ATTACHMENTS = "attachments"
    SLOGANS = "slogans"
    BACKGROUND = "background"
    GOALS = "goals"
    SCOPE = "scope"
    STAGES = "stages"
    TASKS = "tasks"
    GROUPS = "groups"
    MEASURES = "measures"
    OPEN = "open"
    HEADER = "header"  # dropped as a running head, navigation, contents
    NO_PLAN = "no_plan"  # news, briefings, reports: nothing in them is to be done


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage and where it stands; ``tasks`` and ``stages`` are those of the plan it belongs to, from 0."""

    passage: Passage
    place: Place
    heading: str = ""
    tasks: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()

    @property
    def line(self) -> int | None:
        """Return the first line of the passage."""
        return self.passage.place(0)[0]


@dataclass
class Owners:
    """Which lines the items of a plan were read from."""

    tasks: dict[int, list[int]] = field(default_factory=dict)  # line -> positions in plan.tasks
    stages: dict[int, list[int]] = field(default_factory=dict)

    def add(self, kept: dict[int, list[int]], passages: Iterable[Passage], at: int) -> None:
        """Say that the lines of ``passages`` belong to the item at position ``at``."""
        for passage in passages:
            for _, line, _ in passage.marks:
                owners = kept.setdefault(line, [])
                if not owners or owners[-1] != at:  # items come one behind the other
                    owners.append(at)


CONTACT = r"联系人[：]|联系电话|电话[：（]|电话略|传真[：]|邮箱|邮编[：]|邮政编码"
# A line with a telephone that says until when something is sent is more than a contact line.
_SENT = r"前[^。；]{0,60}(?:报(?!告|名|道|销|刊|纸)|提交|反馈)"
_DROPPED = -1
_DAY = r"(?:(?:19|20)\d{2}|[一二]{〇}{3})年.{2,7}日"


def heads_of(dropped: Iterable[NotRead]) -> list[Passage]:
    """Return what was dropped as passages that belong to no part: the first words of each."""
    return [
        Passage(each.words, ((0, each.line, each.page),), table=_DROPPED)
        for each in dropped
        if each.line is not None
    ]


def grounds(
    passages: Sequence[Passage],
    parts: Sequence[Part],
    chapters: Sequence[tuple[Node, Role]],
    owners: Owners,
    grammar: Grammar,
) -> list[Ground]:
    """Return every passage with its place. What stands in no part is the list of attachments."""
    roles = _roles_by_line(chapters)
    first = min(roles, default=None)
    held = {passage.marks[0][1]: part for part in parts for passage in part.passages}
    ends = {part.passages[-1].marks[0][1] for part in parts if part.passages}
    signed = _signed(passages, ends)
    found = []
    for passage in passages:
        line = passage.marks[0][1]
        part = held.get(line)
        role, heading = roles.get(line, (None, ""))
        place = _place(passage, part, role, first)
        if line in signed:
            place = Place.SIGNATURE
        elif passage.cells and are_heads(passage.cells, grammar):
            place = Place.HEADER
        lines = [mark[1] for mark in passage.marks]
        found.append(
            Ground(
                passage,
                place,
                heading or (part.title if part else ""),
                _owners(owners.tasks, lines),
                _owners(owners.stages, lines),
            )
        )
    return found


def _owners(kept: Mapping[int, list[int]], lines: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(at for line in lines for at in kept.get(line, ())))


def _roles_by_line(chapters: Iterable[tuple[Node, Role]]) -> dict[int, tuple[Role, str]]:
    """Return for each line of the chapters the role and heading of the innermost one with a role."""
    roles: dict[int, tuple[Role, str]] = {}
    for node, role in chapters:
        heading = heading_of(node)
        for passage in node.all_passages():
            for _, line, _ in passage.marks:
                roles[line] = role, heading
    return roles


def _place(passage: Passage, part: Part | None, role: Role | None, first: int | None) -> Place:
    if passage.table == _DROPPED:
        return Place.HEADER
    if part is None:
        return Place.ATTACHMENTS
    if part.kind == "slogans":
        return Place.SLOGANS
    if (
        pattern(CONTACT).search(passage.text)
        and len(passage.text) < 120
        and not pattern(_SENT).search(passage.text)
    ):
        return Place.CONTACT
    if passage.cells and role is not Role.GROUPS:
        return Place.OPEN  # a table says itself what it is, wherever it stands
    if role is not None:
        return Place(role.value)
    if part.title:
        return Place.GROUPS if part.kind == "group" else Place.OPEN
    before = first is None or passage.marks[0][1] < first
    if not before:
        return Place.OPEN
    if pattern(r"^[^。；]{2,120}[：]$").search(passage.text):
        return Place.SALUTATION
    if len(passage.text) <= 60 and not pattern(r"[。；]").search(passage.text):
        return Place.TITLE
    return Place.PREAMBLE


def _signed(passages: Sequence[Passage], ends: set[int]) -> set[int]:
    """Return the lines of the bodies and days that sign the parts of the document."""
    lines: set[int] = set()
    for at, passage in enumerate(passages):
        if passage.cells or not pattern(rf"^[^，。；]{{0,40}}?{_DAY}(?:印发)?$").match(
            passage.text
        ):
            continue
        lines.add(passage.marks[0][1])
        for above in passages[max(0, at - 4) : at][::-1]:
            if above.cells or len(above.text) > 40 or pattern(r"[，。；：]").search(above.text):
                break
            lines.add(above.marks[0][1])
    return lines
