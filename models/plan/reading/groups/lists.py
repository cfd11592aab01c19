"""Groups in lists: 组长：姓名 职务, a line for each person; names are dropped, posts kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.plan.reading.groups.draft import Draft, add_members, lists_bodies, parent_among
from models.plan.reading.groups.fields import SEATS
from models.plan.reading.groups.lines import LED, NOTE
from models.plan.reading.groups.names import (
    OFFICE,
    begins_a_list,
    group_name,
    names_a_group,
    titled,
)
from models.plan.reading.groups.prose import read_sentence, seat_lead
from models.plan.reading.outline.outline import NOWHERE, TEXT, Field, Node
from models.plan.reading.persons.names import POST
from models.plan.reading.persons.posts import holders_of
from models.plan.reading.roles.units import ends_like_a_unit
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.vocabulary import Vocabulary

_HEADING = r"^{题号}(.{2,40})$"
_OWN_SECTION = r"(?:组|{领导机构}|办公室)$"
_LONGEST = 60  # characters of a line that holds one person
_BROKEN = 12  # characters of the rest of a name that a line breaks


def groups_in_lists(
    nodes: Iterable[Node], lines: Sequence[Passage], words: Vocabulary
) -> tuple[list[Draft], list[Passage]]:
    """Read 组　长：姓名 职务 on lines of their own or on one line; names are dropped, posts kept.

    Return the groups, and all that is prose: what no label begins, or a label of no list.
    """
    reader = _Lists(lines, words)
    prose = [left for node in nodes for left in reader.read(node)]
    for draft in reader.drafts:
        if draft.unit_text:
            listed = pattern(r"。.*$|（[^（）]{8,}）$").sub("", draft.unit_text.rstrip("。"))
            add_members(listed, draft, words)
    return reader.drafts, prose


def _sentences(whole: Field) -> Iterator[Field]:
    """Part the people that a label names from a sentence behind them: 成员：甲局局长。下设办公室…."""
    end = whole.text.find("。") + 1
    if whole.meaning in SEATS and 0 < end < len(whole.text.rstrip()):
        yield replace(whole, passage=whole.passage.cut(0, end))
        yield Field(TEXT, whole.passage.cut(end))
    else:
        yield whole


@dataclass
class _Lists:
    lines: Sequence[Passage]
    words: Vocabulary
    drafts: list[Draft] = field(default_factory=list)
    heading: str = ""
    under: str = ""  # the heading of the last draft
    headed: str = ""  # the label of the last draft's head
    label: str | None = None
    whole: Passage = NOWHERE  # the line or the row that is being read

    def read(self, node: Node) -> Iterator[Passage]:
        """Take a line or a row; yield what of it is prose."""
        self.whole = node.passages[0]
        if node.title:
            self._head(squeeze(node.title.text))
        for part in (part for each in node.cells for part in _sentences(each)):
            if part.meaning == TEXT:
                self._go_on(part)
            if part.meaning == TEXT or not self._begin(part):
                yield replace(part.passage, text=f"{part.label}{part.text}")

    def _go_on(self, part: Field) -> None:
        """Take a text without a label: a heading, the rest of what stands above, or prose."""
        if self.label is None and len(part.text) > _LONGEST:
            return  # no heading, and nothing that goes on
        text = squeeze(part.text)
        if found := pattern(_HEADING).match(text):
            self._head(found[1])
            return
        if begins_a_list(text):
            self._head(text)
            return
        label, self.label = self.label, None
        if label in {"member", "units"} and pattern(r"^{H}{2,6}：").match(text):
            if names_a_group(self.drafts[-1].name):
                self.drafts[-1].duties.append(text)  # 督导范围：甲镇、乙镇
            return
        if not self.drafts or pattern(r"设在|设于|下设|成立").search(text[:30]):
            return
        unlisted = label == "member" and not self.drafts[-1].unit_text
        if label == "duty":
            self._add_duty(text)
        elif unlisted and self._bodies(part, text):
            self._list(text, "")
        elif (
            label == "units" and (joint := self._joint(self.drafts[-1].unit_text, text)) is not None
        ):
            self._list(text, joint)
        elif label in {*SEATS, "second"} and len(text) <= _LONGEST:
            self.label = label if self._seat(label, part.text) else None

    def _begin(self, part: Field) -> bool:
        """Take what stands behind a label; False where there is no list that it belongs to."""
        if part.meaning == NOTE:
            self.label = None
            return True
        self._open(part)
        if not self.drafts:
            return False
        draft, key, text = self.drafts[-1], part.meaning, squeeze(part.text)
        if key == "head":
            self.headed, key = part.label, draft.place_of(squeeze(part.label))
        self.label = key
        if key == LED:
            for sentence in text.split("。"):
                read_sentence(sentence, draft, self.words)
        elif key == "duty":
            self._add_duty(text)
        elif key == "lead" and draft.lead and part.label.startswith("责任"):
            add_members(text, draft, self.words)
        elif key == "lead":
            seat_lead(text.rstrip("。；，"), draft, self.words)
        elif key == "member" and text and self._bodies(part, text):
            stated = pattern(r"（({N})个").search(part.label)
            draft.stated = read_integer(stated[1]) if stated else draft.stated
            self._list(text, "、" if draft.unit_text else "")
        elif key and text:
            self._seat(key, part.text)
            if key == "head" and draft.name.endswith(OFFICE) and not draft.posts.get(key):
                draft.add(key, [OFFICE + pattern(r"[：【】]|^办公室").sub("", part.label)])
                draft.unposted = 0
        return True

    def _head(self, heading: str) -> None:
        self.heading, self.label = heading, None

    def _add_duty(self, text: str) -> None:
        told = (duty.rstrip("。") for duty in pattern(r"；").split(text))
        self.drafts[-1].duties += filter(None, told)
        self.label = None if text.endswith("。") else "duty"

    def _list(self, text: str, joint: str) -> None:
        """Add to the list of bodies, which goes on until a sentence ends."""
        self.drafts[-1].unit_text += joint + text
        self.label = None if text.endswith("。") else "units"

    def _joint(self, listed: str, text: str) -> str | None:
        """Return what parts a line of bodies from those above it; None where it is no such line."""
        last = pattern("、").split(listed)[-1]
        whole = len(last) > 2 < len(text.rstrip("。")) and ends_like_a_unit(last, self.words)
        if (not whole and len(text) <= _BROKEN) or pattern(r"（(?![\d{一}]+）)").match(text):
            return ""  # the rest of a name
        if "、" in text[:30] or lists_bodies(text, self.words):
            return "、" if whole else ""
        return None

    def _open(self, part: Field) -> None:
        """Begin a group where a label speaks of another one than the last."""
        last = self.drafts[-1].name if self.drafts else ""
        # 第一组长 and 组长, 总指挥 and 指挥长
        shared = self.headed.startswith(("第一", "第二", "执行", "共同", "总"))
        if OFFICE in part.label:
            if not last.endswith(OFFICE):
                self._draft(OFFICE, part)
        elif part.meaning == "head" and (not last or self._moved or (self.headed and not shared)):
            self._draft(group_name(self.heading, self.lines, self.whole), part)
        elif self._moved and pattern(_OWN_SECTION).search(name := titled(self.heading)):
            named = group_name(self.heading, self.lines, self.whole)
            self._draft(named if name == "领导小组" else name, part)

    @property
    def _moved(self) -> bool:
        return self.heading != self.under

    def _draft(self, name: str, part: Field) -> None:
        parent = parent_among(self.drafts, name)
        self.drafts.append(Draft(name, parent, self.whole, announced=part.meaning == "head"))
        self.under, self.headed = self.heading, ""

    def _bodies(self, part: Field, text: str) -> bool:
        if part.meaning not in {TEXT, "member"} or holders_of(part.text).names:
            return False
        # A body among posts (市司法局、市公安局局长) makes it a list of bodies; a line alone may be prose.
        return lists_bodies(text.split("。")[0], self.words, all_of_them=part.meaning == TEXT)

    def _seat(self, key: str, text: str) -> bool:
        """Seat the persons of ``text``; False where it names none."""
        draft = self.drafts[-1]
        holders = holders_of(text)
        if not (holders.posts or holders.names or holders.begun):
            return False
        if "。" in text.rstrip().rstrip("。") or (not holders.names and _is_prose(text)):
            return False
        draft.seat(key, text)
        if key == "member" and not holders.posts and ends_like_a_unit(holders.begun, self.words):
            add_members(holders.begun, draft, self.words)  # 王某某 县司法局
        return True


def _is_prose(text: str) -> bool:
    """Say whether a line without a name is a sentence, and no post."""
    short = squeeze(text)
    return not pattern(rf"{POST}(?:（[^（）]*）)?[；。，、]?$").search(short) and (
        len(short) > 20 or bool(pattern(r"负责|通知|要求|工作的").search(short))
    )
